"""Tables: the ledger's and the analysis' answers, laid out for a reader, every row with its citation."""

from casebound.pages.tables.asides import asides
from casebound.pages.tables.attribution import attributions, data_exposure
from casebound.pages.tables.costs import bearers, estimates, output
from casebound.pages.tables.evidence import (
    changes,
    counts,
    credibility,
    glossary,
    growth,
    sources,
    status,
    statuses,
)
from casebound.pages.tables.impacts import effects, enablers, links
from casebound.pages.tables.questions import answers, open_questions
from casebound.pages.tables.recovery import forecasts, steps
from casebound.pages.tables.register import corrections, register
from casebound.pages.tables.response import outcomes, responders, response_by_day
from casebound.pages.tables.timeline import durations, events, order, phases

__all__ = [
    "answers",
    "asides",
    "attributions",
    "bearers",
    "changes",
    "corrections",
    "counts",
    "credibility",
    "data_exposure",
    "durations",
    "effects",
    "enablers",
    "estimates",
    "events",
    "forecasts",
    "glossary",
    "growth",
    "links",
    "open_questions",
    "order",
    "outcomes",
    "output",
    "phases",
    "register",
    "responders",
    "response_by_day",
    "sources",
    "status",
    "statuses",
    "steps",
]


def __dir__() -> list[str]:
    """Offer the calls alone when a name is completed, not the modules that they stand in."""
    return __all__
