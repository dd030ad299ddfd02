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
from casebound.pages.figures.days import OPEN, on, short, usual_year
from casebound.pages.figures.drawing import nothing, show
from casebound.pages.figures.paper import NARROW, WIDE, Paper, Scale, Sheet, days_below
from casebound.pages.markup import escaped, worked_out
from casebound.pages.style import ACCENT, FAINT, INK, MUTED, Look, mark, styled
from casebound.pages.tables.shared import counted, inside

MOST = 16  # rows that a page holds
LINES = 3  # of words beside a row
NAMED = 5  # things that a note names rather than counts
STOPPED: Look = {"color": INK, "lw": 5}
IMPAIRED: Look = {"color": MUTED, "lw": 2.2}
IN_PART: Look = {"color": ACCENT, "lw": 1.1}
WITH_THE_WHOLE: Look = {"marker": "|", "color": MUTED, "markersize": 6, "markeredgewidth": 1.2, "linestyle": "none"}


def recovery(ledger: Ledger) -> Figure | Omitted:
    """Return when each system and place came back: a row for each, those that came back first on top.

    Filled by `system` and `state`.
    """
    known = returns.returns(ledger)
    back = sum(row.came is not None for row in known.rows)
    if not back or len(known.rows) < 2:
        return nothing("the figure of what came back when", "the return of a system", some=back > 0)
    plan = _Plan(ledger, known)
    caption, facts = _finding(plan)
    return show(
        _drawn(WIDE, plan),
        alt=f"{caption} {_alt(plan)}",
        caption=f"{escaped(caption)} {worked_out(*dict.fromkeys(facts))}",
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
        since = timeline.attack_day(self.ledger)
        begins = [day for step in steps for day in self.window(step)]
        self.first = max(min(begins), since) if since else min(begins)  # nothing here can have stopped before it began
        came = [(row.came or row.steps[-1]).latest for row in self.rows]
        # a step long after all had come back would squeeze what matters: it stands at the edge
        edge = max(came) + max(max(came) - self.first, pd.Timedelta(days=14))
        last = max([step.latest for step in steps] + [row.whole.latest for row in self.rows if row.whole])
        self.last = min(last, edge) + (edge - self.first) * 0.02
        self.rungs = {state: self.ledger.terms.rung(state) for state in ("first steps", "resuming", "restored")}

    def window(self, step: Step) -> list[pd.Timestamp]:
        """Return the first, if known, and the last day on which a step can have been taken."""
        first = self.ledger.when(step.fact).start.earliest
        return [min(pd.Timestamp(first), step.latest), step.latest] if first else [step.latest]

    def name(self, row: Row) -> str:
        """Return a row's system with its places."""
        return ", ".join([self.ledger.terms.label("system", row.system), *row.places])

    def named(self, row: Row) -> str:
        """Return the same as it stands inside a sentence."""
        places = f" ({', '.join(row.places)})" if row.places else ""
        return f"{inside(self.ledger.terms.label('system', row.system))}{places}"

    def said(self, step: Step) -> str:
        """Return the state of a step with its date in short: `resuming 8 Oct`."""
        label = self.ledger.terms.label("state", step.state)
        return f"{label} {short(self.ledger.facts.at[step.fact, 'date'], self.year)}"

    def words(self, row: Row) -> str:
        """Return what a row came to, a line each: its steps from its first return on, or of many the first and last."""
        steps = row.steps[row.steps.index(row.came) :] if row.came else row.steps[-1:]
        return "\n".join(self.said(step) for step in (steps if len(steps) <= LINES else [steps[0], steps[-1]]))


@styled()
def _drawn(paper: Paper, plan: _Plan) -> Canvas:
    sheet = Sheet(paper)
    line, gap = paper.line, 0.08
    said = max(sheet.room(plan.words(row)) for row in plan.rows)
    column = 0 if paper.is_narrow else min(1.9, max(sheet.room(plan.name(row)) for row in plan.rows))
    end = paper.width - (0.06 if paper.is_narrow else said + 0.1)
    scale = Scale(plan.first, plan.last, column + 0.1, end)
    y = 0.04
    for row in plan.rows:
        words = plan.words(row)
        name = sheet.wrapped(plan.name(row), column or paper.width - said - 0.1)
        lines = max(name.count("\n"), words.count("\n")) + 1
        sheet.words(0.02, y + line / 2, name)
        sheet.words(paper.width - 0.02, y + line / 2, words, ha="right", color=INK if row.came else MUTED)
        middle = y + lines * line + 0.05 if paper.is_narrow else y + line / 2
        _row(sheet, scale, middle, row, plan)
        y = (middle + 0.06 if paper.is_narrow else y + lines * line) + gap
        if row is not plan.rows[-1]:
            sheet.line([0.02, paper.width - 0.02], [y - gap / 2, y - gap / 2], color=FAINT, lw=0.4)
    foot = days_below(sheet, scale, 0, y)
    return sheet.cut(sheet.key(foot + line * 0.7, _key(plan)))


def _row(sheet: Sheet, scale: Scale, y: float, row: Row, plan: _Plan) -> None:
    """Draw how a row stood from step to step, and a mark for each step back."""
    first, resuming = row.steps[0], plan.rungs["resuming"]
    begin = plan.first if first.rung >= resuming else plan.window(first)[0]
    is_open = plan.ledger.when(first.fact).start.earliest is None
    sheet.line([scale.at(plan.first if is_open else begin), scale.at(first.latest)], [y, y], **OPEN)
    look: Look = {}
    for step, following in pairwise([*row.steps, *filter(None, [row.whole])]):
        look = _bar(step, plan, look)
        _between(sheet, scale, y, step, following, look, plan)
    if not row.whole and row.steps[-1].rung < plan.rungs["restored"]:
        look = {**_bar(row.steps[-1], plan, look), "ls": (0, (1, 1))}
        sheet.line([scale.at(row.steps[-1].latest), scale.at(plan.last)], [y, y], **look)
    for step in row.steps:
        if step.rung >= resuming:
            sheet.mark(scale.at(step.latest), y, _look(step.rung >= plan.rungs["restored"]))
    if row.whole:
        sheet.mark(scale.at(row.whole.latest), y, WITH_THE_WHOLE)


def _bar(step: Step, plan: _Plan, before: Look) -> Look:
    """Return how the days after a step look; first steps towards a return end nothing."""
    if step.rung >= plan.rungs["resuming"]:
        return IN_PART
    return before if before and step.rung == plan.rungs["first steps"] else STOPPED if step.rung == 0 else IMPAIRED


def _between(sheet: Sheet, scale: Scale, y: float, step: Step, following: Step, look: Look, plan: _Plan) -> None:
    """Draw the days from one step to the next: as the first left it as long as that is sure, then as not known."""
    if step.rung < plan.rungs["restored"]:
        begin, sure, until = step.latest, max(step.latest, plan.window(following)[0]), following.latest
        sheet.line([scale.at(begin), scale.at(sure)], [y, y], **look, zorder=2)
        sheet.line([scale.at(sure), scale.at(until)], [y, y], **OPEN)


def _look(is_back: bool) -> Look:
    return mark("done" if is_back else "under way", 4.6)


def _key(plan: _Plan) -> list[tuple[str, Look]]:
    rungs = {step.rung for row in plan.rows for step in row.steps}
    resuming, restored = plan.rungs["resuming"], plan.rungs["restored"]
    entries = [
        (0 in rungs, "stopped", STOPPED),
        (any(0 < rung < resuming for rung in rungs), "impaired or by hand", IMPAIRED),
        (any(resuming <= rung < restored for rung in rungs), "works in part", _look(False)),
        (any(rung >= restored for rung in rungs), "works", _look(True)),
        (any(row.whole for row in plan.rows), "whole system works", WITH_THE_WHOLE),
        (True, "no word", OPEN),
    ]
    return [(words, look) for is_drawn, words, look in entries if is_drawn]


def _finding(plan: _Plan) -> tuple[str, list[str]]:
    """Return what worked again by when, and when the system that stood still did, or else the last; with the facts."""
    ledger, back = plan.ledger, [row for row in plan.known.rows if row.came]
    steps = [row.came for row in back if row.came]
    came = [step for step in steps if step.latest == steps[0].latest]
    still = standstill(ledger)
    if still and not still.returned:
        said, facts = _opening(plan, came, back[0])
        return f"{said}; {inside(ledger.terms.label('system', still.system))} did not.", [*facts, still.stopped]
    main = next((row for row in back if still and row.system == still.system), back[-1])
    main = back[-1] if main.came in came else main
    said, facts = _opening(plan, came, back[0])
    if main.came is None or main.came in came:
        return f"{said}.", facts
    return f"{said}; {plan.named(main)} {on(ledger.facts.at[main.came.fact, 'date'])}.", [*facts, main.came.fact]


def _opening(plan: _Plan, came: list[Step], first: Row) -> tuple[str, list[str]]:
    """Return what came back before all others."""
    if len(came) == 1:
        what, when = plan.named(first), on(plan.ledger.facts.at[came[0].fact, "date"])
        said = f"{what[0].upper()}{what[1:]} worked again, at least in part, {when}"
    else:
        of_all = f"{len(came)} of {len(plan.known.rows)} systems and places"
        said = f"By {plan.ledger.day(came[0].latest)}, {of_all} worked again, at least in part"
    return said, [step.fact for step in came]


def _note(plan: _Plan) -> str:
    """Return what a row shows, and what has none."""
    parts = ["A bar begins on the first day on which its system is reported not to have worked."]
    if more := len(plan.known.rows) - len(plan.rows):
        parts.append(f"Left out: {counted(more, 'row')} that came back later or not at all.")
    if plan.known.within:
        places = escaped(_within(plan))
        parts.append(f"No day is reported on which these places were back as a whole, so they have no row: {places}.")
    if any(step.latest > plan.last for row in plan.rows for step in row.steps):
        parts.append("Marks at the right edge lie further off.")
    if plan.known.untouched:
        parts.append(f"Reported as normal: {escaped('; '.join(plan.known.untouched[:NAMED]))}.")
    return " ".join(parts)


def _within(plan: _Plan) -> str:
    """Return the places that stand in the row of the whole system, by system; how many there are if many."""
    if len(plan.known.within) > NAMED:
        return counted(len(plan.known.within), "place")
    by_system: dict[str, list[str]] = {}
    for system, place in plan.known.within:
        by_system.setdefault(plan.ledger.terms.label("system", system), []).append(place)
    return "; ".join(f"{system} ({', '.join(places)})" for system, places in by_system.items())


def _alt(plan: _Plan) -> str:
    rows = (f"{plan.name(row)}: {', '.join(plan.said(step) for step in row.steps)}." for row in plan.rows)
    return f"By date, those that came back first on top. {' '.join(rows)}"
