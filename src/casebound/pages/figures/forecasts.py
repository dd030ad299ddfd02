"""Forecasts: each date announced for the restart, from the day of the announcement, and the day of the restart."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from casebound.analysis import recovery
from casebound.facts.ledger.ledger import Ledger
from casebound.pages import tables
from casebound.pages.display import Figure, Omitted, Prose
from casebound.pages.figures.days import OPEN, Axis, dates_along, short, usual_year
from casebound.pages.figures.drawing import ON_PAPER, beside, key_to, noted, nothing, sheet, show, width_of
from casebound.pages.markup import cited
from casebound.pages.style import ACCENT, FAINT, MUTED, RANGE, TALLEST, WARM, WIDTH, Look, mark, styled
from casebound.pages.tables.shared import audience, counted

ROW, TIGHTEST, HEAD, FOOT = 0.27, 0.16, 0.3, 0.72  # inches
SIZE = 7.2  # points
GAP = 8  # points between a mark and its words
_AHEAD: Look = {"color": WARM, "lw": 1.1, "zorder": 2}
_RANGE: Look = {**RANGE, "color": WARM}
_SAID: Look = {"color": MUTED, "marker": "|", "markersize": 7, "markeredgewidth": 1.2, "lw": 0, "zorder": 3}
_BY: Look = {**OPEN, "zorder": 2}


def forecasts(ledger: Ledger) -> Figure | Omitted | Prose:
    """Return how the restart slipped: a row for each date announced, and the day on which production restarted.

    If a page cannot hold all dates, the first and the latest are drawn.
    """
    table = recovery.forecasts(ledger)
    came = recovery.restart(ledger)
    if len(table) + bool(came) < 2 or not len(table):
        return _none(ledger, some=len(table) > 0)
    room = int((TALLEST - HEAD - FOOT) / TIGHTEST)
    shown = table if len(table) <= room else pd.concat([table.iloc[:1], table.iloc[1 - room :]])
    return show(
        _canvas(ledger, shown, came),
        alt=_alt(ledger, shown, came),
        caption=_caption(ledger, table, came, len(table) - len(shown)),
        data=tables.forecasts(ledger),
        key="forecast-slip",
    )


def _none(ledger: Ledger, *, some: bool) -> Omitted | Prose:
    """Return what stands in the figure's place, with the dates announced for other systems."""
    omitted = nothing("the figure of restart dates", "a statement on when production could return", some=some)
    others = [
        f"{ledger.terms.label('system', system)}, {row['date']} {cited(fact)}"
        for system in ledger.terms["system"]
        if system != "production"
        for fact, row in recovery.forecasts(ledger, system).iterrows()
    ]
    return Prose(f"{omitted.reason} Held out for other systems: {'; '.join(others)}.") if others else omitted


@styled()
def _canvas(ledger: Ledger, table: pd.DataFrame, came: str | None) -> Canvas:
    when = ledger.when(came) if came else None
    restart = [pd.Timestamp(day) for day in (when.earliest, when.latest) if day] if when else []
    year = usual_year([*table["date"], *table["said_on"]])
    labels = [_label(ledger, forecast, year) for _, forecast in table.iterrows()]
    share = max(width_of(label, SIZE) for label in labels) / (WIDTH * 72) + 0.02  # of the width, for the labels
    wide = 0.985 - share
    canvas, axes = sheet(len(table), ROW, left=share, wide=wide, head=HEAD, foot=FOOT, above=0.6)
    words = [short(date, year) for date in table["date"]]
    days = [*table["said"], *table["target"], *table["last"].dropna(), *restart]
    first, last = min(days), max(days)
    # behind the last day there is room for words
    room = (max(width_of(held_out, SIZE) for held_out in words) + GAP) / (wide * WIDTH * 72)
    span = max(last - first, pd.Timedelta(days=7)) / (0.94 - room)
    axis = first - span * 0.03, first + span
    dates_along(axes, axis)
    if came and restart:
        _restart(axes, axis, restart, f"production restarted: {ledger.facts.at[came, 'date']}")
    for y, (label, held_out, (_, forecast)) in enumerate(zip(labels, words, table.iterrows(), strict=True)):
        beside(axes, -0.012, y, label, ha="right", fontsize=SIZE)
        _forecast(axes, axis[0], y, forecast, held_out)
    key_to(
        canvas, ledger, [],
        (True, "said", _SAID),
        (True, "day named", mark("planned")),
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


def _restart(axes: Axes, axis: Axis, days: list[pd.Timestamp], words: str) -> None:
    """Draw the day on which production came back, as an upright line; pale where it is a range."""
    if days[0] != days[-1]:
        axes.axvspan(days[0], days[-1], color=ACCENT, alpha=0.12, lw=0, zorder=0)
    axes.axvline(days[-1], color=ACCENT, lw=1.3, zorder=1)
    along = "right" if days[-1] - axis[0] > axis[1] - days[-1] else "left"
    look: Look = {"ha": along, "va": "bottom", "fontsize": SIZE, "color": ACCENT, "fontweight": 600}
    axes.text(days[-1], 1.0, words, transform=axes.get_xaxis_transform(), **look)


def _caption(ledger: Ledger, table: pd.DataFrame, came: str | None, crowded: int) -> str:
    first, last = table.iloc[0], table.iloc[-1]
    moved = f"in these sources first {first['date']}, last {last['date']}" if len(table) > 1 else first["date"]
    ended = f"it restarted: {ledger.facts.at[came, 'date']}" if came else "no restart is recorded"
    left_out = f"; left out: {counted(crowded, 'statement')}" if crowded else ""
    return f"{counted(len(table), 'statement')} on when production could return: {moved}; {ended}{left_out}."


def _alt(ledger: Ledger, table: pd.DataFrame, came: str | None) -> str:
    rows = []
    for _, row in table.iterrows():
        told_to = f", to {audience(ledger, row['told_to'])}" if row["told_to"] else ""
        rows.append(f"{row['said_on'][0].upper()}{row['said_on'][1:]}{told_to}: {row['date']}.")
    ended = f"An upright line marks the restart: {ledger.facts.at[came, 'date']}." if came else "No restart is drawn."
    first = "A row for each day held out for the restart, with a line from the day on which it was said to that day."
    return " ".join([first, *rows, ended])
