"""Publish: all files of a report change at the same moment, and nobody else's file in its folder is touched.

`reports/CASE/report.html` is a link to `.casebound/report.html`, and `.casebound` a link to the folder of one build:

    report.html, report.pdf, annex.pdf, data/*.csv → .casebound → .casebound-1f0c…/

A build writes a folder of its own and then replaces the one link `.casebound`, which is a single step on every POSIX
file system. A build's folder is named for its content, so equal reports are equal folders.
"""

from __future__ import annotations

import fcntl
import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from casebound import paths
from casebound.report.cache.key import RECORD

CURRENT = ".casebound"
_BUILD, _PART = ".casebound-", ".casebound-part"


def publish(folder: Path, outputs: dict[str, bytes]) -> None:
    """Replace the files of a report, all at once; files that others put into its folder stay."""
    content = hashlib.sha256()
    for name in sorted(outputs.keys() - {RECORD}):  # the record names the Python that built, which changes no page
        content.update(f"{name}\0{hashlib.sha256(outputs[name]).hexdigest()}\0".encode())
    build = folder / f"{_BUILD}{content.hexdigest()[:16]}"
    with _lock():
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in outputs.items():
            with _replaced(folder, build / name) as part:
                part.write_bytes(data)
        if not (folder / CURRENT).is_symlink():
            _adopt(folder, outputs)
        for name in outputs:
            _link(folder, folder / name, "../" * name.count("/") + f"{CURRENT}/{name}")
        _link(folder, folder / CURRENT, build.name)
        _clear(folder)


def tidy(reports: Path) -> None:
    """Remove what killed builds left in the folders of the reports."""
    for folder in {path.parent for path in reports.glob(f"*/{_BUILD}*")}:
        if len(list(folder.glob(f"{_BUILD}*"))) > 1 or not (folder / CURRENT).exists():
            with _lock():
                _clear(folder)


@contextmanager
def _lock() -> Iterator[None]:
    """Let one build of the project publish at a time; a killed one holds the lock no longer."""
    paths.cache_dir().mkdir(parents=True, exist_ok=True)
    with (paths.cache_dir() / "publishing.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _adopt(folder: Path, outputs: dict[str, bytes]) -> None:
    """Turn a folder of plain files, which earlier versions wrote, into one whose files are links to a build."""
    before = folder / f"{_BUILD}before"
    for name in outputs:
        if (folder / name).is_file():
            (before / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(folder / name, before / name)
    if before.exists():
        _link(folder, folder / CURRENT, before.name)


@contextmanager
def _replaced(folder: Path, path: Path) -> Iterator[Path]:
    """Give a path to write to, then put what was written in the place of another path, in one step."""
    part = folder / _PART
    part.unlink(missing_ok=True)
    yield part
    path.parent.mkdir(parents=True, exist_ok=True)
    part.replace(path)


def _link(folder: Path, path: Path, target: str) -> None:
    with _replaced(folder, path) as part:
        part.symlink_to(target)


def _clear(folder: Path) -> None:
    """Remove every build but the current one, and links to files that it no longer has."""
    current = (folder / CURRENT).resolve()
    for path in folder.glob(f"{_BUILD}*"):
        if path.is_symlink() or path.is_file():
            path.unlink()
        elif path.resolve() != current:
            shutil.rmtree(path, ignore_errors=True)
    for path in list(folder.rglob("*")):
        if path.is_symlink() and CURRENT in path.readlink().parts and not path.exists():
            path.unlink()
