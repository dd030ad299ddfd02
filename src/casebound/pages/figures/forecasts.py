"""Forecasts: how the day held out for the restart moved, each time that a new one was said."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.lines import Line2D

from casebound.analysis import recovery
from casebound.facts import dates
from casebound.facts.ledger import Ledger
from casebound.pages import tables
from casebound.pages.display import Figure, Prose
from casebound.pages.figures.days import dates_along, edges, short, usual_year, years
from casebound.pages.figures.drawing import around, key_to, nothing, placed, show
from casebound.pages.palette import ACCENT, MUTED, WARM
from casebound.pages.style import RANGE, WIDTH, mark, styled
from casebound.pages.tables.shared import day

HEIGHT = 3.6  # inches
MOST = 12  # dates that are written beside their marks; of more only the first and the last
_STEP = {"color": WARM, "lw": 0.9, "ls": (0, (4, 2)), "zorder": 2}
_RANGE = {**RANGE, "color": WARM}
_SAME_DAY = {"color": MUTED, "lw": 0.8}
_BY = {"color": MUTED, "lw": 1, "ls": (0, (1, 1.5)), "zorder": 2}


def forecasts(ledger: Ledger) -> Figure | Prose:
    """Return how the restart date slipped: the day held out by the day on which it was said, and the day that came."""
    table = recovery.forecasts(ledger)
    came = recovery.restart(ledger)
    if len(table) + bool(came) < 2 or not len(table):
        return _none(ledger, some=len(table) > 0)
    last = [dates.parse(text).end.latest for text in _texts(ledger, table)]
    table = table.assign(last=pd.to_datetime([one or first for one, first in zip(last, table["target"], strict=True)]))
    with styled():
        canvas = _canvas(ledger, table, came)
    caption = _caption(ledger, table, came)
    return show(
        canvas, alt=_alt(ledger, table, came), caption=caption, data=tables.forecasts(ledger), key="forecast-slip"
    )


def _none(ledger: Ledger, *, some: bool) -> Prose:
    """Return the sentence that stands in the figure's place, with the dates that are held out for other systems."""
    said = nothing("a date held out for the restart of production", some=some).markdown
    found = [
        f"{ledger.terms.label('system', system)}, {row['date']} [@{fact}]"
        for system in ledger.terms["system"]
        if system != "production"
        for fact, row in recovery.forecasts(ledger, system).iterrows()
    ]
    return Prose(f"{said} Held out for other systems: {'; '.join(found)}." if found else said)


def _texts(ledger: Ledger, table: pd.DataFrame) -> list[str]:
    """Return each date held out as it is written in the case."""
    facts = ledger.facts.loc[table.index]
    return list(facts["forecast"].where(facts["forecast"].notna(), facts["when"]))


def _canvas(ledger: Ledger, table: pd.DataFrame, came: str | None) -> Canvas:
    canvas = Canvas(figsize=(WIDTH, HEIGHT))
    axes = canvas.add_axes((0.1, 0.62 / HEIGHT, 0.86, 1 - 0.72 / HEIGHT))
    axes.spines["left"].set_visible(True)
    known = [pd.Timestamp(one) for one in (ledger.when(came).earliest, ledger.when(came).latest) if one] if came else []
    _sides(axes, [*table["said"], *known], [*table["target"], *table["last"], *known])
    ends = axes.get_xlim()
    axes.plot(ends, ends, **_SAME_DAY, zorder=1, scalex=False, scaley=False)
    year = usual_year([*table["date"], *map(day, table["said"])])
    axes.step(table["said"], table["target"], where="post", **_STEP)
    taken = [*_taken(axes, table), *_along(axes, ends)]
    if known:
        _restart(axes, known, ledger.facts.at[came, "date"], taken)
    for place, (_, row) in enumerate(table.iterrows()):
        _forecast(axes, row, year, taken, written=len(table) <= MOST or place in (0, len(table) - 1))
    _keys(canvas, ledger, table)
    return canvas


def _sides(axes: Axes, said: list[pd.Timestamp], held_out: list[pd.Timestamp]) -> None:
    """Draw the days on which something was said along the foot, those held out up the side."""
    for way, days in (("x", said), ("y", held_out)):
        margin = max(pd.Timedelta(days=3), (max(days) - min(days)) * 0.2)
        dates_along(axes, min(days) - margin, max(days) + margin, way)
    axes.set_xlabel(f"said on, {years(min(said), max(said))}", labelpad=2)
    axes.set_ylabel(f"held out for the restart, {years(min(held_out), max(held_out))}", labelpad=4)


def _taken(axes: Axes, table: pd.DataFrame) -> list:
    """Return the boxes that the marks and the steps between them take up."""
    spots = list(zip(table["said"], table["target"], strict=True))
    marks = [around(axes, spot) for spot in spots]
    levels = [around(axes, one, (other[0], one[1]), reach=0.5) for one, other in pairwise(spots)]
    return marks + levels + [around(axes, (other[0], one[1]), other, reach=0.5) for one, other in pairwise(spots)]


def _along(axes: Axes, ends: tuple[float, float]) -> list:
    """Return small boxes along the line on which both days are the same."""
    step = (ends[1] - ends[0]) / 60
    days = [ends[0] + n * step for n in range(61)]
    return [around(axes, (one, one), reach=1) for one in days]


def _forecast(axes: Axes, row: pd.Series, year: str, taken: list, *, written: bool) -> None:
    if row["last"] != row["target"]:
        axes.plot([row["said"]] * 2, [row["target"], row["last"]], **_RANGE)
    if not row["exact"]:
        axes.plot([edges(axes)[0], row["said"]], [row["target"]] * 2, **_BY, scalex=False)
    axes.plot([row["said"]], [row["target"]], **mark("planned", 6))
    if not written:
        return
    said = f"{'said' if row['exact'] else 'said by'} {short(day(row['said']), year)}"
    placed(axes, (row["said"], row["target"]), f"{said}:\n{short(row['date'], year)}", taken, linespacing=1.15)


def _restart(axes: Axes, days: list[pd.Timestamp], date: str, taken: list) -> None:
    """Draw the day on which production came back, as a level line; pale where it is a range."""
    if days[0] != days[-1]:
        axes.axhspan(days[0], days[-1], color=ACCENT, alpha=0.12, lw=0, zorder=0)
    axes.axhline(days[-1], color=ACCENT, lw=1.3, zorder=1)
    spot = (edges(axes)[0], days[-1])
    taken.append(around(axes, spot, (edges(axes)[1], days[-1]), reach=0.5))
    placed(axes, spot, f"production restarted: {date}", taken, color=ACCENT, fontweight=600)


def _keys(canvas: Canvas, ledger: Ledger, table: pd.DataFrame) -> None:
    lines = [
        Line2D([], [], label="a date held out", **mark("planned")),
        Line2D([], [], **_SAME_DAY, label="held out for the same day"),
    ]
    lines += [] if table["exact"].all() else [Line2D([], [], **_BY, label="said some day up to the mark")]
    lines += [Line2D([], [], **_RANGE, label="some day in this range")] * bool((table["last"] != table["target"]).any())
    key_to(canvas, ledger, [], lines, left=0.09)


def _caption(ledger: Ledger, table: pd.DataFrame, came: str | None) -> str:
    first, last = table.iloc[0], table.iloc[-1]
    days = (last["target"] - first["target"]).days
    moved = f"put off from {first['date']} to {last['date']}" if days > 0 else f"brought forward to {last['date']}"
    times = f"in {len(table)} statements" if len(table) > 1 else "in one statement"
    held_out = f"was {moved}" if days else f"was held out as {last['date']}"
    ended = f"it restarted: {ledger.facts.at[came, 'date']}" if came else "no restart is recorded"
    return f"The restart of production {held_out}, {times}; {ended}."


def _alt(ledger: Ledger, table: pd.DataFrame, came: str | None) -> str:
    said = [
        f"{'On' if row['exact'] else 'By'} {day(row['said'])} the date held out was {row['date']}."
        for _, row in table.iterrows()
    ]
    ended = f"A level line marks the restart: {ledger.facts.at[came, 'date']}." if came else "No restart is drawn."
    first = f"{len(table)} dates held out for the restart, drawn as diamonds over the days on which they were said."
    return " ".join([first, *said, ended])
