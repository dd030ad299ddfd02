"""Days: how the figures write a date in little room, and draw days along an axis."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Iterable

import pandas as pd
from matplotlib import dates as mdates
from matplotlib.axes import Axes

from casebound.facts.dates.edtf import MONTHS
from casebound.pages.palette import FAINT, MUTED
from casebound.pages.style import RANGE, Look

OPEN: Look = {"color": MUTED, "lw": 1, "ls": (0, (1, 1.5))}  # a range whose first or last day is unknown
_MONTH = re.compile("|".join(MONTHS))
_YEAR = re.compile(r"\b[0-9]{4}\b")


def usual_year(dates: Iterable[str]) -> str:
    """Return the year that most of these readable dates name, so that it need not stand with each; else nothing."""
    years = Counter(sorted(year for date in dates for year in _YEAR.findall(date)))
    return years.most_common(1)[0][0] if years else ""


def short(date: str, year: str = "", width: int = 0) -> str:
    """Return a readable date in short, without the usual year: `by 25 Sep`; in lines of at most `width` letters."""
    date = _MONTH.sub(lambda month: month.group()[:3], date)
    if year:
        date = date.replace(f"\u00a0{year}", "")
    return "\n".join(textwrap.wrap(date.replace("\u00a0", " "), width)) if width else date


def dates_along(axes: Axes, left: pd.Timestamp, right: pd.Timestamp, named: str, most: int = 8) -> None:
    """Draw days along the foot, at most `most` of them written, with the years that are `named` below."""
    one_year = left.year == right.year
    axes.set_xlim(left, right)
    # fewer than 4 dates only where few have room: from 2 years on they are years, else half-years would be too many
    axes.xaxis.set_major_locator(mdates.AutoDateLocator(minticks=4 if most >= 8 else 2, maxticks=most))
    axes.xaxis.set_major_formatter(mdates.DateFormatter("%-d %b" if one_year else "%b %Y"))
    axes.set_xlabel(named, labelpad=2)
    axes.grid(axis="x", color=FAINT, lw=0.5)
    axes.set_axisbelow(True)


def years(left: pd.Timestamp, right: pd.Timestamp) -> str:
    """Return the year or the years between two days: `2025`, `2025 to 2026`."""
    return f"{left.year}" if left.year == right.year else f"{left.year} to {right.year}"


def edges(axes: Axes) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return the first and the last day that an axis of days along the foot shows."""
    left, right = (pd.Timestamp(mdates.num2date(edge)).tz_localize(None) for edge in axes.get_xlim())
    return left, right


def days_in_question(
    event: pd.Series, since: pd.Timestamp | None, axis: tuple[pd.Timestamp, pd.Timestamp], color: str
) -> tuple[list[pd.Timestamp], Look] | None:
    """Return the line over the days on which an event may have happened: its ends and its look; None for one day.

    The event's `begin` and `end` are its first and last possible day, `spot` the one on which its mark stands. A line
    without a first day begins with the attack (`since`), since nothing drawn here can have happened before it.
    """
    left, right = axis
    begin, end, spot = event["begin"], event["end"], event["spot"]
    if pd.isna(begin):
        return [since if since and left <= since <= spot else left, spot], OPEN
    if pd.isna(end):
        return [spot, right], OPEN
    return ([begin, end], {"color": color, **RANGE}) if begin != end else None
