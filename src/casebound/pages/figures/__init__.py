"""Figures: one function for each. It takes the ledger and returns the drawing with the table behind it."""

from casebound.pages.figures.bearers import bearers
from casebound.pages.figures.drawing import show, table_of
from casebound.pages.figures.forecasts import forecasts
from casebound.pages.figures.lead import lead
from casebound.pages.figures.output import output
from casebound.pages.figures.recovery import recovery
from casebound.pages.figures.timeline import timeline

__all__ = ["bearers", "forecasts", "lead", "output", "recovery", "show", "table_of", "timeline"]


def __dir__() -> list[str]:
    """Complete names with the functions alone, without their modules."""
    return __all__
