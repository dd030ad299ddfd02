"""Changes: what came to be known between two moments."""

from __future__ import annotations

import pandas as pd

from casebound.facts.ledger.ledger import Ledger

HOW = ("new", "superseded", "corrected", "withdrawn")


def changes(earlier: Ledger, later: Ledger) -> pd.DataFrame:
    """Return one row a change between two ledgers of a case: `how`, `fact`, `by`, `statement`, `known`.

    `how` is "new" (a fact that the earlier ledger lacks) or what became of one that it holds: "superseded",
    "corrected" or "withdrawn", each `by` another fact; `known` is the moment at which it could be known, NaT where no
    day is known. In order of that moment.
    """
    statements, reported = later.facts["statement"].to_dict(), later.reported.to_dict()
    new = [fact for fact in statements if fact not in earlier.facts.index]
    rows = [("new", fact, "", statements[fact], reported[fact]) for fact in new]
    since = set(new)
    for old, by, how in later.supersessions.itertuples(index=False):
        if by in since:
            rows.append((how, old, by, statements[old], reported[by]))
    table = pd.DataFrame(rows, columns=["how", "fact", "by", "statement", "known"])
    rank = table["how"].map({how: i for i, how in enumerate(HOW)})
    return table.assign(rank=rank).sort_values(["known", "rank"], kind="stable").drop(columns="rank")
