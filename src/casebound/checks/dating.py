"""Dating: that every date of a fact is what its rule makes of its source's words, and fits its status."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import tzinfo
from zoneinfo import ZoneInfo

from casebound.facts.dates import edtf, phrases
from casebound.facts.dates.edtf import DateError, When
from casebound.facts.dates.said import Said
from casebound.facts.ledger.casefile import Casefile
from casebound.facts.ledger.holding import language_of, prose_language
from casebound.facts.problems import Problem, unknown
from casebound.facts.records.models import Fact, Source
from casebound.facts.text.claims import stands_in

# The rules of `casebound.facts.dates.phrases`, the source's own stamp, and a date that a person names with a reason.
RULES = (*phrases.RULES, "stamp", "person")
# On which side of its base a fact of a status lies; one of any other status may lie on either.
DIRECTIONS = {"done": "past", "under way": "lasting", "planned": "future", "expected": "future"}
_SIDES = {"past": "not after", "lasting": "not after", "future": "not before"}
_BY_PERSON = "date it with `rule: person` and a `reason`"
Wrong = tuple[str, ...]  # the code of the check, what is wrong, the fix, and the field


def problems_of(case: Casefile) -> Iterator[Problem]:
    """`when` is what the rule makes of the source's words, which stand in the evidence, and fits the status."""
    fallen, zone = case.fallen(), ZoneInfo(case.case.timezone)  # nothing dates a fact whose sources are gone
    for entry in (entry for name, entry in case.facts.items() if name not in fallen):
        fact, dated = entry.record, entry.record.dated
        sources = [case.sources[piece.source].record for piece in fact.supporting if piece.source in case.sources]
        if any(piece.source in case.left_out for piece in fact.evidence):
            continue  # its bases are not known
        for code, what, fix, *place in (*_of_rule(case, fact), *_of_status(fact, sources, zone)):
            yield entry.problem(what, fix, *place, code=code)
        texts = [text for piece in fact.supporting for text in piece.texts]
        if dated.phrase and not any(stands_in(dated.phrase, text) for text in texts):
            what = f"the phrase “{dated.phrase}” stands in none of the evidence of the fact"
            fix = "give the words that date the fact (… joins two pieces of a quotation), or correct the phrase"
            yield entry.problem(what, fix, "dated", "phrase", code="CB303")


def _of_rule(case: Casefile, fact: Fact) -> Iterator[Wrong]:
    """Yield what is wrong with a date and its rule."""
    dated = fact.dated
    sources = [case.sources[piece.source].record for piece in fact.evidence if piece.source in case.sources]
    stamps = list(dict.fromkeys(stamp for source in sources for stamp in (source.issued, source.available)))
    bases = list(dict.fromkeys(map(base_of, stamps)))
    if dated.base and dated.base not in (*bases, *stamps):
        what = f"no source of the fact was issued or updated on its base, {dated.base}"
        yield "CB301", what, f"write base: {' or '.join(bases)}", "dated", "base"
    elif dated.event and dated.event not in case.facts:
        yield "CB006", *unknown("fact", dated.event, case.facts), "dated", "event"
    elif _leads_back(case, fact.id):
        what = f"'{fact.id}' is dated by '{dated.event}', which is dated by it in turn"
        yield "CB301", what, "date one of the two in another way", "dated", "event"
    elif dated.rule == "person":
        if not dated.reason:
            what = "a person names the date, but gives no reason"
            yield "CB301", what, "say in `dated.reason` why it is this date", "dated"
    elif dated.rule == "stamp":
        if fact.when not in stamps:
            what = f"when is {fact.when}, but the rule 'stamp' gives {' or '.join(stamps)}"
            yield "CB302", what, "correct `when`, or name the rule that was followed", "when"
    else:
        yield from _of_words(_said(case, fact), fact)


def base_of(stamp: str) -> str:
    """Return the base that a stamp gives: its day, the last of several days, or its month or year without its doubt."""
    when = edtf.parse(stamp)
    return str(when.latest) if when.has_day and when.latest else stamp.rstrip("~?%")


def _direction(fact: Fact) -> str:
    """Return on which side of its base a fact lies; a plan with a `forecast` may be dated by the day it was told."""
    direction = DIRECTIONS.get(fact.status, "either")
    return "either" if fact.dated.reason or (fact.forecast and direction == "future") else direction


def _said(case: Casefile, fact: Fact) -> Said:
    """Return what the fact's rule reads."""
    dated, event = fact.dated, case.facts[fact.dated.event].record if fact.dated.event else None
    date = edtf.parse(event.when) if event else None
    return Said(
        dated.phrase or "",
        edtf.parse(dated.base) if dated.base else None,
        _direction(fact),
        edtf.up_to(date) if event and date and event.dated.rule == "by-publication" else date,
        _language(case, fact),
    )


def _language(case: Casefile, fact: Fact) -> str:
    """Return the language of the words that date a fact: that of the source which prints them, otherwise ours."""
    printed = [(piece, text) for piece in fact.supporting for text in (piece.quote, piece.figure_as_printed) if text]
    phrase = fact.dated.phrase or ""
    return next((language_of(case, piece) for piece, text in printed if stands_in(phrase, text)), prose_language(case))


def _of_words(said: Said, fact: Fact) -> Iterator[Wrong]:
    """Yield that `when` is not what the rule makes of the words, with the rule that fits them, if one does."""
    rule, problem, expected = fact.dated.rule, "", []
    try:
        expected = phrases.resolved(rule, said)
        problem = f"when is {fact.when}, but the rule '{rule}' gives {' or '.join(expected)}"
    except DateError as error:
        problem = str(error)
    if fact.when not in expected:
        yield "CB302" if expected else "CB301", problem, _fix(said, fact, bool(expected)), "when"


def _fix(said: Said, fact: Fact, is_read: bool) -> str:
    """Return the fix of a date that differs from what its rule reads, or that its rule cannot read."""
    rule = fact.dated.rule
    others = [(other, dates) for other, dates in phrases.fitting(said) if other != rule]
    right = [(other, [fact.when]) for other, dates in others if fact.when in dates]
    if right or (others and not is_read):
        other, dates = (right or others)[0]
        return (
            f"the rule '{other}' gives {' or '.join(dates)}; name it, or {'correct `when`' if is_read else _BY_PERSON}"
        )
    if not is_read:
        return f"quote the words that date the fact, or {_BY_PERSON}"
    if fact.when in phrases.resolved(rule, replace(said, direction="either")):
        side = _SIDES[said.direction]
        return f"a date that is '{fact.status}' lies {side} its base: correct `when` or `status`, or add `dated.reason`"
    return "correct `when`, or name the rule that was followed"


def _of_status(fact: Fact, sources: list[Source], zone: tzinfo) -> Iterator[Wrong]:
    """Yield that something done lies after all of its sources, or something planned before them."""
    direction, when = _direction(fact), edtf.parse(fact.when)
    if direction in ("past", "lasting"):
        stamps = [stamp for source in sources for stamp in _stamps(source.available, zone)]
        wrong = bool(stamps) and all(edtf.is_before(stamp, when) for stamp in stamps)
        side = "after each of its sources could be read"
    else:
        stamps = [stamp for source in sources for stamp in _stamps(source.issued, zone)]
        wrong = bool(stamps) and direction == "future" and all(edtf.is_before(when, stamp) for stamp in stamps)
        side = "before each of its sources was issued"
    if wrong:
        what = f"it is '{fact.status}', but {edtf.readable(when)} lies {side}"
        yield "CB304", what, "correct `when` or `status`, or say in `dated.reason` why it is so", "when"


def _stamps(text: str, zone: tzinfo) -> list[When]:
    """Return a stamp in its own offset and in the case's time zone: either may give the day that is meant."""
    stamp = edtf.parse(text)
    return [stamp, edtf.parse(stamp.moment.astimezone(zone).isoformat())] if stamp.moment else [stamp]


def _leads_back(case: Casefile, fact: str) -> bool:
    """Tell whether following the events by which facts are dated comes back to a fact already met."""
    met = set()
    while fact in case.facts and fact not in met:
        met.add(fact)
        fact = case.facts[fact].record.dated.event or ""
    return fact in met
