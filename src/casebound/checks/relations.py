"""Relations: that the links between facts, and the resolutions of their conflicts, are sound."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from casebound.facts.dates import edtf
from casebound.facts.dates.mentions import dates_in
from casebound.facts.ledger import graphs
from casebound.facts.ledger.casefile import Casefile, Entry
from casebound.facts.ledger.holding import beyond, held_by, language_of
from casebound.facts.ledger.relations import CONFLICTS, followed, openers
from casebound.facts.problems import Problem, did_you_mean, unknown
from casebound.facts.records.models import AtOdds, Cause, Fact, Supersedes
from casebound.facts.text.claims import Held, stands_in
from casebound.facts.text.measures import measures_in


def problems_of(case: Casefile) -> Iterator[Problem]:
    """Yield what is wrong with causes, conflicts, supersessions, outcomes, forecasts, phases and resolutions."""
    for check in (_named, _causes, _reasons, _circles, _forecasts, _phases, _resolutions):
        yield from check(case)


def _joins(fact: Fact) -> Iterator[tuple[str, int, AtOdds | Cause | Supersedes]]:
    """Yield each link of a fact to another: its field, its index there, and the link."""
    for field in ("at_odds", "supersedes", "caused_by"):
        for i, join in enumerate(getattr(fact, field)):
            yield field, i, join


def _named(case: Casefile) -> Iterator[Problem]:
    """Every fact that another names exists, and is another."""
    for entry in case.facts.values():
        fact = entry.record
        names: list[tuple[tuple[str | int, ...], str]] = [
            ((field, i, "fact"), join.fact) for field, i, join in _joins(fact)
        ]
        names += [(("outcome_of",), fact.outcome_of)] if fact.outcome_of else []
        for place, name in names:
            if name == fact.id:
                yield entry.problem("the fact names itself", "name the other fact", *place, code="CB501")
            elif name not in case.facts:
                yield entry.problem(*unknown("fact", name, case.facts), *place, code="CB006")
        kinds = CONFLICTS.keys() - {"revision"}  # worked out from what corrects what
        for i, odd in enumerate(fact.at_odds):
            if odd.kind not in kinds:
                what = f"'{odd.kind}' is not a kind of conflict that a person records"
                yield entry.problem(what, did_you_mean(odd.kind, kinds), "at_odds", i, "kind", code="CB006")


def _causes(case: Casefile) -> Iterator[Problem]:
    """The words of a cause stand in a quotation (quoted) or a paraphrase (stated); an inferred one has a reason."""
    for entry in case.facts.values():
        quotes = [piece.quote for piece in entry.record.evidence if piece.quote]
        read = [piece.says for piece in entry.record.evidence if piece.says and piece.read]
        for i, cause in enumerate(entry.record.caused_by):
            if cause.link == "quoted" and not (cause.words and any(stands_in(cause.words, q) for q in quotes)):
                what = "a quoted link whose words stand in no quotation of the fact"
                fix = (
                    "words: those of the quotation that say so; or link: stated, with those of a paraphrase; or link: "
                )
                yield entry.problem(what, f"{fix}inferred, with a reason", "caused_by", i, "fact", code="CB502")
            if cause.link == "stated" and not (cause.words and any(stands_in(cause.words, says) for says in read)):
                what = "a stated link whose words stand in no paraphrase of the fact that was compared with its source"
                fix = "words: those of `says` that say so, in a piece with `read`; or link: inferred, with a reason"
                yield entry.problem(what, fix, "caused_by", i, "fact", code="CB502")
            if cause.link == "inferred" and not cause.reason:
                what = "an inferred link without a reason"
                yield entry.problem(what, "reason: why we think so", "caused_by", i, "fact", code="CB503")


def _circles(case: Casefile) -> Iterator[Problem]:
    for field, what in (("caused_by", "causes run"), ("supersedes", "facts supersede each other")):
        edges = [(join.fact, name) for name, entry in case.facts.items() for join in getattr(entry.record, field)]
        if circle := graphs.circle(edges):
            what = f"{what} in a circle: {' → '.join(circle)}"
            yield Problem(case.file("*.yaml"), 0, "", what, "remove one of them", "CB504")


def _reasons(case: Casefile) -> Iterator[Problem]:
    """A person's reason for joining two facts is given in words that the two hold."""
    for entry in case.facts.values():
        for field, i, join in _joins(entry.record):
            if join.fact not in case.facts or isinstance(join, Supersedes):
                continue
            held = Held.of("", held_by(case, entry), held_by(case, case.facts[join.fact]))
            for kind, words in beyond(case, join.reason or "", held):
                what = f"the {kind} “{words}” of a reason stands in none of the facts"
                yield entry.problem(what, "say why in words that the facts hold", field, i, "reason", code="CB505")


def _forecasts(case: Casefile) -> Iterator[Problem]:
    """A forecast is a date that the evidence names."""
    for entry in case.facts.values():
        fact, held = entry.record, Held()
        if fact.forecast is None or not fact.evidence:
            continue
        when = edtf.parse(fact.forecast)
        held.add_date(when)
        texts = [(text, language_of(case, piece)) for piece in fact.evidence for text in piece.texts]
        if any(held.holds_date(mention) for text, language in texts for mention in dates_in(text, language)):
            continue
        alone = re.fullmatch(r"\W*([0-9]{4})\W*", fact.forecast)  # *before 2034*: such a year is read as a number
        numbers = [each for text, language in texts for each in measures_in(text, language) if not each.kind]
        if not (alone and int(alone[1]) in [number.value for number in numbers]):
            what = f"the forecast {edtf.readable(when)} stands in none of its evidence"
            fix = "forecast the date that the source names, and of a year or month alone no day: 2034, or [2034-06..]"
            yield entry.problem(what, fix, "forecast", code="CB506")


def _phases(case: Casefile) -> Iterator[Problem]:
    """Of the facts that open a phase, one is followed or left standing by those that supersede the others."""
    opened = {name: entry.record.opens for name, entry in case.facts.items() if entry.record.opens}
    superseded = {join.fact for entry in case.facts.values() for join in entry.record.supersedes}
    for phase, (opener, *others) in () if case.left_out else openers(opened, superseded, followed(case)).items():
        first = case.facts[opener]
        for name in others:
            fix = f"keep one ('{opener}' opens it at {first.file}:{first.line('opens')}), "
            fix += "or let a resolution in case.yaml follow one of them"
            yield case.facts[name].problem(f"the phase '{phase}' is opened twice", fix, "opens", code="CB507")


def _resolutions(case: Casefile) -> Iterator[Problem]:
    """A resolution follows an answer to its question, and says why in words that the answers hold."""
    for field in ("questions", "glossary"):
        for i, asking in enumerate(getattr(case.case, field)):
            if asking.arises_from and asking.arises_from not in case.facts:
                yield case.problem(
                    *unknown("fact", asking.arises_from, case.facts), field, i, "arises_from", code="CB006"
                )
    answering: dict[str, dict[str, Entry[Fact]]] = defaultdict(dict)
    for name, entry in case.facts.items():
        for question_id in entry.record.answers:
            answering[question_id][name] = entry
    for i, question in enumerate(case.case.questions):
        if question.resolution is None:
            continue
        answers = answering[question.id]
        place = ("questions", i, "resolution")
        for name in question.resolution.follow:
            if name not in answers:
                what = f"the resolution follows '{name}', which does not answer the question"
                yield case.problem(what, did_you_mean(name, answers), *place, subject=question.id, code="CB508")
        held = Held.of("", *(held_by(case, answer) for answer in answers.values()))
        for kind, words in beyond(case, question.resolution.reason, held):
            what = f"the {kind} “{words}” of the resolution stands in no answer to the question"
            yield case.problem(
                what, "say why in words that the answers hold", *place, subject=question.id, code="CB505"
            )
