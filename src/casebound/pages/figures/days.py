"""Days: how the figures abbreviate dates."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from casebound.facts.dates.edtf import MONTHS
from casebound.pages.style import MUTED, Look

OPEN: Look = {"color": MUTED, "lw": 1, "ls": (0, (1, 1.5))}  # days on which nobody says how it was
_MONTH = re.compile("|".join(MONTHS))
_YEAR = re.compile(r"\b[0-9]{4}\b")


def usual_year(dates: Iterable[str]) -> str:
    """Return the year that most of these readable dates name and so need not repeat; empty if none names one."""
    years = Counter(sorted(year for date in dates for year in _YEAR.findall(date)))
    return years.most_common(1)[0][0] if years else ""


def short(date: str, year: str = "") -> str:
    """Return a readable date in short, without the usual year: `by 25 Sep`."""
    date = _MONTH.sub(lambda month: month.group()[:3], date)
    if year:
        date = date.replace(f",\u00a0{year}", "").replace(f"\u00a0{year}", "")
    return date


def on(date: str) -> str:
    """Return a readable date as a sentence has it: `on 8 October 2025`, `in October 2025`, `by 9 October 2025`."""
    if re.match(r"(?:by|from|until|on|before|after|between|about|since|not|in)\b", date):
        return date
    is_day = re.search(r"(?<!\d)\d{1,2}(?!\d)", date)
    return f"{'on' if is_day else 'in'} {date}"


def times(number: int) -> str:
    """Return how often something happened: `once`, `twice`, `3 times`."""
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def last_possible(dates: Iterable[str]) -> str:
    """Return the sentence of a note where one of these readable dates leaves the day open; empty where none does."""
    is_open = any(re.match(r"(?:by|between|on or before)\b", date) for date in dates)
    return "A date with “by” is drawn on its last possible day." if is_open else ""
