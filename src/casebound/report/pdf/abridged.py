"""Abridged: what is printed of a report that is too large to be printed whole; the page has all of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from casebound.pages.markup import text_tokens, walked
from casebound.report.document import wording
from casebound.report.document.model import Appendix, Block, Document, Figure, Table

ROWS = 200  # of a table: about eight pages
FACTS = 2_000  # of a case: with more, those only that a printed page cites

Shown = TypeVar("Shown", bound=Block)


def abridged(doc: Document) -> Document:
    """Return a report as it is printed: the first rows of long tables and, of very many facts, those cited there."""
    cut: set[str] = set()
    chapters = [replace(chapter, blocks=[_printed(block, cut) for block in chapter.blocks]) for chapter in doc.chapters]
    return replace(doc, chapters=chapters, evidence=doc.evidence and _evidence(doc.evidence, cut))


def _printed(block: Shown, cut: set[str]) -> Shown:
    """Return a block with no more rows than are printed, and add to `cut` the anchors of citations in the others.

    A table written in Markdown stays whole, as it was typed.
    """
    if isinstance(block, Figure) and block.table:
        return replace(block, table=_printed(block.table, cut))
    if not isinstance(block, Table) or not block.key or len(block.rows) <= ROWS:
        return block
    tokens = (token for row in block.rows[ROWS:] for cell in row for token in walked(cell))
    cut.update(link["ref"] for token in tokens for link in token.meta.get("links", ()))
    note = text_tokens(wording.first_rows(ROWS, len(block.rows)))
    if block.note:
        note = [*block.note, *text_tokens(" "), *note]
    return replace(block, rows=block.rows[:ROWS], note=note)


def _evidence(evidence: Appendix, cut: set[str]) -> Appendix:
    """Return the appendix without places that are not printed, and without the facts that a large one leaves out."""
    cited = [replace(fact, refs=tuple(ref for ref in fact.refs if ref not in cut)) for fact in evidence.cited]
    if len(cited) + len(evidence.uncited) <= FACTS:
        return replace(evidence, cited=cited)
    kept = [fact for fact in cited if fact.refs]
    named = {piece.source for fact in kept for piece in fact.entry.pieces}
    sources = [source for source in evidence.sources if source.id in named]
    return replace(evidence, cited=kept, uncited=[], sources=sources, whole=len(evidence.entries))
