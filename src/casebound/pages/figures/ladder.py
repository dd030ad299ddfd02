"""Ladder: every known state of each system or plant, from stopped to normal."""

from __future__ import annotations

import textwrap
from itertools import pairwise

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.lines import Line2D

from casebound.analysis import recovery
from casebound.facts.dates import edtf
from casebound.facts.ledger.ledger import Ledger
from casebound.pages import tables
from casebound.pages.display import Figure, Prose
from casebound.pages.figures.days import short, usual_year
from casebound.pages.figures.drawing import key_to, nothing, show
from casebound.pages.palette import ACCENT, FAINT, MUTED, PAPER, WARM
from casebound.pages.style import TALLEST, WIDTH, styled

HEAD, FOOT, ROW, LINE = 0.3, 0.42, 0.37, 0.1  # inches
MOST = 26  # rows: as many as a page holds
_STEP = {"marker": "o", "color": ACCENT, "markerfacecolor": PAPER, "markersize": 6, "lw": 0, "zorder": 4}
_LAST = {**_STEP, "markerfacecolor": ACCENT, "markersize": 7}
_CAPTION = {**_STEP, "marker": "s", "color": WARM}
_WIDE = 13  # letters of a date in one line
_ARROW = {"arrowstyle": "-|>", "color": ACCENT, "lw": 1.4, "shrinkA": 4, "shrinkB": 4}


def ladder(ledger: Ledger) -> Figure | Prose:
    """Return the restoration ladder: each system or plant with all its known states, and when each was reached."""
    steps, last = recovery.steps(ledger), recovery.systems(ledger)["state"]
    if len(steps) < 2:
        return nothing("a state of a system as a whole, or at a plant", some=len(steps) > 0)
    steps = steps.assign(is_last=[last.get(row["thing"]) == row["state"] for _, row in steps.iterrows()])
    drawn = _fitting(steps)
    with styled():
        canvas = _canvas(ledger, drawn)
    left_out = steps["thing"].nunique() - drawn["thing"].nunique()
    caption = _caption(ledger) + (f" Left out: {left_out} of which fewer states are told." if left_out else "")
    return show(canvas, alt=_alt(ledger, drawn), caption=caption, data=tables.steps(ledger), key="ladder")


def _fitting(steps: pd.DataFrame) -> pd.DataFrame:
    """Return the steps of the systems and plants that a page holds: all, or those of which most states are told."""
    told = steps["thing"].value_counts(sort=False).sort_values(ascending=False, kind="stable")
    return steps[steps["thing"].isin(told.index[:MOST])]


def _canvas(ledger: Ledger, steps: pd.DataFrame) -> Canvas:
    rungs = sorted(ledger.terms["state"].values(), key=lambda term: term.rung)
    things = list(dict.fromkeys(steps["thing"]))
    year = usual_year(steps["date"])
    lines = max(short(date, year, _WIDE).count("\n") for date in steps["date"])
    row = min(ROW + LINE * lines, (TALLEST - HEAD - FOOT) / len(things))
    height = row * len(things) + HEAD + FOOT
    canvas = Canvas(figsize=(WIDTH, height))
    axes = canvas.add_axes((0.21, FOOT / height, 0.78, 1 - (HEAD + FOOT) / height))
    axes.set(xlim=(-0.5, len(rungs) - 0.5), ylim=(len(things) - 0.5, -0.5))
    axes.set_yticks([])
    axes.set_xticks(range(len(rungs)), [term.label for term in rungs])
    axes.xaxis.tick_top()
    axes.tick_params(axis="x", length=0)
    axes.spines["bottom"].set_visible(False)
    aside = {"transform": axes.get_yaxis_transform(), "va": "center", "linespacing": 1.15}
    for y, thing in enumerate(things):
        axes.axhline(y - 0.5, xmin=-0.27, color=FAINT, lw=0.6, clip_on=False)
        axes.text(-0.27, y, "\n".join(textwrap.wrap(thing, 22)), **aside)
        _thing(axes, ledger, y, steps[steps["thing"] == thing], year)
    pairs = [pair for _, of_it in steps.groupby("thing") for pair in pairwise(of_it.to_dict("records"))]
    _keys(canvas, ledger, steps, year, unordered=not all(_leads_on(ledger, *pair) for pair in pairs))
    return canvas


def _thing(axes: Axes, ledger: Ledger, y: int, steps: pd.DataFrame, year: str) -> None:
    """Draw one row: its marks, each with its date below, and an arrow where one state came after the other."""
    above = y - 0.22
    for first, second in pairwise(steps.to_dict("records")):
        if _leads_on(ledger, first, second):
            axes.annotate("", (second["rung"], above), (first["rung"], above), arrowprops=_ARROW)
    for _, step in steps.iterrows():
        look = _CAPTION if step["basis"] == "caption" else _LAST if step["is_last"] else _STEP
        axes.plot([step["rung"]], [above], **look)
        below = {"textcoords": "offset points", "ha": "center", "va": "top", "fontsize": 7, "linespacing": 1.05}
        axes.annotate(short(step["date"], year, _WIDE), (step["rung"], above), xytext=(0, -4.5), **below)
    if len(steps) == 1 and steps["rung"].iloc[0] > 1:  # what is stopped or impaired says nothing of before
        words = {"ha": "right", "va": "center", "fontsize": 7, "color": MUTED}
        axes.text(steps["rung"].iloc[0] - 0.15, above, "before: implied only", **words)


def _leads_on(ledger: Ledger, first: dict, second: dict) -> bool:
    """Tell whether a state surely came after the other.

    It did if its dates say so, or if it tells of a return from the other, which was no return itself.
    """
    one, other = ledger.when(first["fact"]), ledger.when(second["fact"])
    steps_back = ledger.terms["state"]["first steps"].rung
    returned = first["rung"] < steps_back <= second["rung"] and not edtf.is_before(other, one)
    return returned or edtf.is_before(one, other)


def _keys(canvas: Canvas, ledger: Ledger, steps: pd.DataFrame, year: str, *, unordered: bool) -> None:
    looks = [(_STEP, "a state that a source gives"), (_LAST, "last known state")]
    looks += [(_CAPTION, "what a caption says")] if (steps["basis"] == "caption").any() else []
    handles = [Line2D([], [], **look, label=label) for look, label in looks]
    handles += [Line2D([], [], lw=0, label="no arrow: order not known")] if unordered else []
    handles += [Line2D([], [], lw=0, label=f"no year: {year}")] if year else []
    key_to(canvas, ledger, [], handles, up=0.16)


def _alt(ledger: Ledger, steps: pd.DataFrame) -> str:
    rungs = sorted(ledger.terms["state"].values(), key=lambda term: term.rung)
    told = steps["state"].map(lambda state: ledger.terms.label("state", state)) + " (" + steps["date"] + ")"
    rows = [f"{thing}: {', '.join(of_it)}." for thing, of_it in told.groupby(steps["thing"], sort=False)]
    ends = f"from {rungs[0].label} to {rungs[-1].label}"
    first = f"{len(rungs)} rungs {ends}, a row for each of {len(rows)} systems or plants."
    return " ".join([first, *rows])


def _caption(ledger: Ledger) -> str:
    table = recovery.systems(ledger)
    rungs = ledger.terms["state"]
    back = sum(rungs[state].rung >= rungs["restored"].rung for state in table["state"])
    called = f"{back} of {len(table)} stand at restored or normal, as we read the sources"
    caption = f"How far each system or plant had come back: {called}"
    first_steps = [thing[0].lower() + thing[1:] for thing in table.index[table["state"] == "first steps"]]
    if first_steps:
        return f"{caption}; {' and '.join(first_steps)} had only its first steps behind it."
    return f"{caption}."
