"""Dates: the words of a clause that date it, and the rule by which they do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casebound.checks.dating import DIRECTIONS, base_of
from casebound.facts.dates.edtf import DateError, parse
from casebound.facts.dates.mentions import Mention, dates_in
from casebound.facts.dates.phrases import RULES, fitting, resolved
from casebound.facts.dates.said import Said
from casebound.facts.records.models import Source

_LEAD = re.compile(
    r"(?:\b(?:(?:early|late|mid|the (?:beginning|start|end) of)[\s-]+(?:in\s+)?|(?:more than|over) a month ago in\s|"
    r"(?:in )?the week of\s|on\s|in\s|until\s|till\s|through\s|by\s|since\s|from\s|to\s|between\s|last\s|next\s|this\s))+\Z",
    re.IGNORECASE,
)
_NOT_ITS_OWN = re.compile(r"\b(?:of|dated|for)\s+(?:the\s+)?\Z", re.IGNORECASE)  # the outage of 11 October
_TIME_OF_DAY = re.compile(r"\s+(?:morning|afternoon|evening|night)\b")
_JOINED = re.compile(r"\s*(?:and|to|or|until|[-–—])\s*")
_RELATIVE = ("over-a-month", "today", "yesterday", "tomorrow", "overnight", "this-week", "period")
_AGO = re.compile(r"\b(?:\w+|[0-9]+)\s+(?:hour|day|week|month|year)s?\s+(?:ago|from now)\b", re.IGNORECASE)
_FROM_NOW = re.compile(r"\bfrom\s+(?:now\s+on|today)\b", re.IGNORECASE)
_SOFT = re.compile(r"(?:(?:earlier|later|late|early)\s+)\Z", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:until|till|through|by)\b", re.IGNORECASE)
Phrase = tuple[int, str, tuple[str, ...]]  # where it stands, its words, and the rules to try


def dated(words: str, status: str, source: Source) -> tuple[str, dict[str, str]]:
    """Return when a clause says that something happened, in EDTF, and how: rule, phrase, base.

    Words that no rule reads date nothing; then it is the day of publication, or any before it for what was done.
    """
    base = base_of(source.issued)
    direction = DIRECTIONS.get(status, "either")
    for _, phrase, rules in sorted(_phrases(words, status, source.language)):
        said = Said(phrase, parse(base), direction, language=source.language or "en-GB")
        for rule in rules or (rule for rule, _ in fitting(said)):
            try:
                when = resolved(rule, said)[0]
            except (DateError, IndexError):
                continue
            return when, {"rule": rule, "phrase": phrase, "base": base}
    rule = "by-publication" if status == "done" else "at-publication"
    return resolved(rule, Said("", parse(base)))[0], {"rule": rule, "base": base}


def has_date(words: str, language: str | None) -> bool:
    """Tell whether a clause holds words that may date it."""
    return any(True for _ in _phrases(words, "done", language))


def _phrases(words: str, status: str, language: str | None) -> Iterator[Phrase]:
    mentions = [m for m in dates_in(words, language) if not _NOT_ITS_OWN.search(words[: m.start])]
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
            soft = _SOFT.search(words[: match.start()])
            yield match.start(), words[soft.start() if soft else match.start() : match.end()], (rule,)
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
