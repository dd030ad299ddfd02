"""Response: what the government did, has in hand, and has only said or promised."""

from __future__ import annotations

import pandas as pd

from casebound.analysis import timeline
from casebound.facts.ledger import Ledger

# An act that is done and one that is promised never stand in one column.
KINDS = {"done": "done", "under way": "under way", "planned": "said or promised", "pledged": "said or promised"}


def acts(ledger: Ledger, group: str = "government") -> pd.DataFrame:
    """Return one row an act of an actor of the group, indexed by fact; those done first, then by date.

    Columns: `actor` (name), `role`, `label`, `statement`, `status`, `kind` (done, under way, said or promised),
    `date`, `latest`.
    """
    actors = {name: actor for name, actor in ledger.case.actors.items() if actor.group == group}
    table = ledger.facts[ledger.facts["actor"].isin(actors)].copy()
    table["role"] = [actors[name].role or "" for name in table["actor"]]
    table["actor"] = [actors[name].name for name in table["actor"]]
    table["kind"] = [KINDS.get(status, "said or promised") for status in table["status"]]
    rank = table["kind"].map({"done": 0, "under way": 1, "said or promised": 2})
    table = table.assign(rank=rank).sort_values(["rank", "latest"], kind="stable")
    return table[["actor", "role", "label", "statement", "status", "kind", "date", "latest"]]


def lags(ledger: Ledger) -> pd.DataFrame:
    """Return the days from the attack to each dated act: `actor`, `label`, `kind`, `date`, `shortest`, `longest`."""
    start = timeline.opener(ledger, "attack")
    table = acts(ledger)[["actor", "label", "kind", "date"]]
    table = table[~ledger.facts.loc[table.index, "rule"].isin(timeline.STANDING).to_numpy(bool)].copy()
    lengths = [timeline.length_from(ledger, start, fact) if start else None for fact in table.index]
    table["shortest"] = pd.array([length.shortest if length else None for length in lengths], dtype="Int64")
    table["longest"] = pd.array([length.longest if length else None for length in lengths], dtype="Int64")
    return table
