"""Proof: that nothing is wrong with a case, and what a report takes from the ledger of one that is sound."""

from __future__ import annotations

from datetime import UTC

from casebound import paths
from casebound.binding import appendix, exports
from casebound.binding.proved import Proved
from casebound.facts import checks
from casebound.facts.casefile import Casefile, casefile
from casebound.facts.ledger import Ledger, limited
from casebound.facts.problems import CaseError, Problem
from casebound.pages import proofreading


def proved(case: str, as_of: str, sources: str) -> Proved:
    """Return what a report so limited takes from a case with which nothing is wrong; raises CaseError."""
    records = casefile(case)
    if problems := _problems_in(records):
        raise CaseError(problems)
    ledger = limited(records, as_of, sources)
    return Proved(
        about=about(ledger),
        entries=appendix.entries(ledger),
        sources=appendix.sources(ledger),
        data=exports.data_package(ledger),
    )


def about(ledger: Ledger) -> dict:
    """Return the report's own metadata: titles, language, keywords, and what moment it shows."""
    case, known = ledger.case, ledger.as_of or ledger.known
    return {
        "title": case.title,
        "subtitle": case.subtitle,
        "description": case.summary,
        "language": case.language,
        "keywords": list(case.keywords),
        "as_known": ledger.as_known,
        "newest": f"{ledger.known:%-d %B %Y}",
        "timestamp": known.astimezone(UTC).isoformat(),
    }


def problems_of(case: str) -> list[Problem]:
    """Return everything that is wrong with a case's facts, prose and notebooks."""
    return _problems_in(casefile(case))


def _problems_in(records: Casefile) -> list[Problem]:
    problems = checks.problems_of(records)
    if any(checks.undefined(records)):  # prose cannot be held against words that mean nothing
        return problems
    try:
        problems += proofreading.problems_of(limited(records, "", ""), paths.notebooks())
    except CaseError as error:  # what keeps the ledger from being laid out, as far as no check has said it
        problems += [problem for problem in error.problems if problem.line not in {p.line for p in problems}]
    return problems
