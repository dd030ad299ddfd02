"""Sections: a narrative taken apart into sections and paragraphs, each with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from casebound.facts.problems import CaseError, Problem

ITEM = re.compile(r"^\s*(?:[-*+]|\d+\.)\s+|^\s*>\s?|^\s*\[\^[^\]]+\]:\s*")


def is_heading(line: str) -> bool:
    """Tell whether a line is a heading as Markdown reads it."""
    return re.match(r"#{1,6}(\s|$)", line) is not None


@dataclass(frozen=True)
class Section:
    """A section of the narrative: its lines with the number of the first."""

    name: str
    line: int
    lines: tuple[str, ...]

    def paragraphs(self) -> Iterator[tuple[int, str]]:
        """Yield every paragraph, list item or note as one text with its first line."""
        start, block = 0, []
        for number, line in enumerate((*self.lines, ""), self.line + 1):
            if block and (not line.strip() or ITEM.match(line) or is_heading(line) or is_heading(block[0])):
                yield start, "\n".join(block)
                block = []
            if line.strip():
                start = start if block else number
                block.append(line)


def sections(text: str, file: str) -> dict[str, Section]:
    """Return the sections of a narrative by name (the heading in small letters); raise CaseError for lost text."""
    found: dict[str, Section] = {}
    problems: list[Problem] = []
    name, start, block = "", 0, []
    for number, line in enumerate([*text.splitlines(), "# "], 1):
        if not line.startswith("# "):
            block.append(line)
            continue
        if name in found:
            problems.append(Problem(file, start, name, "a second section of this name", "join the two"))
        if not name and any(part.strip() for part in block):
            problems.append(Problem(file, 1, "", "text before the first section", "put it under a heading '# name'"))
        if name:
            found[name] = Section(name, start, tuple(block))
        name, start, block = line[2:].strip().lower(), number, []
    if problems:
        raise CaseError(problems)
    return found
