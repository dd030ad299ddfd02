"""Recovery: by date, when each system and place stopped, came back in part, and came back."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import pandas as pd
from matplotlib.figure import Figure as Canvas

from casebound.analysis import returns, timeline
from casebound.analysis.returns import Returns, Row, Step
from casebound.analysis.standstill import standstill
from casebound.facts.ledger.ledger import Ledger
from casebound.pages import tables
from casebound.pages.display import Figure, Omitted
from casebound.pages.figures.days import OPEN, short, usual_year
from casebound.pages.figures.drawing import nothing, show
from casebound.pages.figures.paper import NARROW, WIDE, Paper, Scale, Sheet, days_below
from casebound.pages.markup import escaped
from casebound.pages.style import ACCENT, FAINT, INK, MUTED, TALLEST, Look, mark, styled
from casebound.pages.tables.shared import counted, inside

MOST = 16  # rows that a page holds
STOPPED: Look = {"color": INK, "lw": 5}
IMPAIRED: Look = {"color": MUTED, "lw": 2.2}
IN_PART: Look = {"color": ACCENT, "lw": 1.1}
WITH_THE_WHOLE: Look = {"marker": "|", "color": MUTED, "markersize": 6, "markeredgewidth": 1.2, "linestyle": "none"}


def recovery(ledger: Ledger) -> Figure | Omitted:
    """Return when each system and place came back: a row for each, those that came back first on top.

    Filled by `system` and `state`.
    """
    known = returns.returns(ledger)
    if len(known.rows) < 2:
        return nothing("the figure of what came back when", "the state of a system", some=bool(known.rows))
    plan = _Plan(ledger, known)
    return show(
        _drawn(WIDE, plan),
        alt=_alt(plan),
        caption=_caption(plan),
        data=tables.steps(ledger),
        key="recovery",
        note=_note(plan),
        narrow=_drawn(NARROW, plan),
    )


@dataclass
class _Plan:
    """What both drawings show: the rows, their words, and the days between which they stand."""

    ledger: Ledger
    known: Returns

    def __post_init__(self) -> None:
        self.rows = self.known.rows[:MOST]
        steps = [step for row in self.rows for step in row.steps]
        self.year = usual_year(self.ledger.facts.at[step.fact, "date"] for step in steps)
        self.since = timeline.attack_day(self.ledger)
        begins = [*(day for step in steps for day in self.window(step)), *filter(None, [self.since])]
        self.first = min(begins)
        came = [row.came.latest for row in self.rows if row.came] or [step.latest for step in steps]
        # a step long after all had come back would squeeze what matters: it stands at the edge
        edge = max(came) + max(max(came) - self.first, pd.Timedelta(days=14))
        last = max([step.latest for step in steps] + [row.whole.latest for row in self.rows if row.whole])
        self.last = min(last, edge) + (edge - self.first) * 0.02

    def window(self, step: Step) -> list[pd.Timestamp]:
        """Return the first, if known, and the last day on which a step can have been taken."""
        first = self.ledger.when(step.fact).start.earliest
        return [pd.Timestamp(first), step.latest] if first else [step.latest]

    def name(self, row: Row) -> str:
        """Return a row's system with its places."""
        return ", ".join([self.ledger.terms.label("system", row.system), *row.places])

    def said(self, step: Step) -> str:
        """Return the state of a step with its date in short: `resuming 8 Oct`."""
        label = self.ledger.terms.label("state", step.state)
        return f"{label} {short(self.ledger.facts.at[step.fact, 'date'], self.year)}"

    def words(self, row: Row) -> str:
        """Return in two lines at most what a row came to: its first return and its last step."""
        shown = [row.came, row.steps[-1]] if row.came and row.came != row.steps[-1] else [row.steps[-1]]
        return "\n".join(self.said(step) for step in shown)


@styled()
def _drawn(paper: Paper, plan: _Plan) -> Canvas:
    sheet = Sheet(paper)
    line, gap = paper.line, 0.08
    said = max(sheet.room(plan.words(row)) for row in plan.rows)
    column = 0 if paper.is_narrow else min(1.9, max(sheet.room(plan.name(row)) for row in plan.rows))
    scale = Scale(plan.first, plan.last, column + 0.1, paper.width - 0.06 if paper.is_narrow else paper.width - said - 0.1)
    y = 0.04
    for row in plan.rows:
        words = plan.words(row)
        if paper.is_narrow:
            name = sheet.wrapped(plan.name(row), paper.width - said - 0.1)
        else:
            name = sheet.wrapped(plan.name(row), column)
        lines = max(name.count("\n"), words.count("\n")) + 1
        sheet.words(0.02, y + line / 2, name)
        sheet.words(paper.width - 0.02, y + line / 2, words, ha="right", color=INK if row.came else MUTED)
        middle = y + lines * line + 0.05 if paper.is_narrow else y + line / 2
        _row(sheet, scale, middle, row, plan)
        y = (middle + 0.06 if paper.is_narrow else y + lines * line) + gap
        if row is not plan.rows[-1]:
            sheet.line([0.02, paper.width - 0.02], [y - gap / 2, y - gap / 2], color=FAINT, lw=0.4)
    foot = days_below(sheet, scale, 0, y)
    return sheet.cut(min(sheet.key(foot + line * 0.7, _key(plan), 0.02), TALLEST))


def _row(sheet: Sheet, scale: Scale, y: float, row: Row, plan: _Plan) -> None:
    """Draw how a row stood from step to step, and a mark for each step back."""
    begin = plan.window(row.steps[0])[0]
    resuming, restored = (plan.ledger.terms.rung(state) for state in ("resuming", "restored"))
    if row.steps[0].rung >= resuming or begin == row.steps[0].latest and plan.ledger.when(row.steps[0].fact).start.earliest is None:
        sheet.line([scale.at(plan.since or plan.first), scale.at(row.steps[0].latest)], [y, y], **OPEN)
    for step, following in pairwise([*row.steps, None]):
        until = plan.last if following is None else following.latest
        sure = until if following is None else max(step.latest, plan.window(following)[0])
        if following is None and row.whole:
            until = sure = row.whole.latest
        look = STOPPED if step.rung == 0 else IMPAIRED if step.rung < resuming else IN_PART
        if step.rung < restored:
            ends = [scale.at(step.latest), scale.at(sure)]
            sheet.line(ends, [y, y], **(look if following or row.whole else {**look, "ls": (0, (1, 1))}), zorder=2)
            sheet.line([ends[-1], scale.at(until)], [y, y], **OPEN)
        if step.rung >= resuming:
            sheet.mark(scale.at(step.latest), y, _look(step.rung >= restored))
    if row.whole:
        sheet.mark(scale.at(row.whole.latest), y, WITH_THE_WHOLE)


def _look(is_back: bool) -> Look:
    return mark("done" if is_back else "under way", 4.6)


def _key(plan: _Plan) -> list[tuple[str, Look]]:
    resuming, restored = (plan.ledger.terms.rung(state) for state in ("resuming", "restored"))
    rungs = {step.rung for row in plan.rows for step in row.steps}
    entries = [
        (0 in rungs, "stopped", STOPPED),
        (any(0 < rung < resuming for rung in rungs), "impaired, by hand or first steps", IMPAIRED),
        (any(resuming <= rung < restored for rung in rungs), "works again in part", _look(False)),
        (any(rung >= restored for rung in rungs), "works again", _look(True)),
        (any(row.whole for row in plan.rows), "the whole system works again", WITH_THE_WHOLE),
        (True, "not known", OPEN),
    ]
    return [(words, look) for is_drawn, words, look in entries if is_drawn]


def _caption(plan: _Plan) -> str:
    """Return what came back first and what last, the system that stood still before any other."""
    ledger, back = plan.ledger, [row for row in plan.known.rows if row.came]
    if not back:
        return f"No return of any of {len(plan.known.rows)} systems and places is recorded by {ledger.as_known}."
    first = [row for row in back if row.came.latest == back[0].came.latest]
    still = standstill(ledger)
    main = next((row for row in back if still and row.system == still.system and row not in first), back[-1])
    date = ledger.facts.at[first[0].came.fact, "date"].removeprefix("by ")
    of_all = f"{len(first)} of {len(plan.known.rows)} systems and places"
    opening = plan.name(first[0]) if len(first) == 1 else of_all
    said = f"{escaped(opening)} worked again, at least in part, by {date}"
    if main in first:
        return f"{said}."
    return f"{said}; {escaped(inside(plan.name(main)))} from {ledger.facts.at[main.came.fact, 'date']}."


def _note(plan: _Plan) -> str:
    """Return what a row shows, and what has none."""
    parts = ["A row runs from the first word that a system did not work to the day on which it worked again."]
    if more := len(plan.known.rows) - len(plan.rows):
        parts.append(f"Left out: {counted(more, 'row')} that came back later or not at all.")
    if plan.known.within:
        number = counted(len(plan.known.within), "place")
        parts.append(f"{number} of which no return of its own is recorded stand in the row of the whole system.")
    if plan.known.untouched:
        parts.append(f"Reported as working normally: {escaped(', '.join(plan.known.untouched))}.")
    return " ".join(parts)


def _alt(plan: _Plan) -> str:
    rows = (f"{plan.name(row)}: {', '.join(plan.said(step) for step in row.steps)}." for row in plan.rows)
    return f"{_caption(plan)} By date, those that came back first on top. {' '.join(rows)}"
