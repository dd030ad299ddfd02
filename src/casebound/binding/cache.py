"""Cache: the outputs of notebooks under the fingerprint of what they rest on, checked whenever they are read.

An entry is a file in `.cache/notebooks/`: the SHA-256 of the rest, then the code cells with their outputs. It is
put in place whole, so that builds at once and builds that are killed leave none by halves.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from casebound import paths

LIMIT = 256 * 2**20  # bytes; one build of nine chapters takes about two million
_KEPT = ("source", "metadata", "outputs", "execution_count")


class DamagedEntryError(Exception):
    """An entry that is not what was stored."""


def folder() -> Path:
    """Return where the entries are."""
    return paths.cache_dir() / "notebooks"


def ran(notebook: NotebookNode) -> list[dict]:
    """Return the code cells of an executed notebook as they are stored; the first may be papermill's own."""
    return [
        {**{name: cell[name] for name in _KEPT}, "first": index == 0}
        for index, cell in enumerate(notebook.cells)
        if cell.cell_type == "code"
    ]


def stored(key: str) -> list[dict] | None:
    """Return the code cells stored under a key, None where there are none; raise DamagedEntryError."""
    path = folder() / f"{key}.json"
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise DamagedEntryError from error
    digest, _, body = content.partition(b"\n")
    if digest.decode("ascii", "replace") != _digest(key, body):
        raise DamagedEntryError
    with contextlib.suppress(OSError):
        os.utime(path)  # what was used last is thrown away last
    return json.loads(body)


def store(key: str, cells: list[dict]) -> None:
    """Keep the cells under a key, and throw away what was not used for longest; one that failed is never kept.

    A cache that cannot be written is no error: the next build runs the notebook again.
    """
    if any(output["output_type"] == "error" for cell in cells for output in cell["outputs"]):
        return
    body = json.dumps(cells).encode()
    with contextlib.suppress(OSError):
        folder().mkdir(parents=True, exist_ok=True)
        place(folder() / f"{key}.json", _digest(key, body).encode() + b"\n" + body)
        _trim()


def place(path: Path, content: bytes) -> None:
    """Write a file that others see whole or not at all."""
    handle, name = tempfile.mkstemp(prefix=".new-", dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(name).replace(path)


def grafted(source: NotebookNode, cells: list[dict]) -> NotebookNode:
    """Return a notebook as it stands with the outputs of its code cells; raise DamagedEntryError if they are others.

    papermill's own cell stands behind that of the parameters, or first where there is none.
    """
    notebook, ahead = nbformat.v4.new_notebook(), list(cells)
    if ahead and ahead[0]["first"] and _is_injected(ahead[0]):
        notebook.cells.append(_code(ahead.pop(0)))
    for cell in source.cells:
        if cell.cell_type != "code":
            notebook.cells.append(cell.copy())
            continue
        if not ahead or ahead[0]["source"] != cell.source:
            raise DamagedEntryError
        notebook.cells.append(_code(ahead.pop(0)))
        if ahead and _is_injected(ahead[0]):
            notebook.cells.append(_code(ahead.pop(0)))
    if ahead:
        raise DamagedEntryError
    for number, cell in enumerate(notebook.cells):
        cell.id = f"c{number}"
    return notebook


def _is_injected(cell: dict) -> bool:
    return "injected-parameters" in cell["metadata"].get("tags", [])


def _code(cell: dict) -> NotebookNode:
    return nbformat.v4.new_code_cell(**{name: nbformat.from_dict(cell[name]) for name in _KEPT})


def _digest(key: str, body: bytes) -> str:
    return hashlib.sha256(key.encode() + body).hexdigest()


def _trim() -> None:
    sizes = {}
    for path in folder().iterdir():
        with contextlib.suppress(FileNotFoundError):  # another build was quicker
            seen = path.stat()
            sizes[path] = (seen.st_mtime_ns, seen.st_size if path.is_file() else 0)
    total = sum(size for _, size in sizes.values())
    for path, (_, size) in sorted(sizes.items(), key=lambda item: item[1]):
        if total <= LIMIT:
            return
        if size:
            path.unlink(missing_ok=True)
            total -= size
