"""Forecasts: each day held out for the restart, from the day on which it was said, and the day that came."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.lines import Line2D

from casebound.analysis import recovery
from casebound.facts.ledger.ledger import Ledger
from casebound.pages import tables
from casebound.pages.display import Figure, Prose
from casebound.pages.figures.days import dates_along, edges, short, usual_year, years
from casebound.pages.figures.drawing import key_to, length, nothing, show
from casebound.pages.markup import cited
from casebound.pages.palette import ACCENT, FAINT, MUTED, PAPER, WARM
from casebound.pages.style import RANGE, TALLEST, WIDTH, mark, styled
from casebound.pages.tables.shared import audience, counted, day

ROW, TIGHTEST, HEAD, FOOT = 0.27, 0.16, 0.3, 0.72  # inches
SIZE = 7.2  # points
GAP = 8  # points between a mark and its words
_AHEAD = {"color": WARM, "lw": 1.1, "zorder": 2}
_RANGE = {**RANGE, "color": WARM}
_SAID = {"color": MUTED, "marker": "|", "markersize": 7, "markeredgewidth": 1.2, "lw": 0, "zorder": 3}
_BY = {"color": MUTED, "lw": 1, "ls": (0, (1, 1.5)), "zorder": 2}


def forecasts(ledger: Ledger) -> Figure | Prose:
    """Return how the restart slipped: a row a day held out, from the day on which it was said, and the day that came.

    Of more days than a page holds, the first is drawn and the last ones.
    """
    table = recovery.forecasts(ledger)
    came = recovery.restart(ledger)
    if len(table) + bool(came) < 2 or not len(table):
        return _none(ledger, some=len(table) > 0)
    room = int((TALLEST - HEAD - FOOT) / TIGHTEST)
    shown = table if len(table) <= room else pd.concat([table.iloc[:1], table.iloc[1 - room :]])
    with styled():
        canvas = _canvas(ledger, shown, came)
    caption = _caption(ledger, table, came, len(table) - len(shown))
    return show(
        canvas, alt=_alt(ledger, shown, came), caption=caption, data=tables.forecasts(ledger), key="forecast-slip"
    )


def _none(ledger: Ledger, *, some: bool) -> Prose:
    """Return the sentence that stands in the figure's place, with the dates that are held out for other systems."""
    said = nothing("a statement on when production could return", some=some).markdown
    found = [
        f"{ledger.terms.label('system', system)}, {row['date']} {cited(fact)}"
        for system in ledger.terms["system"]
        if system != "production"
        for fact, row in recovery.forecasts(ledger, system).iterrows()
    ]
    return Prose(f"{said} Held out for other systems: {'; '.join(found)}." if found else said)


def _canvas(ledger: Ledger, table: pd.DataFrame, came: str | None) -> Canvas:
    row = min(ROW, (TALLEST - HEAD - FOOT) / len(table))
    height = row * len(table) + HEAD + FOOT
    canvas = Canvas(figsize=(WIDTH, height))
    known = [pd.Timestamp(one) for one in (ledger.when(came).earliest, ledger.when(came).latest) if one] if came else []
    year = usual_year([*table["date"], *map(day, table["said"])])
    labels = [_label(ledger, one, year) for _, one in table.iterrows()]
    share = max(length(label, SIZE) for label in labels) / (WIDTH * 72) + 0.02  # of the width, for the labels
    axes = canvas.add_axes((share, FOOT / height, 0.985 - share, 1 - (HEAD + FOOT) / height))
    axes.set_ylim(len(table) - 0.4, -0.6)
    axes.set_yticks([])
    words = [short(date, year) for date in table["date"]]
    _along(axes, [*table["said"], *table["target"], *table["last"].dropna(), *known], max(map(_wide, words)))
    if known:
        _restart(axes, known, f"production restarted: {ledger.facts.at[came, 'date']}")
    for y, (label, held_out, (_, one)) in enumerate(zip(labels, words, table.iterrows(), strict=True)):
        axes.text(-0.012, y, label, transform=axes.get_yaxis_transform(), ha="right", va="center", fontsize=SIZE)
        _forecast(axes, y, one, held_out)
    _keys(canvas, ledger, table)
    return canvas


def _label(ledger: Ledger, row: pd.Series, year: str) -> str:
    """Return when a day was held out, and to whom; where the public was told, everybody was."""
    told_to = ("public",) if "public" in row["told_to"] else row["told_to"]
    said = f"{'said' if row['exact'] else 'said by'} {short(day(row['said']), year)}"
    return f"{said} to {audience(ledger, told_to)}" if told_to else said


def _wide(words: str) -> float:
    return length(words, SIZE) + GAP


def _along(axes: Axes, days: list[pd.Timestamp], words: float) -> None:
    """Draw the days along the foot, with so many points left behind the last for words."""
    first, last = min(days), max(days)
    whole = axes.get_position().width * WIDTH * 72
    span = max(last - first, pd.Timedelta(days=7)) / (0.94 - words / whole)
    dates_along(axes, first - span * 0.03, first + span)
    axes.set_xlabel(years(first, last), labelpad=2)


def _forecast(axes: Axes, y: int, row: pd.Series, words: str) -> None:
    axes.axhline(y, color=FAINT, lw=0.5, zorder=0)
    if not row["exact"]:
        axes.plot([edges(axes)[0], row["said"]], [y, y], **_BY, scalex=False)
    axes.plot([row["said"]], [y], **_SAID)
    axes.plot([row["said"], row["target"]], [y, y], **_AHEAD)
    ends = [row["target"]] if pd.isna(row["last"]) else [row["target"], row["last"]]
    if ends[0] != ends[-1]:
        axes.plot(ends, [y, y], **_RANGE)
    axes.plot([row["target"]], [y], **mark("planned"))
    beside = {"xytext": (GAP, 0), "textcoords": "offset points", "va": "center", "fontsize": SIZE, "zorder": 5}
    on_paper = {"boxstyle": "square,pad=0.12", "facecolor": PAPER, "edgecolor": "none"}  # lines stop at the words
    axes.annotate(words, (max(ends[-1], row["said"]), y), **beside, bbox=on_paper)


def _restart(axes: Axes, days: list[pd.Timestamp], words: str) -> None:
    """Draw the day on which production came back, as an upright line; pale where it is a range."""
    if days[0] != days[-1]:
        axes.axvspan(days[0], days[-1], color=ACCENT, alpha=0.12, lw=0, zorder=0)
    axes.axvline(days[-1], color=ACCENT, lw=1.3, zorder=1)
    left, right = edges(axes)
    along = "right" if days[-1] - left > right - days[-1] else "left"
    place = {"transform": axes.get_xaxis_transform(), "ha": along, "va": "bottom", "fontsize": SIZE}
    axes.text(days[-1], 1.0, words, **place, color=ACCENT, fontweight=600)


def _keys(canvas: Canvas, ledger: Ledger, table: pd.DataFrame) -> None:
    lines = [Line2D([], [], **_SAID, label="said"), Line2D([], [], label="day named", **mark("planned"))]
    lines += [] if table["exact"].all() else [Line2D([], [], **_BY, label="said some day up to the mark")]
    ranged = (table["last"].notna() & (table["last"] != table["target"])).any()
    lines += [Line2D([], [], **_RANGE, label="some day in this range")] * bool(ranged)
    key_to(canvas, ledger, [], lines)


def _caption(ledger: Ledger, table: pd.DataFrame, came: str | None, crowded: int) -> str:
    first, last = table.iloc[0], table.iloc[-1]
    moved = f"first {first['date']}, last {last['date']}" if len(table) > 1 else first["date"]
    ended = f"it restarted: {ledger.facts.at[came, 'date']}" if came else "no restart is recorded"
    left_out = f"; left out: {counted(crowded, 'statement')}" if crowded else ""
    return f"{counted(len(table), 'statement')} on when production could return: {moved}; {ended}{left_out}."


def _alt(ledger: Ledger, table: pd.DataFrame, came: str | None) -> str:
    said = []
    for _, row in table.iterrows():
        told_to = audience(ledger, row["told_to"])
        said.append(
            f"{'On' if row['exact'] else 'By'} {day(row['said'])}{f', to {told_to}' if told_to else ''}: {row['date']}."
        )
    ended = f"An upright line marks the restart: {ledger.facts.at[came, 'date']}." if came else "No restart is drawn."
    first = "A row for each day held out for the restart, with a line from the day on which it was said to that day."
    return " ".join([first, *said, ended])
