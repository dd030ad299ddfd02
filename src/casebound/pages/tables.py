"""Tables: the ledger's and the analysis' answers, laid out for a reader, every row with its citation."""

from __future__ import annotations

import pandas as pd

from casebound.analysis import attribution, conflicts, impacts, recovery, response, timeline, unknowns
from casebound.analysis.findings import days, findings
from casebound.facts.dates import Length
from casebound.facts.ledger import Ledger
from casebound.pages.display import StatusBox, Table

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
    pairs = len(conflicts.conflicts(ledger))
    origins = ledger.sources["origin"].nunique()
    items = [
        ("As known on", f"{ledger.as_of or ledger.known:%-d %B %Y, %H:%M}"),
        ("Sources", f"{_count(len(ledger.sources), 'source')}, {_count(origins, 'independent origin')}"),
        ("Facts", f"{len(ledger.facts)}, {'all' if alone == len(ledger.facts) else alone} resting on one origin only"),
        ("Quotations", f"{verified} of {len(quoted)} verified word for word against the source’s text"),
        ("Conflicts", f"{_count(pairs, 'pair')} of statements at odds with each other"),
        ("Open questions", f"{silent} of {len(questions)} questions that no source answers"),
    ]
    return StatusBox(tuple(items))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"


def events(ledger: Ledger, events: pd.DataFrame) -> Table:
    """Return events, as `analysis.timeline.events` gives them, with when they happened and were first reported."""
    rows = [
        (
            f"{row['label']} {cited(fact)}",
            row["date"],
            f"{row['reported']:%-d\u00a0%B\u00a0%Y, %H:%M}",
            ledger.terms.label("status", row["status"]),
        )
        for fact, row in events.iterrows()
    ]
    caption = "Events, when they happened and when they were first reported"
    return _table("events", caption, "Event | Happened | First reported | Status", rows)


def phases(ledger: Ledger) -> Table:
    """Return the phases of the case with when each opened and how long it lasted."""
    table = timeline.phases(ledger)
    last = table.index[-1] if len(table) else None
    rows = [
        (
            f"{row['label']} {cited(row['fact'])}",
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
    table = table[[ledger.facts.at[fact, "named"] for fact in table.index]]
    alike = table.assign(places=[_places(row) for _, row in table.iterrows()]).groupby(["places", "date"], sort=False)
    rows = [
        (places, date, "; ".join(f"{label} {cited(fact)}" for fact, label in group["label"].items()))
        for (places, date), group in alike
    ]
    note = (
        f"Places count from 1 to {len(timeline.order(ledger))}. One event stands before another only where their "
        "dates cannot overlap, where one led to the other, or where it answers to it."
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
            f"{ledger.facts.at[fact, 'statement']} {cited(fact)}",
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
    caption = "What made what possible again"
    return _table("enablers", caption, "First | Then | Link | Words or reason", _links(impacts.enablers(ledger)))


def _links(edges: pd.DataFrame) -> list[tuple]:
    return [
        (
            row["cause_label"],
            f"{row['effect_label']} {cited(row['effect'])}",
            row["link"],
            f"“{row['words']}”" if row["link"] == "quoted" else row["reason"],
        )
        for _, row in edges.iterrows()
    ]


def acts(ledger: Ledger) -> Table:
    """Return what the government did, apart from what it said and promised."""
    table = response.acts(ledger)
    rows = [
        (
            f"{row['statement']} {cited(fact)}",
            row["actor"],
            row["kind"],
            ledger.terms.label("status", row["status"]),
            row["date"],
        )
        for fact, row in table.iterrows()
    ]
    caption = "What the Government did, has under way, and has said or promised"
    return _table("acts", caption, "Act | Who | Done or said | Status | Date", rows)


def lags(ledger: Ledger) -> Table:
    """Return how long after the attack each dated act of the government came."""
    table = response.lags(ledger)
    rows = [
        (f"{row['label']} {cited(fact)}", row["actor"], row["kind"], _lag(row), row["date"])
        for fact, row in table.iterrows()
    ]
    caption = "How long after the start of the attack each dated act came"
    return _table("lags", caption, "Act | Who | Done or said | After the attack | Date", rows)


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
        (row["date"], f"{row['statement']} {cited(fact)}", f"{row['reported']:%-d\u00a0%B\u00a0%Y}")
        for fact, row in table.iterrows()
    ]
    return _table("forecasts", "Dates held out for the restart", "Date held out | What was said | First reported", rows)


def attributions(ledger: Ledger) -> Table:
    """Return the rungs from a claim to an attribution, with what stands on each."""
    rows = [
        (
            rung,
            row["means"],
            " ".join(f"{ledger.facts.at[fact, 'statement']} {cited(fact)}" for fact in row["facts"])
            or "nothing in these sources",
        )
        for rung, row in attribution.ladder(ledger).iterrows()
    ]
    caption = "From claim to attribution: who says who did it"
    return _table("attributions", caption, "Rung | What it takes | What stands on it", rows)


def data_exposure(ledger: Ledger) -> Table:
    """Return what is said of data taken."""
    rows = [
        (
            f"{row['statement']} {cited(row['fact'])}",
            row["speaker"] or _NONE,
            ledger.terms.label("status", row["status"]),
            row["date"],
        )
        for _, row in attribution.data_exposure(ledger).iterrows()
    ]
    caption = "What is said of data, by whom, and on what footing"
    return _table("data-exposure", caption, "Statement | Who says so | Status | Date", rows, header_columns=0)


def counts(ledger: Ledger) -> Table:
    """Return facts, quotations and single-origin facts by theme."""
    pieces = ledger.evidence.merge(ledger.facts[["theme"]], left_on="fact", right_index=True)
    rows = []
    for theme, term in ledger.terms["theme"].items():
        facts, quotes = ledger.facts[ledger.facts["theme"] == theme], pieces[pieces["theme"] == theme]
        if len(facts):
            verified = (quotes["state"] == "verified").sum()
            rows.append((term.label, len(facts), len(quotes), verified, (facts["origins"] == 1).sum()))
    rows.append(("All", *(sum(int(row[i]) for row in rows) for i in range(1, 5))))
    columns = "Theme | Facts | Pieces of evidence | Verified | One origin only"
    return _table("counts", "What the report rests on, by theme", columns, rows, right=tuple(columns.split(" | ")[1:]))


def statuses(ledger: Ledger) -> Table:
    """Return how many facts there are of each status, with what the status means."""
    found = ledger.facts["status"].value_counts()
    rows = [(term.label, term.means, found[name]) for name, term in ledger.terms["status"].items() if name in found]
    caption = "How far the facts are from accomplished acts"
    return _table("statuses", caption, "Status | What it means | Facts", rows, right=("Facts",))


def disagreements(ledger: Ledger) -> Table:
    """Return the pairs of statements that cannot both be so."""
    table = conflicts.conflicts(ledger)
    rows = [
        (row["asks"], *(f"{ledger.facts.at[f, 'statement']} {cited(f)}" for f in (row["first"], row["second"])),
         row["kind"], "one source" if row["inside"] else "several sources")
        for _, row in table.iterrows()
    ]  # fmt: skip
    caption = "Statements at odds with each other"
    note = (
        "Kinds: "
        + "; ".join(f"*{kind}*: {means}" for kind, means in conflicts.CLASSES.items() if kind in set(table["kind"]))
        + "."
    )
    columns = "Question | One statement | The other | Kind | Inside"
    return _table("disagreements", caption, columns, rows, note=note if rows else "The ledger holds no such pair.")


def open_questions(ledger: Ledger) -> Table:
    """Return what the case asks, with what the sources answer."""
    rank = {"not answered": 0, "in conflict": 1, "partly": 2, "answered": 3}
    table = unknowns.questions(ledger).sort_values("answered", key=lambda column: column.map(rank), kind="stable")
    answers = {(row["question"], row["fact"]): row["answer"] for _, row in ledger.answers.iterrows()}
    rows = [
        (
            row["asks"],
            row["answered"],
            "; ".join(f"{answers[name, fact]} {cited(fact)}" for fact in row["facts"]) or "nothing in these sources",
        )
        for name, row in table.iterrows()
    ]
    return _table(
        "open-questions",
        "What one would want to know, and what the sources say",
        "Question | Answered | What they say",
        rows,
    )
