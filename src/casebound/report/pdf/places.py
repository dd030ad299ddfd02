"""Places: in which of the two files an anchor stands, and how the other file leads to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from casebound.pages.markup import walked
from casebound.report.document.model import Block, Chapter, Document, Figure, Heading, Prose, Table
from casebound.report.pdf.typst_markup import quoted

BODY, ANNEX = "report.pdf", "annex.pdf"
START = "report"  # the anchor of the title
DATA, EVIDENCE, UNCITED, SOURCES = "data-behind-the-figures", "evidence", "uncited", "sources"


@dataclass(frozen=True)
class Places:
    """The anchors of one file, and for each anchor of the other the heading that leads to it: Typst names only those
    so that other files find them."""

    here: frozenset[str]
    there: dict[str, str]
    file: str  # the other

    def opening(self, anchor: str, function: str = "link") -> str:
        """Return the Typst markup that opens a link to an anchor, or plain text if neither file has it."""
        if anchor in self.here:
            return f"#{function}(label({quoted(anchor)}))["
        if anchor in self.there:
            return f"#{function}({quoted(f'{self.file}#{self.there[anchor]}')})["
        return "#["

    def link(self, anchor: str, body: str) -> str:
        """Return Typst markup that leads to an anchor."""
        return f"{self.opening(anchor)}{body}];"


def places(doc: Document) -> tuple[Places, Places]:
    """Return the places of the body and of the annex."""
    body, annex = dict(_led(_of_body(doc), START)), dict(_led(_of_annex(doc), START))
    return Places(frozenset(body), annex, ANNEX), Places(frozenset(annex), body, BODY)


def _led(anchors: Iterable[tuple[str, bool]], start: str) -> Iterator[tuple[str, str]]:
    """Yield each anchor with that of the heading it stands under."""
    heading = start
    for anchor, is_heading in anchors:
        heading = anchor if is_heading else heading
        yield anchor, heading


def _of_body(doc: Document) -> Iterator[tuple[str, bool]]:
    yield START, True
    for remark in doc.draft.first if doc.draft else ():
        yield remark.anchor, False
    if doc.cover:
        yield from _of_blocks(doc.cover.blocks)
    for chapter in doc.chapters:
        yield from _of_chapter(chapter)


def _of_annex(doc: Document) -> Iterator[tuple[str, bool]]:
    for chapter in doc.annex:
        yield from _of_chapter(chapter)
    yield DATA, True
    for figure in doc.figures:
        if figure.table:
            yield from _of_table(figure.table)
    if doc.evidence:
        yield EVIDENCE, True
        yield from ((cited.anchor, True) for cited in doc.evidence.cited)
        yield UNCITED, True
        yield from ((cited.anchor, True) for cited in doc.evidence.uncited)
        yield SOURCES, True
        yield from ((doc.evidence.anchors[source.id], False) for source in doc.evidence.sources)


def _of_chapter(chapter: Chapter) -> Iterator[tuple[str, bool]]:
    yield chapter.title.anchor, True
    yield from _of_blocks(chapter.blocks)


def _of_blocks(blocks: Iterable[Block]) -> Iterator[tuple[str, bool]]:
    for block in blocks:
        if isinstance(block, Heading):
            yield block.anchor, True
        elif isinstance(block, Table):
            yield from _of_table(block)
        elif isinstance(block, Figure):
            yield block.anchor, False
        elif isinstance(block, Prose):
            labels = (token for token in walked(block.tokens) if token.type == "label")
            yield from ((token.meta["anchor"], False) for token in labels)


def _of_table(table: Table) -> Iterator[tuple[str, bool]]:
    yield from ((anchor, False) for anchor in (table.anchor, *table.row_anchors) if anchor)
