"""Response: who did or said what, when help came, and what became of announcements."""

from __future__ import annotations

from datetime import date

import pandas as pd

from casebound.analysis import conflicts, corroboration, timeline
from casebound.facts.ledger.ledger import Ledger


def counted_from(ledger: Ledger) -> str | None:
    """Return the fact from which help is counted: the disclosure where it is known, else the start of the attack."""
    disclosure = ledger.case.disclosure
    return disclosure if disclosure in ledger.facts.index else ledger.openers.get("attack")


def first_money(ledger: Ledger, start: str) -> str | None:
    """Return the fact by which the government first gave money; None unless it can be dated after the start.

    Facts without a day of their own, and those that the report does not follow, do not count.
    """
    government = [name for name, actor in ledger.case.actors.items() if actor.group == "government"]
    facts = ledger.facts
    given = facts[facts["actor"].isin(government) & (facts["help"] == "money") & (facts["status"] == "done")]
    given = given[~given["rule"].isin(timeline.STANDING) & ~given.index.isin(conflicts.set_aside(ledger))]
    for fact in given.sort_values("latest", kind="stable").index:
        length = timeline.length_from(ledger, start, fact)
        if length and length.longest is not None:
            return fact
    return None


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
