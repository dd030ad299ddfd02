"""Reading: YAML files with every scalar as text, and the line of every entry."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from casebound.facts.problems import CaseError, Problem

Place = tuple[str | int, ...]
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml's if it is installed


class _TextLoader(_Loader):
    """A loader that takes every scalar for text, whatever it looks like."""

    def resolve(self, kind, value, implicit) -> str:
        return self.DEFAULT_SCALAR_TAG


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
        return path.read_bytes()
    except FileNotFoundError:
        raise CaseError([Problem(name, 0, "", "the file is missing", "see data/README.md", "CB001")]) from None
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


def yaml_in(content: bytes, name: str) -> Located:
    """Return YAML with every scalar as text, so that `NO`, `12:30` and `2025-09` stay as written.

    Raises CaseError with its errors.
    """
    try:
        node = yaml.compose(text_in(content, name), Loader=_TextLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = f"not valid YAML: {error.problem or error.context}"
        raise CaseError(
            [Problem(name, mark.line + 1 if mark else 0, "", what, "mind indents, colons and quotes", "CB002")]
        ) from None
    except yaml.YAMLError as error:
        raise CaseError([Problem(name, 0, "", f"not valid YAML: {error}", "remove the character", "CB002")]) from None
    reading = _Reading(name, {}, [])
    value = reading.value(node, (), node) if node is not None else None
    if reading.problems:
        raise CaseError(reading.problems)
    return Located(name, value, reading.lines)


@dataclass(frozen=True)
class _Reading:
    """The lines and the problems of a file, filled while its nodes become values."""

    name: str
    lines: dict[Place, int]
    problems: list[Problem]

    def value(self, node: yaml.Node, place: Place, at: yaml.Node) -> Any:
        """Return a node's value; the place has the line of `at`, which for a field is its name."""
        self.lines[place] = at.start_mark.line + 1
        if len(place) > 40:  # an anchor that holds itself
            return self._problem(node, "the entry holds itself", "write it out, without & and *")
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*place, i), child) for i, child in enumerate(node.value)]
        if not isinstance(node, yaml.MappingNode):
            return node.value
        fields: dict[str, Any] = {}
        for key, child in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._problem(key, "the name of a field is not a word", "write 'name: value'")
                continue
            if key.value in fields:
                self._problem(key, f"the field '{key.value}' stands twice in one entry", "keep one of them")
            fields[key.value] = self.value(child, (*place, key.value), key)
        return fields

    def _problem(self, node: yaml.Node, what: str, fix: str) -> None:
        self.problems.append(Problem(self.name, node.start_mark.line + 1, "", what, fix, "CB002"))
