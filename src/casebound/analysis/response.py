"""Response: what the government did, has in hand, and has only said or promised."""

from __future__ import annotations

import pandas as pd

from casebound.analysis import conflicts, timeline
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


def counted_from(ledger: Ledger) -> str | None:
    """Return the fact from which help is counted: the disclosure where it is known, else the start of the attack."""
    disclosure = ledger.case.disclosure
    return disclosure if disclosure in ledger.facts.index else timeline.opener(ledger, "attack")


def lags(ledger: Ledger) -> pd.DataFrame:
    """Return the days from the disclosure (or the attack) to each dated act of the government, indexed by fact.

    Columns: `actor`, `label`, `help` (its kind, None where it is none), `kind`, `date`, `shortest`, `longest` (days;
    none where the act surely came before). Acts that the report does not follow are left out.
    """
    start = counted_from(ledger)
    table = acts(ledger)[["actor", "label", "kind", "date", "latest"]]
    dated = ~ledger.facts.loc[table.index, "rule"].isin(timeline.STANDING)
    table = table[dated.to_numpy(bool) & ~table.index.isin(conflicts.set_aside(ledger))].copy()
    table.insert(2, "help", ledger.facts.loc[table.index, "help"])
    lengths = [timeline.length_from(ledger, start, fact) if start else None for fact in table.index]
    table["shortest"] = pd.array([length.shortest if length else None for length in lengths], dtype="Int64")
    table["longest"] = pd.array([length.longest if length else None for length in lengths], dtype="Int64")
    return table.sort_values("latest", kind="stable").drop(columns="latest")


def first_help(ledger: Ledger) -> pd.DataFrame:
    """Return the first act of each kind of help, as `lags` gives them, in the order of the terms.

    Where the accounts of the first act are at odds and the report follows none, all of them stand.
    """
    acts = lags(ledger)
    acts = acts[acts["help"].notna()]
    acts = acts.assign(start=[ledger.when(fact).start.latest for fact in acts.index])
    first = acts.sort_values("start", kind="stable", na_position="first").groupby("help", sort=False).head(1).index
    beside = {other for one in conflicts.register(ledger) for other in one.facts if set(one.facts) & set(first)}
    order = {kind: i for i, kind in enumerate(ledger.terms["help"])}
    shown = acts[acts.index.isin(beside) | acts.index.isin(first)].drop(columns="start")
    return shown.sort_values("help", key=lambda column: column.map(order), kind="stable")


def outcomes(ledger: Ledger) -> pd.DataFrame:
    """Return what became of each announcement: `announced`, `fact` (what became of it), `date`, in order of date."""
    told = ledger.facts[ledger.facts["outcome_of"].isin(ledger.facts.index)].sort_values("latest", kind="stable")
    table = told.reset_index()[["outcome_of", "fact", "date"]]
    return table.rename(columns={"outcome_of": "announced"})
