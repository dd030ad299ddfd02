"""Tables of the evidence: what the report rests on, what came to be known when, and what is not known."""

from __future__ import annotations

import pandas as pd

from casebound.analysis import changes as changes_between
from casebound.analysis import conflicts, corroboration, unknowns
from casebound.facts.ledger.frames import rows as rows_of
from casebound.facts.ledger.ledger import Ledger
from casebound.facts.text.claims import typeset
from casebound.pages.display import StatusBox, Table
from casebound.pages.markup import cited, escaped
from casebound.pages.tables.shared import counted, day, statements, table


def status(ledger: Ledger) -> StatusBox:
    """Return the box that says what the report rests on."""
    alone = int((ledger.facts["origins"] <= 1).sum())
    questions = unknowns.questions(ledger)
    silent = int((questions["answered"] == "not answered").sum())
    register = conflicts.register(ledger)
    facts = f"{len(ledger.facts)}, {'all' if alone == len(ledger.facts) else alone} resting on one origin at most"
    items = {
        "As known on": ledger.as_known,
        "Sources": _sources(ledger),
        "Facts": facts,
        "Evidence": _evidence(ledger),
        "Conflicts": _conflicts(len(register), sum(bool(matter.followed) for matter in register)),
        "Open questions": f"no answer recorded to {silent} of {len(questions)}",
    }
    return StatusBox(tuple(items.items()))


def _evidence(ledger: Ledger) -> str:
    """Return how many pieces of evidence are in each state, those that are not verified first."""
    number = ledger.evidence["state"].value_counts()
    words = {
        "unread": ("piece", "not compared with the source"),
        "read": ("paraphrase", "compared with what could be seen of the source"),
        "verified": ("quotation", "found word for word in the source’s text"),
    }
    shown = words.items()
    return "; ".join(f"{counted(int(number[state]), noun)} {how}" for state, (noun, how) in shown if state in number)


def _conflicts(matters: int, followed: int) -> str:
    """Return on how many matters the accounts differ, and in how many the report follows one."""
    if not matters:
        return "none"
    if not 0 < followed < matters:
        follows = "in each the report follows one account" if followed else "the report follows no account"
        return f"{counted(matters, 'matter')}; {follows}"
    return f"{counted(matters, 'matter')}: in {followed} the report follows one account, in {matters - followed} none"


def _sources(ledger: Ledger) -> str:
    """Return what the report rests on: the one source by its name, several by their number and origins."""
    if len(ledger.sources) > 1:
        origins = len(corroboration.origins(ledger))
        return f"{len(ledger.sources)}, and {counted(origins, 'independent origin')} of what they say"
    [source] = rows_of(ledger.sources)
    publisher = source["publisher"] or "publisher not stated"
    return escaped(f"1: {source['author'] or 'no author named'}, “{source['title']}”, {publisher}")


def counts(ledger: Ledger) -> Table:
    """Return facts and pieces of evidence by whose word they rest on, and the pieces by their state."""
    pieces = ledger.supports
    groups = [(t.label, t.means, pieces[pieces["basis"] == basis]) for basis, t in ledger.terms["basis"].items()]
    groups = [group for group in groups if len(group[2])]
    groups.append(("all", "A fact that rests on several counts once.", pieces))
    columns = {
        "Whose word": [label for label, *_ in groups],
        "What it means": [means for _, means, _ in groups],
        "Facts": [of_it["fact"].nunique() for *_, of_it in groups],
        "Supporting pieces": [len(of_it) for *_, of_it in groups],
    }
    for state in ("verified", "read", "unread"):
        columns[state.capitalize()] = [(of_it["state"] == state).sum() for *_, of_it in groups]
    return table("counts", "Whose word the report rests on", columns, right=tuple(columns)[2:])


def statuses(ledger: Ledger) -> Table:
    """Return how many facts there are of each status, with what the status means."""
    columns = _counted(ledger, "status", "Status", "What it means", ledger.facts["status"])
    caption = "Done, planned or only claimed: the status of the facts"
    return table("statuses", caption, columns, right=("Facts",), explains="cells")


def credibility(ledger: Ledger) -> Table:
    """Return how many facts there are of each credibility on the Admiralty scale."""
    digits = corroboration.corroboration(ledger)["credibility"]
    columns = _counted(ledger, "credibility", "Credibility", "What it takes", digits)
    columns["Credibility"] = columns.index + ", " + columns["Credibility"]
    caption = "How well the facts are borne out, on the Admiralty scale"
    return table("credibility", caption, columns, right=("Facts",))


def _counted(ledger: Ledger, kind: str, name: str, means: str, words: pd.Series) -> pd.DataFrame:
    """Return how many facts have each controlled word, which the rows explain in the order of the terms."""
    rows = {word: (term.label, term.means, (words == word).sum()) for word, term in ledger.terms[kind].items()}
    table = pd.DataFrame.from_dict(rows, orient="index", columns=[name, means, "Facts"])
    return table[table["Facts"] > 0]


def sources(ledger: Ledger) -> Table:
    """Return the sources by grade of reliability: how many, and the facts that they carry."""
    grades, whole = ledger.sources["grade"], ledger.sources["access"] == "full"
    carried = ledger.supports["fact"].groupby(ledger.supports["source"].map(grades)).nunique()
    used = {grade: term for grade, term in ledger.terms["grade"].items() if (grades == grade).any()}
    columns = {
        "Grade": [term.label for term in used.values()],
        "What it means": [term.means for term in used.values()],
        "Sources": [(grades == grade).sum() for grade in used],
        "Read whole": [((grades == grade) & whole).sum() for grade in used],
        "Facts": [carried.get(grade, 0) for grade in used],
    }
    return table("sources", "The sources by grade of reliability", columns, right=("Sources", "Read whole", "Facts"))


def open_questions(ledger: Ledger) -> Table:
    """Return what the case asks and its sources leave open; where they are at odds, the register has it."""
    rank = {"not answered": 0, "partly": 1}
    questions = unknowns.questions(ledger)
    questions = questions[questions["answered"].isin(rank)]
    questions = questions.sort_values("answered", key=lambda answered: answered.map(rank), kind="stable")
    answers = ledger.answers.set_index(["question", "fact"])["answer"]
    answered = [
        "; ".join(f"{escaped(answers[name, fact])} {cited(fact)}" for fact in facts)
        for name, facts in questions["facts"].items()
    ]
    columns = {
        "Question": questions["asks"].map(typeset).map(escaped),
        "Answered": questions["answered"],
        "What they say": [answer or "no answer recorded" for answer in answered],
    }
    return table("open-questions", "What one would want to know, and the sources leave open", columns)


def changes(ledger: Ledger, since: str = "") -> Table:
    """Return what was overtaken, corrected or withdrawn after a moment; by default after the seed could be read."""
    start = pd.Timestamp(since, tz=ledger.case.timezone) if since else _first(ledger)
    earlier = ledger if pd.isna(start) else ledger.known_at(start)
    changes = changes_between.changes(earlier, ledger)
    gone = changes[changes["how"] != "new"]
    columns = {
        "Said before": statements(ledger, gone["fact"]),
        "Then": gone["how"],
        "By what": statements(ledger, gone["by"]),
        "Known on": gone["known"].map(day),
    }
    caption = "What was overtaken, corrected or withdrawn"
    if pd.isna(start):
        return table("changes", caption, columns, "No source of this report has a known day.")
    moment = f"{start:%H:%M} on {day(start)}"
    if not since and ledger.case.seed in ledger.sources.index:
        moment += ", when the article appeared as we have it"
    return table("changes", caption, columns, _known_after(moment, len(changes) - len(gone), gone))


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
    available = ledger.sources["available"]
    return available.get(ledger.case.seed, available.min())


def growth(ledger: Ledger) -> Table:
    """Return how many sources and facts were new in each month."""
    moments = {"New sources": ledger.sources["available"], "New facts": ledger.reported}
    by_month = {name: of_it.dt.tz_localize(None).dt.to_period("M") for name, of_it in moments.items()}
    months = pd.DataFrame({name: of_it.value_counts(dropna=False) for name, of_it in by_month.items()})
    months = months.fillna(0).astype(int).sort_index(na_position="last")
    readable = [f"{month:%B %Y}".replace(" ", "\u00a0") if month == month else "no day known" for month in months.index]
    columns = {"Month": readable, **months}
    return table("growth", "When what was known: new sources and facts by month", columns, right=tuple(months))


def glossary(ledger: Ledger) -> Table:
    """Return the glossary of the case, as far as its words could have been met."""
    words = sorted(ledger.case.glossary, key=lambda word: word.term.casefold())
    known = [word for word in words if not word.arises_from or word.arises_from in ledger.facts.index]
    columns = {"Term": [escaped(word.term) for word in known], "Meaning": [escaped(word.means) for word in known]}
    return table("glossary", "Words that this report uses", columns, explains="prose")
