"""Recovery: which systems stood still and where, which came back when, and what was forecast."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

import pandas as pd

from casebound.analysis import conflicts
from casebound.facts.dates import edtf
from casebound.facts.dates.edtf import When
from casebound.facts.ledger.frames import AHEAD, HEDGED
from casebound.facts.ledger.ledger import Ledger

_STATE = "fact thing at place system state rung date latest basis".split()


@lru_cache(maxsize=8)
def states(ledger: Ledger) -> pd.DataFrame:
    """Return one row a state that a source gives for a system, as a whole or in one place.

    Columns: `fact`, `thing` (the system, with the place where the fact is of one), `at` (that place's name, or empty),
    `place` (of the system among the terms, from 0), `system`, `state`, `rung` (0: stopped), `date`, `latest`, `basis`.
    Plans, what is only possible, and facts that the report does not follow are left out. Later calls return the same
    frame: copy it before you change it.
    """
    table = ledger.facts.dropna(subset=["system", "state"])
    told = ~table["status"].isin((*AHEAD, *HEDGED))
    table = table[told & ~table.index.isin(conflicts.set_aside(ledger))].reset_index()
    # what goes on from a day on was so on that day, however long it went on
    table["latest"] = table["latest"].fillna(table["earliest"].where(table["lasts"]))
    table["place"] = table["system"].map(list(ledger.terms["system"]).index).astype(int)
    table["rung"] = [ledger.terms.rung(state) for state in table["state"]]
    table["basis"] = table["fact"].map(ledger.evidence.groupby("fact")["basis"].first())
    table["places"] = [[ledger.case.places[place].name for place in places] or [""] for places in table["places"]]
    table = table.explode("places").rename(columns={"places": "at"})
    pairs = zip(table["system"], table["at"], strict=True)
    table["thing"] = [named(ledger, system, place) for system, place in pairs]
    return table[_STATE].reset_index(drop=True)


def named(ledger: Ledger, system: str, place: str) -> str:
    """Return a system by its label, with the name of the place if it is one of a place."""
    return ", ".join(filter(None, (ledger.terms.label("system", system), place)))


def steps(ledger: Ledger) -> pd.DataFrame:
    """Return one row a step of a system, as a whole or in a place.

    Columns: `thing`, `system`, `at`, `state`, `rung`, `fact`, `date`, `latest`, `basis`, as in `states`.
    Each state of a thing stands once, with the fact that gives it first, and again where it surely came back after the
    thing had worked again; things in the order of the terms, places behind their system. A caption counts only for a
    state that the text gives as well.
    """
    known = states(ledger)
    known = known[known["basis"] != "caption"] if (known["basis"] != "caption").any() else known
    disputed = {fact for matter in conflicts.register(ledger) if "status" in matter.kinds for fact in matter.facts}
    known = known.assign(disputed=known["fact"].isin(disputed - ledger.followed))
    known = known.sort_values(["place", "thing", "disputed", "latest", "rung"], kind="stable")
    again = known.duplicated(["thing", "state"])  # of a state that several give, the first that nobody disputes counts
    relapses = [at for at, state in known[again].iterrows() if _is_relapse(ledger, state, known[~again])]
    known = known[~again | known.index.isin(relapses)]
    known = known.sort_values(["place", "thing", "latest", "rung"], kind="stable")
    return known[["thing", "system", "at", "state", "rung", "fact", "date", "latest", "basis"]]


def _is_relapse(ledger: Ledger, state: pd.Series, firsts: pd.DataFrame) -> bool:
    """Tell whether a thing that no longer works had surely worked again before."""
    resuming, when = ledger.terms.rung("resuming"), ledger.when(state["fact"])
    worked = firsts.loc[(firsts["thing"] == state["thing"]) & (firsts["rung"] >= resuming), "fact"]
    return state["rung"] < resuming and any(edtf.is_before(ledger.when(fact), when) for fact in worked)


def systems(ledger: Ledger) -> pd.DataFrame:
    """Return one row a system, as a whole or in a place, in the terms' order, indexed by it: its last known state.

    Columns: `state`, `fact`, `date`. The last known state is the highest that the text itself gives, unless
    another surely came after it; a caption counts only where the text gives none.
    """
    known = states(ledger).sort_values(["place", "thing", "rung"], kind="stable")
    rows = []
    for thing, of_it in known.groupby("thing", sort=False):
        in_text = of_it[of_it["basis"] != "caption"]
        highest, *lower = reversed((in_text if len(in_text) else of_it).to_dict("records"))
        last = highest
        for state in lower:
            if edtf.is_before(ledger.when(last["fact"]), ledger.when(state["fact"])):
                last = state
        rows.append((thing, last["state"], last["fact"], last["date"]))
    return pd.DataFrame(rows, columns=["thing", "state", "fact", "date"]).set_index("thing")


def forecast(ledger: Ledger) -> list[tuple[str, str]]:
    """Return what some fact forecasts the return of: systems, each with a place's name, or "" as a whole."""
    places = ["", *(place.name for place in ledger.case.places.values())]
    told = {(system, place) for system, place, _ in _forecasts(ledger)}
    return [(system, place) for system in ledger.terms["system"] for place in places if (system, place) in told]


def _forecasts(ledger: Ledger) -> Iterator[tuple[str, str, str]]:
    """Yield the system, the place's name or "", and the fact of each forecast."""
    table = ledger.facts.dropna(subset=["system"])
    plans = table["status"].isin(AHEAD) & table["opens"].notna()
    table = table[plans | table["forecast"].notna()]
    for fact, system, places in zip(table.index, table["system"], table["places"], strict=True):
        for name in [ledger.case.places[place].name for place in places] or [""]:
            yield system, name, fact


def foretold(ledger: Ledger, system: str, place: str) -> str | None:
    """Return the fact by which a system came back after the first forecast of that; None where none is recorded."""
    return returned(ledger, system, place, forecasts(ledger, system, place)["said"].min())


def forecasts(ledger: Ledger, system: str, place: str | None = None) -> pd.DataFrame:
    """Return one row a forecast of a system's return, indexed by fact, in the order in which they were made.

    The `place` is named, or "" for the system as a whole; without it every forecast of the system counts.
    A fact is a forecast if it has a `forecast`, or if it is a plan that opens a phase. One that names the same day as
    the one before it is left out. Columns: `said` (the day of the announcement, else of the first report), `exact`
    (that day is known, else it was said some day up to it), `said_on` (the same in prose: on a day, by a day, in a
    month), `target` and `last` (the earliest and the latest day named; `last` is NaT where there is none), `date` (the
    same in prose), `told_to` (words of `party`), `repeated` (how many forecasts were left out after it).
    """
    told = dict.fromkeys(fact for what, at, fact in _forecasts(ledger) if what == system and place in (None, at))
    rows = []
    for fact, row in ledger.facts.loc[list(told)].iterrows():
        is_plan = row["status"] in AHEAD and pd.notna(row["opens"])
        # the date of such a plan is the day planned, not the day on which somebody spoke of it
        said, exact = row["latest"], row["earliest"] == row["latest"]
        said_on = _said_on(ledger, fact, exact)
        if is_plan:
            reported = ledger.reported[fact]
            if pd.isna(reported):
                continue
            said, exact, said_on = pd.Timestamp(reported.date()), False, f"by {ledger.day(reported)}"
        when = edtf.parse(row["forecast"] if pd.notna(row["forecast"]) else row["when"])
        first = when.earliest or when.latest  # *by Friday* names Friday
        rows.append((fact, said, exact, said_on, first, when.latest, _not_before(ledger, when), row["told_to"]))
    columns = ["fact", "said", "exact", "said_on", "target", "last", "date", "told_to"]
    forecasts = pd.DataFrame(rows, columns=columns).set_index("fact")
    forecasts[["target", "last"]] = forecasts[["target", "last"]].apply(pd.to_datetime)
    forecasts = forecasts.sort_values(["said", "target"], kind="stable")
    moves = forecasts["date"].ne(forecasts["date"].shift())
    return forecasts.assign(repeated=moves.groupby(moves.cumsum()).transform("size") - 1)[moves]


def _said_on(ledger: Ledger, fact: str, exact: bool) -> str:
    """Return when an announcement was made in prose: on a day, in a month or a year, by the last day possible."""
    when = edtf.parse(ledger.record(fact).when)
    if exact or not (when.has_day or when.span):
        return f"{'on' if exact else 'in'} {ledger.printed(when)}"
    return f"by {ledger.day(ledger.facts.at[fact, 'latest'])}"


def _not_before(ledger: Ledger, when: When) -> str:
    """Return the day that a forecast names in prose: `not before 9 September 2025` where it names no last day."""
    open_ended = when.latest is None and not when.span
    return ledger.printed(when).replace("on or after", "not before") if open_ended else ledger.printed(when)


def stood_still(ledger: Ledger, system: str, day: date) -> bool:
    """Tell whether the ledger shows that a system was stopped on a day.

    It does if the first possible day of its return lies later, if a source says so of that day, or if by then a source
    had named a later day for its return; not if the text of a source says before that some of it works again.
    """
    came = returned(ledger, system)
    if came and (first := ledger.when(came).start.earliest):
        return first > day
    known = _in_text(ledger, system)
    again = known[_works_again(ledger, known)]
    if came or (again["latest"] <= pd.Timestamp(day)).any():
        return False
    held_out = forecasts(ledger, system)
    held_out = held_out[held_out["said"].le(pd.Timestamp(day)) & held_out["target"].gt(pd.Timestamp(day))]
    stopped = (ledger.when(fact) for fact in known.loc[known["rung"] == 0, "fact"])
    ends = [(when.start.latest, when.end.earliest) for when in stopped]
    return bool(len(held_out)) or any(first and last and first <= day <= last for first, last in ends)


def returned(ledger: Ledger, system: str, place: str = "", since: pd.Timestamp | None = None) -> str | None:
    """Return the fact by which a system came back: the first by which it works again; None where none is recorded.

    The `place` is named, or "" for the system as a whole, of which a fact that opens a phase counts wherever it was; a
    return that lies wholly before the day `since` does not count.
    """
    known = _in_text(ledger, system)
    if since is not None:
        known = known[~(known["latest"] < since)]
    opens = known["fact"].isin(ledger.openers.values()) & (place == "")
    known = known.assign(later=~opens)[_works_again(ledger, known) & (opens | (known["at"] == place))]
    return next(iter(known.sort_values(["later", "latest", "rung"], kind="stable")["fact"]), None)


def _in_text(ledger: Ledger, system: str) -> pd.DataFrame:
    """Return the states of a system that a text gives, rather than a caption."""
    known = states(ledger)
    return known[(known["system"] == system) & (known["basis"] != "caption")]


def _works_again(ledger: Ledger, known: pd.DataFrame) -> pd.Series:
    """Return which of the states say that a system works again, at least in part."""
    return (known["rung"] >= ledger.terms.rung("resuming")) & known["fact"].map(ledger.facts["firm"])
