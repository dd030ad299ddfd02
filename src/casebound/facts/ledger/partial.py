"""Partial cases: what can be checked of a case while some of its entries cannot be read."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from casebound.facts.ledger.casefile import Casefile
from casebound.facts.records.models import Case, Fact


def without(records: Casefile, ids: Collection[str], *, laid_out: bool = False) -> Casefile:
    """Return a case without the entries of these ids and without all that names them; `left_out` holds them.

    A fact goes with the facts that it names; if the case is to be `laid_out`, also with its sources, actors, places and
    questions.
    """
    gone = records.left_out | set(ids)
    case = _case_without(records.case, gone)
    if laid_out:  # nor can be laid out what answers a question that is left out
        gone |= {question.id for question in records.case.questions} - {question.id for question in case.questions}
    facts = dict(records.facts)
    while lost := {
        name for name, entry in facts.items() if name in gone or gone & set(_named_by(entry.record, laid_out))
    }:
        gone |= lost
        facts = {name: entry for name, entry in facts.items() if name not in lost}
    sources = {name: entry for name, entry in records.sources.items() if name not in gone}
    case = _case_without(records.case, gone)
    gone |= {*records.case.lengths, *records.case.sums} - {*case.lengths, *case.sums}  # prose inserts them
    return replace(records, case=case, facts=facts, sources=sources, left_out=frozenset(gone))


def _named_by(fact: Fact, laid_out: bool) -> Iterator[str]:
    """Yield the ids that a fact names: those of facts, and of all else if it is to be `laid_out`."""
    yield from filter(None, (fact.outcome_of, fact.dated.event))
    if laid_out:
        yield from filter(None, (fact.actor, fact.accused, *fact.places, *fact.answers))
        yield from (piece.source for piece in fact.evidence)
    for joins in (fact.caused_by, fact.at_odds, fact.supersedes):
        yield from (join.fact for join in joins)


def _case_without(case: Case, gone: frozenset[str]) -> Case:
    """Return a case without the questions, words, actors and places that are gone or wait for what is gone."""
    kept = {
        "seed": None if case.seed in gone else case.seed,
        "lengths": {name: asked for name, asked in case.lengths.items() if not gone & {name, *asked.start, *asked.end}},
        "sums": {name: asked for name, asked in case.sums.items() if not gone & {name, *asked.of}},
        "actors": {name: actor for name, actor in case.actors.items() if name not in gone},
        "places": {name: place for name, place in case.places.items() if name not in gone},
        "glossary": tuple(word for word in case.glossary if word.arises_from not in gone),
        "questions": tuple(
            question
            for question in case.questions
            if question.id not in gone
            and question.arises_from not in gone
            and not (question.resolution and gone & set(question.resolution.follow))
        ),
    }
    return case.model_copy(update=kept)
