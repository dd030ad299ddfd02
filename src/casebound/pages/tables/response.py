"""Tables of the response: what was done and said day by day, and what became of it."""

from __future__ import annotations

import pandas as pd

from casebound.analysis import response
from casebound.facts.ledger.ledger import Ledger
from casebound.pages.display import Table
from casebound.pages.markup import escaped
from casebound.pages.tables.shared import NOT_STATED, inside, labels, statements, table


def response_by_day(ledger: Ledger) -> Table:
    """Return who did or said what on which day, with the sources."""
    acts = response.by_day(ledger)
    columns = {
        "Day": acts["date"],
        "By whom": acts["who"].map(escaped),
        "What was done or said": statements(ledger, acts.index),
        "Status": labels(ledger, "status", acts["status"]),
        "Source": acts["sources"].map(escaped),
    }
    note = "No fact is recorded as an act of anybody in the response." if acts.empty else None
    return table("response-by-day", "The response day by day, as these sources report it", columns, note)


def responders(ledger: Ledger) -> Table:
    """Return who responded, by group: who they are, how often, and with which kinds of act."""
    acts = response.by_day(ledger)
    groups = [(group, of_it) for group in ledger.terms["group"] if len(of_it := acts[acts["group"] == group])]
    columns = {
        "Group": [ledger.terms.label("group", group) for group, _ in groups],
        "Who": [", ".join(escaped(who) for who in of_it["who"].drop_duplicates()) for _, of_it in groups],
        "Acts and statements": [len(of_it) for _, of_it in groups],
        "Of which kind": [_kinds(ledger, of_it["act"].dropna()) or NOT_STATED for _, of_it in groups],
    }
    note = "No fact is recorded as an act of anybody in the response." if acts.empty else None
    caption = "Who responded: acts and statements recorded of each group"
    return table("responders", caption, columns, note, right=("Acts and statements",))


def _kinds(ledger: Ledger, acts: pd.Series) -> str:
    """Return how many acts there are of each kind: `meetings and visits 2, money 1`."""
    numbers, terms = acts.value_counts(), ledger.terms["act"]
    return ", ".join(f"{inside(terms[act].label)} {numbers[act]}" for act in terms if act in numbers)


def outcomes(ledger: Ledger) -> Table:
    """Return what was announced, and what became of it."""
    outcomes = response.outcomes(ledger)
    columns = {
        "Announced": statements(ledger, outcomes["announced"]),
        "What became of it": statements(ledger, outcomes["fact"]),
        "As of": outcomes["date"],
    }
    note = "No fact is recorded as the outcome of another." if outcomes.empty else None
    return table("outcomes", "What was announced, and what sources report of it later", columns, note)
