"""Paper: a drawing measured in inches from its upper left corner, and how days stand along it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import pandas as pd
from matplotlib.figure import Figure as Canvas
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.transforms import Affine2D

from casebound.pages.figures.drawing import width_of
from casebound.pages.style import FAINT, INK, MUTED, PAPER, WIDTH, Look

ON_PAPER: Look = {"boxstyle": "square,pad=0.1", "facecolor": PAPER, "edgecolor": "none"}  # lines stop at words
Entry: TypeAlias = tuple[str, Look]  # of a key: the words, and how the mark or line looks


POLE = 0.03  # inches between a line that leads to words and the words beside it
TICKS = (0.62, 0.8)  # inches between days along the foot, wide and narrow


@dataclass(frozen=True)
class Paper:
    """What a figure is drawn for: its `width` in inches, and the `size` of its words in points."""

    width: float
    size: float

    @property
    def line(self) -> float:
        """The height of a line of words in inches."""
        return self.size * 1.3 / 72

    @property
    def is_narrow(self) -> bool:
        """Whether there is no room for a column of labels beside the drawing."""
        return self.width < WIDTH


WIDE = Paper(WIDTH, 7.5)
NARROW = Paper(3.75, 8.4)  # 360 pixels, of which the smallest words are 11 high


class Sheet:
    """A drawing that grows downwards; every place on it is in inches from its upper left corner."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.canvas = Canvas(figsize=(paper.width, 1))
        self._downwards = Affine2D()
        self._place = self._downwards + self.canvas.dpi_scale_trans

    def cut(self, height: float) -> Canvas:
        """Return the finished drawing, so many inches high."""
        self.canvas.set_size_inches(self.paper.width, height)
        self._downwards.scale(1, -1).translate(0, height)
        return self.canvas

    def words(self, x: float, y: float, words: str, **look: Any) -> None:
        """Write words, the middle of their first line at `y`."""
        given: Look = {"fontsize": self.paper.size, "va": "center", "zorder": 5, "transform": self._place, **look}
        for line, text in enumerate(words.split("\n")):
            self.canvas.text(x, y + line * self.paper.line, text, **given)

    def on_paper(self, x: float, y: float, words: str, **look: Any) -> None:
        """Write words over lines, which stop at them."""
        self.words(x, y, words, **{"bbox": ON_PAPER, **look})

    def line(self, xs: Sequence[float], ys: Sequence[float], **look: Any) -> None:
        """Draw a line from point to point."""
        given: Look = {"solid_capstyle": "butt", "transform": self._place, **look}
        self.canvas.add_artist(Line2D(xs, ys, **given))

    def mark(self, x: float, y: float, look: Look) -> None:
        """Draw one mark."""
        self.line([x], [y], **look)

    def block(self, xs: tuple[float, float], ys: tuple[float, float], **look: Any) -> None:
        """Fill what lies between two places along and two down the drawing; words and lines stand upon it."""
        given: Look = {"lw": 0, "zorder": 0.5, "transform": self._place, **look}
        self.canvas.add_artist(Rectangle((xs[0], ys[0]), xs[1] - xs[0], ys[1] - ys[0], **given))

    def room(self, words: str, **look: Any) -> float:
        """Return the width of words in inches."""
        lines = words.split("\n")
        return max(width_of(line, self.paper.size, look.get("fontweight", 400)) for line in lines) / 72

    def wrapped(self, words: str, room: float, **look: Any) -> str:
        """Return words in as many lines as they need to fit into so many inches."""
        lines = [""]
        for word in words.split(" "):
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and self.room(longer, **look) > room:
                lines.append(word)
            else:
                lines[-1] = longer
        return "\n".join(lines)

    def key(self, y: float, entries: Iterable[Entry], left: float = 0.02) -> float:
        """Explain marks and lines from `y` on; return where the lines of the key end."""
        x, step = left, self.paper.line * 1.15
        for words, look in entries:
            room = self.room(words)
            if x > left and x + 0.24 + room > self.paper.width:
                x, y = left, y + step
            is_mark = look.get("marker") and look.get("linestyle") == "none"
            self.line([x + 0.09] if is_mark else [x, x + 0.18], [y] if is_mark else [y, y], **look)
            self.words(x + 0.24, y, words)
            x += room + 0.24 + 0.12
        return y + step


@dataclass(frozen=True)
class Scale:
    """How days stand along a drawing: from the `first` at `start` to the `last` at `end`, in inches.

    Days stand from left to right; where `start` and `end` are heights, from top to bottom.
    """

    first: pd.Timestamp
    last: pd.Timestamp
    start: float
    end: float

    def at(self, day: pd.Timestamp) -> float:
        """Return where a day stands; a day beyond the scale stands at its edge."""
        share = (min(max(day, self.first), self.last) - self.first) / (self.last - self.first)
        return self.start + share * (self.end - self.start)

    def ticks(self, apart: float) -> list[tuple[pd.Timestamp, str]]:
        """Return round days along the scale, at least so many inches apart, with their names; the first has its year.

        A name says the year again where another begins, and no day where all are the first of a month.
        """
        most = max(1, int((self.end - self.start) / apart))
        every = pd.date_range(self.first.normalize(), self.last, freq="D")
        days = next(days for is_round in _ROUND if len(days := [day for day in every if is_round(day)]) <= most)
        by_month = all(day.day == 1 for day in days)
        names = [f"{day:%b}" if by_month else f"{day.day} {day:%b}" for day in days]
        years = [None, *(day.year for day in days)]
        named = zip(days, names, years, strict=False)
        return [(day, name if day.year == year else f"{name} {day.year}") for day, name, year in named]


# from every day to every twentieth year
_ROUND: tuple[Callable[[pd.Timestamp], bool], ...] = (
    lambda day: True,
    lambda day: day.day % 2 == 1 and day.day < 31,
    lambda day: day.day % 4 == 1 and day.day < 29,
    lambda day: day.day in (1, 8, 15, 22),
    lambda day: day.day in (1, 15),
    lambda day: day.day == 1,
    lambda day: day.day == 1 and day.month % 3 == 1,
    lambda day: day.day == 1 and day.month % 6 == 1,
    *(lambda day, step=step: (day.month, day.day) == (1, 1) and day.year % step == 0 for step in (1, 2, 5, 10, 20)),
    lambda day: False,
)


def days_below(sheet: Sheet, scale: Scale, top: float, foot: float) -> float:
    """Draw days from `top` to `foot` as faint upright lines, their names below; return where those end."""
    y = foot + sheet.paper.line * 0.7
    edge = 0.0
    for day, name in scale.ticks(TICKS[sheet.paper.is_narrow]):
        x, half = scale.at(day), sheet.room(name) / 2
        sheet.line([x, x], [top, foot], color=FAINT, lw=0.5, zorder=0)
        middle = min(max(x, half + 0.02), sheet.paper.width - half - 0.02)
        if middle - half > edge:
            sheet.words(middle, y, name, ha="center", color=INK)
            edge = middle + half + 0.05
    sheet.line([scale.start, scale.end], [foot, foot], color=MUTED, lw=0.6, zorder=0)
    return y + sheet.paper.line * 0.6


def apart(wanted: Sequence[float], heights: Sequence[float], top: float, foot: float) -> list[float]:
    """Return the middles of labels of these heights, in this order, each as near to where it is wanted as may be.

    None lies over another; all lie between `top` and `foot` if there is room, else they run on below.
    """
    groups: list[tuple[list[float], list[float]]] = []  # of labels that touch: where their top is wanted, their heights
    for middle, height in zip(wanted, heights, strict=True):
        tops, tall = [middle - height / 2], [height]
        while groups and _top(*groups[-1], top, foot) + sum(groups[-1][1]) > _top(tops, tall, top, foot):
            before, above = groups.pop()
            tops, tall = before + [place - sum(above) for place in tops], above + tall
        groups.append((tops, tall))
    middles = []
    for tops, tall in groups:
        y = _top(tops, tall, top, foot)
        for height in tall:
            middles.append(y + height / 2)
            y += height
    return middles


def _top(tops: list[float], tall: list[float], top: float, foot: float) -> float:
    """Return where a group of labels begins: in the middle of what each would want, but inside the drawing."""
    return max(top, min(sum(tops) / len(tops), foot - sum(tall)))


def stacked(marks: Sequence[tuple[float, float]], width: float) -> list[tuple[int, float]]:
    """Return for each mark along a line, given as its place and the room of its words, the words' level and left edge.

    Words stand to the right of their mark, else to its left, else above it at the edge; none lies over another or over
    the line that leads from another's words down to its mark. Level 0 is the lowest.
    """
    for levels in range(1, len(marks) + 1):
        if places := _levels(marks, width, levels, []):
            return places
    return [(level, min(x, width - room)) for level, (x, room) in enumerate(reversed(marks))][::-1]


def _levels(
    marks: Sequence[tuple[float, float]], width: float, levels: int, placed: list[tuple[int, float]]
) -> list[tuple[int, float]]:
    """Return the places of all marks behind those already placed; empty if there is no way."""
    if len(placed) == len(marks):
        return placed
    x, room = marks[len(placed)]
    sides = (x + POLE, x - POLE - room, *([width - room] if x + room > width else []))
    lefts = [left for left in sides if left >= 0 and left + room <= width + 1e-9]
    for level in range(levels):
        for left in lefts:
            is_free = _is_free(marks, placed, x, (level, left), room)
            if is_free and (found := _levels(marks, width, levels, [*placed, (level, left)])):
                return found
    return []


def _is_free(
    marks: Sequence[tuple[float, float]],
    placed: list[tuple[int, float]],
    x: float,
    place: tuple[int, float],
    room: float,
) -> bool:
    """Tell whether words can stand in a place without touching any placed before, or a line that leads to a mark."""
    level, left = place
    for (other_x, other_room), (other, other_left) in zip(marks, placed, strict=False):
        if other == level and left < other_left + other_room + 0.08 and other_left < left + room + 0.08:
            return False
        if other > level and left - POLE / 2 < other_x < left + room + POLE / 2:
            return False
        if other < level and other_left - POLE / 2 < x < other_left + other_room + POLE / 2:
            return False
    return True
