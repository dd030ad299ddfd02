"""Events: the drawing of the timeline, an axis from top to bottom with the words of each event beside it."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.figure import Figure as Canvas

from casebound.analysis.findings import days
from casebound.analysis.standstill import standstill
from casebound.facts.ledger.ledger import Ledger
from casebound.pages.figures.days import OPEN, short, usual_year
from casebound.pages.figures.paper import Paper, Scale, Sheet, apart
from casebound.pages.style import INK, MUTED, Look, mark, styled
from casebound.pages.tables.shared import inside

NEARLY_ALL = 0.85  # the share of events that sets the axis if all of them would span more than MONTHS
MONTHS, NEAR = pd.Timedelta(days=100), pd.Timedelta(days=30)
BREAK = 0.28  # inches from the axis to what lies far off
STILL: Look = {"color": INK, "lw": 5}


@styled()
def drawn(paper: Paper, ledger: Ledger, events: pd.DataFrame) -> Canvas:
    """Return the axis from top to bottom, with the words of each event beside it."""
    sheet, year = Sheet(paper), usual_year(events["date"])
    axis = sheet.room("30 Sep 2025") + 0.22
    rows = [_Row(sheet, ledger, fact, event, year, axis + 0.55) for fact, event in events.iterrows()]
    column = 0 if paper.is_narrow else max(sheet.room(row.date, fontweight=600) for row in rows) + 0.1
    heights = [row.wrap(sheet, column) for row in rows]
    foot = sum(heights) * 1.1 + 0.2
    scale = _scale(events, 0.1 + BREAK * lies_off(events, -1), foot - 0.1 - BREAK * lies_off(events, 1))
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


def lies_off(events: pd.DataFrame, end: int) -> bool:
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
