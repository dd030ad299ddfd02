"""Findings: durations, sums and counts that prose may insert, each with its range and the facts it rests on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import pandas as pd

from casebound.analysis import conflicts, corroboration, costs, recovery, response, timeline, unknowns
from casebound.facts.dates import edtf
from casebound.facts.dates.edtf import Length, When
from casebound.facts.ledger.ledger import Ledger


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
    return {name: found for name in FINDINGS if (found := finding(ledger, name)) is not None}


@lru_cache(maxsize=512)
def finding(ledger: Ledger, name: str) -> Finding | None:
    """Return a finding by its name, None where its facts are missing or there is no finding of this name."""
    return FINDINGS[name](ledger) if name in FINDINGS else None


def days(length: Length) -> str:
    """Return a length in prose: `32 to 55 days`, `6 days`, `at least 32 days`."""
    if length.longest is None:
        return f"at least {length.shortest:,} days"
    if length.shortest == length.longest:
        return f"{length.shortest:,} day{'s' * (length.shortest != 1)}"
    return f"{length.shortest:,} to {length.longest:,} days"


def _duration(name: str, asks: str, first: When, second: When, facts: tuple[str, ...]) -> Finding | None:
    length = timeline.length(first, second)
    if length is None or (length.shortest == 0 and length.longest is None):  # "at least 0 days" says nothing
        return None
    reason = f"from {_from(first)} to {edtf.readable(second)}"
    return Finding(name, asks, days(length), length.shortest, length.longest, "days", facts, reason)


def _from(when: When) -> str:
    return "a day " + words if (words := edtf.readable(when)).startswith("between") else words


def _between(ledger: Ledger, name: str, asks: str, first: str | None, second: str | None) -> Finding | None:
    """Return the days from one fact to another, None where one of them is missing."""
    if first is None or second is None:
        return None
    return _duration(name, asks, ledger.when(first), ledger.when(second), (first, second))


def _count(name: str, asks: str, counted: int, of: int, unit: str, reason: str, facts: tuple[str, ...] = ()) -> Finding:
    return Finding(name, asks, f"{counted or 'none'} of {of}", counted, counted, unit, facts, reason)


def _stop(ledger: Ledger) -> str | None:
    return timeline.opener(ledger, "stoppage")


def _planned(ledger: Ledger) -> str | None:
    """Return the plan for production to come back, None where there is none or it has come."""
    opener = timeline.opener(ledger, "production")
    return opener if opener and ledger.facts.at[opener, "status"] == "planned" else None


def stop_at_publication(ledger: Ledger) -> Finding | None:
    """Return how long production had been stopped when the newest source appeared, if it surely still was."""
    stop, known = _stop(ledger), ledger.known
    if stop is None or known is None or recovery.restart(ledger) or not recovery.stood_still(ledger, known.date()):
        return None
    asks = "How long had production been stopped when the newest source appeared?"
    return _duration("stop.at-publication", asks, ledger.when(stop), timeline.as_day(known.date()), (stop,))


def stop_until_planned(ledger: Ledger) -> Finding | None:
    """Return how long production would have been stopped by the first day named for its return."""
    asks = "How long would the stop have lasted by the first day named for production?"
    return _between(ledger, "stop.until-planned", asks, _stop(ledger), _planned(ledger))


def publication_to_planned(ledger: Ledger) -> Finding | None:
    """Return how far off the first day named for production was when the newest source appeared."""
    plan, known = _planned(ledger), ledger.known
    if plan is None or known is None:
        return None
    asks = "How far off was the first day named for production?"
    return _duration("plan.ahead", asks, timeline.as_day(known.date()), ledger.when(plan), (plan,))


def stop_length(ledger: Ledger) -> Finding | None:
    """Return how long production stood still, from the stop to the first restart."""
    asks = "How long did production stand still, until the first of it restarted?"
    return _between(ledger, "stop.length", asks, _stop(ledger), recovery.restart(ledger))


def stop_to_normal(ledger: Ledger) -> Finding | None:
    """Return how long it took from the stop until the company called production normal."""
    states = recovery.states(ledger).sort_values("latest", kind="stable")
    normal = states[(states["thing"] == ledger.terms.label("system", "production")) & (states["state"] == "normal")]
    asks = "How long did it take from the stop until production was called normal?"
    return _between(ledger, "stop.to-normal", asks, _stop(ledger), normal["fact"].iloc[0] if len(normal) else None)


def stop_at_seed(ledger: Ledger) -> Finding | None:
    """Return how long production had been stopped when the seed appeared, if it surely still was."""
    asks = "How long had production been stopped on the day of the article?"
    day = _seed_day(ledger)
    stop = _stop(ledger) if day and recovery.stood_still(ledger, day) else None
    return _until_seed(ledger, "stop.at-article", asks, stop)


def attack_at_seed(ledger: Ledger) -> Finding | None:
    """Return how long it was from the attack to the article from which the study starts."""
    asks = "How long before the article did the attack begin, or was it noticed?"
    return _until_seed(ledger, "attack.at-article", asks, timeline.opener(ledger, "attack"))


def _until_seed(ledger: Ledger, name: str, asks: str, start: str | None) -> Finding | None:
    day = _seed_day(ledger)
    if start is None or day is None:
        return None
    return _duration(name, asks, ledger.when(start), timeline.as_day(day), (start,))


def _seed_day(ledger: Ledger) -> date | None:
    """Return the day of the article from which the study starts, None where the ledger has none with a known day."""
    available = ledger.sources["available"].get(ledger.case.seed)
    return None if available is None or pd.isna(available) else available.date()


def forecast_slip(ledger: Ledger) -> Finding | None:
    """Return how long after the first day held out for production it restarted."""
    forecasts, came = recovery.forecasts(ledger), recovery.restart(ledger)
    if not len(forecasts) or came is None:
        return None
    asks = "How long after the first day held out for it, in these sources, did production restart?"
    first = forecasts.index[0]
    target = timeline.as_day(forecasts.at[first, "target"].date())
    return _duration("restart.slip", asks, target, ledger.when(came), (first, came))


def first_money(ledger: Ledger) -> Finding | None:
    """Return how long after the disclosure (or the attack) came the first financial help that these sources report."""
    acts = response.lags(ledger)
    acts = acts[(acts["help"] == "money") & (acts["kind"] == "done") & acts["longest"].notna()]
    asks = f"How long after {_counted_from(ledger)} came the first financial help that these sources report?"
    start = response.counted_from(ledger)
    return _between(ledger, "help.money", asks, start, acts.index[0] if len(acts) else None)


def _counted_from(ledger: Ledger) -> str:
    """Return from what help and admissions are counted, in words."""
    start = response.counted_from(ledger)
    return "the disclosure" if start and start == ledger.case.disclosure else "the attack"


def help_unused(ledger: Ledger) -> Finding | None:
    """Return how long after its announcement these sources last report what became of the help."""
    told = response.outcomes(ledger)
    asks = "How long after the announcement of help do these sources last report what became of it?"
    if not len(told):
        return None
    last = told.iloc[-1]
    return _between(ledger, "help.outcome", asks, last["announced"], last["fact"])


def data_admitted(ledger: Ledger) -> Finding | None:
    """Return how long after the disclosure (or the attack) it was said that data was affected, if denied before."""
    exposed = set(ledger.answers.loc[ledger.answers["question"] == "data-taken", "fact"])
    steps = ledger.supersessions[ledger.supersessions["old"].isin(exposed) & ledger.supersessions["new"].isin(exposed)]
    denied = steps[steps["old"].map(ledger.facts["status"]).isin(("denied", "unconfirmed"))]
    denied = denied[~denied["new"].map(ledger.facts["status"]).isin(("denied", "unconfirmed"))]
    asks = f"How long after {_counted_from(ledger)} was it said, by these sources, that data was affected?"
    first = denied["new"].iloc[0] if len(denied) else None
    return _between(ledger, "data.admitted", asks, response.counted_from(ledger), first)


def booked(ledger: Ledger) -> Finding | None:
    """Return the sum of what was booked as the cost of the attack in several periods."""
    answers = ledger.answers.loc[ledger.answers["question"] == "booked-cost", "fact"]
    figures = costs.figures(ledger)
    figures = figures.loc[[fact for fact in figures.index if fact in set(answers)]]
    if len(figures) < 2 or figures["period"].duplicated().any() or len(costs.axes(figures)) > 1:
        return None
    one = costs.on_one_axis(figures)
    low, high, unit = one["low"].sum(), one["high"].sum(), one["unit"].iloc[0]
    language = ledger.case.language
    amounts = [costs.amount(row["low"], row["high"], unit, language=language) for _, row in one.iterrows()]
    reason = " and ".join(f"{amount} for {period}" for amount, period in zip(amounts, one["period"], strict=True))
    asks = "What was booked as the cost of the attack in all?"
    text = costs.amount(low, high, unit, language=language)
    return Finding("cost.booked", asks, text, low, high, unit, tuple(one.index), reason)


def systems_back(ledger: Ledger) -> Finding | None:
    """Return how many of the systems named in the sources were fully restored."""
    systems = recovery.systems(ledger)
    if not len(systems):
        return None
    back = systems[systems["state"].isin(("restored", "normal"))]
    asks = "How many of the systems and plants stand at restored or normal, as we read the sources?"
    facts = tuple(dict.fromkeys(back["fact"]))
    reason = "systems whose last known state is restored or normal"
    return _count("systems.restored", asks, len(back), len(systems), "systems", reason, facts)


def questions_open(ledger: Ledger) -> Finding | None:
    """Return how many of the case's questions no fact of the ledger answers."""
    answered = unknowns.questions(ledger)["answered"]
    asks = "To how many of the questions of the case is no answer recorded?"
    reason = "questions to which no fact gives an answer"
    return _count("questions.open", asks, (answered == "not answered").sum(), len(answered), "questions", reason)


def facts_alone(ledger: Ledger) -> Finding | None:
    """Return how many facts rest on one origin only."""
    origins = ledger.facts["origins"]
    asks = "How many facts rest on one independent origin at most?"
    reason = "facts for which one origin at most speaks, an attacker's word left out"
    return _count("facts.alone", asks, (origins <= 1).sum(), len(origins), "facts", reason)


def facts_confirmed(ledger: Ledger) -> Finding:
    """Return how many facts reach the first digit of credibility: two origins, and nothing said against them."""
    reason = "facts of credibility 1, confirmed"
    return _credible(ledger, "facts.confirmed", "How many facts do independent origins confirm?", "1", reason)


def facts_weak(ledger: Ledger) -> Finding:
    """Return how many facts are doubtful, improbable or cannot be judged."""
    asks = "How many facts are doubtful, improbable or cannot be judged?"
    return _credible(ledger, "facts.weak", asks, "456", "facts of credibility 4, 5 or 6")


def _credible(ledger: Ledger, name: str, asks: str, digits: str, reason: str) -> Finding:
    found = corroboration.corroboration(ledger)["credibility"]
    return _count(name, asks, int(found.isin(list(digits)).sum()), len(found), "facts", reason)


def matters_disputed(ledger: Ledger) -> Finding | None:
    """Return on how many matters the sources are at odds, and for how many of them a resolution is given."""
    register = conflicts.register(ledger)
    if not register:
        return None
    asks = "On how many matters at odds does the report follow one account?"
    followed = sum(1 for one in register if one.followed)
    return _count("matters.followed", asks, followed, len(register), "matters", "matters with a resolution")


FINDINGS: dict[str, Callable[[Ledger], Finding | None]] = {
    "stop.at-publication": stop_at_publication,
    "stop.until-planned": stop_until_planned,
    "plan.ahead": publication_to_planned,
    "stop.length": stop_length,
    "stop.to-normal": stop_to_normal,
    "stop.at-article": stop_at_seed,
    "attack.at-article": attack_at_seed,
    "restart.slip": forecast_slip,
    "help.money": first_money,
    "help.outcome": help_unused,
    "data.admitted": data_admitted,
    "cost.booked": booked,
    "systems.restored": systems_back,
    "questions.open": questions_open,
    "facts.alone": facts_alone,
    "facts.confirmed": facts_confirmed,
    "facts.weak": facts_weak,
    "matters.followed": matters_disputed,
}
