"""Drawing: how a figure is shown, what stands in its place, and how wide words are."""

from __future__ import annotations

import io
import re
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from functools import lru_cache

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Bbox

from casebound.pages import frames
from casebound.pages.display import Figure, Omitted, Table
from casebound.pages.style import styled


def show(
    canvas: Canvas | Axes,
    *,
    alt: str,
    caption: str,
    data: pd.DataFrame | Table | None = None,
    key: str = "",
    note: str = "",
    narrow: Canvas | Axes | None = None,
) -> Figure:
    """Return a Matplotlib figure as the report takes it; raise ValueError without alt text or caption.

    `alt` says in words what the picture shows; `caption` states the finding; `note` says what is measured and stands
    below; `narrow` is a second drawing, for screens of 390 pixels; `data` is the table behind it. Of axes the whole
    figure is shown. Raises TypeError for anything else.
    """
    for name, words in (("alt", alt), ("caption", caption)):
        if not words or not words.strip():
            raise ValueError(f"a figure needs {name}=…: words for readers who do not see it, or who only skim")
    if isinstance(data, pd.DataFrame):
        data = table_of(data, caption)
    narrow_svg = "" if narrow is None else _svg(narrow)
    return Figure(key or "figure", _svg(canvas), alt, caption, data, note or None, narrow_svg)


def _svg(canvas: Canvas | Axes) -> str:
    """Return a Matplotlib figure as SVG; raise TypeError for anything else."""
    figure = canvas.get_figure(root=True) if isinstance(canvas, Axes) else canvas
    if not isinstance(figure, Canvas):
        raise TypeError(f"figures.show takes a Matplotlib figure or its axes, not a {type(canvas).__name__}")
    buffer, is_foreign = io.StringIO(), _is_foreign(figure)
    with styled(), warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)  # a character that the typeface lacks would be an empty box
        with _readable(figure) if is_foreign else nullcontext() as box:
            figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None}, bbox_inches=box)
    if "matplotlib.pyplot" in sys.modules:  # else the notebook shows the same drawing a second time, without words
        sys.modules["matplotlib.pyplot"].close(figure)
    svg = buffer.getvalue()
    if is_foreign:  # capitals, so that the page does not turn its paper dark by night, and leave black words on it
        svg = re.sub(r"(?<=: )#[0-9a-f]{6}\b", lambda colour: colour[0].upper(), svg)
    return svg


def _is_foreign(canvas: Canvas) -> bool:
    """Tell whether a figure was drawn outside the report's style: a text keeps the setting that it was made with."""
    return any(text.get_parse_math() for text in (*(axes.title for axes in canvas.axes), *canvas.texts))


@contextmanager
def _readable(canvas: Canvas) -> Iterator[str | None]:
    """Set a figure's texts in the report's typeface while it is saved, and print their dollar signs as written.

    Only Matplotlib's own numbers, such as powers of ten, stay mathematics. Yields "tight" where the figure's edge
    would cut something off.
    """
    canvas.draw_without_rendering()  # which makes the texts of the ticks
    before = [(text, text.get_parse_math(), text.get_fontfamily()) for text in canvas.findobj(Text)]
    for text, *_ in before:
        text.set(parse_math="\\mathdefault" in text.get_text(), fontfamily="Inter")  # the report brings no other
    canvas.draw_without_rendering()
    wide, tall = canvas.get_size_inches()
    both = Bbox.union([Bbox.from_bounds(0, 0, wide, tall), canvas.get_tightbbox()])
    yield "tight" if both.width > wide or both.height > tall else None
    for text, parse_math, family in before:
        text.set(parse_math=parse_math, fontfamily=family)


def table_of(frame: pd.DataFrame, caption: str) -> Table[str]:
    """Return a whole data frame as a table; its index heads the rows, numbers stand to the right."""
    with pd.option_context("display.max_rows", None, "display.max_columns", None):
        return replace(frames.table_of(frame), key="data", caption=caption)


def nothing(figure: str, what: str, *, some: bool = False) -> Omitted:
    """Return what stands in a figure's place where nothing, or too little, is recorded to draw.

    `figure` names it; `what` names the kind of fact. A program cannot tell whether the sources state one.
    """
    if some:
        return Omitted(figure, f"only one fact that this report follows is recorded as {what}, too few for a figure")
    return Omitted(figure, f"no fact that this report follows is recorded as {what}")


@lru_cache(maxsize=4096)
def width_of(words: str, size: float, weight: int = 400) -> float:
    """Return the width in points of words in the figures' typeface; `size` is in points too."""
    typeface = FontProperties(family="Inter", size=size, weight=weight)
    return text_to_path.get_text_width_height_descent(words, typeface, ismath=False)[0]
