"""Attribution: who is said to have done it, by whom, and what is said of the data."""

from __future__ import annotations

import pandas as pd

from casebound.facts.ledger import Ledger

# From the weakest footing of an attribution to the strongest.
RUNGS = {
    "claimed": "Someone says that they did it.",
    "alleged": "A reporter or an expert says who did it.",
    "assessed": "The company says who did it.",
    "attributed": "An authority says who did it.",
}
_RUNG_OF = {
    "attacker": "claimed",
    "reporter": "alleged",
    "expert": "alleged",
    "company": "assessed",
    "official": "attributed",
}


def ladder(ledger: Ledger) -> pd.DataFrame:
    """Return one row a rung, indexed by it: `means`, `facts` (ids, empty where no source reaches the rung).

    A fact stands on the rung of its evidence's basis; only facts that answer who did it count.
    """
    facts = ledger.answers.loc[ledger.answers["question"] == "attacker", "fact"]
    bases = ledger.evidence[ledger.evidence["fact"].isin(facts)]
    on = {rung: tuple(dict.fromkeys(bases.loc[bases["basis"].map(_RUNG_OF) == rung, "fact"])) for rung in RUNGS}
    rows = [(rung, means, on[rung]) for rung, means in RUNGS.items()]
    return pd.DataFrame(rows, columns=["rung", "means", "facts"]).set_index("rung")


def data_exposure(ledger: Ledger) -> pd.DataFrame:
    """Return what is said of data taken, in order of date: `fact`, `speaker`, `statement`, `status`, `date`."""
    facts = ledger.answers.loc[ledger.answers["question"] == "data-taken", "fact"]
    table = ledger.facts.loc[facts, ["statement", "status", "date", "latest"]].sort_values("latest", kind="stable")
    speaker = ledger.evidence.groupby("fact")["speaker"].first()
    return table.assign(speaker=[speaker.get(fact) or "" for fact in table.index]).reset_index()
