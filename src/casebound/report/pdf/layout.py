"""Layout: which blocks stand in columns, or apart from their text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from casebound.pages.markup import plain_text
from casebound.report.document.model import Block, Figure, Heading, Prose

_LONG = 1800  # characters of prose that fill about half a page


def floating(blocks: list[Block]) -> Iterator[tuple[Block, bool]]:
    """Yield each block, and whether it may leave its place for the head or foot of a page.

    A figure may if there is text under its heading: otherwise nothing would be left below that.
    """
    headings = [n for n, block in enumerate(blocks) if isinstance(block, Heading)]
    for start, end in pairwise([0, *headings, len(blocks)]):
        has_text = any(isinstance(block, Prose) for block in blocks[start:end])
        yield from ((block, has_text and isinstance(block, Figure)) for block in blocks[start:end])


def stretches(blocks: list[Block]) -> Iterator[tuple[list[Block], bool]]:
    """Yield blocks that follow each other, text apart from tables and figures, and whether it is a long text.

    Headings go with what stands below them.
    """
    stretch: list[Block] = []
    headings: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            headings.append(block)
            continue
        if stretch and isinstance(stretch[-1], Prose) != isinstance(block, Prose):
            yield stretch, _length(stretch) > _LONG
            stretch = []
        stretch += [*headings, block]
        headings = []
    yield [*stretch, *headings], _length(stretch) > _LONG


def _length(blocks: list[Block]) -> int:
    tokens = (token for block in blocks if isinstance(block, Prose) for token in block.tokens)
    return sum(len(plain_text(token.children)) for token in tokens if token.children)
