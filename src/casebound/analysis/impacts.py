"""Impacts: who was affected in what way, and what led to what."""

from __future__ import annotations

import pandas as pd

from casebound.analysis import conflicts
from casebound.facts.ledger.ledger import Ledger


def effects(ledger: Ledger) -> pd.DataFrame:
    """Return one row an effect on a party, of accounts that the report follows and nobody corrected.

    Columns: `fact`, `party`, `effect`.
    """
    felt = ledger.facts.dropna(subset=["effect"]).explode("affected").dropna(subset=["affected"])
    felt = felt[~felt.index.isin(conflicts.set_aside(ledger) | ledger.corrected)]
    return felt.reset_index()[["fact", "affected", "effect"]].rename(columns={"affected": "party"})


def cascade(ledger: Ledger) -> pd.DataFrame:
    """Return one row an edge of the cascade: both facts and labels, `link` (quoted, inferred), `words`, `reason`.

    An account that the report sets aside stands only as a cause, and only of what has no other cause.
    """
    return _followed(ledger, recovering=False)


def enablers(ledger: Ledger) -> pd.DataFrame:
    """Return the edges that lead to a fact of the recovery, as `cascade` gives them: what made what possible again."""
    return _followed(ledger, recovering=True)


def _edges(ledger: Ledger, *, recovering: bool) -> pd.DataFrame:
    return ledger.causes[(ledger.causes["effect"].map(ledger.facts["theme"]) == "recovery") == recovering]


def _followed(ledger: Ledger, *, recovering: bool) -> pd.DataFrame:
    """Return the edges between accounts that the report follows; a cause set aside only if there is no other cause."""
    edges, aside = _edges(ledger, recovering=recovering), conflicts.set_aside(ledger)
    edges = edges[~edges["effect"].isin(aside)]
    followed = ~edges["cause"].isin(aside)
    edges = edges[followed | ~edges["effect"].isin(edges.loc[followed, "effect"])]
    labels = ledger.facts["label"]
    return edges.assign(cause_label=edges["cause"].map(labels), effect_label=edges["effect"].map(labels))
