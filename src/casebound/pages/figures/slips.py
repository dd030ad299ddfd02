"""Slips: the days named for each system's return, and how much later than named it came back."""

from __future__ import annotations

from datetime import date

import pandas as pd

from casebound.analysis import recovery
from casebound.facts.ledger.ledger import Ledger

MOST = 20  # rows that a page holds, those that name a system among them


class Slip:
    """The days named for the return of one system, in some places or as a whole, and its return.

    `table` has the forecasts, `drawn` those with a row; `came` is the fact by which the system worked again, between
    the days `first` and `last`: None where no return is known.
    """

    def __init__(self, ledger: Ledger, system: str, place: str) -> None:
        self.system, self.places = ledger.terms.label("system", system), [place] if place else []
        self.table = recovery.forecasts(ledger, system, place)
        self.drawn = self.table
        self.came = recovery.foretold(ledger, system, place)
        when = ledger.when(self.came) if self.came else None
        self.first, self.last = (when.start.earliest, when.start.latest or when.end.latest) if when else (None, None)

    @property
    def label(self) -> str:
        """The system with its places."""
        return ", ".join([self.system, *self.places])

    def late(self, row: pd.Series) -> tuple[int, int] | None:
        """Return by how many days at least and at most the return came after a day named; None where not known."""
        if self.first is None or self.last is None:
            return None
        last: date = (row["target"] if pd.isna(row["last"]) else row["last"]).date()
        return (self.first - last).days, (self.last - row["target"].date()).days

    def later(self, row: pd.Series) -> str:
        """Return in words how much later than named the return came; empty where that is not known."""
        slip = self.late(row)
        if slip is None:
            return ""
        low, high = slip
        if low <= 0 <= high:
            return "as named" if low < high or low == 0 else ""
        sooner = high < 0
        few, many = sorted((abs(low), abs(high)))
        number = f"{few}" if few == many else f"{few} to {many}"
        return f"{number} day{'s' * (many != 1)} {'sooner' if sooner else 'later'}"


def slips(ledger: Ledger) -> list[Slip]:
    """Return the days named for each system; places with the same forecasts and the same return are one."""
    groups = (Slip(ledger, *thing) for thing in recovery.forecast(ledger))
    alike: dict[tuple, Slip] = {}
    for group in groups:
        first = alike.setdefault((group.system, *group.table.index, group.came), group)
        first.places += group.places if first is not group else []
    return list(alike.values())


def fitting(groups: list[Slip]) -> list[Slip]:
    """Return the systems that a page holds, each with the forecasts drawn of it; a system takes a row for its name."""
    room, kept = MOST, []
    for group in sorted(groups, key=lambda group: -len(group.table)):
        rows = min(len(group.table), room - 1)
        if rows < 1:
            break
        group.drawn = pd.concat([group.table.iloc[:1], group.table.iloc[1:].tail(rows - 1)])
        kept.append(group)
        room -= rows + 1
    return [group for group in groups if group in kept]
