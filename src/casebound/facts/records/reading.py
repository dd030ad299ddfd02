"""Reading: YAML files with every scalar as text, and the line of every entry."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from casebound.facts.problems import CaseError, Problem

Place = tuple[str | int, ...]
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml's if it is installed
_DEEPEST = 40  # levels; the files of a case need five


@dataclass(frozen=True)
class Located:
    """A YAML file's content (dicts, lists and strings, never other types), and the line of each place in it."""

    name: str
    content: Any
    lines: dict[Place, int]

    def line(self, place: Place) -> int:
        """Return the line of the innermost entry on the way to `place` that the file really holds."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def text_of(path: Path, name: str) -> str:
    """Return a file's UTF-8 text; raise CaseError if it cannot be read."""
    return text_in(content_of(path, name), name)


def content_of(path: Path, name: str) -> bytes:
    """Return a file's bytes; raise CaseError if it cannot be read."""
    try:
        if path.exists() and not path.is_file():  # a pipe or a device might be read for ever
            raise OSError(0, "not a file")
        return path.read_bytes()
    except FileNotFoundError:
        raise CaseError(
            [Problem(name, 0, "", "the file is missing", "add it; data/README.md says what it holds", "CB001")]
        ) from None
    except OSError as error:
        what = f"cannot be read: {error.strerror}"
        raise CaseError([Problem(name, 0, "", what, "make it a file that you may read", "CB001")]) from None


def text_in(content: bytes, name: str) -> str:
    """Return content as text, with Unix line ends; raise CaseError if it is not UTF-8."""
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        what = f"not UTF-8 (byte {error.start})"
        raise CaseError([Problem(name, 0, "", what, "save the file as UTF-8", "CB001")]) from None


@lru_cache(maxsize=64)  # while one file is edited, the others stay as they were
def yaml_in(content: bytes, name: str) -> Located:
    """Return YAML with every scalar as text, so that `NO`, `12:30` and `2025-09` stay as written.

    Later calls return the same object: do not change it. Raises CaseError with its errors. Aliases and tags are among
    them: a few aliases can stand for a file of any size.
    """
    reading = _Reading(name)
    try:
        for event in yaml.parse(text_in(content, name), Loader=_Loader):
            reading.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = f"not valid YAML: {error.problem or error.context}"
        problem = Problem(name, mark.line + 1 if mark else 0, "", what, "mind indents, colons and quotes", "CB002")
        raise CaseError([*reading.problems, problem]) from None
    except yaml.YAMLError as error:
        raise CaseError([Problem(name, 0, "", f"not valid YAML: {error}", "remove the character", "CB002")]) from None
    if reading.problems:
        raise CaseError(reading.problems)
    return Located(name, reading.content, reading.lines)


@dataclass
class _Open:
    """A mapping or list that is being filled; `key` names the field whose value comes next."""

    value: dict | list
    place: Place
    key: str | None = None
    key_line: int = 0


class _Reading:
    """Makes values of the events of a file, one after another: nesting of any depth costs no stack."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.content: Any = None
        self.lines: dict[Place, int] = {}
        self.problems: list[Problem] = []
        self.open: list[_Open] = []

    def take(self, event: Any) -> None:
        """Take the next event."""
        if isinstance(event, yaml.ScalarEvent):
            self._tagless(event)
            self._scalar(event)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._tagless(event)
            self._begin(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.open.pop()
        elif isinstance(event, yaml.AliasEvent):
            self._problem(event, "an alias (*) stands for another entry", "write the entry out, without & and *")
            self._put("", event)
        elif isinstance(event, yaml.DocumentStartEvent) and self.lines:
            self._problem(event, "a second document begins", "remove the line '---'")

    def _scalar(self, event: Any) -> None:
        inner = self.open[-1] if self.open else None
        if inner is None or isinstance(inner.value, list) or inner.key is not None:
            self._put(event.value, event)
            return
        if event.value in inner.value:
            self._problem(event, f"the field '{event.value}' stands twice in one entry", "keep one of them")
        inner.key, inner.key_line = event.value, event.start_mark.line + 1

    def _begin(self, event: Any) -> None:
        inner = self.open[-1] if self.open else None
        value: dict | list = {} if isinstance(event, yaml.MappingStartEvent) else []
        if len(self.open) > _DEEPEST:
            raise CaseError(
                [*self.problems, self._problem(event, "entries lie too deep in one another", "flatten them")]
            )
        if inner is not None and isinstance(inner.value, dict) and inner.key is None:
            self._problem(event, "the name of a field is not a word", "write 'name: value'")
            inner.key = ""
        self.open.append(_Open(value, self._put(value, event)))

    def _put(self, value: Any, event: Any) -> Place:
        """Put a value where it belongs; return its place, which for a field has the line of its name."""
        place: Place = ()
        line = event.start_mark.line + 1
        if not self.open:
            self.content = value
        elif isinstance(inner := self.open[-1].value, list):
            place = (*self.open[-1].place, len(inner))
            inner.append(value)
        else:
            field, line = self.open[-1].key or "", self.open[-1].key_line or line
            place = (*self.open[-1].place, field)
            inner[field], self.open[-1].key = value, None
        self.lines[place] = line
        return place

    def _tagless(self, event: Any) -> None:
        if event.tag is not None and event.tag != "!":
            self._problem(event, f"a tag, {event.tag}", "write the value alone: every value is read as text")

    def _problem(self, event: Any, what: str, fix: str) -> Problem:
        self.problems.append(Problem(self.name, event.start_mark.line + 1, "", what, fix, "CB002"))
        return self.problems[-1]
