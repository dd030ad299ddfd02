"""Key: what a report and each of its notebooks are made from, compared by content and never by time.

Each thing has a name and a fingerprint, the SHA-256 of its content, so that `casebound why` can say what changed.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from pathlib import Path
from typing import Any

from casebound import paths

RECORD = "build.json"
PROSE = "narrative.md"

_IGNORED = (".ipynb_checkpoints", "__pycache__", ".schema")
_VARIABLES = ("PYTHON", "MPL", "MATPLOTLIB", "CASEBOUND_", "LANG", "LC_", "TZ")  # how their names begin
_NAMED = re.compile(r"^([^/,]+)-([^/,-]+)\.dist-info/", re.MULTILINE)


def shared(parameters: dict[str, str]) -> dict[str, str]:
    """Return what every plain notebook of a report depends on, by name; the build itself lays out the prose."""
    data = {
        name: seen for name, seen in _data(parameters["case"]).items() if not name.endswith((f"/{PROSE}", ".ipynb"))
    }
    return {
        **{f"parameter {name}": value for name, value in parameters.items()},
        **{f"variable {name}": value for name, value in os.environ.items() if name.startswith(_VARIABLES)},
        **data,
        **_project(),
        **tools(),
    }


def inputs(parameters: dict[str, str]) -> str:
    """Return the fingerprint of all that makes a report: data, notebooks, typefaces, package, lock, parameters."""
    files = [*paths.notebooks(), *_files(paths.fonts_dir())]
    return of_value([parameters, _data(parameters["case"]), _named(files), _project()])


def checked(case: str) -> str:
    """Return the fingerprint of the files that `make check` reads: data and notebooks."""
    return of_value([_data(case), _named(paths.notebooks())])


def package() -> str:
    """Return the fingerprint of the package's own files."""
    return of_value({path.relative_to(paths.PACKAGE).as_posix(): of_file(path) for path in _files(paths.PACKAGE)})


def tools() -> dict[str, str]:
    """Return what builds: this Python, and every installed distribution with the fingerprint of its files' hashes."""
    from importlib import metadata  # imported here: a build that runs every notebook first starts its fork server

    fingerprints: dict[str, str] = {}
    for distribution in metadata.distributions():
        files = distribution.read_text("RECORD")
        # the list of files gives the name: reading the metadata of all takes longer than all else
        named = _NAMED.search(files or "")
        name = f"{named[1]} {named[2]}" if named else f"{distribution.name} {distribution.version}"
        content = files if files is not None else distribution.read_text("METADATA") or ""
        fingerprints.setdefault(f"distribution {name}", _digest(content.encode()))
    return {"Python": sys.version, **dict(sorted(fingerprints.items()))}


def of_file(path: Path) -> str:
    """Return the fingerprint of a file, or an empty text if there is none."""
    return _digest(path.read_bytes()) if path.is_file() else ""


def of_value(value: Any) -> str:
    """Return the fingerprint of a value that JSON can hold."""
    return _digest(json.dumps(value, sort_keys=True).encode())


def is_current(folder: Path, made_from: dict[str, str]) -> bool:
    """Tell whether a report's folder holds, unaltered, what these inputs made."""
    try:
        record = json.loads((folder / RECORD).read_text("utf-8"))
        outputs = record["outputs"]
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return record.get("made_from") == made_from and all(
        of_file(folder / name) == seen for name, seen in outputs.items()
    )


def record(made_from: dict[str, str], outputs: dict[str, bytes], **more: int) -> bytes:
    """Return the record that `is_current` reads, and what `more` is to be known of the report."""
    seen = {name: _digest(content) for name, content in sorted(outputs.items())}
    return (json.dumps({"made_from": made_from, "outputs": seen, **more}, indent=2) + "\n").encode()


def problems(folder: Path) -> int:
    """Return how many problems the draft in a folder shows, by its record."""
    return json.loads((folder / RECORD).read_text("utf-8"))["problems"]


def _data(case: str) -> dict[str, str]:
    return _named([paths.data_dir() / "terms.yaml", *_files(paths.case_dir(case))])


def _project() -> dict[str, str]:
    """Return the fingerprints of the package, the lock, and what a notebook can import from the folder beside it."""
    beside = [path for path in _files(paths.notebooks_dir()) if path.suffix != ".ipynb"]
    return {"the package": package(), **_named([paths.project_root() / "requirements.lock", *beside])}


def _named(files: list[Path]) -> dict[str, str]:
    return {path.relative_to(paths.project_root()).as_posix(): of_file(path) for path in files}


def _files(folder: Path) -> list[Path]:
    """Return every file below a folder, except what editors and Python leave there, in order; none without a folder."""
    return sorted(p for p in folder.rglob("*") if p.is_file() and not any(part in _IGNORED for part in p.parts))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
