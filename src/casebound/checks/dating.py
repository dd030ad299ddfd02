"""Dating: that every date of a fact is what its rule makes of its source's words."""

from __future__ import annotations

from collections.abc import Iterator

from casebound.facts.dates import edtf, phrases
from casebound.facts.dates.edtf import DateError, When
from casebound.facts.ledger.casefile import Casefile
from casebound.facts.problems import Problem, unknown
from casebound.facts.records.models import Fact
from casebound.facts.text.claims import stands_in

# The rules of `casebound.facts.dates.phrases`, and those that start from a stamp or from another fact.
RULES = (*phrases.RULES, "stamp", "with-event", "since-event")


def problems_of(case: Casefile) -> Iterator[Problem]:
    """`when` is what the rule makes of the source's words, and these words stand in the evidence."""
    fallen = case.fallen()  # nothing dates a fact whose sources are gone
    for entry in (entry for name, entry in case.facts.items() if name not in fallen):
        fact, dated = entry.record, entry.record.dated
        try:
            expected = _resolved(case, fact)
        except DateError as error:
            yield entry.problem(str(error), "see data/README.md, dates", "when")
            continue
        if fact.when not in expected:
            what = f"when is {fact.when}, but the rule '{dated.rule}' gives {' or '.join(expected)}"
            yield entry.problem(what, "correct `when`, or name the rule that was followed", "when")
        texts = [text for piece in fact.supporting for text in piece.texts]
        if dated.phrase and not any(stands_in(dated.phrase, text) for text in texts):
            what = f"the phrase “{dated.phrase}” stands in none of the evidence of the fact"
            fix = "give the words that date the fact (… joins two pieces of a quotation), or correct the phrase"
            yield entry.problem(what, fix, "dated", "phrase")


def _resolved(case: Casefile, fact: Fact) -> list[str]:
    """Return what `when` may be by its rule; raise DateError if the rule cannot be followed."""
    dated = fact.dated
    sources = [case.sources[piece.source].record for piece in fact.evidence if piece.source in case.sources]
    stamps = [stamp for source in sources for stamp in (source.issued, source.available)]
    base = edtf.parse(dated.base).latest if dated.base else None
    if dated.base and base not in {edtf.parse(stamp).latest for stamp in stamps}:
        raise DateError(f"no source of the fact was issued or updated on its base, {dated.base}")
    if dated.rule == "stamp":
        return stamps
    event = _event(case, fact) if dated.rule in ("with-event", "since-event") else None
    if event and dated.rule == "with-event":
        return [event.text]
    if base is None:
        raise DateError("the rule needs a base: the day from which the source speaks")
    if event is None:
        return [phrases.resolved(dated.rule, dated.phrase or "", base)]
    first, last = event.start.earliest, event.start.latest
    if first is None or last is None or first.replace(day=1) != last.replace(day=1):
        raise DateError(f"'{dated.event}' lies in no single month; date the fact in another way")
    return [f"{first:%Y-%m}/{dated.base}"]


def _event(case: Casefile, fact: Fact) -> When:
    """Return the date of the fact that dates another."""
    dated = fact.dated
    if not dated.phrase:
        raise DateError(f"the rule '{dated.rule}' needs the phrase that ties the fact to the event")
    if dated.event not in case.facts:
        raise DateError("{}; {}".format(*unknown("fact", dated.event or "", case.facts)))
    if _leads_back(case, fact.id):
        raise DateError(f"'{fact.id}' is dated by '{dated.event}', which is dated by it in turn")
    return edtf.parse(case.facts[dated.event].record.when)


def _leads_back(case: Casefile, fact: str) -> bool:
    """Tell whether following the events by which facts are dated comes back to a fact already met."""
    met = set()
    while fact in case.facts and fact not in met:
        met.add(fact)
        fact = case.facts[fact].record.dated.event or ""
    return fact in met
