"""Output: a figure by period, beside a year before."""

from __future__ import annotations

import re
from math import nan
from typing import NamedTuple

import pandas as pd

from casebound.analysis.costs import amounts
from casebound.facts.dates import edtf
from casebound.facts.ledger.frames import FIRM
from casebound.facts.ledger.ledger import Ledger

CHANGE = "change of {} on the year"  # the measure of a change, with that of the figure


class _Earlier(NamedTuple):
    """What a figure was a year before: the value, how it is known, and the fact that says so or lets it follow."""

    before: float = nan
    how: str = ""
    also: str = ""


def output(ledger: Ledger) -> pd.DataFrame:
    """Return one row a period of the measure that most periods are known of, indexed by fact, in order of time.

    The periods are about as long as each other; money, percentages and what is not firm are left out. Columns:
    `period` (EDTF), `value`, `unit`, `measure`, `scope`, `before` (a year before; NaN if unknown), `change` (percent),
    `how` (`given`, or worked out from a `difference` or a `percentage`) and `also` (the fact that `before` rests on).
    A change has the measure `change of … on the year`. There are no rows where fewer than two periods are known.
    """
    known = amounts.followed(ledger)
    known["period"] = ledger.facts["period"].reindex(known.index)
    is_exact = (known["low"] == known["high"]).fillna(value=False)
    known = known[known["period"].notna() & is_exact].rename(columns={"low": "value"})
    plain = known[~known["is_money"] & known["status"].isin(FIRM) & ~known["unit"].str.startswith(amounts.PERCENT)]
    series = [_compared(group, known) for axis in amounts.axes(plain) for group in _of_one_length(axis)]
    series = [rows for rows in series if len(rows) > 1]
    return max(series, key=lambda rows: (len(rows), rows["before"].count()), default=_compared(plain[:0], known))


def _of_one_length(figures: pd.DataFrame) -> list[pd.DataFrame]:
    """Return figures in groups of periods about as long as each other, in order of time; the later of two stands."""
    figures = figures.drop_duplicates("period", keep="last")
    first = figures["period"].map(lambda period: edtf.parse(period).start.earliest)
    months = figures["period"].map(_days) // 28  # a month has at least so many days
    return [group for _, group in figures.loc[first.sort_values(kind="stable").index].groupby(months, sort=False)]


def _days(period: str) -> float:
    """Return how many days a period takes; NaN if an end is open."""
    when = edtf.parse(period)
    first, last = when.start.earliest, when.end.latest
    return (last - first).days + 1 if first and last else nan


def _compared(figures: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Return figures of one measure with what each was a year before; those that are such a year stand in no row."""
    table = figures[["period", "value", "unit", "measure", "scope"]]
    given = dict(zip(table["period"], table.index, strict=True))
    table = table[~table["period"].isin(map(_year_before, table["period"]))]
    earlier = [_earlier(row, given, known) for _, row in table.iterrows()]
    table = table.join(pd.DataFrame(earlier, table.index, _Earlier._fields))
    return table.assign(change=(table["value"] / table["before"] - 1) * 100)


def _earlier(row: pd.Series, given: dict[str, str], known: pd.DataFrame) -> _Earlier:
    if fact := given.get(_year_before(row["period"])):
        return _Earlier(known.at[fact, "value"], "given", fact)
    of_it = (known["scope"] == row["scope"]) & (known["period"] == row["period"])
    changes = known[of_it & (known["measure"] == CHANGE.format(row["measure"]))]
    for fact, by, unit in zip(changes.index, changes["value"], changes["unit"], strict=True):
        if unit == row["unit"]:
            return _Earlier(row["value"] - by, "difference", fact)
        if unit in amounts.PERCENT and by > -100:
            return _Earlier(row["value"] / (1 + by / 100), "percentage", fact)
    return _Earlier()


def _year_before(period: str) -> str:
    return re.sub(r"\b[0-9]{4}\b", lambda year: f"{int(year[0]) - 1:04}", period)
