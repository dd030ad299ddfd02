"""Errors of a build: what a user can fix, in plain lines, all of it at once."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from casebound.facts.problems import CaseError
from casebound.paths import ProjectNotFoundError


def lines_of(error: Exception) -> list[str]:
    """Return the lines of a failure that a user can fix; raise any other, which is our own mistake."""
    if isinstance(error, CaseError):
        count = len(error.problems)
        return [*map(str, error.problems), f"{count} problem{'s' * (count != 1)}"]
    if isinstance(error, BuildProblems):
        return error.lines
    if isinstance(error, ProjectNotFoundError):
        return [str(error)]
    if isinstance(error, NotebookError):
        return [str(error), f"    kept for reading: {os.path.relpath(error.kept)}"]
    if isinstance(error, OSError):
        return [f"{error.filename or 'a file'}: {error.strerror or error}"]
    raise error


@dataclass(eq=False)
class NotebookError(Exception):
    """A notebook that stopped at a cell: its file, under which heading, why, and where the failed copy is kept."""

    notebook: str
    heading: str
    cause: str
    kept: Path

    def __str__(self) -> str:
        under = f" under “{self.heading}”" if self.heading else ""
        return f"{self.notebook}: stopped{under}: {self.cause}"


class BuildProblems(Exception):  # noqa: N818 (it holds many problems, and each is a plain line)
    """A report that cannot be built or watched; `lines` names each problem, its place and its fix."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = list(lines)


class Problems:
    """The problems met so far, each with the notebook and the heading under which it was met."""

    def __init__(self) -> None:
        self.lines: dict[str, str] = {}  # each with its notebook, in the order in which they were met
        self.left_out: dict[str, None] = {}
        self.chapter = ""
        self.heading = ""

    def at(self, chapter: str, heading: str = "") -> None:
        """Say where the problems that follow are."""
        self.chapter, self.heading = chapter, heading

    def add(self, text: str) -> None:
        """Note one problem at the present place."""
        self.lines[place(self.chapter, self.heading) + text] = self.chapter

    def add_all(self, texts: Iterable[str]) -> None:
        """Note several problems at the present place."""
        for text in texts:
            self.add(text)

    def leave_out(self, text: str) -> None:
        """Note what of the present place is not in the report, although nothing is wrong with it."""
        self.left_out[place(self.chapter, self.heading) + text] = None

    def check(self) -> None:
        """Raise BuildProblems if there are any."""
        if self.lines:
            raise BuildProblems(list(self.lines))


def place(chapter: str, heading: str) -> str:
    """Return the words that open a problem's line."""
    if not chapter:
        return ""
    under = f", under heading “{heading}”" if heading else ""
    return f"notebook {chapter}{under}: "
