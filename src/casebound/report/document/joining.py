"""Joining: executed notebooks brought together as the one notebook that the exporters bind."""

from __future__ import annotations

from collections.abc import Iterable

import nbformat
from nbformat import NotebookNode


def joined(notebooks: dict[str, NotebookNode], about: dict, fingerprint: str, paper: str | None) -> NotebookNode:
    """Return one notebook of all cells, each named for its chapter, with `about` as the report's own metadata.

    The `paper` is that of the request, or if it names none the one that the case names.
    """
    report = notebook([])
    report.metadata["casebound"] = {**about, "fingerprint": fingerprint, "paper": paper or about.get("paper")}
    for chapter, executed in notebooks.items():
        for cell in executed.cells:
            cell = cell.copy()
            cell.metadata = {**cell.metadata, "casebound": {"chapter": chapter}}
            report.cells.append(cell)
    return report


def notebook(cells: Iterable[NotebookNode]) -> NotebookNode:
    """Return a notebook of cells that were read or executed as such.

    It is not held against the schema of notebooks, which takes a new process a tenth of a second to compile.
    """
    node = NotebookNode(nbformat=nbformat.current_nbformat, nbformat_minor=nbformat.current_nbformat_minor)
    node.update(metadata=NotebookNode(), cells=list(cells))
    return node
