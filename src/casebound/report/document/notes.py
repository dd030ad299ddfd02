"""Notes: evidence at the foot of the page that tells of it, for those who read on paper and cannot open it in place.

The first chapter has none: it sums up, on one page, what the others tell. Nor has a place that is no prose, such as
a table, or one that names the source itself; its numbers lead to the appendix.
"""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it.token import Token

from casebound.pages.markup import plain_text, walked
from casebound.report.document import wording
from casebound.report.document.model import Appendix, Block, Document, FactEntry, Piece, Prose


def note_evidence(doc: Document) -> None:
    """Give each citation, where a chapter first cites a fact in its prose, the words of a note."""
    for chapter in doc.chapters[1:] if doc.evidence else ():
        noted: set[str] = set()
        for block in chapter.blocks:
            for inline in _inlines(block):
                said = plain_text(inline.children).replace("\u00a0", " ")
                for link in (link for token in walked(inline.children) for link in token.meta.get("links", ())):
                    source = doc.evidence.origin(_first(link["entry"])).replace("\u00a0", " ")
                    if link["to"] not in noted and source not in said:
                        noted.add(link["to"])
                        link["note"] = words(link["entry"], doc.evidence)


def words(entry: FactEntry, evidence: Appendix) -> str:
    """Return a fact's first piece of support in a line: the quotation, who says it, where, and how it was seen."""
    first, others = _first(entry), len(entry.pieces) - 1
    told = wording.saying(first) if first.quote else ""
    source = f"{evidence.origin(first)}{wording.place(first)}"
    more = f"and {others} more" if others else ""
    return " · ".join(filter(None, (told, wording.attribution(first), source, first.state, more)))


def _first(entry: FactEntry) -> Piece:
    """Return the first piece that supports a fact, or the first of all."""
    return next((piece for piece in entry.pieces if not wording.stance(piece)), entry.pieces[0])


def _inlines(block: Block) -> Iterator[Token]:
    """Yield the runs of text of a block of prose."""
    yield from (token for token in block.tokens if token.type == "inline") if isinstance(block, Prose) else ()
