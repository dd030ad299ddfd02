"""Bearers: which share of the cost falls on whom, what nobody splits, and what single bearers put a figure on."""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd
from matplotlib.figure import Figure as Canvas

from casebound.analysis.costs import amounts
from casebound.analysis.costs import bearers as bearers_of
from casebound.facts.ledger.ledger import Ledger
from casebound.facts.records.money import size_of
from casebound.pages import tables
from casebound.pages.display import Figure, Omitted
from casebound.pages.figures.days import OPEN
from casebound.pages.figures.drawing import nothing, show
from casebound.pages.figures.paper import NARROW, WIDE, Paper, Sheet
from casebound.pages.markup import cited, escaped
from casebound.pages.style import ACCENT, FAINT, INK, MUTED, PAPER, Look, styled
from casebound.pages.tables.shared import counted, inside, labels

NAME = "the figure of who bears the cost"
EDGE = 0.015  # inches: so that no line is cut at the edge
MOST = 6  # shares, and bars below: a table is read more easily than more of them
BAR, THIN, APART = 0.28, 0.1, 0.1  # inches: the heights of the bar of the whole and of others, the room between two


class _Part(NamedTuple):
    """A part of a bar, in the unit of the whole: where it begins, where it surely ends, where at most; and its words.

    `most` is None where nothing says how far it may reach; what is left of the whole is not `is_stated`.
    """

    start: float
    least: float
    most: float | None
    words: str = ""
    is_stated: bool = True


class _Drawn(NamedTuple):
    """What is drawn: the whole, its words and the ends of its range; its parts; other figures, each with its words.

    `more` is how many other figures are not drawn.
    """

    whole: float
    words: str
    ends: tuple[float, float]
    parts: list[_Part]
    others: list[tuple[str, list[_Part]]]
    more: int


def bearers(ledger: Ledger) -> Figure | Omitted:
    """Return who bears which share of a figure in money, with what is not split and the figures of single bearers.

    Filled by `answers` to a question `about: bearers` with a `quantity`; that of a share has the measure `share of …`.
    """
    shares = bearers_of.shares(ledger)
    if shares.empty:
        return nothing(NAME, "a bearer's share of a figure in money")
    if shares["low"].fillna(0).sum() > 100:
        return Omitted(NAME, "the shares that this report follows make more than the whole")
    whole, span = bearers_of.whole(ledger, shares.iloc[0])
    drawn = _drawn(ledger, shares, whole, whole if span is None else span)
    is_estimate = any(word in str(whole["method"]) for word in ("model", "estimate"))
    top = f"{_share(shares.iloc[0])} of the {'estimated ' * is_estimate}{_amount(ledger, whole)}"
    finding = _opened(f"{top} falls on {_whom(ledger, shares['parties'].iloc[0])}")
    facts = [*shares.index[:MOST], whole.name, *([] if span is None else [span.name])]
    return show(
        _canvas(drawn, WIDE),
        alt=_alt(drawn, finding),
        caption=f"{escaped(finding)} {cited(*facts)}.",
        data=tables.bearers(ledger),
        note=_note(whole, drawn),
        narrow=_canvas(drawn, NARROW),
        key="bearers",
    )


def _drawn(ledger: Ledger, shares: pd.DataFrame, whole: pd.Series, span: pd.Series) -> _Drawn:
    size = float(whole["high"] if pd.isna(whole["low"]) else whole["low"])
    parts, at = [], 0.0
    for _, share in shares[:MOST].iterrows():
        low, high = (None if pd.isna(end) else at + end / 100 * size for end in (share["low"], share["high"]))
        words = f"{_opened(_whom(ledger, share['parties']))}: {_share(share)}, so {_amount(ledger, whole, share)}"
        parts.append(_Part(at, at if low is None else low, high, words))
        at = parts[-1].least
    if at < size:
        beside = ", ".join(map(inside, labels(ledger, "party", bearers_of.named_beside(ledger, shares))))
        more = len(shares) - MOST
        rest = f"The rest, with {counted(more, 'further share')}" if more > 0 else "The rest, not split"
        rest += f"; also named: {beside}" * bool(beside)
        parts.append(_Part(at, at, size, rest, is_stated=False))
    low, high = (size if pd.isna(end) else float(end) for end in (span["low"], span["high"]))
    amounts = dict.fromkeys([_amount(ledger, whole), _amount(ledger, span)])
    others = _others(ledger, whole["unit"])
    return _Drawn(size, ", range ".join(amounts), (low, high), parts, others[:MOST], len(others[MOST:]))


def _others(ledger: Ledger, unit: str) -> list[tuple[str, list[_Part]]]:
    """Return the bars of figures of single bearers, those of several periods in one, the longest first."""
    bars = []
    for group in bearers_of.of_single(ledger, unit):
        factor, at, parts = size_of(group["unit"].iloc[0]) / size_of(unit), 0.0, []
        for _, figure in group.iterrows():
            most = None if pd.isna(figure["high"]) else at + float(figure["high"]) * factor
            parts.append(_Part(at, at + float(figure["low"]) * factor, most))
            at = parts[-1].least
        amounts = " + ".join(_amount(ledger, figure) for _, figure in group.iterrows())
        words = [f"{group['scope'].iloc[0]}: {amounts}", group["measure"].iloc[0]]
        words += filter(None, [_periods([period for period in group["period"] if period])])
        bars.append((", ".join(words), parts))
    return sorted(bars, key=lambda bar: -bar[1][-1].least)


def _periods(periods: list[str]) -> str:
    """Return periods as one phrase, with a year that they share said once."""
    year = periods[-1][-5:] if periods else ""
    return " and ".join([*(period.removesuffix(year).rstrip(",") for period in periods[:-1]), *periods[-1:]])


def _amount(ledger: Ledger, figure: pd.Series, share: pd.Series | None = None) -> str:
    """Return a figure in money as prose prints it; or a share of it, which is worked out."""
    low, high, qualifier = figure["low"], figure["high"], figure["qualifier"]
    if share is not None:
        low, high, qualifier = low * share["low"] / 100, high * share["high"] / 100, share["qualifier"]
    return amounts.amount(low, high, figure["unit"], qualifier, ledger.case.language)


def _share(share: pd.Series) -> str:
    """Return a share in words: `more than half`, `about 20%`."""
    words = amounts.amount(share["low"], share["high"], "percent", share["qualifier"])
    return f"{words.removesuffix('50%')}half" if words.endswith("50%") and " to " not in words else words


def _whom(ledger: Ledger, parties: tuple[str, ...]) -> str:
    return " and ".join(map(inside, labels(ledger, "party", parties))) or "nobody by name"


def _opened(words: str) -> str:
    return words[:1].upper() + words[1:]


def _note(whole: pd.Series, drawn: _Drawn) -> str:
    said = f"{_opened(whole['measure'])}, {whole['scope']} ({whole['by']}). Amounts of shares are ours."
    if drawn.others:
        bars = "bar measures something else" if len(drawn.others) == 1 else "bars measure other things"
        said += f" The lower {bars}: not to be added."
    if drawn.more:
        said += f" Not drawn: {counted(drawn.more, 'smaller figure')} of single bearers."
    return escaped(said)


def _alt(drawn: _Drawn, finding: str) -> str:
    words = [finding, *(part.words for part in drawn.parts)]
    words += [f"Below, on the same scale: {other}" for other, _ in drawn.others]
    return f"One bar of {drawn.words}, split. {'. '.join(words)}."


@styled()
def _canvas(drawn: _Drawn, paper: Paper) -> Canvas:
    sheet = Sheet(paper)
    ends = [drawn.whole, *drawn.ends, *(part.most or part.least for _, parts in drawn.others for part in parts)]
    scale = (paper.width - 0.03) / max(ends)
    y = _labels(sheet, drawn.parts, scale)
    outline: Look = {"fill": False, "edgecolor": MUTED, "lw": 1, "linestyle": OPEN["ls"]}
    sheet.block((EDGE, EDGE + drawn.whole * scale), (y, y + BAR), **outline)
    for part in drawn.parts:
        _draw(sheet, part, y, BAR, scale, ACCENT)
    y += BAR + APART
    left, right = (EDGE + end * scale for end in drawn.ends)
    if left < right:
        sheet.line([left, left, right, right], [y - 0.04, y, y, y - 0.04], color=INK, lw=1)
    sheet.words(right, y + paper.line * 0.7, drawn.words, ha="right")
    y += paper.line * 1.2 + APART
    for words, parts in drawn.others:
        y = _written(sheet, EDGE, y + APART, words)
        for part in parts:
            _draw(sheet, part, y, THIN, scale, MUTED)
        y += THIN
    return sheet.cut(y + EDGE)


def _labels(sheet: Sheet, parts: list[_Part], scale: float) -> float:
    """Write the words of each part above where it begins, with a line down to it; return where the bar stands.

    The words of the first stand highest, so that no line runs through words.
    """
    y, starts = 0.0, []
    for part in parts:
        x = EDGE + part.start * scale
        starts.append((x, y))
        y = _written(sheet, x + 0.06, y, part.words, fontweight=600 if part.least > part.start else 400) + 0.02
    for x, top in starts:
        sheet.line([x, x], [top, y], color=MUTED, lw=0.7)
    return y


def _draw(sheet: Sheet, part: _Part, y: float, height: float, scale: float, colour: str) -> None:
    """Draw a part of a bar: solid as far as it surely reaches, pale as far as it may; an arrowhead if nobody says."""
    x, end = EDGE + part.start * scale, EDGE + part.least * scale
    if part.least > part.start:
        sheet.block((x, end), (y, y + height), facecolor=colour, edgecolor=PAPER, lw=0.8)
    if part.most is None:
        arrow: Look = {"marker": ">", "color": colour, "markersize": height * 22, "linestyle": "none"}
        sheet.mark(end + height / 5, y + height / 2, arrow)
    elif part.is_stated and part.most > part.least:
        sheet.block((end, end + (part.most - part.least) * scale), (y, y + height), facecolor=FAINT)


def _written(sheet: Sheet, x: float, y: float, words: str, **look: Any) -> float:
    """Write words from `y` down in as many lines as the sheet has room for; return where they end."""
    text = sheet.wrapped(words, sheet.paper.width - x, **look)
    sheet.words(x, y + sheet.paper.line / 2, text, **look)
    return y + sheet.paper.line * (text.count("\n") + 1)
