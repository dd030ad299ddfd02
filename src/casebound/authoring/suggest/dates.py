"""Dates: the words of a clause that date it, and the rule by which they do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casebound.checks.dating import DIRECTIONS, base_of
from casebound.facts.dates.edtf import DateError, When, parse
from casebound.facts.dates.locales import DEFAULT
from casebound.facts.dates.mentions import Mention, dates_in
from casebound.facts.dates.phrases import RULES, fitting, resolved
from casebound.facts.dates.said import Said
from casebound.facts.ledger.casefile import Casefile
from casebound.facts.records.models import Source

_LEAD = re.compile(
    r"(?:\b(?:(?:early|late|mid|the (?:beginning|start|end) of)[\s-]+(?:in\s+)?|(?:more than|over) a month ago in\s|"
    r"(?:in )?the week of\s|(?:on|in|until|till|through|by|since|from|to|between|last|next|this)\s))+\Z",
    re.IGNORECASE,
)
_NOT_ITS_OWN = re.compile(
    r"(?<!end )(?<!start )(?<!beginning )(?<!week )(?<!hours )\b(?:of|dated|for)\s+(?:the\s+)?\Z", re.IGNORECASE
)  # the outage of 11 October
_TIME_OF_DAY = re.compile(r"\s+(?:morning|afternoon|evening|night)\b")
_JOINED = re.compile(r"\s*(?:and|to|or|until|[-–—])\s*")
_RELATIVE = ("over-a-month", "today", "yesterday", "tomorrow", "overnight", "this-week", "period")
_AGO = re.compile(r"\b(?:\w+|[0-9]+)\s+(?:hour|day|week|month|year)s?\s+(?:ago|from now)\b", re.IGNORECASE)
_FROM_NOW = re.compile(r"\bfrom\s+(?:now\s+on|today)\b", re.IGNORECASE)
_SOFT = re.compile(r"(?:(?:earlier|later|late|early)\s+)\Z", re.IGNORECASE)
_SINCE = re.compile(
    r"\bsince\s+(?:the\s+(?:start|beginning)\s+of\s+)?(?:the|this|that|its)\s+(?:[\w-]+\s+)?"
    r"(?:attack|incident|breach|intrusion|outage)\b|\bsince\s+it\s+began\b",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"\b(?:until|till|through|by)\b", re.IGNORECASE)
_LOOSE = re.compile(r"(?:this|next) year\Z", re.IGNORECASE)  # says how long something is open, not when it is so
Phrase = tuple[int, str, tuple[str, ...]]  # where it stands, its words, and the rules to try


def event_of(case: Casefile) -> tuple[str, When] | None:
    """Return the first fact that opens the first phase, and its date: *since the attack* counts from it."""
    opening = next(iter(case.terms.phases), "")
    found = next((entry.record for entry in case.facts.values() if entry.record.opens == opening), None)
    return (found.id, parse(found.when)) if found and found.dated.rule != "by-publication" else None


def dated(words: str, status: str, source: Source, event: tuple[str, When] | None) -> tuple[str, dict[str, str]]:
    """Return when a clause says that something happened, in EDTF, and how: rule, phrase, base, event.

    Words that no rule reads date nothing; then it is the day of publication, or any before it for what was done.
    """
    base = base_of(source.issued)
    direction = DIRECTIONS.get(status, "either")
    phrases = sorted(_phrases(words, status, source.language), key=lambda found: (found[0], -len(found[1])))
    for _, phrase, rules in phrases:
        counts = "since-event" in rules
        said = Said(phrase, parse(base), direction, event[1] if event and counts else None, source.language or DEFAULT)
        for rule in rules or (rule for rule, _ in fitting(said)):
            try:
                dates = resolved(rule, said)
            except DateError:
                continue
            lasts = rule == "through" and status == "under way"  # it may end later than the source was issued
            when = [each for each in dates if each.startswith("../")][-1] if lasts else dates[0]
            named = {"event": event[0]} if event and counts else {}
            return when, {"rule": rule, "phrase": phrase, "base": base, **named}
    rule = "by-publication" if status == "done" else "at-publication"
    return resolved(rule, Said("", parse(base)))[0], {"rule": rule, "base": base}


def has_date(words: str, language: str | None) -> bool:
    """Tell whether a clause holds words that may date it."""
    return any(True for _ in _phrases(words, "done", language))


def _phrases(words: str, status: str, language: str | None) -> Iterator[Phrase]:
    mentions = [m for m in dates_in(words, language) if not _NOT_ITS_OWN.search(words[: m.start])]
    if status == "under way":
        yield from ((match.start(), match[0], ("since-event",)) for match in _SINCE.finditer(words))
    for i, found in enumerate(mentions):
        lead = _LEAD.search(words[: found.start])
        start, end = lead.start() if lead else found.start, found.end
        after = mentions[i + 1] if i + 1 < len(mentions) else None
        if after and _JOINED.fullmatch(words[end : after.start]) and (lead or found.month):
            yield start, words[start : after.end], ("between",)
        if found.weekday and not found.day and (part := _TIME_OF_DAY.match(words, end)):
            end = part.end()
        yield start, words[start:end], _rules(words[start : found.start].lower(), found, status)
    for rule in _RELATIVE:
        for match in re.finditer(rf"\b(?:{RULES[rule].pattern})(?!\w)", words, re.IGNORECASE):
            if words[match.end() : match.end() + 1] in ("'", "’") or _LOOSE.match(match[0]):
                continue
            begins = match.end() - len(match[0].lstrip())
            soft = _SOFT.search(words[:begins])
            start = soft.start() if soft else begins
            yield start, words[start : match.end()], (rule,)
    for match in _AGO.finditer(words):
        yield match.start(), match[0], ("counted",)
    for match in _FROM_NOW.finditer(words):
        yield match.start() - 1, match[0], ("from-publication",)


def _rules(lead: str, mention: Mention, status: str) -> tuple[str, ...]:
    """Return the rules that may read a mention behind these words, the likeliest first."""
    if mention.day:
        plain = ("exact-date", "named-day") if mention.year else ("named-day",)
    elif mention.weekday:
        plain = ("weekday",)
    else:
        plain = ("named-month",) if mention.month else ("named-year",)
    if "week of" in lead:
        return ("named-week",)
    if "ago in" in lead:
        return ("more-than-a-month-ago-in",)
    if re.search("early|late|mid|beginning|start|end", lead) and mention.month:
        return ("part-of-month", *plain)
    if "since" in lead or (lead.startswith("from") and status == "under way"):
        return ("from-named-day",) if mention.day or mention.weekday else ("since-named-month",)
    if _UNTIL.search(lead) and status in ("done", "under way"):
        return ("through", *plain)
    return plain
