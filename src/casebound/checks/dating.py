"""Dating: that every date of a fact is what its rule makes of its source's words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date

from casebound.facts.dates import edtf, phrases
from casebound.facts.dates.edtf import DateError, When
from casebound.facts.ledger.casefile import Casefile, Entry
from casebound.facts.problems import Problem, did_you_mean
from casebound.facts.records.models import Fact
from casebound.facts.text.claims import stands_in

# The rules of `casebound.facts.dates.phrases`, and those that start from a stamp or from another fact.
RULES = {
    **phrases.RULES,
    "stamp": "The source's own stamp of issue or update.",
    "with-event": "On the day of another fact, to which the phrase ties it.",
    "since-event": "A state from the month of another fact until the base.",
}


def problems_of(case: Casefile) -> Iterator[Problem]:
    """`when` is what the rule makes of the source's words, and these words stand in a quotation."""
    fallen = case.fallen()  # nothing dates a fact whose sources are gone
    for entry in (entry for name, entry in case.facts.items() if name not in fallen):
        fact, dated = entry.record, entry.record.dated
        try:
            edtf.parse(fact.when)
            expected = _resolved(case, entry)
        except DateError as error:
            yield entry.problem(str(error), "see data/README.md, dates", "when")
            continue
        if expected is not None and fact.when not in expected:
            what = f"when is {fact.when}, but the rule '{dated.rule}' gives {' or '.join(expected)}"
            yield entry.problem(what, "correct `when`, or name the rule that was followed", "when")
        words = [text for piece in fact.supporting for text in piece.texts]
        if dated.phrase and not any(stands_in(dated.phrase, text) for text in words):
            fix = "give the words that date the fact (… joins two pieces of a quotation), or correct the phrase"
            yield entry.problem(
                f"the phrase “{dated.phrase}” stands in none of the evidence of the fact", fix, "dated", "phrase"
            )


def _resolved(case: Casefile, entry: Entry[Fact]) -> list[str] | None:
    """Return what `when` may be by its rule; raise DateError where the rule cannot be followed."""
    dated = entry.record.dated
    sources = [case.sources[e.source].record for e in entry.record.evidence if e.source in case.sources]
    stamps = [stamp for source in sources for stamp in (source.issued, source.available)]
    if dated.base is not None and edtf.parse(dated.base).latest not in _days(stamps):
        raise DateError(f"the base {dated.base} is no day on which a source of the fact was issued or updated")
    if dated.rule == "stamp":
        return stamps
    if dated.rule in ("with-event", "since-event"):
        return [_from_event(case, entry)]
    if dated.base is None:
        raise DateError("the rule needs a base: the day from which the source speaks")
    return [phrases.resolved(dated.rule, dated.phrase or "", edtf.parse(dated.base).latest)]


def _days(stamps: list[str]) -> set[date]:
    """Return the days of the stamps that can be read; the others are the source's own problem."""
    days = set()
    for stamp in stamps:
        with suppress(DateError):
            days.add(edtf.parse(stamp).latest)
    return days


def _leads_back(case: Casefile, fact: str) -> bool:
    """Tell whether following the events by which facts are dated comes back to a fact already met."""
    met = set()
    while fact in case.facts and fact not in met:
        met.add(fact)
        fact = case.facts[fact].record.dated.event or ""
    return fact in met


def _from_event(case: Casefile, entry: Entry[Fact]) -> str:
    dated = entry.record.dated
    if not dated.phrase:
        raise DateError(f"the rule '{dated.rule}' needs the phrase that ties the fact to the event")
    if dated.event not in case.facts:
        raise DateError(f"no fact '{dated.event}' to date it by; {did_you_mean(dated.event or '', case.facts)}")
    if _leads_back(case, entry.record.id):
        raise DateError(f"'{entry.record.id}' is dated by '{dated.event}', which is dated by it in turn")
    if dated.rule == "since-event" and dated.base is None:
        raise DateError("the rule needs a base: the day from which the source speaks")
    event: When = edtf.parse(case.facts[dated.event].record.when)
    if dated.rule == "with-event":
        return event.text
    start = event.start
    if start.earliest is None or start.latest is None or start.earliest.replace(day=1) != start.latest.replace(day=1):
        raise DateError(f"'{dated.event}' lies in no single month; date the fact in another way")
    return f"{start.earliest:%Y-%m}/{dated.base}"
