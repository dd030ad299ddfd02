"""Lead: the case on one axis: what stood still, the days named for its return, and what others did."""

from __future__ import annotations

import re

from casebound.analysis import recovery, timeline
from casebound.analysis.findings import days
from casebound.facts.ledger.frames import FIRM
from casebound.facts.ledger.ledger import Ledger
from casebound.pages.display import Figure, Omitted, Table
from casebound.pages.figures.axis import Axis
from casebound.pages.figures.days import last_possible, on, times
from casebound.pages.figures.drawing import show
from casebound.pages.figures.lanes import drawn
from casebound.pages.figures.paper import NARROW, WIDE
from casebound.pages.markup import cited, escaped, worked_out
from casebound.pages.tables.shared import table

LEAST = 4  # entries: fewer say no more than a sentence


def lead(ledger: Ledger) -> Figure | Omitted:
    """Return the case on one axis: what stood still, the days named for its return, and what others did.

    Filled by `opens`, `forecast` and `actor`.
    """
    axis = Axis(ledger)
    if axis.entries < LEAST:
        why = f"fewer than {LEAST} phases, days named for a return and acts are recorded, too few for a figure"
        return Omitted("the figure of the case on one axis", why)
    finding, facts = _finding(axis)
    return show(
        drawn(WIDE, axis),
        alt=f"{finding} {_alt(axis)}",
        caption=f"{escaped(finding)} {worked_out(*facts)}",
        data=_table(axis),
        key="lead",
        note=_note(axis),
        narrow=drawn(NARROW, axis),
    )


def _finding(axis: Axis) -> tuple[str, list[str]]:
    """Return in a sentence how long the standstill was, or the phases, and what else the axis tells, with the facts."""
    if axis.still is None:
        return _of_phases(axis)
    ledger, still = axis.ledger, axis.still
    said, facts = f"No {axis.system} for {days(still.length)}", [still.stopped]
    if still.returned:
        facts.append(still.returned)
    elif ledger.known:
        said += f" by {ledger.day(ledger.known)}"
    also, more = _money(axis) or _slipped(axis) or ("", [])
    return f"{said}{also}.", [*facts, *more]


def _money(axis: Axis) -> tuple[str, list[str]] | None:
    """Return when others helped with money, if they did while this axis runs."""
    assert axis.still
    money = axis.acts[axis.acts["act"].eq("money").fillna(False) & axis.acts["status"].isin(FIRM)]
    for fact, label in axis.ledger.facts.loc[money.index, "label"].items():
        length = timeline.length_from(axis.ledger, axis.still.stopped, fact)
        if length and length.shortest:
            is_over = axis.back is not None and axis.last(fact) > axis.back
            since = "after the stoppage began" if is_over else "into the stoppage"
            return f"; {_in_sentence(axis.ledger, label)} {days(length)} {since}", [fact]
    return None


def _in_sentence(ledger: Ledger, label: str) -> str:
    """Return a label as it stands inside a sentence: its first word is small where a source has it so."""
    first = re.split(r"\W", label, maxsplit=1)[0].lower()
    roles = (actor.role or "" for actor in ledger.case.actors.values())
    texts = " ".join([*ledger.facts["statement"], *ledger.evidence["quote"].dropna(), *roles])
    return label[0].lower() + label[1:] if re.search(rf"\b{re.escape(first)}\b", texts) else label


def _slipped(axis: Axis) -> tuple[str, list[str]] | None:
    """Return how often the day named for the return moved."""
    moves = len(recovery.forecasts(axis.ledger, *axis.thing)) - 1 if axis.thing else 0
    if moves < 1:
        return None
    return f"; the day named for the return moved {times(moves)}", [axis.told.index[0], axis.told.index[-1]]


def _of_phases(axis: Axis) -> tuple[str, list[str]]:
    first, last = axis.phases.iloc[0], axis.phases.iloc[-1]
    length = timeline.length_from(axis.ledger, first["fact"], last["fact"]) if len(axis.phases) > 1 else None
    if length and length.shortest:
        return f"It took {days(length)} from “{first['label']}” to “{last['label']}”.", [first["fact"], last["fact"]]
    return f"{first['label']} {on(first['date'])}.", [first["fact"]]


def _note(axis: Axis) -> str:
    dates = [*axis.phases["date"], *axis.ledger.facts.loc[axis.acts.index, "date"]]
    parts = [last_possible(dates)] if last_possible(dates) else []
    if (axis.told["last"].isna()).any():
        parts.append("Some days were named as “not before”: the earliest day, not a promised one.")
    return " ".join(parts)


def _table(axis: Axis) -> Table:
    """Return all that is drawn, with its day and its citation."""
    facts = axis.ledger.facts
    rows = [("Phase", row.label, row.date, row.fact) for row in axis.phases.itertuples()]
    rows += [("Day named", f"said {row['said_on']}", row["date"], fact) for fact, row in axis.told.iterrows()]
    rows += [("Act", facts.at[fact, "label"], facts.at[fact, "date"], fact) for fact in axis.acts.index]
    columns = {
        "Kind": [kind for kind, *_ in rows],
        "What": [f"{escaped(what)} {cited(fact)}" for _, what, _, fact in rows],
        "Date": [date for _, _, date, _ in rows],
    }
    return table("lead", "Phases, days named for the return, and acts", columns)


def _alt(axis: Axis) -> str:
    facts = axis.ledger.facts
    parts = [f"{label}: {date}." for label, date in zip(axis.phases["label"], axis.phases["date"], strict=True)]
    parts += [f"Said {row['said_on']}: back {row['date']}." for _, row in axis.told.iterrows()]
    parts += [f"{facts.at[fact, 'date']}: {facts.at[fact, 'label']}." for fact in axis.acts.index]
    return " ".join(parts)
