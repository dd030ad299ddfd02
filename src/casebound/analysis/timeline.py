"""Timeline: what happened when, in which order, and how long it lasted, as far as the windows of the dates allow."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from datetime import datetime, time
from itertools import pairwise
from zoneinfo import ZoneInfo

import pandas as pd

from casebound.analysis import conflicts
from casebound.facts.dates import edtf
from casebound.facts.dates.edtf import Length, When
from casebound.facts.ledger import graphs
from casebound.facts.ledger.frames import AHEAD
from casebound.facts.ledger.ledger import Ledger

STANDING = ("at-publication",)  # states on the day of a text, not events
ANSWERING = (
    "response",
    "recovery",
)  # themes whose events answer what happened, so come after it unless their dates say otherwise


def events(ledger: Ledger) -> pd.DataFrame:
    """Return one row an event, indexed by fact, in order of the latest possible day, then of the earliest.

    Columns: `theme`, `label`, `status`, `date` (readable), `start_from`, `start_to`, `end_from`, `end_to` (days;
    NaT is open), `lasts` (an interval rather than one day), `reported` (by when a source had it).
    """
    kept = ["theme", "label", "status", "date", "lasts"]
    table = ledger.facts.loc[~ledger.facts["rule"].isin(STANDING), kept].copy()
    windows = [_window(ledger, fact) for fact in table.index]
    ends = [(w.start.earliest, w.start.latest, w.end.earliest, w.end.latest) for w in windows]
    days = pd.DataFrame(ends, table.index, ["start_from", "start_to", "end_from", "end_to"], dtype=object)
    lasts = table.pop("lasts").astype(bool)
    table = table.join(days.apply(pd.to_datetime)).assign(lasts=lasts, reported=ledger.reported)
    moments = pd.Series([_moment(ledger, fact) for fact in table.index], table.index, dtype=float)
    table = table.loc[moments.sort_values(kind="stable", na_position="last").index]  # of one day by the hour
    return table.sort_values(["end_to", "start_from"], kind="stable", na_position="last")


def _moment(ledger: Ledger, fact: str) -> float:
    moment = ledger.when(fact).moment
    return moment.timestamp() if moment else math.nan


def _window(ledger: Ledger, fact: str) -> When:
    """Return the date of a fact; what lasts since a phase opened begins with the fact by which the report opens it.

    *Since it began* begins where the report has it begin, whatever the paper that says so has.
    """
    when, event = ledger.when(fact), ledger.record(fact).dated.event
    phase = ledger.record(event).opens if when.span and event else None
    opener = ledger.openers.get(phase) if phase else None
    return replace(when, start=ledger.when(opener).start) if opener else when


def attack_day(ledger: Ledger) -> pd.Timestamp | None:
    """Return the first day on which the first phase can have opened, by the account that the report follows."""
    fact = _opening(ledger)
    day = ledger.when(fact).start.earliest if fact else None
    return pd.Timestamp(day) if day else None


def _opening(ledger: Ledger) -> str | None:
    """Return the fact that opens the first phase; None if none does, or if another phase may have come before it."""
    openers, first = ledger.openers, next(iter(ledger.terms.phases), "")
    others = (other for phase, other in openers.items() if phase != first)
    if first not in openers or not openers.keys() <= {*ledger.terms.phases}:
        return None
    start = ledger.when(openers[first])
    return None if any(edtf.is_before(ledger.when(other), start) for other in others) else openers[first]


def _in_order(ledger: Ledger) -> list[str]:
    """Return the facts that open the phases whose order the case gives, but none whose date contradicts the order."""
    in_order: list[str] = []
    for phase in ledger.terms.phases:
        fact = ledger.openers.get(phase)
        if fact and not any(edtf.is_before(ledger.when(fact), ledger.when(earlier)) for earlier in in_order):
            in_order.append(fact)
    return in_order


@dataclass(frozen=True)
class Order:
    """Which event surely came before which.

    `first` and `last` are the moments, as POSIX times, before which each event surely did not begin and after which it
    surely did not end; `led` and `followed` name for an event those that came before and after it whatever their dates.
    """

    first: dict[str, float]
    last: dict[str, float]
    led: dict[str, frozenset[str]]
    followed: dict[str, frozenset[str]]

    def before(self, event: str, other: str) -> bool:
        """Tell whether an event surely came before another."""
        return self.last[event] < self.first[other] or event in self.led.get(other, ())

    def places(self, facts: list[str]) -> list[tuple[int, int]]:
        """Return for each of the facts the first and the last place that it can have among them, from 1."""
        lasts, firsts = (sorted(moments[fact] for fact in facts) for moments in (self.last, self.first))
        among, places = set(facts), []
        for fact in facts:
            first, last = self.first[fact], self.last[fact]
            # what the dates do not say already is counted one by one: there is little of it
            led = sum(self.last[cause] >= first for cause in among.intersection(self.led.get(fact, ())))
            followed = sum(self.first[effect] <= last for effect in among.intersection(self.followed.get(fact, ())))
            places.append((1 + bisect_left(lasts, first) + led, bisect_right(firsts, last) - followed))
        return places


def certain_order(ledger: Ledger) -> Order:
    """Return the order of the events as far as it is certain.

    One is surely before another if its last possible moment lies before the other's first, or if a source says that it
    led to it; a phase opens before the next one that the case lists, and help and recovery follow what they answer to.
    So what led to an event cannot have ended after it did, nor can what followed have begun before: that narrows their
    windows.
    """
    facts = list(events(ledger).index)
    stated = _stated(ledger, facts)
    led, followed = graphs.before(stated), graphs.after(stated)
    zone = ZoneInfo(ledger.case.timezone)
    ends = {fact: _ends(ledger.when(fact), zone) for fact in facts}
    first = {fact: max(ends[cause][0] for cause in {fact, *led.get(fact, ())}) for fact in facts}
    last = {fact: min(ends[effect][1] for effect in {fact, *followed.get(fact, ())}) for fact in facts}
    return Order(first, last, led, followed)


def _stated(ledger: Ledger, facts: list[str]) -> list[tuple[str, str]]:
    """Return the pairs of events whose order is known from something other than their dates."""
    known = set(facts)
    told = ledger.causes[ledger.causes["link"] != "inferred"]
    causes = zip(told["cause"], told["effect"], strict=True)
    pairs = [(cause, effect) for cause, effect in causes if cause in known and effect in known]
    pairs += pairwise(fact for fact in _in_order(ledger) if fact in known)
    opening = _opening(ledger)
    if opening in known:
        themes = ledger.facts["theme"].to_dict()
        answering = (fact for fact in facts if themes[fact] in ANSWERING and fact != opening)
        start = ledger.when(opening)
        pairs += ((opening, fact) for fact in answering if not edtf.is_before(ledger.when(fact), start))
    return pairs


def _ends(when: When, zone: ZoneInfo) -> tuple[float, float]:
    """Return the first and the last possible moment of a date as POSIX times; an open end is infinite."""
    if when.moment:
        return when.moment.timestamp(), when.moment.timestamp()
    first, last = when.start.earliest, when.end.latest
    return (
        datetime.combine(first, time.min, zone).timestamp() if first else -math.inf,
        datetime.combine(last, time.max, zone).timestamp() if last else math.inf,
    )


def order(ledger: Ledger, *themes: str) -> pd.DataFrame:
    """Return one row an event: the first and last place that it can have in the order of all those of the themes.

    Columns: `label`, `date`, `first_place`, `last_place` (from 1), by what is certain only; wide ranges say that
    the sources leave the order open. Facts that the report does not follow are left out, and plans that were overtaken.
    """
    table = events(ledger)[["label", "date"]]
    facts = ledger.facts.loc[table.index]
    overtaken = facts["status"].isin(AHEAD) & facts.index.isin(ledger.superseded)
    shown = facts["named"].astype(bool) & ~table.index.isin(conflicts.set_aside(ledger)) & ~overtaken
    table = table[shown & facts["theme"].isin(themes or ledger.terms["theme"])].copy()
    places = certain_order(ledger).places(list(table.index))
    table["first_place"], table["last_place"] = zip(*places, strict=True) if places else ((), ())
    return table.sort_values(["first_place", "last_place"], kind="stable")


def phases(ledger: Ledger) -> pd.DataFrame:
    """Return one row a phase that some fact opens, in order, indexed by the phase; those without a known order last.

    Columns: `label`, `means`, `fact` (the one that opens it), `status`, `date`, `shortest`, `longest` (days until
    the next phase opens; None where open).
    """
    in_order = _in_order(ledger)
    next_of = dict(pairwise(in_order))
    names = {**dict.fromkeys(ledger.terms.phases), **ledger.terms["phase"]}
    opened = [(name, ledger.terms["phase"][name], fact) for name in names if (fact := ledger.openers.get(name))]
    rows = []
    for name, term, fact in sorted(opened, key=lambda row: row[2] not in in_order):
        lasts = length_from(ledger, fact, next_of[fact]) if fact in next_of else None
        shortest, longest = (lasts.shortest, lasts.longest) if lasts else (None, None)
        status, date = ledger.facts.at[fact, "status"], ledger.facts.at[fact, "date"]
        rows.append((name, term.label, term.means, fact, status, date, shortest, longest))
    columns = ["phase", "label", "means", "fact", "status", "date", "shortest", "longest"]
    table = pd.DataFrame(rows, columns=columns).set_index("phase")
    return table.astype({"shortest": "Int64", "longest": "Int64"})


def length_from(ledger: Ledger, first: str, second: str) -> Length | None:
    """Return the days from one fact to another; None where the second surely came first.

    A fact that is dated by the other ("immediate", "since the start of") comes with it, whatever the windows.
    """
    dated = ledger.record(second).dated
    if dated.event == first and dated.rule in ("with-event", "since-event"):
        return Length(0, 0)
    return edtf.length_between(ledger.when(first), ledger.when(second))
