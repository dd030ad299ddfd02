"""Tables of the timeline: events, phases, durations, order."""

from __future__ import annotations

import pandas as pd

from casebound.analysis import timeline
from casebound.analysis.findings import findings
from casebound.facts.ledger.ledger import Ledger
from casebound.pages.display import Table
from casebound.pages.markup import escaped
from casebound.pages.tables.shared import cited, day, ranged, table


def events(ledger: Ledger, events: pd.DataFrame) -> Table:
    """Return events, as `analysis.timeline.events` gives them, with when they happened and by when a source had it."""
    exact = len(ledger.sources) == 1
    reported = [f"{moment:%-d\u00a0%B\u00a0%Y, %H:%M}" if exact else day(moment) for moment in events["reported"]]
    alike = len(set(reported)) == 1
    rows = []
    for (fact, row), first in zip(events.iterrows(), reported, strict=True):
        cells = (f"{escaped(row['label'])} {cited(fact)}", ledger.terms.label("status", row["status"]), row["date"])
        rows.append(cells if alike else (*cells, first))
    caption = "Events, when they happened, and by when a source that is entered for them had them"
    columns = "Event | Status | Happened" + ("" if alike else " | In a source by")
    return table("events", caption, columns, rows, note=f"All in a source by {reported[0]}." if alike else None)


def phases(ledger: Ledger) -> Table:
    """Return the phases of the case with when each opened and how long it lasted."""
    found = timeline.phases(ledger)
    last = found.index[-1] if len(found) else None
    rows = [
        (
            f"{escaped(row['label'])} {cited(row['fact'])}",
            row["means"],
            f"not before {row['date']}" if row["status"] == "planned" else row["date"],
            "—" if phase == last else _up_to(row["shortest"], row["longest"]),
        )
        for phase, row in found.iterrows()
    ]
    note = rows and "A phase that opens “by” a day may have opened on any day before it, so the lengths are ranges."
    return table(
        "phases",
        "The phases of the case",
        "Phase | What marks it | Opens | Until the next opens",
        rows,
        note=note or None,
    )


def _up_to(shortest, longest) -> str:
    if pd.notna(shortest) and pd.notna(longest) and shortest == 0:
        return "at once" if longest == 0 else f"up to {int(longest)} days"
    return ranged(shortest, longest)


def durations(ledger: Ledger) -> Table:
    """Return the lengths of time that the sources allow to be worked out, with how."""
    found = {name: one for name, one in findings(ledger).items() if one.unit == "days"}
    rows = [(r.asks, r.text, f"{r.reason[0].upper()}{r.reason[1:]} {cited(*r.facts)}") for r in found.values()]
    stop = timeline.opener(ledger, "stoppage")
    if stop and found.keys().isdisjoint(("stop.at-publication", "stop.length", "stop.to-normal")):
        began = f"Began: {ledger.facts.at[stop, 'date']}; no fact is recorded as its end {cited(stop)}"
        rows.append(("How long did the stop last?", "not known", began))
    ranges = any(one.low != one.high for one in found.values())
    caption = "How long things took" + (", as a shortest and a longest length where they differ" if ranges else "")
    return table("durations", caption, "Question | Length | Worked out", rows)


def order(ledger: Ledger, *themes: str) -> Table:
    """Return the places that events (of some themes only, if named) can have in the order of them all.

    Events with the same date and places share a row.
    """
    found = timeline.order(ledger, *themes)
    alike = found.assign(places=[_places(row) for _, row in found.iterrows()]).groupby(["places", "date"], sort=False)
    rows = [
        (places, date, "; ".join(f"{escaped(label)} {cited(fact)}" for fact, label in group["label"].items()))
        for (places, date), group in alike
    ]
    note = rows and (
        f"Places count from 1 to {len(found)}. One event stands before another only where their dates cannot overlap, "
        "where a source says that one led to the other, or where it answers to it."
    )
    caption = "What came before what: the places that each event can have in the order of all"
    return table("order", caption, "Possible places | Date | Event", rows, note=note or None)


def _places(row: pd.Series) -> str:
    first, last = row["first_place"], row["last_place"]
    return str(first) if first == last else f"{first} to {last}"
