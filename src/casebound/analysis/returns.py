"""Returns: how each system and place came back, step by step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from casebound.analysis import recovery
from casebound.facts.dates import edtf
from casebound.facts.ledger.ledger import Ledger


@dataclass(frozen=True)
class Step:
    """A state of a system, the fact that gives it, and its step on the ladder."""

    fact: str
    state: str
    rung: int
    latest: pd.Timestamp


@dataclass(frozen=True)
class Row:
    """How a system came back, as a whole or in places that share every step; `steps` in order of date.

    `whole` is the step by which the whole system was restored, where the places' own words end before that.
    """

    system: str
    places: tuple[str, ...]
    steps: tuple[Step, ...]
    came: Step | None
    whole: Step | None = None


@dataclass(frozen=True)
class Returns:
    """The rows, those that came back first on top, those not known to be back at the foot.

    `within` are systems with a place of which no return of its own is recorded: it stands in the whole system's row;
    `untouched` those that worked as before when a source first spoke of them.
    """

    rows: tuple[Row, ...]
    within: tuple[tuple[str, str], ...]
    untouched: tuple[str, ...]


def returns(ledger: Ledger) -> Returns:
    """Return how each system and place came back; a place whose return nobody reports stands for no row of its own.

    A place of which no source says that it stood still takes that from the system as a whole.
    """
    rows: list[Row] = []
    within: list[tuple[str, str]] = []
    untouched: list[str] = []
    steps = recovery.steps(ledger)
    for system, of_it in steps.groupby("system", sort=False):
        things = {at: known for at, table in of_it.groupby("at", sort=False) if (known := _steps(table))}
        idle = [at for at, known in things.items() if all(step.state == "normal" for step in known)]
        untouched += [recovery.named(ledger, system, at) for at in idle]
        things = {at: known for at, known in things.items() if at not in idle}
        whole, places = things.pop("", ()), things
        back = {at: known for at, known in places.items() if _came(ledger, known)}
        stands = bool(whole) and (bool(_came(ledger, whole)) or not back)
        if stands:
            rows.append(Row(system, (), whole, _came(ledger, whole)))
        later = {
            at: known for at, known in places.items() if at in back or not stands or _is_later(ledger, known, whole)
        }
        within += [(system, at) for at in places if at not in later]
        rows += _of_places(ledger, system, later, whole)
    rows.sort(key=lambda row: (row.came.latest if row.came else pd.Timestamp.max, -row.steps[-1].rung))
    return Returns(tuple(rows), tuple(within), tuple(untouched))


def _steps(table: pd.DataFrame) -> tuple[Step, ...]:
    """Return the dated steps of a thing in order."""
    kept = table[table["latest"].notna()].sort_values(["latest", "rung"], kind="stable")
    return tuple(Step(row.fact, row.state, row.rung, row.latest) for row in kept.itertuples())


def _came(ledger: Ledger, steps: tuple[Step, ...]) -> Step | None:
    """Return the first step by which a thing works again, at least in part."""
    resuming = ledger.terms.rung("resuming")
    return next((step for step in steps if step.rung >= resuming and ledger.facts.at[step.fact, "firm"]), None)


def _is_later(ledger: Ledger, steps: tuple[Step, ...], whole: tuple[Step, ...]) -> bool:
    """Tell whether a place was surely down after the whole system had come back."""
    came = _came(ledger, whole)
    return came is not None and edtf.is_before(ledger.when(came.fact), ledger.when(steps[-1].fact))


def _of_places(
    ledger: Ledger, system: str, places: dict[str, tuple[Step, ...]], whole: tuple[Step, ...]
) -> Iterator[Row]:
    """Yield the rows of places, one for all those that share every step."""
    alike: dict[tuple[Step, ...], list[str]] = {}
    for at, steps in places.items():
        alike.setdefault(steps, []).append(at)
    resuming, restored = (ledger.terms.rung(state) for state in ("resuming", "restored"))
    for steps, of_it in alike.items():
        came = _came(ledger, steps)
        down = (
            ()
            if any(step.rung < resuming for step in steps)
            else tuple(step for step in whole if step.rung < resuming and came and step.latest <= came.latest)
        )
        ended = next((step for step in whole if step.rung >= restored and step.latest >= steps[-1].latest), None)
        is_open = steps[-1].rung < restored
        yield Row(system, tuple(of_it), down + steps, came, ended if is_open else None)
