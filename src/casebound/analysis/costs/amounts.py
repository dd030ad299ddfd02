"""Amounts: every figure of what it cost, with what it measures."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd

from casebound.analysis import conflicts
from casebound.analysis.corroboration import sources, speakers
from casebound.facts.dates import edtf
from casebound.facts.ledger.ledger import Ledger
from casebound.facts.records.money import Money, money_in
from casebound.facts.text.nouns import for_number

_FIGURE = "status measure scope unit low high qualifier period method given by is_money".split()
PERCENT = ("percent", "per cent", "%")
_RATE = re.compile(r"(per cent|.+?)(?: (?:per|an?) (.+))?")


def figures(ledger: Ledger) -> pd.DataFrame:
    """Return one row a figure of the theme, indexed by fact, in the order in which they were given.

    Columns: `status`, `measure`, `scope`, `unit`, `low`, `high` (`pd.NA` where open), `qualifier`
    (the source's word before it, or empty), `period` (readable, or empty), `method`, `given` (the day, readable), `by`
    (who gives it, or the source), `is_money`, `superseded`.
    """
    table = ledger.facts[(ledger.facts["theme"] == "costs") & ledger.facts["measure"].notna()].copy()
    given = speakers(ledger)
    table["by"] = [given.get(fact) or sources(ledger, fact) for fact in table.index]
    table["period"] = [text and ledger.printed(edtf.parse(text)) for text in table["period"].fillna("")]
    table["given"] = table["date"]
    table["is_money"] = pd.array([money_in(unit) is not None for unit in table["unit"]], dtype=bool)
    table["superseded"] = table.index.isin(ledger.superseded)
    table["qualifier"] = table["qualifier"].fillna("")
    return table.sort_values("latest", kind="stable")[[*_FIGURE, "superseded"]]


def followed(ledger: Ledger) -> pd.DataFrame:
    """Return the figures that the report follows: none set aside, corrected or overtaken."""
    table = figures(ledger)
    return table[~table["superseded"] & ~table.index.isin(conflicts.set_aside(ledger) | ledger.corrected)]


def axes(figures: pd.DataFrame) -> list[pd.DataFrame]:
    """Return figures in groups that may share an axis: the same unit, measure and scope."""
    return [group for _, group in figures.groupby(["unit", "measure", "scope"], sort=False)]


def amount(low: float, high: float, unit: str, qualifier: str = "", language: str = "en-GB") -> str:
    """Return a figure as prose prints it: `£1.6bn to £2.1bn`, `at least 5,000 organisations`, `−27.1%`.

    A `qualifier` is the source's own word before it (`over`, `nearly`, `about`); `language` is the case's, by which the
    sign of a currency is chosen.
    """
    rate = _RATE.fullmatch(unit)
    money, (plain, per) = money_in(unit), rate.groups() if rate else (unit, None)
    shown = [None if pd.isna(end) else _written(end, plain, money, language) for end in (low, high)]
    [first, last] = shown
    figure = " to ".join(dict.fromkeys(filter(None, shown)))
    if not money and plain not in PERCENT:
        figure += f" {for_number(plain, low if last is None else high)}"
    figure += f" a {per}" if per else ""
    if not qualifier:
        qualifier = "at least" if last is None else "up to" if first is None else ""
    return f"{qualifier} {figure}".strip()


def _written(number: float, plain: str, money: Money | None, language: str) -> str:
    """Return a number as prose prints it, with what stands beside each end of a range: `£1.6bn`, `−27.1%`, `5,000`."""
    sign, shown = "−" if number < 0 else "", f"{abs(number):,.10g}"
    if money:
        return sign + replace(money, per="").written(shown, language)
    return f"{sign}{shown}{'%' * (plain in PERCENT)}"
