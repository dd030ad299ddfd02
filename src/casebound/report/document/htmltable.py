"""HTML tables: one plain table, as a pandas Styler, Polars or a reader writes it, read as a table of the report."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bs4 import BeautifulSoup, Tag

from casebound.pages.display import Column, Table, shown_of
from casebound.pages.markup import cleaned, text_tokens
from casebound.report.document.model import Tokens

_NUMBER = re.compile(r"[-+−±]?\s*[£$€]?\s*(\d[\d,\u00a0\u202f ]*)?\.?\d+(e[-+]?\d+)?\s*(%|[kmb]n?)?", re.IGNORECASE)
# What pandas writes below a frame that it cuts, and Polars above every frame.
_SIZE = re.compile(r"(\d+) rows × (\d+) columns|shape: \((\d+), (\d+)\)")
_DOTS = ("...", "…")
_NO_TEXT = (
    "img svg canvas iframe object embed video audio math script input button select textarea meter progress".split()
)
_UNCLOSED = "tr tr, td td, td th, th td, th th"  # a row in a row, or a cell in a cell
_MISSING = {"NaN", "NaT", "<NA>"}  # what pandas writes where a value is missing, and few readers know
_ABSENT = {"", "nan", "None", "null", "–", "—", *_DOTS}


def table_of(html: str) -> Table[Tokens] | None:
    """Return the table that an HTML text is, or None where it holds anything else; every cell is plain text.

    Colours and other looks are left out: the report has its own.
    """
    page = BeautifulSoup(html, "html.parser")  # the standard library's: what libraries write is well formed
    for look in page("style"):
        look.extract()
    tables = page("table")
    if len(tables) != 1 or page(_NO_TEXT) or tables[0].select(_UNCLOSED):
        return None
    table = tables[0].extract()
    size, grid = _SIZE.fullmatch(_text(page)), _grid(table("tr"))
    if not any(grid) or (_text(page) and not size):
        return None
    heads = len(table.select("thead tr")) or 1
    rows = grid[heads:]
    names = [" ".join(dict.fromkeys(filter(None, parts))) for parts in zip(*grid[:heads], strict=True)]
    headers = _header_columns(table("tr")[heads:])
    columns = [
        Column(text_tokens(name), "left" if at < headers else _alignment(row[at] for row in rows))
        for at, name in enumerate(names)
    ]
    note = None
    if size:
        there = [int(number) for number in size.groups() if number]
        down = sum(not all(cell in _DOTS for cell in row) for row in rows)
        across = len(names) - headers - any(name in _DOTS for name in names)
        note = shown_of((down, across), (there[0], there[1]))
    cells = [[text_tokens(cell) for cell in row] for row in rows]
    caption = text_tokens(_text(table.caption)) if table.caption else None
    return Table("", caption or None, columns, cells, headers, text_tokens(note) if note else None)


def _grid(rows: list[Tag]) -> list[list[str]]:
    """Return the cells of rows with every span written out."""
    filled: dict[tuple[int, int], str] = {}
    for y, row in enumerate(rows):
        x = 0
        for cell in row(["th", "td"], recursive=False):
            while (y, x) in filled:
                x += 1
            text = "–" if (text := _text(cell)) in _MISSING else text
            across, down = _span(cell, "colspan"), min(_span(cell, "rowspan"), len(rows) - y)
            filled.update({(y + dy, x + dx): text for dy in range(down) for dx in range(across)})
            x += across
    width = 1 + max((x for _, x in filled), default=-1)
    return [[filled.get((y, x), "") for x in range(width)] for y in range(len(rows))]


def _text(element: Tag) -> str:
    return " ".join(cleaned(element.get_text(" ")).split())


def _span(cell: Tag, name: str) -> int:
    value = str(cell.get(name, "1"))
    return min(max(int(value), 1), 100) if value.isdecimal() else 1


def _header_columns(rows: list[Tag]) -> int:
    first = rows[0](["th", "td"], recursive=False) if rows else []
    count = next((i for i, cell in enumerate(first) if cell.name != "th"), len(first))
    return count if count < len(first) else 0


def _alignment(cells: Iterable[str]) -> str:
    values = [cell for cell in cells if cell not in _ABSENT]
    return "right" if values and all(_NUMBER.fullmatch(value) for value in values) else "left"
