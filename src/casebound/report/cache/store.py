"""Cache: the outputs of executed notebooks, kept under the fingerprint of all that they depend on.

A file is verified when it is read, and written whole or not at all; those not used for longest are evicted. Two builds
may share the folder at the same time.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from casebound import paths

LIMIT = 256 * 2**20  # bytes
_FORMAT = "casebound cache 1"


def folder() -> Path:
    """Return the folder of the cache, which `make clean` removes."""
    return paths.cache_dir() / "notebooks"


def read(name: str) -> Any:
    """Return the value kept under a name; None if there is none, or, with a message, if it was altered."""
    path = folder() / name
    try:
        head, _, content = path.read_bytes().partition(b"\n")
        os.utime(path)  # for `_evict`
        if head.decode() != _head(name, content):
            raise ValueError
        return json.loads(content)
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        print(f"{_shown(path)}: damaged, or written by another version; it is made again", file=sys.stderr)
        with suppress(OSError):
            path.unlink()  # so that the message comes once
        return None


def write(name: str, value: Any) -> None:
    """Keep a value under a name; if that fails, print why and go on."""
    content = json.dumps(value).encode()
    try:
        folder().mkdir(parents=True, exist_ok=True)
        descriptor, new = tempfile.mkstemp(dir=folder(), prefix=".")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(_head(name, content).encode() + b"\n" + content)
            Path(new).replace(folder() / name)
        except OSError:
            Path(new).unlink(missing_ok=True)
            raise
        _evict()
    except FileNotFoundError:
        return  # another build, or `make clean`, has removed it already
    except OSError as error:
        print(f"{_shown(folder())}: nothing is kept: {error.strerror}", file=sys.stderr)


def _head(name: str, content: bytes) -> str:
    """Return a file's first line: its format, and the fingerprint of its name and content."""
    return f"{_FORMAT} {hashlib.sha256(name.encode() + content).hexdigest()}"


def _shown(path: Path) -> str:
    return path.relative_to(paths.project_root()).as_posix()


def _evict() -> None:
    """Remove the files not used for longest, until the rest is no larger than `LIMIT`."""
    files = []
    for path in folder().iterdir():
        with suppress(FileNotFoundError):  # another build may be evicting too
            files.append((path.stat().st_mtime_ns, path.stat().st_size, path))
    size = sum(size for _, size, _ in files)
    for _, freed, path in sorted(files):
        if size <= LIMIT:
            return
        path.unlink(missing_ok=True)
        size -= freed
