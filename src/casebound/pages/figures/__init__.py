"""Figures: one function for each. It takes the ledger and returns the drawing with the table behind it."""

from casebound.pages.figures.attributions import attributions
from casebound.pages.figures.cascade import cascade
from casebound.pages.figures.costs import costs
from casebound.pages.figures.drawing import show, table_of
from casebound.pages.figures.forecasts import forecasts
from casebound.pages.figures.impacts import matrix
from casebound.pages.figures.ladder import ladder
from casebound.pages.figures.timeline import timeline

__all__ = ["attributions", "cascade", "costs", "forecasts", "ladder", "matrix", "show", "table_of", "timeline"]


def __dir__() -> list[str]:
    """Complete names with the functions alone, without their modules."""
    return __all__
