"""Recovery: when each system and place came back."""

from __future__ import annotations

from casebound.facts.ledger.ledger import Ledger
from casebound.pages.display import Figure, Omitted
from casebound.pages.figures.drawing import nothing


def recovery(ledger: Ledger) -> Figure | Omitted:
    """Return what came back when."""
    return nothing("the figure of what came back when", "not drawn yet")
