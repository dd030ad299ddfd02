"""Phrases: the words of a source that date a fact, and the rules by which a person made a date of them."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from casebound.facts.dates.edtf import DateError, parse
from casebound.facts.dates.mentions import Mention, dates_in

_DAY = timedelta(days=1)
_OVER_A_MONTH = (r"(?:more\s+than|over)\s+(?:a|one)\s+month", '"more than a month" or "over a month"')
_NEEDED = {  # the words without which a rule does not fit, and how a message names them
    "named-week": ("week", '"week"'),
    "more-than-a-month-ago-in": _OVER_A_MONTH,
    "over-a-month": _OVER_A_MONTH,
    "today": ("today", '"today"'),
    "yesterday": ("yesterday", '"yesterday"'),
    "this-week": (r"this\s+week", '"this week"'),
}


def _stated(phrase: str, *parts: str) -> Mention:
    # "in " lets a phrase that is a month name only ("May") count as the month that it is.
    mentions = [m for m in dates_in(f"in {phrase}") if all(getattr(m, part) for part in parts)]
    if not mentions:
        raise DateError(f"the phrase holds no {' and '.join(parts)}; quote the words that do")
    if len({(m.day, m.month, m.year) for m in mentions}) > 1:
        raise DateError("the phrase holds more than one date; quote only the words of the one meant")
    return mentions[0]


def _one_of(first: date, last: date) -> str:
    return str(first) if first == last else f"[{first}..{last}]"


def _named_day(phrase: str, base: date, *more: str) -> str:
    mention = _stated(phrase, "day", "month", *more)
    return f"{mention.year or base.year:04}-{mention.month:02}-{mention.day:02}"


def _named_month(phrase: str, base: date) -> str:
    mention = _stated(phrase, "month")
    return f"{mention.year or base.year:04}-{mention.month:02}"


def _named_week(phrase: str, base: date) -> str:
    first = date.fromisoformat(_named_day(phrase, base))
    return _one_of(first, first + (6 - first.weekday()) * _DAY)


def _more_than_a_month_before(base: date) -> date:
    year, month = (base.year, base.month - 1) if base.month > 1 else (base.year - 1, 12)
    return date(year, month, min(base.day, monthrange(year, month)[1])) - _DAY


def _more_than_a_month_ago_in(phrase: str, base: date) -> str:
    month = _named_month(phrase, base)
    first = date.fromisoformat(f"{month}-01")
    last = min(first.replace(day=monthrange(first.year, first.month)[1]), _more_than_a_month_before(base))
    if last < first:
        raise DateError(f"no day of {month} is more than a month before {base}; name the year or the date")
    return _one_of(first, last)


RULES: dict[str, Callable[[str, date], str]] = {  # data/README.md explains each
    "exact-date": lambda phrase, base: _named_day(phrase, base, "year"),
    "named-day": _named_day,
    "from-named-day": lambda phrase, base: f"{_named_day(phrase, base)}/..",
    "named-week": _named_week,
    "named-month": _named_month,
    "more-than-a-month-ago-in": _more_than_a_month_ago_in,
    "over-a-month": lambda phrase, base: f"[..{_more_than_a_month_before(base)}]",
    "today": lambda phrase, base: str(base),
    "yesterday": lambda phrase, base: str(base - _DAY),
    "this-week": lambda phrase, base: _one_of(base - base.weekday() * _DAY, base),
    "by-publication": lambda phrase, base: f"../{base}",
    "at-publication": lambda phrase, base: str(base),
    "from-publication": lambda phrase, base: f"{base}/..",
    "since-named-month": lambda phrase, base: f"{_named_month(phrase, base)}/{base}",
}


def resolved(rule: str, phrase: str, base: date) -> str:
    """The EDTF text that a rule (one of ``RULES``) makes of a source's phrase and its base date.

    Raises DateError for an unknown rule, or where the phrase does not hold what the rule needs.
    """
    if rule not in RULES:
        raise DateError(f"there is no rule {rule!r}; name one of: {', '.join(RULES)}")
    pattern, words = _NEEDED.get(rule, ("", ""))
    try:
        if pattern and not re.search(rf"\b(?:{pattern})\b", phrase, re.IGNORECASE):
            raise DateError(f"the phrase does not hold the words {words}; quote them or name another rule")
        return parse(RULES[rule](phrase, base)).text
    except DateError as problem:
        raise DateError(f"rule {rule!r}, phrase {phrase!r}: {problem}") from None
