"""Tables of the attribution and of the data."""

from __future__ import annotations

from casebound.analysis import attribution
from casebound.facts.ledger.ledger import Ledger
from casebound.pages.display import Table
from casebound.pages.markup import escaped
from casebound.pages.tables.shared import NOT_STATED, cited, day, said, table


def attributions(ledger: Ledger) -> Table:
    """Return the rungs from a claim to an attribution, with who names whom on each, and when."""
    rows = []
    for _, row in attribution.ladder(ledger).iterrows():
        if not isinstance(row["fact"], str):
            rows.append((row["rung"], "none recorded", "", "", ""))
            continue
        words = f"{said(ledger, row['fact'])} {cited(row['fact'])}"
        rows.append((row["rung"], words, row["named"] or NOT_STATED, escaped(row["by"]) or NOT_STATED, row["date"]))
    note = " ".join(f"*{rung}*: {means}" for rung, means in attribution.RUNGS.items())
    caption = "From claim to attribution: who names whom, and when"
    return table("attributions", caption, "Rung | What is said | Who is named | By whom | Date", rows, note=note)


def data_exposure(ledger: Ledger) -> Table:
    """Return what is said of data, in order of date."""
    rows = [
        (
            row["date"],
            f"{escaped(row['statement'])} {cited(row['fact'])}",
            escaped(row["speaker"]) or NOT_STATED,
            ledger.terms.label("status", row["status"]),
            day(row["reported"]),
        )
        for _, row in attribution.data_exposure(ledger).iterrows()
    ]
    caption = "What is said of data, by whom, and on what footing"
    return table("data-exposure", caption, "Date | Statement | Who says so | Status | First in these sources", rows)
