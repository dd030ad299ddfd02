"""Timeline: some dozen events along one axis, each with its day and its name."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import chain

import pandas as pd
from matplotlib.figure import Figure as Canvas

from casebound.analysis import conflicts
from casebound.analysis import timeline as timeline_of
from casebound.analysis.findings import days
from casebound.analysis.standstill import standstill
from casebound.facts.ledger.frames import FIRM
from casebound.facts.ledger.ledger import Ledger
from casebound.pages import tables
from casebound.pages.display import Figure, Omitted
from casebound.pages.figures.days import OPEN, on, short, usual_year
from casebound.pages.figures.drawing import nothing, show
from casebound.pages.figures.paper import NARROW, WIDE, Paper, Scale, Sheet, apart
from casebound.pages.markup import cited, escaped
from casebound.pages.style import FAINT, INK, MUTED, Look, mark, styled
from casebound.pages.tables.shared import counted, inside

MOST = 12  # events that are read at a glance
NEARLY_ALL = 0.85  # the share of events that sets the axis if all of them would span more than MONTHS
MONTHS, NEAR = pd.Timedelta(days=150), pd.Timedelta(days=30)
STILL: Look = {"color": INK, "lw": 5}


def timeline(ledger: Ledger) -> Figure | Omitted:
    """Return the timeline of the case: what opens a phase, then what the case and its sources hold most to.

    Accounts that the report does not follow are left out, and so is what nobody dates.

    Filled by `label`.
    """
    events = _dated(ledger)
    if len(events) < 2:
        return nothing("the timeline", "a dated event with a label", some=len(events) > 0)
    drawn = _chosen(ledger, events)
    caption, facts = _finding(ledger, drawn)
    table = tables.events(ledger, drawn)
    return show(
        _drawn(WIDE, ledger, drawn),
        alt=f"{caption} {_alt(drawn)}",
        caption=f"{escaped(caption)} [analysis: {cited(*facts)[1:]}",
        data=table,
        key="timeline",
        note=_note(ledger, events, drawn),
        narrow=_drawn(NARROW, ledger, drawn),
    )


def _dated(ledger: Ledger) -> pd.DataFrame:
    """Return the events that the report follows and that have a label and a day, in order, with the `spot` of each.

    The spot is the last possible day, or the first of what goes on.
    """
    events = timeline_of.events(ledger)
    facts = ledger.facts.loc[events.index]
    follows = ~events.index.isin(conflicts.set_aside(ledger) | ledger.corrected)
    spot = events["start_to"].where(events["lasts"]).fillna(events["end_to"]).fillna(events["start_from"])
    events = events.assign(spot=spot)[facts["named"].to_numpy(bool) & follows]
    return events[events["spot"].notna()].sort_values("spot", kind="stable")


def _chosen(ledger: Ledger, events: pd.DataFrame) -> pd.DataFrame:
    """Return the events to draw: those that open a phase, then those that weigh most, no more than three of a day."""
    facts, openers = ledger.facts.loc[events.index], set(ledger.openers.values())
    asked = {*chain.from_iterable((*length.start, *length.end) for length in ledger.case.lengths.values())}
    links = pd.concat([ledger.causes["cause"], ledger.causes["effect"]]).value_counts()
    rank = pd.DataFrame(
        {
            "later": ~events.index.isin(openers),
            "hedged": ~facts["status"].isin(FIRM),
            "unasked": ~events.index.isin(asked),
            "vague": (events["start_from"] != events["end_to"]) & ~events["lasts"],
            "origins": -facts["origins"],
            "links": -links.reindex(events.index).fillna(0),
        }
    ).sort_values(["later", "hedged", "unasked", "vague", "origins", "links"], kind="stable")
    kept: list[str] = []
    for fact in rank.index:
        of_day = [other for other in kept if events.at[other, "spot"] == events.at[fact, "spot"]]
        if len(kept) < MOST and (len(of_day) < 2 or fact in openers):
            kept.append(fact)
    return events[events.index.isin(kept)]


@styled()
def _drawn(paper: Paper, ledger: Ledger, events: pd.DataFrame) -> Canvas:
    sheet = Sheet(paper)
    year = usual_year(events["date"])
    months = max(sheet.room("30 Sep 2025") + 0.1, 0.2)
    axis, labels = months + 0.12, months + 0.62
    dates = [short(date, year) for date in events["date"]]
    openers = set(ledger.openers.values())
    weights = [600 if fact in openers else 400 for fact in events.index]
    column = max(sheet.room(date) for date in dates) + 0.1
    room = paper.width - labels - (0 if paper.is_narrow else column)
    words = []
    for date, label, weight in zip(dates, events["label"], weights, strict=True):
        text = f"{date}: {label}" if paper.is_narrow else label
        words.append(sheet.wrapped(text, room, fontweight=weight))
    heights = [(text.count("\n") + 1) * paper.line + (0.09 if paper.is_narrow else 0.11) for text in words]
    foot = sum(heights) * 1.1 + 0.2
    scale = _scale(events, 0.12, foot - 0.12)
    sheet.line([axis, axis], [0.02, foot - 0.02], color=MUTED, lw=0.8, zorder=1)
    _days(sheet, scale, axis)
    _still(sheet, scale, axis, ledger)
    spots = [scale.at(spot) for spot in events["spot"]]
    for y, place, text, date, weight, (_, event) in zip(
        spots, apart(spots, heights, 0.02, foot), words, dates, weights, events.iterrows(), strict=True
    ):
        first = place - text.count("\n") * paper.line / 2
        sheet.line([axis, axis + 0.14, labels - 0.14, labels - 0.06], [y, y, first, first], color=MUTED, lw=0.5, zorder=1)
        if pd.isna(event["start_from"]):
            sheet.line([axis, axis], [y - 0.1, y], **{**OPEN, "color": INK, "lw": 2}, zorder=2)
        sheet.mark(axis, y, mark(event["status"], 5))
        if paper.is_narrow:
            sheet.words(labels, first, text, fontweight=weight)
        else:
            sheet.words(labels, first, date, color=INK, fontweight=weight)
            sheet.words(labels + column, first, text, fontweight=weight)
    return sheet.cut(sheet.key(foot + paper.line * 0.8, _key(ledger, events)))


def _scale(events: pd.DataFrame, start: float, end: float) -> Scale:
    """Return the axis: the days of all events, or of nearly all where few lie far off, which stand at its ends."""
    spots = sorted(events["spot"])
    first, last = spots[0], spots[-1]
    if last - first > MONTHS:
        held = math.ceil(len(spots) * NEARLY_ALL)
        _, low, high = min((end - day, day, end) for day, end in zip(spots, spots[held - 1 :], strict=False))
        near = [day for day in spots if low - NEAR <= day <= high + NEAR]
        first, last = min(near), max(near)
    return Scale(first, max(last, first + pd.Timedelta(days=2)), start, end)


def _days(sheet: Sheet, scale: Scale, axis: float) -> None:
    for day, name in scale.ticks(0.55):
        y = scale.at(day)
        sheet.line([axis - 0.05, axis], [y, y], color=MUTED, lw=0.8)
        sheet.words(axis - 0.16, y, name, ha="right", color=MUTED)


def _still(sheet: Sheet, scale: Scale, axis: float, ledger: Ledger) -> None:
    """Draw how long the system stood still that the case asks about, as a broad line beside the axis."""
    still = standstill(ledger)
    if still is None or still.returned is None:
        return
    ends = [ledger.when(still.stopped).start.latest, ledger.when(still.returned).start.latest]
    if all(ends):
        sheet.line([axis - 0.09] * 2, [scale.at(pd.Timestamp(day)) for day in ends], **STILL, zorder=1)


def _key(ledger: Ledger, events: pd.DataFrame) -> list[tuple[str, Look]]:
    statuses = [status for status in ledger.terms["status"] if status in set(events["status"])]
    entries = [(ledger.terms.label("status", status), mark(status)) for status in statuses]
    if events["start_from"].isna().any():
        entries.append(("some day up to the mark", {**OPEN, "color": INK, "lw": 2}))
    still = standstill(ledger)
    if still and still.returned:
        name = inside(ledger.terms.label("system", still.system))
        entries.append((f"{days(still.length)} without {name}", STILL))
    return entries


def _finding(ledger: Ledger, events: pd.DataFrame) -> tuple[str, list[str]]:
    """Return how long it was from the first phase to the last, or between what days the events lie, with the facts."""
    phases = timeline_of.phases(ledger)
    phases = phases[phases["status"].isin(FIRM)]
    if len(phases) > 1:
        first, last = phases.iloc[0], phases.iloc[-1]
        length = timeline_of.length_from(ledger, first["fact"], last["fact"])
        if length and length.shortest:
            return f"From “{first['label']}” to “{last['label']}” it took {days(length)}.", [first["fact"], last["fact"]]
    first, last = events.iloc[0], events.iloc[-1]
    said = f"“{first['label']}” was {on(first['date'])}, “{last['label']}” {on(last['date'])}."
    return said, [events.index[0], events.index[-1]]


def _note(ledger: Ledger, events: pd.DataFrame, drawn: pd.DataFrame) -> str:
    """Return what is drawn, and what is left out."""
    parts = ["Bold: what opens a phase."] if set(drawn.index) & set(ledger.openers.values()) else []
    scale = _scale(drawn, 0, 1)
    if (far := int((~drawn["spot"].between(scale.first, scale.last)).sum())) > 0:
        parts.append(f"{counted(far, 'event')} beyond the axis: at its end.")
    if more := len(events) - len(drawn):
        parts.append(f"Of {len(events)} dated events {more} stand in the annex alone.")
    return " ".join(parts)


def _alt(events: pd.DataFrame) -> str:
    return " ".join(f"{on(date)[0].upper()}{on(date)[1:]}: {label}." for date, label in zip(events["date"], events["label"], strict=True))
