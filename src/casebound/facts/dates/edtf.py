"""Dates as exact as their source: an EDTF subset, its windows, lengths and order; and dates as prose.

EDTF is the Extended Date/Time Format of ISO 8601-2. Nothing here guesses: a relative phrase is resolved
by a person who names the rule, and ``resolved`` only works that rule out again.
"""

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache

from casebound.facts.dates.locales import day_comes_first, is_english, locale_of
from casebound.facts.dates.zones import zone_name

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
ACCEPTED = (
    "2025, 2025-09, 2025-09-25, 2025-09-25T16:48+01:00, 2025-08/2025-09-25, ../2025-09-25, 2025-10-01/.., "
    "[2025-08-01..2025-08-24], [..2025-08-24], [2025-11-14..], [2025-09-10,2025-09-12]"
)


class DateError(ValueError):
    """A date that cannot be used; the message is one line with the fix."""


@dataclass(frozen=True)
class Window:
    """The days between which something lies, both included; None is open."""

    earliest: date | None
    latest: date | None


@dataclass(frozen=True)
class When:
    """A date as written, and the windows in which it starts and ends.

    ``span`` is true for what lasts (A/B), false for a point somewhere in one window. The open end of a span is
    bounded by its other end: what lasted until B cannot have begun after B. ``qualifier``
    never widens a window; that of a span joins those of its ends (``?`` and ``~`` make ``%``). ``moment`` is
    aware, and None unless the text is a single stamp. A stamp's day is its day in its own offset.
    """

    text: str
    start: Window
    end: Window
    span: bool
    qualifier: str
    moment: datetime | None

    @property
    def earliest(self) -> date | None:
        return self.start.earliest

    @property
    def latest(self) -> date | None:
        return self.end.latest

    @property
    def has_day(self) -> bool:
        """Whether the text names a day, and not only a month or a year."""
        return bool(re.search("-[0-9]{2}-[0-9]{2}", self.text))


@dataclass(frozen=True)
class Length:
    """A length in whole days; ``longest`` is None where an end is open."""

    shortest: int
    longest: int | None


@dataclass(frozen=True)
class _Simple:
    year: int
    month: int | None
    day: int | None
    moment: datetime | None
    qualifier: str

    @property
    def first(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    @property
    def window(self) -> Window:
        return Window(self.first, self.last)


_SIMPLE = re.compile(
    r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([?~%])?"
    r"|([0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?"
    r"(?:Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9]))"
)


def _simple(text: str) -> _Simple:
    match = _SIMPLE.fullmatch(text)
    if not match:
        raise ValueError("is not a date in a form read here")
    *numbers, qualifier, stamp = match.groups()
    try:
        if stamp:
            moment = datetime.fromisoformat(stamp)
            return _Simple(moment.year, moment.month, moment.day, moment, "")
        year, month, day = numbers
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        raise ValueError("names a day that is not in the calendar") from None
    return _Simple(int(year), int(month) if month else None, int(day) if day else None, None, qualifier or "")


# how an open end is written, by what joins the two ends
_OPEN = {"/": "..", "..": "", ",": None}


def _pieces(text: str) -> tuple[str, str, str]:
    if text.startswith("[") and text.endswith("]"):
        joint = "," if "," in text else ".."
        first, divider, last = text[1:-1].partition(joint)
        return (joint, first, last) if divider else ("", text, "")
    first, joint, last = text.partition("/")
    return joint, first, last


def _joined(text: str, joint: str, first: str, last: str) -> When:
    a = None if first == _OPEN[joint] else _simple(first)
    b = None if last == _OPEN[joint] else _simple(last)
    if a is None and b is None:
        raise ValueError("is open at both ends")
    start = a.window if a else Window(None, b.last if b else None)
    end = b.window if b else Window(a.first if a else None, None)
    if a and b and (b.last < a.first or (a.moment and b.moment and b.moment < a.moment)):
        raise ValueError("ends before it starts")
    marks = {simple.qualifier for simple in (a, b) if simple and simple.qualifier}
    if joint == "/":
        return When(text, start, end, True, marks.pop() if len(marks) == 1 else "%" * bool(marks), None)
    if marks:
        raise ValueError("has a qualifier inside a set, which is not supported")
    window = Window(start.earliest, end.latest)
    return When(text, window, window, False, "", None)


@lru_cache(maxsize=4096)
def parse(text: str) -> When:
    """The date that an EDTF text states, no wider and no narrower.

    Raises DateError for every text outside the subset (see ``ACCEPTED``). Source: ISO 8601-2:2019, annex A.
    """
    joint, first, last = _pieces(text)
    try:
        if joint:
            return _joined(text, joint, first, last)
        simple = _simple(text)
    except ValueError as problem:
        shown = text if len(text) <= 60 else text[:60] + "…"
        raise DateError(f"{shown!r} {problem}; write it as one of: {ACCEPTED}") from None
    return When(text, simple.window, simple.window, False, simple.qualifier, simple.moment)


def up_to(when: When) -> When:
    """The date of what had happened by the end of another: that day or any before, not all of them."""
    window = Window(None, when.end.latest)
    return replace(when, start=window, end=window, span=False)


def _prose(simple: _Simple, timezone: str, language: str) -> str:
    day = _day(simple, language, simple.year)
    timed = f"{clock(simple.moment, timezone, language)} on {day}" if simple.moment else day
    about = "about " if simple.qualifier in ("~", "%") else ""
    return about + timed + (" (uncertain)" if simple.qualifier in ("?", "%") else "")


def _day(simple: _Simple, language: str, year: int | None) -> str:
    """Return a day, month or year as a variety of English writes it: `14 September 2033` or `September 14, 2033`."""
    month = MONTHS[simple.month - 1] if simple.month else None
    if is_english(language) and not day_comes_first(language):
        parts = [month, f"{simple.day}{',' * bool(year)}" if simple.day else None, year]
    else:
        parts = [simple.day, month, year]
    return "\u00a0".join(str(part) for part in parts if part)


def clock(moment: datetime, timezone: str, language: str) -> str:
    """Return a time of day with its zone as a variety of English writes it: `18:20 CET` or `6:20 p.m. EST`."""
    time = f"{moment:%H:%M}"
    if is_english(language) and "a" in locale_of(language).time_formats["short"].pattern:
        time = f"{moment.hour % 12 or 12}:{moment:%M}\u00a0{'p.m.' if moment.hour >= 12 else 'a.m.'}"
    return f"{time}\u00a0{zone_name(moment, timezone, language)}"


def _prose_before(first: _Simple, last: _Simple, timezone: str, language: str) -> tuple[str, str]:
    """Return both ends of a range, with what they share said once: `14` and `20 May 2033`, `May 14` and `20, 2033`."""
    ends = _prose(first, timezone, language), _prose(last, timezone, language)
    if first.qualifier or last.qualifier or first.year != last.year or not (first.month and last.month):
        return ends
    if first.month != last.month or not (first.day and last.day) or first.moment or last.moment:
        year = f"\u00a0{first.year}"
        return ends[0].removesuffix(year).removesuffix(","), ends[1]
    before, shared = f"{MONTHS[first.month - 1]}\u00a0", _day(last, language, last.year)
    if shared.startswith(before):
        return f"{before}{first.day}", shared.removeprefix(before)
    return str(first.day), shared


def readable(when: When, timezone: str = "", language: str = "en-GB", *, lasts: bool = False) -> str:
    """The date in prose: as the language writes it if that is English, else as Britain does.

    Non-breaking spaces (U+00A0) stand inside each date.
    A time of day has its zone, see ``zone_name``.
    """
    joint, first, last = _pieces(when.text)
    zone = timezone, language
    if not joint or first == last:
        return _prose(_simple(first), *zone)
    if first == _OPEN[joint]:
        return ("until " if lasts else "by " if joint == "/" else "on or before ") + _prose(_simple(last), *zone)
    if last == _OPEN[joint]:
        return ("from " if joint == "/" else "on or after ") + _prose(_simple(first), *zone)
    a, b = _simple(first), _simple(last)
    if joint == ".." and a.day and b.day and (b.first - a.first).days == 1:
        joint = ","  # nothing lies between two days that follow each other
    pattern = {"/": "{} to {}", "..": "between {} and {}", ",": "{} or {}"}[joint]
    return pattern.format(*_prose_before(a, b, *zone))


def length_between(first: When, second: When) -> Length | None:
    """Return the days from the start of first to the start of second; None where second surely starts first.

    They are as few and as many as the windows allow; the fewest are 0 where some days of the windows are the wrong way
    round.
    """
    a, b = first.start, second.start
    longest = (b.latest - a.earliest).days if b.latest and a.earliest else None
    if longest is not None and longest < 0:
        return None
    shortest = (b.earliest - a.latest).days if b.earliest and a.latest else 0
    return Length(max(0, shortest), longest)


def is_before(first: When, second: When) -> bool:
    """Tell whether one date surely lies before another: by the moment where both have one, else by the day."""
    if first.moment and second.moment:
        return first.moment < second.moment
    last, begin = first.end.latest, second.start.earliest
    return bool(last and begin and last < begin)
