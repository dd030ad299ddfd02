"""Responses: the acts of each actor of the government, done apart from said."""

from __future__ import annotations

import textwrap

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from casebound.analysis import response
from casebound.facts.ledger import Ledger
from casebound.pages import tables
from casebound.pages.display import Figure, Prose
from casebound.pages.figures.drawing import key_to, nothing, show
from casebound.pages.palette import FAINT
from casebound.pages.style import TALLEST, WIDTH, mark, styled

LINE = 0.135  # inches
MOST = 20  # acts in a column
LEFTS = dict(zip(("done", "under way", "said or promised"), (1.28, 2.9, 4.52), strict=True))
_NAME = {"va": "top", "fontweight": 600, "linespacing": 1.15}


def responses(ledger: Ledger) -> Figure | Prose:
    """Return the acts of each actor of the government in three columns: done, under way, said or promised."""
    acts = response.acts(ledger)
    if not len(acts):
        return nothing(f"an act of the group “{ledger.terms.label('group', 'government')}”")
    drawn = _fitting(acts)
    with styled():
        canvas = _canvas(ledger, drawn)
    counts = ", ".join(f"{(acts['kind'] == kind).sum()} {kind}" for kind in LEFTS)
    alt = " ".join(f"{act['actor']}: {act['label']} ({act['kind']})." for _, act in drawn.iterrows())
    left_out = f"; drawn: {len(drawn)} acts of those who acted most" if len(drawn) < len(acts) else ""
    caption = f"What the Government did and what it said, by who acted: {counts}{left_out}."
    return show(canvas, alt=alt, caption=caption, data=tables.acts(ledger), key="responses")


def _fitting(acts: pd.DataFrame) -> pd.DataFrame:
    """Return the acts that a page holds: all, or the first of those who acted most."""
    first = acts.groupby(["actor", "kind"], sort=False).head(MOST)
    tall, kept = 0.62, set()
    for actor in acts["actor"].value_counts(sort=True).index:
        tall += LINE * (_lines(actor, first[first["actor"] == actor]) + 0.7)
        if tall > TALLEST:
            break
        kept.add(actor)
    return first[first["actor"].isin(kept)]


def _canvas(ledger: Ledger, acts: pd.DataFrame) -> Canvas:
    by_actor = list(acts.groupby("actor", sort=False))
    rows = [_lines(actor, of_actor) + 0.7 for actor, of_actor in by_actor]
    height = LINE * sum(rows) + 0.62
    canvas = Canvas(figsize=(WIDTH, height))
    axes = canvas.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, WIDTH), ylim=(0, height))
    axes.axis("off")
    for kind, x in LEFTS.items():
        axes.text(x, height - 0.14, kind, fontweight=600, va="center")
    y = height - 0.28
    for (actor, of_actor), tall in zip(by_actor, rows, strict=True):
        axes.axhline(y, color=FAINT, lw=0.7)
        axes.text(0.02, y - LINE * 0.6, _wrapped(actor, 20), **_NAME)
        for kind, x in LEFTS.items():
            _column(axes, x, y - LINE * 0.6, of_actor[of_actor["kind"] == kind])
        y -= LINE * tall
    axes.axhline(y, color=FAINT, lw=0.7)
    key_to(canvas, ledger, list(acts["status"]), up=0.11)
    return canvas


def _wrapped(text: str, width: int) -> str:
    return "\n".join(textwrap.wrap(text, width))


def _lines(actor: str, acts: pd.DataFrame) -> float:
    """Return how many lines an actor's row needs: those of the name, or of the fullest column."""
    needed = acts["label"].map(lambda label: _wrapped(label, 25).count("\n") + 1.5).groupby(acts["kind"]).sum()
    return max(_wrapped(actor, 20).count("\n") + 1, needed.max())


def _column(axes: Axes, x: float, y: float, acts: pd.DataFrame) -> None:
    """Write the labels of acts below each other, each with the mark of its status."""
    for _, act in acts.iterrows():
        words = _wrapped(act["label"], 25)
        axes.plot([x + 0.04], [y - 0.05], **mark(act["status"], 5))
        axes.text(x + 0.15, y, words, va="top", fontsize=7.2, linespacing=1.15)
        y -= LINE * (words.count("\n") + 1.5)
