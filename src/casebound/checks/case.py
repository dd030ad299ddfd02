"""Proof: everything that is wrong with a case's facts, prose and notebooks."""

from __future__ import annotations

from casebound.checks import facts, prose
from casebound.facts.ledger import chapters
from casebound.facts.ledger.casefile import TERMS, Casefile, known_case, readable
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
    # nobody knows what a lost file holds, and nothing can be compared with words that are not defined
    if any(problem.code in ("CB001", "CB002") or problem.file == TERMS for problem in problems):
        return sorted(problems | set(prose.of_the_file(case)))
    records = without(read, read.left_out)
    undefined = set(facts.undefined(records))
    try:
        problems |= set(facts.problems_of(records))
    except CaseError as error:  # evidence.lock cannot be read
        problems |= set(error.problems)
    laid_out = without(records, {problem.id for problem in undefined if problem.id}, laid_out=True)
    return sorted(problems | set(_in_prose(laid_out, undefined)))


def left_out(case: str) -> list[str]:
    """Return the ids of a case's entries that can be read and not laid out; raise CaseError if nothing can be read."""
    read = readable(case)
    records = without(read, read.left_out)
    undefined = {problem.id for problem in facts.undefined(records)}
    if records.case.seed not in records.sources:
        undefined.add(records.case.seed or "")
    return sorted(undefined - {""})


def _in_prose(records: Casefile, undefined: set[Problem]) -> list[Problem]:
    """Return what is wrong with the prose, compared with the facts that can be laid out."""
    if any(not problem.id for problem in undefined):  # a time zone, a seed or a disclosure
        return list(prose.of_the_file(records.name))
    try:
        listed = chapters.listed(records.name)
        found = prose.problems_of(limited(records, "", ""), listed)
    except CaseError as error:
        return error.problems
    if not listed:
        fix = "restore the notebooks; the name of each begins with a digit"
        found.append(Problem("notebooks", 0, "", "no chapter can be read there", fix, "CB605"))
    return found
