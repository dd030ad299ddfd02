"""Drawing: what all figures share: how one is handed over, and the key to its marks."""

from __future__ import annotations

import io
import re
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from functools import lru_cache

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Bbox

from casebound.facts.ledger.ledger import Ledger
from casebound.pages.display import Figure, Prose, Table, columns_named
from casebound.pages.style import STATUS, mark, styled
from casebound.paths import FONTS


def show(
    canvas: Canvas | Axes, *, alt: str, caption: str, data: pd.DataFrame | Table | None = None, key: str = ""
) -> Figure:
    """Return a Matplotlib figure as the report takes it; raise ValueError without alt text or caption.

    `alt` says in words what the picture shows; `caption` states the finding; `data` is the table behind it. Of axes
    the whole figure is shown. Raises TypeError for anything else.
    """
    if isinstance(canvas, Axes):
        canvas = canvas.get_figure(root=True)
    if not isinstance(canvas, Canvas):
        raise TypeError(f"figures.show takes a Matplotlib figure or its axes, not a {type(canvas).__name__}")
    for name, words in (("alt", alt), ("caption", caption)):
        if not words or not words.strip():
            raise ValueError(f"a figure needs {name}=…: words for readers who do not see it, or who only skim")
    buffer, is_foreign = io.StringIO(), _is_foreign(canvas)
    with styled(), warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)  # a character that the typeface lacks would be an empty box
        with _readable(canvas) if is_foreign else nullcontext() as box:
            canvas.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None}, bbox_inches=box)
    if "matplotlib.pyplot" in sys.modules:  # else the notebook shows the same drawing a second time, without words
        sys.modules["matplotlib.pyplot"].close(canvas)
    if isinstance(data, pd.DataFrame):
        data = table_of(data, caption)
    svg = buffer.getvalue()
    if is_foreign:  # capitals, so that the page does not turn its paper dark by night, and leave black words on it
        svg = re.sub(r"(?<=: )#[0-9a-f]{6}\b", lambda colour: colour[0].upper(), svg)
    return Figure(key or "figure", svg, alt, caption, data)


def _is_foreign(canvas: Canvas) -> bool:
    """Tell whether a figure was drawn in another style than the report's: a text keeps that of its beginning."""
    return any(text.get_parse_math() for text in (*(axes.title for axes in canvas.axes), *canvas.texts))


@contextmanager
def _readable(canvas: Canvas) -> Iterator[str | None]:
    """Have a figure's texts stand in the report's typeface as they are written, dollar signs too, while it is saved.

    Only Matplotlib's own numbers, such as powers of ten, stay mathematics. Gives "tight" where something reaches
    beyond the figure's edge, and would be cut off.
    """
    canvas.draw_without_rendering()  # which makes the texts of the ticks
    before = [(text, text.get_parse_math(), text.get_fontfamily()) for text in canvas.findobj(Text)]
    for text, *_ in before:
        text.set(parse_math="\\mathdefault" in text.get_text(), fontfamily="Inter")  # the report brings no other
    canvas.draw_without_rendering()
    sheet = Bbox([(0, 0), canvas.get_size_inches()])
    both = Bbox.union([sheet, canvas.get_tightbbox()])
    yield "tight" if both.width > sheet.width or both.height > sheet.height else None
    for text, parse_math, family in before:
        text.set(parse_math=parse_math, fontfamily=family)


def table_of(frame: pd.DataFrame, caption: str) -> Table:
    """Return a data frame as a table; its index heads the rows, numbers stand to the right."""
    numeric = [str(name) for name in frame.columns if pd.api.types.is_numeric_dtype(frame[name])]
    columns = columns_named([str(frame.index.name or ""), *map(str, frame.columns)], numeric)
    rows = tuple((_cell(index), *map(_cell, row)) for index, *row in frame.itertuples())
    return Table("data", caption, columns, rows)


def _cell(value: object) -> str:
    """Return a value as text, a moment at midnight as its day."""
    return str(value).removesuffix(" 00:00:00") if isinstance(value, datetime) else str(value)


def nothing(what: str, *, some: bool = False) -> Prose:
    """Return the sentence that stands in a figure's place where nothing, or too little, is recorded to draw.

    `what` names what a fact would be recorded as; whether the sources say it is not for a program to tell.
    """
    if some:
        return Prose(f"Only one fact that this report follows is recorded as {what}, too few for a figure.")
    return Prose(f"No fact that this report follows is recorded as {what}, so there is no figure.")


@lru_cache(maxsize=1024)  # a millisecond each, and words are measured to be shortened, and again to find the longest
def length(words: str, size: float) -> float:
    """Return how long words in the figures' typeface are, in points; `size` is in points too."""
    typeface = FontProperties(fname=FONTS / "Inter-Regular.otf", size=size)  # whether or not Matplotlib knows it yet
    return text_to_path.get_text_width_height_descent(words, typeface, ismath=False)[0]


def shortened(words: str, room: float, size: float) -> str:
    """Return the words, or as many of them as there is room for, in points, with an ellipsis."""
    each = words.split()
    starts = [words, *(" ".join(each[:kept]) + "…" for kept in range(len(each) - 1, 0, -1))]
    return next((start for start in starts if length(start, size) <= room), starts[-1])


def key_to(
    canvas: Canvas, ledger: Ledger, statuses: list[str], extra: list[Line2D] = (), *, left: float = 0, up: float = 0.13
) -> None:
    """Draw the key to the marks along the foot, from `left`, a share of the width, its middle `up` inches high."""
    handles = [Line2D([], [], label=ledger.terms.label("status", s), **mark(s)) for s in STATUS if s in statuses]
    handles += list(extra)
    place = {"loc": "center left", "bbox_to_anchor": (left, up / canvas.get_figheight()), "borderaxespad": 0}
    canvas.legend(
        handles=handles, ncols=len(handles), frameon=False, handletextpad=0.3, columnspacing=1.2, fontsize=7, **place
    )
