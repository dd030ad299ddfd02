"""Proof: everything that is wrong with a case's facts, prose and notebooks."""

from __future__ import annotations

from casebound import paths
from casebound.checks import facts, prose
from casebound.facts.ledger.casefile import casefile
from casebound.facts.ledger.ledger import limited
from casebound.facts.problems import CaseError, Problem


def prove(case: str) -> None:
    """Raise CaseError with everything that is wrong with a case."""
    if problems := problems_of(case):
        raise CaseError(problems)


def problems_of(case: str) -> list[Problem]:
    """Return everything that is wrong with a case."""
    records = casefile(case)
    problems = facts.problems_of(records)
    if any(facts.undefined(records)):  # prose cannot be compared with undefined words
        return problems
    try:
        problems += prose.problems_of(limited(records, "", ""), paths.notebooks())
    except CaseError as error:  # why there is no ledger, unless a check has said so
        problems += [problem for problem in error.problems if problem.line not in {p.line for p in problems}]
    return problems
