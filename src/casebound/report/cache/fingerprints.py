"""Fingerprints: whether a report still is what its inputs make, told by content and never by times."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from pathlib import Path

from casebound import paths

RECORD = "build.json"

_IGNORED = (".ipynb_checkpoints", "__pycache__")
_NAMED = re.compile(r"^([^/,]+)-([^/,-]+)\.dist-info/", re.MULTILINE)


def inputs(case: str, parameters: dict[str, str]) -> str:
    """Return the fingerprint of all that a report is made from: data, notebooks, package, lock, parameters."""
    root = paths.project_root()
    ours = [paths.data_dir() / "terms.yaml", *files(paths.case_dir(case)), *paths.notebooks(), *beside_notebooks()]
    ours.append(root / "requirements.lock")
    seen = hashlib.sha256(json.dumps(parameters, sort_keys=True).encode())
    for base, path in [*((root, path) for path in ours), *((paths.PACKAGE, path) for path in files(paths.PACKAGE))]:
        name = path.relative_to(base).as_posix()
        seen.update(f"\0{name}\0{of_file(path)}".encode())
    return seen.hexdigest()


def checked(case: str) -> str:
    """Return the fingerprint of the files that `make check` reads: data and notebooks."""
    return _of_files([paths.data_dir() / "terms.yaml", *files(paths.case_dir(case)), *paths.notebooks()])


def package() -> str:
    """Return the fingerprint of the package's own files."""
    return _of_files(files(paths.PACKAGE))


def _of_files(read: list[Path]) -> str:
    return hashlib.sha256("".join(f"{path}\0{of_file(path)}\0" for path in read).encode()).hexdigest()


def tools() -> str:
    """Return the fingerprint of what builds: this Python and every distribution that is installed for it."""
    return hashlib.sha256(json.dumps([sys.version, distributions()], sort_keys=True).encode()).hexdigest()


def distributions() -> dict[str, str]:
    """Return the fingerprint of every installed distribution by name and version: of the list of its files' hashes."""
    from importlib import metadata  # imported here: a build that runs every notebook first starts what forks kernels

    found = {}
    for one in metadata.distributions():
        record = one.read_text("RECORD")
        named = _NAMED.search(
            record or ""
        )  # told from the list: reading the metadata of all takes longer than all else
        name = f"{named[1]} {named[2]}" if named else f"{one.name} {one.version}"
        listed = record if record is not None else one.read_text("METADATA") or ""
        found.setdefault(name, hashlib.sha256(listed.encode()).hexdigest())
    return dict(sorted(found.items()))


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


def beside_notebooks() -> list[Path]:
    """Return the files beside the notebooks that a notebook can import or that Matplotlib reads."""
    return [path for path in files(paths.notebooks_dir()) if path.suffix != ".ipynb"]


def files(folder: Path) -> list[Path]:
    """Return every file below a folder that counts, in order; none where there is no folder."""
    return sorted(p for p in folder.rglob("*") if p.is_file() and not any(part in _IGNORED for part in p.parts))
