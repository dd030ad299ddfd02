"""Drawing: what all figures share: how one is handed over, and the key to its marks."""

from __future__ import annotations

import io
import sys
import warnings

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from casebound.facts.ledger import Ledger
from casebound.pages.display import Figure, Prose, Table
from casebound.pages.style import STATUS, mark, styled

# Where words may stand beside a mark, the best first: to its left and above, to its right and below, and so on.
_SIDES = ((-1, 1), (1, -1), (1, 1), (-1, -1), (1, 0), (-1, 0), (0, 1), (0, -1), (-1, 3), (1, -3), (1, 3), (-1, -3))
_ALONG = {-1: "right", 0: "center", 1: "left"}
_ABOVE = {-3: "top", -1: "top", 0: "center", 1: "bottom", 3: "bottom"}


def show(canvas: Canvas, *, alt: str, caption: str, data: pd.DataFrame | Table | None = None, key: str = "") -> Figure:
    """Return a drawing as the report takes it; raise ValueError without alt text or caption.

    `alt` says in words what the picture shows; `caption` states the finding; `data` is the table behind it.
    """
    for name, words in (("alt", alt), ("caption", caption)):
        if not words or not words.strip():
            raise ValueError(f"a figure needs {name}=…: words for readers who do not see it, or who only skim")
    buffer = io.StringIO()
    with styled(), warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)  # a character that the typeface lacks would be an empty box
        canvas.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    if "matplotlib.pyplot" in sys.modules:  # else the notebook shows the same drawing a second time, without words
        sys.modules["matplotlib.pyplot"].close(canvas)
    if isinstance(data, pd.DataFrame):
        data = table_of(data, caption)
    return Figure(key or "figure", buffer.getvalue(), alt, caption, data)


def table_of(frame: pd.DataFrame, caption: str) -> Table:
    """Return a data frame as a table; its index heads the rows, numbers stand to the right."""
    numeric = tuple(str(name) for name in frame.columns if pd.api.types.is_numeric_dtype(frame[name]))
    rows = tuple((str(index), *(str(cell) for cell in row)) for index, *row in frame.itertuples())
    return Table("data", caption, (str(frame.index.name or ""), *map(str, frame.columns)), rows, numeric)


def nothing(what: str, *, some: bool = False) -> Prose:
    """Return the sentence that stands in a figure's place where the ledger has nothing, or too little, to draw."""
    return Prose(f"The sources at hand say {'too little' if some else 'nothing'} of {what}, so there is no figure.")


def placed(axes: Axes, spot: tuple, words: str, taken: list[Bbox], **look) -> Text:
    """Write words beside a spot, on the first side inside the axes where nothing is taken; then they are taken too.

    `taken` holds boxes in pixels of the drawing; where every side is taken, the words stand on the first.
    """
    for along, above in _SIDES:
        text = _beside(axes, spot, words, along, above, look)
        box, sheet = text.get_window_extent(), axes.bbox
        inside = sheet.x0 <= box.x0 and box.x1 <= sheet.x1 and sheet.y0 <= box.y0 and box.y1 <= sheet.y1
        if inside and not any(box.padded(4).overlaps(other) for other in taken):
            taken.append(box)
            return text
        text.remove()
    return _beside(axes, spot, words, *_SIDES[0], look)


def _beside(axes: Axes, spot: tuple, words: str, along: int, above: int, look: dict) -> Text:
    place = {"ha": _ALONG[along], "va": _ABOVE[above], "xytext": (along * 6, above * 6)}
    return axes.annotate(words, spot, textcoords="offset points", annotation_clip=False, **place, **look)


def around(axes: Axes, spot: tuple, reach: float = 4) -> Bbox:
    """Return the box that a mark takes up, `reach` points to each side, in pixels of the drawing."""
    x, y = axes.transData.transform((axes.convert_xunits(spot[0]), axes.convert_yunits(spot[1])))
    reach *= axes.figure.dpi / 72
    return Bbox.from_extents(x - reach, y - reach, x + reach, y + reach)


def key_to(axes: Axes, ledger: Ledger, statuses: list[str], extra: list[Line2D] = (), **where) -> None:
    """Draw the key to the marks under the axes."""
    handles = [Line2D([], [], label=ledger.terms.label("status", s), **mark(s)) for s in STATUS if s in statuses]
    handles += list(extra)
    axes.legend(
        handles=handles, ncols=len(handles), frameon=False, handletextpad=0.3, columnspacing=1.2, fontsize=7, **where
    )
