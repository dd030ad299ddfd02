"""What people decided themselves, each with the reason: checks set aside, and dates that no rule gives."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from casebound.facts.catalogue import checks
from casebound.facts.ledger.ledger import Ledger
from casebound.pages.display import Table
from casebound.pages.markup import escaped
from casebound.pages.narrative import checks_set_aside
from casebound.pages.tables.shared import statement, table

NOT_HERE = "the reason names what is not in this report"


class Aside(NamedTuple):
    """A check that a person set aside: where, in Markdown, its code, and why."""

    where: str
    code: str
    reason: str


def asides(ledger: Ledger) -> Table:
    """Return the checks that a person set aside for a fact, a source, the case or a sentence, each with the reason.

    Filled by `aside`.
    """
    found = set_aside(ledger)
    columns = {
        "Where": [aside.where for aside in found],
        "Check": [f"{aside.code}: {checks()[aside.code].guards}" for aside in found],
        "Reason": [escaped(aside.reason) for aside in found],
    }
    nothing = "No check was set aside for a fact, a source, a sentence or the case as a whole."
    return table("asides", "Checks that a person set aside, and why", columns, None if found else nothing)


def set_aside(ledger: Ledger) -> list[Aside]:
    """Return the checks set aside for the facts, sources and sentences of a ledger, and for its case."""
    found: list[Aside] = []
    for fact in ledger.facts.index:
        found += _each(statement(ledger, fact), _borne_out(ledger, ledger.record(fact).aside, [fact]))
    for source in ledger.sources.index:
        found += _each(
            escaped(f"source {source} ({ledger.sources.at[source, 'short']})"),
            ledger.records.sources[source].record.aside,
        )
    found += _each("the case as a whole (case.yaml)", ledger.case.aside)
    for text, sentence in checks_set_aside(ledger):
        where = re.sub(r"\[\^[^\]]+\]", "", " ".join(text.split()))  # a table holds no footnotes
        found += _each(where, _borne_out(ledger, sentence.aside, sentence.cited))
    return found


def _each(where: str, reasons: Mapping[str, str]) -> Iterator[Aside]:
    return (Aside(where, code, reason) for code, reason in reasons.items() if code in checks())


def _borne_out(ledger: Ledger, reasons: Mapping[str, str], facts: Collection[str]) -> dict[str, str]:
    """Return reasons without what a report limited in time or sources could not know."""
    return {code: reason if ledger.holds(reason, facts) else NOT_HERE for code, reason in reasons.items()}
