"""Impacts: who was affected in what way, and what led to what."""

from __future__ import annotations

import networkx as nx
import pandas as pd

from casebound.facts.ledger import Ledger


def effects(ledger: Ledger) -> pd.DataFrame:
    """Return one row an effect on a party: `fact`, `party`, `effect`, `label`, `status`."""
    felt = ledger.facts.dropna(subset=["effect"]).explode("affected").dropna(subset=["affected"])
    table = felt.reset_index()[["fact", "affected", "effect", "label", "status"]]
    return table.rename(columns={"affected": "party"})


def matrix(ledger: Ledger) -> pd.DataFrame:
    """Return parties (rows) by effects (columns), only those that occur, each cell a tuple of fact ids."""
    felt = effects(ledger)
    parties = [term for term in ledger.terms["party"] if term in set(felt["party"])]
    kinds = [term for term in ledger.terms["effect"] if term in set(felt["effect"])]
    cells = felt.groupby(["party", "effect"])["fact"].apply(tuple).to_dict()
    return pd.DataFrame([[cells.get((p, k), ()) for k in kinds] for p in parties], index=parties, columns=kinds)


def cascade(ledger: Ledger) -> pd.DataFrame:
    """Return one row an edge of the cascade: both facts and labels, `link` (quoted, inferred), `words`, `reason`."""
    return _labelled(ledger, ledger.causes[ledger.causes["effect"].map(ledger.facts["theme"]) != "recovery"])


def enablers(ledger: Ledger) -> pd.DataFrame:
    """Return what made what possible again: the edges that lead to a fact of the recovery, as `cascade` gives them."""
    return _labelled(ledger, ledger.causes[ledger.causes["effect"].map(ledger.facts["theme"]) == "recovery"])


def _labelled(ledger: Ledger, edges: pd.DataFrame) -> pd.DataFrame:
    edges = edges.copy()
    labels = ledger.facts["label"]
    edges["cause_label"] = edges["cause"].map(labels)
    edges["effect_label"] = edges["effect"].map(labels)
    return edges


def steps(ledger: Ledger) -> dict[str, int]:
    """Return for every fact of the cascade how many steps it stands from a first cause, by the longest way."""
    edges = cascade(ledger)
    graph = nx.DiGraph(list(zip(edges["cause"], edges["effect"], strict=True)))
    return {fact: step for step, facts in enumerate(nx.topological_generations(graph)) for fact in sorted(facts)}
