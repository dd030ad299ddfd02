"""Timeline: a row an event, when it happened apart from when it was reported."""

from __future__ import annotations

import pandas as pd
from matplotlib import dates as mdates
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.lines import Line2D

from casebound.analysis import timeline as timeline_of
from casebound.facts.ledger import Ledger
from casebound.pages import tables
from casebound.pages.display import Figure, Prose
from casebound.pages.figures.drawing import key_to, nothing, show
from casebound.pages.style import ACCENT, FAINT, INK, MUTED, STATUS, WIDTH, mark, styled

ROW, FOOT = 0.185, 0.83  # inches
_RANGE = {"lw": 4, "alpha": 0.35, "solid_capstyle": "butt"}
_OPEN = {"color": MUTED, "lw": 1, "ls": (0, (1, 1.5))}
_REPORTED = {"color": INK, "marker": "|", "markersize": 7, "markeredgewidth": 0.9}


def timeline(ledger: Ledger) -> Figure | Prose:
    """Return the timeline: a row an event, grouped by theme; when it happened apart from when it was reported."""
    events = timeline_of.events(ledger)
    events = events[ledger.facts.loc[events.index, "named"].to_numpy(bool)]
    if not len(events):
        return nothing("dated events")
    groups = [(term.label, events[events["theme"] == theme]) for theme, term in ledger.terms["theme"].items()]
    groups = [(label, group) for label, group in groups if len(group)]
    with styled():
        canvas = _canvas(ledger, events, groups)
    return show(
        canvas,
        alt=_alt(events, len(groups)),
        caption=_caption(events),
        data=tables.events(ledger, events),
        key="timeline",
    )


def _canvas(ledger: Ledger, events: pd.DataFrame, groups: list[tuple[str, pd.DataFrame]]) -> Canvas:
    rows = len(events) + len(groups)
    height = ROW * rows + FOOT + 0.1
    canvas = Canvas(figsize=(WIDTH, height))
    axes = canvas.add_axes((0.335, (FOOT - 0.05) / height, 0.645, 1 - FOOT / height))
    _dates_along(axes, *_days_of(events))
    axes.set_ylim(rows - 0.4, -0.6)
    axes.set_yticks([])
    y = 0
    for label, group in groups:
        axes.text(-0.51, y, label, transform=axes.get_yaxis_transform(), fontweight=600, va="center")
        axes.axhline(y + 0.5, xmin=-0.51, color=FAINT, lw=0.6, clip_on=False)
        for y, (_, event) in enumerate(group.iterrows(), y + 1):  # noqa: B020 (the rows go on where the group begins)
            aside = {"transform": axes.get_yaxis_transform(), "va": "center", "ha": "right", "fontsize": 7.2}
            axes.text(-0.02, y, event["label"], **aside)
            _event(axes, y, event)
        y += 1
    _keys(canvas, height, ledger, list(events["status"]))
    return canvas


def _days_of(events: pd.DataFrame) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return the first and the last day of the axis: those of all events and reports, with a margin."""
    reported = [moment.tz_localize(None) for moment in events["reported"]]
    ends = pd.concat([events[column] for column in ("start_from", "start_to", "end_from", "end_to")])
    days = [*ends.dropna(), *reported]
    margin = max(pd.Timedelta(days=3), (max(days) - min(days)) * 0.04)
    return min(days) - margin, max(days) + margin


def _dates_along(axes: Axes, left: pd.Timestamp, right: pd.Timestamp) -> None:
    one_year = left.year == right.year
    axes.set_xlim(left, right)
    axes.xaxis.set_major_locator(mdates.AutoDateLocator(minticks=4, maxticks=8))
    axes.xaxis.set_major_formatter(mdates.DateFormatter("%-d %b" if one_year else "%b %Y"))
    axes.set_xlabel(f"{left.year}" if one_year else f"{left.year} to {right.year}", labelpad=2)
    axes.grid(axis="x", color=FAINT, lw=0.5)
    axes.set_axisbelow(True)


def _event(axes: Axes, y: float, event: pd.Series) -> None:
    """Draw one event: a pale bar over the days in question, a line while it lasts, dots where its start is open."""
    left, right = (pd.Timestamp(mdates.num2date(edge)).tz_localize(None) for edge in axes.get_xlim())
    color = STATUS.get(event["status"], STATUS["claimed"])["color"]
    begin, begun, end = event["start_from"], event["start_to"], event["end_to"]
    if pd.isna(begin):
        axes.plot([left, end], [y, y], **_OPEN)
    elif event["lasts"]:
        axes.plot([begin, begun], [y, y], color=color, **_RANGE)
        axes.plot([begun, right if pd.isna(end) else end], [y, y], color=color, lw=2.2, solid_capstyle="butt")
    elif begin != end:
        axes.plot([begin, end], [y, y], color=color, **_RANGE)
    if pd.notna(end):  # the mark stands on the last day possible, never in the middle as if that were likelier
        axes.plot([end], [y], **mark(event["status"], 4.6))
    axes.plot([event["reported"].tz_localize(None)], [y], **_REPORTED, zorder=3)


def _keys(canvas: Canvas, height: float, ledger: Ledger, statuses: list[str]) -> None:
    lines = [
        Line2D([], [], color=ACCENT, **_RANGE, label="some day in this range, marked at the last"),
        Line2D([], [], **_OPEN, label="some day up to the mark"),
        Line2D([], [], **_REPORTED, lw=0, label="first reported"),
    ]
    for shown, extra, bottom in ((statuses, [], 0.24), ([], lines, 0.06)):
        axes = canvas.add_axes((0, bottom / height, 1, 0.18 / height))
        axes.axis("off")
        key_to(axes, ledger, shown, extra, loc="center left", bbox_to_anchor=(-0.01, 0.5))


def _alt(events: pd.DataFrame, groups: int) -> str:
    left, right = _days_of(events)
    known = events[events["start_from"].notna()]
    first = (known if len(known) else events).iloc[0]
    return (
        f"A row for each of {len(events)} events in {groups} groups, along the days from {left:%-d %B} to "
        f"{right:%-d %B %Y}. “{first['label']}” lies {first['date']}. {len(events) - len(known)} events are only known "
        "to have happened by some day, drawn as dotted lines that are open to the left. A small upright stroke shows "
        "when each was first reported."
    )


def _caption(events: pd.DataFrame) -> str:
    open_starts = int(events["start_from"].isna().sum())
    return f"What happened when: {open_starts} of {len(events)} events are dated only by the day of the report."
