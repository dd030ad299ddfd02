"""Tables of the response: what was done and said day by day, and what became of it."""

from __future__ import annotations

from casebound.analysis import response
from casebound.facts.ledger.ledger import Ledger
from casebound.pages.display import Table
from casebound.pages.markup import escaped
from casebound.pages.tables.shared import cited, said, table


def response_by_day(ledger: Ledger) -> Table:
    """Return who did or said what on which day, with the sources."""
    rows = [
        (
            row["date"],
            f"{escaped(row['statement'])} {cited(fact)}",
            ledger.terms.label("status", row["status"]),
            escaped(row["sources"]),
        )
        for fact, row in response.by_day(ledger).iterrows()
    ]
    note = None if rows else "No fact is recorded as an act of anybody in the response."
    caption = "The response day by day, as these sources report it"
    return table("response-by-day", caption, "Day | What was done or said | Status | Source", rows, note=note)


def outcomes(ledger: Ledger) -> Table:
    """Return what was announced, and what became of it."""
    rows = [
        (
            f"{said(ledger, row['announced'])} {cited(row['announced'])}",
            f"{said(ledger, row['fact'])} {cited(row['fact'])}",
            row["date"],
        )
        for _, row in response.outcomes(ledger).iterrows()
    ]
    note = None if rows else "No fact is recorded as the outcome of another."
    caption = "What was announced, and what sources report of it later"
    return table("outcomes", caption, "Announced | What became of it | As of", rows, note=note)
