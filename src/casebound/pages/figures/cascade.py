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
from casebound.pages.display import Figure, Prose
from casebound.pages.figures.drawing import nothing, show
from casebound.pages.palette import ACCENT, PANEL, WARM
from casebound.pages.style import WIDTH, styled
from casebound.pages.tables.shared import set_aside

BOX, ROW, FOOT = 1.32, 0.56, 0.35  # inches: width of a box, height of a row, room for the key
MOST = 14  # boxes in a column: as many as a page holds
_LINKS = {"quoted": {"ls": "-", "color": ACCENT}, "inferred": {"ls": (0, (3, 2)), "color": WARM}}


def cascade(ledger: Ledger) -> Figure | Prose:
    """Return the cascade: what led to what; links that a source states solid, links that we infer broken."""
    edges, steps = impacts.cascade(ledger), impacts.steps(ledger)
    if not len(edges):
        return nothing("the cause of another")
    drawn = _fitting(edges, steps)
    shown = {fact: step for fact, step in steps.items() if fact in {*drawn["cause"], *drawn["effect"]}}
    with styled():
        canvas = _canvas(ledger, drawn, shown)
    quoted = int((edges["link"] == "quoted").sum())
    caption = (
        f"What led to what, from left to right. Solid arrows: a source says so ({quoted} of {len(edges)}); "
        f"broken arrows: we infer it ({len(edges) - quoted})"
        f"{f'; drawn: {len(drawn)} of them, between the facts with most links' if len(drawn) < len(edges) else ''}"
        f"{set_aside(len(impacts.left_out(ledger)[1]))}."
    )
    return show(canvas, alt=_alt(drawn, shown), caption=caption, data=tables.links(ledger), key="cascade")


def _fitting(edges: pd.DataFrame, steps: dict[str, int]) -> pd.DataFrame:
    """Return the links that a page holds: all, or those between the facts with most links."""
    links = pd.concat([edges["cause"], edges["effect"]]).value_counts()
    most = edges["cause"].map(links) + edges["effect"].map(links)
    columns: dict[int, set[str]] = {}
    kept = []
    for at in most.sort_values(ascending=False, kind="stable").index:
        ends = edges.at[at, "cause"], edges.at[at, "effect"]
        wider = [columns.get(steps[fact], set()) | {fact} for fact in ends]
        if max(map(len, wider)) <= MOST:
            columns |= {steps[fact]: column for fact, column in zip(ends, wider, strict=True)}
            kept.append(at)
    return edges.loc[sorted(kept)]


def _canvas(ledger: Ledger, edges: pd.DataFrame, steps: dict[str, int]) -> Canvas:
    columns: dict[int, list[str]] = {}
    for fact, step in steps.items():
        columns.setdefault(step, []).append(fact)
    height = ROW * max(map(len, columns.values())) + FOOT + 0.2
    canvas = Canvas(figsize=(WIDTH, height))
    axes = canvas.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, WIDTH), ylim=(0, height))
    axes.axis("off")
    apart = (WIDTH - 0.1 - BOX) / max(1, len(columns) - 1)
    shares = _heights(columns, edges)
    spots = {fact: (0.05 + apart * steps[fact], FOOT + (height - FOOT - 0.1) * shares[fact]) for fact in steps}
    for fact, (x, y) in spots.items():
        _box(axes, x, y, ledger.facts.at[fact, "label"])
    for _, edge in edges.iterrows():
        (x, y), end = spots[edge["cause"]], spots[edge["effect"]]
        _arrow(axes, (x + BOX, y), end, edge["link"])
    for x, link, words in ((0.05, "quoted", "the source says so"), (1.75, "inferred", "we infer it")):
        axes.plot([x, x + 0.3], [0.12, 0.12], lw=1.2, **_LINKS[link])
        axes.text(x + 0.38, 0.12, words, va="center", fontsize=7)
    return canvas


def _heights(columns: dict[int, list[str]], edges: pd.DataFrame) -> dict[str, float]:
    """Return each box's height as a share: every box near the middle of its causes, so that arrows seldom cross."""
    heights: dict[str, float] = {}
    leading = set(edges["cause"])
    for _step, facts in sorted(columns.items()):
        causes = {
            fact: [heights[c] for c in edges.loc[edges["effect"] == fact, "cause"] if c in heights] for fact in facts
        }
        middle = {fact: sum(found) / len(found) if found else 0.5 for fact, found in causes.items()}
        ordered = _leading_inside(sorted(facts, key=lambda fact: (-middle[fact], fact)), middle, leading)
        heights |= {fact: 1 - (i + 0.5) / len(ordered) for i, fact in enumerate(ordered)}
    return heights


def _leading_inside(facts: list[str], middle: dict[str, float], leading: set[str]) -> list[str]:
    """Return facts with those that lead on between those that do not, where all come from the same cause."""
    if len({round(middle[fact], 6) for fact in facts}) > 1:
        return facts
    inside, outside = ([f for f in facts if (f in leading) is wanted] for wanted in (True, False))
    half = len(outside) // 2
    return outside[:half] + inside + outside[half:]


def _box(axes: Axes, x: float, y: float, label: str) -> None:
    lines = textwrap.wrap(label, 21)
    tall = 0.13 * len(lines) + 0.12
    look = {"boxstyle": "round,pad=0,rounding_size=0.05", "fc": PANEL, "ec": ACCENT, "lw": 0.7, "zorder": 3}
    axes.add_patch(FancyBboxPatch((x, y - tall / 2), BOX, tall, **look))
    words = {"ha": "center", "va": "center", "fontsize": 7, "linespacing": 1.15, "zorder": 4}
    axes.text(x + BOX / 2, y, "\n".join(lines), **words)


def _arrow(axes: Axes, start: tuple[float, float], end: tuple[float, float], link: str) -> None:
    rise = end[1] - start[1]
    bend = 0 if abs(rise) < 0.05 else 0.08 if rise < 0 else -0.08
    look = {"connectionstyle": f"arc3,rad={bend}", "arrowstyle": "-|>", "mutation_scale": 7, "lw": 1, "zorder": 2}
    axes.add_patch(FancyArrowPatch(start, end, **look, **_LINKS[link]))


def _alt(edges: pd.DataFrame, steps: dict[str, int]) -> str:
    links = [f"“{e['cause_label']}” leads to “{e['effect_label']}” ({e['link']})." for _, e in edges.iterrows()]
    first = f"{len(steps)} boxes in {max(steps.values()) + 1} columns, joined by arrows from cause to effect."
    return " ".join([first, *links])
