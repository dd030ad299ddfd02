"""Printable: which outputs of a reader's cells the report can print, and how much of them.

What cannot be printed stops the build, with a fix: a report never leaves out in silence what a notebook shows.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping

from casebound.pages.display import Table
from casebound.pages.markup import plain_text, walked
from casebound.report.document.model import Preformatted, Tokens

# Of one cell. A page of the PDF holds some 75 lines of 100 characters, or some 40 rows.
CHARACTERS, LINES = 20_000, 300
ROWS, TABLE_CHARACTERS, CELL_CHARACTERS = 500, 100_000, 5_000
PROSE_CHARACTERS = 100_000
# In characters of a table's type: the longest line of a page, a gutter's part of it, a superscript number in brackets,
# and the longest word, since nothing in a table is hyphenated and what is longer is no word.
LINE, GUTTER, CITED, WORD = 112, 2.5, 4, 40

_PICTURE = "save it as PNG and show that with Image(…, alt=…)"
_WORDS = "print(…) what it says, or show a data frame or Markdown"
_ENDING = "end the cell with what the report should show, or with a semicolon to show nothing"
_LESS = "print less, or show a data frame's head(…)"
# How each kind of output begins, what it is, and what a reader would do about it; the first that fits is named.
_KINDS = (
    ("application/vnd.plotly", "a Plotly figure", _PICTURE),
    ("application/vnd.vega", "an Altair or Vega chart", _PICTURE),
    ("application/vnd.bokeh", "a Bokeh plot", _PICTURE),
    ("application/vnd.holoviews", "a HoloViews plot", _PICTURE),
    ("application/vnd.jupyter.widget", "a widget", "print(…) its value; plain tqdm shows progress without a widget"),
    ("application/javascript", "a script", "leave it out: nothing runs in a report"),
    ("application/pdf", "a PDF", _PICTURE),
    ("image/", "a picture that is no SVG, PNG or JPEG", _PICTURE),
    ("text/html", "HTML that is not one plain table", "show a data frame, Markdown, or Image(…, alt=…)"),
    ("text/latex", "a formula", _WORDS),
    ("application/geo+json", "a map", _PICTURE),
    ("application/json", "JSON", "print(json.dumps(…, indent=2)), or show a data frame"),
)
# What Python and Matplotlib write of an object that has no text of its own.
_ADDRESS = re.compile(r"<[^\n]*?\bat 0x[0-9A-Fa-f]{4,}[^\n]*?>+")
_NAME = re.compile(
    r"<(?:[\w.]+ object|(?:function|bound method|built-in|module|generator|coroutine) [^\n]*"
    r"|Figure size [^\n]*|\w*Axes\w*: [^\n]*|\w*Container object [^\n]*)>|\w*Axes\([\d.,;x ]+\)"
)


def refusal(data: Mapping) -> str | None:
    """Return why a bundle in none of the report's forms cannot be printed as text, and the fix; None if it can."""
    others = [mime for mime in data if mime != "text/plain"]
    for start, what, fix in _KINDS:
        if any(mime.startswith(start) for mime in others):
            return f"a cell shows {what}, which the report cannot print; {fix}"
    if others or not data:
        of = f"of the type {others[0]}" if others else "without any text"
        return f"a cell shows an output {of}, which the report cannot print; {_WORDS}"
    text = data["text/plain"].strip()
    if _NAME.fullmatch(text) and not _ADDRESS.search(text):
        return f"a cell shows only the name of an object, {_clipped(text)}; {_ENDING}"
    return address(text)


def address(text: str) -> str | None:
    """Return why an object's address in memory cannot be printed, and the fix; None if the text holds none."""
    match = _ADDRESS.search(text)
    if match is None:
        return None
    named = re.sub(r"0x[0-9A-Fa-f]+", "0x…", match[0])
    return f"a cell shows an object's address in memory, {_clipped(named)}, which differs in every run; {_ENDING}"


def too_long(text: Preformatted) -> Iterator[str]:
    """Yield by how much the text that a cell prints is too long, and the fix."""
    yield from _over("prints", len(text.text), CHARACTERS, "characters", _LESS)
    yield from _over("prints", text.text.count("\n") + 1, LINES, "lines", _LESS)


def too_long_prose(markdown: str) -> Iterator[str]:
    """Yield by how much a cell's Markdown is too long, and the fix."""
    yield from _over("shows Markdown of", len(markdown), PROSE_CHARACTERS, "characters", "show less")


def too_large(table: Table[Tokens]) -> Iterator[str]:
    """Yield by how much a reader's own table is too long or too wide, and the fix."""
    kind, sizes = "shows a table of", [len(plain_text(cell)) for row in table.rows for cell in row]
    yield from _over(kind, len(table.rows), ROWS, "rows", "show fewer: frame.head(…), or the rows that matter")
    yield from _over(kind, sum(sizes), TABLE_CHARACTERS, "characters", "show fewer rows or columns")
    yield from _over(kind, max(sizes, default=0), CELL_CHARACTERS, "characters in one cell", "shorten it")
    if too_wide := excess(table):
        columns = f"{len(table.columns)} columns side by side, {too_wide} characters wider than a page"
        yield f"a cell {kind} {columns}; show fewer columns: frame[[…]]"


def excess(table: Table[Tokens]) -> int:
    """Return by how many characters the narrowest columns that hold the table's words are wider than a page."""
    return max(0, math.ceil(narrowest(table) - LINE))


def narrowest(table: Table[Tokens]) -> float:
    """Return how many characters wide a table is at least, with its gutters."""
    return sum(least(cells) + GUTTER for cells in columns_of(table))


def columns_of(table: Table[Tokens]) -> list[list[str]]:
    """Return each column's texts, its name first, with room for the citations."""
    rows = [[column.name for column in table.columns], *table.rows]
    return [[_with_room(cell) for cell in cells] for cells in zip(*rows, strict=True)]


def least(cells: list[str]) -> int:
    """Return the narrowest a column may be; names are semi-bold and never hyphenated."""
    named = [len(word) + 2 for word in cells[0].split()]
    words = [word for cell in cells[1:] for word in cell.split(" ")]  # a date is held together by other blanks
    return max([5, *named, *(min(len(word), WORD) for word in words)])


def _with_room(tokens: Tokens) -> str:
    cited = sum(token.type == "citation" for token in walked(tokens))
    return plain_text(tokens) + "0" * CITED * cited


def _over(kind: str, number: int, most: int, what: str, fix: str) -> Iterator[str]:
    if number > most:
        yield f"a cell {kind} {number:,} {what}, {number - most:,} more than the report takes ({most:,}); {fix}"


def _clipped(text: str) -> str:
    return text if len(text) <= 70 else f"{text[:70]}…"
