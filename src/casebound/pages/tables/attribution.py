"""Tables of the attribution and of the data."""

from __future__ import annotations

from casebound.analysis import attribution
from casebound.facts.ledger.ledger import Ledger
from casebound.pages.display import Table
from casebound.pages.markup import escaped
from casebound.pages.tables.shared import NOT_STATED, labels, or_not_stated, statement, statements, table


def attributions(ledger: Ledger) -> Table:
    """Return the rungs from a claim to an attribution, with who names whom on each, and when."""
    rungs = attribution.ladder(ledger)
    reached = rungs["fact"].notna()
    columns = {
        "Rung": rungs["rung"],
        "What is said": [statement(ledger, fact) if fact else "none recorded" for fact in rungs["fact"]],
        "Who is named": rungs["named"].mask(reached & rungs["named"].eq(""), NOT_STATED),
        "By whom": rungs["by"].map(escaped).mask(reached & rungs["by"].eq(""), NOT_STATED),
        "Date": rungs["date"],
    }
    note = " ".join(f"*{rung}*: {means}" for rung, means in attribution.RUNGS.items())
    return table("attributions", "From claim to attribution: who names whom, and when", columns, note)


def data_exposure(ledger: Ledger) -> Table:
    """Return the statements about data, in order of date.

    Filled by `answers` to a question `about: data`.
    """
    exposure = attribution.data_exposure(ledger)
    columns = {
        "Date": exposure["date"],
        "Statement": statements(ledger, exposure["fact"]),
        "Who says so": or_not_stated(exposure["speaker"]),
        "Status": labels(ledger, "status", exposure["status"]),
        "First in these sources": exposure["reported"].map(ledger.day),
    }
    none = "no fact in this report is recorded as a statement about data"
    return table("data-exposure", "Statements about data: who made them, and their status", columns, none=none)
