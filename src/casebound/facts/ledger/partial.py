"""Partial cases: what can be checked, or shown as a draft, while some entries of a case cannot be read."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import lru_cache

from casebound.facts.evidence.lock import lock_in
from casebound.facts.ledger.casefile import Casefile, casefile, readable
from casebound.facts.problems import CaseError
from casebound.facts.records.models import Case, Fact, Question

# In a draft this variable holds a list, in JSON, of the entries that cannot be laid out; empty in a report.
DRAFT = "CASEBOUND_DRAFT"


def usable(name: str) -> Casefile:
    """Return the records of a case: all of them, or, in a draft, those that can be laid out; errors are `casefile`'s.

    They are the same object while files and draft are the same.
    """
    left_out = os.environ.get(DRAFT)
    return drafted(name, json.loads(left_out)) if left_out else casefile(name)


def drafted(name: str, left_out: Collection[str]) -> Casefile:
    """Return what can be read of a case without these entries, for a draft; raise CaseError if that is nothing."""
    return _drafted(readable(name), frozenset(left_out))


@lru_cache(maxsize=1)
def _drafted(read: Casefile, left_out: frozenset[str]) -> Casefile:
    """Return a case without these entries; what names one of them, or one that is not there, is shown without it."""
    gone = read.left_out | left_out
    questions = tuple(_unresolved(question, gone) for question in read.case.questions)
    case = _case_without(read.case.model_copy(update={"questions": questions}), gone)
    facts = {name: entry for name, entry in read.facts.items() if name not in gone}
    known = {*facts, *case.actors, *case.places, *(question.id for question in case.questions)}
    return replace(
        read,
        case=case,
        facts={name: replace(entry, record=_naming(entry.record, known)) for name, entry in facts.items()},
        sources={name: entry for name, entry in read.sources.items() if name not in gone},
        lock=read.lock if _is_readable(read.lock) else None,
        left_out=frozenset(gone),
        is_draft=True,
    )


def _is_readable(lock: bytes | None) -> bool:
    try:
        lock_in(lock, "")
    except CaseError:
        return False
    return True


def _unresolved(question: Question, gone: Collection[str]) -> Question:
    """Return a question as if nothing that is gone had raised or settled it."""
    follows = question.resolution.follow if question.resolution else ()
    lost = {"arises_from": {question.arises_from} & {*gone}, "resolution": {*follows} & {*gone}}
    return question.model_copy(update={field: None for field, names in lost.items() if names})


def _naming(fact: Fact, known: Collection[str]) -> Fact:
    """Return a fact that names only what is known."""
    names = {field: getattr(fact, field) for field in ("actor", "accused", "outcome_of")}
    joins = {field: getattr(fact, field) for field in ("caused_by", "at_odds", "supersedes")}
    kept = {
        **{field: name if name in known else None for field, name in names.items()},
        **{field: tuple(join for join in found if join.fact in known) for field, found in joins.items()},
        "places": tuple(place for place in fact.places if place in known),
        "answers": {question: answer for question, answer in fact.answers.items() if question in known},
    }
    return fact.model_copy(update=kept)


def without(records: Casefile, ids: Collection[str], *, laid_out: bool = False) -> Casefile:
    """Return a case without the entries of these ids and without all that names them; `left_out` holds them.

    A fact goes with the facts that it names; if the case is to be `laid_out`, also with its sources, actors, places and
    questions.
    """
    gone = records.left_out | set(ids)
    if not gone:
        return records  # the same object, so that nothing is worked out for it twice
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
