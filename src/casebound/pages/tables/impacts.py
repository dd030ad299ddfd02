"""Tables of the effects: who was affected, what led to what."""

from __future__ import annotations

import pandas as pd

from casebound.analysis import impacts
from casebound.facts.ledger.ledger import Ledger
from casebound.facts.text.claims import stands_in
from casebound.facts.text.scripts import foreign
from casebound.pages.display import Table
from casebound.pages.markup import cited, escaped, in_language
from casebound.pages.tables.shared import labels, statements, table


def effects(ledger: Ledger) -> Table:
    """Return who was affected in what way.

    Filled by `affected` and `effect`.
    """
    parties = impacts.effects(ledger).groupby("fact", sort=False)["party"].apply(list)
    facts = ledger.facts.loc[parties.index]
    columns = {
        "Effect": statements(ledger, facts.index),
        "On whom": [", ".join(labels(ledger, "party", of_it)) for of_it in parties],
        "Kind": labels(ledger, "effect", facts["effect"]),
        "Status": labels(ledger, "status", facts["status"]),
    }
    return table("effects", "Who was affected, and how", columns)


def links(ledger: Ledger) -> Table:
    """Return what led to what, each with the words or the reason that the link rests on.

    Filled by `caused_by`.
    """
    caption = "What led to what, with the source’s words or our reason"
    return _links(ledger, "links", caption, "Cause", "Effect", impacts.cascade(ledger))


def enablers(ledger: Ledger) -> Table:
    """Return what made what possible again, with the words or the reason that each link rests on.

    Filled by `caused_by` in recovery.yaml.
    """
    return _links(
        ledger, "enablers", "What made what possible on the way back", "First", "Then", impacts.enablers(ledger)
    )


def _links(ledger: Ledger, key: str, caption: str, first: str, then: str, edges: pd.DataFrame) -> Table:
    rows = [row for _, row in edges.iterrows()]
    columns = {
        first: edges["cause_label"].map(escaped),
        then: [f"{escaped(row['effect_label'])} {cited(row['effect'])}" for row in rows],
        "Link": edges["link"],
        "Words or reason": [
            in_language(f"“{row['words']}”", _language(ledger, row))
            if row["link"] == "quoted"
            else escaped(row["words"] if row["link"] == "stated" else row["reason"])
            for row in rows
        ],
    }
    return table(key, caption, columns, none="no cause that this report follows is recorded for such a fact")


def _language(ledger: Ledger, edge: pd.Series) -> str:
    """Return the language of the words of a link, if not the report's: that of the first source that prints them."""
    prints = (
        ledger.sources.at[piece["source"], "language"]
        for piece in ledger.carriers[edge["effect"]]
        if stands_in(edge["words"], piece["quote"] or "")
    )
    language = next(prints, None)
    return foreign(None if pd.isna(language) else language, ledger.case.language)
