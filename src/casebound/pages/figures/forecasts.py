"""Forecasts: each day held out for a system's return, from the day on which it was said, and the day of its return."""

from __future__ import annotations

from typing import TypeAlias

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from casebound.analysis import recovery
from casebound.facts.ledger.ledger import Ledger
from casebound.pages import tables
from casebound.pages.display import Figure, Omitted
from casebound.pages.figures.days import OPEN, Axis, dates_along, short, usual_year
from casebound.pages.figures.drawing import ON_PAPER, beside, key_to, noted, nothing, sheet, show, width_of
from casebound.pages.style import ACCENT, FAINT, MUTED, RANGE, TALLEST, WARM, WIDTH, Look, mark, styled
from casebound.pages.tables.recovery import state_of, what_of
from casebound.pages.tables.shared import audience, counted

Thing: TypeAlias = tuple[str, str]  # a system, and the name of a place or ""
ROW, TIGHTEST, HEAD, FOOT = 0.27, 0.16, 0.3, 0.72  # inches
SIZE = 7.2  # points
GAP = 8  # points between a mark and its words
_AHEAD: Look = {"color": WARM, "lw": 1.1, "zorder": 2}
_RANGE: Look = {**RANGE, "color": WARM}
_SAID: Look = {"color": MUTED, "marker": "|", "markersize": 7, "markeredgewidth": 1.2, "lw": 0, "zorder": 3}
_BY: Look = {**OPEN, "zorder": 2}


def forecasts(ledger: Ledger) -> Figure | Omitted:
    """Return how each system's return slipped: a row for each day held out, and the day of the return.

    If a page cannot hold all rows, the first and the latest of each system are drawn, of those with most rows.

    Filled by `system` and `forecast`.
    """
    tables_of = {thing: recovery.forecasts(ledger, *thing) for thing in recovery.forecast(ledger)}
    all_told = sum(map(len, tables_of.values()))
    if all_told + sum(bool(recovery.foretold(ledger, *thing)) for thing in tables_of) < 2:
        what = "a statement on when a system could be back"
        return nothing("the figure of the days held out", what, some=all_told > 0)
    room = int((TALLEST - HEAD - FOOT) / TIGHTEST)
    groups = [_Group(ledger, thing, table) for thing, table in _fitting(tables_of, room).items()]
    return show(
        _canvas(ledger, groups),
        alt=_alt(ledger, groups),
        caption=_caption(ledger, tables_of, all_told - sum(len(group.table) for group in groups)),
        data=tables.forecasts(ledger),
        key="forecast-slip",
    )


class _Group:
    """The forecasts of one system that are drawn, and the fact by which it worked again, if any."""

    def __init__(self, ledger: Ledger, thing: Thing, table: pd.DataFrame) -> None:
        self.label, self.table = recovery.named(ledger, *thing), table
        self.came = recovery.foretold(ledger, *thing)
        when = ledger.when(self.came) if self.came else None
        self.back = [pd.Timestamp(day) for day in (when.earliest, when.latest) if day] if when else []
        self.back_on = ledger.facts.at[self.came, "date"] if self.came else ""
        self.state = state_of(ledger, self.came) if self.came else ""


def _fitting(tables_of: dict[Thing, pd.DataFrame], room: int) -> dict[Thing, pd.DataFrame]:
    """Return the forecasts that a page holds, in the order of the terms; each system takes a row for its name."""
    drawn = {}
    for thing, table in sorted(tables_of.items(), key=lambda item: -len(item[1])):
        rows = min(len(table), room - 1)
        if rows < 1:
            break
        drawn[thing] = pd.concat([table.iloc[:1], table.iloc[1:].tail(rows - 1)])
        room -= rows + 1
    return {thing: drawn[thing] for thing in tables_of if thing in drawn}


@styled()
def _canvas(ledger: Ledger, groups: list[_Group]) -> Canvas:
    table = pd.concat(group.table for group in groups)
    year = usual_year([*table["date"], *table["said_on"]])
    said = [_label(ledger, forecast, year) for _, forecast in table.iterrows()]
    share = max(width_of(label, SIZE) for label in said) / (WIDTH * 72) + 0.02  # of the width, for the labels
    wide = 0.985 - share
    canvas, axes = sheet(len(table) + len(groups), ROW, left=share, wide=wide, head=HEAD, foot=FOOT, above=0.6)
    words = [short(date, year) for date in table["date"]]
    back = [day for group in groups for day in group.back]
    days = [*table["said"], *table["target"], *table["last"].dropna(), *back]
    first, last = min(days), max(days)
    # behind the last day there is room for words
    room = (max(width_of(held_out, SIZE) for held_out in words) + GAP) / (wide * WIDTH * 72)
    span = max(last - first, pd.Timedelta(days=7)) / (0.94 - room)
    axis = first - span * 0.03, first + span
    dates_along(axes, axis)
    top, texts = 0, iter(zip(said, words, strict=True))
    for group in groups:
        foot = top + len(group.table)
        beside(axes, -share / wide, top, group.label, fontweight=600)
        _back(axes, axis, (top, foot), group, short(group.back_on, year))
        for row, (_, forecast) in enumerate(group.table.iterrows(), top + 1):
            label, held_out = next(texts)
            beside(axes, -0.012, row, label, ha="right", fontsize=SIZE)
            _forecast(axes, axis[0], row, forecast, held_out)
        top = foot + 1
    key_to(
        canvas, ledger, [],
        (True, "said", _SAID),
        (True, "day named", mark("planned")),
        (bool(back), "works again, at least in part", {"color": ACCENT, "lw": 1.3}),
        (not table["exact"].all(), "said some day up to the mark", _BY),
        ((table["last"].notna() & (table["last"] != table["target"])).any(), "some day in this range", _RANGE),
    )  # fmt: skip
    return canvas


def _label(ledger: Ledger, row: pd.Series, year: str) -> str:
    """Return when a date was announced, and to whom: to the public alone where the public is among them."""
    told_to = ("public",) if "public" in row["told_to"] else row["told_to"]
    label = f"said {short(row['said_on'].removeprefix('on '), year)}"
    return f"{label} to {audience(ledger, told_to)}" if told_to else label


def _forecast(axes: Axes, left: pd.Timestamp, y: int, row: pd.Series, words: str) -> None:
    axes.axhline(y, color=FAINT, lw=0.5, zorder=0)
    if not row["exact"]:
        axes.plot([left, row["said"]], [y, y], **_BY)
    axes.plot([row["said"]], [y], **_SAID)
    axes.plot([row["said"], row["target"]], [y, y], **_AHEAD)
    ends = [row["target"]] if pd.isna(row["last"]) else [row["target"], row["last"]]
    if ends[0] != ends[-1]:
        axes.plot(ends, [y, y], **_RANGE)
    axes.plot([row["target"]], [y], **mark("planned"))
    noted(axes, max(ends[-1], row["said"]), y, words, (GAP, 0), va="center", fontsize=SIZE, zorder=5, bbox=ON_PAPER)


def _back(axes: Axes, axis: Axis, rows: tuple[int, int], group: _Group, words: str) -> None:
    """Draw the day on which a system began to work again upright through its rows; pale where it is a range."""
    if not group.back:
        return
    days, (top, foot) = group.back, rows
    if days[0] != days[-1]:
        axes.fill_betweenx([top, foot + 0.4], days[0], days[-1], color=ACCENT, alpha=0.12, lw=0, zorder=0)
    axes.plot([days[-1]] * 2, [top, foot + 0.4], color=ACCENT, lw=1.3, zorder=1)
    along = "right" if days[-1] - axis[0] > axis[1] - days[-1] else "left"
    apart = (-3 if along == "right" else 3, 0)
    look: Look = {"ha": along, "va": "center", "fontsize": SIZE, "color": ACCENT, "fontweight": 600}
    noted(axes, days[-1], top, f"{group.state}: {words}", apart, **look)


def _caption(ledger: Ledger, tables_of: dict[Thing, pd.DataFrame], crowded: int) -> str:
    """Return what was held out: for one system first and last day and its return, for several which work again."""
    number = len({fact for table in tables_of.values() for fact in table.index})
    left_out = f"; left out: {counted(crowded, 'statement')}" if crowded else ""
    said = f"{counted(number, 'statement')} on when {what_of(ledger)} could be back"
    if len(tables_of) > 1:
        back = [f"“{recovery.named(ledger, *thing)}”" for thing in tables_of if recovery.foretold(ledger, *thing)]
        ended = f"recorded as working again, at least in part: {', '.join(back) or 'none'}"
        return f"{said}, as a whole or in a place; {ended}{left_out}."
    [(thing, table)] = tables_of.items()
    first, last, came = table.iloc[0], table.iloc[-1], recovery.foretold(ledger, *thing)
    moved = f"in these sources first {first['date']}, last {last['date']}" if len(table) > 1 else first["date"]
    ended = f"“{state_of(ledger, came)}”: {ledger.facts.at[came, 'date']}" if came else "no return is recorded"
    return f"{said}: {moved}; {ended}{left_out}."


def _alt(ledger: Ledger, groups: list[_Group]) -> str:
    rows = []
    for group in groups:
        rows.append(f"{group.label}:")
        for _, row in group.table.iterrows():
            told_to = f", to {audience(ledger, row['told_to'])}" if row["told_to"] else ""
            rows.append(f"{row['said_on'][0].upper()}{row['said_on'][1:]}{told_to}: {row['date']}.")
        rows.append(f"An upright line: {group.state}, {group.back_on}." if group.came else "No return is drawn.")
    first = "A row for each day held out for a system's return, with a line to it from the day on which it was said."
    return " ".join([first, *rows])
