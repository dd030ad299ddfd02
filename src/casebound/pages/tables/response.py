"""Tables of the response: what was done and said day by day, and what became of it."""

from __future__ import annotations

from casebound.analysis import response
from casebound.facts.ledger.ledger import Ledger
from casebound.pages.display import Table
from casebound.pages.markup import escaped
from casebound.pages.tables.shared import labels, statements, table


def response_by_day(ledger: Ledger) -> Table:
    """Return who did or said what on which day, with the sources."""
    acts = response.by_day(ledger)
    columns = {
        "Day": acts["date"],
        "What was done or said": statements(ledger, acts.index),
        "Status": labels(ledger, "status", acts["status"]),
        "Source": acts["sources"].map(escaped),
    }
    none = "no fact is recorded as an act of anybody in the response"
    return table("response-by-day", "The response day by day, as these sources report it", columns, none=none)


def outcomes(ledger: Ledger) -> Table:
    """Return what was announced, and what became of it."""
    outcomes = response.outcomes(ledger)
    columns = {
        "Announced": statements(ledger, outcomes["announced"]),
        "What became of it": statements(ledger, outcomes["fact"]),
        "As of": outcomes["date"],
    }
    none = "no fact is recorded as the outcome of another"
    return table("outcomes", "What was announced, and what sources report of it later", columns, none=none)
