"""Findings: durations and counts that prose may insert, each with its range and the facts it rests on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from casebound.analysis import recovery, response, timeline, unknowns
from casebound.facts import dates
from casebound.facts.dates import Length, When
from casebound.facts.ledger import Ledger


@dataclass(frozen=True)
class Finding:
    """A computed result: `text` as prose prints it, `low` and `high` in `unit`, and how it was reached."""

    name: str
    asks: str
    text: str
    low: float
    high: float | None
    unit: str
    facts: tuple[str, ...]
    reason: str


def findings(ledger: Ledger) -> dict[str, Finding]:
    """Return every finding that the ledger supports, by name; one whose facts are missing is left out."""
    found = [compute(ledger) for compute in _FINDINGS]
    return {finding.name: finding for finding in found if finding is not None}


def days(length: Length) -> str:
    """Return a length in prose: `32 to 55 days`, `6 days`, `at least 32 days`."""
    if length.longest is None:
        return f"at least {length.shortest:,} days"
    if length.shortest == length.longest:
        return f"{length.shortest:,} day{'s' * (length.shortest != 1)}"
    return f"{length.shortest:,} to {length.longest:,} days"


def _duration(name: str, asks: str, first: When, second: When, facts: tuple[str, ...], reason: str) -> Finding | None:
    length = timeline.length(first, second)
    if length is None:
        return None
    return Finding(name, asks, days(length), length.shortest, length.longest, "days", facts, reason)


def _planned(ledger: Ledger) -> str | None:
    """Return the plan for production to come back, None where there is none or it has come."""
    opener = timeline.opener(ledger, "production")
    return opener if opener and ledger.facts.at[opener, "status"] == "planned" else None


def stop_at_publication(ledger: Ledger) -> Finding | None:
    """Return how long production had been stopped when the newest source appeared."""
    stop, restart = timeline.opener(ledger, "stoppage"), timeline.opener(ledger, "production")
    if stop is None or (restart and ledger.facts.at[restart, "firm"]):
        return None
    first, second = ledger.when(stop), timeline.as_day(ledger.known.date())
    reason = f"from the stop ({dates.readable(first)}) to the newest source ({dates.readable(second)})"
    asks = "How long had production been stopped when the newest source appeared?"
    return _duration("stop.at-publication", asks, first, second, (stop,), reason)


def stop_until_planned(ledger: Ledger) -> Finding | None:
    """Return how long production would have been stopped by the first day named for its return."""
    stop, plan = timeline.opener(ledger, "stoppage"), _planned(ledger)
    if stop is None or plan is None:
        return None
    first, second = ledger.when(stop), ledger.when(plan)
    reason = f"from the stop ({dates.readable(first)}) to the first day named for production ({dates.readable(second)})"
    asks = "How long would the stop have lasted by the first day named for production?"
    return _duration("stop.until-planned", asks, first, second, (stop, plan), reason)


def publication_to_planned(ledger: Ledger) -> Finding | None:
    """Return how far off the first day named for production was when the newest source appeared."""
    plan = _planned(ledger)
    if plan is None:
        return None
    first, second = timeline.as_day(ledger.known.date()), ledger.when(plan)
    reason = f"from the newest source ({dates.readable(first)}) to {dates.readable(second)}"
    asks = "How far off was the first day named for production?"
    return _duration("plan.ahead", asks, first, second, (plan,), reason)


def first_government_act(ledger: Ledger) -> Finding | None:
    """Return how long after the attack the first act of the government that is reported as done came."""
    start = timeline.opener(ledger, "attack")
    acts = response.lags(ledger)
    acts = acts[(acts["kind"] == "done") & acts["longest"].notna()]
    if start is None or not len(acts):
        return None
    act = acts.index[0]
    first, second = ledger.when(start), ledger.when(act)
    reason = f"from the start of the attack ({dates.readable(first)}) to the act ({dates.readable(second)})"
    return _duration(
        "help.first-act",
        "How long after the attack came the first act of the Government that is reported as done?",
        first,
        second,
        (start, act),
        reason,
    )


def systems_back(ledger: Ledger) -> Finding | None:
    """Return how many of the systems named in the sources were fully restored."""
    systems = recovery.systems(ledger)
    if not len(systems):
        return None
    back = systems[systems["state"] == "restored"]
    text, facts = f"{len(back)} of {len(systems)}", tuple(back["fact"])
    asks = "How many of the systems that the sources follow were restored?"
    return Finding(
        "systems.restored",
        asks,
        text,
        len(back),
        len(back),
        "systems",
        facts,
        "systems whose last known state is restored",
    )


def questions_open(ledger: Ledger) -> Finding | None:
    """Return how many of the case's questions no fact of the ledger answers."""
    questions = unknowns.questions(ledger)
    silent = questions[questions["answered"] == "not answered"]
    text = f"{len(silent)} of {len(questions)}"
    asks = "How many of the questions of the case does no source answer?"
    return Finding(
        "questions.open",
        asks,
        text,
        len(silent),
        len(silent),
        "questions",
        (),
        "questions to which no fact gives an answer",
    )


_FINDINGS: tuple[Callable[[Ledger], Finding | None], ...] = (
    stop_at_publication,
    stop_until_planned,
    publication_to_planned,
    first_government_act,
    systems_back,
    questions_open,
)
