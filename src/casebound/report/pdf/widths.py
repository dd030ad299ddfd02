"""How wide a table's columns are on paper, and whether its rows may break, judged by the words in them."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import permutations

from casebound.pages.markup import plain_text
from casebound.report.document.model import Table
from casebound.report.document.printable import GUTTER, LINE, columns_of, least, narrowest
from casebound.report.pdf.typst_markup import array

_LINE = 98  # characters of a line in the larger type
_TALL = 900  # characters: a cell that may be taller than a page, so that its row has to break
_JUDGED = 60  # rows of a table by which its widths are judged


def widths(table: Table) -> str:
    """Return the columns' widths as shares: as wide as their text, or no narrower than their words, with few lines."""
    columns = columns_of(table)
    natural = [max(6, *map(len, cells)) for cells in columns]
    room = (LINE if small(table) == "true" else _LINE) - GUTTER * len(columns)
    if sum(natural) <= room:
        return array(f"{n}fr" for n in natural)
    minima = [least(cells) for cells in columns]
    wish = [max(min(n, 60) - m, 0) for n, m in zip(natural, minima, strict=True)]
    spare = max(room - sum(minima), 0) / (sum(wish) or 1)
    shares = [m + w * spare for m, w in zip(minima, wish, strict=True)]
    judged = tuple(tuple(cells[:_JUDGED]) for cells in columns)
    return array(f"{n:.2f}fr" for n in _lowest(judged, tuple(minima), tuple(shares)))


@lru_cache(maxsize=256)  # in a process that builds again and again most tables stay as they were
def _lowest(columns: tuple[tuple[str, ...], ...], least: tuple[int, ...], shares: tuple[float, ...]) -> list[float]:
    """Return widths of the same sum, moved from column to column as long as that makes the rows lower."""
    words = [[[len(word) for word in cell.split(" ")] for cell in cells] for cells in columns]
    lines = [cache(lambda width, cells=cells: [_lines(cell, width) for cell in cells]) for cells in words]

    def height(widths: list[float]) -> int:
        rows = zip(*(of(width) for of, width in zip(lines, widths, strict=True)), strict=True)
        return sum(max(row) ** 2 for row in rows)  # one tall row looks worse than two of half its height

    lowest = height(list(shares)), list(shares)
    for step in (16, 8, 4, 2, 1):
        while True:
            widths = lowest[1]
            moved = [
                [width - step * (i == giver) + step * (i == taker) for i, width in enumerate(widths)]
                for giver, taker in permutations(range(len(widths)), 2)
                if widths[giver] - step >= least[giver]
            ]
            found = min([lowest, *((height(each), each) for each in moved)], key=lambda one: one[0])
            if found is lowest:
                break
            lowest = found
    return lowest[1]


def _lines(words: list[int], width: float) -> int:
    """Return how many lines words of these lengths take."""
    lines, used = 1, 0
    for word in words:
        if used and used + 1 + word > width:
            lines, used = lines + 1, word
        else:
            used += bool(used) + word
    return lines


def small(table: Table) -> str:
    """Return `true` where a table is wide and wants smaller type."""
    return "true" if len(table.columns) > 5 or narrowest(table) > _LINE else "false"


def breakable(row: list) -> str:
    """Return `true` where a row may break over pages, because it might not fit on one."""
    return "true" if any(len(plain_text(cell)) > _TALL for cell in row) else "false"
