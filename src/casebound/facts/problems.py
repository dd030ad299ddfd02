"""Problems: the errors in files that people write, each with its place and its fix."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

MOST = 40  # a longer list would hide the message


@dataclass(frozen=True, order=True)
class Problem:
    """One error: where it is (`file`, `line`, `id`), what is wrong, what would fix it, and the code of the check."""

    file: str
    line: int
    id: str
    what: str
    fix: str = ""
    code: str = ""

    def __str__(self) -> str:
        first, *more = self.what.splitlines()
        code = f" [{self.code}]" if self.code else ""
        fix = [f"    fix: {self.fix}"] if self.fix else []
        return "\n".join([f"{_place(self.file, self.line, self.id)}{first}{code}", *more, *fix])


@dataclass(frozen=True, order=True)
class Unchecked:
    """What no check could compare, neither right nor wrong: where it is (`file`, `line`, `id`), and `why`."""

    file: str
    line: int
    id: str
    why: str

    def __str__(self) -> str:
        return f"{_place(self.file, self.line, self.id)}not checked: {self.why}"


def _place(file: str, line: int, name: str) -> str:
    place = f"{file}:{line}" if line else file
    return f"{place}: {name}: " if name else f"{place}: "


class CaseError(Exception):
    """A case, or a request about it, cannot be used; `problems` holds every reason at once."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = sorted(set(problems))
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple:
        return CaseError, (self.problems,), self.__dict__  # pickled with its problems, not its text


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a sentence that proposes the nearest of the `known` words, or lists them if they are few."""
    known = sorted(known)
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    if near:
        return f"did you mean '{near[0]}'?"
    if len(known) > MOST:
        return f"none of the {len(known)} known names is similar"
    return f"known: {', '.join(known)}" if known else "none is known"


def unknown(kind: str, name: str, known: Iterable[str], place: str = "") -> tuple[str, str]:
    """Return what is wrong with a name that is not among the `known`, and what would fix it."""
    return f"there is no {kind} '{name}'" + (f" in {place}" if place else ""), did_you_mean(name, known)
