"""Tables of the recovery: systems and forecasts."""

from __future__ import annotations

from casebound.analysis import recovery
from casebound.facts.ledger import Ledger
from casebound.pages.display import Table
from casebound.pages.markup import escaped
from casebound.pages.tables.shared import NOT_STATED, cited, day, table


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
    """Return the dates that were held out for production, in the order in which they were."""
    found = recovery.forecasts(ledger)
    rows = [
        (
            day(row["said"]) if row["exact"] else f"by {day(row['said'])}",
            row["date"],
            f"{escaped(row['statement'])} {cited(fact)}",
        )
        for fact, row in found.iterrows()
    ]
    came = recovery.restart(ledger)
    note = f"Production restarted: {ledger.facts.at[came, 'date']} {cited(came)}." if came else None
    caption = "The restart date, as it was held out and when"
    return table("forecasts", caption, "Said on | Date held out | What was said", rows, note=note)
