"""Joining: executed notebooks brought together as the one notebook that the exporters bind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

import nbformat
from nbformat import NotebookNode

from casebound.binding.blocks import Entry, SourceEntry

if TYPE_CHECKING:
    from casebound.facts.ledger import Ledger


@dataclass(frozen=True)
class Proved:
    """What a report takes from a sound case: what is said `about` it, its appendix, the files of its data by name.

    It stands here and not beside what makes it, so that a builder to which it is handed needs no pandas.
    """

    about: dict
    entries: dict[str, Entry]
    sources: dict[str, SourceEntry]
    data: dict[str, bytes]


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


def about(ledger: Ledger) -> dict:
    """Return the report's own metadata: titles, language, keywords, and what moment it shows."""
    case, known = ledger.case, ledger.as_of or ledger.known
    return {
        "title": case.title,
        "subtitle": case.subtitle,
        "description": case.summary,
        "language": case.language,
        "keywords": list(case.keywords),
        "as_known": ledger.as_known,
        "newest": f"{ledger.known:%-d %B %Y}",
        "timestamp": known.astimezone(UTC).isoformat(),
    }
