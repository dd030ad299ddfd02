"""Bearers: who bears the cost, which share of it, and what single bearers put a figure on."""

from __future__ import annotations

import pandas as pd

from casebound.analysis.costs import amounts
from casebound.facts.ledger.ledger import Ledger
from casebound.facts.records.money import money_in

SHARE = "share of {}"  # the measure of a share, with that of the whole


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


def shares(ledger: Ledger) -> pd.DataFrame:
    """Return one row a share of a figure in money that somebody bears, indexed by fact, the largest first.

    A share answers a question about the bearers in percent, and has the measure `share of …` and the scope of the
    figure. Columns: `parties`, `low`, `high` (percent; NA where open), `qualifier`, `measure` (the figure's), `scope`.
    Where the shares are of several figures, those of the figure of which most are known stand here.
    """
    known = amounts.followed(ledger)
    money = known[known["is_money"]]
    figures = {(SHARE.format(measure), scope): measure for measure, scope in zip(*_pair(money), strict=True)}
    table = known[known["unit"].isin(amounts.PERCENT)].join(bearers(ledger)["parties"], how="inner")
    table = table.assign(measure=[figures.get(pair) for pair in zip(*_pair(table), strict=True)])
    table = table[table["measure"].notna()]
    of_one = max((group for _, group in table.groupby(["measure", "scope"], sort=False)), key=len, default=table)
    order = of_one["low"].fillna(of_one["high"]).sort_values(ascending=False, kind="stable").index
    return of_one.loc[order, ["parties", "low", "high", "qualifier", "measure", "scope"]]


def _pair(figures: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    return figures["measure"], figures["scope"]


def whole(ledger: Ledger, share: pd.Series) -> tuple[pd.Series, pd.Series | None]:
    """Return the figure that a share is of, one number if there is one, and a range that is given beside that."""
    known = amounts.followed(ledger)
    known = known[known["is_money"] & (known["measure"] == share["measure"]) & (known["scope"] == share["scope"])]
    is_exact = (known["low"] == known["high"]).fillna(value=False)
    if not is_exact.any():
        return known.iloc[-1], None
    figure = known[is_exact].iloc[-1]
    ranges = known[~is_exact & known["low"].notna() & known["high"].notna() & (known["unit"] == figure["unit"])]
    return figure, None if ranges.empty else ranges.iloc[-1]


def named_beside(ledger: Ledger, shares: pd.DataFrame) -> list[str]:
    """Return the other parties on whom the origins of some shares lay a part of the cost without a figure."""
    of_it = ledger.supports[ledger.supports["fact"].isin(shares.index)]["origin"]
    told = set(ledger.supports[ledger.supports["origin"].isin(of_it)]["fact"])
    table = bearers(ledger)
    table = table[table.index.isin(told) & ledger.facts["measure"].reindex(table.index).isna()]
    shared = {party for parties in shares["parties"] for party in parties}
    return [party for party in dict.fromkeys(table["parties"].explode().dropna()) if party not in shared]


def of_single(ledger: Ledger, unit: str) -> list[pd.DataFrame]:
    """Return the figures of single bearers in the currency of a unit, in groups of one measure, unit and scope.

    They answer a question about the bearers and are no shares; what is only possible or denied is left out.
    """
    known = amounts.followed(ledger)
    known = known[known.index.isin(bearers(ledger).index) & known["low"].notna()]
    known = known[~known["status"].isin(("possible", "denied", "unconfirmed"))]
    return amounts.axes(known[known["is_money"] & (known["unit"].map(_currency) == _currency(unit))])


def _currency(unit: str) -> str:
    """Return a unit of money without its size: `NOK million per week` as `NOK per week`; empty for any other."""
    money = money_in(unit)
    return f"{money.currency} per {money.per}" if money else ""
