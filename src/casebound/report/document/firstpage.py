"""The first page as rows across it, in print and on the page alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from casebound.report.document.model import Block, Chapter, Figure, Heading, KeyFacts

Part = list[Block]  # a heading, if it has one, and what stands below it


@dataclass
class Row:
    """Parts of the first page that may stand side by side.

    `kind` is `columns`; `pair`, whose second part holds key facts; `plate`, which is a figure; or `single`.
    """

    kind: str
    parts: list[Part]


def rows(cover: Chapter) -> list[Row]:
    """Return the first page as rows: parts that are columns side by side, key facts beside the part before them."""
    found: list[Row] = []
    for part in _parts(cover):
        kind = _kind(part)
        last = found[-1].kind if found else ""
        if kind == "columns" == last:
            found[-1].parts.append(part)
        elif kind == "pair" and last == "single":
            found[-1] = Row("pair", [*found[-1].parts, part])
        else:
            found.append(Row("single" if kind == "pair" else kind, [part]))
    return found


def _kind(part: Part) -> str:
    if isinstance(part[0], Heading) and part[0].is_column:
        return "columns"
    if isinstance(part[0], Figure):
        return "plate"
    return "pair" if any(isinstance(block, KeyFacts) for block in part) else "single"


def _parts(cover: Chapter) -> Iterator[Part]:
    """Yield the parts of the first page; a figure is one of its own, since it needs the whole width."""
    top = min((block.level for block in cover.blocks if isinstance(block, Heading)), default=0)
    part: Part = []
    for block in cover.blocks:
        is_figure = isinstance(block, Figure)
        if part and (is_figure or isinstance(part[-1], Figure) or (isinstance(block, Heading) and block.level <= top)):
            yield part
            part = []
        part.append(block)
    if part:
        yield part
