"""Notebooks: their cells as people write them, read without nbformat, which is slow to import."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Cell:
    """A cell before it is run: its kind (code, markdown, raw), source and tags."""

    kind: str
    source: str
    tags: tuple[str, ...]


def cells(path: Path) -> list[Cell]:
    """Return the cells of a notebook file, in order; raise ValueError if it is not a notebook."""
    try:
        if not path.is_file():  # a pipe might be read for ever
            raise ValueError("not a file, or a link to none")
        text = path.read_text("utf-8")
        content = json.loads(text)
        if content["nbformat"] != 4:
            content = _upgraded(text)
        parts = {"the notebook's metadata": content["metadata"], "the cells": content["cells"]}
        for part, kind in zip(parts, (dict, list), strict=True):
            if not isinstance(parts[part], kind):
                raise ValueError(f"{part}: not a {'mapping' if kind is dict else 'list'}")
        return [
            Cell(cell["cell_type"], "".join(cell["source"]), tuple(cell["metadata"].get("tags", ())))
            for cell in content["cells"]
        ]
    except RecursionError:
        raise ValueError("its parts lie too deep in one another") from None
    except OSError as error:
        raise ValueError(error.strerror or str(error)) from None
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"a part of a notebook is missing or wrong ({type(error).__name__}: {error})") from None


def title_of(path: Path) -> str:
    """Return a notebook's title, the first heading of its Markdown; its name if it has none or cannot be read."""
    try:
        lines = [line for cell in cells(path) if cell.kind == "markdown" for line in cell.source.splitlines()]
    except ValueError:
        return path.stem
    return next((line[2:].strip() for line in lines if line.startswith("# ")), path.stem)


def _upgraded(text: str) -> dict:
    import nbformat  # imported here: hardly any notebook is of an older version

    try:
        return nbformat.reads(text, as_version=4)
    except nbformat.ValidationError as error:
        raise ValueError(str(error).partition("\n")[0]) from None
