"""Axis: what the lead figure shows of a case on one axis, and the days between which it stands."""

from __future__ import annotations

import pandas as pd

from casebound.analysis import recovery, response, timeline
from casebound.analysis.standstill import standstill
from casebound.facts.ledger.frames import FIRM
from casebound.facts.ledger.ledger import Ledger
from casebound.pages.figures.days import short, usual_year
from casebound.pages.tables.shared import inside

ACTS, DATES = 7, 8  # at most


class Axis:
    """The phases of a case, its standstill, the days named for the return, and what others did, from `first` to `end`.

    `phases` are rows of `analysis.timeline.phases` with the `day` on which each is drawn, the last possible one; `told`
    of `analysis.recovery.forecasts` of `thing`; `acts` of `analysis.response.acts`. `normal` is the fact by which the
    system that stood still was normal again. `is_empty` without a dated phase.
    """

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        phases = timeline.phases(ledger)
        phases = phases[phases["status"].isin(FIRM)]
        self.phases = phases.assign(day=[self.last(fact) for fact in phases["fact"]]).dropna(subset=["day"])
        self.still = standstill(ledger)
        self.returned = self.still.returned if self.still else None
        self.back = self.last(self.returned) if self.returned else None
        self.normal = self._normal()
        self.thing = self._thing()
        self.told = self._told()
        self.first, self.end = self._ends() if len(self.phases) else (pd.Timestamp.max, pd.Timestamp.min)
        self.acts = response.telling(ledger, self.first, self.end, ACTS)
        dated = ledger.facts.loc[[*self.told.index, *self.acts.index], "date"]
        self.year = usual_year([*self.phases["date"], *dated])

    @property
    def entries(self) -> int:
        """How many phases, days named and acts there are; none without a phase."""
        return len(self.phases) + len(self.told) + len(self.acts) if len(self.phases) else 0

    @property
    def system(self) -> str:
        """The system that stood still, as it stands in a sentence; empty if none did."""
        return inside(self.ledger.terms.label("system", self.still.system)) if self.still else ""

    def last(self, fact: str) -> pd.Timestamp | None:
        """Return the last day on which a fact can have begun; None where it has no day."""
        when = self.ledger.when(fact)
        day = when.start.latest or when.start.earliest or when.end.latest
        return pd.Timestamp(day) if day else None

    def dated(self, fact: str) -> str:
        """Return the date of a fact in short."""
        return short(self.ledger.facts.at[fact, "date"], self.year)

    def stop(self) -> tuple[pd.Timestamp, pd.Timestamp]:
        """Return the first and the last day on which the standstill can have begun."""
        assert self.still
        last = self.last(self.still.stopped) or self.phases["day"].min()
        first = self.ledger.when(self.still.stopped).start.earliest
        return max(pd.Timestamp(first), self.first) if first else last, last

    def known(self) -> pd.Timestamp:
        """Return the day of the newest source, or the end of the axis if no source has a day."""
        return pd.Timestamp(self.ledger.known.date()) if self.ledger.known else self.end

    def _normal(self) -> str | None:
        """Return the fact by which the system that stood still was normal again, or else restored."""
        if not self.still or not self.returned:
            return None
        known = recovery.states(self.ledger)
        whole = known[(known["system"] == self.still.system) & (known["at"] == "") & (known["basis"] != "caption")]
        back = whole[whole["rung"] >= self.ledger.terms.rung("restored")].sort_values(["latest"], kind="stable")
        normal = back[back["rung"] == self.ledger.terms.rung("normal")]
        fact = next(iter([*normal["fact"], *back["fact"]]), None)
        return fact if fact and fact != self.returned and self.last(fact) is not None else None

    def _thing(self) -> tuple[str, str] | None:
        """Return the system whose days are drawn: the one that stood still, or else that with most of them."""
        things = recovery.forecast(self.ledger)
        ours = [thing for thing in things if self.still and thing[0] == self.still.system]
        return max(ours or things, key=lambda thing: len(recovery.forecasts(self.ledger, *thing)), default=None)

    def _told(self) -> pd.DataFrame:
        told = recovery.forecasts(self.ledger, *(self.thing or ("",)))
        if self.still is None and len(told) < 2:  # a single day for something else says nothing here
            return told.iloc[:0]
        return pd.concat([told.iloc[:1], told.iloc[1:].tail(DATES - 1)])

    def _ends(self) -> tuple[pd.Timestamp, pd.Timestamp]:
        """Return the first day, and the last that something is drawn on, or some days more if they are known."""
        stop = [self.last(self.still.stopped)] if self.still else []
        normal = [self.last(self.normal)] if self.normal else []
        begins = [day for day in (*self.phases["day"], *stop) if day is not None]
        ends = [*begins, *self.told["target"], *self.told["last"].dropna(), *normal]
        ends += [self.back] if self.back is not None else []
        attack = timeline.attack_day(self.ledger)
        first, last = min([*begins, *([attack] if attack is not None else [])]), max(ends)
        known = pd.Timestamp(self.ledger.known.date()) if self.ledger.known else last
        return first, max(last, min(known, last + max(last - first, pd.Timedelta(days=7)) * 0.15))
