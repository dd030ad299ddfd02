"""Tables of the response: acts, day by day, how long they took, what became of them."""

from __future__ import annotations

import pandas as pd

from casebound.analysis import response
from casebound.facts.ledger import Ledger
from casebound.pages.display import Table
from casebound.pages.markup import escaped
from casebound.pages.tables.shared import cited, ranged, said, table


def acts(ledger: Ledger) -> Table:
    """Return what the government did, apart from what it said and promised."""
    found = response.acts(ledger)
    rows = [
        (
            f"{escaped(row['statement'])} {cited(fact)}",
            row["actor"],
            row["kind"],
            ledger.terms.label("status", row["status"]),
            row["date"],
        )
        for fact, row in found.iterrows()
    ]
    caption = "What the Government did, has under way, and has said or promised"
    return table("acts", caption, "Act | Who | Kind | Status | Date", rows)


def lags(ledger: Ledger) -> Table:
    """Return how long after the disclosure, or else the attack, each dated act of the government came."""
    found = response.lags(ledger)
    rows = [
        (f"{escaped(r['label'])} {cited(fact)}", r["actor"], _help(ledger, r), r["kind"], _lag(r), r["date"])
        for fact, r in found.iterrows()
    ]
    caption = f"How long after {_start(ledger)} each dated act came"
    return table("lags", caption, "Act | Who | Help | Kind | After | Date", rows)


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


def _help(ledger: Ledger, row: pd.Series) -> str:
    return ledger.terms.label("help", row["help"]) if isinstance(row["help"], str) else "—"


def _start(ledger: Ledger) -> str:
    disclosed = response.counted_from(ledger) == ledger.case.disclosure
    return "the disclosure" if disclosed and ledger.case.disclosure else "the start of the attack"


def _lag(row: pd.Series) -> str:
    if pd.isna(row["shortest"]) and pd.isna(row["longest"]):
        return "before it"
    return "at once" if row["longest"] == 0 else ranged(row["shortest"], row["longest"])
