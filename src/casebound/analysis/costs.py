"""Costs: what it cost, each figure with what it measures; and what became of output."""

from __future__ import annotations

import pandas as pd

from casebound.analysis.corroboration import speakers
from casebound.facts.dates import edtf
from casebound.facts.ledger.ledger import Ledger
from casebound.facts.records.money import money_in

_FIGURE = "status measure scope unit low high qualifier period method given by is_money".split()


def figures(ledger: Ledger) -> pd.DataFrame:
    """Return one row a figure of the theme, indexed by fact, in the order in which they were given.

    Columns: `status`, `measure`, `scope`, `unit`, `low`, `high` (`pd.NA` where open), `qualifier`
    (the source's word before it, or empty), `period` (readable, or empty), `method`, `given` (the day, readable), `by`
    (who gives it), `is_money`, `superseded`.
    """
    table = ledger.facts[(ledger.facts["theme"] == "costs") & ledger.facts["measure"].notna()].copy()
    table["by"] = speakers(ledger).reindex(table.index).fillna("")
    table["period"] = [text and ledger.printed(edtf.parse(text)) for text in table["period"].fillna("")]
    table["given"] = table["date"]
    table["is_money"] = pd.array([money_in(unit) is not None for unit in table["unit"]], dtype=bool)
    table["superseded"] = table.index.isin(ledger.superseded)
    table["qualifier"] = table["qualifier"].fillna("")
    return table.sort_values("latest", kind="stable")[[*_FIGURE, "superseded"]]


def bearers(ledger: Ledger) -> pd.DataFrame:
    """Return one row a fact that says who bears the cost, indexed by fact: `parties`, `share`, `statement`.

    These are the facts that answer a question about the bearers. `share` is the answer in a few words, `parties` a
    tuple of words for those affected, empty where the fact names none. They stand in the order of the parties in the
    terms, and for each party in the order in which they were given; a fact on several stands with the first of them.
    """
    shares = ledger.answers_about("bearers").groupby("fact", sort=False)["answer"].agg("; ".join)
    table = ledger.facts.loc[list(shares.index), ["statement", "affected", "latest"]]
    table = table.assign(share=shares, parties=table["affected"].map(tuple))
    order = list(ledger.terms["party"])
    table["first"] = [min(map(order.index, parties), default=len(order)) for parties in table["parties"]]
    return table.sort_values(["first", "latest"], kind="stable")[["parties", "share", "statement"]]


def axes(figures: pd.DataFrame) -> list[pd.DataFrame]:
    """Return figures in groups that may share an axis: the same unit, measure and scope."""
    return [group for _, group in figures.groupby(["unit", "measure", "scope"], sort=False)]


def amount(low: float, high: float, unit: str, qualifier: str = "", language: str = "en-GB") -> str:
    """Return a figure as prose prints it: `£1.6bn to £2.1bn`, `at least 5,000 organisations`, `−27.1%`.

    A `qualifier` is the source's own word before it (`over`, `nearly`, `about`); `language` is the case's, by which the
    sign of a currency is chosen.
    """
    first, last = (None if pd.isna(end) else _written(end, unit, language) for end in (low, high))
    if last is None:
        return f"{qualifier or 'at least'} {first}"
    if first is None:
        return f"{qualifier or 'up to'} {last}"
    figure = first if low == high else f"{first} to {last}"
    return f"{qualifier} {figure}" if qualifier else figure


def _written(number: float, unit: str, language: str) -> str:
    sign = "−" if number < 0 else ""
    shown = f"{abs(number):,.10g}"
    if money := money_in(unit):
        return sign + money.written(shown, language)
    if unit == "percent":
        return f"{sign}{shown}%"
    plain, _, per = unit.partition(" per ")
    noun = plain if abs(number) == 1 or plain.endswith("s") else f"{plain}s"
    return f"{sign}{shown} {noun}" + (f" a {per}" if per else "")
