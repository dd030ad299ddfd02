"""Timeline: some dozen events along one axis, each with its day and its name."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
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
from casebound.pages.style import INK, MUTED, Look, mark, styled
from casebound.pages.tables.shared import inside

MOST = 12  # events that are read at a glance
NEARLY_ALL = 0.85  # the share of events that sets the axis if all of them would span more than MONTHS
MONTHS, NEAR = pd.Timedelta(days=100), pd.Timedelta(days=30)
BREAK = 0.28  # inches from the axis to what lies far off
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
    openers = {fact: ledger.when(fact).start.latest for fact in ledger.openers.values()}
    since = pd.Timestamp(min(filter(None, openers.values()), default=date.min)) if any(openers.values()) else spot.min()
    is_event = facts["named"].to_numpy(bool) & follows & (~events["lasts"] | events.index.isin(openers))
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


@styled()
def _drawn(paper: Paper, ledger: Ledger, events: pd.DataFrame) -> Canvas:
    sheet, year = Sheet(paper), usual_year(events["date"])
    axis = sheet.room("30 Sep 2025") + 0.22
    rows = [_Row(sheet, ledger, fact, event, year, axis + 0.55) for fact, event in events.iterrows()]
    column = 0 if paper.is_narrow else max(sheet.room(row.date, fontweight=600) for row in rows) + 0.1
    heights = [row.wrap(sheet, column) for row in rows]
    foot = sum(heights) * 1.1 + 0.2
    scale = _scale(events, 0.1 + BREAK * _lies_off(events, -1), foot - 0.1 - BREAK * _lies_off(events, 1))
    ends = [scale.start - 0.08, scale.end + 0.08]
    sheet.line([axis, axis], ends, color=MUTED, lw=0.8, zorder=1)
    spots = [scale.at(row.spot) + BREAK * ((row.spot > scale.last) - int(row.spot < scale.first)) for row in rows]
    sheet.line([axis, axis], [min(spots + ends), max(spots + ends)], **OPEN)
    _days(sheet, scale, axis)
    middles = apart(spots, heights, 0.02, foot)
    for row, spot, middle in zip(rows, spots, middles, strict=True):
        row.draw(sheet, axis, spot, middle, column)
    is_told = _still(sheet, scale, axis, ledger, dict(zip(events.index, middles, strict=True)), rows, column)
    return sheet.cut(sheet.key(foot + paper.line * 0.8, _key(ledger, events, is_told)))


class _Row:
    """The words of one event, and where they stand."""

    def __init__(self, sheet: Sheet, ledger: Ledger, fact: str, event: pd.Series, year: str, left: float) -> None:
        self.date, self.label = short(event["date"], year), event["label"]
        self.weight = 600 if fact in ledger.openers.values() else 400
        self.spot, self.status, self.is_open = event["spot"], event["status"], pd.isna(event["start_from"])
        self.left, self.words, self.right = left, "", 0.0

    def wrap(self, sheet: Sheet, column: float) -> float:
        """Break the words into lines, behind a column for the dates if there is one; return their height."""
        words = self.label if column else f"{self.date}: {self.label}"
        self.words = sheet.wrapped(words, sheet.paper.width - self.left - column - 0.02, fontweight=self.weight)
        self.right = self.left + column + sheet.room(self.words, fontweight=self.weight)
        return (self.words.count("\n") + 1) * sheet.paper.line + (0.11 if column else 0.09)

    def draw(self, sheet: Sheet, axis: float, spot: float, middle: float, column: float) -> None:
        """Draw the mark on the axis, and a line from it to the words."""
        y = middle - self.words.count("\n") * sheet.paper.line / 2
        bends = [axis, axis + 0.14, self.left - 0.14, self.left - 0.06]
        sheet.line(bends, [spot, spot, y, y], color=MUTED, lw=0.5, zorder=1)
        sheet.mark(axis, spot, mark(self.status, 5))
        if column:
            sheet.words(self.left, y, self.date, fontweight=self.weight)
        sheet.words(self.left + column, y, self.words, fontweight=self.weight)


def _scale(events: pd.DataFrame, start: float, end: float) -> Scale:
    """Return the axis: the days of all events, or of nearly all where few lie far off, which stand beyond its ends."""
    first, last = _core(sorted(events["spot"]))
    return Scale(first, max(last, first + pd.Timedelta(days=2)), start, end)


def _core(spots: list[pd.Timestamp]) -> tuple[pd.Timestamp, pd.Timestamp]:
    if spots[-1] - spots[0] <= MONTHS:
        return spots[0], spots[-1]
    held = math.ceil(len(spots) * NEARLY_ALL)
    _, low, high = min((end - day, day, end) for day, end in zip(spots, spots[held - 1 :], strict=False))
    near = [day for day in spots if low - NEAR <= day <= high + NEAR]
    return min(near), max(near)


def _lies_off(events: pd.DataFrame, end: int) -> bool:
    """Tell whether an event lies before (-1) or behind (1) the axis."""
    first, last = _core(sorted(events["spot"]))
    return bool((events["spot"] < first).any() if end < 0 else (events["spot"] > last).any())


def _days(sheet: Sheet, scale: Scale, axis: float) -> None:
    for day, name in scale.ticks(0.55):
        y = scale.at(day)
        sheet.line([axis - 0.05, axis], [y, y], color=MUTED, lw=0.8)
        sheet.words(axis - 0.18, y, name, ha="right", color=MUTED)


def _still(
    sheet: Sheet, scale: Scale, axis: float, ledger: Ledger, middles: dict[str, float], rows: list[_Row], column: float
) -> bool:
    """Draw how long the system stood still that the case asks about, as a broad line along the axis.

    Tell whether a bracket behind the events says so as well; without room for one the key must.
    """
    still = standstill(ledger)
    if still is None or still.returned is None:
        return True
    ends = [ledger.when(still.stopped).start.latest, ledger.when(still.returned).start.latest]
    if not all(ends):
        return True
    sheet.line([axis - 0.09] * 2, [scale.at(pd.Timestamp(day)) for day in ends], **STILL, zorder=1)
    words = f"{days(still.length)} without\n{inside(ledger.terms.label('system', still.system))}"
    top, foot = middles.get(still.stopped), middles.get(still.returned)
    if not column or top is None or foot is None:
        return False
    x = 0.15 + max(row.right for row, y in zip(rows, middles.values(), strict=True) if top <= y <= foot)
    if x + 0.12 + sheet.room(words, fontweight=600) > sheet.paper.width:
        return False
    sheet.line([x - 0.06, x, x, x - 0.06], [top, top, foot, foot], color=INK, lw=0.9)
    sheet.words(x + 0.12, (top + foot - sheet.paper.line) / 2, words, fontweight=600)
    return True


def _key(ledger: Ledger, events: pd.DataFrame, is_told: bool) -> list[tuple[str, Look]]:
    statuses = [status for status in ledger.terms["status"] if status in set(events["status"])]
    entries = [(ledger.terms.label("status", status), mark(status)) for status in statuses]
    still = standstill(ledger)
    if still and not is_told:
        entries.append((f"{days(still.length)} without {inside(ledger.terms.label('system', still.system))}", STILL))
    return entries


def _finding(ledger: Ledger, events: pd.DataFrame) -> tuple[str, list[str]]:
    """Return how long it was from the first phase to the last, or between what days the events lie, with the facts."""
    phases = timeline_of.phases(ledger)
    phases = phases[phases["status"].isin(FIRM)]
    if len(phases) > 1:
        first, last = phases.iloc[0], phases.iloc[-1]
        length = timeline_of.length_from(ledger, first["fact"], last["fact"])
        if length and length.shortest:
            return f"It took {days(length)} from “{first['label']}” to “{last['label']}”.", [
                first["fact"],
                last["fact"],
            ]
    first, last = events.iloc[0], events.iloc[-1]
    said = f"From “{first['label']}”, {on(first['date'])}, to “{last['label']}”, {on(last['date'])}."
    return said, [events.index[0], events.index[-1]]


def _note(ledger: Ledger, events: pd.DataFrame, drawn: pd.DataFrame) -> str:
    """Return what is drawn, and what is left out."""
    parts = ["In bold: what opens a phase."] if set(drawn.index) & set(ledger.openers.values()) else []
    if drawn["start_from"].isna().any():
        parts.append("What is dated “by” a day stands on that day; it may have happened earlier.")
    if _lies_off(drawn, -1) or _lies_off(drawn, 1):
        parts.append("Events on the dotted part of the axis lie further off.")
    if len(events) > len(drawn):
        parts.append(f"Drawn: {len(drawn)} of {len(events)} dated events.")
    return " ".join(parts)


def _alt(events: pd.DataFrame) -> str:
    return " ".join(
        f"{on(date)[0].upper()}{on(date)[1:]}: {label}."
        for date, label in zip(events["date"], events["label"], strict=True)
    )
