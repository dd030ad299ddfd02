"""Reading: YAML files with every scalar as text, and the line of every entry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
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
    """A YAML file's content (dicts, lists and strings, never other types), and its text to find an entry's line in."""

    name: str
    content: Any
    text: str

    def line(self, place: Place) -> int:
        """Return the line of the innermost entry on the way to `place` that the file really holds."""
        while place and place not in self._lines:
            place = place[:-1]
        return self._lines.get(place, 1)

    @cached_property
    def _lines(self) -> dict[Place, int]:
        """The line of each entry, worked out only for a message: a large file has very many."""
        node = yaml.compose(self.text, Loader=_TextLoader)
        return dict(_lines_of(node, (), node.start_mark.line + 1)) if node is not None else {}


def text_of(path: Path, name: str) -> str:
    """Return a file's UTF-8 text; raise CaseError if it cannot be read."""
    return text_in(content_of(path, name), name)


def content_of(path: Path, name: str) -> bytes:
    """Return a file's bytes; raise CaseError if it cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise CaseError([Problem(name, 0, "", "the file is missing", "see data/README.md")]) from None
    except OSError as error:
        what = f"cannot be read: {error.strerror}"
        raise CaseError([Problem(name, 0, "", what, "make it a file that you may read")]) from None


def text_in(content: bytes, name: str) -> str:
    """Return content as text, with Unix line ends; raise CaseError if it is not UTF-8."""
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        what = f"not UTF-8 (byte {error.start})"
        raise CaseError([Problem(name, 0, "", what, "save the file as UTF-8")]) from None


def yaml_in(content: bytes, name: str) -> Located:
    """Return YAML with every scalar as text, so that `NO`, `12:30` and `2025-09` stay as written.

    Raises CaseError with its errors.
    """
    text = text_in(content, name)
    try:
        node = yaml.compose(text, Loader=_TextLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = f"not valid YAML: {error.problem or error.context}"
        raise CaseError(
            [Problem(name, mark.line + 1 if mark else 0, "", what, "mind indents, colons and quotes")]
        ) from None
    except yaml.YAMLError as error:
        raise CaseError([Problem(name, 0, "", f"not valid YAML: {error}", "remove the character")]) from None
    problems: list[Problem] = []
    value = _value(node, 0, problems, name) if node is not None else None
    if problems:
        raise CaseError(problems)
    return Located(name, value, text)


def _value(node: yaml.Node, depth: int, problems: list[Problem], name: str) -> Any:
    if depth > 40:  # an anchor that holds itself
        line = node.start_mark.line + 1
        problems.append(Problem(name, line, "", "the entry holds itself", "write it out, without & and *"))
        return None
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, depth + 1, problems, name) for child in node.value]
    if isinstance(node, yaml.MappingNode):
        fields: dict[str, Any] = {}
        for key, child in node.value:
            if not isinstance(key, yaml.ScalarNode):
                what = "the name of a field is not a word"
                problems.append(Problem(name, key.start_mark.line + 1, "", what, "write 'name: value'"))
                continue
            if key.value in fields:
                what = f"the field '{key.value}' stands twice in one entry"
                problems.append(Problem(name, key.start_mark.line + 1, "", what, "keep one of them"))
            fields[str(key.value)] = _value(child, depth + 1, problems, name)
        return fields
    return node.value


def _lines_of(node: yaml.Node, place: Place, line: int) -> Iterator[tuple[Place, int]]:
    """Yield every place in a node with its line: a field's is that of its name."""
    yield place, line
    if isinstance(node, yaml.SequenceNode):
        for i, child in enumerate(node.value):
            yield from _lines_of(child, (*place, i), child.start_mark.line + 1)
    elif isinstance(node, yaml.MappingNode):
        for key, child in node.value:
            yield from _lines_of(child, (*place, key.value), key.start_mark.line + 1)
