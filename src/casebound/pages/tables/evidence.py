"""Tables of the evidence: what the report rests on, what came to be known when, and what is not known."""

from __future__ import annotations

import pandas as pd

from casebound.analysis import changes as changes_between
from casebound.analysis import conflicts, corroboration, unknowns
from casebound.facts.ledger.frames import rows as rows_of
from casebound.facts.ledger.ledger import Ledger
from casebound.facts.text.claims import typeset
from casebound.pages.display import StatusBox, Table
from casebound.pages.markup import escaped
from casebound.pages.tables.shared import cited, counted, day, said, table


def status(ledger: Ledger) -> StatusBox:
    """Return the box that says what the report rests on."""
    alone = int((ledger.facts["origins"] <= 1).sum())
    questions = unknowns.questions(ledger)
    silent = int((questions["answered"] == "not answered").sum())
    register = conflicts.register(ledger)
    followed = sum(bool(one.followed) for one in register)
    facts = f"{len(ledger.facts)}, {'all' if alone == len(ledger.facts) else alone} resting on one origin at most"
    items = [
        ("As known on", ledger.as_known),
        ("Sources", _sources(ledger)),
        ("Facts", facts),
        ("Evidence", _evidence(ledger)),
        ("Conflicts", _conflicts(len(register), followed)),
        ("Open questions", f"no answer recorded to {silent} of {len(questions)}"),
    ]
    return StatusBox(tuple(items))


def _evidence(ledger: Ledger) -> str:
    """Return how many pieces of evidence are in each state, what is not verified first."""
    states = ledger.evidence["state"].value_counts()
    said = {
        "unread": "{} not compared with the source",
        "read": "{} compared with what could be seen of the source",
        "verified": "{} found word for word in the source’s text",
    }
    kinds = {"unread": "piece", "read": "paraphrase", "verified": "quotation"}
    shown = [said[name].format(counted(int(states[name]), kinds[name])) for name in said if name in states]
    return "; ".join(shown)


def _conflicts(matters: int, followed: int) -> str:
    """Return on how many matters the accounts differ, and in how many the report follows one."""
    number = counted(matters, "matter") if matters else "none"
    if not 0 < followed < matters:
        follows = "; in each the report follows one account" if followed else "; the report follows no account"
        return number + follows * bool(matters)
    return f"{number}: in {followed} the report follows one account, in {matters - followed} none"


def _sources(ledger: Ledger) -> str:
    """Return what the report rests on: the one source by its name, several by their number and origins."""
    if len(ledger.sources) > 1:
        origins = len(corroboration.origins(ledger))
        return f"{len(ledger.sources)}, and {counted(origins, 'independent origin')} of what they say"
    [one] = rows_of(ledger.sources)
    publisher = one["publisher"] or "publisher not stated"
    return escaped(f"1: {one['author'] or 'no author named'}, “{one['title']}”, {publisher}")


def counts(ledger: Ledger) -> Table:
    """Return facts and pieces of evidence by whose word they rest on, and the pieces by their state."""
    states = ("verified", "read", "unread")
    pieces = ledger.supports
    rows = []
    for basis, term in ledger.terms["basis"].items():
        of_it = pieces[pieces["basis"] == basis]
        if len(of_it):
            rows.append((term.label, term.means, of_it["fact"].nunique(), len(of_it), *_in_states(of_it, states)))
    whole = "A fact that rests on several counts once."
    rows.append(("all", whole, len(ledger.facts), len(pieces), *_in_states(pieces, states)))
    right = ("Facts", "Supporting pieces", *(state.capitalize() for state in states))
    columns = " | ".join(("Whose word", "What it means", *right))
    return table("counts", "Whose word the report rests on", columns, rows, right=right)


def _in_states(pieces: pd.DataFrame, states: tuple[str, ...]) -> list[int]:
    return [int((pieces["state"] == state).sum()) for state in states]


def statuses(ledger: Ledger) -> Table:
    """Return how many facts there are of each status, with what the status means."""
    found = ledger.facts["status"].value_counts()
    rows = [(term.label, term.means, found[name]) for name, term in ledger.terms["status"].items() if name in found]
    caption = "Done, planned or only claimed: the status of the facts"
    return table("statuses", caption, "Status | What it means | Facts", rows, right=("Facts",), explains="cells")


def credibility(ledger: Ledger) -> Table:
    """Return how many facts there are of each credibility on the Admiralty scale."""
    found = corroboration.corroboration(ledger)["credibility"].value_counts()
    rows = [
        (f"{digit}, {term.label}", term.means, found.get(digit, 0))
        for digit, term in ledger.terms["credibility"].items()
        if digit in found
    ]
    caption = "How well the facts are borne out, on the Admiralty scale"
    return table("credibility", caption, "Credibility | What it takes | Facts", rows, right=("Facts",))


def sources(ledger: Ledger) -> Table:
    """Return the sources by grade of reliability: how many, and the facts that they carry."""
    supports = ledger.supports
    carried = supports.assign(grade=supports["source"].map(ledger.sources["grade"])).groupby("grade")["fact"].nunique()
    rows = []
    for grade, term in ledger.terms["grade"].items():
        of_it = ledger.sources[ledger.sources["grade"] == grade]
        if len(of_it):
            whole = int((of_it["access"] == "full").sum())
            rows.append((term.label, term.means, len(of_it), whole, carried.get(grade, 0)))
    right = ("Sources", "Read whole", "Facts")
    columns = "Grade | What it means | Sources | Read whole | Facts"
    return table("sources", "The sources by grade of reliability", columns, rows, right=right)


def open_questions(ledger: Ledger) -> Table:
    """Return what the case asks and its sources leave open; where they are at odds, the register has it."""
    rank = {"not answered": 0, "partly": 1}
    found = unknowns.questions(ledger)
    found = found[found["answered"].isin(rank)].sort_values("answered", key=lambda a: a.map(rank), kind="stable")
    answers = {(row["question"], row["fact"]): row["answer"] for _, row in ledger.answers.iterrows()}
    rows = []
    for name, row in found.iterrows():
        told = [f"{escaped(answers[name, fact])} {cited(fact)}" for fact in row["facts"]]
        rows.append((escaped(typeset(row["asks"])), row["answered"], "; ".join(told) or "no answer recorded"))
    caption = "What one would want to know, and the sources leave open"
    return table("open-questions", caption, "Question | Answered | What they say", rows)


def changes(ledger: Ledger, since: str = "") -> Table:
    """Return what was overtaken, corrected or withdrawn after a moment; by default after the seed could be read."""
    start = pd.Timestamp(since, tz=ledger.case.timezone) if since else _first(ledger)
    caption, columns = "What was overtaken, corrected or withdrawn", "Said before | Then | By what | Known on"
    if pd.isna(start):
        return table("changes", caption, columns, [], note="No source of this report has a known day.")
    earlier = ledger.known_at(start)
    found = changes_between.changes(earlier, ledger)
    gone = found[found["how"] != "new"]
    rows = [
        (f"{said(ledger, row['fact'])} {cited(row['fact'])}", row["how"],
         f"{said(ledger, row['by'])} {cited(row['by'])}", day(row["known"]))
        for _, row in gone.iterrows()
    ]  # fmt: skip
    moment = f"{start:%H:%M} on {start:%-d\u00a0%B\u00a0%Y}"
    if not since and ledger.case.seed in ledger.sources.index:
        moment += ", when the article appeared as we have it"
    note = _known_after(moment, len(found) - len(gone), gone)
    return table("changes", caption, columns, rows, note=note)


def _known_after(moment: str, new: int, gone: pd.DataFrame) -> str:
    """Return how many facts came to be known after a moment, and what they did to earlier ones."""
    if not new:
        return f"This report holds nothing that came to be known after {moment}."
    changed = "none changed an earlier one"
    if len(gone):
        earlier = counted(gone["fact"].nunique(), "earlier one")
        changed = f"{gone['by'].nunique()} of them overtook, corrected or withdrew {earlier}"
    return f"Of the facts, {new} came to be known after {moment}; {changed}."


def _first(ledger: Ledger) -> pd.Timestamp:
    """Return the moment of the seed, of the first source where the ledger has no seed."""
    seed = ledger.case.seed
    known = ledger.sources["available"]
    return known[seed] if seed in known.index else known.min()


def growth(ledger: Ledger) -> Table:
    """Return how many sources and facts were new in each month."""
    months = pd.DataFrame({
        "sources": ledger.sources["available"].map(_month).value_counts(),
        "facts": ledger.reported.map(_month).value_counts(),
    }).fillna(0).astype(int)  # fmt: skip
    order = sorted(months.index, key=lambda month: (month == "", month))
    rows = [(_readable(month), *months.loc[month]) for month in order]
    caption = "When what was known: new sources and facts by month"
    return table("growth", caption, "Month | New sources | New facts", rows, right=("New sources", "New facts"))


def _month(moment: pd.Timestamp) -> str:
    return "" if pd.isna(moment) else f"{moment:%Y-%m}"


def _readable(month: str) -> str:
    return f"{pd.Timestamp(month):%B\u00a0%Y}" if month else "no day known"


def glossary(ledger: Ledger) -> Table:
    """Return the glossary of the case, as far as its words could have been met."""
    known = [one for one in ledger.case.glossary if not one.arises_from or one.arises_from in ledger.facts.index]
    rows = [(escaped(one.term), escaped(one.means)) for one in sorted(known, key=lambda one: one.term.casefold())]
    return table("glossary", "Words that this report uses", "Term | Meaning", rows, explains="prose")
