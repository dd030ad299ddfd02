"""Dates as exact as their source: an EDTF subset, its windows, lengths and order, and dates in prose.

EDTF is the Extended Date/Time Format of ISO 8601-2. Nothing here guesses: a relative phrase is resolved
by a person who names the rule, and ``resolved`` only works that rule out again.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
ACCEPTED = (
    "2025, 2025-09, 2025-09-25, 2025-09-25T16:48+01:00, 2025-08/2025-09-25, ../2025-09-25, 2025-10-01/.., "
    "[2025-08-01..2025-08-24], [2025-09-10,2025-09-12]"
)


class DateError(ValueError):
    """A date that cannot be used; the message is one line with the cure."""


@dataclass(frozen=True)
class Window:
    """The days between which something lies, both included; None is open."""

    earliest: date | None
    latest: date | None


@dataclass(frozen=True)
class When:
    """A date as written, and the windows in which it starts and ends.

    ``span`` tells what lasts from the one to the other (A/B) from a point somewhere in one window. The open
    end of a span is bounded by its other end: what lasted until B cannot have begun after B. ``qualifier``
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


@dataclass(frozen=True)
class Length:
    """A length in whole days; ``longest`` is None where an end is open."""

    shortest: int
    longest: int | None


@dataclass(frozen=True)
class Mention:
    """A calendar expression in prose: its characters (``text[start:end]``) and those parts that it states."""

    text: str
    start: int
    end: int
    day: int | None
    month: int | None
    year: int | None


@dataclass(frozen=True)
class _Simple:
    year: int
    month: int | None
    day: int | None
    moment: datetime | None
    qualifier: str

    @property
    def window(self) -> Window:
        last_month = self.month or 12
        last_day = self.day or monthrange(self.year, last_month)[1]
        return Window(date(self.year, self.month or 1, self.day or 1), date(self.year, last_month, last_day))


_SIMPLE = re.compile(
    r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([?~%])?"
    r"|([0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?"
    r"(?:Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9]))"
)


def _simple(text: str) -> _Simple:
    found = _SIMPLE.fullmatch(text)
    if not found:
        raise ValueError("is not a date in a form read here")
    *numbers, qualifier, stamp = found.groups()
    try:
        if stamp:
            moment = datetime.fromisoformat(stamp)
            return _Simple(moment.year, moment.month, moment.day, moment, "")
        year, month, day = (int(number) if number else None for number in numbers)
        date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        raise ValueError("names a day that is not in the calendar") from None
    return _Simple(year, month, day, None, qualifier or "")


def _pieces(text: str) -> tuple[str, str, str]:
    if text.startswith("[") and text.endswith("]"):
        joint = "," if "," in text else ".."
        first, _, last = text[1:-1].partition(joint)
        return joint, first, last
    first, joint, last = text.partition("/")
    return joint, first, last


def _joined(text: str, joint: str, first: str, last: str) -> When:
    a = None if joint == "/" and first == ".." else _simple(first)
    b = None if joint == "/" and last == ".." else _simple(last)
    if a is None and b is None:
        raise ValueError("is open at both ends")
    start = a.window if a else Window(None, b.window.latest)
    end = b.window if b else Window(a.window.earliest, None)
    if a and b and (end.latest < start.earliest or (a.moment and b.moment and b.moment < a.moment)):
        raise ValueError("ends before it starts")
    marks = {simple.qualifier for simple in (a, b) if simple and simple.qualifier}
    if joint == "/":
        return When(text, start, end, True, marks.pop() if len(marks) == 1 else "%" * bool(marks), None)
    if marks:
        raise ValueError("has a qualifier inside a set, where none is read")
    window = Window(start.earliest, end.latest)
    return When(text, window, window, False, "", None)


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


def _said(simple: _Simple) -> str:
    month = MONTHS[simple.month - 1] if simple.month else None
    day = "\u00a0".join(str(part) for part in (simple.day, month, simple.year) if part)
    timed = f"{simple.moment:%H:%M} on {day}" if simple.moment else day
    about = "about " if simple.qualifier in ("~", "%") else ""
    return about + timed + (" (uncertain)" if simple.qualifier in ("?", "%") else "")


def _said_before(first: _Simple, last: _Simple) -> str:
    if first.qualifier or last.qualifier or first.year != last.year or not (first.month and last.month):
        return _said(first)
    if first.month == last.month and first.day and last.day and not (first.moment or last.moment):
        return str(first.day)
    return _said(first).removesuffix(f"\u00a0{first.year}")


def readable(when: When) -> str:
    """The date in British prose, with non-breaking spaces (U+00A0) inside each date; the zone is left out."""
    joint, first, last = _pieces(when.text)
    if not joint or first == last:
        return _said(_simple(first))
    if first == "..":
        return "by " + _said(_simple(last))
    if last == "..":
        return "from " + _said(_simple(first))
    a, b = _simple(first), _simple(last)
    pattern = {"/": "{} to {}", "..": "between {} and {}", ",": "{} or {}"}[joint]
    return pattern.format(_said_before(a, b), _said(b))


def length_between(first: When, second: When) -> Length:
    """The days from the start of first to the start of second, as few and as many as the windows allow.

    Raises DateError where second certainly starts before first. Where only some days of the windows are the
    wrong way round, the shortest length is 0.
    """
    a, b = first.start, second.start
    longest = (b.latest - a.earliest).days if b.latest and a.earliest else None
    if longest is not None and longest < 0:
        raise DateError(f"{second.text!r} starts before {first.text!r}; give the earlier date first")
    shortest = (b.earliest - a.latest).days if b.earliest and a.latest else 0
    return Length(max(0, shortest), longest)


def _latest_start_and_earliest_end(when: When) -> tuple[date, date]:
    # An end lies on or after its start, so each may narrow the other: 2025-08-20/2025-08 holds 20 August.
    begun = min(filter(None, (when.start.latest, when.end.latest)))
    lasted = max(filter(None, (when.end.earliest, when.start.earliest)))
    return begun, lasted


def order(first: When, second: When) -> str:
    """How two dates stand by their days: "before", "after", "same day", "overlaps" or "unknown".

    "before" and "after" are certain: no day is shared. "overlaps" is certain too: some day is held by both.
    Times of day are not compared.
    """
    if first.latest and second.earliest and first.latest < second.earliest:
        return "before"
    if second.latest and first.earliest and second.latest < first.earliest:
        return "after"
    begun, lasted = _latest_start_and_earliest_end(first)
    other_begun, other_lasted = _latest_start_and_earliest_end(second)
    if {first.earliest, first.latest, second.earliest, second.latest} == {begun}:
        return "same day"
    return "overlaps" if begun <= other_lasted and other_begun <= lasted else "unknown"


# Dates in prose -----------------------------------------------------------------------------------------

_NUMBER_OF = {name[:length]: number for number, name in enumerate(MONTHS, 1) for length in (3, 9)}
_NUMBER_OF |= {"Sept": 9} | {name.upper(): number for name, number in _NUMBER_OF.items()}
# Words that are also names or verbs, or too short to be trusted alone.
_NEEDS_COMPANY = {"March", "MARCH"} | {name for name in _NUMBER_OF if len(name) <= 4} - {"June", "July"}
_NEEDS_COMPANY -= {"JUNE", "JULY"}
_COMPANY = re.compile(r"\b(?:in|of|since|until|by|during|last|next|early|late|mid)[\s-]+\Z", re.IGNORECASE)

_MONTH = r"\b(?:" + "|".join(sorted(_NUMBER_OF, key=len, reverse=True)) + r")\b"
_DOT = r"(?:(?<=\b\w{3})\.|(?<=\bSept)\.)?"  # "Sept. 25", but not "in October. 25 people"
_FREE = r"(?<![\w.,:/£$€-])"
_WHOLE = r"(?!\w|[.,:/-][0-9]|\s?%|\s+per\s?cent)"
_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?(?!\w|[.,:/][0-9]|\s?%|\s+per\s?cent)"
_DAYS = rf"{_DAY}(?:(?:\s*[-–—]\s*|\s+(?:to|and|or|until)\s+){_DAY})?"
_YEAR = rf"(?:1[5-9]|20)[0-9]{{2}}{_WHOLE}"
_CALENDAR = re.compile(
    r"(?P<iso>(?<![\w-])[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9-]))"
    r"|(?P<slashed>(?<![\w/])[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}(?![\w/]))"
    rf"|{_FREE}{_DAYS}\s+(?:of\s+)?{_MONTH}(?:{_DOT},?\s+{_YEAR})?"
    rf"|{_MONTH}{_DOT}\s+{_DAYS}(?:,?\s+{_YEAR})?"
    rf"|{_MONTH}(?:{_DOT},?\s+(?:of\s+)?{_YEAR})?"
    rf"|{_FREE}{_YEAR}"
)
_DAY_IN = re.compile(r"(?<![0-9])[0-9]{1,2}(?:st|nd|rd|th)?(?![0-9])")


def _in_words(found: re.Match) -> list[Mention]:
    text, start = found[0], found.start()
    month = re.search(_MONTH, text)
    year = re.search(r"[0-9]{4}", text)
    days = list(_DAY_IN.finditer(text))
    alone = not days and not (month and year) and (month is None or month[0] in _NEEDS_COMPANY)
    if alone and not _COMPANY.search(found.string[max(0, start - 12) : start]):
        return []
    stated = (_NUMBER_OF[month[0]] if month else None, int(year[0]) if year else None)
    if len(days) < 2:
        number = int(re.match("[0-9]+", days[0][0])[0]) if days else None
        return [Mention(text, start, found.end(), number, *stated)]
    cuts = [(0, days[0].end()), (days[1].start(), len(text))]
    return [
        Mention(text[a:b], start + a, start + b, int(re.match("[0-9]+", day[0])[0]), *stated)
        for (a, b), day in zip(cuts, days, strict=True)
    ]


def dates_in(text: str) -> list[Mention]:
    """Every calendar expression in English prose, in order, with the parts that it states.

    Two days of one month (1 to 24 August 2025) give two mentions that share month and year. Numeric dates
    are read day first. May, March and abbreviations count beside a day or a year, or after a word such as
    "in"; a year (1500 to 2099) alone only after such a word. Numbers are taken as they stand, so 30 February
    is a mention too.
    """
    mentions = []
    for found in _CALENDAR.finditer(text):
        if found["iso"] or found["slashed"]:
            numbers = [int(number) for number in re.split("[-/]", found[0])]
            parts = numbers if found["slashed"] else numbers[::-1]
            mentions.append(Mention(found[0], found.start(), found.end(), *parts))
        else:
            mentions.extend(_in_words(found))
    return mentions


# Phrases that a person resolved ---------------------------------------------------------------------------

RULES = {
    "exact-date": "The phrase itself holds day, month and year; numeric dates are read day first.",
    "named-day": "The day and month that the phrase names, in its own year or else the base's.",
    "named-month": "The month that the phrase names, in its own year or else the base's.",
    "more-than-a-month-ago-in": "A day of the named month, earlier than one calendar month before the base.",
    "over-a-month": "A state that at the base had lasted over a month: start unknown, still true then.",
    "today": "The base itself.",
    "yesterday": "The day before the base.",
    "this-week": "One of the days from the Monday of the base's week to the base.",
    "by-publication": "Reported as having happened by the time of publication.",
    "at-publication": "A state or statement true on the day of publication.",
    "from-publication": "Begun or announced, and still going on at publication.",
    "since-named-month": "A state from some day of the named month until the base.",
}


_OVER_A_MONTH = r"(?:more\s+than|over)\s+(?:a|one)\s+month"


def _stated(phrase: str, *parts: str) -> Mention:
    # "in " lets a phrase that is a month name only ("May") count as the month that it is.
    mentions = [m for m in dates_in(f"in {phrase}") if all(getattr(m, part) for part in parts)]
    if not mentions:
        raise DateError(f"the phrase holds no {' and '.join(parts)}; quote the words that do")
    if len({(m.day, m.month, m.year) for m in mentions}) > 1:
        raise DateError("the phrase holds more than one date; quote only the words of the one meant")
    return mentions[0]


def _needs(phrase: str, pattern: str, words: str) -> None:
    if not re.search(rf"\b(?:{pattern})\b", phrase, re.IGNORECASE):
        raise DateError(f"the phrase does not hold the words {words}; quote them or name another rule")


def _one_of(first: date, last: date) -> str:
    return str(first) if first == last else f"[{first}..{last}]"


def _exact_date(phrase: str, base: date) -> str:
    found = _stated(phrase, "day", "month", "year")
    return f"{found.year:04}-{found.month:02}-{found.day:02}"


def _named_day(phrase: str, base: date) -> str:
    found = _stated(phrase, "day", "month")
    return f"{found.year or base.year:04}-{found.month:02}-{found.day:02}"


def _named_month(phrase: str, base: date) -> str:
    found = _stated(phrase, "month")
    return f"{found.year or base.year:04}-{found.month:02}"


def _more_than_a_month_ago_in(phrase: str, base: date) -> str:
    _needs(phrase, _OVER_A_MONTH, '"more than a month" or "over a month"')
    month = parse(_named_month(phrase, base))
    year, before = (base.year, base.month - 1) if base.month > 1 else (base.year - 1, 12)
    month_ago = date(year, before, min(base.day, monthrange(year, before)[1]))
    last = min(month.latest, month_ago - timedelta(days=1))
    if last < month.earliest:
        raise DateError(
            f"no day of {month.text} is more than a month before {base}; name the year or the date"
        )
    return _one_of(month.earliest, last)


def _over_a_month(phrase: str, base: date) -> str:
    _needs(phrase, _OVER_A_MONTH, '"more than a month" or "over a month"')
    return f"../{base}"


def _today(phrase: str, base: date) -> str:
    _needs(phrase, "today", '"today"')
    return str(base)


def _yesterday(phrase: str, base: date) -> str:
    _needs(phrase, "yesterday", '"yesterday"')
    return str(base - timedelta(days=1))


def _this_week(phrase: str, base: date) -> str:
    _needs(phrase, r"this\s+week", '"this week"')
    return _one_of(base - timedelta(days=base.weekday()), base)


_RESOLVERS: dict[str, Callable[[str, date], str]] = {
    "exact-date": _exact_date,
    "named-day": _named_day,
    "named-month": _named_month,
    "more-than-a-month-ago-in": _more_than_a_month_ago_in,
    "over-a-month": _over_a_month,
    "today": _today,
    "yesterday": _yesterday,
    "this-week": _this_week,
    "by-publication": lambda phrase, base: f"../{base}",
    "at-publication": lambda phrase, base: str(base),
    "from-publication": lambda phrase, base: f"{base}/..",
    "since-named-month": lambda phrase, base: f"{_named_month(phrase, base)}/{base}",
}


def resolved(rule: str, phrase: str, base: date) -> str:
    """The EDTF text that a rule (one of ``RULES``) makes of a source's phrase and its base date.

    Raises DateError for an unknown rule, or where the phrase does not hold what the rule needs.
    """
    if rule not in _RESOLVERS:
        raise DateError(f"there is no rule {rule!r}; name one of: {', '.join(RULES)}")
    try:
        return parse(_RESOLVERS[rule](phrase, base)).text
    except DateError as problem:
        raise DateError(f"rule {rule!r}, phrase {phrase!r}: {problem}") from None
