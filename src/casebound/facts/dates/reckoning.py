"""Reckoning: weeks, months, quarters and years about a day, and days counted from another."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

from casebound.facts.dates.edtf import DateError, Window
from casebound.facts.dates.mentions import dates_in
from casebound.facts.dates.said import DAY, Said, choice, mention

PERIOD = r"(?P<when>earlier|later)?\s*\b(?P<which>this|last|previous|next|coming)\s+(?P<unit>week|month|quarter|year)"
QUARTER = (
    r"(?:q(?P<number>[1-4])|(?P<name>first|second|third|fourth)[\s-]+quarter)(?:\s+(?:of\s+)?(?P<year>[12][0-9]{3}))?"
)
_ORDINALS = ("first", "second", "third", "fourth")
_MANY = {word: n for n, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)}
_MANY |= {"a": 1, "an": 1}
_COUNTED = re.compile(
    rf"\b(?:(?P<lead>in|following|next|previous|preceding)\s+)?(?:(?P<many>[0-9]{{1,3}}|{'|'.join(_MANY)})\s+)?"
    r"(?P<unit>hour|day|week|month|year)(?P<plural>s?)\b(?:\s+(?P<way>after|later|before|earlier|ago|from\s+now)\b)?",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(r"\b(following|previous|preceding)\s+(?=[A-Z])")
_INEXACT = re.compile(r"\b(?:about|around|almost|nearly|roughly|over|than|least|most|within)\b", re.IGNORECASE)
_BACK = {"before", "earlier", "ago", "previous", "preceding"}


def _bounds(unit: str, day: date, step: int) -> tuple[date, date]:
    """Return the first and last day of the week, month, quarter or year that lies `step` after that of the day."""
    if unit == "week":
        monday = day + (7 * step - day.weekday()) * DAY
        return monday, monday + 6 * DAY
    size = {"month": 1, "quarter": 3, "year": 12}[unit]
    start = ((day.year * 12 + day.month - 1) // size + step) * size
    first, following = (date(months // 12, months % 12 + 1, 1) for months in (start, start + size))
    return first, following - DAY


def _whole(unit: str, first: date, last: date) -> list[str]:
    """Return the texts of whole units: a month or year as such, others as one of the days and as what lasts."""
    form = {"month": "%Y-%m", "quarter": "%Y-%m", "year": "%Y"}.get(unit, "%Y-%m-%d")
    a, b = f"{first:{form}}", f"{last:{form}}"
    return [a] if a == b else [f"[{a}..{b}]", f"{a}/{b}"]


def period(said: Said) -> Iterator[str]:
    """Yield the dates of *last week*, *this month*, *later this year*: of *this*, up to the base, from it, or all."""
    match = re.search(PERIOD, said.phrase, re.IGNORECASE)
    if match is None:
        raise DateError("the phrase names no period")
    step = {"last": -1, "previous": -1, "this": 0}.get(match["which"].lower(), 1)
    unit, when = match["unit"].lower(), (match["when"] or "").lower()
    (first, _), (_, last) = _bounds(unit, said.first, step), _bounds(unit, said.last, step)
    direction = {"earlier": "past", "later": "future"}.get(when, said.direction)
    if not step and direction != "future":
        yield choice(first, said.last)
    if not step and direction not in ("past", "lasting"):
        yield choice(said.first, last)
    if not when and (step or unit != "week" or direction == "either"):
        yield from _whole(unit, first, last)


def quarter(said: Said) -> Iterator[str]:
    """Yield the months of a quarter of the calendar year."""
    match = re.search(rf"\b{QUARTER}", said.phrase, re.IGNORECASE)
    if match is None or re.search(r"\b(?:fiscal|financial|FY)", said.phrase, re.IGNORECASE):
        raise DateError("the phrase names no quarter of a calendar year")
    number = int(match["number"]) if match["number"] else _ORDINALS.index(match["name"].lower()) + 1
    years = [int(match["year"])] if match["year"] else range(said.first.year - 1, said.last.year + 2)
    quarters = [f"{year}-{3 * number - 2:02}/{year}-{3 * number:02}" for year in years]
    for text in quarters if match["year"] else said.nearest(quarters, said.direction):
        yield from (f"[{text.replace('/', '..')}]", text)


def shifted(first: int, last: int) -> Callable[[Said], list[str]]:
    """Return the reading of words that mean one of the days from `first` to `last` after the base."""

    def read(said: Said) -> list[str]:
        begin, end = said.first + first * DAY, said.last + last * DAY
        _hold_named(said, begin, end)
        return [choice(begin, end)]

    return read


def _hold_named(said: Said, first: date, last: date) -> None:
    """Raise DateError if the phrase names a day that is none of these: *overnight Monday*, said on a Wednesday."""
    days = [first + n * DAY for n in range((last - first).days + 1)]
    for named in dates_in(said.phrase, said.language):
        stated = (named.day, named.month, named.year, named.weekday)
        actual = ((day.day, day.month, day.year, day.isoweekday()) for day in days)
        if not any(all(part in (None, own) for part, own in zip(stated, day, strict=True)) for day in actual):
            raise DateError(f"{named.text!r} is none of the days that the rule gives; name the rule that reads it")


def weekend(said: Said) -> Iterator[str]:
    """Yield the days of *the weekend*, as one of them and as what lasts; *next weekend* may be either of two."""
    match = re.search(r"\b(last|next)\s+weekend", said.phrase, re.IGNORECASE)
    which = match[1].lower() if match else ""
    around = [said.first + (7 * n + 5 - said.first.weekday()) * DAY for n in range(-2, 3)]
    past = [day for day in around if (day + DAY < said.first if which else day <= said.last)][-1:]
    future = [day for day in around if (day > said.last if which else day + DAY >= said.first)][:2]
    sides = {"last": past, "next": future, "past": past, "lasting": past, "future": future[:1]}
    for first in sides.get(which or said.direction, past + future[:1]):
        _hold_named(said, first, first + DAY)
        yield from _whole("weekend", first, first + DAY)


def counted(said: Said) -> Iterator[str]:
    """Yield the dates of *two days ago*, from the base, and of *a week later*, *the following day*, from the event."""
    if following := _FOLLOWING.search(said.phrase):
        yield _weekday_from(said, back=following[1].lower() in _BACK)
        return
    match = next((m for m in _COUNTED.finditer(said.phrase) if m["way"] or m["lead"]), None)
    if match is None or _INEXACT.search(said.phrase) or (match["plural"] and not match["many"] and not _hours(match)):
        raise DateError("the phrase does not count days, weeks, months or years exactly from another day")
    words = {(word or "").lower() for word in match.group("way", "lead")}
    anchor = said.base if words & {"ago", "in", "from now"} else said.event
    if anchor is None:
        raise DateError("the phrase counts from the day of another fact; name that fact as `event`")
    many = (match["many"] or ("0" if _hours(match) else "1")).lower()
    number = int(many) if many.isdigit() else _MANY[many]
    for window in dict.fromkeys((anchor.start, anchor.end)):
        yield from _moved(window, match, -number if words & _BACK else number, back=bool(words & _BACK))


def _weekday_from(said: Said, *, back: bool) -> str:
    """Return the next or the last such weekday from the event: *the following Monday*."""
    named, start = mention(said, "weekday"), said.event.start if said.event else None
    if start is None or start.earliest is None or start.latest is None or named.weekday is None:
        raise DateError("the phrase counts from the day of another fact; name that fact as `event`")
    sign = -1 if back else 1
    ends = [
        day + sign * ((sign * (named.weekday - day.isoweekday()) - 1) % 7 + 1) * DAY
        for day in (start.earliest, start.latest)
    ]
    return choice(*ends)


def _hours(match: re.Match) -> bool:
    return match["unit"].lower() == "hour"


def _moved(window: Window, match: re.Match, number: int, *, back: bool) -> list[str]:
    """Return a window moved by so many units; hours may reach into the next or previous day."""
    first, last = window.earliest, window.latest
    unit, calendar = match["unit"].lower(), match["lead"] and match["lead"].lower() != "in"
    if unit in ("month", "year") or (unit == "week" and calendar):
        if first is None or last is None:
            raise DateError("the event has no first or no last day; date the fact in another way")
        return _whole(unit, _bounds(unit, first, number)[0], _bounds(unit, last, number)[1])
    shift = {"hour": int(number / 24), "week": 7 * number}.get(unit, number) * DAY
    first, last = first and first + shift, last and last + shift
    if unit != "hour":
        return [choice(first, last)]
    return [choice(first, last), choice(first and first - back * DAY, last and last + (not back) * DAY)]


def more_than_a_month_before(base: date) -> date:
    """Return the last day that lies more than a calendar month before the base."""
    first, last = _bounds("month", base, -1)
    return min(first + (base.day - 1) * DAY, last) - DAY
