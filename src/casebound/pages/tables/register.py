"""The register of conflicting accounts: every side with its sources, and what the report follows and why."""

from __future__ import annotations

from casebound.analysis import conflicts
from casebound.analysis.conflicts import Conflict
from casebound.facts.ledger.ledger import Ledger
from casebound.facts.ledger.relations import CONFLICTS
from casebound.facts.text.claims import typeset
from casebound.pages.display import Prose
from casebound.pages.markup import escaped
from casebound.pages.tables.shared import cited, said, speakers


def corrections(ledger: Ledger) -> Prose:
    """Return where other sources are at odds with the article from which the study starts."""
    if ledger.case.seed not in ledger.sources.index:
        return Prose("")  # there is no article to differ from
    if len(ledger.sources) == 1:
        return Prose("There is no other source to set beside it.")
    shown = [_entry(ledger, one) for one in conflicts.register(ledger) if _is_correction(ledger, one)]
    return Prose("\n\n".join(shown) or "No fact of another source is recorded as at odds with the article.")


def register(ledger: Ledger) -> Prose:
    """Return every matter on which the sources are at odds, but for those that `corrections` shows."""
    register = conflicts.register(ledger)
    shown = [_entry(ledger, one) for one in register if not _is_correction(ledger, one)]
    if not shown:
        further = "further " if register else ""
        return Prose(f"No {further}facts are recorded as at odds with each other.")
    used = {kind for one in register for kind in one.kinds}
    kinds = "; ".join(f"*{kind}*: {means}" for kind, means in CONFLICTS.items() if kind in used)
    return Prose("\n\n".join([*shown, f"Kinds of conflict. {kinds}."]))


def _is_correction(ledger: Ledger, one: Conflict) -> bool:
    """Tell whether the article stands on one side of a conflict, and others on another."""
    seed = [_is_of_seed(ledger, fact) for fact in one.facts]
    return any(seed) and not all(seed)


def _is_of_seed(ledger: Ledger, fact: str) -> bool:
    """Tell whether a fact rests on the article alone."""
    return {piece["source"] for piece in ledger.carriers[fact]} == {ledger.case.seed}


def _entry(ledger: Ledger, one: Conflict) -> str:
    sides = [f"{n}. {_side(ledger, one, fact)}" for n, fact in enumerate(one.facts, 1)]
    kinds = f"*Kind of conflict: {', '.join(one.kinds)}.*"
    return "\n".join([f"### {_asked(one)}", "", *sides, "", f"{kinds} {_made_of_it(ledger, one)}"])


def _asked(one: Conflict) -> str:
    return escaped(typeset(one.asks))


def _side(ledger: Ledger, one: Conflict, fact: str) -> str:
    """Return what one account says and who gives it; the date too, where dates are what differs."""
    date, statement = ledger.facts.at[fact, "date"], ledger.facts.at[fact, "statement"]
    told = f" ({date})" if {"date", "forecast"} & set(one.kinds) and date not in statement else ""
    return f"{said(ledger, fact)}{told} {cited(fact)} *{speakers(ledger, fact)}*"


def _made_of_it(ledger: Ledger, one: Conflict) -> str:
    """Return what the report follows and why, or that it follows none."""
    reasons = [escaped(typeset(reason)) for reason in one.reasons]
    if one.because is None:
        return " ".join([*reasons, "Left open." if one.leaves_open else "Not resolved: each stands."])
    followed = "We follow none."
    if one.followed:
        followed = f"We follow account {one.facts.index(one.followed) + 1} {cited(one.followed)}."
    return " ".join([*reasons, followed, escaped(typeset(one.because))])
