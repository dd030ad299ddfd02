"""How wide a table's columns are on paper, and whether its rows may break, judged by the words in them."""

from __future__ import annotations

import math
from statistics import mean

from casebound.pages.markup import plain_text, walked
from casebound.report.document.model import Table
from casebound.report.pdf.typst_markup import WORD, array

# How many characters of the table's type fit into a line of the page, and how many of them a gutter takes.
_LINE, _SMALL_LINE, _GUTTER = 98, 112, 2.5
_CITED = 4  # the characters that a superscript number in brackets takes
_LONG = 150  # characters: a text that is longer makes its column no wider
_TALL = 900  # characters: a cell that may be taller than a page, so that its row has to break


def widths(table: Table) -> str:
    """Return the columns' widths as shares: as wide as their texts, or no narrower than their words and by their texts.

    Room that is left goes, character by character, to the column whose texts need it most for their mean length.
    """
    columns = _columns(table)
    whole = [max(6, *map(len, cells)) for cells in columns]
    room = (_SMALL_LINE if is_small(table) else _LINE) - _GUTTER * len(columns)
    if sum(whole) <= room:
        return array(f"{width}fr" for width in whole)
    given = [_least(cells) for cells in columns]
    # the power leaves to columns of short texts, which often name the rows, somewhat more than their part
    wish = [max(1, mean(min(len(cell), _LONG) for cell in cells)) ** 0.7 for cells in columns]
    for _ in range(int(room - sum(given))):
        growing = [n for n in range(len(columns)) if given[n] < whole[n]]
        given[min(growing, key=lambda n: given[n] / wish[n])] += 1
    return array(f"{width}fr" for width in given)


def is_small(table: Table) -> bool:
    """Tell whether a table is so wide that it takes smaller type."""
    return len(table.columns) > 5 or _narrowest(table) > _LINE


def excess(table: Table) -> int:
    """Return by how many characters the narrowest columns that hold the table's words are wider than a page."""
    return max(0, math.ceil(_narrowest(table) - _SMALL_LINE))


def is_breakable(row: list) -> bool:
    """Tell whether a row may break over pages, because it might not fit on one."""
    return any(len(plain_text(cell)) > _TALL for cell in row)


def _narrowest(table: Table) -> float:
    return sum(_least(cells) + _GUTTER for cells in _columns(table))


def _columns(table: Table) -> list[list[str]]:
    """Return each column's texts, its name first, with room for the citations."""
    rows = [[column.name for column in table.columns], *table.rows]
    cited = "0" * _CITED
    return [
        [plain_text(cell) + cited * sum(token.type == "citation" for token in walked(cell)) for cell in cells]
        for cells in zip(*rows, strict=True)
    ]


def _least(cells: list[str]) -> int:
    """Return the narrowest a column may be; names are semi-bold and never hyphenated."""
    named = [len(word) + 2 for word in cells[0].split()]
    words = [word for cell in cells[1:] for word in cell.split(" ")]  # a date is held together by other blanks
    return max([5, *named, *(min(len(word), WORD) for word in words)])
