"""Bearers: who bears which share of the cost."""

from __future__ import annotations

from casebound.facts.ledger.ledger import Ledger
from casebound.pages.display import Figure, Omitted
from casebound.pages.figures.drawing import nothing


def bearers(ledger: Ledger) -> Figure | Omitted:
    """Return who bears the cost."""
    return nothing("the figure of who bears the cost", "not drawn yet")
