"""Tables of the recovery: the states of systems, and forecasts."""

from __future__ import annotations

import pandas as pd

from casebound.analysis import corroboration, recovery
from casebound.facts.ledger.ledger import Ledger
from casebound.pages.display import Table
from casebound.pages.markup import cited, escaped
from casebound.pages.tables.shared import NOT_RECORDED, audience, counted, labels, named, statements, table


def steps(ledger: Ledger) -> Table:
    """Return every state of each system, as a whole or in a place, with the fact that gives it first."""
    steps = recovery.steps(ledger)
    columns = {
        "System": steps["thing"],
        "State": labels(ledger, "state", steps["state"]),
        "Date": steps["date"],
        "What is said": statements(ledger, steps["fact"]),
    }
    return table("steps", "Each system’s states, in order", columns)


def forecasts(ledger: Ledger) -> Table:
    """Return the forecasts of each system's return in order: when, to whom and by whom, and in which sources.

    Filled by `system` and `forecast`.
    """
    things = recovery.forecast(ledger)
    by_thing = {thing: recovery.forecasts(ledger, *thing) for thing in things}
    of_thing = [recovery.named(ledger, *thing) for thing, forecasts in by_thing.items() for _ in forecasts.index]
    told = pd.concat(by_thing.values()) if things else recovery.forecasts(ledger, "")
    columns = {
        "System": of_thing,
        "Said on": told["said_on"].str.removeprefix("on "),
        "Day named": told["date"],
        "Told to": [audience(ledger, parties) or NOT_RECORDED for parties in told["told_to"]],
        "By whom": [_forecaster(ledger, fact) for fact in told.index],
        "Sources": [f"{escaped(corroboration.sources(ledger, fact))} {cited(fact)}" for fact in told.index],
    }
    if len(things) == 1:
        del columns["System"]
    returns = {recovery.named(ledger, *thing): recovery.foretold(ledger, *thing) for thing in things}
    notes = [
        f"What came: {escaped(name)}, “{state_of(ledger, came)}”, {ledger.facts.at[came, 'date']} {cited(came)}."
        for name, came in returns.items()
        if came
    ]
    if again := int(told["repeated"].sum()):
        notes.append(
            f"Left out: {counted(again, 'statement')} that {'repeats' if again == 1 else 'repeat'} a day already named."
        )
    caption = f"The dates given for the return of {what_of(ledger)}, and to whom"
    none = "no fact that this report follows is recorded as a statement on when a system could be back"
    return table("forecasts", caption, columns, " ".join(notes) or None, none=none)


def what_of(ledger: Ledger) -> str:
    """Return what the forecasts of this report are of: the system if it is one, else that there are several."""
    things = recovery.forecast(ledger)
    return f"“{recovery.named(ledger, *things[0])}”" if len(things) == 1 else "each system"


def state_of(ledger: Ledger, fact: str) -> str:
    """Return the label of the state that a fact gives."""
    return ledger.terms.label("state", ledger.facts.at[fact, "state"])


def _forecaster(ledger: Ledger, fact: str) -> str:
    """Return who made a forecast: the actor, or else the speakers; marked where only reporters say so."""
    speakers, actor = named(ledger, fact), ledger.record(fact).actor
    if actor is None:
        return escaped(" and ".join(speakers) or corroboration.sources(ledger, fact))
    name = escaped(ledger.case.actors[actor].name)
    return name if speakers else f"{name}, as reported"
