"""Tables of the recovery: systems and forecasts."""

from __future__ import annotations

from casebound.analysis import corroboration, recovery
from casebound.facts.ledger.ledger import Ledger
from casebound.pages.display import Table
from casebound.pages.markup import escaped
from casebound.pages.tables.shared import NOT_STATED, audience, cited, counted, day, table


def systems(ledger: Ledger) -> Table:
    """Return each system's lowest and last known state."""
    systems = recovery.systems(ledger)
    rows = []
    for thing, row in systems.iterrows():
        same = row["low_fact"] == row["fact"]
        lowest = NOT_STATED if same else f"{ledger.terms.label('state', row['lowest'])} {cited(row['low_fact'])}"
        last = f"{ledger.terms.label('state', row['state'])} {cited(row['fact'])}"
        rows.append((thing, lowest, last, row["date"]))
    note = "A caption’s words count for a system only where the text itself says nothing."
    caption = "Systems, with their lowest and their last known state"
    return table("systems", caption, "System | Lowest state told of | Last known state | As of", rows, note=note)


def steps(ledger: Ledger) -> Table:
    """Return every state of each system or plant, in order, with the fact that gives it first."""
    rows = [
        (
            row["thing"],
            ledger.terms.label("state", row["state"]),
            row["date"],
            f"{escaped(ledger.facts.at[row['fact'], 'statement'])} {cited(row['fact'])}",
        )
        for _, row in recovery.steps(ledger).iterrows()
    ]
    return table("steps", "The states of each system and plant, in order", "System | State | Date | What is said", rows)


def forecasts(ledger: Ledger) -> Table:
    """Return the days held out for production, in the order in which they were: when, to whom, by whom, and where."""
    found = recovery.forecasts(ledger)
    rows = [
        (
            day(row["said"]) if row["exact"] else f"by {day(row['said'])}",
            row["date"],
            audience(ledger, row["told_to"]) or NOT_STATED,
            _teller(ledger, fact),
            f"{escaped(corroboration.sources(ledger, fact))} {cited(fact)}",
        )
        for fact, row in found.iterrows()
    ]
    came = recovery.restart(ledger)
    notes = [f"Production restarted: {ledger.facts.at[came, 'date']} {cited(came)}."] if came else []
    if again := recovery.repeated(ledger):
        notes.append(
            f"Left out: {counted(again, 'statement')} that {'repeats' if again == 1 else 'repeat'} the day before."
        )
    caption = "What was said on when production could return, and to whom"
    columns = "Said on | Day named | Told to | By whom | Sources"
    return table("forecasts", caption, columns, rows, note=" ".join(notes) or None)


def _teller(ledger: Ledger, fact: str) -> str:
    """Return who held a day out: the actor, or else the speakers; an act that only reporters tell of is marked so."""
    named = dict.fromkeys(piece["speaker"] for piece in ledger.carriers[fact] if piece["speaker"])
    actor = ledger.record(fact).actor
    if actor is None:
        return escaped(" and ".join(named)) or NOT_STATED
    name = escaped(ledger.case.actors[actor].name)
    return name if named else f"{name}, as reported"
