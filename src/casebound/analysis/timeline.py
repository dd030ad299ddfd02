"""Timeline: what happened when, in which order, and how long it lasted, as far as the windows of the dates allow."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import networkx as nx
import pandas as pd

from casebound.analysis import conflicts
from casebound.facts import dates
from casebound.facts.dates import DateError, Length, When, Window
from casebound.facts.ledger import Ledger

STANDING = ("at-publication",)  # states on the day of a text, not events
ANSWERING = ("response", "recovery")  # themes whose events answer the attack, so come after it


def events(ledger: Ledger) -> pd.DataFrame:
    """Return one row an event, indexed by fact, in order of the latest possible day, then of the earliest.

    Columns: `theme`, `label`, `status`, `date` (readable), `start_from`, `start_to`, `end_from`, `end_to` (days;
    NaT is open), `lasts` (an interval rather than one day), `reported` (when the first source could be read).
    """
    rows = []
    for fact, row in ledger.facts[~ledger.facts["rule"].isin(STANDING)].iterrows():
        when = ledger.when(fact)
        ends = [when.start.earliest, when.start.latest, when.end.earliest, when.end.latest]
        rows.append(
            (
                fact,
                row["theme"],
                row["label"],
                row["status"],
                row["date"],
                *ends,
                bool(row["lasts"]),
                ledger.reported[fact],
            )
        )
    columns = [
        "fact",
        "theme",
        "label",
        "status",
        "date",
        "start_from",
        "start_to",
        "end_from",
        "end_to",
        "lasts",
        "reported",
    ]
    table = pd.DataFrame(rows, columns=columns).set_index("fact")
    for column in columns[5:9]:
        table[column] = pd.to_datetime(table[column])
    return table.sort_values(["end_to", "start_from"], kind="stable", na_position="last")


def certainly_before(ledger: Ledger) -> nx.DiGraph:
    """Return which event surely came before which: an edge from the earlier to the later.

    One is surely before another if its last possible moment lies before the other's first, or if a source says that it
    led to it; a phase opens before the next one, and help and recovery follow what they answer to.
    """
    facts = list(events(ledger).index)
    openers = [fact for fact in (opener(ledger, phase) for phase in ledger.terms["phase"]) if fact in facts]
    windows = {fact: ledger.when(fact) for fact in facts}
    graph = nx.DiGraph()
    graph.add_nodes_from(facts)
    for first in facts:
        for second in facts:
            if dates.is_before(windows[first], windows[second]):
                graph.add_edge(first, second)
    stated = ledger.causes[ledger.causes["link"] == "quoted"]
    causes = zip(stated["cause"], stated["effect"], strict=True)
    graph.add_edges_from((cause, effect) for cause, effect in causes if {cause, effect} <= set(facts))
    graph.add_edges_from(pairwise(openers))
    if openers:
        answering = (fact for fact in facts if ledger.facts.at[fact, "theme"] in ANSWERING and fact != openers[0])
        graph.add_edges_from((openers[0], fact) for fact in answering)
    return graph


def order(ledger: Ledger, *themes: str) -> pd.DataFrame:
    """Return one row an event: the first and last place that it can have in the order of all those of the themes.

    Columns: `label`, `date`, `first_place`, `last_place` (from 1), by what is certain only; wide ranges say that
    the sources leave the order open. Facts that the report does not follow are left out, and plans that were overtaken.
    """
    table = events(ledger)[["label", "date"]]
    facts = ledger.facts.loc[table.index]
    overtaken = (facts["status"] == "planned") & facts.index.isin(ledger.superseded)
    shown = facts["named"].astype(bool) & ~table.index.isin(conflicts.set_aside(ledger)) & ~overtaken
    table = table[shown & facts["theme"].isin(themes or ledger.terms["theme"])].copy()
    before = nx.transitive_closure(certainly_before(ledger)).subgraph(table.index)
    table["first_place"] = [1 + len(nx.ancestors(before, fact)) for fact in table.index]
    table["last_place"] = [len(table) - len(nx.descendants(before, fact)) for fact in table.index]
    return table.sort_values(["first_place", "last_place"], kind="stable")


def phases(ledger: Ledger) -> pd.DataFrame:
    """Return one row a phase that some fact opens, in order, indexed by the phase.

    Columns: `label`, `means`, `fact` (the one that opens it), `status`, `date`, `shortest`, `longest` (days until
    the next phase opens; None where open).
    """
    found = [(name, term, opener(ledger, name)) for name, term in ledger.terms["phase"].items()]
    found = [one for one in found if one[2]]
    rows = []
    for i, (name, term, fact) in enumerate(found):
        following = found[i + 1][2] if i + 1 < len(found) else None
        lasts = length_from(ledger, fact, following) if following else None
        shortest, longest = (lasts.shortest, lasts.longest) if lasts else (None, None)
        status, date = ledger.facts.at[fact, "status"], ledger.facts.at[fact, "date"]
        rows.append((name, term.label, term.means, fact, status, date, shortest, longest))
    columns = ["phase", "label", "means", "fact", "status", "date", "shortest", "longest"]
    table = pd.DataFrame(rows, columns=columns).set_index("phase")
    return table.astype({"shortest": "Int64", "longest": "Int64"})


def length_from(ledger: Ledger, first: str, second: str) -> Length | None:
    """Return the days from one fact to another; None where the second surely came first.

    A fact that is dated by the other ("immediate", "since the start of") comes with it, whatever the windows.
    """
    dated = ledger.records.facts[second].record.dated
    if dated.event == first:
        return Length(0, 0)
    return length(ledger.when(first), ledger.when(second))


def length(first: When, second: When) -> Length | None:
    """Return the days between the starts of two dates; None where the second surely came first."""
    try:
        return dates.length_between(first, second)
    except DateError:
        return None


def as_day(day: date) -> When:
    """Return a day as a date with its windows."""
    return When(day.isoformat(), Window(day, day), Window(day, day), False, "", None)


def opener(ledger: Ledger, phase: str) -> str | None:
    """Return the fact that opens a phase, or None where no fact in the ledger does."""
    return ledger.openers.get(phase)
