"""Tables of the response: what was done and said day by day, and what became of it."""

from __future__ import annotations

import pandas as pd

from casebound.analysis import response
from casebound.facts.ledger.frames import AHEAD
from casebound.facts.ledger.ledger import Ledger
from casebound.pages.display import Table
from casebound.pages.markup import cited, escaped
from casebound.pages.tables.shared import counted, inside, labels, statements, table

NO_ACT = "no fact is recorded as an act of anybody in the response"


def response_by_day(ledger: Ledger) -> Table:
    """Return who did or said what on which day, with the sources.

    Filled by `actor` in response.yaml, or `actor` and `act` elsewhere.
    """
    acts = response.acts(ledger)
    later = acts["outcome_of"].isin(ledger.facts.index)
    note = (
        f"Left out: {counted(int(later.sum()), 'outcome')} of earlier acts, which the table of outcomes lists."
        if later.any()
        else None
    )
    acts = acts[~later]
    columns = {
        "Day": acts["date"],
        "By whom": acts["who"].map(escaped),
        "What was done or said": statements(ledger, acts.index),
        "Status": labels(ledger, "status", acts["status"]),
        "Source": acts["sources"].map(escaped),
    }
    return table("response-by-day", "Who did or said what in the response, day by day", columns, note, none=NO_ACT)


def responders(ledger: Ledger) -> Table:
    """Return who responded, by group: who they are, how often, and with which kinds of act.

    Filled by `actor` in response.yaml, or `actor` and `act` elsewhere.
    """
    acts = response.acts(ledger)
    ahead = acts["status"].isin(AHEAD)
    acts = acts[~ahead]
    note = f"Left out: {counted(int(ahead.sum()), 'act')} only planned or expected." if ahead.any() else None
    groups = [(group, of_it) for group in ledger.terms["group"] if len(of_it := acts[acts["group"] == group])]
    columns = {
        "Group": [ledger.terms.label("group", group) for group, _ in groups],
        "Who": [", ".join(escaped(who) for who in of_it["who"].drop_duplicates()) for _, of_it in groups],
        "Acts and statements": [len(of_it) for _, of_it in groups],
        "Of which kind": [_kinds(ledger, of_it["act"]) for _, of_it in groups],
    }
    caption = "Who responded, group by group"
    return table("responders", caption, columns, note, right=("Acts and statements",), none=NO_ACT)


def _kinds(ledger: Ledger, acts: pd.Series) -> str:
    """Return how many acts there are of each kind: `meetings and visits 2, money 1, no kind recorded 3`."""
    numbers, terms = acts.value_counts(), ledger.terms["act"]
    kinds = [f"{inside(terms[act].label)} {numbers[act]}" for act in terms if act in numbers]
    return ", ".join([*kinds, *([f"no kind recorded {acts.isna().sum()}"] if acts.isna().any() else [])])


def outcomes(ledger: Ledger) -> Table:
    """Return what was done or announced, and what became of it.

    Filled by `outcome_of`.
    """
    outcomes = response.outcomes(ledger)
    columns = {
        "Act": [f"{escaped(ledger.facts.at[fact, 'label'])} {cited(fact)}" for fact in outcomes["before"]],
        "What became of it": statements(ledger, outcomes["fact"]),
        "As of": outcomes["date"],
    }
    none = "no fact is recorded as the outcome of another"
    return table("outcomes", "What was done or announced, and what became of it", columns, none=none)
