"""Abridged: what is printed of a report that is too large to be printed whole; the page has all of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from markdown_it.token import Token

from casebound.pages.markup import text_tokens, walked
from casebound.report.document import wording
from casebound.report.document.model import Appendix, Block, Chapter, Document, Figure, Table
from casebound.report.document.numbering import tokens_of

ROWS = 200  # of a table: about eight pages
FACTS = 2_000  # of a case: with more, those only that a printed page cites

Shown = TypeVar("Shown", bound=Block)


def abridged(doc: Document) -> Document:
    """Return a report as it is printed: the first rows of long tables and, of very many facts, those cited there."""
    body, annex = ([_shortened(chapter) for chapter in chapters] for chapters in (doc.chapters, doc.annex))
    cover = doc.cover and _shortened(doc.cover)
    printed = replace(doc, cover=cover, chapters=body, annex=annex)
    return replace(printed, evidence=doc.evidence and _evidence(doc.evidence, printed.parts))


def _shortened(chapter: Chapter) -> Chapter:
    return replace(chapter, blocks=[_printed(block) for block in chapter.blocks])


def _printed(block: Shown) -> Shown:
    """Return a block with no more rows than are printed.

    A table written in Markdown stays whole, as it was typed.
    """
    if isinstance(block, Figure) and block.table:
        return replace(block, table=_printed(block.table))
    if not isinstance(block, Table) or not block.key or len(block.rows) <= ROWS:
        return block
    note = text_tokens(wording.first_rows(ROWS, len(block.rows)))
    if block.note:
        note = [*block.note, *text_tokens(" "), *note]
    return replace(block, rows=block.rows[:ROWS], note=note)


def _evidence(evidence: Appendix, printed: list[Chapter]) -> Appendix:
    """Return the appendix without the facts that a large one leaves out."""
    if len(evidence.cited) + len(evidence.uncited) <= FACTS:
        return evidence
    shown = {link["to"] for chapter in printed for token in _tokens_in(chapter) for link in _links_of(token)}
    kept = [fact for fact in evidence.cited if fact.anchor in shown]
    named = {piece.source for fact in kept for piece in fact.entry.pieces}
    sources = [source for source in evidence.sources if source.id in named]
    return replace(evidence, cited=kept, uncited=[], sources=sources, whole=len(evidence.entries))


def _tokens_in(chapter: Chapter) -> Iterator[Token]:
    """Yield every token of a chapter, each followed by its children."""
    yield from walked(chapter.answer or [])
    for block in chapter.blocks:
        yield from tokens_of(block)


def _links_of(token: Token) -> Iterable[dict]:
    """Return the links to the entries of what a token cites."""
    note = token.meta.get("note")
    return note.links if note else token.meta.get("links", ())
