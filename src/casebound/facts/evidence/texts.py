"""Texts: the files of a folder, known by their sha256, and those that are a source's text but for their line ends."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from casebound.facts.problems import CaseError, Problem
from casebound.facts.records.reading import content_of
from casebound.facts.text.claims import stands_in

_BOM = b"\xef\xbb\xbf"


def files_in(folder: Path, problems: list[Problem]) -> dict[Path, bytes]:
    """Return the content of every file below a folder; add what cannot be read to `problems`.

    Raises CaseError if there is no such folder.
    """
    if not folder.is_dir():
        fix = "make verify ARTICLES=folder with the texts"
        raise CaseError([Problem(str(folder), 0, "", "there is no such folder", fix, "CB001")])
    contents = {}
    unread: list[OSError] = []
    for parent, _, names in os.walk(folder, onerror=unread.append):
        for path in (Path(parent) / name for name in names):
            try:
                if path.is_file():  # not a pipe, which would never end
                    contents[path] = content_of(path, str(path))
            except CaseError as error:
                problems += error.problems
    problems += [
        Problem(str(error.filename), 0, "", f"cannot be read: {error.strerror}", "make it readable", "CB001")
        for error in unread
    ]
    return dict(sorted(contents.items()))


def near_fits(contents: dict[Path, bytes]) -> dict[str, str]:
    """Return by sha256 which file would have it, and what differs: what an editor or a transfer changes unseen."""
    fits: dict[str, tuple[int, str]] = {}
    for path, raw in contents.items():
        for variant, changes in _variants(raw).items():
            sha256 = hashlib.sha256(variant).hexdigest()
            if changes and len(changes) < fits.get(sha256, (9,))[0]:
                fits[sha256] = len(changes), f"{path} is its text but for {' and '.join(changes)}"
    return {sha256: what for sha256, (_, what) in fits.items()}


def holding(contents: dict[Path, bytes], quotes: Sequence[str]) -> str:
    """Return which file holds at least half of a source's quotations, so that it may be its text, changed since."""
    held = {path: sum(_stands_in(quote, raw) for quote in quotes) for path, raw in contents.items()}
    path = max(held, key=held.__getitem__, default=None)
    if path is None or not 0 < len(quotes) <= 2 * held[path]:
        return ""
    many = "all" if held[path] == len(quotes) else f"{held[path]} of"
    sha256 = hashlib.sha256(contents[path]).hexdigest()
    return f"{path} holds {many} its {len(quotes)} quotations: if it is the text, write sha256: {sha256}"


def _stands_in(quote: str, raw: bytes) -> bool:
    text = raw.decode("utf-8", "replace")
    return all(stands_in(piece, text) for piece in quote.split("…") if piece.strip())


def _variants(raw: bytes) -> dict[bytes, tuple[str, ...]]:
    """Return what a file's content may have been, each with what was changed since."""
    variants: dict[bytes, tuple[str, ...]] = {raw: ()}
    for change, before in _CHANGES.items():
        variants |= {
            text: (*changes, change)
            for known, changes in variants.items()
            for text in before(known)
            if text not in variants
        }
    return variants


def _line_ends(text: bytes) -> list[bytes]:
    unix = text.replace(b"\r\n", b"\n")
    return [unix, unix.replace(b"\n", b"\r\n")]


_CHANGES: dict[str, Callable[[bytes], list[bytes]]] = {
    "its line ends": _line_ends,
    "blanks at the ends of lines": lambda text: [re.sub(rb"[ \t]+(?=\r?\n|\Z)", b"", text)],
    "its last line end": lambda text: [text.rstrip(b"\r\n") + end for end in (b"", b"\n", b"\r\n")],
    "a byte order mark": lambda text: [text.removeprefix(_BOM), _BOM + text.removeprefix(_BOM)],
}
