"""Extracting: what a report takes from a case's ledger."""

from __future__ import annotations

from datetime import UTC

from casebound.binding import appendix, exports
from casebound.binding.blocks import Extract
from casebound.facts.casefile import casefile
from casebound.facts.ledger import Ledger, limited


def extract(case: str, as_of: str, sources: str) -> Extract:
    """Return what a report takes from the ledger so limited; `as_of`, `sources` and errors are those of `load`.

    What a reader's shell says of limits, which `load` heeds, changes no report.
    """
    ledger = limited(casefile(case), as_of, sources)
    return Extract(
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
