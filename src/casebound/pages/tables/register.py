"""The register of conflicting accounts: every side with its sources, and what the report follows and why."""

from __future__ import annotations

from casebound.analysis import conflicts
from casebound.analysis.conflicts import Conflict
from casebound.facts.ledger.ledger import Ledger
from casebound.facts.ledger.relations import CONFLICTS
from casebound.facts.text.claims import typeset
from casebound.pages.display import Prose
from casebound.pages.markup import cited, escaped
from casebound.pages.tables.shared import speakers, statement, states


def corrections(ledger: Ledger) -> Prose:
    """Return where other sources are at odds with the one from which the study starts.

    Filled by `seed` in case.yaml, and what other sources say otherwise.
    """
    if ledger.case.seed not in ledger.sources.index:
        return Prose("")  # the study starts from no single source
    if len(ledger.sources) == 1:
        return Prose("This report has no other source to set beside it.")
    shown = [_entry(ledger, matter) for matter in conflicts.register(ledger) if _is_correction(ledger, matter)]
    return Prose("\n\n".join(shown))


def register(ledger: Ledger) -> Prose:
    """Return every matter on which the sources are at odds, but for those that `corrections` shows.

    Filled by `answers` that exclude each other, and `at_odds`.
    """
    register = conflicts.register(ledger)
    shown = [_entry(ledger, matter) for matter in register if not _is_correction(ledger, matter)]
    if not shown:
        further = "further " if register else ""
        return Prose(f"No {further}facts are recorded as at odds with each other.")
    used = {kind for matter in register for kind in matter.kinds}
    kinds = "; ".join(f"*{kind}*: {means}" for kind, means in CONFLICTS.items() if kind in used)
    return Prose("\n\n".join([*shown, f"Kinds of conflict. {kinds}."]))


def _is_correction(ledger: Ledger, matter: Conflict) -> bool:
    """Tell whether the source that the study starts from stands alone on one side of a conflict."""
    of_seed = [{piece["source"] for piece in ledger.carriers[fact]} == {ledger.case.seed} for fact in matter.facts]
    return any(of_seed) and not all(of_seed)


def _entry(ledger: Ledger, matter: Conflict) -> str:
    sides = [f"{n}. {_side(ledger, matter, fact)}" for n, fact in enumerate(matter.facts, 1)]
    kinds = f"*Kind of conflict: {', '.join(matter.kinds)}.*"
    return "\n".join([f"### {escaped(typeset(matter.asks))}", "", *sides, "", f"{kinds} {_treatment(matter)}"])


def _side(ledger: Ledger, matter: Conflict, fact: str) -> str:
    """Return what one account says, who gives it and how its evidence was checked; its date where dates differ."""
    date, words = ledger.facts.at[fact, "date"], ledger.facts.at[fact, "statement"]
    dated = f" ({date})" if {"date", "forecast"} & set(matter.kinds) and date not in words else ""
    return f"{statement(ledger, fact, dated)} *{speakers(ledger, fact)} · evidence: {states(ledger, fact)}*"


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
