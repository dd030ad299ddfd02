"""Relations: that what joins a fact to another, and what resolves their conflicts, is sound."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator

from casebound.facts.dates import edtf
from casebound.facts.dates.edtf import DateError
from casebound.facts.dates.mentions import dates_in
from casebound.facts.ledger import graphs
from casebound.facts.ledger.casefile import Casefile, Entry
from casebound.facts.ledger.holding import beyond, held_by
from casebound.facts.problems import Problem, did_you_mean
from casebound.facts.records.models import Fact, Resolution
from casebound.facts.text.claims import Held, stands_in

# In what two facts may be at odds: worked out by `casebound.analysis.conflicts`, or recorded by a person (`at_odds`).
CONFLICTS = {
    "value": "figures of the same thing that do not meet",
    "date": "dates of the same event that do not meet",
    "forecast": "a forecast beside what came, or beside another forecast",
    "scope": "figures or lists of different things, which cannot be set against each other",
    "status": "states of the same thing that exclude each other",
    "hedge": "firm words beside a possibility, a denial or a matter not confirmed",
    "name": "different names for the same role",
    "wording": "words that read as if the other were not so",
    "revision": "a figure and the later one that replaced it",
}


def problems_of(case: Casefile) -> Iterator[Problem]:
    """Yield what is wrong with causes, oddities, supersessions, outcomes, forecasts, phases and resolutions."""
    for check in (_named, _causes, _reasons, _forecasts, _supersessions, _phases, _resolutions):
        yield from check(case)


def followed(case: Casefile, known: Collection[str] | None = None) -> set[str]:
    """Return the facts that the resolutions follow, of those known, of all if none are named."""
    known = set(case.facts) if known is None else known
    resolutions = (question.resolution for question in case.case.questions if question.resolution)
    return {fact for one in resolutions if (fact := follows(one, known))}


def follows(resolution: Resolution, known: Collection[str]) -> str | None:
    """Return the first fact of a resolution that is known, None where none is."""
    return next((fact for fact in resolution.follow if fact in known), None)


def openers(facts: dict[str, str], superseded: set[str], followed: set[str]) -> dict[str, list[str]]:
    """Return for each phase the facts that may open it (`facts`: id to phase): none that another fact supersedes,
    and of several only those that a resolution follows, if it follows any."""
    found: dict[str, list[str]] = defaultdict(list)
    for fact, phase in facts.items():
        if fact not in superseded:
            found[phase].append(fact)
    return {phase: [one for one in ids if one in followed] or ids for phase, ids in found.items()}


def _named(case: Casefile) -> Iterator[Problem]:
    """Every fact that another names exists, and is another."""
    for entry in case.facts.values():
        fact = entry.record
        joins = [(("at_odds", i, "fact"), one.fact) for i, one in enumerate(fact.at_odds)]
        joins += [(("supersedes", i, "fact"), one.fact) for i, one in enumerate(fact.supersedes)]
        joins += [(("caused_by", i, "fact"), one.fact) for i, one in enumerate(fact.caused_by)]
        joins += [(("outcome_of",), fact.outcome_of)] if fact.outcome_of else []
        for place, name in joins:
            if name == fact.id:
                yield entry.problem("the fact names itself", "name the other fact", *place)
            elif name not in case.facts:
                yield entry.problem(f"no fact '{name}'", did_you_mean(name, case.facts), *place)
        for i, one in enumerate(fact.at_odds):
            if one.kind not in CONFLICTS or one.kind == "revision":
                kinds = [kind for kind in CONFLICTS if kind != "revision"]
                what = f"'{one.kind}' is no kind of conflict that a person records"
                yield entry.problem(what, did_you_mean(one.kind, kinds), "at_odds", i, "kind")


def _causes(case: Casefile) -> Iterator[Problem]:
    """A quoted edge of the cascade stands in a quotation, an inferred one has a reason; none closes a circle."""
    edges = []
    for entry in case.facts.values():
        quotes = [piece.quote for piece in entry.record.evidence if piece.quote]
        for i, cause in enumerate(entry.record.caused_by):
            place = ("caused_by", i, "fact")
            edges.append((cause.fact, entry.record.id))
            if cause.link == "quoted" and not (cause.words and any(stands_in(cause.words, q) for q in quotes)):
                fix = "words: those of the quotation that say so; or link: inferred, with a reason"
                yield entry.problem("a quoted link whose words stand in no quotation of the fact", fix, *place)
            if cause.link == "inferred" and not cause.reason:
                yield entry.problem("an inferred link without a reason", "reason: why we think so", *place)
    yield from _circle(case, edges, "causes run")


def _circle(case: Casefile, edges: list[tuple[str, str]], what: str) -> Iterator[Problem]:
    if circle := graphs.circle(edges):
        yield Problem(case.file("*.yaml"), 0, "", f"{what} in a circle: {' → '.join(circle)}", "remove one of them")


def _reasons(case: Casefile) -> Iterator[Problem]:
    """What joins two facts, as a person reads them, is said in words that the two hold."""
    ordinary = case.ordinary_words
    for entry in case.facts.values():
        fact = entry.record
        joins = [("caused_by", i, cause) for i, cause in enumerate(fact.caused_by)]
        joins += [("at_odds", i, other) for i, other in enumerate(fact.at_odds)]
        for field, i, join in joins:
            if join.fact not in case.facts:
                continue
            held = held_by(case, entry)
            held.add(held_by(case, case.facts[join.fact]))
            for kind, words in beyond(join.reason or "", held, ordinary):
                what = f"the {kind} “{words}” of a reason stands in none of the facts"
                yield entry.problem(what, "say why in words that the facts hold", field, i, "reason")


def _forecasts(case: Casefile) -> Iterator[Problem]:
    """A forecast is a date that the evidence names."""
    for entry in case.facts.values():
        fact = entry.record
        if fact.forecast is None or not fact.evidence:
            continue
        try:
            when = edtf.parse(fact.forecast)
        except DateError as error:
            yield entry.problem(str(error), "see data/README.md, dates", "forecast")
            continue
        held = Held()
        held.add_date(when)
        texts = [text for piece in fact.evidence for text in piece.texts]
        if not any(held.holds_date(mention) for text in texts for mention in dates_in(text)):
            what = f"the forecast {edtf.readable(when)} stands in none of its evidence"
            yield entry.problem(what, "forecast the date that the source names", "forecast")


def _supersessions(case: Casefile) -> Iterator[Problem]:
    edges = [(entry.record.id, one.fact) for entry in case.facts.values() for one in entry.record.supersedes]
    yield from _circle(case, edges, "facts supersede each other")


def _phases(case: Casefile) -> Iterator[Problem]:
    """Of the facts that open a phase, one is followed or left standing by those that supersede the others."""
    opened = {name: entry.record.opens for name, entry in case.facts.items() if entry.record.opens}
    superseded = {one.fact for entry in case.facts.values() for one in entry.record.supersedes}
    for phase, names in openers(opened, superseded, followed(case)).items():
        first = case.facts[names[0]]
        for name in names[1:]:
            fix = f"keep one ('{names[0]}' opens it at {first.file}:{first.line('opens')}), "
            fix += "or let a resolution in case.yaml follow one of them"
            yield case.facts[name].problem(f"the phase '{phase}' is opened twice", fix, "opens")


def _resolutions(case: Casefile) -> Iterator[Problem]:
    """A resolution follows an answer to its question, and says why in words that the answers hold."""
    located, ordinary = case.case_entry, case.ordinary_words
    for field, entries in (("questions", case.case.questions), ("glossary", case.case.glossary)):
        for i, one in enumerate(entries):
            if one.arises_from and one.arises_from not in case.facts:
                fix, line = did_you_mean(one.arises_from, case.facts), located.line((field, i, "arises_from"))
                yield Problem(located.name, line, "", f"no fact '{one.arises_from}'", fix)
    answering: dict[str, list[Entry[Fact]]] = defaultdict(list)
    for entry in case.facts.values():
        for question in entry.record.answers:
            answering[question].append(entry)
    for i, question in enumerate(case.case.questions):
        if question.resolution is None:
            continue
        answers = answering[question.id]
        place, known = ("questions", i, "resolution"), [entry.record.id for entry in answers]
        for follow in [fact for fact in question.resolution.follow if fact not in known]:
            fix = did_you_mean(follow, known)
            what = f"the resolution follows '{follow}', which does not answer the question"
            yield Problem(located.name, located.line(place), question.id, what, fix)
        held = Held()
        for entry in answers:
            held.add(held_by(case, entry))
        for kind, words in beyond(question.resolution.reason, held, ordinary):
            what = f"the {kind} “{words}” of the resolution stands in no answer to the question"
            yield Problem(
                located.name, located.line(place), question.id, what, "say why in words that the answers hold"
            )
