"""Lead: what stood still, the days held out for its return, and what the authorities did, on one axis."""

from __future__ import annotations

from casebound.facts.ledger.ledger import Ledger
from casebound.pages.display import Figure, Omitted
from casebound.pages.figures.drawing import nothing


def lead(ledger: Ledger) -> Figure | Omitted:
    """Return the case on one axis."""
    return nothing("the figure of the case on one axis", "not drawn yet")
