"""Tables of the effects: who was affected, what led to what."""

from __future__ import annotations

import pandas as pd

from casebound.analysis import impacts
from casebound.facts.ledger.ledger import Ledger
from casebound.pages.display import Table
from casebound.pages.markup import cited, escaped
from casebound.pages.tables.shared import labels, statements, table


def effects(ledger: Ledger) -> Table:
    """Return who was affected in what way."""
    parties = impacts.effects(ledger).groupby("fact", sort=False)["party"].apply(list)
    facts = ledger.facts.loc[parties.index]
    columns = {
        "Effect": statements(ledger, facts.index),
        "On whom": [", ".join(labels(ledger, "party", of_it)) for of_it in parties],
        "Kind": labels(ledger, "effect", facts["effect"]),
        "Status": labels(ledger, "status", facts["status"]),
    }
    return table("effects", "Effects, with those who bore them", columns)


def links(ledger: Ledger) -> Table:
    """Return the links of the cascade, each with the words or the reason that it rests on."""
    caption = "The links of the cascade: the source’s words for those quoted, our reason for those inferred"
    return _links("links", caption, "Cause", "Effect", impacts.cascade(ledger))


def enablers(ledger: Ledger) -> Table:
    """Return what made what possible again, with the words or the reason that each link rests on."""
    return _links("enablers", "Each step back, and what it made possible", "First", "Then", impacts.enablers(ledger))


def _links(key: str, caption: str, first: str, then: str, edges: pd.DataFrame) -> Table:
    rows = [row for _, row in edges.iterrows()]
    columns = {
        first: edges["cause_label"].map(escaped),
        then: [f"{escaped(row['effect_label'])} {cited(row['effect'])}" for row in rows],
        "Link": edges["link"],
        "Words or reason": [escaped(f"“{row['words']}”" if row["link"] == "quoted" else row["reason"]) for row in rows],
    }
    return table(key, caption, columns)
