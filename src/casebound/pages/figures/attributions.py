"""Attributions: who names whom, on what footing, and when."""

from __future__ import annotations

import textwrap

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.lines import Line2D

from casebound.analysis import attribution
from casebound.analysis.timeline import attack_day
from casebound.facts.dates.edtf import When
from casebound.facts.ledger.ledger import Ledger
from casebound.pages import tables
from casebound.pages.display import Figure, Prose
from casebound.pages.figures.days import dates_along, short, years
from casebound.pages.figures.drawing import key_to, nothing, show
from casebound.pages.palette import FAINT, MUTED, PAPER
from casebound.pages.style import RANGE, STATUS, WIDTH, mark, styled

ROW, FOOT = 0.33, 0.64  # inches
MOST = 20  # statements: as many as a page holds
_FIRM = ("done", "under way", "claimed")
_PLAIN = {"boxstyle": "square,pad=0.1", "facecolor": PAPER, "edgecolor": "none"}
_OPEN = {"color": MUTED, "lw": 1, "ls": (0, (1, 1.5))}


def attributions(ledger: Ledger) -> Figure | Prose:
    """Return the rungs from a claim to an attribution over time, a mark for each statement on who did it."""
    rungs = attribution.ladder(ledger)
    told = rungs.dropna(subset=["fact"]).set_index("fact")
    if len(told) < 2:
        return nothing("an answer to who did it", some=len(told) > 0)
    told = told.assign(who=[_who(ledger, fact, row) for fact, row in told.iterrows()])
    drawn = _fitting(ledger, told)
    with styled():
        canvas = _canvas(ledger, drawn)
    return show(
        canvas,
        alt=_alt(ledger, drawn),
        caption=_caption(ledger, told, len(drawn)),
        data=tables.attributions(ledger),
        key="attributions",
    )


def _fitting(ledger: Ledger, told: pd.DataFrame) -> pd.DataFrame:
    """Return the statements that a page holds: all, or the first on each rung and those that rest on most origins."""
    rank = pd.DataFrame({"later": told["rung"].duplicated(), "origins": -ledger.facts["origins"].reindex(told.index)})
    return told[told.index.isin(rank.sort_values(["later", "origins"], kind="stable").index[:MOST])]


def _who(ledger: Ledger, fact: str, row: pd.Series) -> str:
    """Return who names whom: `the New York Times: a Russian group`; the source where it names no speaker."""
    by, named = (row[end] if isinstance(row[end], str) else "" for end in ("by", "named"))
    if not by:
        by = ledger.sources.at[ledger.carriers[fact][0]["source"], "short"].partition(",")[0]
    if not named:
        return f"{by}: {ledger.facts.at[fact, 'label']}"
    status = ledger.facts.at[fact, "status"]
    hedge = "" if status in _FIRM else f" ({ledger.terms.label('status', status)})"
    first, _, rest = named.partition(" ")
    named = f"{first.lower()} {rest}" if first in ("A", "An", "The") else named
    return f"{by}: {'itself' if named.casefold() == by.casefold() else named}{hedge}"


def _canvas(ledger: Ledger, told: pd.DataFrame) -> Canvas:
    rows = sum(max(1, int((told["rung"] == rung).sum())) for rung in attribution.RUNGS)
    height = ROW * rows + FOOT + 0.1
    canvas = Canvas(figsize=(WIDTH, height))
    axes = canvas.add_axes((0.125, FOOT / height, 0.835, 1 - (FOOT + 0.08) / height))
    windows = {fact: ledger.when(fact) for fact in told.index}
    days = [pd.Timestamp(day) for when in windows.values() for day in (when.earliest, when.latest) if day]
    margin = max(pd.Timedelta(days=3), (max(days) - min(days)) * 0.05)
    dates_along(axes, min(days) - margin, max(days) + margin)
    axes.set_xlabel(years(min(days), max(days)), labelpad=2)
    axes.set_ylim(rows - 0.5, -0.5)
    axes.set_yticks([])
    y, since = 0, attack_day(ledger)
    for rung in reversed(attribution.RUNGS):
        on = told[told["rung"] == rung]
        axes.axhline(y - 0.5, xmin=-0.14, color=FAINT, lw=0.7, clip_on=False)
        axes.text(-0.14, y, textwrap.fill(rung, 12), transform=axes.get_yaxis_transform(), fontweight=600, va="center")
        for fact, row in on.iterrows():
            words = f"{row['who']}, {short(row['date'])}"
            _statement(axes, y + 0.2, windows[fact], since, ledger.facts.at[fact, "status"], words)
            y += 1
        if not len(on):
            aside = {"transform": axes.get_yaxis_transform(), "va": "center", "color": MUTED, "bbox": _PLAIN}
            axes.text(0.01, y, "none recorded", **aside)
            y += 1
    _keys(canvas, ledger, told, windows)
    return canvas


def _statement(axes: Axes, y: float, when: When, since: pd.Timestamp | None, status: str, words: str) -> None:
    """Draw one statement: its mark on the last possible day, the days in question, its words on the roomier side."""
    left, right = axes.get_xlim()
    attack = left if since is None else max(left, axes.convert_xunits(since))
    begin, end = (
        None if day is None else axes.convert_xunits(pd.Timestamp(day)) for day in (when.earliest, when.latest)
    )
    spot = begin if end is None else end
    if begin is None or end is None:
        first = min(attack, spot) if begin is None else begin  # what is said of an attack is said after it
        axes.plot([first, right if end is None else end], [y, y], **_OPEN)
    elif begin != end:
        axes.plot([begin, end], [y, y], color=STATUS[status]["color"], **RANGE)
    axes.plot([spot], [y], **mark(status, 5.5))
    goes_left = spot > (left + right) / 2
    place = {"ha": "right", "xytext": (4, 5)} if goes_left else {"ha": "left", "xytext": (-4, 5)}
    axes.annotate(words, (spot, y), textcoords="offset points", va="bottom", fontsize=7.2, **place)


def _keys(canvas: Canvas, ledger: Ledger, told: pd.DataFrame, windows: dict) -> None:
    is_open = any(when.earliest is None or when.latest is None for when in windows.values())
    ranges = any(when.earliest and when.latest and when.earliest != when.latest for when in windows.values())
    lines = [Line2D([], [], color=MUTED, **RANGE, label="some day in this range")] * ranges
    lines += [Line2D([], [], **_OPEN, label="some day up to the mark")] * is_open
    key_to(canvas, ledger, list(ledger.facts.loc[told.index, "status"]), lines)


def _caption(ledger: Ledger, told: pd.DataFrame, drawn: int) -> str:
    counts = {rung: int((told["rung"] == rung).sum()) for rung in attribution.RUNGS}
    listed = ", ".join(f"{number or 'none'} {rung}" for rung, number in counts.items())
    hedged = int((~ledger.facts.loc[told.index, "status"].isin(_FIRM)).sum())
    only = f"; {hedged} of them only as something possible or not confirmed" if hedged else ""
    left_out = f"; drawn: the {drawn} that rest on most origins" if drawn < len(told) else ""
    return f"Of {len(told)} statements on who did it, by their footing: {listed}{only}{left_out}."


def _alt(ledger: Ledger, told: pd.DataFrame) -> str:
    rungs = [*attribution.RUNGS]
    empty = [rung for rung in rungs if rung not in set(told["rung"])]
    statements = [f"{row['rung'].capitalize()}: {row['who']}, {row['date']}." for _, row in told.iterrows()]
    first = f"{len(rungs)} rows from {rungs[-1]} at the top to {rungs[0]}, with {len(told)} statements along time."
    return " ".join([first, *statements, *(f"{rung.capitalize()}: none recorded." for rung in empty)])
