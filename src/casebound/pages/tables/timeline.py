"""Tables of the timeline: events, phases, durations, order."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from casebound.analysis import lengths, timeline
from casebound.analysis.findings import finding
from casebound.facts.ledger.frames import AHEAD
from casebound.facts.ledger.ledger import Ledger
from casebound.facts.records.models import Length
from casebound.pages.display import Table
from casebound.pages.markup import cited, escaped
from casebound.pages.tables.shared import labels, ranged, table


def events(ledger: Ledger, events: pd.DataFrame | None = None) -> Table:
    """Return events with when they happened and by when a source had them.

    `events` are some rows of `analysis.timeline.events`, None for all.
    """
    events = timeline.events(ledger) if events is None else events
    exact = len(ledger.sources) == 1
    reported = [*map(ledger.stamp if exact else ledger.day, events["reported"])]
    columns = {
        "Event": _labelled(events["label"]),
        "Status": labels(ledger, "status", events["status"]),
        "Date": events["date"],
        "In a source by": reported,
    }
    note = None
    if len(set(reported)) == 1:
        del columns["In a source by"]
        note = f"All in a source by {reported[0]}."
    caption = "Events with their dates" + (", and when a source first had each" if len(columns) == 4 else "")
    return table("events", caption, columns, note)


def _labelled(labels: pd.Series) -> list[str]:
    """Return the labels of facts, by which they are indexed, each with its citation."""
    return [f"{escaped(label)} {cited(fact)}" for fact, label in labels.items()]


def phases(ledger: Ledger) -> Table:
    """Return the phases of the case with when each opened and how long it lasted.

    Filled by `opens`.
    """
    phases = timeline.phases(ledger)
    columns = {
        "Phase": _labelled(phases.set_index("fact")["label"]),
        "What marks it": phases["means"],
        "Opens": phases["date"].mask(phases["status"].isin(AHEAD), "not before " + phases["date"]),
        "Until the next opens": [*map(_up_to, phases["shortest"][:-1], phases["longest"][:-1]), *["—"][: len(phases)]],
    }
    note = None
    if phases["date"].str.startswith("by ").any():
        note = "A phase that opens “by” a day may have opened on that day or on any before, so its length is a range."
    none = "no fact that this report follows is recorded as the beginning of a phase"
    return table("phases", "The phases of the case", columns, note, none=none)


def _up_to(shortest, longest) -> str:
    if pd.notna(shortest) and pd.notna(longest) and shortest == 0:
        return "on the same day" if longest == 0 else f"up to {int(longest)} days"
    return ranged(shortest, longest)


def durations(ledger: Ledger) -> Table:
    """Return the lengths of time that the sources allow to be worked out, with how.

    Filled by `lengths` in case.yaml.
    """
    known = list(filter(None, (finding(ledger, name) for name in ledger.case.lengths)))
    rows = [(f.asks, f.text, f"{f.reason[0].upper()}{f.reason[1:]} {cited(*f.facts)}") for f in known]
    if not ledger.as_of and not ledger.limited_to:  # an earlier report asks nothing that later events raised
        rows += [(asked.asks, "not known", began) for asked, began in _unended(ledger)]
    ranges = any(f.low != f.high for f in known)
    caption = "How long things took" + (", as a shortest and a longest length where they differ" if ranges else "")
    return table("durations", caption, pd.DataFrame(rows, columns=["Question", "Length", "Worked out"]))


def _unended(ledger: Ledger) -> Iterator[tuple[Length, str]]:
    """Yield the lengths whose beginning alone is recorded, and whose end is a fact that is not, with that beginning."""
    for asked in lengths.asked(ledger).values():
        start, end = lengths.ends(ledger, asked)
        if start and start.fact and not end and lengths.is_unrecorded(ledger, asked.end):
            begin = ledger.printed(start.when).removeprefix("from ")
            yield asked, f"Begins {begin}; no fact is recorded as its end {cited(start.fact)}"


def order(ledger: Ledger, *themes: str) -> Table:
    """Return the places that events (of some themes only, if named) can have in the order of them all.

    Events with the same date and places share a row.

    Filled by `label`.
    """
    order = timeline.order(ledger, *themes)
    spans = zip(order["first_place"], order["last_place"], strict=True)
    order["places"] = [str(first) if first == last else f"{first} to {last}" for first, last in spans]
    alike = list(order.groupby(["places", "date"], sort=False))
    columns = {
        "Place": [places for (places, _), _ in alike],
        "Date": [date for (_, date), _ in alike],
        "Event": ["; ".join(_labelled(group["label"])) for _, group in alike],
    }
    note = (
        f"Places count from 1 to {len(order)}. One event comes before another only if their dates cannot overlap, "
        "if a source says that it led to the other, if both open phases, or if it opens what the other answers."
    )
    of = f" of {' and '.join(f'“{label}”' for label in labels(ledger, 'theme', themes))}" if themes else ""
    caption = f"The earliest and latest place that each event{of} can have in their order"
    return table("order", caption, columns, note, none="no fact that this report follows is a dated event with a label")
