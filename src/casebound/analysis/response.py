"""Response: what the government did, has in hand, and has only said or promised."""

from __future__ import annotations

from datetime import date

import pandas as pd

from casebound.analysis import conflicts, corroboration, timeline
from casebound.facts.ledger.ledger import Ledger


def acts(ledger: Ledger, group: str = "government") -> pd.DataFrame:
    """Return one row an act of an actor of the group, indexed by fact; those done first, then by date.

    Columns: `actor` (name), `role`, `label`, `statement`, `status`, `kind` (done, under way, said or promised),
    `date`, `latest`.
    """
    actors = {name: actor for name, actor in ledger.case.actors.items() if actor.group == group}
    table = ledger.facts[ledger.facts["actor"].isin(actors)].copy()
    table["role"] = [actors[name].role or "" for name in table["actor"]]
    table["actor"] = [actors[name].name for name in table["actor"]]
    table["kind"] = table["status"].where(table["status"].isin(("done", "under way")), "said or promised")
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


def by_day(ledger: Ledger) -> pd.DataFrame:
    """Return one row an act or statement of the response, indexed by fact, in order of the day.

    Columns: `date`, `statement`, `status`, `sources` (short names). What became of an announcement, and acts
    that the report does not follow, are left out.
    """
    facts = ledger.facts
    chosen = (facts["theme"] == "response") & facts["actor"].notna() & facts["outcome_of"].isna()
    table = facts.loc[chosen & ~facts.index.isin(conflicts.set_aside(ledger)), ["date", "statement", "status"]]
    table["sources"] = [corroboration.sources(ledger, fact) for fact in table.index]
    return table.loc[sorted(table.index, key=lambda fact: _first_day(ledger, fact))]


def _first_day(ledger: Ledger, fact: str) -> tuple[date, date]:
    """Return the latest and the earliest day on which a fact can have begun; what has no day stands last."""
    when = ledger.when(fact)
    return when.start.latest or when.end.latest or date.max, when.start.earliest or date.min


def outcomes(ledger: Ledger) -> pd.DataFrame:
    """Return what became of each announcement: `announced`, `fact` (what became of it), `date`, in order of date."""
    outcomes = ledger.facts[ledger.facts["outcome_of"].isin(ledger.facts.index)].sort_values("latest", kind="stable")
    table = outcomes.reset_index()[["outcome_of", "fact", "date"]]
    return table.rename(columns={"outcome_of": "announced"})
