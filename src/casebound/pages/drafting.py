"""Drafting: prose as its author wrote it, with a mark of its place behind each sentence, for its problem."""

from __future__ import annotations

import re
from collections.abc import Collection
from zlib import crc32

from casebound.pages.markup import BOUND, FACT_ID, LABEL, RESTS, cited, escaped, ids_in, names_in

# Of characters that no font shows; the report puts the problem of that place there, or nothing.
MARK = re.compile("[ ]?\ue000([0-9.]+)\ue001")


def place(section: str, line: int, sentence: str) -> str:
    """Return the name of a sentence's place, which holds no sign of Markdown: its section, its line, its words."""
    return f"{crc32(section.encode())}.{line}.{crc32(sentence.encode())}"


def marked(text: str, name: str) -> str:
    """Return a text with the mark of its place behind it."""
    return f"{text} \ue000{name}\ue001"


def as_written(text: str, known: Collection[str], left_out: Collection[str]) -> str:
    """Return a text whose citations of facts that are not known are words, which say whether a fact is left out."""

    def shown(bound: re.Match[str]) -> str:
        ids = ids_in(bound)
        held = [name[1:] for name in ids if name[:1] == "@" and name[1:] in known and FACT_ID.fullmatch(name[1:])]
        why = {name: "is left out" if name[1:] in left_out else "is not there" for name in ids}
        lost = [escaped(f"[{name} {why[name]}]") for name in ids if name[1:] not in held]
        mark = bound["mark"]
        opening = f"[{mark}: {cited(*held)[1:]}" if mark and held else f"[{mark}]" if mark else cited(*held)
        return " ".join(filter(None, [opening, *(lost if bound["cited"] or bound["of"] else ())]))

    return BOUND.sub(shown, text)


def with_labels_readable(text: str) -> str:
    """Return a text in which the labels that cannot be read are words."""

    def shown(found: re.Match[str]) -> str:
        names = names_in(found) if found.re is RESTS else [found["name"]]
        return found[0] if all(map(FACT_ID.fullmatch, names)) else escaped(found[0])

    return RESTS.sub(shown, LABEL.sub(shown, text))
