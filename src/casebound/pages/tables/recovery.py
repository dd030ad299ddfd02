"""Tables of the recovery: the states of systems, and forecasts."""

from __future__ import annotations

from casebound.analysis import corroboration, recovery
from casebound.facts.ledger.ledger import Ledger
from casebound.pages.display import Table
from casebound.pages.markup import cited, escaped
from casebound.pages.tables.shared import NOT_STATED, audience, counted, labels, named, statements, table


def steps(ledger: Ledger) -> Table:
    """Return every state of each system or plant, in order, with the fact that gives it first."""
    steps = recovery.steps(ledger)
    columns = {
        "System": steps["thing"],
        "State": labels(ledger, "state", steps["state"]),
        "Date": steps["date"],
        "What is said": statements(ledger, steps["fact"]),
    }
    return table("steps", "The states of each system and plant, in order", columns)


def forecasts(ledger: Ledger) -> Table:
    """Return the forecasts of the restart of production in order: when, to whom and by whom, and in which sources."""
    forecasts = recovery.forecasts(ledger)
    columns = {
        "Said on": forecasts["said_on"].str.removeprefix("on "),
        "Day named": forecasts["date"],
        "Told to": [audience(ledger, parties) or NOT_STATED for parties in forecasts["told_to"]],
        "By whom": [_forecaster(ledger, fact) for fact in forecasts.index],
        "Sources": [f"{escaped(corroboration.sources(ledger, fact))} {cited(fact)}" for fact in forecasts.index],
    }
    came = recovery.restart(ledger)
    notes = [f"Production restarted: {ledger.facts.at[came, 'date']} {cited(came)}."] if came else []
    if again := int(forecasts["repeated"].sum()):
        notes.append(
            f"Left out: {counted(again, 'statement')} that {'repeats' if again == 1 else 'repeat'} the day before."
        )
    caption = "What was said on when production could return, and to whom"
    none = "no fact that this report follows is recorded as a statement on when production could return"
    return table("forecasts", caption, columns, " ".join(notes) or None, none=none)


def _forecaster(ledger: Ledger, fact: str) -> str:
    """Return who made a forecast: the actor, or else the speakers; marked where only reporters say so."""
    speakers, actor = named(ledger, fact), ledger.record(fact).actor
    if actor is None:
        return escaped(" and ".join(speakers)) or NOT_STATED
    name = escaped(ledger.case.actors[actor].name)
    return name if speakers else f"{name}, as reported"
