"""The HTML table of a reader's own data frame, as the table model."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag
from markdown_it.token import Token

from casebound.pages.markup import cleaned
from casebound.report.document.model import Column, Table

_NUMBER = re.compile(r"[-+−±]?\s*[£$€]?\s*(\d[\d,\u00a0\u202f ]*)?\.?\d+(e[-+]?\d+)?\s*(%|[kmb]n?)?", re.IGNORECASE)
# What pandas writes below a frame that it cuts, and Polars above every frame.
_SIZE = re.compile(r"(\d+) rows × (\d+) columns|shape: \((\d+), (\d+)\)")
_DOTS = ("...", "…")
_NO_TEXT = (
    "img svg canvas iframe object embed video audio math script input button select textarea meter progress".split()
)
_UNCLOSED = "tr tr, td td, td th, th td, th th"  # a row in a row, or a cell in a cell
_MISSING = {"NaN", "NaT", "<NA>"}  # what pandas writes where a value is missing, and few readers know
_ABSENT = {"", "nan", "None", "–", "—", *_DOTS}


def table_of(html: str) -> Table | None:
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
    beside = " ".join(page.get_text(" ").split())
    size = _SIZE.fullmatch(beside)
    if beside and not size:
        return None
    heads = table.select("thead tr")
    bodies = [row for row in table.find_all("tr") if row.find_parent("thead") is None]
    if not heads:
        heads, bodies = bodies[:1], bodies[1:]
    grid = _grid(bodies)
    names = [" ".join(dict.fromkeys(filter(None, column))) for column in zip(*_grid(heads), strict=False)]
    width = max([len(names), *(len(row) for row in grid)], default=0)
    if not width:
        return None
    names += [""] * (width - len(names))
    grid = [row + [""] * (width - len(row)) for row in grid]
    headers = _header_columns(bodies)
    columns = [
        Column(text_tokens(name), "left" if i < headers else _alignment(row[i] for row in grid))
        for i, name in enumerate(names)
    ]
    cells = [[text_tokens(cell) for cell in row] for row in grid]
    caption = text_tokens(_text(table.caption)) if table.caption else None
    note = _note(size, grid, names, headers) if size else None
    return Table(columns, cells, header_columns=headers, caption=caption or None, note=note)


def text_tokens(text: str) -> list[Token]:
    """Return plain text as inline tokens."""
    return [Token("text", "", 0, content=text)] if text else []


def _grid(rows: list[Tag]) -> list[list[str]]:
    """Return the cells of rows with every span written out."""
    filled: dict[tuple[int, int], str] = {}
    for y, row in enumerate(rows):
        x = 0
        for cell in row.find_all(["th", "td"], recursive=False):
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
    first = rows[0].find_all(["th", "td"], recursive=False) if rows else []
    count = next((i for i, cell in enumerate(first) if cell.name != "th"), len(first))
    return count if count < len(first) else 0


def _alignment(cells) -> str:
    values = [cell for cell in cells if cell not in _ABSENT]
    return "right" if values and all(_NUMBER.fullmatch(value) for value in values) else "left"


def _note(size: re.Match, grid: list[list[str]], names: list[str], headers: int) -> list[Token] | None:
    """Return how much of a frame is shown where rows or columns are left out, for which dots stand."""
    rows, columns = (int(number) for number in size.groups() if number)
    shown_rows = sum(not all(cell in _DOTS for cell in row) for row in grid)
    shown_columns = len(names) - headers - any(name in _DOTS for name in names)
    parts = [
        f"{shown:,} of {there:,} {what}"
        for shown, there, what in ((shown_rows, rows, "rows"), (shown_columns, columns, "columns"))
        if shown < there
    ]
    return text_tokens(f"Shown: {' and '.join(parts)}.") if parts else None
