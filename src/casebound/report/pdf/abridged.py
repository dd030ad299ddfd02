"""Abridged: what is printed of a report that is too large to be printed whole; the page has all of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from markdown_it.token import Token

from casebound.pages.markup import text_tokens, walked
from casebound.report.document import wording
from casebound.report.document.model import Appendix, Block, Document, Figure, Prose, Table
from casebound.report.document.numbering import inline_lists

ROWS = 200  # of a table: about eight pages
FACTS = 2_000  # of a case: with more, those only that a printed page cites

Shown = TypeVar("Shown", bound=Block)


def abridged(doc: Document) -> Document:
    """Return a report as it is printed: the first rows of long tables and, of very many facts, those cited there."""
    chapters = [replace(chapter, blocks=[_printed(block) for block in chapter.blocks]) for chapter in doc.chapters]
    printed = replace(doc, chapters=chapters)
    return replace(printed, evidence=_evidence(doc.evidence, set(_refs(printed)))) if doc.evidence else printed


def _printed(block: Shown) -> Shown:
    """Return a block with no more rows than are printed; a table written in Markdown stays whole, as it was typed."""
    if isinstance(block, Figure) and block.table:
        return replace(block, table=_printed(block.table))
    if not isinstance(block, Table) or not block.key or len(block.rows) <= ROWS:
        return block
    said = text_tokens(wording.first_rows(ROWS, len(block.rows)))
    note = [*block.note, *text_tokens(" "), *said] if block.note else said
    return replace(block, rows=block.rows[:ROWS], note=note)


def _refs(doc: Document) -> Iterator[str]:
    """Yield the anchor of every place of a document that cites a fact."""
    yield from (ref for block in filter(None, (doc.status, doc.keyfacts)) for ref in _refs_of(inline_lists(block)))
    for chapter in doc.chapters:
        yield from _refs_of(note.tokens for note in chapter.footnotes)
        yield from (ref for block in chapter.blocks for ref in _refs_of(_token_lists(block)))


def _token_lists(block: Block) -> Iterator[list[Token]]:
    yield from [block.tokens] if isinstance(block, Prose) else inline_lists(block)


def _refs_of(lists: Iterator[list[Token]]) -> Iterator[str]:
    yield from (link["ref"] for tokens in lists for token in walked(tokens) for link in token.meta.get("links", ()))


def _evidence(evidence: Appendix, printed: set[str]) -> Appendix:
    """Return the appendix with the printed places only, and without the facts that a large one leaves out."""
    cited = [replace(one, refs=tuple(ref for ref in one.refs if ref in printed)) for one in evidence.cited]
    if len(cited) + len(evidence.uncited) <= FACTS:
        return replace(evidence, cited=cited)
    kept = [one for one in cited if one.refs]
    named = {piece.source for one in kept for piece in one.entry.pieces}
    sources = [source for source in evidence.sources if source.id in named]
    return replace(evidence, cited=kept, uncited=[], sources=sources, whole=len(evidence.entries))
