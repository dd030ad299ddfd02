"""Timeline: a row for each event; when it happened, apart from when it was reported."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from casebound.analysis import conflicts
from casebound.analysis import timeline as timeline_of
from casebound.facts.ledger.ledger import Ledger
from casebound.pages import tables
from casebound.pages.display import Figure, Omitted
from casebound.pages.figures.days import OPEN, Axis, dates_along, draw_window, short, usual_year
from casebound.pages.figures.drawing import beside, fitting, key_to, nothing, sheet, shortened, show, width_of
from casebound.pages.style import ACCENT, FAINT, INK, RANGE, TALLEST, WIDTH, Look, mark, styled
from casebound.pages.tables.shared import counted

ROW, TIGHTEST, HEAD, FOOT = 0.185, 0.125, 0.1, 0.83  # inches
SIZE, LABELS = 7.2, 0.5  # points; the share of the width that labels may take at most
DATE = 0.58  # inches: the room that a date along the foot needs
NEARLY_ALL = 0.85  # the share of events that sets the axis if all of them would span more than MONTHS
MONTHS, NEAR = pd.Timedelta(days=150), pd.Timedelta(days=45)
_LASTS: Look = {"lw": 2.2, "solid_capstyle": "butt"}
_REPORTED: Look = {"color": INK, "marker": "|", "markersize": 7, "markeredgewidth": 0.9}


def timeline(ledger: Ledger, *themes: str) -> Figure | Omitted:
    """Return the timeline of the themes, or of all: when each event happened, apart from when it was reported.

    Accounts that the report does not follow are left out. If a page cannot hold all events, those that rest on most
    origins are drawn. Raises ValueError for an unknown theme.

    Filled by `label`.
    """
    if unknown := [theme for theme in themes if theme not in ledger.terms["theme"]]:
        raise ValueError(f"no theme {unknown[0]!r}: write one of {', '.join(ledger.terms['theme'])}")
    events = timeline_of.events(ledger)
    events = events[ledger.facts.loc[events.index, "named"].to_numpy(bool)]
    events = events[events["theme"].isin(themes or ledger.terms["theme"])]
    followed = events[~events.index.isin(conflicts.set_aside(ledger) | ledger.corrected)]
    if len(followed) < 2:
        of = " or ".join(f"“{ledger.terms.label('theme', theme)}”" for theme in themes)
        of = f" of {of}" if of else ""
        return nothing(f"the timeline{of}", f"a dated event with a label{of}", some=len(followed) > 0)
    drawn = _fitting(ledger, followed)
    labels = [term.label for theme, term in ledger.terms["theme"].items() if theme in set(drawn["theme"])]
    axis = _axis(drawn)
    aside, crowded = len(events) - len(followed), len(followed) - len(drawn)
    left_out = " and ".join(
        [f"{counted(aside, 'account')} that the report does not follow"] * bool(aside)
        + [f"{counted(crowded, 'event')} that {'rests' if crowded == 1 else 'rest'} on fewer origins"] * bool(crowded)
    )
    of_what = f" ({', '.join(labels)})" if themes else ""
    caption = (f"What happened when{of_what}", _open(drawn), f"left out: {left_out}" if left_out else "")
    table = tables.events(ledger, drawn)
    notes = [table.note, f"Left out: {left_out}." if left_out else None]
    return show(
        _canvas(ledger, drawn, axis),
        alt=_alt(ledger, drawn, len(labels), axis),
        caption="; ".join(filter(None, caption)) + ".",
        data=replace(table, note=" ".join(filter(None, notes)) or None),
        key="-".join(["timeline", *themes]),
    )


def _fitting(ledger: Ledger, events: pd.DataFrame) -> pd.DataFrame:
    """Return the events that a page holds: all, or those that open a phase or rest on the most origins.

    Adds the column `spot`, where the mark stands: the last possible day, or the first where the end is open.
    """
    events = events.assign(spot=events["end_to"].fillna(events["start_to"]).fillna(events["start_from"]))
    room = int((TALLEST - HEAD - FOOT) / TIGHTEST) - events["theme"].nunique()
    origins = ledger.facts["origins"].reindex(events.index)
    later = pd.Series(~events.index.isin(ledger.openers.values()), events.index)
    return fitting(events, room, later=later, origins=-origins)


def _axis(events: pd.DataFrame) -> Axis:
    """Return the first and the last day of the axis: those of all events, or of nearly all where few lie far off."""
    ends = pd.concat([events[column] for column in ("start_from", "start_to", "end_from", "end_to")]).dropna()
    days = [*ends, *(moment.tz_localize(None) for moment in events["reported"].dropna())]
    first, last = min(days), max(days)
    if last - first > MONTHS:
        spots = sorted(events["spot"])
        held = math.ceil(len(spots) * NEARLY_ALL)
        _, low, high = min((end - day, day, end) for day, end in zip(spots, spots[held - 1 :], strict=False))
        near = [day for day in days if low - NEAR <= day <= high + NEAR]
        first, last = min(near), max(near)
    margin = max(pd.Timedelta(days=3), (last - first) * 0.04)
    return (first - margin).floor("D"), (last + margin).ceil("D")


@styled()
def _canvas(ledger: Ledger, events: pd.DataFrame, axis: Axis) -> Canvas:
    groups = {term.label: events[events["theme"] == theme] for theme, term in ledger.terms["theme"].items()}
    groups = {label: group for label, group in groups.items() if len(group)}
    labels = {label: shortened(label, LABELS * WIDTH * 72, SIZE) for label in events["label"]}
    longest = max(width_of(label, SIZE) for label in labels.values())
    share = max(0.335, longest / (WIDTH * 72) + 0.02)  # of the width, for the labels
    wide = 0.96 - share
    rows = len(events) + len(groups)
    canvas, axes = sheet(rows, ROW, left=share, wide=wide, head=HEAD, foot=FOOT, above=0.6)
    dates_along(axes, axis, most=min(8, int(wide * WIDTH / DATE)))
    year, since = usual_year(events["date"]), timeline_of.attack_day(ledger)
    y = 0
    for label, group in groups.items():
        beside(axes, -share / wide, y, label, fontweight=600)
        axes.axhline(y + 0.5, xmin=-share / wide, color=FAINT, lw=0.6, clip_on=False)
        for place, (_, event) in enumerate(group.iterrows(), y + 1):
            beside(axes, -0.015, place, labels[event["label"]], ha="right", fontsize=SIZE)
            _event(axes, place, event, since, axis, year)
        y += len(group) + 1
    key_to(canvas, ledger, list(events["status"]), up=0.33)
    ends = events[["start_from", "start_to", "end_from", "end_to"]]
    is_open = ends.isna().any(axis=1)
    ranges = ~is_open & ((ends["start_from"] != ends["start_to"]) | (ends["end_from"] != ends["end_to"]))
    key_to(
        canvas, ledger, [],
        (ranges.any(), "some day in this range", {"color": ACCENT, **RANGE}),
        (is_open.any(), "some day up to the mark, or from it on", OPEN),
        (events["lasts"].any(), "goes on", {**_LASTS, "color": ACCENT}),
        (events["reported"].notna().any(), "in a source by", {**_REPORTED, "lw": 0}),
        up=0.15,
    )  # fmt: skip
    return canvas


def _event(axes: Axes, y: int, event: pd.Series, since: pd.Timestamp | None, axis: Axis, year: str) -> None:
    """Draw what stands for one event on the axis: a stroke for its report, the days in question, a line while it
    lasts, and its mark.
    """
    left, right = axis
    reported = event["reported"].tz_localize(None) if pd.notna(event["reported"]) else None
    if reported is not None and left <= reported <= right:
        axes.plot([reported], [y], **_REPORTED, zorder=3)
    spot, look = event["spot"], mark(event["status"], 4.6)
    if not left <= spot <= right:
        _outside(axes, y, look, short(event["date"], year).replace("\u00a0", " "), goes_on=spot > right)
        return
    days = (event[name] for name in ("start_from", "start_to", "end_to"))
    begin, begun, end = (day if pd.isna(day) else min(max(day, left), right) for day in days)
    if event["lasts"]:
        if pd.isna(begin):  # it was going on when a source said so; since when, nobody says
            begin = begun = min(max(reported or end, left), end)
            axes.plot([left, begin], [y, y], **OPEN)
        axes.plot([begin, begun], [y, y], color=look["color"], **RANGE)
        # with no end named, what goes on is only known to have gone on until a source said so
        known = min(max(reported or begun, begun), right) if pd.isna(end) else end
        axes.plot([begun, known], [y, y], color=look["color"], **_LASTS)
        axes.plot([known, right if pd.isna(end) else end], [y, y], **OPEN)
    else:
        draw_window(axes, y, event["status"], (begin, end), since, axis)
    # the mark stands on the last day possible, never in the middle as if that were likelier
    axes.plot([spot], [y], **look)


def _outside(axes: Axes, y: float, look: Look, date: str, *, goes_on: bool) -> None:
    """Draw an event that lies beyond the axis: its mark and date at the edge, with an arrow that points on."""
    place: Look = {"transform": axes.get_yaxis_transform(), "clip_on": False}
    at, mark_at, text_at = (0.99, 0.965, 0.945) if goes_on else (0.01, 0.035, 0.055)
    axes.plot([at], [y], marker=">" if goes_on else "<", color=INK, markersize=3.5, lw=0, **place)
    axes.plot([mark_at], [y], **look, **place)
    beside(axes, text_at, y, date, ha="right" if goes_on else "left", fontsize=7, clip_on=False)


def _alt(ledger: Ledger, events: pd.DataFrame, groups: int, axis: Axis) -> str:
    left, right = axis
    known = events[events["start_from"].notna()]
    first = (known if len(known) else events).iloc[0]
    shown = events.loc[events["spot"].between(left, right), "spot"]
    beyond = len(events) - len(shown)
    outside = f" Beyond the axis, at its edge with an arrow and a date: {counted(beyond, 'event')}." if beyond else ""
    return (
        f"A row for each of {len(events)} events in {counted(groups, 'group')}, marked between "
        f"{ledger.day(shown.min())} and {ledger.day(shown.max())}.{outside} “{first['label']}” lies {first['date']}. "
        f"{f'{is_open}, drawn as a dotted line that is open to the left. ' if (is_open := _open(events)) else ''}"
        "A small upright stroke shows by when a source that is entered for it had it, where that is known."
    )


def _open(events: pd.DataFrame) -> str:
    """Return how many events that happened on one day have no first possible one; empty if none."""
    number = int((events["start_from"].isna() & ~events["lasts"]).sum())
    known = f"{number} of {len(events)} entries {'are' if number > 1 else 'is'} dated only by a last possible day"
    return known if number else ""
