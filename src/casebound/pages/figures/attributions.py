"""Attributions: who names whom as the attacker, on what footing, and when."""

from __future__ import annotations

import textwrap

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from casebound.analysis import attribution
from casebound.analysis.timeline import attack_day
from casebound.facts.ledger.ledger import Ledger
from casebound.pages import tables
from casebound.pages.display import Figure, Omitted
from casebound.pages.figures.days import OPEN, Axis, dates_along, draw_window, short
from casebound.pages.figures.drawing import ON_PAPER, beside, fitting, key_to, noted, nothing, sheet, show
from casebound.pages.style import FAINT, MUTED, RANGE, mark, styled

ROW, FOOT = 0.33, 0.64  # inches
MOST = 20  # statements that fit a page
_FIRM = ("done", "under way", "claimed")


def attributions(ledger: Ledger) -> Figure | Omitted:
    """Return the rungs from a claim to an attribution over time, a mark for each statement on who did it.

    If a page cannot hold all statements, the first on each rung and those that rest on most origins are drawn.

    Filled by `answers` to a question `about: attacker`, and `accused`.
    """
    statements = attribution.ladder(ledger).dropna(subset=["fact"]).set_index("fact")
    if len(statements) < 2:
        return nothing("the figure of who says who did it", "an answer to who did it", some=len(statements) > 0)
    facts = ledger.facts.loc[statements.index]
    windows = [ledger.when(fact) for fact in statements.index]
    statements = statements.assign(
        who=[_who(ledger, fact, row) for fact, row in statements.iterrows()],
        status=facts["status"],
        begin=[pd.Timestamp(when.earliest) for when in windows],
        end=[pd.Timestamp(when.latest) for when in windows],
    )
    statements["spot"] = statements["end"].fillna(statements["begin"])
    drawn = fitting(statements, MOST, later=statements["rung"].duplicated(), origins=-facts["origins"])
    return show(
        _canvas(ledger, drawn),
        alt=_alt(drawn),
        caption=_caption(statements, len(drawn)),
        data=tables.attributions(ledger),
        key="attributions",
    )


def _who(ledger: Ledger, fact: str, row: pd.Series) -> str:
    """Return who names whom: `the New York Times: a Russian group`; the source where it names no speaker."""
    by, named = row["by"], row["named"]
    if not by:
        by = ledger.sources.at[ledger.carriers[fact][0]["source"], "short"].partition(",")[0]
    if not named:
        return f"{by}: {ledger.facts.at[fact, 'label']}"
    status = ledger.facts.at[fact, "status"]
    hedge = "" if status in _FIRM else f" ({ledger.terms.label('status', status)})"
    first, _, rest = named.partition(" ")
    named = f"{first.lower()} {rest}" if first in ("A", "An", "The") else named
    return f"{by}: {'itself' if named.casefold() == by.casefold() else named}{hedge}"


@styled()
def _canvas(ledger: Ledger, statements: pd.DataFrame) -> Canvas:
    on_rung = {rung: statements[statements["rung"] == rung] for rung in reversed(attribution.RUNGS)}
    rows = sum(max(1, len(of_it)) for of_it in on_rung.values())
    canvas, axes = sheet(rows, ROW, left=0.125, wide=0.835, head=0.1, foot=FOOT)
    days = pd.concat([statements["begin"], statements["end"]])
    first, last = days.min(), days.max()
    margin = max(pd.Timedelta(days=3), (last - first) * 0.05)
    axis = first - margin, last + margin
    dates_along(axes, axis)
    y, since = 0, attack_day(ledger)
    for rung, of_it in on_rung.items():
        axes.axhline(y - 0.5, xmin=-0.14, color=FAINT, lw=0.7, clip_on=False)
        beside(axes, -0.14, y, textwrap.fill(rung, 12), fontweight=600)
        for place, (_, statement) in enumerate(of_it.iterrows(), y):
            _statement(axes, place + 0.2, statement, since, axis)
        if of_it.empty:
            beside(axes, 0.01, y, "none recorded", color=MUTED, bbox=ON_PAPER)
        y += max(1, len(of_it))
    is_open = statements[["begin", "end"]].isna().any(axis=1)
    ranges = ~is_open & (statements["begin"] != statements["end"])
    entries = [(ranges.any(), "some day in this range", {"color": MUTED, **RANGE})]
    entries += [(is_open.any(), "some day up to the mark", OPEN)]
    key_to(canvas, ledger, list(statements["status"]), *entries)
    return canvas


def _statement(axes: Axes, y: float, statement: pd.Series, since: pd.Timestamp | None, axis: Axis) -> None:
    """Draw one statement: its mark on the last possible day, the days in question, its words on the roomier side."""
    (left, right), spot = axis, statement["spot"]
    draw_window(axes, y, statement["status"], (statement["begin"], statement["end"]), since, axis)
    axes.plot([spot], [y], **mark(statement["status"], 5.5))
    words = f"{statement['who']}, {short(statement['date'])}"
    goes_left = spot > left + (right - left) / 2
    apart = (4 if goes_left else -4, 5)
    noted(axes, spot, y, words, apart, ha="right" if goes_left else "left", va="bottom", fontsize=7.2)


def _caption(statements: pd.DataFrame, drawn: int) -> str:
    counts = {rung: int((statements["rung"] == rung).sum()) for rung in attribution.RUNGS}
    listed = ", ".join(f"{number or 'none'} {rung}" for rung, number in counts.items())
    hedged = int((~statements["status"].isin(_FIRM)).sum())
    only = f"; {hedged} of them only as something possible or not confirmed" if hedged else ""
    left_out = f"; drawn: the {drawn} that rest on most origins" if drawn < len(statements) else ""
    return f"Of {len(statements)} statements on who did it, by their footing: {listed}{only}{left_out}."


def _alt(drawn: pd.DataFrame) -> str:
    rungs = list(attribution.RUNGS)
    empty = [f"{rung.capitalize()}: none recorded." for rung in rungs if rung not in set(drawn["rung"])]
    statements = [f"{row['rung'].capitalize()}: {row['who']}, {row['date']}." for _, row in drawn.iterrows()]
    first = f"{len(rungs)} rows from {rungs[-1]} at the top to {rungs[0]}, with {len(drawn)} statements along time."
    return " ".join([first, *statements, *empty])
