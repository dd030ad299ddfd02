"""Tables: the ledger's and the analysis' answers, laid out for a reader, every row with its citation."""

from __future__ import annotations

import pandas as pd

from casebound.analysis import attribution, conflicts, impacts, recovery, response, timeline, unknowns
from casebound.analysis.findings import days, findings
from casebound.facts.dates import Length
from casebound.facts.ledger import Ledger
from casebound.pages.display import StatusBox, Table
from casebound.pages.markup import escaped

_NONE = "not stated"


def cited(*facts: str) -> str:
    """Return a citation of the facts in the report's Markdown."""
    return "[" + "; ".join(f"@{fact}" for fact in facts) + "]" if facts else ""


def _table(key: str, caption: str, columns: str, rows: list, **options) -> Table:
    names = tuple(columns.split(" | "))
    return Table(key, caption, names, tuple(tuple(str(cell) for cell in row) for row in rows), **options)


def _range(shortest, longest) -> str:
    if pd.isna(shortest):
        return _NONE
    return days(Length(int(shortest), None if pd.isna(longest) else int(longest)))


def status(ledger: Ledger) -> StatusBox:
    """Return the box that says what the report rests on."""
    quoted = ledger.evidence.dropna(subset=["quote"])
    verified = int((quoted["state"] == "verified").sum())
    alone = int((ledger.facts["origins"] == 1).sum())
    questions = unknowns.questions(ledger)
    silent = int((questions["answered"] == "not answered").sum())
    kinds = conflicts.conflicts(ledger)["kind"]
    odds, left_open = int((kinds != "hedge").sum()), int((kinds == "hedge").sum())
    items = [
        ("As known on", f"{ledger.as_of or ledger.known:%-d %B %Y, %H:%M %Z}"),
        ("Sources", _sources(ledger)),
        ("Facts", f"{len(ledger.facts)}, {'all' if alone == len(ledger.facts) else alone} resting on one origin only"),
        ("Quotations", f"{verified} of {len(quoted)} verified word for word against the source’s text"),
        ("Conflicts", f"{_count(odds, 'pair')} of statements at odds, {left_open} leaving a question open"),
        ("Open questions", f"no answer in these sources to {silent} of {len(questions)}"),
    ]
    return StatusBox(tuple(items))


def _sources(ledger: Ledger) -> str:
    """Return what the report rests on: the one source by its name, several by their number and origins."""
    if len(ledger.sources) > 1:
        return f"{len(ledger.sources)}, of {_count(ledger.sources['origin'].nunique(), 'independent origin')}"
    source = ledger.sources.iloc[0]
    publisher = source["publisher"] if isinstance(source["publisher"], str) else "publisher not stated"
    return escaped(f"1: {source['author'] or 'no author named'}, “{source['title']}”, {publisher}")


def _said(ledger: Ledger, fact: str) -> str:
    """Return a fact's statement as Markdown that prints it as it stands."""
    return escaped(ledger.facts.at[fact, "statement"])


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"


def events(ledger: Ledger, events: pd.DataFrame) -> Table:
    """Return events, as `analysis.timeline.events` gives them, with when they happened and were first reported."""
    reported = [f"{moment:%-d\u00a0%B\u00a0%Y, %H:%M}" for moment in events["reported"]]
    alike = len(set(reported)) == 1
    rows = []
    for (fact, row), day in zip(events.iterrows(), reported, strict=True):
        cells = (f"{escaped(row['label'])} {cited(fact)}", ledger.terms.label("status", row["status"]), row["date"])
        rows.append(cells if alike else (*cells, day))
    caption = "Events, when they happened and when they were first reported"
    columns = "Event | Status | Happened" + ("" if alike else " | First reported")
    return _table("events", caption, columns, rows, note=f"All first reported: {reported[0]}." if alike else None)


def phases(ledger: Ledger) -> Table:
    """Return the phases of the case with when each opened and how long it lasted."""
    table = timeline.phases(ledger)
    last = table.index[-1] if len(table) else None
    rows = [
        (
            f"{escaped(row['label'])} {cited(row['fact'])}",
            row["means"],
            f"not before {row['date']}" if row["status"] == "planned" else row["date"],
            "—" if phase == last else _up_to(row["shortest"], row["longest"]),
        )
        for phase, row in table.iterrows()
    ]
    note = "A phase that opens “by” a day may have opened on any day before it, so the lengths are ranges."
    return _table(
        "phases", "The phases of the case", "Phase | What marks it | Opens | Until the next opens", rows, note=note
    )


def _up_to(shortest, longest) -> str:
    if pd.notna(shortest) and pd.notna(longest) and shortest == 0:
        return "at once" if longest == 0 else f"up to {int(longest)} days"
    return _range(shortest, longest)


def durations(ledger: Ledger) -> Table:
    """Return the lengths of time that the sources allow to be worked out, with how."""
    found = [one for one in findings(ledger).values() if one.unit == "days"]
    rows = [(one.asks, one.text, f"{one.reason[0].upper()}{one.reason[1:]} {cited(*one.facts)}") for one in found]
    caption = "How long things took, as a shortest and a longest length"
    return _table("durations", caption, "Question | Length | Worked out", rows)


def order(ledger: Ledger) -> Table:
    """Return the places that events can have in the order of all; events with the same date and places share a row."""
    table = timeline.order(ledger)
    alike = table.assign(places=[_places(row) for _, row in table.iterrows()]).groupby(["places", "date"], sort=False)
    rows = [
        (places, date, "; ".join(f"{escaped(label)} {cited(fact)}" for fact, label in group["label"].items()))
        for (places, date), group in alike
    ]
    note = (
        f"Places count from 1 to {len(table)}. One event stands before another only where their dates cannot overlap, "
        "where a source says that one led to the other, or where it answers to it."
    )
    caption = "What came before what: the places that each event can have in the order of all"
    return _table("order", caption, "Possible places | Date | Event", rows, note=note)


def _places(row: pd.Series) -> str:
    first, last = row["first_place"], row["last_place"]
    return str(first) if first == last else f"{first} to {last}"


def effects(ledger: Ledger) -> Table:
    """Return who was affected in what way."""
    table = impacts.effects(ledger)
    groups = table.groupby("fact", sort=False)["party"].apply(list)
    rows = [
        (
            f"{_said(ledger, fact)} {cited(fact)}",
            ", ".join(ledger.terms.label("party", party) for party in parties),
            ledger.terms.label("effect", ledger.facts.at[fact, "effect"]),
            ledger.terms.label("status", ledger.facts.at[fact, "status"]),
        )
        for fact, parties in groups.items()
    ]
    return _table("effects", "Effects, with those who bore them", "Effect | On whom | Kind | Status", rows)


def links(ledger: Ledger) -> Table:
    """Return the links of the cascade, each with the words or the reason that it rests on."""
    caption = "The links of the cascade: the source’s words for those quoted, our reason for those inferred"
    return _table("links", caption, "Cause | Effect | Link | Words or reason", _links(impacts.cascade(ledger)))


def enablers(ledger: Ledger) -> Table:
    """Return what made what possible again, with the words or the reason that each link rests on."""
    caption = "Each step back, and what it made possible"
    return _table("enablers", caption, "First | Then | Link | Words or reason", _links(impacts.enablers(ledger)))


def _links(edges: pd.DataFrame) -> list[tuple]:
    return [
        (
            escaped(row["cause_label"]),
            f"{escaped(row['effect_label'])} {cited(row['effect'])}",
            row["link"],
            escaped(f"“{row['words']}”" if row["link"] == "quoted" else row["reason"]),
        )
        for _, row in edges.iterrows()
    ]


def acts(ledger: Ledger) -> Table:
    """Return what the government did, apart from what it said and promised."""
    table = response.acts(ledger)
    rows = [
        (
            f"{escaped(row['statement'])} {cited(fact)}",
            row["actor"],
            row["kind"],
            ledger.terms.label("status", row["status"]),
            row["date"],
        )
        for fact, row in table.iterrows()
    ]
    caption = "What the Government did, has under way, and has said or promised"
    return _table("acts", caption, "Act | Who | Kind | Status | Date", rows)


def lags(ledger: Ledger) -> Table:
    """Return how long after the attack each dated act of the government came."""
    table = response.lags(ledger)
    rows = [
        (f"{escaped(row['label'])} {cited(fact)}", row["actor"], row["kind"], _lag(row), row["date"])
        for fact, row in table.iterrows()
    ]
    caption = "How long after the start of the attack each dated act came"
    return _table("lags", caption, "Act | Who | Kind | After the attack | Date", rows)


def _lag(row: pd.Series) -> str:
    return "from the start" if row["longest"] == 0 else _range(row["shortest"], row["longest"])


def systems(ledger: Ledger) -> Table:
    """Return each system's lowest and last known state."""
    table = recovery.systems(ledger)
    rows = []
    for system, row in table.iterrows():
        same = row["low_fact"] == row["fact"]
        lowest = _NONE if same else f"{ledger.terms.label('state', row['lowest'])} {cited(row['low_fact'])}"
        last = f"{ledger.terms.label('state', row['state'])} {cited(row['fact'])}"
        rows.append((ledger.terms.label("system", system), lowest, last, row["date"]))
    note = "A caption’s words count for a system only where the text itself says nothing."
    caption = "Systems, with their lowest and their last known state"
    return _table("systems", caption, "System | Lowest state told of | Last known state | As of", rows, note=note)


def forecasts(ledger: Ledger) -> Table:
    """Return the dates that were held out, with when they were first reported."""
    table = recovery.forecasts(ledger)
    rows = [
        (row["date"], f"{escaped(row['statement'])} {cited(fact)}", f"{row['reported']:%-d\u00a0%B\u00a0%Y}")
        for fact, row in table.iterrows()
    ]
    return _table("forecasts", "Dates named for the restart", "Date named | What was said | First reported", rows)


def attributions(ledger: Ledger) -> Table:
    """Return the rungs from a claim to an attribution, with what stands on each."""
    rows = [
        (
            rung,
            row["means"],
            " ".join(f"{_said(ledger, fact)} {cited(fact)}" for fact in row["facts"]) or "nothing in these sources",
        )
        for rung, row in attribution.ladder(ledger).iterrows()
    ]
    caption = "From claim to attribution: who says who did it"
    return _table("attributions", caption, "Rung | What it takes | What stands on it", rows)


def data_exposure(ledger: Ledger) -> Table:
    """Return what is said of data taken."""
    rows = [
        (
            f"{escaped(row['statement'])} {cited(row['fact'])}",
            row["speaker"] or _NONE,
            ledger.terms.label("status", row["status"]),
            row["date"],
        )
        for _, row in attribution.data_exposure(ledger).iterrows()
    ]
    caption = "What is said of data, by whom, and on what footing"
    return _table("data-exposure", caption, "Statement | Who says so | Status | Date", rows, header_columns=0)


def counts(ledger: Ledger) -> Table:
    """Return facts, pieces of evidence and verified quotations by whose word they rest on."""
    pieces = ledger.evidence[ledger.evidence["stance"] == "supports"]
    verified = pieces["state"] == "verified"
    rows = []
    for basis, term in ledger.terms["basis"].items():
        of_it = pieces["basis"] == basis
        if of_it.any():
            rows.append(
                (term.label, term.means, pieces[of_it]["fact"].nunique(), of_it.sum(), (of_it & verified).sum())
            )
    rows.append(("all", "A fact that rests on several counts once.", len(ledger.facts), len(pieces), verified.sum()))
    right = ("Facts", "Pieces of evidence", "Verified")
    columns = "Whose word | What it means | Facts | Pieces of evidence | Verified"
    return _table("counts", "Whose word the report rests on", columns, rows, right=right)


def statuses(ledger: Ledger) -> Table:
    """Return how many facts there are of each status, with what the status means."""
    found = ledger.facts["status"].value_counts()
    rows = [(term.label, term.means, found[name]) for name, term in ledger.terms["status"].items() if name in found]
    caption = "How far the facts are from accomplished acts"
    return _table("statuses", caption, "Status | What it means | Facts", rows, right=("Facts",))


def disagreements(ledger: Ledger) -> Table:
    """Return the pairs of statements that are at odds, or that leave a question open."""
    table = conflicts.conflicts(ledger)
    rows = [
        (
            escaped(row["asks"]),
            *(f"{_said(ledger, fact)} {cited(fact)}" for fact in (row["first"], row["second"])),
            row["kind"] + ("" if row["inside"] else ", between sources"),
        )
        for _, row in table.iterrows()
    ]
    kinds = [f"*{kind}*: {means}" for kind, means in conflicts.CLASSES.items() if kind in set(table["kind"])]
    note = f"Kinds: {'; '.join(kinds)}." if rows else "The ledger holds no such pair."
    caption = "Statements that are at odds, or that leave a question open"
    return _table("disagreements", caption, "Question | One statement | The other | Kind", rows, note=note)


def open_questions(ledger: Ledger) -> Table:
    """Return what the case asks and its sources do not settle."""
    rank = {"not answered": 0, "in conflict": 1, "partly": 2}
    table = unknowns.questions(ledger).sort_values("answered", key=lambda column: column.map(rank), kind="stable")
    table = table[table["answered"] != "answered"]
    answers = {(row["question"], row["fact"]): row["answer"] for _, row in ledger.answers.iterrows()}
    rows = []
    for name, row in table.iterrows():
        said = [f"{escaped(answers[name, fact])} {cited(fact)}" for fact in row["facts"]]
        rows.append((row["asks"], row["answered"], "; ".join(said) or "nothing in these sources"))
    return _table(
        "open-questions",
        "What one would want to know, and the sources do not settle",
        "Question | Answered | What they say",
        rows,
    )
