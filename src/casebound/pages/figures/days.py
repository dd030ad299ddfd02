"""Days: how the figures abbreviate dates and draw days along an axis."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Iterable
from typing import TypeAlias

import pandas as pd
from matplotlib import dates as mdates
from matplotlib.axes import Axes

from casebound.facts.dates.edtf import MONTHS
from casebound.pages.style import FAINT, MUTED, RANGE, Look, mark

OPEN: Look = {"color": MUTED, "lw": 1, "ls": (0, (1, 1.5))}  # a range whose first or last day is unknown
Axis: TypeAlias = tuple[pd.Timestamp, pd.Timestamp]  # the first and the last day
_MONTH = re.compile("|".join(MONTHS))
_YEAR = re.compile(r"\b[0-9]{4}\b")


def usual_year(dates: Iterable[str]) -> str:
    """Return the year that most of these readable dates name and so need not repeat; empty if none names one."""
    years = Counter(sorted(year for date in dates for year in _YEAR.findall(date)))
    return years.most_common(1)[0][0] if years else ""


def short(date: str, year: str = "", width: int = 0) -> str:
    """Return a readable date in short, without the usual year: `by 25 Sep`; in lines of at most `width` letters."""
    date = _MONTH.sub(lambda month: month.group()[:3], date)
    if year:
        date = date.replace(f",\u00a0{year}", "").replace(f"\u00a0{year}", "")
    return textwrap.fill(date.replace("\u00a0", " "), width) if width else date


def dates_along(axes: Axes, axis: Axis, most: int = 8) -> None:
    """Draw days along the foot, at most `most` of them written, with the year or the years below: `2025 to 2026`."""
    left, right = axis
    one_year = left.year == right.year
    axes.set_xlim(left, right)
    # fewer than 4 dates only where few have room: from 2 years on they are years, else half-years would be too many
    axes.xaxis.set_major_locator(mdates.AutoDateLocator(minticks=4 if most >= 8 else 2, maxticks=most))
    axes.xaxis.set_major_formatter(mdates.DateFormatter("%-d %b" if one_year else "%b %Y"))
    axes.set_xlabel(f"{left.year}" if one_year else f"{left.year} to {right.year}", labelpad=2)
    axes.grid(axis="x", color=FAINT, lw=0.5)
    axes.set_axisbelow(True)


def draw_window(axes: Axes, y: float, status: str, window: Axis, since: pd.Timestamp | None, axis: Axis) -> None:
    """Draw a line over the days on which an event may have happened: from its first possible day to its last.

    Either is NaT where unknown; one day needs no line. A line without a first day begins where it all began (`since`),
    since nothing drawn here can have happened before it.
    """
    (begin, end), (left, right) = window, axis
    if pd.isna(begin):
        axes.plot([since if since and left <= since <= end else left, end], [y, y], **OPEN)
    elif pd.isna(end):
        axes.plot([begin, right], [y, y], **OPEN)
    elif begin != end:
        axes.plot([begin, end], [y, y], color=mark(status)["color"], **RANGE)
