"""Fingerprints: whether a report still is what its inputs make, told by content and never by times."""

from __future__ import annotations

import hashlib
import json
import platform
import sys
from collections.abc import Iterable
from pathlib import Path

from casebound import paths

RECORD = "build.json"
PACKAGE = Path(__file__).resolve().parents[1]
_IGNORED = (".ipynb_checkpoints", "__pycache__")


def inputs(case: str, parameters: dict[str, str]) -> str:
    """Return the fingerprint of all that a report is made from: data, notebooks, package, lock, parameters."""
    root = paths.project_root()
    seen = hashlib.sha256(json.dumps(parameters, sort_keys=True).encode())
    own = {path.relative_to(root).as_posix(): of_file(path) for path in _beside()}
    for name, digest in [*data(case).items(), *own.items(), *package().items()]:
        seen.update(f"\0{name}\0{digest}".encode())
    return seen.hexdigest()


def data(case: str = "") -> dict[str, str]:
    """Return the fingerprints of a case's files and of the controlled words; of all of `data/` where none is named."""
    root = paths.project_root()
    return {path.relative_to(root).as_posix(): of_file(path) for path in _data(case)}


def package() -> dict[str, str]:
    """Return the fingerprints of the package's files, by their place in it."""
    return {path.relative_to(PACKAGE).as_posix(): of_file(path) for path in files(PACKAGE)}


def stamps(case: str) -> list[tuple]:
    """Return what a look at the files tells without reading them; where it differs, somebody may have edited one.

    This only ever makes a build do more: that nothing changed is always told by content.
    """
    found = []
    for path in [*_data(case), *_beside(), *files(PACKAGE)]:
        try:
            seen = path.stat()
            found.append((str(path), seen.st_mtime_ns, seen.st_size, seen.st_ino))
        except FileNotFoundError:
            found.append((str(path),))
    return found


def tools() -> str:
    """Return the fingerprint of what builds: this Python and all installed distributions."""
    seen = [platform.python_version(), *(f"{name} {digest}" for name, digest in sorted(distributions().items()))]
    return hashlib.sha256("\n".join(seen).encode()).hexdigest()


def distributions() -> dict[str, str]:
    """Return version and fingerprint of every installed distribution by name.

    The fingerprint is that of its record, which holds those of its files: a file that somebody edits inside an
    installed library is not seen.
    """
    found: dict[str, str] = {}
    for place in filter(None, sys.path):
        for info in sorted([*Path(place).glob("*.dist-info"), *Path(place).glob("*.egg-info")]):
            name, _, number = info.stem.partition("-")
            records = (info, info / "RECORD", info / "SOURCES.txt")
            seen = next(filter(None, map(of_file, records)), "")
            found[name] = f"{found.get(name, '')} {number} {seen}".strip()
    return found


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


def files(folder: Path) -> list[Path]:
    """Return the files in a folder and below, in order, without what Python and Jupyter leave there."""
    return sorted(p for p in folder.rglob("*") if p.is_file() and not any(part in _IGNORED for part in p.parts))


def _data(case: str) -> Iterable[Path]:
    root = paths.data_dir()
    return [root / "terms.yaml", *files(paths.case_dir(case))] if case else files(root)


def _beside() -> list[Path]:
    """Return what else of the project a report is made from; notebooks may read what lies beside them."""
    beside = [path for path in files(paths.notebooks_dir()) if path.suffix != ".ipynb"]
    return [*paths.notebooks(), *beside, paths.project_root() / "requirements.lock"]
