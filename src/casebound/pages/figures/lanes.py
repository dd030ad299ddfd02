"""Lanes: the drawing of the lead figure: phases and standstill, days named for the return, what others did."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
from matplotlib.figure import Figure as Canvas

from casebound.analysis import recovery
from casebound.analysis.findings import days
from casebound.pages.figures.axis import Axis
from casebound.pages.figures.days import short
from casebound.pages.figures.paper import Paper, Scale, Sheet, days_below, stacked
from casebound.pages.style import ACCENT, FAINT, INK, MUTED, PAPER, WARM, Look, mark, styled
from casebound.pages.tables.shared import counted, inside, listed

BAR, GAP = 0.17, 0.07  # inches: the height of the bar, the room between lanes
NAMED = mark("planned", 4.2)
SAID: Look = {"marker": "|", "color": WARM, "markersize": 5, "linestyle": "none"}
STROKE: Look = {"color": WARM, "lw": 1.1, "zorder": 2}
BACK: Look = {"color": ACCENT, "lw": 0.9, "zorder": 1}
LATER: Look = {"color": ACCENT, "lw": 0.8, "ls": (0, (3, 2)), "zorder": 1}


@styled()
def drawn(paper: Paper, axis: Axis) -> Canvas:
    """Return the lanes under each other, with the days along the foot."""
    sheet = Sheet(paper)
    scale = Scale(axis.first, axis.end, 0.06, paper.width - 0.1)
    top = y = _phases(sheet, scale, axis) + GAP
    if len(axis.told):
        y = _told(sheet, scale, y, axis) + GAP
    if len(axis.acts):
        y = _acts(sheet, scale, y, axis)
    if axis.back is not None:
        sheet.line([scale.at(axis.back)] * 2, [top - GAP, y], **BACK)
    foot = days_below(sheet, scale, top, y + 0.02)
    return sheet.cut(sheet.key(foot + paper.line * 0.5, _key(axis)))


def _phases(sheet: Sheet, scale: Scale, axis: Axis) -> float:
    """Draw the bar of the standstill, or of the phases, under the names of the phases; return where it ends."""
    marks = [(scale.at(row.day), f"{row.label} {axis.dated(row.fact)}") for row in axis.phases.itertuples()]
    if axis.normal and axis.normal not in set(axis.phases["fact"]):
        terms, fact = axis.ledger.terms, axis.ledger.facts.loc[axis.normal]
        words = f"{terms.label('system', fact['system'])} {terms.label('state', fact['state'])}"
        marks.append((scale.at(axis.last(axis.normal)), f"{words} {axis.dated(axis.normal)}"))
    places = stacked([(x, sheet.room(words)) for x, words in marks], sheet.paper.width)
    line = sheet.paper.line
    bar = 0.07 + (max(level for level, _ in places) + 1) * line
    for (x, words), (level, left) in zip(marks, places, strict=True):
        y = bar - 0.04 - (level + 0.5) * line
        sheet.on_paper(left, y, words)
        is_beside = x < left or x > left + sheet.room(words)
        sheet.line([x, x], [y + (-0.4 if is_beside else 0.5) * line, bar], color=MUTED, lw=0.7, zorder=1)
    (_still if axis.still else _bands)(sheet, scale, bar, axis)
    return bar + BAR


def _block(sheet: Sheet, ends: tuple[float, float], y: float, colour: str, alpha: float = 1) -> None:
    sheet.block(ends, (y, y + BAR), facecolor=colour, alpha=alpha)


def _still(sheet: Sheet, scale: Scale, y: float, axis: Axis) -> None:
    """Draw the standstill dark, with its length in it, and pale what followed until all was normal."""
    assert axis.still
    first, begin = map(scale.at, axis.stop())
    end = scale.at(axis.known() if axis.back is None else axis.back)
    _block(sheet, (first, begin), y, INK, 0.35)
    _block(sheet, (begin, end), y, INK)
    if axis.back is not None:
        _block(sheet, (end, scale.at(axis.last(axis.normal) if axis.normal else axis.end)), y, FAINT)
    length = days(axis.still.length) + (" so far" if axis.back is None else "")
    words = _fitting(sheet, end - begin, f"No {axis.system}: {length}", length)
    sheet.words((begin + end) / 2, y + BAR / 2, words, ha="center", color=PAPER, fontweight=600)


def _fitting(sheet: Sheet, room: float, *words: str) -> str:
    """Return the first of the words that have room, in bold; empty if none has."""
    return next((each for each in words if sheet.room(each, fontweight=600) + 0.08 < room), "")


def _bands(sheet: Sheet, scale: Scale, y: float, axis: Axis) -> None:
    """Draw the phases as bands, dark and pale by turns, each with its length if there is room."""
    for number, (row, following) in enumerate(pairwise([*axis.phases.itertuples(), None])):
        ends = (scale.at(row.day), scale.at(following.day) if following else scale.end)
        _block(sheet, ends, y, (MUTED, FAINT)[number % 2] if following else FAINT, 1 if following else 0.5)
        if following and not pd.isna(row.longest) and row.shortest == row.longest:
            words = _fitting(sheet, ends[1] - ends[0], counted(int(row.longest), "day"))
            colour = (PAPER, INK)[number % 2]
            sheet.words(sum(ends) / 2, y + BAR / 2, words, ha="center", color=colour, fontweight=600)


def _head(sheet: Sheet, y: float, words: str) -> float:
    """Write the name of a lane; return where the lane begins."""
    words = sheet.wrapped(words, sheet.paper.width - 0.05, fontweight=600)
    sheet.on_paper(0.02, y + sheet.paper.line / 2, words, color=MUTED, fontweight=600)
    return y + (words.count("\n") + 1) * sheet.paper.line + 0.02


def _told(sheet: Sheet, scale: Scale, y: float, axis: Axis) -> float:
    """Draw each day named as a stroke from the day on which it was said; return where the strokes end."""
    assert axis.thing
    y = _head(sheet, y, f"Days named for the return: {inside(recovery.named(axis.ledger, *axis.thing))}")
    for number, (_, row) in enumerate(axis.told.iterrows()):
        middle, said, named = y + sheet.paper.line / 2, scale.at(row["said"]), scale.at(row["target"])
        sheet.line([said, named], [middle, middle], **STROKE)
        sheet.mark(said, middle, SAID)
        sheet.mark(named, middle, NAMED)
        words = short(row["date"].removeprefix("not before "), axis.year)
        right, back = named + 0.07 + sheet.room(words), -1 if axis.back is None else scale.at(axis.back)
        if right < sheet.paper.width:
            write = sheet.on_paper if named < back < right + 0.05 else sheet.words
            write(named + 0.07, middle, words)
        else:
            sheet.words(min(said, named) - 0.07, middle, words, ha="right")
        if number == 0 and axis.back is not None and back > right + 0.3:
            _slip(sheet, middle, right + 0.05, back, counted((axis.back - row["target"]).days, "day"))
        y += sheet.paper.line if sheet.paper.is_narrow else sheet.paper.size / 72
    return y


def _slip(sheet: Sheet, y: float, left: float, right: float, words: str) -> None:
    """Draw the way from the first day named to the return, with how long it was."""
    sheet.line([left, right], [y, y], **LATER)
    if words := _fitting(sheet, right - left, f"came back {words} later", f"{words} later", words):
        sheet.on_paper((left + right) / 2, y, words, ha="center", color=ACCENT, fontweight=600)


def _acts(sheet: Sheet, scale: Scale, y: float, axis: Axis) -> float:
    """Draw each act with its day and its label, on the side where there is room; return where they end."""
    groups = [group for group in axis.ledger.terms["group"] if group in set(axis.acts["group"])]
    y = _head(sheet, y, f"What was done: {listed(inside(axis.ledger.terms.label('group', group)) for group in groups)}")
    for fact, act in axis.acts.iterrows():
        x, words = scale.at(act["day"]), f"{axis.dated(fact)}: {axis.ledger.facts.at[fact, 'label']}"
        rooms = (sheet.paper.width - x - 0.1, x - 0.1)
        is_right = sheet.room(words) <= rooms[0] or rooms[0] >= rooms[1]
        words = sheet.wrapped(words, rooms[0] if is_right else rooms[1])
        middle, side = y + sheet.paper.line / 2, "left" if is_right else "right"
        sheet.mark(x, middle, mark(act["status"], 4.6))
        sheet.on_paper(x + 0.08 if is_right else x - 0.08, middle, words, ha=side)
        y += (words.count("\n") + 1) * sheet.paper.line
    return y


def _key(axis: Axis) -> list[tuple[str, Look]]:
    statuses = [status for status in axis.ledger.terms["status"] if status in set(axis.acts["status"])]
    entries = [(axis.ledger.terms.label("status", status), mark(status, 4.6)) for status in statuses]
    return entries + [("day named; its line begins on the day it was said", NAMED)] * bool(len(axis.told))
