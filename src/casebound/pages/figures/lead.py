"""Lead: the case on one axis: its phases and the standstill, the days held out for the return, and who did what."""

from __future__ import annotations

import re
from itertools import pairwise

import pandas as pd
from matplotlib.figure import Figure as Canvas

from casebound.analysis import recovery, response, timeline
from casebound.analysis.findings import days
from casebound.analysis.standstill import standstill
from casebound.facts.ledger.frames import AHEAD, FIRM
from casebound.facts.ledger.ledger import Ledger
from casebound.pages.display import Figure, Omitted, Table
from casebound.pages.figures.days import on, short, usual_year
from casebound.pages.figures.drawing import show
from casebound.pages.figures.paper import NARROW, WIDE, Paper, Scale, Sheet, days_below, stacked
from casebound.pages.markup import cited, escaped
from casebound.pages.style import ACCENT, FAINT, INK, MUTED, PAPER, WARM, Look, mark, styled
from casebound.pages.tables.shared import counted, inside, table

ACTS, DATES = 7, 8  # rows at most
LEAST = 4  # entries at least: fewer say no more than a table
BAR = 0.17  # inches
STROKE: Look = {"color": WARM, "lw": 1.1, "zorder": 2}
BACK: Look = {"color": ACCENT, "lw": 0.9, "zorder": 1}
LATER: Look = {"color": ACCENT, "lw": 0.8, "ls": (0, (3, 2)), "zorder": 1}


def lead(ledger: Ledger) -> Figure | Omitted:
    """Return the case on one axis: what stood still, the days held out for its return, and what others did.

    Filled by `opens`, `forecast` and `actor`.
    """
    plan = _Plan(ledger)
    if plan.phases.empty or len(plan.phases) + len(plan.told) + len(plan.acts) < LEAST:
        why = f"fewer than {LEAST} phases, days held out and acts are recorded, too few for a figure"
        return Omitted("the figure of the case on one axis", why)
    caption, facts = _finding(plan)
    return show(
        _drawn(WIDE, plan),
        alt=f"{caption} {_alt(plan)}",
        caption=f"{escaped(caption)} [analysis: {cited(*facts)[1:]}",
        data=_table(plan),
        key="lead",
        note=_note(plan),
        narrow=_drawn(NARROW, plan),
    )


class _Plan:
    """What both drawings show, and the days between which it stands."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        phases = timeline.phases(ledger)
        phases = phases[phases["status"].isin(FIRM)]
        self.phases = phases.assign(day=[self.last(fact) for fact in phases["fact"]]).dropna(subset=["day"])
        self.still = standstill(ledger)
        self.normal = self._normal()
        self.thing = self._thing()
        told = recovery.forecasts(ledger, *self.thing) if self.thing else recovery.forecasts(ledger, "")
        if self.still is None and len(told) < 2:  # a single day for something else says nothing here
            told = told.iloc[:0]
        self.told = pd.concat([told.iloc[:1], told.iloc[1:].tail(DATES - 1)])
        if len(self.phases):
            self._axis()

    def _axis(self) -> None:
        known = self.ledger.known
        ends = [*self.phases["day"], *self.told["target"], *self.told["last"].dropna()]
        ends += [day for fact in (self.returned, self.normal) if fact and (day := self.last(fact)) is not None]
        self.first, last = min([*self.phases["day"], *([self.stop] if self.still else [])]), max(ends)
        span = max(last - self.first, pd.Timedelta(days=7))
        until = pd.Timestamp(known.date()) if known else last
        self.end = max(last, min(until, last + span * 0.15))
        self.acts = response.telling(self.ledger, self.first, self.end, ACTS)
        every = [*self.phases["date"], *self.ledger.facts.loc[[*self.told.index, *self.acts.index], "date"]]
        self.year = usual_year(every)

    def last(self, fact: str) -> pd.Timestamp | None:
        """Return the last day on which a fact can have begun."""
        when = self.ledger.when(fact)
        day = when.start.latest or when.start.earliest or when.end.latest
        return pd.Timestamp(day) if day else None

    @property
    def stop(self) -> pd.Timestamp:
        """The last day on which the standstill can have begun."""
        assert self.still
        return self.last(self.still.stopped) or self.phases["day"].min()

    @property
    def returned(self) -> str | None:
        """The fact by which the standstill ended."""
        return self.still.returned if self.still else None

    @property
    def system(self) -> str:
        """The system that stood still, as it stands in a sentence."""
        return inside(self.ledger.terms.label("system", self.still.system)) if self.still else ""

    def _normal(self) -> str | None:
        """Return the fact by which the system that stood still was normal again, or else restored."""
        if not self.returned or not self.still:
            return None
        known = recovery.states(self.ledger)
        whole = known[(known["system"] == self.still.system) & (known["at"] == "") & (known["basis"] != "caption")]
        back = whole[whole["rung"] >= self.ledger.terms.rung("restored")].sort_values(["latest"], kind="stable")
        normal = back[back["rung"] == self.ledger.terms.rung("normal")]
        fact = next(iter([*normal["fact"], *back["fact"]]), None)
        return fact if fact != self.returned else None

    def _thing(self) -> tuple[str, str] | None:
        """Return the system whose days held out are drawn: the one that stood still, or that with most of them."""
        things = recovery.forecast(self.ledger)
        ours = [thing for thing in things if self.still and thing[0] == self.still.system]
        return max(ours or things, key=lambda thing: len(recovery.forecasts(self.ledger, *thing)), default=None)

    def dated(self, fact: str) -> str:
        """Return the date of a fact in short."""
        return short(self.ledger.facts.at[fact, "date"], self.year)


@styled()
def _drawn(paper: Paper, plan: _Plan) -> Canvas:
    sheet = Sheet(paper)
    scale = Scale(plan.first, plan.end, 0.06, paper.width - 0.1)
    top = y = _phases(sheet, scale, plan) + 0.08
    if len(plan.told):
        y = _told(sheet, scale, y, plan) + 0.06
    if len(plan.acts):
        y = _acts(sheet, scale, y, plan)
    back = plan.last(plan.returned) if plan.returned else None
    if back is not None:
        sheet.line([scale.at(back)] * 2, [top - 0.08, y], **BACK)
    foot = days_below(sheet, scale, top, y + 0.03)
    return sheet.cut(sheet.key(foot + paper.line * 0.6, _key(plan)))


def _phases(sheet: Sheet, scale: Scale, plan: _Plan) -> float:
    """Draw the bar of the standstill, or of the phases, under the names of the phases; return where it ends."""
    marks = [(scale.at(day), f"{label} {plan.dated(fact)}") for label, fact, day in
             zip(plan.phases["label"], plan.phases["fact"], plan.phases["day"], strict=True)]  # fmt: skip
    if plan.normal:
        state = plan.ledger.terms.label("state", plan.ledger.facts.at[plan.normal, "state"])
        marks.append((scale.at(plan.last(plan.normal)), f"{state} {plan.dated(plan.normal)}"))
    line = sheet.paper.line
    places = stacked([(x, sheet.room(words)) for x, words in marks], sheet.paper.width)
    bar = 0.04 + (max(level for level, _ in places) + 1) * line + 0.05
    for (x, words), (level, left) in zip(marks, places, strict=True):
        y = bar - 0.05 - (level + 0.5) * line
        sheet.words(left, y, words)
        sheet.line([x, x], [y + line * 0.5, bar], color=MUTED, lw=0.7, zorder=1)
    (_still if plan.still else _bands)(sheet, scale, bar, plan)
    return bar + BAR


def _block(sheet: Sheet, ends: tuple[float, float], y: float, colour: str, alpha: float = 1) -> None:
    sheet.axes.fill_between(ends, y, y + BAR, color=colour, alpha=alpha, lw=0, zorder=2)


def _still(sheet: Sheet, scale: Scale, y: float, plan: _Plan) -> None:
    """Draw the standstill dark, with its length in it, and pale what followed until all was normal."""
    assert plan.still
    earliest = plan.ledger.when(plan.still.stopped).start.earliest
    begin = scale.at(plan.stop)
    if earliest and scale.at(pd.Timestamp(earliest)) < begin:
        _block(sheet, (scale.at(pd.Timestamp(earliest)), begin), y, INK, 0.35)
    known = plan.ledger.known
    until = plan.last(plan.returned) if plan.returned else pd.Timestamp(known.date()) if known else plan.end
    end = scale.at(until if until is not None else plan.end)
    _block(sheet, (begin, end), y, INK)
    if plan.returned:
        normal = plan.last(plan.normal) if plan.normal else None
        _block(sheet, (end, scale.at(normal) if normal is not None else scale.end), y, FAINT)
    length = days(plan.still.length)
    if words := _fitting(sheet, end - begin, f"No {plan.system}: {length}", length):
        sheet.words((begin + end) / 2, y + BAR / 2, words, ha="center", color=PAPER, fontweight=600)


def _fitting(sheet: Sheet, room: float, *words: str) -> str:
    """Return the first of the words that have room, in bold; empty if none has."""
    return next((each for each in words if sheet.room(each, fontweight=600) + 0.08 < room), "")


def _bands(sheet: Sheet, scale: Scale, y: float, plan: _Plan) -> None:
    """Draw the phases as bands, dark and pale by turns, each with its length if there is room."""
    rows = [*plan.phases.itertuples()]
    for number, (row, following) in enumerate(pairwise([*rows, None])):
        ends = (scale.at(row.day), scale.at(following.day) if following else scale.end)
        _block(sheet, ends, y, (MUTED, FAINT)[number % 2] if following else FAINT, 1 if following else 0.5)
        if following and not pd.isna(row.longest) and row.shortest == row.longest:
            words, colour = (
                _fitting(sheet, ends[1] - ends[0], counted(int(row.longest), "day")),
                (PAPER, INK)[number % 2],
            )
            sheet.words(sum(ends) / 2, y + BAR / 2, words, ha="center", color=colour, fontweight=600)


def _head(sheet: Sheet, y: float, words: str) -> float:
    words = sheet.wrapped(words, sheet.paper.width - 0.05, fontweight=600)
    sheet.on_paper(0.02, y + sheet.paper.line / 2, words, color=MUTED, fontweight=600)
    return y + (words.count("\n") + 1) * sheet.paper.line + 0.02


def _told(sheet: Sheet, scale: Scale, y: float, plan: _Plan) -> float:
    """Draw each day held out as a stroke from the day it was said; return where the strokes end."""
    assert plan.thing
    y = _head(sheet, y, f"Days named for the return: {inside(recovery.named(plan.ledger, *plan.thing))}")
    back = plan.last(plan.returned) if plan.returned else None
    for number, (_, row) in enumerate(plan.told.iterrows()):
        middle, named = y + sheet.paper.line / 2, scale.at(row["target"])
        sheet.line([scale.at(row["said"]), named], [middle, middle], **STROKE)
        sheet.mark(scale.at(row["said"]), middle, {"marker": "|", "color": WARM, "markersize": 5, "linestyle": "none"})
        sheet.mark(named, middle, mark("planned", 4.2))
        words = short(row["date"].removeprefix("not before "), plan.year)
        right = named + 0.07 + sheet.room(words)
        crosses = back is not None and named < scale.at(back) < right + 0.05
        if right < sheet.paper.width:
            (sheet.on_paper if crosses else sheet.words)(named + 0.07, middle, words)
        else:
            sheet.words(min(scale.at(row["said"]), named) - 0.07, middle, words, ha="right")
        if number == 0 and back is not None and scale.at(back) > right + 0.3:
            _slip(sheet, middle, right + 0.05, scale.at(back), counted((back - row["target"]).days, "day"))
        y += sheet.paper.size / 72
    return y


def _slip(sheet: Sheet, y: float, left: float, right: float, words: str) -> None:
    """Draw the way from the first day named to the return, with how long it was."""
    sheet.line([left, right], [y, y], **LATER)
    if words := _fitting(sheet, right - left, f"{words} later", words):
        sheet.on_paper((left + right) / 2, y, words, ha="center", color=ACCENT, fontweight=600)


def _acts(sheet: Sheet, scale: Scale, y: float, plan: _Plan) -> float:
    """Draw each act with its day and its label, on the side where there is most room; return where they end."""
    groups = [group for group in plan.ledger.terms["group"] if group in set(plan.acts["group"])]
    names = [inside(plan.ledger.terms.label("group", group)) for group in groups]
    y = _head(sheet, y, f"What was done: {' and '.join(filter(None, (', '.join(names[:-1]), names[-1])))}")
    for fact, act in plan.acts.iterrows():
        x, words = scale.at(act["day"]), f"{plan.dated(fact)}: {plan.ledger.facts.at[fact, 'label']}"
        rooms = (sheet.paper.width - x - 0.1, x - 0.1)
        is_right = sheet.room(words) <= rooms[0] or rooms[0] >= rooms[1]
        words = sheet.wrapped(words, rooms[0] if is_right else rooms[1])
        sheet.mark(x, y + sheet.paper.line / 2, mark(act["status"], 4.6))
        sheet.on_paper(
            *(x + 0.08 if is_right else x - 0.08, y + sheet.paper.line / 2), words, ha="left" if is_right else "right"
        )
        y += (words.count("\n") + 1) * sheet.paper.line
    return y


def _key(plan: _Plan) -> list[tuple[str, Look]]:
    statuses = [status for status in plan.ledger.terms["status"] if status in set(plan.acts["status"])]
    entries = [(plan.ledger.terms.label("status", status), mark(status, 4.6)) for status in statuses]
    if len(plan.told):
        entries.append(("day named, from the day on which it was said", mark("planned", 4.2)))
    return entries


def _finding(plan: _Plan) -> tuple[str, list[str]]:
    """Return in a sentence how long the standstill was, or the phases, and what else the axis tells, with the facts."""
    if plan.still is None:
        return _of_phases(plan)
    ledger, still = plan.ledger, plan.still
    said, facts = f"No {plan.system} for {days(still.length)}", [still.stopped]
    if still.returned is None:
        said += f" by {ledger.as_known}"
    else:
        facts.append(still.returned)
    also, more = _money(plan) or _slipped(plan) or ("", [])
    return f"{said}{also}.", [*facts, *more]


def _money(plan: _Plan) -> tuple[str, list[str]] | None:
    """Return when others helped with money, if they did while this axis runs."""
    assert plan.still
    money = plan.acts[plan.acts["act"].eq("money").fillna(False) & plan.acts["status"].isin(FIRM)]
    for fact, label in plan.ledger.facts.loc[money.index, "label"].items():
        length = timeline.length_from(plan.ledger, plan.still.stopped, fact)
        if length and length.shortest:
            return f"; {_in_sentence(plan.ledger, label)} {days(length)} after the stop", [fact]
    return None


def _in_sentence(ledger: Ledger, label: str) -> str:
    """Return a label as it stands inside a sentence: its first word is small where a source has it so."""
    first = re.match(r"\w*", label)[0].lower()
    texts = " ".join([*ledger.facts["statement"], *ledger.evidence["quote"].dropna()])
    is_common = re.search(rf"\b{re.escape(first)}\b", texts)
    return label[0].lower() + label[1:] if is_common else label


def _slipped(plan: _Plan) -> tuple[str, list[str]] | None:
    """Return how often the day named for the return moved."""
    moves = len(recovery.forecasts(plan.ledger, *plan.thing)) - 1 if plan.thing else 0
    if moves < 1:
        return None
    times = {1: "once", 2: "twice"}.get(moves, f"{moves} times")
    return f"; the day named for the return moved {times}", [plan.told.index[0], plan.told.index[-1]]


def _of_phases(plan: _Plan) -> tuple[str, list[str]]:
    first, last = plan.phases.iloc[0], plan.phases.iloc[-1]
    length = timeline.length_from(plan.ledger, first["fact"], last["fact"]) if len(plan.phases) > 1 else None
    if length and length.shortest:
        return f"It took {days(length)} from “{first['label']}” to “{last['label']}”.", [first["fact"], last["fact"]]
    return f"{first['label']} {on(first['date'])}.", [first["fact"]]


def _note(plan: _Plan) -> str:
    dates = [*plan.phases["date"], *plan.ledger.facts.loc[plan.acts.index, "date"]]
    by = any(date.startswith("by ") for date in dates) or not plan.told["exact"].all()
    parts = ["What is dated “by” a day stands on that day; it may have happened earlier."] if by else []
    if (plan.told["last"].isna()).any():
        parts.append("Some days were named as “not before”: they promise nothing for the day itself.")
    return " ".join(parts)


def _table(plan: _Plan) -> Table:
    """Return all that is drawn, with its day and its citation."""
    facts = plan.ledger.facts
    rows = [("Phase", label, date, fact) for label, date, fact in
            zip(plan.phases["label"], plan.phases["date"], plan.phases["fact"], strict=True)]  # fmt: skip
    rows += [("Day named", f"said {row['said_on']}", row["date"], fact) for fact, row in plan.told.iterrows()]
    rows += [("Act", facts.at[fact, "label"], facts.at[fact, "date"], fact) for fact in plan.acts.index]
    columns = {
        "Kind": [kind for kind, *_ in rows],
        "What": [f"{escaped(what)} {cited(fact)}" for _, what, _, fact in rows],
        "Date": [date for *_, date, _ in rows],
    }
    return table("lead", "Phases, days held out for the return, and acts", columns)


def _alt(plan: _Plan) -> str:
    facts = plan.ledger.facts
    parts = [f"{label}: {date}." for label, date in zip(plan.phases["label"], plan.phases["date"], strict=True)]
    parts += [f"Said {row['said_on']}: back {row['date']}." for _, row in plan.told.iterrows()]
    parts += [f"{facts.at[fact, 'date']}: {facts.at[fact, 'label']}." for fact in plan.acts.index]
    return " ".join(parts)
