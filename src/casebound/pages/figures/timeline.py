"""Timeline: some dozen events along one axis, each with its day and its name."""

from __future__ import annotations

from datetime import date
from itertools import chain

import pandas as pd

from casebound.analysis import conflicts
from casebound.analysis import timeline as timeline_of
from casebound.analysis.findings import days
from casebound.facts.ledger.frames import FIRM
from casebound.facts.ledger.ledger import Ledger
from casebound.pages import tables
from casebound.pages.display import Figure, Omitted
from casebound.pages.figures.days import last_possible, on
from casebound.pages.figures.drawing import nothing, show
from casebound.pages.figures.events import drawn, lies_off
from casebound.pages.figures.paper import NARROW, WIDE
from casebound.pages.markup import escaped, worked_out

MOST = 12  # events that are read at a glance


def timeline(ledger: Ledger) -> Figure | Omitted:
    """Return the timeline of the case: what opens a phase, then what the case and its sources hold most to.

    Accounts that the report does not follow are left out, and so is what nobody dates.

    Filled by `label`.
    """
    events = _dated(ledger)
    if len(events) < 2:
        return nothing("the timeline", "a dated event with a label", some=len(events) > 0)
    chosen = _chosen(ledger, events)
    finding, facts = _finding(ledger, chosen)
    return show(
        drawn(WIDE, ledger, chosen),
        alt=f"{finding} {_alt(chosen)}",
        caption=f"{escaped(finding)} {worked_out(*facts)}",
        data=tables.events(ledger, chosen),
        key="timeline",
        note=_note(ledger, events, chosen),
        narrow=drawn(NARROW, ledger, chosen),
    )


def _dated(ledger: Ledger) -> pd.DataFrame:
    """Return the events that the report follows and that have a label and a day, in order, with the `spot` of each.

    The spot is the last possible day, or the first of what goes on.
    """
    events = timeline_of.events(ledger)
    facts = ledger.facts.loc[events.index]
    follows = ~events.index.isin(conflicts.set_aside(ledger) | ledger.corrected)
    spot = events["start_to"].where(events["lasts"]).fillna(events["end_to"]).fillna(events["start_from"])
    openers = {fact: ledger.when(fact).start.latest for fact in ledger.openers.values()}
    since = pd.Timestamp(min(filter(None, openers.values()), default=date.min)) if any(openers.values()) else spot.min()
    is_event = facts["named"].to_numpy(bool) & follows & (facts["theme"] != "context").to_numpy(bool)
    is_event &= ~events["lasts"] | events.index.isin(openers)
    events = events.assign(spot=spot)[is_event & (spot >= since)]
    return events.sort_values("spot", kind="stable")


def _chosen(ledger: Ledger, events: pd.DataFrame) -> pd.DataFrame:
    """Return the events to draw: those that open a phase, then those that weigh most, at most two others of a day."""
    openers, weight = set(ledger.openers.values()), _weight(ledger, events)
    kept: list[str] = []
    for fact in sorted(events.index, key=lambda fact: (fact not in openers, -weight[fact])):
        of_day = [other for other in kept if events.at[other, "spot"] == events.at[fact, "spot"]]
        if len(kept) < MOST and (len(of_day) < 2 or fact in openers):
            kept.append(fact)
    return events[events.index.isin(kept)]


def _weight(ledger: Ledger, events: pd.DataFrame) -> pd.Series:
    """Return how much each event weighs: whether the case counts lengths from it or to it and asks about it, whether
    several origins tell it, whether it names a day to come, led to others or followed from them, is sure, has a day.
    """
    facts = ledger.facts.loc[events.index]
    counted_from = {*chain.from_iterable((*length.start, *length.end) for length in ledger.case.lengths.values())}
    linked = {*ledger.causes["cause"], *ledger.causes["effect"], *facts["outcome_of"].dropna()}
    return (
        3 * events.index.isin(counted_from)
        + 2 * (facts["origins"] > 1)
        + events.index.isin(ledger.answers["fact"])
        + facts["forecast"].notna()
        + events.index.isin(linked)
        + facts["status"].isin(FIRM)
        - (events["start_from"] != events["end_to"])
    ).astype(int)


def _finding(ledger: Ledger, events: pd.DataFrame) -> tuple[str, list[str]]:
    """Return how long it was from the first phase to the last, or between what days the events lie, with the facts."""
    phases = timeline_of.phases(ledger)
    phases = phases[phases["status"].isin(FIRM)]
    if len(phases) > 1:
        first, last = phases.iloc[0], phases.iloc[-1]
        length = timeline_of.length_from(ledger, first["fact"], last["fact"])
        if length and length.shortest:
            facts = [first["fact"], last["fact"]]
            names = ledger.facts["label"].where(ledger.facts["named"])
            begin, end = (row["label"] if pd.isna(names[row["fact"]]) else names[row["fact"]] for row in (first, last))
            return f"It took {days(length)} from “{begin}” to “{end}”.", facts
    first, last = events.iloc[0], events.iloc[-1]
    said = f"From “{first['label']}”, {on(first['date'])}, to “{last['label']}”, {on(last['date'])}."
    return said, [events.index[0], events.index[-1]]


def _note(ledger: Ledger, events: pd.DataFrame, chosen: pd.DataFrame) -> str:
    """Return what is drawn, and what is left out."""
    parts = ["In bold: what opens a phase."] if set(chosen.index) & set(ledger.openers.values()) else []
    parts += filter(None, [last_possible(chosen["date"])])
    if lies_off(chosen, -1) or lies_off(chosen, 1):
        parts.append("Events on the dotted part of the axis lie further off.")
    if len(events) > len(chosen):
        parts.append(f"Drawn: {len(chosen)} of {len(events)} dated events.")
    return " ".join(parts)


def _alt(events: pd.DataFrame) -> str:
    told = zip(events["date"], events["label"], strict=True)
    return " ".join(f"{on(day)[0].upper()}{on(day)[1:]}: {label}." for day, label in told)
