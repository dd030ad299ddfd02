"""Tables of the costs: figures in money, who bears them, and figures of output."""

from __future__ import annotations

import pandas as pd

from casebound.analysis.costs import amounts
from casebound.analysis.costs import bearers as bearers_of
from casebound.facts.ledger.ledger import Ledger
from casebound.pages.display import Table
from casebound.pages.markup import cited, escaped
from casebound.pages.tables.shared import NOT_RECORDED, labels, or_not_recorded, speakers, statements, table


def estimates(ledger: Ledger) -> Table:
    """Return the figures in money, each with what it measures; never a sum over figures of different things.

    Filled by `quantity` in money in costs.yaml.
    """
    figures = amounts.figures(ledger)
    columns = _columns(ledger, figures[figures["is_money"]])
    note = "Figures with different measures are not to be added or compared."
    none = f"no fact in this report is recorded as a figure in money of the theme {_theme(ledger)}"
    return table("estimates", f"Figures in money under {_theme(ledger)}: what each measures", columns, note, none=none)


def output(ledger: Ledger) -> Table:
    """Return the figures of the theme that are not in money.

    Filled by `quantity` not in money in costs.yaml.
    """
    figures = amounts.figures(ledger)
    columns = _columns(ledger, figures[~figures["is_money"]])
    none = f"no fact in this report is recorded as a figure of the theme {_theme(ledger)} that is not in money"
    return table("output", f"Figures not in money under {_theme(ledger)}: what each measures", columns, none=none)


def bearers(ledger: Ledger) -> Table:
    """Return who bears the cost: whom, what share or figure, what it covers, and who says so.

    Filled by `answers` to a question `about: bearers`.
    """
    bearers = bearers_of.bearers(ledger)
    whom = (", ".join(labels(ledger, "party", parties)) for parties in bearers["parties"])
    columns = {
        "Whom it concerns": [names or NOT_RECORDED for names in whom],
        "Share or figure": bearers["share"].map(escaped),
        "What it covers": statements(ledger, bearers.index),
        "Who says so": [speakers(ledger, fact) for fact in bearers.index],
    }
    note = "Each row is an account of its own: not to be added." if len(bearers) > 1 else None
    none = "no fact in this report is recorded as an answer to who bears the cost"
    return table("bearers", "Who bears what of the cost, and who says so", columns, note, none=none)


def _theme(ledger: Ledger) -> str:
    return f"“{ledger.terms.label('theme', 'costs')}”"


def _columns(ledger: Ledger, figures: pd.DataFrame) -> dict:
    rows = [row for _, row in figures.iterrows()]
    language = ledger.case.language
    return {
        "Figure": [amounts.amount(row["low"], row["high"], row["unit"], row["qualifier"], language) for row in rows],
        "What it measures": [f"{_measure(row)} {cited(row.name)}" for row in rows],
        "Who gives it, and how it was reached": or_not_recorded(map(_source, rows)),
        "Given": figures["given"],
    }


def _measure(row: pd.Series) -> str:
    """Return what a figure measures, of whom, over which time, whether only as a possibility, whether overtaken."""
    words = [f"{row['measure']}, {row['scope']}", row["period"], "as a possibility" * (row["status"] == "possible")]
    words.append("overtaken by a later figure" * row["superseded"])
    return escaped("; ".join(filter(None, words)))


def _source(row: pd.Series) -> str:
    """Return who gives a figure, and how it was reached, unless that names the same."""
    by, method = row["by"], "" if pd.isna(row["method"]) else row["method"]
    return by if not method else method if by and by in method else f"{by}: {method}" if by else method
