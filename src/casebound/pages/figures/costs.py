"""Costs: the figures in money, a panel for each measure, so that figures of different things share no axis."""

from __future__ import annotations

import textwrap
from itertools import accumulate

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, MaxNLocator

from casebound.analysis import costs as costs_of
from casebound.facts.ledger.ledger import Ledger
from casebound.facts.records.money import money_in
from casebound.pages import tables
from casebound.pages.display import Figure, Omitted
from casebound.pages.figures.days import short
from casebound.pages.figures.drawing import beside, key_to, nothing, show
from casebound.pages.style import ACCENT, FAINT, INK, MUTED, PAPER, TALLEST, WIDTH, Look, styled

LINE, TICKS, GAP, FOOT = 0.13, 0.17, 0.12, 0.3  # inches
LEFT, RIGHT = 0.32, 0.36  # shares of the width: for the measure, and for the words beside a figure
_RANGE: Look = {"color": ACCENT, "lw": 5, "alpha": 0.45, "solid_capstyle": "butt"}
_POINT: Look = {"color": ACCENT, "marker": "o", "markersize": 5.5, "lw": 0, "zorder": 4}
_OLD: Look = {**_POINT, "markerfacecolor": PAPER, "markeredgewidth": 1.1}
_ARROW: Look = {"arrowstyle": "-|>", "color": ACCENT, "lw": 1.4, "shrinkA": 0, "shrinkB": 0}


def costs(ledger: Ledger) -> Figure | Omitted:
    """Return the figures in money, a panel for each measure with its own axis from zero, never a sum.

    If a page cannot hold all panels, those with most figures are drawn; of one that is too tall, the latest figures.

    Filled by `quantity` in money in costs.yaml, of two facts or more.
    """
    figures = costs_of.figures(ledger)
    figures = figures[figures["is_money"]]
    if len(figures) < 2:
        theme = ledger.terms.label("theme", "costs")
        return nothing("the figure of costs", f"a figure in money of the theme “{theme}”", some=len(figures) > 0)
    panels = [_fitting(ledger, panel) for panel in costs_of.axes(figures)]
    drawn = _drawn(ledger, panels)
    alt, caption = _alt(ledger, drawn), _caption(panels, len(drawn), len(figures))
    return show(_canvas(ledger, drawn), alt=alt, caption=caption, data=tables.estimates(ledger), key="costs")


@styled()
def _canvas(ledger: Ledger, panels: list[pd.DataFrame]) -> Canvas:
    talls = [_tall(ledger, panel) for panel in panels]
    height = sum(talls) + GAP * len(panels) + FOOT
    canvas = Canvas(figsize=(WIDTH, height))
    top = height
    for panel, tall in zip(panels, talls, strict=True):
        top -= tall + GAP
        place = (LEFT, (top + TICKS + GAP / 2) / height, 1 - LEFT - RIGHT, (tall - TICKS) / height)
        _panel(canvas.add_axes(place), ledger, panel)
        rule = [(top + GAP / 4) / height] * 2
        canvas.add_artist(Line2D([0, 1], rule, color=FAINT, lw=0.6, transform=canvas.transFigure))
    figures = pd.concat(panels)
    known = figures["low"].notna() & figures["high"].notna()
    arrow = {"color": ACCENT, "lw": 1.2, "marker": ">", "markevery": [1], "markersize": 4}
    key_to(
        canvas, ledger, [],
        (True, "one figure", _POINT),
        ((known & (figures["low"] != figures["high"])).any(), "a range", _RANGE),
        ((figures["superseded"] & (figures["low"] == figures["high"])).any(), "overtaken by a later figure", _OLD),
        (not known.all(), "at least, or at most", arrow),
        (True, "each panel has its own scale", {"color": MUTED, "lw": 0, "marker": ""}),
    )  # fmt: skip
    return canvas


def _drawn(ledger: Ledger, panels: list[pd.DataFrame]) -> list[pd.DataFrame]:
    """Return the panels that a page holds, in their order: all, or those with most figures, of equals the later."""
    height, kept = FOOT, set[int]()
    for at in sorted(range(len(panels)), key=lambda at: (-len(panels[at]), -at)):
        taller = height + _tall(ledger, panels[at]) + GAP
        if taller <= TALLEST:
            height, kept = taller, kept | {at}
    return [panel for at, panel in enumerate(panels) if at in kept]


def _fitting(ledger: Ledger, panel: pd.DataFrame) -> pd.DataFrame:
    """Return the figures of a panel that a page holds: all, or the latest."""
    room = (TALLEST - FOOT - GAP - TICKS) / LINE
    heights = [_lines(ledger, row).count("\n") + 1.6 for _, row in panel.iterrows()]
    return panel.tail(sum(height <= room for height in accumulate(reversed(heights))))


def _tall(ledger: Ledger, panel: pd.DataFrame) -> float:
    """Return the height in inches of a panel: room for its lines of words, and for its axis."""
    rows = sum(_lines(ledger, row).count("\n") + 1.6 for _, row in panel.iterrows())
    return LINE * max(rows, _title(ledger, panel).count("\n") + 1.6) + TICKS


def _title(ledger: Ledger, panel: pd.DataFrame) -> str:
    first = panel.iloc[0]
    money = money_in(first["unit"])
    assert money  # nothing else is drawn here
    scope = f"{first['scope']}, in {money.named(ledger.case.language)}"
    return f"{textwrap.fill(first['measure'], 34)}\n{textwrap.fill(scope, 36)}"


def _words(ledger: Ledger, row: pd.Series) -> list[str]:
    """Return the words beside a figure, in two parts: the figure and its period; who gives it, and when."""
    figure = costs_of.amount(row["low"], row["high"], row["unit"], row["qualifier"], ledger.case.language)
    figure += " (overtaken)" * row["superseded"]
    first = (figure, f"for {short(row['period'])}" if row["period"] else "")
    second = (row["by"], f"given {short(row['given'])}")
    return [", ".join(filter(None, words)).replace("\u00a0", " ") for words in (first, second)]


def _lines(ledger: Ledger, row: pd.Series) -> str:
    return "\n".join(textwrap.fill(words, 42) for words in _words(ledger, row))


def _panel(axes: Axes, ledger: Ledger, panel: pd.DataFrame) -> None:
    ends = [end for end in (*panel["low"], *panel["high"]) if pd.notna(end)]
    low, high = min(0, *ends), max(0, *ends)
    room = (high - low) * 0.14
    axes.set_xlim(low - room * (low < 0), high + room * (high > 0))
    axes.set_ylim(len(panel) - 0.5, -0.5)
    axes.set_yticks([])
    axes.axvline(0, color=INK, lw=0.9)
    axes.grid(axis="x", color=FAINT, lw=0.5)
    axes.set_axisbelow(True)
    unit = panel.iloc[0]["unit"].partition(" per ")[0]
    axes.xaxis.set_major_locator(MaxNLocator(3))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda number, _: _amount(ledger, number, unit) if number else "0"))
    axes.tick_params(axis="x", length=2, labelsize=7, pad=1.5)
    left, middle = -LEFT / (1 - LEFT - RIGHT) + 0.01, (len(panel) - 1) / 2
    beside(axes, left, middle, _title(ledger, panel), fontsize=7.2, fontweight=600, linespacing=1.2)
    for y, (_, row) in enumerate(panel.iterrows()):
        _figure(axes, y, row)
        beside(axes, 1.04, y, _lines(ledger, row), fontsize=7, linespacing=1.2)


def _amount(ledger: Ledger, number: float, unit: str) -> str:
    """Return a number of an axis as an amount; alone where the currency has no sign, for it stands beside the axis."""
    shown, code = costs_of.amount(number, number, unit, language=ledger.case.language), unit[:3]
    return shown if code not in shown else f"{number:,.10g}".replace("-", "−")


def _figure(axes: Axes, y: float, row: pd.Series) -> None:
    """Draw one figure: a mark, a bar for a range, an arrow where an end is open."""
    low, high = row["low"], row["high"]
    look = _OLD if row["superseded"] else _POINT
    if pd.isna(low) or pd.isna(high):
        end = axes.get_xlim()[1] if pd.isna(high) else 0
        start = low if pd.isna(high) else high
        axes.annotate("", (end, y), (start, y), arrowprops=_ARROW)
        axes.plot([start], [y], **look)
    elif low == high:
        axes.plot([0, low], [y, y], color=FAINT, lw=2, solid_capstyle="butt", zorder=1)
        axes.plot([low], [y], **look)
    else:
        axes.plot([low, high], [y, y], **_RANGE)
        axes.plot([low, high], [y, y], color=ACCENT, marker="|", markersize=7, lw=0)


def _caption(panels: list[pd.DataFrame], drawn: int, figures: int) -> str:
    fewer = sum(map(len, panels)) < figures
    if len(panels) == 1:
        latest = f"; drawn: the latest {len(panels[0])}" if fewer else ""
        return f"The {figures} figures in money measure the same thing: {panels[0].iloc[0]['measure']}{latest}."
    left_out = f"; drawn: {drawn} of the axes, those with most figures" if drawn < len(panels) else ""
    left_out += "; of an axis with more figures than a page holds, the latest are drawn" if fewer else ""
    return (
        f"{figures} figures in money stand on {len(panels)} axes, one for each unit, measure and scope: "
        "those on different axes are not to be added up, and lengths in different panels are not to be "
        f"compared{left_out}."
    )


def _alt(ledger: Ledger, panels: list[pd.DataFrame]) -> str:
    sentences = [f"{len(panels)} panels, each with an axis of its own that begins at zero."]
    for panel in panels:
        figures = "; ".join(", ".join(_words(ledger, row)) for _, row in panel.iterrows())
        sentences.append(f"{panel.iloc[0]['measure']} ({panel.iloc[0]['scope']}): {figures}.")
    return " ".join(sentences)
