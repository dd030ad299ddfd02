"""Shelf: a report on disk is the old one or the new one, whole, at whatever moment the build is ended."""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from casebound import paths

try:
    import fcntl
except ImportError:  # Windows: two builds at once are not kept apart there
    fcntl = None

_SWAP, _HERE = 2, -100  # RENAME_EXCHANGE on Linux, RENAME_SWAP on macOS; AT_FDCWD


def replace(folder: Path, outputs: dict[str, bytes], stale: set[str]) -> None:
    """Put all files of a report into its folder in one step; `stale` names those of the report before.

    Everything else in the folder stays: reports that are limited in time or sources, what a reader put there.
    """
    folder = folder.resolve()
    new, old = folder.with_name(f".new-{folder.name}"), folder.with_name(f".old-{folder.name}")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _alone():
        _recover(folder, new, old)
        for name, content in outputs.items():
            (new / name).parent.mkdir(parents=True, exist_ok=True)
            (new / name).write_bytes(content)
        if folder.exists():
            _keep(folder, new, stale | set(outputs))
        _put(new, folder, old)


def _recover(folder: Path, new: Path, old: Path) -> None:
    """Clear away what a build that was ended has left; give back what it had moved aside."""
    shutil.rmtree(new, ignore_errors=True)
    if old.exists() and not folder.exists():
        old.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _keep(folder: Path, new: Path, taken: set[str]) -> None:
    def passed_over(at: str, names: list[str]) -> set[str]:
        here = Path(at).relative_to(folder)
        return {name for name in names if (here / name).as_posix() in taken or name.startswith((".new-", ".old-"))}

    shutil.copytree(folder, new, symlinks=True, ignore=passed_over, copy_function=_linked, dirs_exist_ok=True)


def _linked(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # not every file system has links
        shutil.copy2(source, target)


def _put(new: Path, folder: Path, old: Path) -> None:
    if not folder.exists():
        new.rename(folder)
    elif _exchanged(new, folder):
        shutil.rmtree(new, ignore_errors=True)
    else:  # the one moment without a report at its place; the next build gives it back
        folder.rename(old)
        new.rename(folder)
        shutil.rmtree(old, ignore_errors=True)


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, and tell whether system and file system can."""
    try:
        libc = ctypes.CDLL(None)
        names = os.fsencode(one), os.fsencode(other)
        if sys.platform == "darwin":
            return libc.renamex_np(*names, _SWAP) == 0
        return libc.renameat2(_HERE, names[0], _HERE, names[1], _SWAP) == 0
    except (AttributeError, OSError, TypeError):
        return False


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Let one build at a time put a report in its place; the system frees the lock of a process that has died."""
    lock = paths.cache_dir() / "reports.lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
