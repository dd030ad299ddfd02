"""Findings: durations, sums and counts that prose may insert, each with its range and the facts it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache, partial

import pandas as pd

from casebound.analysis import conflicts, corroboration, costs, recovery, response, unknowns
from casebound.facts.dates import edtf
from casebound.facts.dates.edtf import Length, When
from casebound.facts.ledger.frames import AHEAD
from casebound.facts.ledger.ledger import Ledger

__all__ = ["Finding", "finding", "findings"]
# Each finding with the question that it answers; {start} is the disclosure where its day is known, else the attack.
FINDINGS = {
    "stop.at-publication": "How long had production been stopped when the newest source appeared?",
    "stop.until-planned": "How long would the stop have lasted by the first day that these sources name for its end?",
    "plan.ahead": "How far off was the first day that these sources name for production?",
    "stop.length": "How long did production stand still, until the first restart in these sources?",
    "stop.to-normal": "How long did it take from the stop until production was called normal?",
    "stop.at-article": "How long had production been stopped on the day of the article?",
    "attack.at-article": "How long before the article did the attack begin, or was it noticed?",
    "restart.slip": "How long after the first day that these sources name for it did production restart?",
    "help.money": "How long after {start} came the first financial help that these sources report?",
    "help.outcome": "How long after the announcement of help do these sources last report what became of it?",
    "data.admitted": "In these sources, how long after {start} was it said that data was affected?",
    "cost.booked": "What was booked as the cost of the attack in all?",
    "systems.restored": "How many of the systems and plants stand at restored or normal, as we read the sources?",
    "questions.open": "To how many of the questions of the case is no answer recorded?",
    "facts.alone": "How many facts rest on one independent origin at most?",
    "facts.confirmed": "How many facts do independent origins confirm?",
    "facts.weak": "How many facts are doubtful, improbable or cannot be judged?",
    "matters.followed": "On how many matters at odds does the report follow one account?",
}
_EARLIER = re.compile(
    r"\b(?:again|another|second|third|further|additional|earlier|previous|previously|renewed)\b", re.I
)
# a fact, the moment of a source, or a day that a fact names
_Point = str | datetime | tuple[str, date]


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


@lru_cache(maxsize=8)
def findings(ledger: Ledger) -> dict[str, Finding]:
    """Return every finding that the ledger supports, by name; one whose facts are missing is left out."""
    by_name = {result.name: result for result in (*_durations(ledger), *_booked(ledger), *_counts(ledger))}
    return {name: by_name[name] for name in FINDINGS if name in by_name}


def finding(ledger: Ledger, name: str) -> Finding | None:
    """Return a finding by its name, None where its facts are missing or there is no finding of this name."""
    return findings(ledger).get(name)


def days(length: Length) -> str:
    """Return a length in prose: `32 to 55 days`, `6 days`, `at least 32 days`."""
    if length.longest is None:
        return f"at least {length.shortest:,} days"
    if length.shortest == length.longest:
        return f"{length.shortest:,} day{'s' * (length.shortest != 1)}"
    return f"{length.shortest:,} to {length.longest:,} days"


def _durations(ledger: Ledger) -> Iterator[Finding]:
    """Yield the findings in days, each where both points are known and the dates limit the length."""
    start = response.counted_from(ledger)
    counted_from = "the disclosure" if start and start == ledger.case.disclosure else "the attack"
    for name, points in _points(ledger).items():
        known = [point for point in points if point is not None]
        if len(known) < 2:
            continue
        first, second = (_when(ledger, point) for point in known)
        length = edtf.length_between(first, second)
        if length is None or (length.shortest == 0 and length.longest is None):  # "at least 0 days" says nothing
            continue
        begin, asks = ledger.printed(first), FINDINGS[name].format(start=counted_from)
        reason = f"from {'a day ' * begin.startswith('between')}{begin} to {ledger.printed(second)}"
        facts = tuple(
            point[0] if isinstance(point, tuple) else point for point in known if not isinstance(point, datetime)
        )
        yield Finding(name, asks, days(length), length.shortest, length.longest, "days", facts, reason)


def _when(ledger: Ledger, point: _Point) -> When:
    if isinstance(point, tuple):
        return edtf.parse(point[1].isoformat())
    return ledger.dated(point) if isinstance(point, datetime) else ledger.when(point)


def _points(ledger: Ledger) -> dict[str, tuple[_Point | None, _Point | None]]:
    """Return the two points of each duration, None for a point that is not known or does not apply."""
    moments = ledger.known, ledger.sources["available"].get(ledger.case.seed)
    newest, article = (None if moment is None or pd.isna(moment) else moment for moment in moments)
    stop, attack, opener = (ledger.openers.get(phase) for phase in ("stoppage", "attack", "production"))
    restart, start = recovery.restart(ledger), response.counted_from(ledger)
    plan = opener if opener and ledger.facts.at[opener, "status"] in AHEAD else None
    at_newest, at_article = (
        stop if day and recovery.stood_still(ledger, day.date()) else None for day in (newest, article)
    )
    forecasts, outcomes = recovery.forecasts(ledger), response.outcomes(ledger)
    forecast = (forecasts.index[0], forecasts["target"].iloc[0].date()) if len(forecasts) else None
    if forecast and _tells_of_earlier(ledger, forecast[0]):
        forecast = None
    announced, outcome = outcomes[["announced", "fact"]].iloc[-1] if len(outcomes) else (None, None)
    states = recovery.states(ledger).sort_values("latest", kind="stable")
    normal = states[(states["thing"] == ledger.terms.label("system", "production")) & (states["state"] == "normal")]
    money = response.first_money(ledger, start) if start else None
    if money and _tells_of_earlier(ledger, money):
        money = None
    return {
        "stop.at-publication": (None if restart else at_newest, newest),
        "stop.until-planned": (stop, plan),
        "plan.ahead": (newest, plan),
        "stop.length": (stop, restart),
        "stop.to-normal": (stop, next(iter(normal["fact"]), None)),
        "stop.at-article": (at_article, article),
        "attack.at-article": (attack, article),
        "restart.slip": (forecast, restart),
        "help.money": (start, money),
        "help.outcome": (announced, outcome),
        "data.admitted": (start, _admission(ledger)),
    }


def _tells_of_earlier(ledger: Ledger, fact: str) -> bool:
    """Tell whether a source of what came first tells of one before it, as in *a further loan* or *again put off*."""
    pieces = ledger.supports[ledger.supports["fact"] == fact]
    words = pieces[["quote", "says"]].fillna("").agg(" ".join, axis=1)
    return bool(words.str.contains(_EARLIER, regex=True).any())


def _admission(ledger: Ledger) -> str | None:
    """Return the first fact that says that data was affected where an earlier one denied or did not confirm it."""
    exposed = ledger.answers.loc[ledger.answers["question"] == "data-taken", "fact"]
    steps = ledger.supersessions[ledger.supersessions[["old", "new"]].isin(set(exposed)).all(axis=1)]
    before, after = (steps[end].map(ledger.facts["status"]).isin(("denied", "unconfirmed")) for end in ("old", "new"))
    return next(iter(steps.loc[before & ~after, "new"]), None)


def _booked(ledger: Ledger) -> Iterator[Finding]:
    """Yield the sum of what was booked as the cost of the attack in several periods."""
    answers = ledger.answers.loc[ledger.answers["question"] == "booked-cost", "fact"]
    figures = costs.figures(ledger)
    figures = figures[figures.index.isin(answers)]
    if len(figures) < 2 or figures["period"].duplicated().any() or len(costs.axes(figures)) > 1:
        return
    low, high, unit = figures["low"].sum(), figures["high"].sum(), figures["unit"].iloc[0]
    amount = partial(costs.amount, unit=unit, language=ledger.case.language)
    reason = " and ".join(f"{amount(row['low'], row['high'])} for {row['period']}" for _, row in figures.iterrows())
    name = "cost.booked"
    yield Finding(name, FINDINGS[name], amount(low, high), low, high, unit, tuple(figures.index), reason)


def _counts(ledger: Ledger) -> Iterator[Finding]:
    """Yield the findings that count something, each where there is something to count."""
    systems, matters = recovery.systems(ledger), conflicts.register(ledger)
    back = systems.loc[systems["state"].isin(("restored", "normal")), "fact"]
    questions = unknowns.questions(ledger)
    silent = questions[questions["answered"] == "not answered"]
    facts = corroboration.corroboration(ledger)
    alone, confirmed = facts["origins"] <= 1, facts["credibility"] == "1"
    counts = {
        "systems.restored": (back, systems, "systems whose last known state is restored or normal"),
        "questions.open": (silent, questions, "questions to which no fact gives an answer"),
        "facts.alone": (facts[alone], facts, "facts for which one origin at most speaks, an attacker's word left out"),
        "facts.confirmed": (facts[confirmed], facts, "facts of credibility 1, confirmed"),
        "facts.weak": (facts[facts["credibility"].isin(list("456"))], facts, "facts of credibility 4, 5 or 6"),
        "matters.followed": ([matter for matter in matters if matter.followed], matters, "matters with a resolution"),
    }
    for name, (counted, among, what) in counts.items():
        if len(among):
            rests_on = tuple(dict.fromkeys(back)) if name == "systems.restored" else ()
            number, unit = len(counted), what.partition(" ")[0]
            text = f"{number or 'none'} of {len(among)}"
            yield Finding(name, FINDINGS[name], text, number, number, unit, rests_on, what)
