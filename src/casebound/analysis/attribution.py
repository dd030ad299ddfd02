"""Attribution: who named whom as the attacker, and what was reported about the data."""

from __future__ import annotations

import pandas as pd

from casebound.analysis.corroboration import sources, speakers
from casebound.facts.ledger.ledger import Ledger

# From the weakest footing of an attribution to the strongest.
RUNGS = {
    "claimed": "Someone says that they did it.",
    "alleged": "A reporter, an expert or somebody else says who did it, or anybody says who may have.",
    "named by those attacked": "Those to whom it happened say who did it.",
    "officially attributed": "An authority says who did it.",
}
_RUNG_OF = {
    "attacker": "claimed",
    "reporter": "alleged",
    "expert": "alleged",
    "other": "alleged",
    "company": "named by those attacked",
    "official": "officially attributed",
}


def ladder(ledger: Ledger) -> pd.DataFrame:
    """Return one row a fact that says who did it, by rung and date: `rung`, `means`, `fact`, `named`, `by`, `date`.

    A fact stands on the rung of its strongest evidence's basis, but no possibility above "alleged"; one that is denied
    or not confirmed names nobody. `named` is whom it names, `by` who says so, or the source. A rung that no source
    reaches has None as its fact.
    """
    answers = ledger.answers_about("attacker")["fact"]
    status = ledger.facts["status"]
    names = [fact for fact in answers if status[fact] not in ("unconfirmed", "denied")]  # those name nobody
    supports = ledger.supports[ledger.supports["fact"].isin(names)]
    reached = supports["basis"].map(_RUNG_OF).map(list(RUNGS).index)
    firm = supports["fact"].map(status) != "possible"
    reached = reached.where(firm, reached.clip(upper=list(RUNGS).index("alleged")))
    highest = reached.groupby(supports["fact"]).max()
    by = speakers(ledger)
    facts = ledger.facts.loc[list(highest.index)].sort_values("latest", kind="stable")
    rows = []
    for i, (rung, means) in enumerate(RUNGS.items()):
        on_rung = [fact for fact in facts.index if highest[fact] == i]
        for fact in on_rung:
            accused = ledger.case.actors.get(facts.at[fact, "accused"])
            named = accused.name if accused else ""
            rows.append((rung, means, fact, named, by.get(fact) or sources(ledger, fact), facts.at[fact, "date"]))
        if not on_rung:
            rows.append((rung, means, None, "", "", ""))
    return pd.DataFrame(rows, columns=["rung", "means", "fact", "named", "by", "date"], dtype=object)


def data_exposure(ledger: Ledger) -> pd.DataFrame:
    """Return the statements about data: `fact`, `speaker`, `statement`, `status`, `date`, `reported`, by date.

    `reported` is the moment by which the first source could be read. A statement stays when a later one overtakes it.
    """
    answers = ledger.answers_about("data")["fact"].unique()
    table = ledger.facts.loc[answers, ["statement", "status", "date", "latest"]]
    table["reported"] = ledger.reported.reindex(table.index)
    given = speakers(ledger)
    table["speaker"] = [given.get(fact) or sources(ledger, fact) for fact in table.index]
    return table.sort_values(["latest", "reported"], kind="stable").reset_index()
