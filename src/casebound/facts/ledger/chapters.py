"""Chapters: the notebooks that a case's report is made of, in order, as `chapters` in case.yaml arranges them.

A builder reads them before anything else of the case, so what is wrong there is left to the checks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from casebound import paths


@dataclass(frozen=True)
class Listed:
    """A notebook that a case could show: the case's own title for it, and why the case leaves it out; either empty."""

    path: Path
    title: str = ""
    leave_out: str = ""


def listed(case: str) -> list[Listed]:
    """Return every notebook that a case could show, in the order of its report."""
    found = {path.stem: path for path in paths.notebooks(case)}
    fields = _declared(case)
    names = arranged(list(found), {name: given["before"] for name, given in fields.items() if "before" in given})
    return [
        Listed(found[name], *(fields.get(name, {}).get(key, "") for key in ("title", "leave_out"))) for name in names
    ]


def shown(case: str) -> list[Path]:
    """Return the notebooks that make up a case's report, in order."""
    return [chapter.path for chapter in listed(case) if not chapter.leave_out]


def arranged(names: Sequence[str], before: Mapping[str, str]) -> list[str]:
    """Return names in their order, but each that `before` names before the other; a circle stands at the end."""

    def with_those_before(name: str) -> Iterator[str]:
        for other in names:
            if before.get(other) == name != other:
                yield from with_those_before(other)
        yield name

    free = [name for name in names if before.get(name, name) not in names or before.get(name, name) == name]
    order = [each for name in free for each in with_those_before(name)]
    return [*order, *(name for name in names if name not in order)]


def _declared(case: str) -> dict[str, dict[str, str]]:
    """Return the texts under `chapters` in case.yaml, by notebook and field; none where they cannot be read."""
    path = paths.case_dir(case) / "case.yaml"
    content = path.read_bytes() if path.is_file() else b""
    if b"chapters" not in content:
        return {}
    from casebound.facts.problems import CaseError  # late: a report that is up to date seldom needs YAML
    from casebound.facts.records.reading import yaml_in

    try:
        fields = yaml_in(content, path.name).content
    except CaseError:
        return {}
    chapters = fields.get("chapters") if isinstance(fields, dict) else None
    return {
        name: {key: text for key, text in given.items() if isinstance(text, str)}
        for name, given in (chapters if isinstance(chapters, dict) else {}).items()
        if isinstance(given, dict)
    }
