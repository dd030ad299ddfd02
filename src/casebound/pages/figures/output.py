"""Output: a measure by period, each period beside a year before."""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from casebound.analysis import output as output_of
from casebound.analysis import timeline
from casebound.facts.dates import edtf
from casebound.facts.ledger.ledger import Ledger
from casebound.facts.text.nouns import for_number
from casebound.pages.display import Figure, Omitted, Table
from casebound.pages.figures.drawing import show, width_of
from casebound.pages.markup import cited, escaped
from casebound.pages.style import ACCENT, FAINT, INK, MUTED, PAPER, WIDTH, Look, styled
from casebound.pages.tables.shared import table

EARLIER, CHANGE = "a year before", "change"
HEAD, FOOT, GAP = 0.27, 0.05, 6  # inches above and below the rows; points between words and what stands beside them
_MARK: Look = {"color": INK, "lw": 1.6, "solid_capstyle": "butt", "zorder": 3, "clip_on": False}  # for a year before


class _Form(NamedTuple):
    """The proportions of a drawing: its width and the height of a row in inches, points, the columns on the right."""

    width: float
    row: float
    size: float
    columns: tuple[str, ...]


WIDE = _Form(WIDTH, 0.27, 7.5, (EARLIER, CHANGE))
NARROW = _Form(3.75, 0.34, 8.6, (CHANGE,))


def output(ledger: Ledger) -> Figure | Omitted:
    """Return a bar for each period of the measure that most periods are known of, with a stroke for a year before.

    Filled by `quantity` with a `period` in costs.yaml, not in money; and by its change, `change of … on the year`.
    """
    periods, begun = output_of.output(ledger), timeline.attack_day(ledger)
    ends = periods["period"].map(lambda period: pd.Timestamp(edtf.parse(period).end.latest))
    periods["is_before"] = False if begun is None else ends <= begun
    if periods["is_before"].all():
        after = "" if begun is None else ", one of which ends after the attack began"
        why = f"no measure that this report follows is recorded for two periods of one length{after}"
        return Omitted("the figure of output by period", why)
    periods["name"] = _named(ledger, periods["period"])
    what = "{measure}, {scope}".format(**periods.iloc[0])
    what = f"{what[0].upper()}{what[1:]}"
    facts = dict.fromkeys([*periods.index, *filter(None, periods["also"])])
    data = _table(periods, what)
    return show(
        _canvas(periods, WIDE),
        alt=_alt(data, what),
        caption=f"{escaped(f'{what}: {_finding(ledger, periods)}')} {cited(*facts)}.",
        data=data,
        note=_note(periods),
        narrow=_canvas(periods, NARROW),
        key="output",
    )


def _named(ledger: Ledger, periods: pd.Series) -> list[str]:
    """Return periods in prose; the year is not said again where it is that of the period before."""
    names = [ledger.printed(edtf.parse(period)).replace("\u00a0", " ") for period in periods]
    again = [name[-4:] == before[-4:] and len(name) > 4 for name, before in zip(names, ["", *names], strict=False)]
    return [name[:-5].rstrip(",") if drop else name for name, drop in zip(names, again, strict=True)]


def _finding(ledger: Ledger, periods: pd.DataFrame) -> str:
    """Return how far the periods since the attack lie from a year before; of more than three the lowest and the last.

    Without a year before: the first and the last value.
    """
    told = periods[~periods["is_before"] & periods["change"].notna()]
    if told.empty:
        ends = periods.iloc[[0, -1]]
        pairs = zip(ends["value"], _named(ledger, ends["period"]), strict=True)
        return ", ".join(f"{value:,.10g} in {name}" for value, name in pairs)
    if len(told) > 3:
        told = told[told.index.isin([told["change"].idxmin(), told.index[-1]])]
    words: list[str] = []
    sides = ["below" if change < 0 else "above" for change in told["change"]]
    named = zip(told["change"], sides, ["", *sides], _named(ledger, told["period"]), strict=False)
    for change, side, said, name in named:
        how = f" {side} {EARLIER}" if not said else f" {side}" if side != said else ""
        words.append(f"{_percent(change)}{how} in {name}")
    return ", ".join(words)


def _change(number: float) -> str:
    """Return a change with its sign; empty where it is not known."""
    return "" if pd.isna(number) else f"{'−' if number < 0 else '+' * bool(number > 0)}{_percent(number)}"


def _percent(number: float) -> str:
    return f"{round(abs(number), 1):g}%"


def _earlier(value: float, how: str) -> str:
    """Return what a figure was a year before; three digits of what is worked out from a percentage."""
    if pd.isna(value):
        return ""
    return f"about {float(f'{value:.3g}'):,.10g}" if how == "percentage" else f"{value:,.10g}"


def _note(periods: pd.DataFrame) -> str:
    """Return what is counted, what the pale bars are, and what is worked out."""
    said = [f"In {for_number(periods['unit'].iloc[0], 2)}."]
    if periods["is_before"].any():
        said.append("Pale: up to the first day of the attack.")
    worked_out = periods["how"].isin(("difference", "percentage"))
    if worked_out.any():
        part = "The values" if worked_out.sum() == periods["before"].notna().sum() else "Some values"
        said.append(f"{part} of {EARLIER} are worked out from the changes stated.")
    return escaped(" ".join(said))


def _table(periods: pd.DataFrame, what: str) -> Table[str]:
    columns = {
        "Period": periods["name"],
        what: [f"{value:,.10g} {cited(fact)}" for fact, value in periods["value"].items()],
        EARLIER.capitalize(): [
            f"{_earlier(row['before'], row['how'])} {cited(row['also'])}" if row["also"] else "not known"
            for _, row in periods.iterrows()
        ],
        "Change": [*map(_change, periods["change"])],
    }
    return table("data", f"{what}, by period", columns, _note(periods), right=list(columns)[1:])


def _alt(data: Table[str], what: str) -> str:
    rows = data.frame.drop(columns="facts").itertuples(index=False)
    said = (
        f"{period}: {value}" + (f", {EARLIER} {before} ({change})" if change else "")
        for period, value, before, change in rows
    )
    return f"A bar for each period, with a stroke for {EARLIER}. {what}. {'; '.join(said)}."


@styled()
def _canvas(periods: pd.DataFrame, form: _Form) -> Canvas:
    size, height, points = form.size, HEAD + FOOT + form.row * len(periods), form.width * 72
    columns = {name: texts for name, texts in _columns(periods).items() if name in form.columns and any(texts)}
    widths = [max(width_of(text, size) for text in [name, *texts]) + 2 * GAP for name, texts in columns.items()]
    left = max(width_of(name, size) for name in periods["name"]) + GAP
    wide = points - left - sum(widths)
    canvas = Canvas(figsize=(form.width, height))
    axes = canvas.add_axes((left / points, FOOT / height, wide / points, 1 - (HEAD + FOOT) / height))
    most = periods[["value", "before"]].max().max()
    axes.set(ylim=(len(periods) - 0.5, -0.5), xlim=(0, most), xticks=[])
    axes.set_yticks(range(len(periods)), periods["name"], fontsize=size)
    axes.spines["bottom"].set_visible(False)
    for y, (_, row) in enumerate(periods.iterrows()):
        _bar(axes, y, row, wide / most, size)
    if periods["before"].notna().any():
        axes.plot([0.5 * GAP / wide] * 2, [-1.05, -0.6], transform=axes.get_yaxis_transform(), **_MARK)
        _write(axes, (1.3 * GAP / wide, -1), EARLIER, color=MUTED, fontsize=size)
    for i, (name, texts) in enumerate(columns.items()):
        at = 1 + sum(widths[: i + 1]) / wide
        _write(axes, (at, -1), name, ha="right", color=MUTED, fontsize=size)
        for y, text in enumerate(texts):
            _write(axes, (at, y), text, ha="right", fontsize=size, fontweight=600 if name == CHANGE else 400)
    return canvas


def _columns(periods: pd.DataFrame) -> dict[str, list[str]]:
    """Return what may stand on the right of the bars, by its heading."""
    return {
        EARLIER: [_earlier(*row) for row in zip(periods["before"], periods["how"], strict=True)],
        CHANGE: [*map(_change, periods["change"])],
    }


def _bar(axes: Axes, y: int, row: pd.Series, scale: float, size: float) -> None:
    """Draw a period's bar with its value, and the stroke for a year before; `scale` is in points."""
    axes.barh(y, row["value"], height=0.64, color=FAINT if row["is_before"] else ACCENT)
    text, before = f"{row['value']:,.10g}", row["before"]
    room = min(end for end in (row["value"], before) if pd.notna(end)) * scale
    is_inside = width_of(text, size) * 1.1 + 2 * GAP < room
    start = 0 if is_inside else max(end for end in (row["value"], before) if pd.notna(end))
    colour = PAPER if is_inside and not row["is_before"] else INK
    place: Look = {"xytext": (GAP, -0.5), "textcoords": "offset points", "va": "center"}
    axes.annotate(text, (start, y), color=colour, fontweight=600, fontsize=size, **place)
    if pd.notna(before):
        axes.plot([before] * 2, [y - 0.42, y + 0.42], **_MARK)


def _write(axes: Axes, place: tuple[float, float], text: str, **look: Any) -> None:
    """Write words in a row, or above all rows (-1); the first of `place` is a share of the width of the axes."""
    x, y = place
    axes.text(x, max(y, -0.8), text, transform=axes.get_yaxis_transform(), va="center", **look)
