"""Proof: everything that is wrong with a case's facts, prose and notebooks."""

from __future__ import annotations

from casebound import paths
from casebound.checks import facts, prose
from casebound.facts.ledger.casefile import Casefile, known_case, readable
from casebound.facts.ledger.ledger import limited
from casebound.facts.ledger.partial import without
from casebound.facts.problems import CaseError, Problem


def prove(case: str) -> None:
    """Raise CaseError with everything that is wrong with a case."""
    if problems := problems_of(case):
        raise CaseError(problems)


def problems_of(case: str) -> list[Problem]:
    """Return everything that is wrong with a case: with its files, its facts and its prose.

    What names an entry that cannot be read, or a word that is not defined, is not checked until that is mended.
    """
    try:
        read = readable(case)
    except CaseError as error:
        return sorted({*error.problems, *prose.of_the_file(known_case(case))})
    problems = set(read.problems)
    if any(problem.code in ("CB001", "CB002", "CB007") for problem in problems):  # nobody knows what a lost file holds
        return sorted(problems | set(prose.of_the_file(case)))
    records = without(read, read.left_out)
    undefined = set(facts.undefined(records))
    problems |= set(facts.problems_of(records))
    problems |= set(
        _in_prose(without(records, {problem.id for problem in undefined if problem.id}, laid_out=True), undefined)
    )
    return sorted(problems)


def _in_prose(records: Casefile, undefined: set[Problem]) -> list[Problem]:
    """Return what is wrong with the prose, compared with the facts that can be laid out."""
    if any(not problem.id for problem in undefined):  # a time zone, a seed or a disclosure
        return list(prose.of_the_file(records.name))
    try:
        return prose.problems_of(limited(records, "", ""), paths.notebooks())
    except CaseError as error:
        return error.problems
