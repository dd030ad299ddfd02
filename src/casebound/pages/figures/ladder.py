"""Ladder: every known state of each system, as a whole or in a place, from stopped to normal."""

from __future__ import annotations

import textwrap
from itertools import pairwise

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from casebound.analysis import recovery
from casebound.facts.dates import edtf
from casebound.facts.ledger.ledger import Ledger
from casebound.pages import tables
from casebound.pages.display import Figure, Omitted
from casebound.pages.figures.days import short, usual_year
from casebound.pages.figures.drawing import beside, columns_on_top, fitting, key_to, noted, nothing, sheet, show
from casebound.pages.style import ACCENT, FAINT, MUTED, PAPER, WARM, Look, styled
from casebound.pages.tables.shared import counted, inside, labels

ROW, LINE = 0.37, 0.1  # inches: a row, and each further line of a date
MOST = 26  # rows that fit a page
_STEP: Look = {"marker": "o", "color": ACCENT, "markerfacecolor": PAPER, "markersize": 6, "lw": 0, "zorder": 4}
_LAST: Look = {**_STEP, "markerfacecolor": ACCENT, "markersize": 7}
_CAPTION: Look = {**_STEP, "marker": "s", "color": WARM}
_WIDE = 13  # letters of a date in one line
_ARROW: Look = {"arrowstyle": "-|>", "color": ACCENT, "lw": 1.4, "shrinkA": 4, "shrinkB": 4}


def ladder(ledger: Ledger) -> Figure | Omitted:
    """Return the restoration ladder: each system, as a whole or in a place, with when it reached each known state.

    If a page cannot hold all of them, those with most known states are drawn.

    Filled by `system` and `state`.
    """
    steps, last = recovery.steps(ledger), recovery.systems(ledger)["state"]
    if len(steps) < 2:
        what = "a state of a system"
        return nothing("the figure of what came back, and when", what, some=len(steps) > 0)
    steps = steps.assign(is_last=steps["thing"].map(last) == steps["state"])
    known = steps["thing"].value_counts(sort=False)
    things = fitting(known.to_frame(), MOST, fewer=-known).index
    drawn = steps[steps["thing"].isin(things)]
    left_out = len(known) - len(things)
    restored = ledger.terms.rung("restored")
    back = sum(ledger.terms.rung(state) >= restored for state in last)
    called = f"{back or 'none'} of {len(last)} rows end at restored or normal, as we read the sources"
    caption = f"The states of each system, as a whole or in a place: {called}"
    if first_steps := [inside(thing) for thing in last.index[last == "first steps"]]:
        caption += f"; {' and '.join(first_steps)} at first steps"
    caption += f". Left out: {left_out} with fewer known states." if left_out else "."
    return show(
        _canvas(ledger, drawn), alt=_alt(ledger, drawn), caption=caption, data=tables.steps(ledger), key="ladder"
    )


@styled()
def _canvas(ledger: Ledger, steps: pd.DataFrame) -> Canvas:
    things = list(dict.fromkeys(steps["thing"]))
    year = usual_year(steps["date"])
    names = {thing: textwrap.fill(thing, 27) for thing in things}
    dates = steps["date"].map(lambda date: short(date, year, _WIDE))
    lines = max(words.count("\n") for words in dates.groupby([steps["thing"], steps["state"]]).agg("\n".join))
    lines = max(lines, *(name.count("\n") - 1 for name in names.values()))
    canvas, axes = sheet(len(things), ROW + LINE * lines, left=0.25, wide=0.74, head=0.3, foot=0.42)
    states = _states(ledger, steps)
    columns_on_top(axes, [textwrap.fill(label, 12) for label in labels(ledger, "state", states)])
    steps = steps.assign(x=steps["state"].map(states.index))
    unordered = False
    for y, thing in enumerate(things):
        axes.axhline(y - 0.5, xmin=-0.335, color=FAINT, lw=0.6, clip_on=False)
        beside(axes, -0.335, y, names[thing], linespacing=1.15)
        unordered |= _thing(axes, ledger, y - 0.22, steps[steps["thing"] == thing], year)
    key_to(
        canvas, ledger, [],
        (True, "a state that a source gives", _STEP),
        (True, "last known state", _LAST),
        ((steps["basis"] == "caption").any(), "what a caption says", _CAPTION),
        (unordered, "no arrow: order not known", {"lw": 0}),
        (year, f"days without a year: {year}", {"lw": 0}),
        up=0.16,
    )  # fmt: skip
    return canvas


def _states(ledger: Ledger, steps: pd.DataFrame) -> list[str]:
    """Return the states that some step reaches, from the lowest to the highest."""
    reached = [state for state in ledger.terms["state"] if state in set(steps["state"])]
    return sorted(reached, key=ledger.terms.rung)


def _thing(axes: Axes, ledger: Ledger, y: float, steps: pd.DataFrame, year: str) -> bool:
    """Draw the marks of one row, each with its date below, and an arrow where one state came after the other.

    Returns whether an arrow is missing because the order is unknown.
    """
    pairs = list(pairwise(steps.to_dict("records")))
    ordered = [(first, second) for first, second in pairs if _leads_on(ledger, first, second)]
    for first, second in ordered:
        axes.annotate("", (second["x"], y), (first["x"], y), arrowprops=_ARROW)
    for _, of_state in steps.groupby("state", sort=False):
        step, words = of_state.iloc[-1], "\n".join(short(date, year, _WIDE) for date in of_state["date"])
        look = _CAPTION if step["basis"] == "caption" else _LAST if step["is_last"] else _STEP
        axes.plot([step["x"]], [y], **look)
        noted(axes, step["x"], y, words, (0, -4.5), ha="center", va="top", fontsize=7, linespacing=1.05)
    rung, x = steps[["rung", "x"]].iloc[0]
    # a system that is stopped, impaired or run by hand implies nothing about before
    if len(steps) == 1 and x and rung >= ledger.terms.rung("first steps"):
        axes.text(x - 0.15, y, "no earlier state here", ha="right", va="center", fontsize=7, color=MUTED)
    return len(ordered) < len(pairs)


def _leads_on(ledger: Ledger, first: dict, second: dict) -> bool:
    """Tell whether a state surely came after the other.

    It did if the dates say so, or if it is a return to work and the other is not.
    """
    before, after = ledger.when(first["fact"]), ledger.when(second["fact"])
    steps_back = ledger.terms.rung("first steps")
    returned = first["rung"] < steps_back <= second["rung"] and not edtf.is_before(after, before)
    return returned or edtf.is_before(before, after)


def _alt(ledger: Ledger, steps: pd.DataFrame) -> str:
    rungs = labels(ledger, "state", _states(ledger, steps))
    states = steps["state"].map(lambda state: ledger.terms.label("state", state)) + " (" + steps["date"] + ")"
    rows = [f"{thing}: {', '.join(of_it)}." for thing, of_it in states.groupby(steps["thing"], sort=False)]
    ends = f" from {rungs[0]} to {rungs[-1]}" if len(rungs) > 1 else f": {rungs[0]}"
    first = f"{counted(len(rungs), 'rung')}{ends}; a row for each of {len(rows)} systems, as a whole or in a place."
    return " ".join([first, *rows])
