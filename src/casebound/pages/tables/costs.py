"""Tables of the costs: figures in money, who bears them, and figures of output."""

from __future__ import annotations

import pandas as pd

from casebound.analysis import costs
from casebound.facts.ledger.ledger import Ledger
from casebound.pages.display import Table
from casebound.pages.markup import escaped
from casebound.pages.tables.shared import NOT_STATED, cited, speakers, table


def estimates(ledger: Ledger) -> Table:
    """Return the figures in money, each with what it measures; never a sum over figures of different things."""
    found = costs.figures(ledger)
    found = found[found["is_money"]]
    note = "Figures with different measures are not to be added or compared."
    note = note if len(found) else f"No figure in money of the theme {_theme(ledger)} is recorded."
    return _figures(ledger, "estimates", "Figures in money, with what each measures", found, note)


def bearers(ledger: Ledger) -> Table:
    """Return who bears the cost: whom, what share or figure, what it covers, and who says so."""
    rows = [
        (
            ", ".join(ledger.terms.label("party", party) for party in row["parties"]) or NOT_STATED,
            escaped(row["share"]),
            f"{escaped(row['statement'])} {cited(fact)}",
            speakers(ledger, fact),
        )
        for fact, row in costs.bearers(ledger).iterrows()
    ]
    note = "Do not add the rows: an estimate of the whole may include what one firm counts for itself."
    columns = "Who bears it | Share or figure | What it covers | Who says so"
    note = note if rows else "No fact in this report is recorded as an answer to who bears the cost."
    return table("bearers", "Who bears the cost, by whose account", columns, rows, note=note)


def output(ledger: Ledger) -> Table:
    """Return the figures of the theme that are not in money."""
    found = costs.figures(ledger)
    found = found[~found["is_money"]]
    note = None if len(found) else f"No figure of the theme {_theme(ledger)} that is not in money is recorded."
    return _figures(ledger, "output", "Figures that are not in money, with what each measures", found, note)


def _theme(ledger: Ledger) -> str:
    return f"“{ledger.terms.label('theme', 'costs')}”"


def _figures(ledger: Ledger, key: str, caption: str, found: pd.DataFrame, note: str | None) -> Table:
    rows = [
        (
            costs.amount(row["low"], row["high"], row["unit"], row["qualifier"], ledger.case.language),
            f"{_measure(row)} {cited(fact)}",
            _source(row),
            row["given"],
        )
        for fact, row in found.iterrows()
    ]
    columns = "Figure | What it measures | Who gives it, and how it was reached | Given"
    return table(key, caption, columns, rows, note=note)


def _measure(row: pd.Series) -> str:
    """Return what a figure measures, of whom, over which time, whether only as a possibility, whether overtaken."""
    words = [f"{row['measure']}, {row['scope']}", row["period"], "as a possibility" * (row["status"] == "possible")]
    words.append("overtaken by a later figure" * row["superseded"])
    return escaped("; ".join(filter(None, words)))


def _source(row: pd.Series) -> str:
    method = row["method"] if isinstance(row["method"], str) else ""
    return escaped(": ".join(filter(None, (row["by"], method)))) or NOT_STATED
