"""Phrases: the rules by which a person made a date of a source's words, to be worked out again.

No rule is found by a program: a library that parses dates (dateparser) gives *early September* no date, *last week* a
single day, and *Friday, 26 September* a Thursday of another year.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from casebound.facts.dates import reckoning
from casebound.facts.dates.edtf import DateError, When, parse
from casebound.facts.dates.said import DAY, Said, choice, meant, mention, point, points


def _named_day(said: Said) -> list[str]:
    return point(said, said.direction, "day", "month")


def _weekday(said: Said) -> list[str]:
    mention(said, "weekday")
    return _named_day(said)


def _through(said: Said) -> Iterator[str]:
    for end in point(said, said.end_direction, "month"):
        if re.search(r"\bby\b", said.phrase, re.IGNORECASE):  # some day up to that one, not all of them
            yield f"[..{end}]"
            continue
        yield f"../{end}"
        for start in (said.event.text if said.event else "", said.issue if said.base else ""):
            if start and not re.search(r"[\[/]", start) and start[: len(end)] <= end:
                yield f"{start}/{end}"


def _between(said: Said) -> Iterator[str]:
    ends = points(said, "month")
    if len(ends) != 2:
        raise DateError("the phrase does not hold two dates")
    for last in meant(ends[1], said, said.end_direction):
        first = meant(ends[0], replace(said, base=parse(last)), "past")[-1]
        yield from [f"[{first},{last}]"] if " or " in said.phrase else [f"[{first}..{last}]", f"{first}/{last}"]


def _named_week(said: Said) -> Iterator[str]:
    for first in map(date.fromisoformat, _named_day(said)):
        yield choice(first, first + (6 - first.weekday()) * DAY)


def _named_month(said: Said) -> list[str]:
    return meant(replace(mention(said, "month"), day=None), said, said.direction)


def _part_of_month(said: Said) -> Iterator[str]:
    if mention(said, "month").day:  # the early hours of 19 March
        raise DateError("the phrase names a day of the month; name the rule that reads it")
    found = re.search(_PARTS, said.phrase, re.IGNORECASE)
    part = found[0].lower() if found else ""
    days = ("01", "10") if part in ("early", "beginning", "start") else ("11", "20") if part.startswith("mid") else None
    for month in _named_month(said):
        first, last = days or ("21", f"{parse(month).latest:%d}")
        yield f"[{month}-{first}..{month}-{last}]"


def _over_a_month(said: Said) -> str:
    return f"[..{reckoning.more_than_a_month_before(said.last)}]"


def _more_than_a_month_ago_in(said: Said) -> str:
    month, limit = parse(_named_month(replace(said, direction="past"))[0]), parse(_over_a_month(said)).latest
    if not (limit and month.earliest and month.latest) or month.earliest > limit:
        raise DateError(f"no day of {month.text} is more than a month before {said.last}; name the year or the date")
    return choice(month.earliest, min(month.latest, limit))


def _event(said: Said) -> When:
    if said.event is None:
        raise DateError("the rule needs an `event`: the fact that dates this one")
    return said.event


def _since_event(said: Said) -> str:
    event = _event(said).start
    if not event.earliest or not event.latest or event.earliest.replace(day=1) != event.latest.replace(day=1):
        raise DateError("the event lies in no single month; date the fact in another way")
    return f"{event.earliest:%Y-%m}/{said.issue}"


@dataclass(frozen=True)
class Rule:
    """How a rule reads what is said, the words without which it does not fit, and what else it needs."""

    read: Callable[[Said], str | Iterable[str]]
    pattern: str = ""
    words: str = ""
    needs: str = "phrase base"
    moving: str = ""  # those words of `_MOVING` that it reads


# Words that move a date, or leave open which is meant; a rule that does not read them does not fit
_MOVING = re.compile(
    r"\b(?:before|after|ago|next|last|following|previous|preceding|prior|earlier|later|days?|weeks?|fortnights?|months?|"
    r"years?|decades?|weekends?|end|every|each|some|not)\b",
    re.IGNORECASE,
)
_PARTS = "early|mid|late|beginning|start|middle|end"
_YEAR = "last next year"
_PERIODS = "last next previous earlier later week month year"
_MONTH_AGO = (r"(?:more\s+than|over)\s+(?:a|one)\s+month", '"more than a month" or "over a month"')
RULES = {  # data/README.md explains each; a message proposes the first that fits
    "weekday": Rule(_weekday, moving="last next"),
    "named-week": Rule(_named_week, "week", '"week"', moving="week"),
    "part-of-month": Rule(_part_of_month, _PARTS, '"early", "mid" or "late"', moving=_YEAR + " end"),
    "more-than-a-month-ago-in": Rule(_more_than_a_month_ago_in, *_MONTH_AGO),
    "over-a-month": Rule(_over_a_month, *_MONTH_AGO),
    "today": Rule(
        reckoning.shifted(0, 0),
        r"today|tonight|this\s+(?:morning|afternoon|evening)",
        '"today" or "tonight"',
        moving="earlier later",
    ),
    "yesterday": Rule(
        reckoning.shifted(-1, -1), r"yesterday|last\s+night", '"yesterday" or "last night"', moving="last earlier"
    ),
    "tomorrow": Rule(reckoning.shifted(1, 1), "tomorrow", '"tomorrow"'),
    "overnight": Rule(
        reckoning.shifted(-1, 0),
        r"overnight|last\s+night|(?:early|small)\s+hours(?!\s+of)",
        '"overnight", "last night" or "early hours"',
        moving="last",
    ),
    "weekend": Rule(reckoning.weekend, "weekend", '"weekend"', moving="last next weekend"),
    "this-week": Rule(reckoning.period, r"this\s+week", '"this week"', moving="earlier later week"),
    "period": Rule(reckoning.period, reckoning.PERIOD, 'of a period, such as "last month"', moving=_PERIODS),
    "quarter": Rule(reckoning.quarter, reckoning.QUARTER, 'of a quarter, such as "third quarter"', moving=_YEAR),
    "counted": Rule(reckoning.counted, needs="phrase"),
    "through": Rule(_through, "through|until|till|to|by", '"through", "until", "to" or "by"', moving=_YEAR + " end"),
    "between": Rule(_between, moving=_YEAR),
    "exact-date": Rule(lambda said: meant(mention(said, "day", "month", "year"), said, "")),
    "named-day": Rule(_named_day, moving=_YEAR),
    "named-month": Rule(_named_month, moving=_YEAR),
    "named-year": Rule(lambda said: f"{mention(said, 'year').year:04}"),
    "from-named-day": Rule(
        lambda said: (f"{start}/.." for start in point(said, said.direction, "month")), moving=_YEAR
    ),
    "since-named-month": Rule(lambda said: (f"{month}/{said.issue}" for month in _named_month(said))),
    "with-event": Rule(lambda said: _event(said).text, needs="phrase"),
    "since-event": Rule(_since_event),
    "by-publication": Rule(lambda said: f"../{said.issue}", needs="base"),
    "at-publication": Rule(lambda said: said.issue, needs="base"),
    "from-publication": Rule(lambda said: f"{said.issue}/..", needs="base"),
}

# Rules that read such words themselves, or whose phrase is no date
_FREE = ("counted", "more-than-a-month-ago-in", "over-a-month", "since-named-month", "with-event", "since-event",
         "by-publication", "at-publication", "from-publication")  # fmt: skip


def resolved(rule: str, said: Said) -> list[str]:
    """Return the EDTF texts that a rule (one of ``RULES``) admits for what is said.

    Raises DateError for an unknown rule, or where phrase, base or event is not what the rule needs.
    """
    if rule not in RULES:
        raise DateError(f"there is no rule {rule!r}; name one of: {', '.join(RULES)}")
    known = RULES[rule]
    try:
        if "phrase" in known.needs and not said.phrase:
            raise DateError("the rule needs the phrase that dates the fact")
        if "base" in known.needs and not said.base:
            raise DateError("the rule needs a base: the day from which the source speaks")
        if known.pattern and not re.search(rf"\b(?:{known.pattern})(?!\w)", said.phrase, re.IGNORECASE):
            raise DateError(f"the phrase does not hold the words {known.words}; quote them or name another rule")
        read = known.read(said)
        dates = list(dict.fromkeys(parse(text).text for text in ([read] if isinstance(read, str) else read)))
        moving = [word for word in _MOVING.findall(said.phrase) if word.lower() not in known.moving.split()]
        if moving and rule not in _FREE:
            raise DateError(f"the rule does not read “{moving[0]}”; quote fewer words, or name a rule that does")
        return dates
    except DateError as problem:
        raise DateError(f"rule {rule!r}, phrase {said.phrase!r}: {problem}") from None


def fitting(said: Said) -> Iterator[tuple[str, list[str]]]:
    """Yield each rule that can read the phrase, with the dates that it admits."""
    for rule in (rule for rule, known in RULES.items() if "phrase" in known.needs and "event" not in rule):
        try:
            yield rule, resolved(rule, said)
        except DateError:
            continue
