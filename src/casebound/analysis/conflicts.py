"""Conflicts: facts that answer one question and are at odds, inside one source or between sources."""

from __future__ import annotations

from itertools import combinations

import pandas as pd

from casebound.analysis import timeline
from casebound.facts import dates
from casebound.facts.ledger import Ledger

_HEDGED = ("possible", "unconfirmed", "denied")
CLASSES = {
    "value": "two figures of the same measure that do not meet",
    "date": "two dates of the same event that do not meet",
    "status": "two states of the same thing that exclude each other",
    "hedge": "a possibility beside a denial or a matter not confirmed, which leaves the question open",
    "wording": "words that read as if the other were not so",
}


def conflicts(ledger: Ledger) -> pd.DataFrame:
    """Return one row a pair of facts at odds: `question`, `asks`, `first`, `second`, `kind`, `reason`, `inside`.

    Two facts are at odds if they answer the same question and their figures, dates, states or hedges exclude each
    other, or if a person says so and why (`at_odds`); see `CLASSES`. `inside` tells that one source says both.
    Nothing is resolved here.
    """
    asks = {question.id: question.asks for question in ledger.case.questions}
    pairs, facts = [], ledger.facts.to_dict("index")  # looked up once: a question may have many answers
    for question, answers in ledger.answers.groupby("question", sort=False):
        for first, second in combinations(answers["fact"], 2):
            if kind := _kind(ledger, first, second, facts[first], facts[second]):
                pairs.append((question, asks[question], first, second, kind, None))
    for first in ledger.facts.index:
        for other in ledger.records.facts[first].record.at_odds:
            if other.fact in ledger.facts.index:
                pairs.append((None, "How is the wording to be read?", first, other.fact, "wording", other.reason))
    table = pd.DataFrame(pairs, columns=["question", "asks", "first", "second", "kind", "reason"])
    both = zip(table["first"], table["second"], strict=True)
    return table.assign(inside=[bool(_sources(ledger, first) & _sources(ledger, second)) for first, second in both])


def _sources(ledger: Ledger, fact: str) -> set[str]:
    supports = (ledger.evidence["fact"] == fact) & (ledger.evidence["stance"] == "supports")
    return set(ledger.evidence.loc[supports, "source"])


def _kind(ledger: Ledger, first: str, second: str, a: dict, b: dict) -> str | None:
    """Return the class of the conflict between two answers to one question, or None where both can be so."""
    if a["status"] != b["status"] and a["status"] in _HEDGED and b["status"] in _HEDGED:
        return "hedge"
    if _comparable(a, b) and (a["high"] < b["low"] or b["high"] < a["low"]):
        return "value"
    if pd.notna(a["state"]) and pd.notna(b["state"]):
        apart = a["system"] != b["system"] or a["state"] == b["state"] or _may_have_changed(ledger, first, second)
        return None if apart else "status"
    if a["status"] == b["status"] == "done":
        order = dates.order(dates.parse(a["when"]), dates.parse(b["when"]))
        return "date" if order in ("before", "after") else None
    return None


def _may_have_changed(ledger: Ledger, first: str, second: str) -> bool:
    """Tell whether two states are of different days; a plan is a state until its day, so never."""
    if "planned" in (ledger.facts.at[first, "status"], ledger.facts.at[second, "status"]):
        return False
    a, b = ledger.when(first), ledger.when(second)
    return timeline.is_before(a, b) or timeline.is_before(b, a)


def _comparable(a: dict, b: dict) -> bool:
    same = all(pd.notna(a[field]) and a[field] == b[field] for field in ("unit", "measure", "scope"))
    return same and all(pd.notna(row[end]) for row in (a, b) for end in ("low", "high"))
