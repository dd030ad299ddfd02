"""Impacts: who was affected in what way, and what led to what."""

from __future__ import annotations

import pandas as pd

from casebound.analysis import conflicts
from casebound.facts.ledger import graphs
from casebound.facts.ledger.ledger import Ledger


def effects(ledger: Ledger) -> pd.DataFrame:
    """Return one row an effect on a party, of accounts that the report follows and nobody corrected.

    Columns: `fact`, `party`, `effect`.
    """
    felt = ledger.facts.dropna(subset=["effect"]).explode("affected").dropna(subset=["affected"])
    felt = felt[~felt.index.isin(conflicts.set_aside(ledger) | ledger.corrected)]
    return felt.reset_index()[["fact", "affected", "effect"]].rename(columns={"affected": "party"})


def matrix(ledger: Ledger) -> pd.DataFrame:
    """Return parties (rows) by effects (columns), only those that occur, each cell a tuple of fact ids."""
    felt = effects(ledger)
    parties = [term for term in ledger.terms["party"] if term in set(felt["party"])]
    kinds = [term for term in ledger.terms["effect"] if term in set(felt["effect"])]
    cells = felt.groupby(["party", "effect"])["fact"].apply(tuple).to_dict()
    return pd.DataFrame([[cells.get((p, k), ()) for k in kinds] for p in parties], index=parties, columns=kinds)


def cascade(ledger: Ledger) -> pd.DataFrame:
    """Return one row an edge of the cascade: both facts and labels, `link` (quoted, inferred), `words`, `reason`.

    An account that the report sets aside stands only as a cause, and only of what has no other cause.
    """
    return _followed(ledger, recovering=False)


def enablers(ledger: Ledger) -> pd.DataFrame:
    """Return the edges that lead to a fact of the recovery, as `cascade` gives them: what made what possible again."""
    return _followed(ledger, recovering=True)


def left_out(ledger: Ledger) -> tuple[frozenset[str], frozenset[str]]:
    """Return the facts that `matrix` leaves out, set aside or corrected, and those set aside that `cascade` does."""
    aside = conflicts.set_aside(ledger)
    felt = ledger.facts["effect"].notna() & (ledger.facts["affected"].map(len) > 0)
    drawn, edges = cascade(ledger), _edges(ledger, recovering=False)
    linked = {*edges["cause"], *edges["effect"]} - {*drawn["cause"], *drawn["effect"]}
    return (aside | ledger.corrected) & frozenset(ledger.facts.index[felt]), aside & linked


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


def steps(ledger: Ledger) -> dict[str, int]:
    """Return the steps between each fact of the cascade and a first cause, by the longest way."""
    edges = cascade(ledger)
    by_step = graphs.steps(zip(edges["cause"], edges["effect"], strict=True))
    return {fact: step for step, facts in enumerate(by_step) for fact in facts}
