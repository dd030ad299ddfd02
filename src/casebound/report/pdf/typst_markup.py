"""From strings to Typst source. Every string of a user passes through `quoted`, and through nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable

from casebound.facts.text.scripts import isolated
from casebound.pages.markup import cleaned
from casebound.report.document.model import Remark

_BREAK = "\u200b"  # where a line may end without a hyphen


def quoted(text: str) -> str:
    """Return text as a Typst string literal: nothing inside it is ever code or markup."""
    return '"' + cleaned(str(text)).replace("\\", "\\\\").replace('"', '\\"') + '"'


def words(text: str) -> str:
    """Return text as Typst markup that shows exactly these words."""
    return f"#{quoted(text.replace(chr(10), ' '))};" if text else ""


def breaking(text: str, longest: int) -> str:
    """Return text in which words longer than that may break anywhere, for a place that is too narrow for them.

    Between two parts of an address Typst breaks by itself, and nothing is added that a reader would copy.
    """
    long = rf"(?:/(?![A-Za-z])|[^\s/]){{{longest + 1},}}"
    return re.sub(long, lambda word: _BREAK.join(re.findall(".{1,10}", word[0])), text)


def array(items: Iterable[str]) -> str:
    """Return Typst expressions as an array."""
    return "(" + "".join(f"{item}, " for item in items) + ")"


def remark(shown: Remark) -> str:
    """Return a problem of a draft as a Typst expression."""
    anchor = shown.anchor if shown.number else ""
    return f"problem({', '.join(map(quoted, (anchor, shown.label, shown.about, shown.what, shown.fix, shown.where)))})"


def language_of(tag: str) -> str:
    """Return a language tag as Typst's arguments.

    The direction stays the report's: characters isolate the text, since what follows one that Typst turns is torn.
    """
    language, *others = tag.split("-")
    region = next((part.upper() for part in others if len(part) == 2), "")
    if not (2 <= len(language) <= 3 and language.isalpha()):
        return "dir: ltr"
    return f"dir: ltr, lang: {quoted(language.lower())}" + (f", region: {quoted(region)}" if region else "")


def in_language(text: str, language: str) -> str:
    """Return text as a Typst expression, of another language than the report's if one is named."""
    return f"text({language_of(language)}, {quoted(isolated(text))})" if language else quoted(text)
