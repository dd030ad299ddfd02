"""Findings: durations, sums and counts that prose may insert, each with its range and the facts it rests on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache, partial

from casebound.analysis import conflicts, corroboration, lengths, recovery, unknowns
from casebound.analysis.costs import amounts
from casebound.facts.dates import edtf
from casebound.facts.dates.edtf import Length, When
from casebound.facts.ledger.ledger import Ledger
from casebound.facts.records.models import Case

__all__ = ["Finding", "finding", "findings"]
# What is counted in every case; the lengths and sums are those that a case asks for.
COUNTS = {
    "systems.restored": "How many of the systems and places stand at restored or normal, as we read the sources?",
    "questions.open": "To how many of the questions of the case is no answer recorded?",
    "facts.alone": "How many facts rest on one independent origin at most?",
    "facts.confirmed": "How many facts do independent origins confirm?",
    "facts.weak": "How many facts are doubtful, improbable or cannot be judged?",
    "matters.followed": "On how many matters at odds does the report follow one account?",
}


def __dir__() -> list[str]:
    return __all__


@dataclass(frozen=True)
class Finding:
    """A computed result: `text` as prose prints it, `low` and `high` in `unit`, and how it was reached.

    `name` is what prose inserts (`{stop.length}`), `asks` the question answered; `high` is None where it is open.
    """

    name: str
    asks: str
    text: str
    low: float
    high: float | None
    unit: str
    facts: tuple[str, ...]
    reason: str


def names(case: Case) -> list[str]:
    """Return the name of every finding that prose of a case may insert."""
    return [*case.lengths, *case.sums, *COUNTS]


def findings(ledger: Ledger) -> dict[str, Finding]:
    """Return every finding that the ledger supports, by name; one whose facts are missing is left out."""
    found = ((name, finding(ledger, name)) for name in names(ledger.case))
    return {name: result for name, result in found if result}


@lru_cache(maxsize=64)  # no more than a few ledgers' worth
def finding(ledger: Ledger, name: str) -> Finding | None:
    """Return a finding by its name, None where its facts are missing or there is no finding of this name.

    No other finding is worked out for it.
    """
    if name in COUNTS:
        return _count(ledger, name)
    return _sum(ledger, name) if name in ledger.case.sums else _duration(ledger, name)


def span(first: When, second: When) -> str:
    """Return how long it was from one date to another: in hours between moments less than two days apart, else in days.

    Two dates of one day that name no time are on the same day.
    """
    if first.moment and second.moment and (gone := second.moment - first.moment) < timedelta(days=2):
        hours, minutes = divmod(int(gone.total_seconds()) // 60, 60)
        parts = ((hours, "hour"), (minutes, "minute"))
        return " ".join(f"{number} {unit}{'s' * (number != 1)}" for number, unit in parts if number) or "at once"
    length = edtf.length_between(first, second)
    assert length  # asked only where the first does not lie behind the second
    return "the same day" if length == Length(0, 0) else days(length)


def days(length: Length) -> str:
    """Return a length in prose: `32 to 55 days`, `6 days`, `at least 32 days`."""
    if length.longest is None:
        return f"at least {length.shortest:,} days"
    if length.shortest == length.longest:
        return f"{length.shortest:,} day{'s' * (length.shortest != 1)}"
    return f"{length.shortest:,} to {length.longest:,} days"


def _duration(ledger: Ledger, name: str) -> Finding | None:
    """Return a finding in days, where both ends are known and the dates limit the length."""
    asked = lengths.asked(ledger).get(name)
    start, end = lengths.ends(ledger, asked) if asked else (None, None)
    length = edtf.length_between(start.when, end.when) if start and end else None
    if not asked or not start or not end or not length:
        return None
    if length.shortest == 0 and length.longest is None:  # "at least 0 days" says nothing
        return None
    begin, last = (ledger.printed(point.when).removeprefix("from ") for point in (start, end))
    reason = f"begins {begin}; ends {last}"
    facts = tuple(point.fact for point in (start, end) if point.fact)
    text = span(start.when, end.when)
    return Finding(name, asked.asks, text, length.shortest, length.longest, "days", facts, reason)


def _sum(ledger: Ledger, name: str) -> Finding | None:
    """Return the sum of figures that measure the same thing in several periods."""
    asked, figures = ledger.case.sums[name], amounts.figures(ledger)
    added = figures[figures.index.isin(asked.of)]
    if len(added) < 2 or added["period"].duplicated().any() or len(amounts.axes(added)) > 1:
        return None
    low, high, unit = added["low"].sum(), added["high"].sum(), added["unit"].iloc[0]
    amount = partial(amounts.amount, unit=unit, language=ledger.case.language)
    reason = " and ".join(f"{amount(row['low'], row['high'])} for {row['period']}" for _, row in added.iterrows())
    return Finding(name, asked.asks, amount(low, high), low, high, unit, tuple(added.index), reason)


def _count(ledger: Ledger, name: str) -> Finding | None:
    """Return a finding that counts something, where there is something to count."""
    number, among, what, facts = _COUNTED[name](ledger)
    if not among:
        return None
    unit = what.partition(" ")[0]
    return Finding(name, COUNTS[name], f"{number or 'none'} of {among}", number, number, unit, facts, what)


# How many there are, among how many, of what, and the facts on which that rests
Counted = tuple[int, int, str, tuple[str, ...]]


def _restored(ledger: Ledger) -> Counted:
    systems = recovery.systems(ledger)
    back = systems.loc[systems["state"].isin(("restored", "normal")), "fact"]
    what = "systems whose last known state is restored or normal"
    return len(back), len(systems), what, tuple(dict.fromkeys(back))


def _silent(ledger: Ledger) -> Counted:
    questions = unknowns.questions(ledger)
    silent = (questions["answered"] == "not answered").sum()
    return int(silent), len(questions), "questions to which no fact gives an answer", ()


def _alone(ledger: Ledger) -> Counted:
    facts = corroboration.corroboration(ledger)
    what = "facts for which one origin at most speaks, an attacker's word left out"
    return int((facts["origins"] <= 1).sum()), len(facts), what, ()


def _credible(digits: str, what: str, ledger: Ledger) -> Counted:
    facts = corroboration.corroboration(ledger)
    return int(facts["credibility"].isin(list(digits)).sum()), len(facts), what, ()


def _matters(ledger: Ledger) -> Counted:
    matters = conflicts.register(ledger)
    return sum(bool(matter.followed) for matter in matters), len(matters), "matters with a resolution", ()


_COUNTED: dict[str, Callable[[Ledger], Counted]] = {
    "systems.restored": _restored,
    "questions.open": _silent,
    "facts.alone": _alone,
    "facts.confirmed": partial(_credible, "1", "facts of credibility 1, confirmed"),
    "facts.weak": partial(_credible, "456", "facts of credibility 4, 5 or 6"),
    "matters.followed": _matters,
}
