"""Output: a measure by period, each period beside a year before."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure as Canvas

from casebound.analysis import timeline
from casebound.analysis.costs import output as output_of
from casebound.facts.dates import edtf
from casebound.facts.ledger.ledger import Ledger
from casebound.facts.text.nouns import for_number
from casebound.pages.display import Figure, Omitted, Table
from casebound.pages.figures.drawing import show
from casebound.pages.figures.paper import NARROW, WIDE, Paper, Sheet
from casebound.pages.markup import cited, escaped
from casebound.pages.style import ACCENT, FAINT, INK, MUTED, PAPER, Look, styled
from casebound.pages.tables.shared import table

EARLIER, CHANGE = "a year before", "change"
MOST = 24  # rows, of which a page has room
ROW, GAP = 0.25, 0.08  # inches: the height of a row, the room between words and what stands beside them
_MARK: Look = {"color": INK, "lw": 1.6, "zorder": 3}  # the stroke for a year before


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
    data, drawn = _table(periods, what), periods[-MOST:]
    return show(
        _canvas(drawn, WIDE),
        alt=_alt(data, what),
        caption=f"{escaped(f'{what}: {_finding(ledger, periods)}')} {cited(*facts)}.",
        data=data,
        note=_note(drawn, len(periods)),
        narrow=_canvas(drawn, NARROW),
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


def _note(periods: pd.DataFrame, known: int) -> str:
    """Return what is counted, what the pale bars are, what is worked out, and how many of the known are drawn."""
    said = [f"In {for_number(periods['unit'].iloc[0], 2)}."]
    if periods["is_before"].any():
        said.append("Pale: up to the first day of the attack.")
    worked_out = periods["how"].isin(("difference", "percentage"))
    if worked_out.any():
        part = "The values" if worked_out.sum() == periods["before"].notna().sum() else "Some values"
        said.append(f"{part} of {EARLIER} are worked out from the changes stated.")
    if len(periods) < known:
        said.append(f"Drawn: the last {len(periods)} of {known} periods.")
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
    return table("data", f"{what}, by period", columns, _note(periods, len(periods)), right=list(columns)[1:])


def _alt(data: Table[str], finding: str) -> str:
    rows = data.frame.drop(columns="facts").itertuples(index=False)
    said = (
        f"{period}: {value}" + (f", {EARLIER} {before} ({change})" if change else "")
        for period, value, before, change in rows
    )
    return f"{finding}. A bar for each period, with a stroke for {EARLIER}. {'; '.join(said)}."


@styled()
def _canvas(periods: pd.DataFrame, paper: Paper) -> Canvas:
    sheet, row = Sheet(paper), ROW * paper.size / WIDE.size
    columns = {
        CHANGE: [*map(_change, periods["change"])],
        EARLIER: [_earlier(*pair) for pair in zip(periods["before"], periods["how"], strict=True)],
    }
    right = paper.width
    for name, texts in columns.items():  # from the right; the drawing itself has the year before, too
        if any(texts) and not (paper.is_narrow and name == EARLIER):
            sheet.words(right, paper.line / 2, name, ha="right", color=MUTED)
            for i, text in enumerate(texts):
                weight = 600 if name == CHANGE else 400
                sheet.words(right, _middle(i, row, paper), text, ha="right", fontweight=weight)
            right -= max(sheet.room(text, fontweight=600) for text in [name, *texts]) + 2 * GAP
    left = max(map(sheet.room, periods["name"])) + GAP
    scale = (right - left) / periods[["value", "before"]].max().max()
    for i, (_, period) in enumerate(periods.iterrows()):
        sheet.words(left - GAP, _middle(i, row, paper), period["name"], ha="right")
        _bar(sheet, left, _middle(i, row, paper), period, scale)
    if periods["before"].notna().any():
        sheet.line([left + GAP / 2] * 2, [0, paper.line], **_MARK)
        sheet.words(left + 1.5 * GAP, paper.line / 2, EARLIER, color=MUTED)
    return sheet.cut(_middle(len(periods), row, paper) - row / 2)


def _middle(i: int, row: float, paper: Paper) -> float:
    """Return the height of the middle of a row, below the headings."""
    return paper.line * 1.3 + (i + 0.5) * row


def _bar(sheet: Sheet, left: float, y: float, period: pd.Series, scale: float) -> None:
    """Draw a period's bar with its value, and the stroke for a year before."""
    high = ROW * 0.64 * sheet.paper.size / WIDE.size
    colour = FAINT if period["is_before"] else ACCENT
    sheet.block((left, left + period["value"] * scale), (y - high / 2, y + high / 2), facecolor=colour)
    text, ends = f"{period['value']:,.10g}", [end for end in (period["value"], period["before"]) if pd.notna(end)]
    is_inside = sheet.room(text, fontweight=600) + 2 * GAP < min(ends) * scale
    start = 0.0 if is_inside else max(ends) * scale
    ink = PAPER if is_inside and not period["is_before"] else INK
    sheet.words(left + start + GAP, y, text, fontweight=600, color=ink)
    if pd.notna(period["before"]):
        sheet.line([left + period["before"] * scale] * 2, [y - 0.65 * high, y + 0.65 * high], **_MARK)
