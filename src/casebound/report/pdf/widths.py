"""How wide a table's columns are on paper, and whether its rows may break, judged by the words in them."""

from __future__ import annotations

from statistics import mean

from casebound.pages.display import Table
from casebound.pages.markup import plain_text
from casebound.report.document.printable import GUTTER, LINE, columns_of, least, narrowest
from casebound.report.pdf.typst_markup import array

_LINE = 105  # characters of a line in the larger type
_SHORT = 20  # characters: texts that had better not break
_LONG = 150  # characters: a text that is longer makes its column no wider
_TALL = 900  # characters: a cell that may be taller than a page, so that its row has to break


def widths(table: Table) -> str:
    """Return the columns' widths as shares: as wide as their texts, or no narrower than their words and by their texts.

    Room that is left goes, character by character, to the column whose texts need it most for their mean length.
    """
    columns = columns_of(table)
    whole = [max(6, *map(len, cells)) for cells in columns]
    room = (LINE if is_small(table) else _LINE) - GUTTER * len(columns)
    if sum(whole) <= room:
        return _shares(whole)
    given = [width if width <= _SHORT else least(cells) for cells, width in zip(columns, whole, strict=True)]
    if sum(given) > room:
        given = [least(cells) for cells in columns]
    # the power leaves to columns of short texts, which often name the rows, somewhat more than their part
    wish = [max(1, mean(min(len(cell), _LONG) for cell in cells)) ** 0.7 for cells in columns]
    for _ in range(int(room - sum(given))):
        growing = [n for n in range(len(columns)) if given[n] < whole[n]]
        given[min(growing, key=lambda n: given[n] / wish[n])] += 1
    return _shares(given)


def _shares(characters: list[int]) -> str:
    return array(f"{width + GUTTER}fr" for width in characters)


def is_small(table: Table) -> bool:
    """Tell whether a table is so wide that it takes smaller type."""
    return len(table.columns) > 5 or narrowest(table) > _LINE


def is_breakable(row: list) -> bool:
    """Tell whether a row may break over pages, because it might not fit on one."""
    return any(len(plain_text(cell)) > _TALL for cell in row)
