"""Forecasts: each day named for a system's return, to whom, and how much later the system came back."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from matplotlib.figure import Figure as Canvas

from casebound.facts.ledger.ledger import Ledger
from casebound.pages import tables
from casebound.pages.display import Figure, Omitted
from casebound.pages.figures.days import OPEN, short, times, usual_year
from casebound.pages.figures.drawing import nothing, show
from casebound.pages.figures.paper import NARROW, WIDE, Paper, Scale, Sheet, days_below
from casebound.pages.figures.slips import Slip, fitting, slips
from casebound.pages.markup import escaped, worked_out
from casebound.pages.style import ACCENT, FAINT, MUTED, RANGE, WARM, Look, mark, styled
from casebound.pages.tables.recovery import state_of
from casebound.pages.tables.shared import audience, counted, inside

AHEAD: Look = {"color": WARM, "lw": 1.1, "zorder": 2}
SAID: Look = {"color": MUTED, "marker": "|", "markersize": 7, "markeredgewidth": 1.2, "linestyle": "none", "zorder": 3}
LATER: Look = {"color": ACCENT, "lw": 0.8, "ls": (0, (3, 2)), "zorder": 1}
BACK: Look = {"color": ACCENT, "lw": 1.4, "zorder": 1}
SPAN: Look = {**RANGE, "color": WARM}


def forecasts(ledger: Ledger) -> Figure | Omitted:
    """Return how far each system's return slipped: a row for each day named, and the day of the return.

    If a page cannot hold all rows, the first and the latest of each system are drawn, of those with most rows.

    Filled by `system` and `forecast`.
    """
    every = slips(ledger)
    told = sum(len(slip.table) for slip in every)
    if told + sum(bool(slip.came) for slip in every) < 2:
        what = "a statement on when a system could be back"
        return nothing("the figure of the days named for a return", what, some=told > 0)
    drawn = fitting(every)
    finding, facts = _finding(ledger, every)
    return show(
        _drawn(WIDE, ledger, drawn),
        alt=f"{finding} {_alt(ledger, drawn)}",
        caption=f"{escaped(finding)} {worked_out(*facts)}",
        data=tables.forecasts(ledger),
        key="forecast-slip",
        note=_note(drawn, told - sum(len(slip.drawn) for slip in drawn)),
        narrow=_drawn(NARROW, ledger, drawn),
    )


@dataclass(frozen=True)
class _Words:
    """What stands beside a row: when it was said and to whom, the day named, how much later the return came."""

    said: str
    named: str
    later: str


def _words(ledger: Ledger, slip: Slip, row: pd.Series, year: str) -> _Words:
    told_to = ("public",) if "public" in row["told_to"] else row["told_to"]
    said = short(row["said_on"].removeprefix("on "), year)
    said = f"{said}, to {audience(ledger, told_to)}" if told_to else said
    return _Words(said[0].upper() + said[1:], short(row["date"], year), slip.later(row))


@styled()
def _drawn(paper: Paper, ledger: Ledger, every: list[Slip]) -> Canvas:
    sheet, table = Sheet(paper), pd.concat(slip.drawn for slip in every)
    year = usual_year([*table["date"], *table["said_on"]])
    words = [[_words(ledger, slip, row, year) for _, row in slip.drawn.iterrows()] for slip in every]
    said, named, later = (
        max(sheet.room(getattr(word, part)) for of_slip in words for word in of_slip)
        for part in ("said", "named", "later")
    )
    left, right = (0.05, 0.05) if paper.is_narrow else (said + 0.15, later + 0.1)
    scale = _scale(every, left, paper.width - right, named + 0.12)
    y = 0.04
    for slip, of_slip in zip(every, words, strict=True):
        top = y = _head(sheet, scale, y, ledger, slip, year)
        for (_, row), word in zip(slip.drawn.iterrows(), of_slip, strict=True):
            y = _row(sheet, scale, y, slip, row, word)
        _back(sheet, scale, (top - 0.05, y), slip)
        y += 0.06
    foot = days_below(sheet, scale, 0, y)
    return sheet.cut(sheet.key(foot + paper.line * 0.7, _key(every)))


def _scale(every: list[Slip], start: float, end: float, named: float) -> Scale:
    """Return how days stand, with so many inches of room for the words behind the last day named."""
    back = [pd.Timestamp(day) for slip in every for day in (slip.first, slip.last) if day]
    table = pd.concat(slip.drawn for slip in every)
    targets = [*table["target"], *table["last"].dropna()]
    first = min([*table["said"], *targets, *back])
    span = max(max([*targets, *back]) - first, pd.Timedelta(days=7))
    room = (end - start) / max(end - start - named, 0.5)
    is_last = max(targets) >= max(back, default=first)
    return Scale(first - span * 0.03, first + span * (room if is_last else 1.02), start, end)


def _row(sheet: Sheet, scale: Scale, y: float, slip: Slip, row: pd.Series, word: _Words) -> float:
    """Draw when a day was named, the day, and the way from there to the return; return where the row ends."""
    line = sheet.paper.line
    sheet.on_paper(0.02, y + line / 2, word.said)
    sheet.on_paper(sheet.paper.width - 0.02, y + line / 2, word.later, ha="right", color=ACCENT)
    middle, y = (y + line * 1.5, y + line * 2.35) if sheet.paper.is_narrow else (y + line * 0.5, y + line * 1.45)
    said, target = scale.at(row["said"]), scale.at(row["target"])
    last = target if pd.isna(row["last"]) else scale.at(row["last"])
    sheet.line([scale.start, scale.end], [middle, middle], color=FAINT, lw=0.5, zorder=0)
    if not row["exact"]:
        sheet.line([scale.start, said], [middle, middle], **OPEN)
    sheet.mark(said, middle, SAID)
    sheet.line([said, target], [middle, middle], **AHEAD)
    if last > target:
        sheet.line([target, last], [middle, middle], **SPAN)
    if slip.last and (back := scale.at(pd.Timestamp(slip.last))) > last:
        sheet.line([last, back], [middle, middle], **LATER)
    sheet.mark(target, middle, mark("planned"))
    is_right = last + 0.08 + sheet.room(word.named) < sheet.paper.width - 0.02
    x, side = (last + 0.08, "left") if is_right else (min(said, target) - 0.08, "right")
    sheet.on_paper(x, middle, word.named, ha=side)
    return y


def _head(sheet: Sheet, scale: Scale, y: float, ledger: Ledger, slip: Slip, year: str) -> float:
    """Write the name of a system, and above its return what it was; return where its rows begin."""
    said, middle = "no return recorded", sheet.paper.width
    look: Look = {"color": MUTED}
    if slip.came and slip.last:
        said = f"{state_of(ledger, slip.came)} {short(ledger.facts.at[slip.came, 'date'], year)}"
        middle, look = scale.at(pd.Timestamp(slip.last)), {"color": ACCENT, "fontweight": 600}
    room = sheet.room(said, **look)
    name = sheet.wrapped(slip.label, sheet.paper.width - room - 0.2, fontweight=600)
    sheet.words(0.02, y + sheet.paper.line / 2, name, fontweight=600)
    least = sheet.room(name, fontweight=600) + 0.15
    left = min(max(middle - room / 2, least), sheet.paper.width - room - 0.02)
    sheet.words(left, y + sheet.paper.line / 2, said, **look)
    return y + (name.count("\n") + 1) * sheet.paper.line + 0.06


def _back(sheet: Sheet, scale: Scale, rows: tuple[float, float], slip: Slip) -> None:
    """Draw the return upright through a system's rows, pale where it may have been on any of several days."""
    if slip.last is None:
        return
    x = scale.at(pd.Timestamp(slip.last))
    if slip.first and slip.first != slip.last:
        first = scale.at(pd.Timestamp(slip.first))
        sheet.block((first, x), rows, facecolor=ACCENT, alpha=0.12)
    sheet.line([x, x], rows, **BACK)


def _key(every: list[Slip]) -> list[tuple[str, Look]]:
    table = pd.concat(slip.drawn for slip in every)
    entries = [
        (True, "said", SAID),
        (not table["exact"].all(), "said on or before this day", OPEN),
        (True, "day named", mark("planned")),
        ((table["last"].notna() & (table["last"] != table["target"])).any(), "days named", SPAN),
        (any(slip.last for slip in every), "came back", BACK),
    ]
    return [(words, look) for is_drawn, words, look in entries if is_drawn]


def _finding(ledger: Ledger, every: list[Slip]) -> tuple[str, list[str]]:
    """Return how far the return slipped that slipped furthest, and the facts; or how the day named moved."""
    back = [(late, slip) for slip in every if (late := slip.late(slip.table.iloc[0]))]
    (low, high), slip = max(back, key=lambda one: one[0][1], default=((0, 0), every[0]))
    if low <= 0:
        return _moved(ledger, max(every, key=lambda slip: len(slip.table)))
    days = f"{low} to {high} days" if low != high else counted(low, "day")
    rest = f", the longest delay of {len(back)}" if len(back) > 1 else ""
    said = f"{slip.label} came back {days} after the first date that these sources give for it{rest}."
    return said, [str(slip.table.index[0]), str(slip.came)]


def _moved(ledger: Ledger, slip: Slip) -> tuple[str, list[str]]:
    first, last, moves = slip.table.iloc[0], slip.table.iloc[-1], len(slip.table) - 1
    if not moves:
        return f"The day named for the return of {inside(slip.label)}: {first['date']}.", [slip.table.index[0]]
    moved = f"from {ledger.day(first['target'])} to {ledger.day(last['target'])}"
    said = f"The day named for the return of {inside(slip.label)} moved {times(moves)}, {moved}."
    return said, [slip.table.index[0], slip.table.index[-1]]


def _note(every: list[Slip], left_out: int) -> str:
    parts = ["Each row runs from the day on which somebody was told to the day named for the return."]
    if any(pd.isna(slip.drawn["last"]).any() for slip in every):
        parts.append("“Not before” gives the earliest day, not a promised one.")
    if left_out:
        parts.append(f"Left out: {counted(left_out, 'statement')}.")
    return " ".join(parts)


def _alt(ledger: Ledger, every: list[Slip]) -> str:
    said = []
    for slip in every:
        said.append(f"{slip.label}:")
        for _, row in slip.drawn.iterrows():
            told_to = f", to {audience(ledger, row['told_to'])}" if row["told_to"] else ""
            later = f" The return came {slip.later(row)}." if slip.later(row) else ""
            said.append(f"{row['said_on'][0].upper()}{row['said_on'][1:]}{told_to}: {row['date']}.{later}")
        came = slip.came and f"{state_of(ledger, slip.came)}, {ledger.facts.at[slip.came, 'date']}"
        said.append(f"Return: {came or 'none recorded'}.")
    return " ".join(said)
