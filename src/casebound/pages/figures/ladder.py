"""Ladder: each system from its lowest to its last known state."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.lines import Line2D

from casebound.analysis import recovery
from casebound.facts.ledger import Ledger
from casebound.pages import tables
from casebound.pages.display import Figure, Prose
from casebound.pages.figures.drawing import nothing, show
from casebound.pages.style import ACCENT, FAINT, MUTED, PAPER, WARM, WIDTH, styled

_LOW = {"marker": "o", "color": ACCENT, "markerfacecolor": PAPER, "markersize": 6, "lw": 0}
_LAST = {"marker": "o", "color": ACCENT, "markersize": 7, "lw": 0}
_CAPTION = {"marker": "s", "color": WARM, "markerfacecolor": PAPER, "markersize": 6, "lw": 0}
_ARROW = {"arrowstyle": "-|>", "color": ACCENT, "lw": 1.6, "shrinkA": 3, "shrinkB": 0}


def ladder(ledger: Ledger) -> Figure | Prose:
    """Return the restoration ladder: each system from its lowest to its last known state."""
    table = recovery.systems(ledger)
    if not len(table):
        return nothing("systems")
    rungs = ledger.terms["state"]
    table = table.assign(low=[rungs[s].rung for s in table["lowest"]], last=[rungs[s].rung for s in table["state"]])
    table = table.sort_values("last", ascending=False, kind="stable")
    with styled():
        canvas = _canvas(ledger, table)
    return show(
        canvas, alt=_alt(ledger, table), caption=_caption(ledger, table), data=tables.systems(ledger), key="ladder"
    )


def _canvas(ledger: Ledger, table: pd.DataFrame) -> Canvas:
    rungs = sorted(ledger.terms["state"].values(), key=lambda term: term.rung)
    height = 0.3 * len(table) + 0.9
    canvas = Canvas(figsize=(WIDTH, height))
    axes = canvas.add_axes((0.25, 0.4 / height, 0.72, 1 - 0.75 / height))
    axes.set_xlim(-0.35, len(rungs) - 0.65)
    axes.set_ylim(len(table) - 0.5, -0.5)
    axes.set_yticks(range(len(table)), [ledger.terms.label("system", system) for system in table.index])
    axes.set_xticks(range(len(rungs)), [term.label for term in rungs])
    axes.xaxis.tick_top()
    axes.tick_params(axis="x", length=0)
    axes.spines["bottom"].set_visible(False)
    captions = _captions(ledger, table)
    for y, (system, row) in enumerate(table.iterrows()):
        _system(axes, y, row)
        for rung in captions.get(system, ()):
            axes.plot([rung + 0.1], [y], **_CAPTION, zorder=4)
    _key(axes, bool(captions))
    return canvas


def _captions(ledger: Ledger, table: pd.DataFrame) -> dict[str, list[int]]:
    """Return by system the rungs that a caption alone gives it."""
    states = recovery.states(ledger)
    shown = {*table["fact"], *table["low_fact"]}
    apart = states[(states["basis"] == "caption") & ~states["fact"].isin(shown)]
    apart = apart[apart["rung"] != apart["system"].map(table["low"])]
    return apart.groupby("system")["rung"].apply(list).to_dict()


def _system(axes: Axes, y: float, row: pd.Series) -> None:
    axes.axhline(y, color=FAINT, lw=0.6)
    if row["low"] != row["last"]:
        axes.annotate("", (row["last"] - 0.06, y), (row["low"], y), arrowprops=_ARROW)
        axes.plot([row["low"]], [y], **_LOW, zorder=4)
    elif row["last"] > 1:  # what is stopped or impaired says nothing of before
        words = {"ha": "right", "va": "center", "fontsize": 7, "color": MUTED, "backgroundcolor": PAPER}
        axes.text(row["last"] - 0.12, y - 0.02, "before: implied only", **words)
    axes.plot([row["last"]], [y], **_LAST, zorder=4)


def _key(axes: Axes, with_captions: bool) -> None:
    looks = [(_LOW, "lowest state told of"), (_LAST, "last known state")]
    looks += [(_CAPTION, "what a caption says")] if with_captions else []
    handles = [Line2D([], [], **look, label=label) for look, label in looks]
    place = {"loc": "upper left", "bbox_to_anchor": (-0.33, -0.01)}
    axes.legend(handles=handles, ncols=3, frameon=False, fontsize=7, handletextpad=0.2, **place)


def _alt(ledger: Ledger, table: pd.DataFrame) -> str:
    rungs = list(ledger.terms["state"].values())
    moves = [
        f"{ledger.terms.label('system', system)}: "
        + (f"from {row['lowest']} to {row['state']}." if row["low"] != row["last"] else f"{row['state']}.")
        for system, row in table.iterrows()
    ]
    first = f"{len(rungs)} rungs from {rungs[0].label} to {rungs[-1].label}, a row for each of {len(table)} systems."
    return " ".join([first, *moves])


def _caption(ledger: Ledger, table: pd.DataFrame) -> str:
    back = int((table["state"] == "restored").sum())
    caption = f"How far each system had come back: {back} of {len(table)} were restored"
    steps = [ledger.terms.label("system", system).lower() for system in table.index[table["state"] == "first steps"]]
    return caption + (f"; {' and '.join(steps)} had only its first steps behind it." if steps else ".")
