"""Timeline: a row an event, when it happened apart from when it was reported."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.lines import Line2D

from casebound.analysis import conflicts, corroboration
from casebound.analysis import timeline as timeline_of
from casebound.facts.ledger.ledger import Ledger
from casebound.pages import tables
from casebound.pages.display import Figure, Prose, Table
from casebound.pages.figures.days import dates_along, edges, short, usual_year, years
from casebound.pages.figures.drawing import key_to, length, nothing, shortened, show
from casebound.pages.palette import ACCENT, FAINT, INK, MUTED
from casebound.pages.style import RANGE, STATUS, TALLEST, WIDTH, mark, styled
from casebound.pages.tables.shared import counted

ROW, TIGHTEST, FOOT = 0.185, 0.125, 0.83  # inches
SIZE, LABELS = 7.2, 0.5  # points; the share of the width that labels may take at most
DATE = 0.58  # inches: the room that a date along the foot needs
NEARLY_ALL = 0.85  # the share of events that sets the axis where all would make it longer than some months
MONTHS, NEAR = pd.Timedelta(days=150), pd.Timedelta(days=45)
_OPEN = {"color": MUTED, "lw": 1, "ls": (0, (1, 1.5))}
_LASTS = {"lw": 2.2, "solid_capstyle": "butt"}
_REPORTED = {"color": INK, "marker": "|", "markersize": 7, "markeredgewidth": 0.9}


def timeline(ledger: Ledger, *themes: str) -> Figure | Prose:
    """Return the timeline of some themes, or of all: a row an event; when it happened apart from when it was reported.

    What the report does not follow is left out. Where more events are left than a page holds, those that rest on the
    most origins are drawn. Raises ValueError for a theme that is none.
    """
    if unknown := [theme for theme in themes if theme not in ledger.terms["theme"]]:
        raise ValueError(f"no theme {unknown[0]!r}: write one of {', '.join(ledger.terms['theme'])}")
    found = timeline_of.events(ledger)
    found = found[ledger.facts.loc[found.index, "named"].to_numpy(bool)]
    found = found[found["theme"].isin(themes or ledger.terms["theme"])]
    followed = found[~found.index.isin(conflicts.set_aside(ledger))]
    if len(followed) < 2:
        of = " or ".join(f"“{ledger.terms.label('theme', theme)}”" for theme in themes)
        return nothing(f"a dated event with a label{f' of {of}' if of else ''}", some=len(followed) > 0)
    events = _fitting(ledger, followed)
    groups = [(term.label, events[events["theme"] == theme]) for theme, term in ledger.terms["theme"].items()]
    groups = [(label, group) for label, group in groups if len(group)]
    axis = _axis(events)
    with styled():
        canvas = _canvas(ledger, events, groups, axis)
    left_out = _left_out(len(found) - len(followed), len(followed) - len(events))
    return show(
        canvas,
        alt=_alt(events, len(groups), axis),
        caption=_caption(events, [label for label, _ in groups] if themes else [], left_out),
        data=_table(ledger, events, left_out),
        key="-".join(["timeline", *themes]),
    )


def _fitting(ledger: Ledger, events: pd.DataFrame) -> pd.DataFrame:
    """Return the events that a page holds: all, or those that open a phase or rest on the most origins."""
    room = int((TALLEST - FOOT - 0.1) / TIGHTEST) - events["theme"].nunique()
    if len(events) <= room:
        return events
    origins = corroboration.corroboration(ledger)["origins"].reindex(events.index)
    rank = pd.DataFrame({"opens": events.index.isin(ledger.openers.values()), "origins": origins})
    kept = rank.sort_values(["opens", "origins"], ascending=False, kind="stable").index[:room]
    return events[events.index.isin(kept)]


def _left_out(set_aside: int, crowded: int) -> str:
    told = [f"{counted(set_aside, 'account')} that the report does not follow"] * bool(set_aside)
    told += [f"{counted(crowded, 'event')} that {'rests' if crowded == 1 else 'rest'} on fewer origins"] * bool(crowded)
    return " and ".join(told)


def _table(ledger: Ledger, events: pd.DataFrame, left_out: str) -> Table:
    table = tables.events(ledger, events)
    notes = [table.note, f"Left out: {left_out}." if left_out else None]
    return replace(table, note=" ".join(filter(None, notes)) or None)


def _spots(events: pd.DataFrame) -> pd.Series:
    """Return the day on which each event's mark stands: the last one possible, the first where the end is open."""
    return events["end_to"].fillna(events["start_to"]).fillna(events["start_from"])


def _axis(events: pd.DataFrame) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return the first and the last day of the axis: those of all events, or of nearly all where few lie far off."""
    ends = pd.concat([events[column] for column in ("start_from", "start_to", "end_from", "end_to")])
    reported = events["reported"].dropna().map(lambda moment: moment.tz_localize(None))
    days = pd.Series([*ends.dropna(), *reported]).sort_values()
    first, last = days.iloc[0], days.iloc[-1]
    if last - first > MONTHS:
        spots = list(_spots(events).sort_values())
        held = math.ceil(len(spots) * NEARLY_ALL)
        _, low, high = min((end - day, day, end) for day, end in zip(spots, spots[held - 1 :], strict=False))
        near = [day for day in days if low - NEAR <= day <= high + NEAR]
        first, last = min(near), max(near)
    margin = max(pd.Timedelta(days=3), (last - first) * 0.04)
    return (first - margin).floor("D"), (last + margin).ceil("D")


def _canvas(ledger: Ledger, events: pd.DataFrame, groups: list, axis: tuple[pd.Timestamp, pd.Timestamp]) -> Canvas:
    rows = len(events) + len(groups)
    row = min(ROW, (TALLEST - FOOT - 0.1) / rows)
    height = row * rows + FOOT + 0.1
    canvas = Canvas(figsize=(WIDTH, height))
    room = LABELS * WIDTH * 72
    labels = {label: shortened(label, room, SIZE) for label in events["label"]}
    share = max(
        0.335, max(length(label, SIZE) for label in labels.values()) / (WIDTH * 72) + 0.02
    )  # of the width, for the labels
    wide = 0.96 - share
    axes = canvas.add_axes((share, (FOOT - 0.05) / height, wide, 1 - FOOT / height))
    dates_along(axes, *axis, most=min(8, int(wide * WIDTH / DATE)))
    axes.set_xlabel(years(*axis), labelpad=2)
    axes.set_ylim(rows - 0.4, -0.6)
    axes.set_yticks([])
    year, since = usual_year(events["date"]), timeline_of.attack_day(ledger)
    looks = _Looks()
    y = 0
    for label, group in groups:
        axes.text(-share / wide, y, label, transform=axes.get_yaxis_transform(), fontweight=600, va="center")
        axes.axhline(y + 0.5, xmin=-share / wide, color=FAINT, lw=0.6, clip_on=False)
        for y, (_, event) in enumerate(group.iterrows(), y + 1):  # noqa: B020 (the rows go on where the group begins)
            aside = {"transform": axes.get_yaxis_transform(), "va": "center", "ha": "right", "fontsize": SIZE}
            axes.text(-0.015, y, labels[event["label"]], **aside)
            _event(axes, looks, y, event, year, since)
        y += 1
    looks.draw(axes)
    _keys(canvas, ledger, events)
    return canvas


class _Looks:
    """What rows have alike, drawn together for each look: with a line for each row the figure took twice as long."""

    def __init__(self) -> None:
        self._by_look: dict[str, tuple[dict, list, list]] = {}

    def add(self, days: list[pd.Timestamp], y: float, **look) -> None:
        """Take note of a line along a row, or of a mark on one day."""
        _, along, rows = self._by_look.setdefault(str(look), (look, [], []))
        along += [*days, pd.NaT]  # which parts one row's line from the next one's
        rows += [y] * (len(days) + 1)

    def draw(self, axes: Axes) -> None:
        for look, along, rows in self._by_look.values():
            axes.plot(pd.DatetimeIndex(along), rows, **look)


def _event(axes: Axes, looks: _Looks, y: float, event: pd.Series, year: str, since: pd.Timestamp | None) -> None:
    """Note what stands for one event: a pale bar over the days in question, a line while it lasts, dots where an end
    is open, which begin with the attack (`since`). What lies beyond the axis is drawn right away.
    """
    left, right = edges(axes)
    reported = event["reported"].tz_localize(None) if pd.notna(event["reported"]) else None
    if reported is not None and left <= reported <= right:
        looks.add([reported], y, **_REPORTED, zorder=3)
    spot = event["end_to"] if pd.notna(event["end_to"]) else event["start_to"]
    spot = event["start_from"] if pd.isna(spot) else spot
    if not left <= spot <= right:
        return _outside(axes, y, event, short(event["date"], year).replace("\u00a0", " "), goes_on=spot > right)
    begin, begun, end = (_within(event[name], left, right) for name in ("start_from", "start_to", "end_to"))
    color = STATUS.get(event["status"], STATUS["claimed"])["color"]
    if pd.isna(begin):
        looks.add([since if since and left <= since <= spot else left, spot], y, **_OPEN)
    elif event["lasts"]:
        looks.add([begin, begun], y, color=color, **RANGE)
        # with no end named, what goes on is only known to have gone on until a source said so
        known = min(max(reported or begun, begun), right) if pd.isna(end) else end
        looks.add([begun, known], y, color=color, **_LASTS)
        looks.add([known, right if pd.isna(end) else end], y, **_OPEN)
    elif pd.isna(end):
        looks.add([spot, right], y, **_OPEN)
    elif begin != end:
        looks.add([begin, end], y, color=color, **RANGE)
    # the mark stands on the last day possible, never in the middle as if that were likelier
    looks.add([spot], y, **mark(event["status"], 4.6))


def _within(day: pd.Timestamp, left: pd.Timestamp, right: pd.Timestamp) -> pd.Timestamp:
    return day if pd.isna(day) else min(max(day, left), right)


def _outside(axes: Axes, y: float, event: pd.Series, date: str, *, goes_on: bool) -> None:
    """Draw an event that lies beyond the axis: its mark and date at the edge, with an arrow that points on."""
    place = {"transform": axes.get_yaxis_transform(), "clip_on": False}
    at, mark_at, text_at = (0.99, 0.965, 0.945) if goes_on else (0.01, 0.035, 0.055)
    axes.plot([at], [y], marker=">" if goes_on else "<", color=INK, markersize=3.5, lw=0, **place)
    axes.plot([mark_at], [y], **mark(event["status"], 4.6), **place)
    words = {"ha": "right" if goes_on else "left", "va": "center", "fontsize": 7}
    axes.text(text_at, y, date, **words, **place)


def _keys(canvas: Canvas, ledger: Ledger, events: pd.DataFrame) -> None:
    lines = [
        Line2D([], [], color=ACCENT, **RANGE, label="some day in this range"),
        Line2D([], [], **_OPEN, label="some day up to the mark, or from it on"),
        *[Line2D([], [], **_LASTS, color=ACCENT, label="goes on")] * bool(events["lasts"].any()),
        Line2D([], [], **_REPORTED, lw=0, label="in a source by"),
    ]
    key_to(canvas, ledger, list(events["status"]), up=0.33)
    key_to(canvas, ledger, [], lines, up=0.15)


def _alt(events: pd.DataFrame, groups: int, axis: tuple[pd.Timestamp, pd.Timestamp]) -> str:
    left, right = axis
    known = events[events["start_from"].notna()]
    first = (known if len(known) else events).iloc[0]
    spots = _spots(events)
    shown = spots[spots.between(left, right)]
    beyond = len(spots) - len(shown)
    told = f" Beyond the axis, at its edge with an arrow and a date: {counted(beyond, 'event')}." if beyond else ""
    return (
        f"A row for each of {len(events)} events in {counted(groups, 'group')}, marked between {shown.min():%-d %B %Y} "
        f"and {shown.max():%-d %B %Y}.{told} “{first['label']}” lies {first['date']}. {_open(events)} known only "
        "to have happened by some day, drawn as a dotted line that is open to the left. A small upright stroke "
        "shows by when a source that is entered for it had it, where that is known."
    )


def _caption(events: pd.DataFrame, themes: list[str], left_out: str) -> str:
    of_what = f" ({', '.join(themes)})" if themes else ""
    aside = f"; left out: {left_out}" if left_out else ""
    return f"What happened when{of_what}: {_open(events)} known only to have happened by some day{aside}."


def _open(events: pd.DataFrame) -> str:
    """Return how many events have no first possible day, with the verb."""
    number = int(events["start_from"].isna().sum())
    return f"{number or 'none'} of {len(events)} events {'are' if number > 1 else 'is'}"
