"""Help: how long the first help of each kind took."""

from __future__ import annotations

import math
import textwrap

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.lines import Line2D

from casebound.analysis import response
from casebound.facts.ledger import Ledger
from casebound.pages import tables
from casebound.pages.display import Figure, Prose
from casebound.pages.figures.drawing import key_to, nothing, show
from casebound.pages.palette import ACCENT, FAINT, INK
from casebound.pages.style import RANGE, WIDTH, mark, styled
from casebound.pages.tables.shared import ranged

ROW, FOOT, HEAD = 0.42, 0.68, 0.1  # inches
_SURE = {"color": ACCENT, "lw": 5, "solid_capstyle": "butt"}
_RANGE = {**RANGE, "color": ACCENT}
_OPEN = {"arrowstyle": "-|>", "color": ACCENT, "lw": 1.4, "shrinkA": 0, "shrinkB": 0}


def first_help(ledger: Ledger) -> Figure | Prose:
    """Return how many days after the disclosure, or else the attack, the first help of each kind came."""
    start = response.counted_from(ledger)
    table = response.first_help(ledger)
    if start is None:
        return nothing("the disclosure or the start of the attack")
    if len(table) < 2:
        return nothing("the first help of its kind", some=len(table) > 0)
    disclosed = start == ledger.case.disclosure
    since = "the disclosure" if disclosed else "the start of the attack"
    table = table.assign(
        name=[ledger.terms.label("help", kind) for kind in table["help"]],
        status=ledger.facts.loc[table.index, "status"],
        lag=[_lag(row) for _, row in table.iterrows()],
    )
    with styled():
        canvas = _canvas(ledger, table, f"days after {since} ({ledger.facts.at[start, 'date']})")
    return show(
        canvas, alt=_alt(table, since), caption=_caption(table, since), data=tables.first_help(ledger), key="help"
    )


def _lag(row: pd.Series) -> str:
    if pd.isna(row["shortest"]) and pd.isna(row["longest"]):
        return "before it"
    return "at once" if pd.notna(row["longest"]) and row["longest"] == 0 else ranged(row["shortest"], row["longest"])


def _canvas(ledger: Ledger, table: pd.DataFrame, along: str) -> Canvas:
    height = ROW * len(table) + FOOT + HEAD
    canvas = Canvas(figsize=(WIDTH, height))
    axes = canvas.add_axes((0.45, FOOT / height, 0.53, 1 - (FOOT + HEAD) / height))
    ends = [int(days) for days in (*table["shortest"], *table["longest"]) if pd.notna(days)]
    furthest = max([7, *ends])
    before = table["lag"].eq("before it").any()
    axes.set_xlim(-furthest * (0.3 if before else 0.03), furthest * 1.3)
    axes.set_ylim(len(table) - 0.5, -0.5)
    axes.set_yticks([])
    axes.set_xticks(range(0, int(furthest * 1.3) + 1, 7 * math.ceil(furthest * 1.3 / 7 / 6)))  # whole weeks
    axes.set_xlabel(along, labelpad=2)
    axes.grid(axis="x", color=FAINT, lw=0.5)
    axes.set_axisbelow(True)
    axes.axvline(0, color=INK, lw=0.9)
    for y, (_, row) in enumerate(table.iterrows()):
        _row(axes, y, row, is_first=y == 0 or table["help"].iloc[y - 1] != row["help"])
    _keys(canvas, ledger, table)
    return canvas


def _row(axes: Axes, y: int, row: pd.Series, *, is_first: bool) -> None:
    beside = {"transform": axes.get_yaxis_transform(), "va": "center"}
    if is_first:
        axes.axhline(y - 0.5, xmin=-0.85, color=FAINT, lw=0.6, clip_on=False)
        axes.text(-0.845, y, "\n".join(textwrap.wrap(row["name"], 16)), fontweight=600, **beside)
    axes.text(-0.505, y, "\n".join(textwrap.wrap(row["label"], 29)), fontsize=7.2, linespacing=1.15, **beside)
    shortest, longest = (None if pd.isna(row[end]) else int(row[end]) for end in ("shortest", "longest"))
    words = {"xycoords": ("data", "data"), "textcoords": "offset points", "va": "center", "fontsize": 7.2}
    if row["lag"] == "before it":
        axes.plot([axes.get_xlim()[0] * 0.25], [y], **mark(row["status"]))
        axes.annotate("before it", (axes.get_xlim()[0] * 0.25, y), xytext=(-6, 0), ha="right", **words)
        return
    sure = shortest or 0
    axes.plot([0, sure], [y, y], **_SURE)
    end = sure if longest is None else longest
    if longest is None:
        axes.annotate("", (axes.get_xlim()[1], y), (sure, y), arrowprops=_OPEN)
    else:
        axes.plot([sure, longest], [y, y], **_RANGE)
    axes.plot([end], [y], **mark(row["status"], 6))
    axes.annotate(row["lag"], (end, y), xytext=(7, 0 if longest is not None else 7), ha="left", **words)


def _keys(canvas: Canvas, ledger: Ledger, table: pd.DataFrame) -> None:
    lines = [Line2D([], [], label="days that surely passed", **_SURE)]
    lines += [Line2D([], [], label="days in question", **_RANGE)] * bool((table["shortest"] != table["longest"]).any())
    key_to(canvas, ledger, list(table["status"]), lines)


def _told(table: pd.DataFrame) -> list[str]:
    """Return each kind of help with how long it took, by every account that stands."""
    return [
        f"{kind.lower()} {' or '.join(dict.fromkeys(of_kind['lag']))}"
        for kind, of_kind in table.groupby("name", sort=False)
    ]


def _caption(table: pd.DataFrame, since: str) -> str:
    return f"How long after {since} the first help of each kind that is told of came: {', '.join(_told(table))}."


def _alt(table: pd.DataFrame, since: str) -> str:
    acts = [f"{row['name']}: {row['label']}, {row['lag']} ({row['kind']})." for _, row in table.iterrows()]
    first = f"A bar for each of {len(table)} first acts of help, along the days after {since}."
    return " ".join([first, *acts])
