"""Sections: a narrative taken apart into sections and paragraphs, each with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from casebound.facts.problems import CaseError, Problem
from casebound.pages.markup import LABEL

ANSWERS = "answers"
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
ITEM = re.compile(r"^\s*(?:[-*+]|\d+\.)\s+|^\s*>\s?|^\s*\[\^[^\]]+\]:\s*")
_HEADING = re.compile(r"#{1,6}(?:\s+|$)")
_OPENING = re.compile(rf"(?:{ITEM.pattern})?\s*(?:{LABEL.pattern}\s*)?")
_ANSWERED = re.compile(r"\*\*.+?\*\*:?\s+")  # the chapter that an item of `answers` opens


def is_heading(line: str) -> bool:
    """Tell whether a line is a heading as Markdown reads it."""
    return _HEADING.match(line) is not None


def is_inside_item(paragraph: str) -> bool:
    """Tell whether a paragraph is indented, and so belongs to the list item before it."""
    return paragraph[:1].isspace()


def opening(paragraph: str, section: str = "") -> str:
    """Return what stands before the words of a paragraph: the sign of a heading, item, quotation or note, and a label.

    In the section `answers` the chapter that an item names is part of it.
    """
    found = _HEADING.match(paragraph) or _OPENING.match(paragraph)
    end = found.end() if found else 0
    named = _ANSWERED.match(paragraph, end) if section == ANSWERS else None
    return paragraph[: named.end() if named else end]


@dataclass(frozen=True)
class Section:
    """A section of the narrative: its lines with the number of the first."""

    name: str
    line: int
    lines: tuple[str, ...]

    def paragraphs(self) -> Iterator[tuple[int, str]]:
        """Yield every paragraph, list item or note as one text with its first line."""
        start = 0
        block: list[str] = []
        for number, line in enumerate((*self.lines, ""), self.line + 1):
            if block and (not line.strip() or ITEM.match(line) or is_heading(line) or is_heading(block[0])):
                yield start, "\n".join(block)
                block = []
            if line.strip():
                start = start if block else number
                block.append(line)


def sections(text: str, file: str) -> dict[str, Section]:
    """Return the sections of a narrative by name (the heading in small letters); raise CaseError for lost text.

    What stands between `<!--` and `-->` is no text.
    """
    by_name: dict[str, Section] = {}
    problems: list[Problem] = []
    lines = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text).splitlines()
    starts = [number for number, line in enumerate(lines) if line.startswith("# ")]
    if any(line.strip() for line in lines[: starts[0] if starts else None]):
        problems.append(
            Problem(file, 1, "", "text before the first section", "put it under a heading '# name'", "CB603")
        )
    for start, end in pairwise([*starts, len(lines)]):
        name = lines[start][2:].strip().lower()
        if name in by_name:
            problems.append(Problem(file, start + 1, name, "a second section of this name", "join the two", "CB603"))
        by_name[name] = Section(name, start + 1, tuple(lines[start + 1 : end]))
    if problems:
        raise CaseError(problems)
    return by_name
