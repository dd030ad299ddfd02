"""Joining: executed notebooks and the ledger's evidence brought together as what the exporters bind."""

from __future__ import annotations

from datetime import UTC

import nbformat
import pandas as pd
from nbformat import NotebookNode

from casebound.binding.blocks import Entry, Piece, SourceEntry
from casebound.facts import dates
from casebound.facts.ledger import Ledger


def joined(notebooks: dict[str, NotebookNode], ledger: Ledger, fingerprint: str) -> NotebookNode:
    """Return one notebook of all cells, each named for its chapter, with the report's own metadata."""
    report = nbformat.v4.new_notebook()
    report.metadata["casebound"] = _metadata(ledger, fingerprint)
    for chapter, notebook in notebooks.items():
        for cell in notebook.cells:
            cell = cell.copy()
            cell.metadata = {**cell.metadata, "casebound": {"chapter": chapter}}
            cell.id = f"{chapter}-{cell.id}"[:64]
            report.cells.append(cell)
    return report


def _metadata(ledger: Ledger, fingerprint: str) -> dict:
    case, known = ledger.case, ledger.as_of or ledger.known
    return {
        "title": case.title,
        "subtitle": case.subtitle,
        "description": case.summary,
        "language": case.language,
        "keywords": list(case.keywords),
        "as_known": f"{known:%-d %B %Y, %H:%M %Z}",
        "timestamp": known.astimezone(UTC).isoformat(),
        "fingerprint": fingerprint,
    }


def resources(ledger: Ledger) -> dict[str, dict]:
    """Return the evidence of every fact and the register of the sources, as the exporters take them."""
    return {"entries": entries(ledger), "sources": sources(ledger)}


def entries(ledger: Ledger) -> dict[str, Entry]:
    """Return the appendix entry of every fact, by id."""
    pieces = dict(iter(ledger.evidence.groupby("fact", sort=False)))
    return {
        fact: Entry(
            id=fact,
            statement=row["statement"],
            when=row["date"],
            status=ledger.terms.label("status", row["status"]),
            pieces=tuple(_piece(ledger, piece) for _, piece in pieces[fact].iterrows()),
            theme=ledger.terms.label("theme", row["theme"]),
        )
        for fact, row in ledger.facts.iterrows()
    }


def _piece(ledger: Ledger, piece: pd.Series) -> Piece:
    texts = {name: piece[name] if isinstance(piece[name], str) else None for name in ("quote", "says", "speaker")}
    return Piece(
        **texts,
        basis=ledger.terms.label("basis", piece["basis"]),
        source=piece["source"],
        where=piece["part"],
        state=piece["state"],
        stance=piece["stance"],
    )


def sources(ledger: Ledger) -> dict[str, SourceEntry]:
    """Return the register's entry of every source, by id."""
    return {
        name: SourceEntry(
            id=name,
            citation=_citation(row),
            url=row["url"] if isinstance(row["url"], str) else None,
            available=f"{row['available']:%-d %B %Y, %H:%M}",
            grade=f"{row['grade']}: {ledger.terms['grade'][row['grade']].means} {row['grade_reason']}",
            access=_access(row),
            short=_short(row),
        )
        for name, row in ledger.sources.iterrows()
    }


def _citation(row: pd.Series) -> str:
    author = row["author"] or "No author named"
    publisher = row["publisher"] if isinstance(row["publisher"], str) else "publisher not stated in the text"
    return f"{author}, “{row['title']}”, {publisher}, {dates.readable(dates.parse(row['issued']))}."


def _short(row: pd.Series) -> str:
    """Return author and day: `Visavadia, 25 September 2025`."""
    day = f"{row['available']:%-d\u00a0%B\u00a0%Y}"
    return f"{row['author'].split()[-1]}, {day}" if row["author"] else f"{row['title'][:40]}, {day}"


def _access(row: pd.Series) -> str:
    if row["access"] == "excerpt":
        return "seen as an excerpt only"
    return f"whole text seen, SHA-256 {row['sha256'][:16]}…"
