"""Tables of the recovery: the states of systems, and forecasts."""

from __future__ import annotations

import pandas as pd

from casebound.analysis import corroboration, recovery
from casebound.facts.ledger.ledger import Ledger
from casebound.pages.display import Table
from casebound.pages.markup import cited, escaped
from casebound.pages.tables.shared import NOT_STATED, audience, counted, inside, labels, named, statements, table


def steps(ledger: Ledger) -> Table:
    """Return every state of each system, as a whole or in a place, with the fact that gives it first."""
    steps = recovery.steps(ledger)
    columns = {
        "System": steps["thing"],
        "State": labels(ledger, "state", steps["state"]),
        "Date": steps["date"],
        "What is said": statements(ledger, steps["fact"]),
    }
    return table("steps", "The states of each system, in order", columns)


def forecasts(ledger: Ledger) -> Table:
    """Return the forecasts of each system's return in order: when, to whom and by whom, and in which sources."""
    by_system = {system: recovery.forecasts(ledger, system) for system in recovery.forecast_systems(ledger)}
    of_system = [system for system, forecasts in by_system.items() for _ in forecasts.index]
    told = pd.concat(by_system.values()) if by_system else recovery.forecasts(ledger, "")
    columns = {
        "System": labels(ledger, "system", of_system),
        "Said on": told["said_on"].str.removeprefix("on "),
        "Day named": told["date"],
        "Told to": [audience(ledger, parties) or NOT_STATED for parties in told["told_to"]],
        "By whom": [_forecaster(ledger, fact) for fact in told.index],
        "Sources": [f"{escaped(corroboration.sources(ledger, fact))} {cited(fact)}" for fact in told.index],
    }
    if len(by_system) == 1:
        del columns["System"]
    notes = [
        f"{ledger.terms.label('system', system)}: began to work again {ledger.facts.at[came, 'date']} {cited(came)}."
        for system in by_system
        if (came := recovery.returned(ledger, system))
    ]
    if again := int(told["repeated"].sum()):
        notes.append(
            f"Left out: {counted(again, 'statement')} that {'repeats' if again == 1 else 'repeat'} the day before."
        )
    caption = f"What was said on when {what_of(ledger)} could be back, and to whom"
    return table("forecasts", caption, columns, " ".join(notes) or None)


def what_of(ledger: Ledger) -> str:
    """Return what a forecast in this report is of: the system if it is one, else that there are several."""
    systems = recovery.forecast_systems(ledger)
    return inside(ledger.terms.label("system", systems[0])) if len(systems) == 1 else "each system"


def _forecaster(ledger: Ledger, fact: str) -> str:
    """Return who made a forecast: the actor, or else the speakers; marked where only reporters say so."""
    speakers, actor = named(ledger, fact), ledger.record(fact).actor
    if actor is None:
        return escaped(" and ".join(speakers)) or NOT_STATED
    name = escaped(ledger.case.actors[actor].name)
    return name if speakers else f"{name}, as reported"
