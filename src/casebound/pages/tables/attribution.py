"""Tables of the attribution and of the data."""

from __future__ import annotations

from casebound.analysis import attribution
from casebound.facts.ledger.ledger import Ledger
from casebound.pages.display import Table
from casebound.pages.markup import escaped
from casebound.pages.tables.shared import labels, or_not_recorded, statement, statements, table


def attributions(ledger: Ledger) -> Table:
    """Return who names whom as the attacker and when, from a claim to an attribution by an authority.

    Filled by `answers` to a question `about: attacker`.
    """
    rungs = attribution.ladder(ledger)
    rungs = rungs if rungs["fact"].notna().any() else rungs.iloc[:0]
    reached = rungs["fact"].notna()
    columns = {
        "How firm": rungs["rung"],
        "What is said": [statement(ledger, fact) if fact else "none recorded" for fact in rungs["fact"]],
        "Who is named": rungs["named"].mask(reached & rungs["named"].eq(""), "nobody by name"),
        "By whom": rungs["by"].map(escaped),
        "Date": rungs["date"],
    }
    note = " ".join(f"*{rung}*: {means}" for rung, means in attribution.RUNGS.items())
    caption = "Who names whom as the attacker, from a claim to an authority’s word"
    return table("attributions", caption, columns, note, none="no fact in this report says who did it")


def data_exposure(ledger: Ledger) -> Table:
    """Return the statements about data, in order of date.

    Filled by `answers` to a question `about: data`.
    """
    exposure = attribution.data_exposure(ledger)
    columns = {
        "Date": exposure["date"],
        "Statement": statements(ledger, exposure["fact"]),
        "Who says so": or_not_recorded(exposure["speaker"]),
        "Status": labels(ledger, "status", exposure["status"]),
        "First in these sources": exposure["reported"].map(ledger.day),
    }
    none = "no fact in this report is recorded as a statement about data"
    return table("data-exposure", "Statements about data, with who made them and their status", columns, none=none)
