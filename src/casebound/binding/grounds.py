"""Grounds: everything that the outputs of a notebook rest on, each thing by name, with its fingerprint."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from nbformat import NotebookNode

from casebound import paths
from casebound.binding import fingerprints
from casebound.binding.reach import Reach, reach
from casebound.facts.problems import CaseError
from casebound.pages.narrative import NAME, sections

# What of the package runs every notebook, whatever the notebook imports; the modules name those that they need.
_RUNNERS = ("kernels", "cache")
_IMPORT = re.compile(r"^\s*(?:from|import)\s+casebound\b(?:\.(\w+)|\s+import\s+\(?([^)\n]+))?", re.MULTILINE)
_ENVIRONMENT = re.compile(r"TZ|LANG|LANGUAGE|(LC_|PYTHON|MPL|OMP_|OPENBLAS_).*")


@dataclass(frozen=True)
class Grounds:
    """What one notebook rests on: fingerprints by the name of the thing; `doubt` says why that may not be all."""

    things: dict[str, str]
    doubt: str = ""

    @cached_property
    def key(self) -> str:
        """The fingerprint of all of it."""
        return hashlib.sha256(json.dumps(self.things, sort_keys=True).encode()).hexdigest()


def grounds(sources: dict[str, NotebookNode], parameters: dict[str, str], way: str = "") -> dict[str, Grounds]:
    """Return what each notebook rests on, by name; `way` tells one way of running a kernel from another."""
    package = fingerprints.package()
    around = _surroundings(parameters, way)
    case = {name: seen for name, seen in fingerprints.data(parameters["case"]).items() if not name.endswith(NAME)}
    prose = paths.case_dir(parameters["case"]) / NAME
    found = {}
    for name, notebook in sources.items():
        cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
        reached = reach((cell.source, cell.metadata.get("tags", [])) for cell in cells)
        things = {f"code cell {number}": _of_cell(cell) for number, cell in enumerate(cells, 1)}
        things |= around | _of_package(package, reached) | _of_prose(prose, reached)
        things |= case if reached.own_case else fingerprints.data()
        found[name] = Grounds(things, reached.doubt or _misplaced(notebook))
    return found


def _of_cell(cell: NotebookNode) -> str:
    text = json.dumps([cell.source, cell.metadata.get("tags", [])])
    return hashlib.sha256(text.encode()).hexdigest()


def _misplaced(notebook: NotebookNode) -> str:
    """Return why it cannot be told where papermill puts the parameters, if it cannot."""
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        if "injected-parameters" in tags or ("parameters" in tags and cell.cell_type != "code"):
            return "a cell that is no cell of parameters is tagged as one"
    return ""


def _surroundings(parameters: dict[str, str], way: str) -> dict[str, str]:
    """Return what every notebook rests on: parameters, lock, installed distributions, Python and system."""
    root = paths.project_root()
    beside = [path for path in fingerprints.files(paths.notebooks_dir()) if path.suffix != ".ipynb"]
    return {
        **{f"the parameter {name}": value for name, value in parameters.items()},
        **{path.relative_to(root).as_posix(): fingerprints.of_file(path) for path in beside},
        **{f"the distribution {name}": seen for name, seen in fingerprints.distributions().items()},
        **{f"the variable {name}": value for name, value in os.environ.items() if _ENVIRONMENT.fullmatch(name)},
        "requirements.lock": fingerprints.of_file(root / "requirements.lock"),
        "Python": f"{sys.version} {sys.executable}",
        "the system": f"{sys.platform} {platform.machine()}",
        "the place of the project": str(root),
        "the way kernels are run": way,
    }


def _of_package(package: dict[str, str], reached: Reach) -> dict[str, str]:
    """Return the files of the rooms that a notebook can reach, of what lies beside the rooms, and of the runners."""
    rooms = _rooms(package, {name.split(".")[1] for name in reached.modules if "." in name})
    runners = _runners(package)
    return {
        f"casebound/{name}": seen
        for name, seen in package.items()
        if name in runners or name.partition("/")[0] in rooms or not name.endswith(".py")
        if not name.startswith("binding/templates/")
    }


def _rooms(package: dict[str, str], first: set[str]) -> set[str]:
    """Return the rooms and modules at the top of the package that those named first lead to."""
    leads: dict[str, set[str]] = {}
    for name in package:
        if name.endswith(".py"):
            text = (fingerprints.PACKAGE / name).read_text("utf-8")
            named = {part for one, several in _IMPORT.findall(text) for part in (one or several).split(",")}
            top = name.partition("/")[0].removesuffix(".py")
            leads.setdefault(top, set()).update(part.split()[0] for part in named if part.strip())
    reached, ahead = {"__init__"}, set(first) | {"facts"}
    while ahead:
        room = ahead.pop()
        reached.add(room)
        ahead |= leads.get(room, set()) - reached
    return reached | {f"{room}.py" for room in reached}


def _runners(package: dict[str, str]) -> set[str]:
    """Return the modules of the binding that run a notebook: those first, and what they name."""
    reached, ahead = set(), set(_RUNNERS)
    while ahead:
        module = ahead.pop()
        reached.add(f"binding/{module}.py")
        path = fingerprints.PACKAGE / "binding" / f"{module}.py"
        text = path.read_text("utf-8") if path.exists() else ""
        named = set(re.findall(r"casebound\.binding\.(\w+)", text))
        for several in re.findall(r"casebound\.binding import \(?([^)\n]+)", text):
            named |= {part.split()[0] for part in several.split(",") if part.strip()}
        ahead |= {name for name in named if f"binding/{name}.py" in package and f"binding/{name}.py" not in reached}
    return reached


def _of_prose(path: Path, reached: Reach) -> dict[str, str]:
    """Return the sections of the case's prose that a notebook shows, or the whole where that is not known."""
    name = f"data/{path.parent.name}/{NAME}"
    if reached.sections == frozenset():
        return {}
    try:
        if reached.sections is None:
            return {name: fingerprints.of_file(path)}
        known = sections(path.read_text("utf-8-sig"))
    except (CaseError, OSError, UnicodeDecodeError):
        return {name: fingerprints.of_file(path)}
    texts = {each: "\n".join(known[each].lines) if each in known else "" for each in sorted(reached.sections)}
    return {f"{name}, “{each}”": hashlib.sha256(text.encode()).hexdigest() for each, text in texts.items()}
