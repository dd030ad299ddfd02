"""Response: who did or said what, and what became of it."""

from __future__ import annotations

from datetime import date

import pandas as pd

from casebound.analysis import conflicts, corroboration
from casebound.facts.ledger.frames import AHEAD, FIRM, HEDGED
from casebound.facts.ledger.ledger import Ledger


def acts(ledger: Ledger) -> pd.DataFrame:
    """Return one row an act or statement of somebody, indexed by fact, in order of the day.

    Columns: `date`, `who` (the actor's name), `group`, `act` (words of the terms; NA where there is none), `statement`,
    `status`, `outcome_of` (the fact whose outcome it is, or NA), `sources` (short names). These are the facts of the
    response, and those of other themes that have an `act`; what the report does not follow is left out.
    """
    facts = ledger.facts
    chosen = facts["actor"].notna() & ((facts["theme"] == "response") | facts["act"].notna())
    chosen &= ~facts.index.isin(conflicts.set_aside(ledger))
    table = facts.loc[chosen, ["date", "actor", "act", "statement", "status", "outcome_of"]]
    actors = [ledger.case.actors[actor] for actor in table.pop("actor")]
    table.insert(1, "who", [actor.name for actor in actors])
    table.insert(2, "group", [actor.group for actor in actors])
    table["sources"] = [corroboration.sources(ledger, fact) for fact in table.index]
    return table.loc[sorted(table.index, key=lambda fact: _first_day(ledger, fact))]


def _first_day(ledger: Ledger, fact: str) -> tuple[date, date]:
    """Return the latest and the earliest day on which a fact can have begun; what has no day stands last."""
    when = ledger.when(fact)
    return when.start.latest or when.end.latest or date.max, when.start.earliest or date.min


def outcomes(ledger: Ledger) -> pd.DataFrame:
    """Return what became of earlier acts: `before`, `fact` (what became of it), `date`, in order of date."""
    outcomes = ledger.facts[ledger.facts["outcome_of"].isin(ledger.facts.index)].sort_values("latest", kind="stable")
    table = outcomes.reset_index()[["outcome_of", "fact", "date"]]
    return table.rename(columns={"outcome_of": "before"})


def telling(ledger: Ledger, first: pd.Timestamp, last: pd.Timestamp, most: int) -> pd.DataFrame:
    """Return at most so many acts between two days, spread over them: rows of `acts`, with the `day` of each.

    They are acts of others than the organisation hit and those who attacked it; what was only said, or held possible,
    is left out. The first act of each kind comes before any second one.
    """
    table = acts(ledger)
    told = ~table["status"].isin((*AHEAD, *HEDGED, "pledged")) & ~table["act"].eq("words").fillna(False)
    told &= ~table["group"].isin(("company", "attacker")) & ledger.facts.loc[table.index, "named"]
    days = [_first_day(ledger, fact)[0] for fact in table.index]
    table = table.assign(day=pd.to_datetime(pd.Series(days, table.index, dtype=object), errors="coerce"))[told]
    table = table[table["day"].between(first, last)]
    table = table[table["group"] != "others"] if (table["group"] != "others").any() else table
    if table.empty:
        return table
    firm, kind = table["status"].isin(FIRM), table["act"].fillna("")
    rank = pd.DataFrame({"none": kind == "", "soft": ~firm, "origins": -ledger.facts.loc[table.index, "origins"]})
    firsts = table[~kind.duplicated()].index[:most]
    return table.loc[sorted(_spread(table, rank, list(firsts), most), key=list(table.index).index)]


def _spread(table: pd.DataFrame, rank: pd.DataFrame, chosen: list[str], most: int) -> list[str]:
    """Return the chosen acts and, up to so many, those that lie furthest from all chosen so far."""
    others = [fact for fact in rank.sort_values(list(rank), kind="stable").index if fact not in chosen]
    while others and len(chosen) < most:
        gaps = {fact: min(abs(table.at[fact, "day"] - table.at[one, "day"]) for one in chosen) for fact in others}
        chosen.append(max(others, key=lambda fact: (not rank.at[fact, "soft"], not rank.at[fact, "none"], gaps[fact])))
        others.remove(chosen[-1])
    return chosen
