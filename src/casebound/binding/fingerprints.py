"""Fingerprints: whether a report still is what its inputs make, told by content and never by times."""

from __future__ import annotations

import hashlib
import json
import platform
import tomllib
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from packaging.requirements import Requirement

from casebound import paths

RECORD = "build.json"
_PACKAGE = Path(__file__).resolve().parents[1]
_IGNORED = (".ipynb_checkpoints", "__pycache__")


def inputs(case: str, parameters: dict[str, str]) -> str:
    """Return the fingerprint of all that a report is made from: data, notebooks, package, lock, parameters."""
    root = paths.project_root()
    files = [paths.data_dir() / "terms.yaml", *_files(paths.case_dir(case)), *paths.notebooks()]
    files.append(root / "requirements.lock")
    seen = hashlib.sha256(json.dumps(parameters, sort_keys=True).encode())
    for base, path in [*((root, path) for path in files), *((_PACKAGE, path) for path in _files(_PACKAGE))]:
        name = path.relative_to(base).as_posix()
        seen.update(f"\0{name}\0{of_file(path)}".encode())
    return seen.hexdigest()


def tools() -> str:
    """Return the fingerprint of what builds: this Python and the installed versions of what the package needs."""
    try:
        project = tomllib.loads((paths.project_root() / "pyproject.toml").read_text("utf-8"))["project"]
        names = sorted(Requirement(line).name for line in project["dependencies"])
    except (OSError, KeyError, tomllib.TOMLDecodeError):
        names = []
    seen = [platform.python_version(), *(f"{name} {_version(name)}" for name in names)]
    return hashlib.sha256("\n".join(seen).encode()).hexdigest()


def of_file(path: Path) -> str:
    """Return the SHA-256 of a file's content, or an empty text where there is none."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


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


def record(made_from: dict[str, str], outputs: dict[str, bytes]) -> bytes:
    """Return the record that `is_current` reads."""
    seen = {name: hashlib.sha256(content).hexdigest() for name, content in sorted(outputs.items())}
    return (json.dumps({"made_from": made_from, "outputs": seen}, indent=2) + "\n").encode()


def _files(folder: Path) -> Iterable[Path]:
    return sorted(p for p in folder.rglob("*") if p.is_file() and not any(part in _IGNORED for part in p.parts))


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "-"
