"""Accounts at odds: all sides, what the report follows and why; and what it follows instead of the first source."""

from __future__ import annotations

from casebound.analysis import conflicts
from casebound.analysis.conflicts import Conflict
from casebound.facts.ledger.ledger import Ledger
from casebound.facts.ledger.relations import CONFLICTS
from casebound.facts.text.claims import typeset
from casebound.pages.display import Prose, Table
from casebound.pages.markup import cited, escaped
from casebound.pages.tables.shared import speakers, statement, states, table


def corrections(ledger: Ledger) -> Table | Prose:
    """Return what the source from which the study starts says alone, with the account that the report follows instead.

    Nothing without such a source, or where the report follows it. Filled by `seed` and `resolution` in case.yaml.
    """
    if ledger.case.seed not in ledger.sources.index:
        return Prose("")  # the study starts from no single source
    if len(ledger.sources) == 1:
        return Prose("This report has no other source to set beside it.")
    matters = [(matter, alone) for matter in conflicts.register(ledger) if (alone := _corrected(ledger, matter))]
    if not matters:
        return Prose("")
    columns = {
        "What it says": [" ".join(_said(ledger, matter, fact) for fact in alone) for matter, alone in matters],
        "What we follow instead": [_said(ledger, matter, str(matter.followed)) for matter, _ in matters],
    }
    title = escaped(ledger.sources.at[ledger.case.seed, "title"])
    return table("corrections", f"Where “{title}” differs from the sources that we follow", columns, header_columns=0)


def _corrected(ledger: Ledger, matter: Conflict) -> list[str]:
    """Return the facts that the first source alone carries and that exclude the account that the report follows."""
    if not matter.followed or ledger.case.seed in _sources(ledger, matter.followed):
        return []
    pairs = conflicts.conflicts(ledger)[["first", "second"]].to_numpy().tolist()
    against = {fact for pair in pairs if matter.followed in pair for fact in pair}
    return [f for f in matter.facts if f in against and _sources(ledger, f) == {ledger.case.seed}]


def _sources(ledger: Ledger, fact: str) -> set[str]:
    return {piece["source"] for piece in ledger.carriers[fact]}


def register(ledger: Ledger) -> Prose:
    """Return every matter on which accounts are at odds, with all sides and what the report follows.

    Filled by `answers` that exclude each other, and `at_odds`.
    """
    register = conflicts.register(ledger)
    if not register:
        return Prose("No facts are recorded as at odds with each other.")
    used = {kind for matter in register for kind in matter.kinds}
    kinds = "; ".join(f"*{kind}*: {means}" for kind, means in CONFLICTS.items() if kind in used)
    return Prose("\n\n".join([*(_entry(ledger, matter) for matter in register), f"Kinds of conflict. {kinds}."]))


def _entry(ledger: Ledger, matter: Conflict) -> str:
    sides = [f"{n}. {_side(ledger, matter, fact)}" for n, fact in enumerate(matter.facts, 1)]
    kinds = f"*Kind of conflict: {', '.join(matter.kinds)}.*"
    return "\n".join([f"### {escaped(typeset(matter.asks))}", "", *sides, "", f"{kinds} {_treatment(matter)}"])


def _side(ledger: Ledger, matter: Conflict, fact: str) -> str:
    """Return what one account says, who gives it and how its evidence was checked."""
    return f"{_said(ledger, matter, fact)} *{speakers(ledger, fact)} · evidence: {states(ledger, fact)}*"


def _said(ledger: Ledger, matter: Conflict, fact: str) -> str:
    """Return what one account says, with its date if the accounts differ on that."""
    date, words = ledger.facts.at[fact, "date"], ledger.facts.at[fact, "statement"]
    dated = (
        f" (our dating: {date})"
        if {"date", "forecast"} & set(matter.kinds) and date.replace("\u00a0", " ") not in words.replace("\u00a0", " ")
        else ""
    )
    return statement(ledger, fact, dated)


def _treatment(matter: Conflict) -> str:
    """Return what the report follows and why, or that it follows none."""
    number = {fact: n for n, fact in enumerate(matter.facts, 1)}
    said = [escaped(typeset(reason)) for reason in matter.reasons]
    said += [f"Account {number[new]} corrects account {number[old]}." for old, new in matter.corrections]
    if matter.followed:
        said.append(f"We follow account {number[matter.followed]} {cited(matter.followed)}.")
    elif matter.because:
        said.append("We follow none.")
    elif set(matter.kinds) <= {"forecast", "revision"}:
        said.append("Each is what was said at its time.")
    else:
        said.append("Left open." if matter.leaves_open else "Not resolved: each stands.")
    return " ".join([*said, escaped(typeset(matter.because or ""))]).strip()
