"""How wide a table's columns are on paper, and whether its rows may break, judged by the words in them."""

from __future__ import annotations

from casebound.binding.blocks import Table
from casebound.binding.typst_markup import array
from casebound.pages.markup import plain_text, walked

# How many characters of the table's type fit into a line of the page, and what a gutter takes of them.
_LINE, _SMALL_LINE, _GUTTER = 98, 112, 2.5
_CITED = 4  # a superscript number in brackets, in characters
_TALL = 900  # characters: a cell that may be taller than a page, so that its row has to break
_WORD = 40  # nothing in a table is hyphenated, and a longer word than this is no word


def widths(table: Table) -> str:
    """Return the columns' widths as shares: as wide as their text, or no narrower than their words."""
    columns = _columns(table)
    natural = [max(6, *map(len, cells)) for cells in columns]
    room = (_SMALL_LINE if small(table) == "true" else _LINE) - _GUTTER * len(columns)
    if sum(natural) <= room:
        return array(f"{n}fr" for n in natural)
    least = [_least(cells) for cells in columns]
    wish = [max(min(n, 60) - m, 0) for n, m in zip(natural, least, strict=True)]
    spare = max(room - sum(least), 0) / (sum(wish) or 1)
    return array(f"{m + w * spare:.2f}fr" for m, w in zip(least, wish, strict=True))


def small(table: Table) -> str:
    """Return `true` where a table is wide and wants smaller type."""
    least = sum(_least(cells) for cells in _columns(table)) + _GUTTER * len(table.columns)
    return "true" if len(table.columns) > 5 or least > _LINE else "false"


def breakable(row: list) -> str:
    """Return `true` where a row may break over pages, because it might not fit on one."""
    return "true" if any(len(plain_text(cell)) > _TALL for cell in row) else "false"


def _columns(table: Table) -> list[list[str]]:
    """Return each column's texts, its name first, with room for the citations."""
    cells = [[column.name for column in table.columns], *table.rows]
    return [[_text(row[i]) for row in cells] for i in range(len(table.columns))]


def _text(tokens) -> str:
    cited = sum(token.type == "citation" for token in walked(tokens))
    return plain_text(tokens) + "0" * _CITED * cited


def _least(cells: list[str]) -> int:
    """Return the narrowest a column may be; names are semi-bold and never hyphenated."""
    named = [len(word) + 2 for word in cells[0].split()]
    words = [word for cell in cells[1:] for word in cell.split(" ")]  # a date is held together by other blanks
    return max([5, *named, *(min(len(word), _WORD) for word in words)])
