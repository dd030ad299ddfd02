"""Unknowns: what the case asks and its sources do not settle."""

from __future__ import annotations

import pandas as pd

from casebound.analysis import conflicts
from casebound.facts.ledger.frames import FIRM
from casebound.facts.ledger.ledger import Ledger


def questions(ledger: Ledger) -> pd.DataFrame:
    """Return one row a question that the case could ask, indexed by its id: `asks`, `answered`, `facts`.

    `answered` is "in conflict" (facts exclude each other), "answered" (by a fact that is done or under way), "partly"
    (only by plans, claims, possibilities, non-confirmations or captions) or "not answered" (by no fact).
    """
    pairs = conflicts.conflicts(ledger)
    disputed = set(pairs.loc[pairs["kind"] != "hedge", "question"])
    in_text = set(ledger.evidence.loc[ledger.evidence["basis"] != "caption", "fact"])
    answers = ledger.answers.groupby("question")["fact"].apply(tuple).to_dict()
    firm_facts = set(ledger.facts.index[ledger.facts["status"].isin(FIRM)]) & in_text
    rows = []
    for question in ledger.case.questions:
        if question.arises_from and question.arises_from not in ledger.facts.index:
            continue  # nobody could have asked yet
        facts = answers.get(question.id, ())
        settled = "answered" if firm_facts.intersection(facts) else "partly" if facts else "not answered"
        answered = "in conflict" if question.id in disputed else settled
        rows.append((question.id, question.asks, answered, facts))
    return pd.DataFrame(rows, columns=["question", "asks", "answered", "facts"]).set_index("question")
