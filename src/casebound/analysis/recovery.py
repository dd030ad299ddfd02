"""Recovery: which systems stood still, which came back, and what was forecast."""

from __future__ import annotations

import pandas as pd

from casebound.analysis import timeline
from casebound.facts.ledger import Ledger


def states(ledger: Ledger) -> pd.DataFrame:
    """Return one row a state that a source gives for a system, plans left out.

    Columns: `fact`, `system`, `state`, `rung` (0 is stopped), `label`, `status`, `date`, `earliest`, `latest`, `basis`.
    """
    table = ledger.facts.dropna(subset=["system", "state"])
    table = table[table["status"] != "planned"].reset_index()
    table["rung"] = [ledger.terms["state"][state].rung for state in table["state"]]
    basis = ledger.evidence.groupby("fact")["basis"].first()
    table["basis"] = table["fact"].map(basis)
    return table[["fact", "system", "state", "rung", "label", "status", "date", "earliest", "latest", "basis"]]


def systems(ledger: Ledger) -> pd.DataFrame:
    """Return one row a system, indexed by it, in the terms' order: its lowest and its last known state.

    Columns: `lowest`, `low_fact`, `state`, `fact`, `date`. The last known state is the highest that the text itself
    gives, unless another surely came after it; a caption counts only where the text gives none.
    """
    rows = []
    known = states(ledger)
    for system in ledger.terms["system"]:
        of_it = known[known["system"] == system].sort_values("rung", kind="stable")
        if not len(of_it):
            continue
        in_text = of_it[of_it["basis"] != "caption"]
        low, last = of_it.iloc[0], _last(ledger, in_text if len(in_text) else of_it)
        rows.append((system, low["state"], low["fact"], last["state"], last["fact"], last["date"]))
    columns = ["system", "lowest", "low_fact", "state", "fact", "date"]
    return pd.DataFrame(rows, columns=columns).set_index("system")


def _last(ledger: Ledger, states: pd.DataFrame) -> pd.Series:
    """Return the highest state, or a lower one that surely came after it."""
    last = states.iloc[-1]
    for _, state in states.iloc[::-1].iterrows():
        if timeline.is_before(ledger.when(last["fact"]), ledger.when(state["fact"])):
            last = state
    return last


def forecasts(ledger: Ledger) -> pd.DataFrame:
    """Return one row a forecast, indexed by fact: `statement`, `date` (what for), `reported`."""
    table = ledger.facts[ledger.facts["status"] == "planned"]
    return table.assign(reported=[timeline.reported(ledger, fact) for fact in table.index])[
        ["statement", "date", "earliest", "reported"]
    ]
