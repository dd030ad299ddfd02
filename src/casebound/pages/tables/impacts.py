"""Tables of the effects: who was affected, what led to what."""

from __future__ import annotations

import pandas as pd

from casebound.analysis import impacts
from casebound.facts.ledger.ledger import Ledger
from casebound.pages.display import Table
from casebound.pages.markup import escaped
from casebound.pages.tables.shared import cited, said, table


def effects(ledger: Ledger) -> Table:
    """Return who was affected in what way."""
    found = impacts.effects(ledger)
    groups = found.groupby("fact", sort=False)["party"].apply(list)
    rows = [
        (
            f"{said(ledger, fact)} {cited(fact)}",
            ", ".join(ledger.terms.label("party", party) for party in parties),
            ledger.terms.label("effect", ledger.facts.at[fact, "effect"]),
            ledger.terms.label("status", ledger.facts.at[fact, "status"]),
        )
        for fact, parties in groups.items()
    ]
    return table("effects", "Effects, with those who bore them", "Effect | On whom | Kind | Status", rows)


def links(ledger: Ledger) -> Table:
    """Return the links of the cascade, each with the words or the reason that it rests on."""
    caption = "The links of the cascade: the source’s words for those quoted, our reason for those inferred"
    return table("links", caption, "Cause | Effect | Link | Words or reason", _links(impacts.cascade(ledger)))


def enablers(ledger: Ledger) -> Table:
    """Return what made what possible again, with the words or the reason that each link rests on."""
    caption = "Each step back, and what it made possible"
    return table("enablers", caption, "First | Then | Link | Words or reason", _links(impacts.enablers(ledger)))


def _links(edges: pd.DataFrame) -> list[tuple]:
    return [
        (
            escaped(row["cause_label"]),
            f"{escaped(row['effect_label'])} {cited(row['effect'])}",
            row["link"],
            escaped(f"“{row['words']}”" if row["link"] == "quoted" else row["reason"]),
        )
        for _, row in edges.iterrows()
    ]
