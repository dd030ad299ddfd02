"""Unknowns: what the case asks and its sources do not settle."""

from __future__ import annotations

import pandas as pd

from casebound.analysis import conflicts
from casebound.facts.ledger.frames import FIRM
from casebound.facts.ledger.ledger import Ledger

_SAID_IN_TIME = {"forecast", "revision"}  # kinds of conflict that leave nothing open: each was so when it was said


def questions(ledger: Ledger) -> pd.DataFrame:
    """Return one row a question that the case could ask, indexed by its id: `asks`, `answered`, `is_open`, `facts`.

    `answered` is "in conflict" (facts exclude each other), "answered" (by a fact that is done or under way), "claimed"
    (by somebody's assertion), "partly" (only by plans, possibilities, denials, non-confirmations, captions or an
    attacker's word; on who did it, by any assertion) or "not answered" (by no fact). Open are the last two, and those
    on which accounts differ of which the report follows none, without a reason.
    """
    pairs = conflicts.conflicts(ledger)
    disputed = set(pairs.loc[pairs["kind"] != "hedge", "question"])
    matters = (matter for matter in conflicts.register(ledger) if not set(matter.kinds) <= _SAID_IN_TIME)
    unsettled = {matter.asks for matter in matters if not matter.followed and not matter.because}
    answers = ledger.answers.groupby("question")["fact"].apply(tuple).to_dict()
    rows = []
    for question in ledger.case.questions:
        facts = answers.get(question.id, ())
        if not facts and question.arises_from and question.arises_from not in ledger.facts.index:
            continue  # nobody could have asked yet
        answered = "in conflict" if question.id in disputed else _answered(ledger, facts)
        if question.about == "attacker" and answered == "claimed":
            answered = "partly"
        is_open = answered in ("partly", "not answered") or question.asks in unsettled
        rows.append((question.id, question.asks, answered, is_open, facts))
    columns = ["question", "asks", "answered", "is_open", "facts"]
    return pd.DataFrame(rows, columns=columns).set_index("question").astype({"is_open": bool})


def _answered(ledger: Ledger, facts: tuple[str, ...]) -> str:
    """Return how far facts that do not exclude each other answer a question."""
    if not facts:
        return "not answered"
    pieces = ledger.evidence[ledger.evidence["fact"].isin(facts)]
    in_text = ledger.facts["status"][pieces.loc[pieces["basis"] != "caption", "fact"].unique()]
    if in_text.isin(FIRM).any():
        return "answered"
    of_others = pieces.loc[~pieces["basis"].isin(("caption", "attacker")), "fact"]
    return "claimed" if ledger.facts["status"][of_others.unique()].eq("claimed").any() else "partly"
