"""Cache: what executed notebooks gave, kept by the fingerprint of all that they depend on.

Every file is verified as it is read, written whole or not at all, and thrown out when it was not used for longest.
Two builds at once may share the folder.
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
    """Return what was kept under a name, None where nothing was or where it was altered, which is said."""
    path = folder() / name
    try:
        head, _, content = path.read_bytes().partition(b"\n")
        os.utime(path)  # for `_throw_out`
        if head.decode() != _head(name, content):
            raise ValueError
        return json.loads(content)
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        print(f"{_shown(path)}: damaged, or written by another version; it is made again", file=sys.stderr)
        with suppress(OSError):
            path.unlink()  # so that it is said once
        return None


def write(name: str, value: Any) -> None:
    """Keep a value under a name; where that cannot be done the build goes on, and it is said."""
    content = json.dumps(value, ensure_ascii=False).encode()
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
        _throw_out()
    except FileNotFoundError:
        return  # another build, or `make clean`, has thrown it out already
    except OSError as error:
        print(f"{_shown(folder())}: nothing is kept: {error.strerror}", file=sys.stderr)


def _head(name: str, content: bytes) -> str:
    """Return a file's first line: its format, and the fingerprint of its name and content."""
    return f"{_FORMAT} {hashlib.sha256(name.encode() + content).hexdigest()}"


def _shown(path: Path) -> str:
    return path.relative_to(paths.project_root()).as_posix()


def _throw_out() -> None:
    """Remove what was not used for longest, until the rest is no larger than `LIMIT`."""
    found = []
    for path in folder().iterdir():  # another build may be throwing out too
        with suppress(FileNotFoundError):
            found.append((path.stat().st_mtime_ns, path.stat().st_size, path))
    size = sum(size for _, size, _ in found)
    for _, freed, path in sorted(found):
        if size <= LIMIT:
            return
        path.unlink(missing_ok=True)
        size -= freed
