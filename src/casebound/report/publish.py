"""Publishing: a report's folder is, at every moment, the old one or the new one, whole.

The new folder is written beside the old one and then exchanged with it in one step. Where the system has no such
step two renames do it, and a build that is killed between them leaves the old folder to the next one.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from casebound import paths
from casebound.report.cache.key import RECORD

_NEW, _OLD = ".casebound-new-", ".casebound-old-"
_HERE = -100  # AT_FDCWD: paths are taken from the working directory
_EXCHANGE = 2  # RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS alike
_NOT_HERE = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP)


def publish(folder: Path, outputs: dict[str, bytes]) -> None:
    """Put the files of a report in place of the folder's; what others put there stays."""
    folder = folder.resolve()  # a link to a folder elsewhere stays a link
    folder.parent.mkdir(parents=True, exist_ok=True)
    new, old = folder.with_name(_NEW + folder.name), folder.with_name(_OLD + folder.name)
    with _alone():
        _clear(folder.parent)
        _carry_over(folder, new, outputs)
        _write(new, outputs)
        if not folder.exists():
            new.rename(folder)
        elif not _exchanged(new, folder):
            folder.rename(old)
            new.rename(folder)
        _kept_on_disk(folder.parent)
        _clear(folder.parent)


def tidy(folder: Path) -> None:
    """Remove what killed builds left in the folder of the reports, if they left anything."""
    if any(folder.glob(".casebound-*")):
        with _alone():
            _clear(folder)


@contextmanager
def _alone() -> Iterator[None]:
    """Hold the lock under which one build of the project publishes at a time; it ends with its process."""
    paths.cache_dir().mkdir(parents=True, exist_ok=True)
    with (paths.cache_dir() / "publishing.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _clear(folder: Path) -> None:
    """Put back old reports that have no new one, and remove what else was replaced or left by builds that were killed.

    Whoever holds the lock has no other build beside it.
    """
    for path in list(folder.iterdir()):
        home = path.with_name(path.name.removeprefix(_NEW).removeprefix(_OLD))
        if path.name.startswith(_OLD) and not home.exists():
            path.rename(home)
        elif path.name.startswith((_NEW, _OLD)):
            _bring(path, home)
            shutil.rmtree(path, ignore_errors=True)


def _carry_over(folder: Path, new: Path, outputs: dict[str, bytes]) -> None:
    """Make the new folder with the old one's files that no build made, as links where that can be."""
    if not folder.exists():
        new.mkdir()
        return
    made = {folder / name for name in (*outputs, *(_made(folder) or ()))}

    def ours(at: str, names: list[str]) -> list[str]:
        return [name for name in names if Path(at, name) in made]

    shutil.copytree(folder, new, symlinks=True, ignore=ours, copy_function=_link)


def _bring(old: Path, home: Path) -> None:
    """Bring home what others saved into an old report's folder just before it was replaced."""
    made = _made(old)
    if made is None or not home.exists():  # it never was a report
        return
    for path in list(old.rglob("*")):
        name = path.relative_to(old)
        there = home / name
        if name.as_posix() in made or (path.is_dir() and not path.is_symlink()):
            continue
        if os.path.lexists(there) and there.lstat().st_mtime_ns >= path.lstat().st_mtime_ns:
            continue
        with suppress(OSError):  # a file has become a folder
            there.parent.mkdir(parents=True, exist_ok=True)
            path.replace(there)


def _made(folder: Path) -> set[str] | None:
    """Return the names of the files that builds made, None where no record tells of them."""
    try:
        return {*json.loads((folder / RECORD).read_text("utf-8"))["outputs"], RECORD}
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _write(new: Path, outputs: dict[str, bytes]) -> None:
    for name, content in outputs.items():
        path = new / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    for folder in {(new / name).parent for name in outputs} | {new}:
        _kept_on_disk(folder)


def _kept_on_disk(folder: Path) -> None:
    """Have the names in a folder on the disk before a power cut, where the file system can be asked to."""
    descriptor = os.open(folder, os.O_RDONLY)
    with suppress(OSError):
        os.fsync(descriptor)
    os.close(descriptor)


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; return False where system or file system cannot."""
    library = ctypes.CDLL(None, use_errno=True)
    names = os.fsencode(one), os.fsencode(other)
    try:
        if sys.platform == "darwin":
            failed = library.renamex_np(*names, _EXCHANGE)
        else:
            failed = library.renameat2(_HERE, names[0], _HERE, names[1], _EXCHANGE)
    except AttributeError:
        return False
    if failed and (code := ctypes.get_errno()) not in _NOT_HERE:
        raise OSError(code, os.strerror(code), str(other))
    return not failed
