"""Output: what was made or sold, period by period."""

from __future__ import annotations

from casebound.facts.ledger.ledger import Ledger
from casebound.pages.display import Figure, Omitted
from casebound.pages.figures.drawing import nothing


def output(ledger: Ledger) -> Figure | Omitted:
    """Return output by month."""
    return nothing("the figure of output by month", "not drawn yet")
