"""The HTML table of a reader's own data frame, as the table model."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag
from markdown_it.token import Token

from casebound.binding.blocks import Column, Table
from casebound.pages.markup import cleaned

_NUMBER = re.compile(r"[-+−±]?\s*[£$€]?\s*(\d[\d,\u00a0\u202f ]*)?\.?\d+(e[-+]?\d+)?\s*(%|[kmb]n?)?", re.IGNORECASE)
_ABSENT = {"", "NaN", "nan", "None", "NaT", "<NA>", "–", "—", "..."}


def table_of(html: str) -> Table | None:
    """Return the first table of an HTML text, or None; every cell is plain text, never Markdown."""
    table = BeautifulSoup(html, "lxml").find("table")
    if not isinstance(table, Tag):
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
    return Table(columns, cells, header_columns=headers, note=_note(html, grid))


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
            text = " ".join(cleaned(cell.get_text(" ")).split())
            across, down = _span(cell, "colspan"), min(_span(cell, "rowspan"), len(rows) - y)
            filled.update({(y + dy, x + dx): text for dy in range(down) for dx in range(across)})
            x += across
    width = 1 + max((x for _, x in filled), default=-1)
    return [[filled.get((y, x), "") for x in range(width)] for y in range(len(rows))]


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


def _note(html: str, grid: list[list[str]]) -> list[Token] | None:
    said = re.search(r"<p>(\d+ rows × \d+ columns)</p>", html)
    cut = any(cell == "..." for row in grid for cell in row)
    return text_tokens(f"Shortened from {said[1]}.") if said and cut else None
