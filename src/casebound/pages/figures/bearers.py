"""Bearers: which share of the cost falls on whom, what nobody splits, and what single bearers put a figure on."""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Rectangle

from casebound.analysis import bearers as bearers_of
from casebound.analysis import costs
from casebound.facts.ledger.ledger import Ledger
from casebound.facts.records.money import size_of
from casebound.pages import tables
from casebound.pages.display import Figure, Omitted
from casebound.pages.figures.days import OPEN
from casebound.pages.figures.drawing import nothing, show, width_of
from casebound.pages.markup import cited, escaped
from casebound.pages.style import ACCENT, FAINT, INK, MUTED, PAPER, WIDTH, styled
from casebound.pages.tables.shared import inside, labels

NAME = "the figure of who bears the cost"
BAR, THIN, APART = 20, 7, 7  # points: the heights of the bar of the whole and of others, the room between two things
LINE = 1.3  # the height of a line, in letters


class _Form(NamedTuple):
    """The proportions of a drawing: its width in inches, its letters in points."""

    width: float
    size: float


WIDE, NARROW = _Form(WIDTH, 7.5), _Form(3.75, 8.6)


class _Part(NamedTuple):
    """A part of a bar, in the unit of the whole: where it begins, where it surely ends, where at most; and its words.

    `most` is None where nothing says how far it may reach.
    """

    start: float
    least: float
    most: float | None
    words: str = ""


class _Drawn(NamedTuple):
    """What is drawn: the whole, its range, both ends and in words; its parts; other figures, each with its words."""

    whole: float
    amount: str
    ends: tuple[float, float]
    range: str
    parts: list[_Part]
    others: list[tuple[str, list[_Part]]]


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
    top = f"{_share(shares.iloc[0])} of the {'estimated ' * is_estimate}{drawn.amount}"
    finding = _opened(f"{top} falls on {_whom(ledger, shares['parties'].iloc[0])}")
    facts = [*shares.index, whole.name, *([] if span is None else [span.name])]
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
    for _, share in shares.iterrows():
        low, high = (None if pd.isna(end) else at + end / 100 * size for end in (share["low"], share["high"]))
        words = f"{_opened(_whom(ledger, share['parties']))}: {_share(share)}, so {_amount(ledger, whole, share)}"
        parts.append(_Part(at, at if low is None else low, high, words))
        at = parts[-1].least
    if at < size:
        beside = ", ".join(map(inside, labels(ledger, "party", bearers_of.named_beside(ledger, shares))))
        parts.append(_Part(at, at, size, f"The rest, not split{f'; also named: {beside}' * bool(beside)}"))
    low, high = (size if pd.isna(end) else float(end) for end in (span["low"], span["high"]))
    in_words = f"range: {_amount(ledger, span)}" if low < high else ""
    return _Drawn(size, _amount(ledger, whole), (low, high), in_words, parts, _others(ledger, whole["unit"]))


def _others(ledger: Ledger, unit: str) -> list[tuple[str, list[_Part]]]:
    """Return the bars of figures of single bearers, those of several periods in one, the longest first."""
    bars = []
    for group in bearers_of.amounts(ledger, unit):
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
    return costs.amount(low, high, figure["unit"], qualifier, ledger.case.language)


def _share(share: pd.Series) -> str:
    """Return a share in words: `more than half`, `about 20%`."""
    words = costs.amount(share["low"], share["high"], "percent", share["qualifier"])
    return f"{words.removesuffix('50%')}half" if words.endswith("50%") and " to " not in words else words


def _whom(ledger: Ledger, parties: tuple[str, ...]) -> str:
    return " and ".join(map(inside, labels(ledger, "party", parties))) or "nobody by name"


def _opened(words: str) -> str:
    return words[:1].upper() + words[1:]


def _note(whole: pd.Series, drawn: _Drawn) -> str:
    said = f"{_opened(whole['measure'])}, {whole['scope']} ({whole['by']}). The amount of a share is worked out."
    if drawn.others:
        bars = "bar measures something else" if len(drawn.others) == 1 else "bars measure other things"
        said += f" The lower {bars}: not to be added."
    return escaped(said)


def _alt(drawn: _Drawn, finding: str) -> str:
    words = [finding, *(part.words for part in drawn.parts), *filter(None, [_opened(drawn.range)])]
    words += [f"Below, on the same scale: {words}" for words, _ in drawn.others]
    return f"One bar of {drawn.amount}, split. {'. '.join(words)}."


@styled()
def _canvas(drawn: _Drawn, form: _Form) -> Canvas:
    """Draw from top to bottom, in points from the upper left corner; only then the height is known."""
    wide = form.width * 72
    ends = [drawn.whole, *drawn.ends, *(part.most or part.least for _, parts in drawn.others for part in parts)]
    scale = (wide - 2) / max(ends)
    canvas = Canvas(figsize=(form.width, 1))
    axes = canvas.add_axes((0, 0, 1, 1))
    axes.axis("off")
    y = _labels(axes, drawn.parts, scale, wide, form.size)
    outline = Rectangle((1, y), drawn.whole * scale, BAR, fill=False, edgecolor=MUTED, lw=1, linestyle=OPEN["ls"])
    axes.add_patch(outline)
    for part in drawn.parts:
        _draw(axes, part, y, BAR, scale, ACCENT)
    axes.text(drawn.whole * scale - 4, y + BAR / 2, drawn.amount, ha="right", va="center", fontsize=form.size)
    y += BAR + APART
    if drawn.range:
        left, right = (1 + end * scale for end in drawn.ends)
        axes.plot([left, left, right, right], [y - 3, y, y, y - 3], color=INK, lw=1)
        y = _write(axes, right, y + 2, drawn.range, wide, form.size, ha="right")
    for i, (words, parts) in enumerate(drawn.others):
        y = _write(axes, 1, y + APART * (2 if i == 0 else 1), words, wide - 2, form.size) + 1
        for part in parts:
            _draw(axes, part, y, THIN, scale, MUTED)
        y += THIN
    axes.set(xlim=(0, wide), ylim=(y + 2, 0))
    canvas.set_size_inches(form.width, (y + 2) / 72)
    return canvas


def _labels(axes: Axes, parts: list[_Part], scale: float, wide: float, size: float) -> float:
    """Write the words of each part above where it begins, with a line down to it; return where the bar stands.

    The words of the first stand highest, so that no line runs through words.
    """
    y, starts = 0.0, []
    for part in parts:
        x = 1 + part.start * scale
        starts.append((x, y))
        weight = 600 if part.least > part.start else 400
        y = _write(axes, x + 4, y, part.words, wide - x - 4, size, fontweight=weight) + 3
    for x, top in starts:
        axes.plot([x, x], [top, y], color=MUTED, lw=0.7)
    return y


def _draw(axes: Axes, part: _Part, y: float, high: float, scale: float, colour: str) -> None:
    """Draw a part of a bar: solid as far as it surely reaches, pale as far as it may; an arrowhead if nobody says."""
    x, end = 1 + part.start * scale, 1 + part.least * scale
    if part.least > part.start:
        axes.add_patch(Rectangle((x, y), end - x, high, facecolor=colour, edgecolor=PAPER, lw=0.8))
        if part.most is None:
            axes.plot([end + 4], [y + high / 2], marker=">", color=colour, markersize=high / 3.3, lw=0)
    if part.words and part.most and part.most > part.least > part.start:
        axes.add_patch(Rectangle((end, y), (part.most - part.least) * scale, high, facecolor=FAINT, lw=0))


def _write(axes: Axes, x: float, y: float, words: str, room: float, size: float, **look: Any) -> float:
    """Write words in lines of at most `room` points; return where the next line stands."""
    lines = [""]
    for word in words.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        lines[-1:] = [longer] if not lines[-1] or width_of(longer, size) * 1.05 <= room else [lines[-1], word]
    for line in lines:
        axes.text(x, y, line, va="top", fontsize=size, **look)
        y += size * LINE
    return y
