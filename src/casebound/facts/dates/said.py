"""Said: what a source says of a day and when it says so, and which dates its words can mean."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from casebound.facts.dates.edtf import DateError, When, parse
from casebound.facts.dates.locales import DEFAULT
from casebound.facts.dates.mentions import Mention, dates_in

DAY = timedelta(days=1)
_WHICH = re.compile(r"\b(last|next|this|coming)\s+\Z", re.IGNORECASE)


@dataclass(frozen=True)
class Said:
    """What a rule reads: a phrase in its language, the day or month it speaks on, another fact's date, a direction.

    Words without a year mean the last such day not after the base if the direction is `past` or `lasting`, the next
    not before it if it is `future`, and either of the two otherwise. What is `lasting` may end on either side.
    """

    phrase: str
    base: When | None = None
    direction: str = "either"
    event: When | None = None
    language: str = DEFAULT

    @property
    def first(self) -> date:
        return _closed(self.base.earliest if self.base else None)

    @property
    def last(self) -> date:
        return _closed(self.base.latest if self.base else None)

    @property
    def issue(self) -> str:
        """The base, no more exact than it is: a month stays a month; of a stamp its day, of several days the last."""
        return self.base.text if self.base and re.fullmatch(r"[0-9-]+[?~%]?", self.base.text) else str(self.last)

    @property
    def end_direction(self) -> str:
        return "either" if self.direction == "lasting" else self.direction

    def nearest(self, texts: Iterable[str], direction: str) -> list[str]:
        """Return those of the dates, given in order, that the direction admits."""
        dates = [parse(text) for text in texts]
        past = [when.text for when in dates if when.earliest and when.earliest <= self.last][-1:]
        future = [when.text for when in dates if when.latest and when.latest >= self.first][:1]
        return {"past": past, "lasting": past, "future": future}.get(direction, past + future)


def _closed(day: date | None) -> date:
    if day is None:
        raise DateError("the rule needs a base with a first and a last day")
    return day


def choice(first: date | None, last: date | None) -> str:
    """Return one day of a range in EDTF; None is an open end."""
    return str(first) if first == last else f"[{first or ''}..{last or ''}]"


def _mentions(said: Said, *parts: str) -> list[Mention]:
    # "in " lets a phrase that is a month name only ("May") count as the month that it is.
    mentions = dates_in(f"in {said.phrase}", said.language)
    found = [m for m in mentions if all(getattr(m, part) for part in parts)]
    return list({(m.day, m.month, m.year, None if m.day else m.weekday): m for m in found}.values())


def points(said: Said, *parts: str) -> list[Mention]:
    """Return the different dates of the phrase that have these parts, or its weekdays if it has no such date."""
    return _mentions(said, *parts) or [m for m in _mentions(said, "weekday") if not m.day]


def mention(said: Said, *parts: str) -> Mention:
    """Return the only date of the phrase that has these parts."""
    return _only(_mentions(said, *parts), *parts)


def _only(found: list[Mention], *parts: str) -> Mention:
    if not found:
        raise DateError(f"the phrase holds no {' and '.join(parts)}; quote the words that do")
    if len(found) > 1:
        raise DateError("the phrase holds more than one date; quote only the words of the one meant")
    return found[0]


def point(said: Said, direction: str, *parts: str) -> list[str]:
    """Return what the only date of the phrase that has these parts, or its only weekday, can mean."""
    return meant(_only(points(said, *parts), *parts), said, direction)


def meant(mention: Mention, said: Said, direction: str) -> list[str]:
    """Return the days or months that a date or weekday can mean; of days, a night may end on the day after."""
    dates = (_date if mention.month else _weekday)(mention, said, direction)
    if not re.search(r"\b(?:over)?night\b", said.phrase, re.IGNORECASE):
        return dates
    days = [date.fromisoformat(text) for text in dates if len(text) == 10]
    return [*dates, *(choice(day, day + DAY) for day in days)]


def _date(mention: Mention, said: Said, direction: str) -> list[str]:
    """Return the days or months that a date can mean; its weekday must agree."""
    numbers = "".join(f"-{number:02}" for number in (mention.month, mention.day) if number)
    # eight years, because 29 February may be so far away
    years = [mention.year] if mention.year else _years(said)
    found = [text for text in (f"{year:04}{numbers}" for year in years) if _in_calendar(text)]
    if not found:
        raise DateError(f"{mention.text!r} names a day that is not in the calendar")
    dates = found if len(found) == 1 else said.nearest(found, direction)
    weekday = mention.weekday if mention.day else None
    agreeing = [text for text in dates if not weekday or _is_named(parse(text).earliest, weekday)]
    if not agreeing:
        raise DateError(f"{dates[0]} is a {parse(dates[0]).earliest:%A}")
    return agreeing


def _years(said: Said) -> Iterable[int]:
    """Return the years in which a day or month without one can lie: *last year* names it."""
    if found := re.search(r"\b(last|this|next)\s+year\b", said.phrase, re.IGNORECASE):
        return [said.last.year + {"last": -1, "this": 0}.get(found[1].lower(), 1)]
    return range(said.first.year - 8, said.last.year + 9)


def _in_calendar(text: str) -> bool:
    try:
        return bool(parse(text))
    except DateError:
        return False


def _is_named(day: date | None, weekday: int | None) -> bool:
    return day is not None and day.isoweekday() == weekday


def _weekday(mention: Mention, said: Said, direction: str) -> list[str]:
    """Return the days that a weekday can mean, with *last*, *this* or *next* before it or without."""
    found = _WHICH.search(f"in {said.phrase}"[: mention.start])
    which = found[1].lower() if found else ""
    base, week = said.first, said.first - said.first.weekday() * DAY
    if base != said.last:
        raise DateError("a weekday counts from a day, and the base is not a single day")
    around = [day for day in (base + n * DAY for n in range(-14, 15)) if _is_named(day, mention.weekday)]
    before, after = [day for day in around if day < base], [day for day in around if day > base]
    past, future = before[-1:], after[:1]
    if which == "this":
        days = [day for day in around if 0 <= (day - week).days < 7]
    elif which == "last":  # to some it is the one of last week, even if that of this week is past
        days = past if past[0] < week else before[-2:]
    elif which:
        days = future if (future[0] - week).days >= 7 else after[:2]
    else:
        days = [base] if base in around else []
        days += {"past": past, "lasting": past, "future": future}.get(direction, past + future)
    return list(map(str, days))
