"""Problems of a build, gathered so that a reader sees all of them at once."""

from __future__ import annotations


class BuildProblems(Exception):  # noqa: N818 (it holds many problems, and each is a plain line)
    """A report that cannot be bound; `lines` says of each problem where it is and what would cure it."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = list(lines)


class Problems:
    """The problems met so far, each with the notebook and the heading under which it was met."""

    def __init__(self) -> None:
        self.lines: dict[str, None] = {}  # in the order in which they were met, each once
        self.chapter = ""
        self.heading = ""

    def at(self, chapter: str, heading: str = "") -> None:
        """Say where the problems that follow are."""
        self.chapter, self.heading = chapter, heading

    def add(self, text: str) -> None:
        """Note one problem at the present place."""
        self.lines[place(self.chapter, self.heading) + text] = None

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
