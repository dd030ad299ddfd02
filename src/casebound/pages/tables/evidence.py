"""Tables of the evidence: what the report rests on, and what came to be known when."""

from __future__ import annotations

import pandas as pd

from casebound.analysis import changes as changes_between
from casebound.analysis import conflicts, corroboration, unknowns
from casebound.facts.dates import edtf
from casebound.facts.evidence.lock import STATES
from casebound.facts.ledger.frames import rows as rows_of
from casebound.facts.ledger.ledger import Ledger
from casebound.facts.text.scripts import foreign, isolated
from casebound.pages.display import StatusBox, Table
from casebound.pages.markup import escaped, in_language
from casebound.pages.tables.asides import set_aside
from casebound.pages.tables.shared import counted, statements, table


def status(ledger: Ledger) -> StatusBox:
    """Return the box that says what the report rests on, and first what of it is not verified."""
    alone = int((ledger.facts["origins"] <= 1).sum())
    questions = unknowns.questions(ledger)
    silent = int((questions["answered"] == "not answered").sum())
    register = conflicts.register(ledger)
    dates, aside = int((ledger.facts["rule"] == "person").sum()), len(set_aside(ledger))
    few = "all" if alone == len(ledger.facts) else alone
    facts = f"{len(ledger.facts)}, {few} of them with no more than one independent origin"
    left = int(questions["is_open"].sum())
    asked = f"{len(questions)} asked; {left or 'none'} open, {silent or 'none'} without a recorded answer"
    items = {
        "Not verified": _not_verified(ledger),
        "Verified": _verified(ledger),
        "Facts": facts if len(ledger.facts) else "none",
        "Sources": _sources(ledger),
        "As known on": ledger.as_known + ("" if ledger.as_of else ", the day of the newest source"),
        "Dates set by a person": f"{dates}{_with_reasons(dates)}"
        if dates
        else "none; each follows from a source’s words",
        "Checks set aside": f"{aside}{_with_reasons(aside)}" if aside else "none",
        "Conflicts": _conflicts(len(register), sum(bool(matter.followed) for matter in register)),
        "Questions": asked if len(questions) else "none asked",
    }
    return StatusBox(tuple(items.items()))


def _with_reasons(number: int) -> str:
    return f", with {'reasons' if number > 1 else 'the reason'}" if number else ""


def _not_verified(ledger: Ledger) -> str:
    """Return how many pieces of evidence are not verified, and how far each was compared with its source."""
    number = ledger.evidence["state"].value_counts()
    how = {
        "unread": "not yet compared with the source (unread)",
        "read": "compared by a person with what could be seen of the source (read)",
        "found": "in the source word for word, the words round them not checked (found)",
    }
    parts = [f"{number[state]} {words}" for state, words in how.items() if state in number]
    rest = len(ledger.evidence) - number.get("verified", 0)
    return f"{rest} of {len(ledger.evidence)} pieces of evidence: {'; '.join(parts)}" if parts else "nothing"


def _verified(ledger: Ledger) -> str:
    """Return how many pieces of evidence are verified, and from how many sources they come."""
    pieces = ledger.evidence[ledger.evidence["state"] == "verified"]
    if pieces.empty:
        return "none"
    from_sources = f"{pieces['source'].nunique()} of {counted(len(ledger.sources), 'source')}"
    return f"{counted(len(pieces), 'quotation')} word for word, and the words round them, from {from_sources}"


def _conflicts(matters: int, followed: int) -> str:
    """Return the number of matters on which accounts differ, and of those in which the report follows one."""
    if not matters:
        return "none"
    if not 0 < followed < matters:
        follows = "in each the report follows one account" if followed else "the report follows no account"
        return f"{counted(matters, 'matter')}; {follows}"
    return f"{counted(matters, 'matter')}: in {followed} the report follows one account, in {matters - followed} none"


def _sources(ledger: Ledger) -> str:
    """Return what the report rests on: the one source by its name, several by their number and origins."""
    if ledger.sources.empty:
        return "none"
    if len(ledger.sources) > 1:
        origins = counted(ledger.supports["origin"].nunique(), "independent origin")
        return f"{len(ledger.sources)}, which pass on what {origins} say"
    [source] = rows_of(ledger.sources)
    publisher = source["publisher"] or "publisher not stated"
    author = source["author"] or "no author recorded"
    title = in_language(f"“{source['title']}”", foreign(source["language"], ledger.case.language))
    return f"1: {escaped(isolated(author))}, {title}, {escaped(isolated(publisher))}"


def counts(ledger: Ledger) -> Table:
    """Return facts and pieces of evidence by whose word they rest on, and the pieces by their state.

    Filled by `basis`.
    """
    pieces = ledger.supports
    words = {"Facts": pieces.drop_duplicates(["fact", "basis"])["basis"], "Supporting pieces": pieces["basis"]}
    for state in STATES:
        words[state.capitalize()] = pieces.loc[pieces["state"] == state, "basis"]
    columns = _counted(ledger, "basis", "Whose word", words)
    of_all = columns[list(words)].sum().tolist()[1:]
    columns.loc["all"] = ["all", "A fact that rests on several counts once.", pieces["fact"].nunique(), *of_all]
    columns = columns.drop(columns=[state.capitalize() for state in STATES if not columns[state.capitalize()].any()])
    return table("counts", "Facts and their evidence, by whose word it is", columns, right=columns.columns[2:])


def statuses(ledger: Ledger) -> Table:
    """Return how many facts there are of each status, with what the status means.

    Filled by `status`.
    """
    columns = _counted(ledger, "status", "Status", {"Facts": ledger.facts["status"]})
    return table("statuses", "The facts by status", columns, right=("Facts",), explains="cells")


def credibility(ledger: Ledger) -> Table:
    """Return how many facts there are of each credibility on the Admiralty scale.

    Filled by `grade` and `origin` in sources.yaml.
    """
    digits = corroboration.corroboration(ledger)["credibility"]
    columns = _counted(ledger, "credibility", "Credibility", {"Facts": digits}, means="What it takes")
    columns["Credibility"] = columns.index + ", " + columns["Credibility"]
    return table("credibility", "The facts by credibility, on the Admiralty scale", columns, right=("Facts",))


def _counted(
    ledger: Ledger, kind: str, name: str, words: dict[str, pd.Series], means: str = "What it means"
) -> pd.DataFrame:
    """Return one row a controlled word that the first of the columns holds: its label, meaning and number in each.

    The rows are in the order of the terms.
    """
    terms = ledger.terms[kind]
    counts = {column: [(values == word).sum() for word in terms] for column, values in words.items()}
    explained = {name: [term.label for term in terms.values()], means: [term.means for term in terms.values()]}
    table = pd.DataFrame({**explained, **counts}, index=list(terms))
    return table[table[next(iter(words))] > 0]


def sources(ledger: Ledger) -> Table:
    """Return the sources by grade of reliability: how many, and the facts that they carry.

    Filled by sources.yaml.
    """
    grades = ledger.sources["grade"]
    carried = ledger.supports.assign(grade=ledger.supports["source"].map(grades)).drop_duplicates(["fact", "grade"])
    words = {"Sources": grades, "Read whole": grades[ledger.sources["access"] == "full"], "Facts": carried["grade"]}
    columns = _counted(ledger, "grade", "Grade", words)
    return table("sources", "The sources by grade of reliability", columns, right=words)


def changes(ledger: Ledger, since: str = "") -> Table:
    """Return what was overtaken, corrected or withdrawn after a moment; by default after the seed could be read.

    Filled by `supersedes`.
    """
    available = ledger.sources["available"]
    first = available.get(ledger.case.seed, available.min())
    start = pd.Timestamp(since, tz=ledger.case.timezone) if since else first
    earlier = ledger if pd.isna(start) else ledger.known_at(start)
    changes = changes_between.changes(earlier, ledger)
    gone = changes[changes["how"] != "new"]
    columns = {
        "Earlier": statements(ledger, gone["fact"]),
        "What became of it": gone["how"],
        "Later": statements(ledger, gone["by"]),
        "Known by": gone["known"].map(ledger.day),
    }
    caption = "Facts that later ones overtook, corrected or withdrew"
    if pd.isna(start):
        return table("changes", caption, columns, "No source of this report has a known day.")
    moment = ledger.stamp(start)
    if not since and ledger.case.seed in ledger.sources.index:
        moment += f", when “{ledger.sources.at[ledger.case.seed, 'title']}” appeared as we have it"
    elif not since:
        moment += ", when the first source appeared"
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


def growth(ledger: Ledger) -> Table:
    """Return how many sources and facts were new in each month.

    Filled by `available` in sources.yaml.
    """
    moments = {"New sources": ledger.sources["available"], "New facts": ledger.reported}
    months = pd.DataFrame({name: of_it.map(ledger.month).value_counts() for name, of_it in moments.items()})
    months = months.fillna(0).astype(int).sort_index()
    readable = [ledger.printed(edtf.parse(month)) if month[:1].isdigit() else "no day known" for month in months.index]
    columns = {"Month": readable, **months}
    return table("growth", "New sources and facts, month by month", columns, right=tuple(months))


def glossary(ledger: Ledger) -> Table:
    """Return the glossary of the case, as far as its words could have been met.

    Filled by `glossary` in case.yaml.
    """
    words = sorted(ledger.case.glossary, key=lambda word: word.term.casefold())
    known = [word for word in words if not word.arises_from or word.arises_from in ledger.facts.index]
    columns = {"Term": [escaped(word.term) for word in known], "Meaning": [escaped(word.means) for word in known]}
    none = "the case explains no word that could be met here"
    return table("glossary", "Words that this report uses", columns, explains="prose", none=none)
