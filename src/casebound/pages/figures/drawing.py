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
from itertools import product

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Bbox

from casebound.facts.ledger import Ledger
from casebound.pages.display import Figure, Prose, Table
from casebound.pages.palette import MUTED
from casebound.pages.style import STATUS, mark, styled
from casebound.paths import FONTS

# Where words may stand beside a mark, the best first: to its left and above, to its right and below, and so on.
_SIDES = ((-1, 1), (1, -1), (1, 1), (-1, -1), (1, 0), (-1, 0), (0, 1), (0, -1))
_NEAR, _FAR = 6, (6, 20, 36)  # points
_ALONG = {-1: "right", 0: "center", 1: "left"}
_ABOVE = {-1: "top", 0: "center", 1: "bottom"}
_LEADER = {"arrowstyle": "-", "color": MUTED, "lw": 0.6, "shrinkA": 0, "shrinkB": 4}


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
    numeric = tuple(str(name) for name in frame.columns if pd.api.types.is_numeric_dtype(frame[name]))
    rows = tuple((_cell(index), *map(_cell, row)) for index, *row in frame.itertuples())
    return Table("data", caption, (str(frame.index.name or ""), *map(str, frame.columns)), rows, numeric)


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


def placed(axes: Axes, spot: tuple, words: str, taken: list[Bbox], **look) -> None:
    """Write words beside a spot, as near as nothing is taken inside the axes; then their place is taken too.

    `taken` holds boxes in pixels of the drawing. Words that stand farther off are joined to their spot by a line;
    where no place is free, they stand on the first.
    """
    text = axes.annotate(words, spot, (0, 0), textcoords="offset points", annotation_clip=False, **look)
    width, height = text.get_window_extent().size  # the same wherever they stand, and slow to measure
    text.set(**_beside(*_SIDES[0], _NEAR))
    (x, y), point, sheet = around(axes, spot, reach=0).min, axes.figure.dpi / 72, axes.bbox
    for far, (along, above) in product(_FAR, _SIDES):
        left = x + along * far * point + (along - 1) / 2 * width
        low = y + above * far * point + (above - 1) / 2 * height
        box = Bbox.from_bounds(left, low, width, height)
        inside = sheet.x0 <= box.x0 and box.x1 <= sheet.x1 and sheet.y0 <= box.y0 and box.y1 <= sheet.y1
        if inside and not any(box.padded(4).overlaps(other) for other in taken):
            taken.append(box)
            text.set(**_beside(along, above, far))
            if far > _NEAR:
                end = {"xytext": (along * far, above * far), "textcoords": "offset points"}
                axes.annotate("", spot, arrowprops=_LEADER, **end)
            return


def _beside(along: int, above: int, far: float) -> dict:
    """Return what places words on a side of their spot, so many points off."""
    return {"ha": _ALONG[along], "va": _ABOVE[above], "position": (along * far, above * far)}


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


def around(axes: Axes, *spots: tuple, reach: float = 4) -> Bbox:
    """Return the box that a mark, or a line between spots, takes up: `reach` points to each side, in pixels."""
    units = [(axes.convert_xunits(x), axes.convert_yunits(y)) for x, y in spots]
    points = axes.transData.transform(units)
    return Bbox([points.min(axis=0), points.max(axis=0)]).padded(reach * axes.figure.dpi / 72)


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
