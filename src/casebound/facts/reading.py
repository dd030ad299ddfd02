"""Reading: YAML files as text only, with the line of every entry."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from casebound.facts.problems import CaseError, Problem

Place = tuple[str | int, ...]


class _TextLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """libyaml's loader where it is to be had; it does not ask of which type a scalar is, since all are text here."""

    def resolve(self, kind, value, implicit) -> str:
        return self.DEFAULT_SCALAR_TAG


@dataclass(frozen=True)
class Located:
    """A YAML file's content (dicts, lists and strings, never other types) and the line of each entry."""

    name: str
    content: Any
    lines: dict[Place, int]

    def line(self, place: Place) -> int:
        """Return the line of the innermost entry on the way to `place` that the file really holds."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def text_of(path: Path, name: str) -> str:
    """Return a file's UTF-8 text; raise CaseError in plain words where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise CaseError([Problem(name, 0, "", "the file is missing", "see data/README.md")]) from None
    except OSError as error:
        what = f"cannot be read: {error.strerror}"
        raise CaseError([Problem(name, 0, "", what, "make it a file that you may read")]) from None
    except UnicodeDecodeError as error:
        what = f"not UTF-8 (byte {error.start})"
        raise CaseError([Problem(name, 0, "", what, "save the file as UTF-8")]) from None


def yaml_file(path: Path, name: str) -> Located:
    """Return the file's content with every scalar as text, so that `NO`, `12:30` and `2025-09` stay as written."""
    try:
        node = yaml.compose(text_of(path, name), Loader=_TextLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = f"not valid YAML: {error.problem or error.context}"
        raise CaseError(
            [Problem(name, mark.line + 1 if mark else 0, "", what, "mind indents, colons and quotes")]
        ) from None
    except yaml.YAMLError as error:
        raise CaseError([Problem(name, 0, "", f"not valid YAML: {error}", "remove the character")]) from None
    lines: dict[Place, int] = {}
    problems: list[Problem] = []
    content = _value(node, (), lines, problems, name) if node is not None else None
    if problems:
        raise CaseError(problems)
    return Located(name, content, lines)


def _value(node: yaml.Node, place: Place, lines: dict[Place, int], problems: list[Problem], name: str) -> Any:
    lines[place] = node.start_mark.line + 1
    if len(place) > 40:  # an anchor that holds itself
        line = node.start_mark.line + 1
        problems.append(Problem(name, line, "", "the entry holds itself", "write it out, without & and *"))
        return None
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, (*place, i), lines, problems, name) for i, child in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        found: dict[str, Any] = {}
        for key, child in node.value:
            if not isinstance(key, yaml.ScalarNode):
                what = "the name of a field is not a word"
                problems.append(Problem(name, key.start_mark.line + 1, "", what, "write 'name: value'"))
                continue
            if key.value in found:
                what = f"the field '{key.value}' stands twice in one entry"
                problems.append(Problem(name, key.start_mark.line + 1, "", what, "keep one of them"))
            found[str(key.value)] = _value(child, (*place, str(key.value)), lines, problems, name)
            lines[(*place, str(key.value))] = key.start_mark.line + 1
        return found
    return node.value
