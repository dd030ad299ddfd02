"""Joining: executed notebooks brought together as the one notebook that the exporters bind."""

from __future__ import annotations

import nbformat
from nbformat import NotebookNode


def joined(notebooks: dict[str, NotebookNode], about: dict, fingerprint: str, paper: str) -> NotebookNode:
    """Return one notebook of all cells, each named for its chapter, with what is said `about` the report."""
    report = nbformat.v4.new_notebook()
    report.metadata["casebound"] = {**about, "fingerprint": fingerprint, "paper": paper}
    for chapter, notebook in notebooks.items():
        for cell in notebook.cells:
            cell = cell.copy()
            cell.metadata = {**cell.metadata, "casebound": {"chapter": chapter}}
            cell.id = f"{chapter}-{cell.id}"[:64]
            report.cells.append(cell)
    return report
