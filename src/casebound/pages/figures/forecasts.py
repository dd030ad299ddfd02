"""Forecasts: each day held out for a system's return, and how much later the system came back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import pandas as pd
from matplotlib.figure import Figure as Canvas

from casebound.analysis import recovery
from casebound.facts.ledger.ledger import Ledger
from casebound.pages import tables
from casebound.pages.display import Figure, Omitted
from casebound.pages.figures.days import OPEN, on, short, usual_year
from casebound.pages.figures.drawing import nothing, show
from casebound.pages.figures.paper import NARROW, WIDE, Paper, Scale, Sheet, days_below
from casebound.pages.markup import cited, escaped
from casebound.pages.style import ACCENT, FAINT, MUTED, RANGE, WARM, Look, mark, styled
from casebound.pages.tables.recovery import state_of
from casebound.pages.tables.shared import audience, counted, inside

Thing: TypeAlias = tuple[str, str]  # a system, and the name of a place or ""
MOST = 20  # rows that a page holds, those that name a system among them
AHEAD: Look = {"color": WARM, "lw": 1.1, "zorder": 2}
SAID: Look = {"color": MUTED, "marker": "|", "markersize": 7, "markeredgewidth": 1.2, "linestyle": "none", "zorder": 3}
LATER: Look = {"color": ACCENT, "lw": 0.8, "ls": (0, (3, 2)), "zorder": 1}
BACK: Look = {"color": ACCENT, "lw": 1.4, "zorder": 1}
SPAN: Look = {**RANGE, "color": WARM}


def forecasts(ledger: Ledger) -> Figure | Omitted:
    """Return how far each system's return slipped: a row for each day held out, and the day of the return.

    If a page cannot hold all rows, the first and the latest of each system are drawn, of those with most rows.

    Filled by `system` and `forecast`.
    """
    groups = _alike(_Group(ledger, *thing) for thing in recovery.forecast(ledger))
    told = sum(len(group.table) for group in groups)
    if told + sum(bool(group.came) for group in groups) < 2:
        what = "a statement on when a system could be back"
        return nothing("the figure of the days held out", what, some=told > 0)
    drawn = _fitting(groups)
    caption, facts = _finding(ledger, groups)
    left_out = told - sum(len(group.drawn) for group in drawn)
    return show(
        _drawn(WIDE, ledger, drawn),
        alt=f"{caption} {_alt(ledger, drawn)}",
        caption=f"{escaped(caption)} [analysis: {cited(*facts)[1:]}",
        data=tables.forecasts(ledger),
        key="forecast-slip",
        note=_note(drawn, left_out),
        narrow=_drawn(NARROW, ledger, drawn),
    )


class _Group:
    """The forecasts of one system, and the fact by which it worked again, if any; `drawn` are those with a row."""

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


def _alike(groups: Iterable[_Group]) -> list[_Group]:
    """Return the systems with their places, of which those with the same forecasts and the same return are one."""
    alike: dict[tuple, _Group] = {}
    for group in groups:
        first = alike.setdefault((group.system, *group.table.index, group.came), group)
        first.places += group.places if first is not group else []
    return list(alike.values())


def _fitting(groups: list[_Group]) -> list[_Group]:
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


@dataclass
class _Words:
    """What stands beside a row: who was told when, the day named, and how much later the return came."""

    said: str
    named: str
    later: str


def _words(ledger: Ledger, group: _Group, row: pd.Series, year: str) -> _Words:
    told_to = ("public",) if "public" in row["told_to"] else row["told_to"]
    said = short(row["said_on"].removeprefix("on "), year)
    said = f"{said}, to {audience(ledger, told_to)}" if told_to else said
    return _Words(said[0].upper() + said[1:], short(row["date"], year), group.later(row))


@styled()
def _drawn(paper: Paper, ledger: Ledger, groups: list[_Group]) -> Canvas:
    sheet, table = Sheet(paper), pd.concat(group.drawn for group in groups)
    year = usual_year([*table["date"], *table["said_on"]])
    words = {id(group): [_words(ledger, group, row, year) for _, row in group.drawn.iterrows()] for group in groups}
    every = [word for group in groups for word in words[id(group)]]
    said, later = (max(sheet.room(getattr(word, part)) for word in every) for part in ("said", "later"))
    named = max(sheet.room(word.named) for word in every) + 0.12
    left, right = (0.05, 0.05) if paper.is_narrow else (said + 0.15, later + 0.1)
    scale = _scale(groups, left, paper.width - right, named)
    y = 0.04
    for group in groups:
        sheet.words(0.02, y + paper.line / 2, group.label, fontweight=600)
        top, y = y, y + paper.line + 0.06
        for row, word in zip((row for _, row in group.drawn.iterrows()), words[id(group)], strict=True):
            sheet.on_paper(0.02, y + paper.line / 2, word.said)
            sheet.on_paper(paper.width - 0.02, y + paper.line / 2, word.later, ha="right", color=ACCENT)
            y += paper.line + 0.05 if paper.is_narrow else 0
            _row(sheet, scale, y + paper.line / 2, group, row, word.named)
            y += paper.line + (0.07 if paper.is_narrow else 0.05)
        _back(sheet, scale, (top, y), ledger, group, year)
        y += 0.06
    foot = days_below(sheet, scale, 0, y)
    return sheet.cut(sheet.key(foot + paper.line * 0.7, _key(groups)))


def _scale(groups: list[_Group], start: float, end: float, named: float) -> Scale:
    """Return how days stand, with so many inches of room for the words behind the last day named."""
    days = [pd.Timestamp(day) for group in groups for day in (group.first, group.last) if day]
    named_days = [day for group in groups for day in (*group.drawn["target"], *group.drawn["last"].dropna())]
    first = min([*(day for group in groups for day in group.drawn["said"]), *named_days, *days])
    span = max(max([*named_days, *days]) - first, pd.Timedelta(days=7))
    room = (end - start) / max(end - start - named, 0.5)
    return Scale(
        first - span * 0.03, first + span * (1.02 if max(days, default=first) > max(named_days) else room), start, end
    )


def _row(sheet: Sheet, scale: Scale, y: float, group: _Group, row: pd.Series, named: str) -> None:
    """Draw when a day was held out, the day, and the way from there to the return."""
    said, target = scale.at(row["said"]), scale.at(row["target"])
    sheet.line([scale.start, scale.end], [y, y], color=FAINT, lw=0.5, zorder=0)
    if not row["exact"]:
        sheet.line([scale.start, said], [y, y], **OPEN)
    sheet.mark(said, y, SAID)
    sheet.line([said, target], [y, y], **AHEAD)
    last = target if pd.isna(row["last"]) else scale.at(row["last"])
    if last > target:
        sheet.line([target, last], [y, y], **SPAN)
    if group.last and scale.at(pd.Timestamp(group.last)) > last:
        sheet.line([last, scale.at(pd.Timestamp(group.last))], [y, y], **LATER)
    sheet.mark(target, y, mark("planned"))
    right = last + 0.08 + sheet.room(named) < sheet.paper.width - 0.02
    if right:
        sheet.on_paper(last + 0.08, y, named)
    else:
        sheet.on_paper(min(said, target) - 0.08, y, named, ha="right")


def _back(sheet: Sheet, scale: Scale, rows: tuple[float, float], ledger: Ledger, group: _Group, year: str) -> None:
    """Draw the return upright through a system's rows, pale where it may have been on any of several days."""
    top, foot = rows
    middle = top + sheet.paper.line / 2
    if group.last is None:
        sheet.words(sheet.paper.width - 0.02, middle, "no return recorded", ha="right", color=MUTED)
        return
    x, words = (
        scale.at(pd.Timestamp(group.last)),
        f"{state_of(ledger, group.came)} {short(ledger.facts.at[group.came, 'date'], year)}",
    )
    if group.first and group.first != group.last:
        sheet.axes.fill_betweenx(
            [top, foot], scale.at(pd.Timestamp(group.first)), x, color=ACCENT, alpha=0.12, lw=0, zorder=0
        )
    sheet.line([x, x], [top + sheet.paper.line, foot], **BACK)
    room, name = sheet.room(words), sheet.room(group.label, fontweight=600)
    left = min(max(x - room / 2, name + 0.15), sheet.paper.width - room - 0.02)
    sheet.words(left, middle, words, color=ACCENT, fontweight=600)


def _key(groups: list[_Group]) -> list[tuple[str, Look]]:
    table = pd.concat(group.drawn for group in groups)
    entries = [
        (True, "said", SAID),
        (not table["exact"].all(), "said some day up to then", OPEN),
        (True, "day named", mark("planned")),
        ((table["last"].notna() & (table["last"] != table["target"])).any(), "days named", SPAN),
        (any(group.came for group in groups), "came back", BACK),
    ]
    return [(words, look) for is_drawn, words, look in entries if is_drawn]


def _finding(ledger: Ledger, groups: list[_Group]) -> tuple[str, list[str]]:
    """Return how far the return slipped that slipped furthest, and the facts; or how the day named moved."""
    back = [(slip[1], slip, group) for group in groups if (slip := group.late(group.table.iloc[0]))]
    if back and max(back, key=lambda one: one[0])[1][0] > 0:
        _, (low, high), group = max(back, key=lambda one: one[0])
        days = f"{low} to {high} days" if low != high else counted(low, "day")
        said = f"{group.label} came back {days} after the first day that these sources name"
        rest = f", the furthest behind of {len(back)} returns that were foretold" if len(back) > 1 else ""
        return f"{said}{rest}.", [group.table.index[0], str(group.came)]
    group = max(groups, key=lambda group: len(group.table))
    first, last, moves = group.table.iloc[0], group.table.iloc[-1], len(group.table) - 1
    facts = [group.table.index[0], group.table.index[-1]]
    if not moves:
        return f"{inside(group.label)[0].upper()}{group.label[1:]} was to be back {on(first['date'])}.", facts[:1]
    times = {1: "once", 2: "twice"}.get(moves, f"{moves} times")
    moved = f"from {ledger.day(first['target'])} to {ledger.day(last['target'])}"
    return f"The day named for the return of {inside(group.label)} moved {times}, {moved}.", facts


def _note(groups: list[_Group], left_out: int) -> str:
    parts = ["Each row runs from the day on which somebody was told to the day named for the return."]
    if any(pd.isna(group.drawn["last"]).any() for group in groups):
        parts.append("“Not before” names the first day possible and promises none.")
    if left_out:
        parts.append(f"Left out: {counted(left_out, 'statement')}.")
    return " ".join(parts)


def _alt(ledger: Ledger, groups: list[_Group]) -> str:
    rows = []
    for group in groups:
        rows.append(f"{group.label}:")
        for _, row in group.drawn.iterrows():
            told_to = f", to {audience(ledger, row['told_to'])}" if row["told_to"] else ""
            later = f" The return came {group.later(row)}." if group.later(row) else ""
            rows.append(f"{row['said_on'][0].upper()}{row['said_on'][1:]}{told_to}: {row['date']}.{later}")
        came = (
            f"{state_of(ledger, group.came)}, {ledger.facts.at[group.came, 'date']}" if group.came else "none recorded"
        )
        rows.append(f"Return: {came}.")
    return " ".join(rows)
