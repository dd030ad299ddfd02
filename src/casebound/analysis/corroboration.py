"""Corroboration: how many independent origins carry a fact, and its credibility on the Admiralty scale."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from casebound.analysis import conflicts
from casebound.facts.ledger.ledger import Ledger

_NO_DISPUTE = ("hedge", "forecast")  # what was only possible or foretold says nothing against what came
_OF_GRADE = {"A": "2", "B": "2", "C": "3", "D": "4", "E": "4", "F": "6"}


@lru_cache(maxsize=8)
def corroboration(ledger: Ledger) -> pd.DataFrame:
    """Return one row a fact, indexed by it: `origins`, `grade` (its best source's), `disputed`, `credibility`.

    Credibility is a digit of the Admiralty scale, worked out and never typed; docs/method.md has the table. Pieces of
    evidence count for their origins: papers that print one statement are one, and one source is no more than one. An
    attacker's word counts for none.
    Later calls return the same frame: copy it before you change it.
    Source: NATO AJP-2.1, grading of information.
    """
    graded = ledger.supports["source"].map(ledger.sources["grade"]).to_numpy()
    table = pd.DataFrame(index=ledger.facts.index)
    table["origins"] = ledger.facts["origins"]
    table["grade"] = pd.Series(graded, ledger.supports["fact"]).sort_values().groupby(level=0).first()
    pairs = conflicts.conflicts(ledger)
    pairs = pairs[~pairs["kind"].isin(_NO_DISPUTE)]
    disputed = {*pairs["first"], *pairs["second"], *ledger.disputed}
    replaced = ledger.supersessions[ledger.supersessions["how"] != "superseded"]
    table["disputed"] = table.index.isin(disputed)
    left_out, corrected = table.index.isin(conflicts.set_aside(ledger)), table.index.isin(replaced["old"])
    rows = zip(table["origins"], table["grade"], table["disputed"], left_out, corrected, strict=True)
    table["credibility"] = [_credibility(*row) for row in rows]
    return table


def _credibility(origins: int, grade: str, disputed: bool, left_out: bool, corrected: bool) -> str:
    if corrected:
        return "5"
    if left_out or not origins:
        return "4"
    if origins > 1:
        return "2" if disputed else "1"
    alone = _OF_GRADE[grade]
    return "3" if alone == "2" and disputed else alone


def sources(ledger: Ledger, fact: str) -> str:
    """Return in which sources a fact stands, each once: `BBC News, 3 September 2025; …`."""
    shown = (ledger.sources.at[piece["source"], "short"] for piece in ledger.carriers[fact])
    return "; ".join(dict.fromkeys(shown))


def speakers(ledger: Ledger) -> pd.Series:
    """Return who says each fact, the first whom its evidence names, indexed by fact; facts without one are left out."""
    return ledger.supports.dropna(subset=["speaker"]).groupby("fact")["speaker"].first()
