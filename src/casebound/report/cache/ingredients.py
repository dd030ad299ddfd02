"""Ingredients: all that the outputs of one notebook depend on, each with its name and its fingerprint."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from casebound import paths
from casebound.facts.problems import CaseError
from casebound.pages.notebooks import Cell, cells
from casebound.report.cache import fingerprints
from casebound.report.cache.reach import PACKAGE, Code, Modules, Reach, closure, file_of, not_plain, reach

# What a build is told by its surroundings. No plain notebook reads another variable.
_VARIABLES = ("PYTHON", "MPL", "MATPLOTLIB", "CASEBOUND_", "LANG", "LC_", "TZ")
_RUNNERS = (
    "casebound.report.execution.kernels",
    "casebound.report.execution.engine",
)  # the second is found by its entry point
_PROSE = "narrative.md"
OF_EARLIER_RUN = "it holds the parameters of an earlier run"  # why a notebook runs in every build


class Surroundings:
    """What the notebooks of a report share: `parts`, ingredients of each; and files of which each is looked at once."""

    def __init__(self, parameters: dict[str, str]) -> None:
        self.case, self.modules = parameters["case"], Modules()
        self._seen: dict[Path, str] = {}
        shared = [path for path in fingerprints.files(PACKAGE) if _is_read_by_all(path)]
        self.parts = {
            **{f"parameter {name}": value for name, value in parameters.items()},
            **{f"variable {name}": value for name, value in os.environ.items() if name.startswith(_VARIABLES)},
            **{"the project's folder": str(paths.project_root()), "Python": f"{sys.version} {sys.prefix}"},
            **{f"distribution {name}": seen for name, seen in fingerprints.distributions().items()},
            **self.of_package([*map(file_of, closure(_RUNNERS, self.modules)), *shared]),
        }

    def of_file(self, path: Path) -> str:
        """Return a file's fingerprint."""
        if path not in self._seen:
            self._seen[path] = fingerprints.of_file(path)
        return self._seen[path]

    def of_package(self, files: Iterable[Path]) -> dict[str, str]:
        """Return the fingerprints of files of the package, by name."""
        return {f"src/casebound/{path.relative_to(PACKAGE).as_posix()}": self.of_file(path) for path in files}


def _is_read_by_all(path: Path) -> bool:
    """Tell whether a file of the package is no module, but for instance a font, and not of the binding's own."""
    return path.suffix != ".py" and "report" not in path.parts


def reach_of(path: Path, around: Surroundings) -> Reach:
    """Return what a notebook's code can come to."""
    found = runs_always(path)
    return Reach(not_plain=found) if found else reach(_sources(path), around.modules)


def runs_always(path: Path) -> tuple[str, ...]:
    """Return why a notebook runs in every build, a line a reason; nothing if it is plain."""
    try:
        all_cells = cells(path)
    except ValueError:
        return ("it is no notebook that can be read",)
    if any("injected-parameters" in cell.tags for cell in all_cells):
        return (OF_EARLIER_RUN,)
    if any("parameters" in cell.tags for cell in all_cells if cell.kind != "code"):
        # behind which papermill puts its own, and what cells of code say of them comes after
        return ("a cell that is no code has the tag “parameters”",)
    return not_plain(_sources(path))


def _sources(path: Path) -> Code:
    return [(cell.source, "parameters" in cell.tags) for cell in _code(path)]


def ingredients(path: Path, found: Reach, around: Surroundings) -> dict[str, str]:
    """Return the fingerprint of everything that a plain notebook depends on, by name."""
    own = {"its code cells": _digest(json.dumps([(cell.source, cell.tags) for cell in _code(path)]))}
    return {**own, **around.parts, **_files(found, around), **around.of_package(map(file_of, found.modules))}


def key_of(parts: dict[str, str]) -> str:
    """Return the one fingerprint of all ingredients."""
    return _digest(json.dumps(parts, sort_keys=True))


def _files(found: Reach, around: Surroundings) -> dict[str, str]:
    root, case = paths.project_root(), around.case
    files = [*fingerprints.files(paths.case_dir(case)), paths.data_dir() / "terms.yaml", root / "requirements.lock"]
    files += fingerprints.beside_notebooks()
    named = {path.relative_to(root).as_posix(): around.of_file(path) for path in files}
    prose = f"data/{case}/{_PROSE}"
    if not found.any_prose:
        named.pop(prose, None)
        named |= _sections(case, prose, {one.section for one in found.shown})
    return named


def _sections(case: str, prose: str, shown: set[str]) -> dict[str, str]:
    """Return the fingerprint of each section of the prose that is shown, of the whole where it cannot be parted."""
    from casebound.facts.records.reading import text_of
    from casebound.pages.sections import sections

    if not shown:
        return {}
    path = paths.case_dir(case) / _PROSE
    try:
        known = sections(text_of(path, prose), prose)
    except CaseError:
        return {prose: fingerprints.of_file(path)}
    texts = {name: "\n".join(known[name].lines) if name in known else "" for name in sorted(shown)}
    return {of_section(case, name): _digest(text) for name, text in texts.items()}


def of_section(case: str, name: str) -> str:
    """Return the name of the ingredient that is a section of the prose."""
    return f"data/{case}/{_PROSE}, section “{name}”"


def _code(path: Path) -> list[Cell]:
    return [cell for cell in cells(path) if cell.kind == "code"]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
