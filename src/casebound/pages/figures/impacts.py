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
