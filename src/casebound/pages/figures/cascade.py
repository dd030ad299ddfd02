"""Cascade: what led to what, in quoted words or by inference."""

from __future__ import annotations

import textwrap

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from casebound.analysis import impacts
from casebound.facts.ledger.ledger import Ledger
from casebound.pages import tables
from casebound.pages.display import Figure, Omitted
from casebound.pages.figures.drawing import nothing, show, width_of
from casebound.pages.style import ACCENT, PANEL, TALLEST, WARM, WIDTH, Look, styled
from casebound.pages.tables.shared import set_aside

SIZE = 7  # points
BOX, GAP, ROW, FOOT, EDGE = 1.32, 0.22, 0.56, 0.35, 0.05  # inches: of a box, beside it, of a row, of the key, around
STEPS = 7  # that fit beside each other
_TOLD: Look = {"ls": "-", "color": ACCENT}
_LINKS: dict[str, Look] = {"quoted": _TOLD, "stated": _TOLD, "inferred": {"ls": (0, (3, 2)), "color": WARM}}


def cascade(ledger: Ledger) -> Figure | Omitted:
    """Return the cascade: what led to what; links that a source states solid, links that we infer broken.

    Filled by `caused_by`.
    """
    edges, steps = impacts.cascade(ledger), impacts.steps(ledger)
    if not len(edges):
        return nothing("the figure of what led to what", "the cause of another")
    drawn = _fitting(ledger, edges, steps)
    shown = {fact: step for fact, step in steps.items() if fact in {*drawn["cause"], *drawn["effect"]}}
    told = int((edges["link"] != "inferred").sum())
    caption = (
        f"What led to what, from left to right. Solid arrows: a source says so ({told} of {len(edges)}); "
        f"broken arrows: we infer it ({len(edges) - told})"
        f"{f'; drawn: {len(drawn)} of them, which a page holds' if len(drawn) < len(edges) else ''}"
        f"{set_aside(len(impacts.left_out(ledger)[1]))}."
    )
    return show(
        _arrows(ledger, drawn, shown),
        alt=_alt_of_arrows(drawn, shown),
        caption=caption,
        data=tables.links(ledger),
        key="cascade",
    )


def _fitting(ledger: Ledger, edges: pd.DataFrame, steps: dict[str, int]) -> pd.DataFrame:
    """Return the links that a page holds: all, or of the first steps those between the facts with most links."""
    links = pd.concat([edges["cause"], edges["effect"]]).value_counts()
    most = edges["cause"].map(links) + edges["effect"].map(links)
    room = int((TALLEST - FOOT - 4 * EDGE) / _boxes(ledger, steps)[2])
    columns: dict[int, set[str]] = {}
    kept = []
    for at in most.sort_values(ascending=False, kind="stable").index:
        ends = edges.at[at, "cause"], edges.at[at, "effect"]
        wider = [columns.get(steps[fact], set()) | {fact} for fact in ends]
        if max(map(len, wider)) <= room and max(steps[fact] for fact in ends) < STEPS:
            columns |= {steps[fact]: column for fact, column in zip(ends, wider, strict=True)}
            kept.append(at)
    return edges.loc[sorted(kept)]


def _boxes(ledger: Ledger, steps: dict[str, int]) -> tuple[float, dict[str, str], float]:
    """Return the width of a box, the words of each in lines that fit it, and the height of a row, in inches."""
    wide = min(BOX, (WIDTH - 2 * EDGE) / min(STEPS, max(steps.values()) + 1) - GAP)
    words = {fact: _in_lines(ledger.facts.at[fact, "label"], (wide - EDGE) * 72) for fact in steps}
    return wide, words, max(ROW, *(_tall(lines) + EDGE for lines in words.values()))


def _in_lines(label: str, room: float) -> str:
    """Return a label in lines that are no wider than the room, in points."""
    fills = (textwrap.fill(label, letters) for letters in range(len(label), 0, -1))
    return next(fill for fill in fills if max(width_of(line, SIZE) for line in fill.split("\n")) <= room)


def _tall(words: str) -> float:
    return 0.13 * words.count("\n") + 0.25


@styled()
def _arrows(ledger: Ledger, edges: pd.DataFrame, steps: dict[str, int]) -> Canvas:
    columns: dict[int, list[str]] = {}
    for fact, step in steps.items():
        columns.setdefault(step, []).append(fact)
    box, words, row = _boxes(ledger, steps)
    height = row * max(map(len, columns.values())) + FOOT + 4 * EDGE
    canvas = Canvas(figsize=(WIDTH, height))
    axes = canvas.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, WIDTH), ylim=(0, height))
    axes.axis("off")
    apart = (WIDTH - 2 * EDGE - box) / max(1, *columns)
    shares = _heights(columns, edges)
    spots = {fact: (EDGE + apart * steps[fact], FOOT + (height - FOOT - 2 * EDGE) * shares[fact]) for fact in steps}
    for fact, spot in spots.items():
        _box(axes, spot, box, words[fact])
    for _, edge in edges.iterrows():
        (x, y), end = spots[edge["cause"]], spots[edge["effect"]]
        bend = 0 if abs(end[1] - y) < 0.05 else 0.08 if end[1] < y else -0.08
        shape: Look = {"connectionstyle": f"arc3,rad={bend}", "arrowstyle": "-|>", "mutation_scale": 7}
        axes.add_patch(FancyArrowPatch((x + box, y), end, lw=1, zorder=2, **shape, **_LINKS[edge["link"]]))
    for x, link, meaning in ((EDGE, "quoted", "the source says so"), (1.75, "inferred", "we infer it")):
        axes.plot([x, x + 0.3], [0.12, 0.12], lw=1.2, **_LINKS[link])
        axes.text(x + 0.38, 0.12, meaning, va="center", fontsize=SIZE)
    return canvas


def _heights(columns: dict[int, list[str]], edges: pd.DataFrame) -> dict[str, float]:
    """Return each box's height as a share: every box near the middle of its causes, so that arrows seldom cross."""
    heights: dict[str, float] = {}
    leading = set(edges["cause"])
    for _, facts in sorted(columns.items()):
        causes = edges["cause"].map(pd.Series(heights, dtype=float)).groupby(edges["effect"]).mean()
        middle = causes.reindex(facts).fillna(0.5).round(6)
        ordered = sorted(facts, key=lambda fact: (-middle[fact], fact))
        if middle.nunique() == 1:  # all come from the same cause: what leads on stands between the others
            between, around = ([f for f in ordered if (f in leading) is wanted] for wanted in (True, False))
            half = len(around) // 2
            ordered = around[:half] + between + around[half:]
        heights |= {fact: 1 - (i + 0.5) / len(ordered) for i, fact in enumerate(ordered)}
    return heights


def _box(axes: Axes, at: tuple[float, float], wide: float, words: str) -> None:
    (x, y), tall = at, _tall(words)
    shape = "round,pad=0,rounding_size=0.05"
    axes.add_patch(FancyBboxPatch((x, y - tall / 2), wide, tall, boxstyle=shape, fc=PANEL, ec=ACCENT, lw=0.7, zorder=3))
    axes.text(x + wide / 2, y, words, ha="center", va="center", fontsize=SIZE, linespacing=1.15, zorder=4)


def _alt_of_arrows(edges: pd.DataFrame, steps: dict[str, int]) -> str:
    links = [f"“{e['cause_label']}” leads to “{e['effect_label']}” ({e['link']})." for _, e in edges.iterrows()]
    first = f"{len(steps)} boxes in {max(steps.values()) + 1} columns, joined by arrows from cause to effect."
    return " ".join([first, *links])
