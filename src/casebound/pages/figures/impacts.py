"""Impacts: who was affected in what way."""

from __future__ import annotations

import textwrap
from collections import Counter
from itertools import product

import pandas as pd
from matplotlib.figure import Figure as Canvas

from casebound.analysis import impacts
from casebound.facts.ledger.ledger import Ledger
from casebound.pages import tables
from casebound.pages.display import Figure, Omitted
from casebound.pages.figures.drawing import columns_on_top, key_to, noted, nothing, sheet, show, width_of
from casebound.pages.style import FAINT, WIDTH, mark, styled
from casebound.pages.tables.shared import inside, set_aside

LABEL = 8  # points
MARKS = 12  # in a cell of the grid; if there are more, one mark for each status, with its number
<<<<<<< HEAD
BOX, GAP, ROW, FOOT = (
    1.32,
    0.22,
    0.56,
    0.35,
)  # inches: of a box and beside it, of a row, of the key
BOXES = 14  # in a column that fits a page
_TOLD: Look = {"ls": "-", "color": ACCENT}
_LINKS: dict[str, Look] = {"quoted": _TOLD, "stated": _TOLD, "inferred": {"ls": (0, (3, 2)), "color": WARM}}
=======
>>>>>>> tests2


def matrix(ledger: Ledger) -> Figure | Omitted:
    """Return parties by effects, with a mark for each fact in the shape of its status.

    Filled by `effect` and `affected`.
    """
    table = impacts.matrix(ledger)
    if table.empty:
        return nothing("the figure of who was affected, and how", "an effect on somebody")
    caption = "Who was affected in what way; a mark for each fact entered as an effect, not for the size of the harm"
    if table.map(len).max(axis=None) > MARKS:
        caption += "; a number below a mark says how many there are"
    caption += f"{set_aside(len(impacts.left_out(ledger)[0]))}."
    return show(
        _grid(ledger, table),
        alt=_alt_of_grid(ledger, table),
        caption=caption,
        data=tables.effects(ledger),
        key="matrix",
    )


@styled()
def _grid(ledger: Ledger, table: pd.DataFrame) -> Canvas:
    rows, columns = table.shape
    names = [textwrap.fill(ledger.terms.label("party", party), 22) for party in table.index]
    left = max(width_of(line, LABEL) for name in names for line in name.split("\n")) / (WIDTH * 72) + 0.02
    canvas, axes = sheet(rows, 0.36, left=left, wide=0.99 - left, head=0.58, foot=0.42)
    room = (0.99 - left) * WIDTH * 72 / columns  # points
    labels = [ledger.terms.label("effect", kind) for kind in table.columns]
    heads = [textwrap.fill(label, max(6, int(room / 4.2)), break_long_words=False) for label in labels]
    columns_on_top(axes, heads)
    axes.set_yticks(range(rows), names)
    axes.tick_params(axis="y", labelsize=LABEL)
    axes.tick_params(axis="x", labelsize=7)
    for i in range(rows + 1):
        axes.axhline(i - 0.5, color=FAINT, lw=0.6)
    for i, j in product(range(rows), range(columns)):
        facts = table.iat[i, j]
        marks = [(status, "") for status in ledger.facts.loc[list(facts), "status"]]
        if len(marks) > MARKS:
            marks = [(status, f"{number}") for (status, _), number in Counter(marks).items()]
        apart = min(0.32 if len(facts) > MARKS else 0.17, 0.96 / max(1, len(marks)))
        for n, (status, number) in enumerate(marks):
            x = j + (n - (len(marks) - 1) / 2) * apart
            axes.plot([x], [i], **mark(status, 6))
            if number:
                noted(axes, x, i, number, (0, -4), ha="center", va="top", fontsize=7)
    key_to(canvas, ledger, list(impacts.effects(ledger)["fact"].map(ledger.facts["status"])))
    return canvas


def _alt_of_grid(ledger: Ledger, table: pd.DataFrame) -> str:
    sentences = ["A grid of those affected against kinds of effect, a mark for each fact."]
    for party, row in table.iterrows():
        felt = []
        for kind, facts in row[row.map(len) > 0].items():
            named = f"{len(facts)} facts" if len(facts) > MARKS else ", ".join(ledger.facts.loc[list(facts), "label"])
            felt.append(f"{inside(ledger.terms.label('effect', kind))} ({named})")
        sentences.append(f"{ledger.terms.label('party', party)}: {'; '.join(felt)}.")
    return " ".join(sentences)
<<<<<<< HEAD


def cascade(ledger: Ledger) -> Figure | Omitted:
    """Return the cascade: what led to what; links that a source states solid, links that we infer broken.

    Filled by `caused_by`.
    """
    edges, steps = impacts.cascade(ledger), impacts.steps(ledger)
    if not len(edges):
        return nothing("the figure of what led to what", "the cause of another")
    drawn = _fitting(edges, steps)
    shown = {fact: step for fact, step in steps.items() if fact in {*drawn["cause"], *drawn["effect"]}}
    told = int((edges["link"] != "inferred").sum())
    caption = (
        f"What led to what, from left to right. Solid arrows: a source says so ({told} of {len(edges)}); "
        f"broken arrows: we infer it ({len(edges) - told})"
        f"{f'; drawn: {len(drawn)} of them, between the facts with most links' if len(drawn) < len(edges) else ''}"
        f"{set_aside(len(impacts.left_out(ledger)[1]))}."
    )
    return show(
        _arrows(ledger, drawn, shown),
        alt=_alt_of_arrows(drawn, shown),
        caption=caption,
        data=tables.links(ledger),
        key="cascade",
    )


def _fitting(edges: pd.DataFrame, steps: dict[str, int]) -> pd.DataFrame:
    """Return the links that a page holds: all, or those between the facts with most links."""
    links = pd.concat([edges["cause"], edges["effect"]]).value_counts()
    most = edges["cause"].map(links) + edges["effect"].map(links)
    columns: dict[int, set[str]] = {}
    kept = []
    for at in most.sort_values(ascending=False, kind="stable").index:
        ends = edges.at[at, "cause"], edges.at[at, "effect"]
        wider = [columns.get(steps[fact], set()) | {fact} for fact in ends]
        if max(map(len, wider)) <= BOXES:
            columns |= {steps[fact]: column for fact, column in zip(ends, wider, strict=True)}
            kept.append(at)
    return edges.loc[sorted(kept)]


@styled()
def _arrows(ledger: Ledger, edges: pd.DataFrame, steps: dict[str, int]) -> Canvas:
    columns: dict[int, list[str]] = {}
    for fact, step in steps.items():
        columns.setdefault(step, []).append(fact)
    height = ROW * max(map(len, columns.values())) + FOOT + 0.2
    canvas = Canvas(figsize=(WIDTH, height))
    axes = canvas.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, WIDTH), ylim=(0, height))
    axes.axis("off")
    box = min(BOX, (WIDTH - 0.1) / len(columns) - GAP)
    apart = (WIDTH - 0.1 - box) / max(1, len(columns) - 1)
    shares = _heights(columns, edges)
    spots = {fact: (0.05 + apart * steps[fact], FOOT + (height - FOOT - 0.1) * shares[fact]) for fact in steps}
    for fact, (x, y) in spots.items():
        _box(axes, (x, y), box, ledger.facts.at[fact, "label"])
    for _, edge in edges.iterrows():
        (x, y), end = spots[edge["cause"]], spots[edge["effect"]]
        bend = 0 if abs(end[1] - y) < 0.05 else 0.08 if end[1] < y else -0.08
        shape: Look = {"connectionstyle": f"arc3,rad={bend}", "arrowstyle": "-|>", "mutation_scale": 7}
        axes.add_patch(FancyArrowPatch((x + box, y), end, lw=1, zorder=2, **shape, **_LINKS[edge["link"]]))
    for x, link, words in ((0.05, "quoted", "the source says so"), (1.75, "inferred", "we infer it")):
        axes.plot([x, x + 0.3], [0.12, 0.12], lw=1.2, **_LINKS[link])
        axes.text(x + 0.38, 0.12, words, va="center", fontsize=7)
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


def _box(axes: Axes, at: tuple[float, float], wide: float, label: str) -> None:
    (x, y), size = at, 7 if wide == BOX else 6
    words = textwrap.fill(label, int(wide * 72 / size / 0.65))
    tall = 0.13 * words.count("\n") + 0.25
    shape = "round,pad=0,rounding_size=0.05"
    axes.add_patch(FancyBboxPatch((x, y - tall / 2), wide, tall, boxstyle=shape, fc=PANEL, ec=ACCENT, lw=0.7, zorder=3))
    axes.text(x + wide / 2, y, words, ha="center", va="center", fontsize=size, linespacing=1.15, zorder=4)


def _alt_of_arrows(edges: pd.DataFrame, steps: dict[str, int]) -> str:
    links = [f"“{e['cause_label']}” leads to “{e['effect_label']}” ({e['link']})." for _, e in edges.iterrows()]
    first = f"{len(steps)} boxes in {max(steps.values()) + 1} columns, joined by arrows from cause to effect."
    return " ".join([first, *links])
=======
>>>>>>> tests2
