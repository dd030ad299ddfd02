"""Matrix: parties by effects."""

from __future__ import annotations

import textwrap
from collections import Counter

import pandas as pd
from matplotlib.figure import Figure as Canvas

from casebound.analysis import impacts
from casebound.facts.ledger.ledger import Ledger
from casebound.pages import tables
from casebound.pages.display import Figure, Prose
from casebound.pages.figures.drawing import key_to, nothing, show
from casebound.pages.palette import FAINT
from casebound.pages.style import WIDTH, mark, styled
from casebound.pages.tables.shared import set_aside

MOST = 12  # marks in a cell; of more one for each status, with their number


def matrix(ledger: Ledger) -> Figure | Prose:
    """Return parties by effects, a mark a fact in the shape of its status."""
    table = impacts.matrix(ledger)
    if table.empty:
        return nothing("an effect on somebody")
    with styled():
        canvas = _canvas(ledger, table)
    caption = "Who was affected in what way; a mark for each fact entered as an effect, not for the size of the harm"
    if table.map(len).max(axis=None) > MOST:
        caption += "; a number below a mark says how many there are"
    caption += f"{set_aside(len(impacts.left_out(ledger)[0]))}."
    return show(canvas, alt=_alt(ledger, table), caption=caption, data=tables.effects(ledger), key="matrix")


def _canvas(ledger: Ledger, table: pd.DataFrame) -> Canvas:
    rows, columns = table.shape
    height = 0.36 * rows + 1.0
    canvas = Canvas(figsize=(WIDTH, height))
    axes = canvas.add_axes((0.16, 0.34 / height, 0.83, 1 - 0.85 / height))
    axes.set(xlim=(-0.5, columns - 0.5), ylim=(rows - 0.5, -0.5))
    kinds = [ledger.terms.label("effect", kind) for kind in table.columns]
    axes.set_xticks(range(columns), ["\n".join(textwrap.wrap(kind, 12)) for kind in kinds])
    axes.set_yticks(range(rows), [ledger.terms.label("party", party) for party in table.index])
    axes.xaxis.tick_top()
    axes.tick_params(axis="x", length=0)
    axes.spines["bottom"].set_visible(False)
    for i in range(rows + 1):
        axes.axhline(i - 0.5, color=FAINT, lw=0.6)
    statuses = []
    for (i, j), facts in ((place, table.iat[place]) for place in _places(rows, columns)):
        marks = [(ledger.facts.at[fact, "status"], "") for fact in facts]
        if len(marks) > MOST:
            marks = [(status, f"{number}") for (status, _), number in Counter(marks).items()]
        apart = min(0.32 if len(facts) > MOST else 0.17, 0.96 / max(1, len(marks)))
        for n, (status, number) in enumerate(marks):
            x = j + (n - (len(marks) - 1) / 2) * apart
            axes.plot([x], [i], **mark(status, 6))
            if number:
                below = {"xytext": (0, -4), "textcoords": "offset points", "ha": "center", "va": "top", "fontsize": 7}
                axes.annotate(number, (x, i), **below)
        statuses += [status for status, _ in marks]
    key_to(canvas, ledger, statuses)
    return canvas


def _named(ledger: Ledger, facts: tuple[str, ...]) -> str:
    return f"{len(facts)} facts" if len(facts) > MOST else ", ".join(ledger.facts.loc[list(facts), "label"])


def _places(rows: int, columns: int) -> list[tuple[int, int]]:
    return [(i, j) for i in range(rows) for j in range(columns)]


def _alt(ledger: Ledger, table: pd.DataFrame) -> str:
    sentences = ["A grid of those affected against kinds of effect, a mark for each fact."]
    for party, row in table.iterrows():
        felt = [
            f"{ledger.terms.label('effect', kind).lower()} ({_named(ledger, facts)})"
            for kind, facts in row.items()
            if facts
        ]
        sentences.append(f"{ledger.terms.label('party', party)}: {'; '.join(felt)}.")
    return " ".join(sentences)
