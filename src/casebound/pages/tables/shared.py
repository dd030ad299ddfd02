"""What all tables share."""

from __future__ import annotations

import pandas as pd

from casebound.analysis.findings import days
from casebound.facts.dates.edtf import Length
from casebound.facts.ledger.ledger import Ledger
from casebound.pages.display import Table
from casebound.pages.markup import escaped

NOT_STATED = "not stated"


def cited(*facts: str) -> str:
    """Return a citation of the facts in the report's Markdown."""
    return "[" + "; ".join(f"@{fact}" for fact in facts) + "]" if facts else ""


def table(key: str, caption: str, columns: str, rows: list, **options) -> Table:
    """Return a table; `columns` are their names with bars between."""
    names = tuple(columns.split(" | "))
    return Table(key, caption, names, tuple(tuple(str(cell) for cell in row) for row in rows), **options)


def ranged(shortest, longest) -> str:
    """Return a range of days in prose."""
    if pd.isna(shortest):
        return NOT_STATED
    return days(Length(int(shortest), None if pd.isna(longest) else int(longest)))


def said(ledger: Ledger, fact: str) -> str:
    """Return a fact's statement as Markdown that prints it as it stands."""
    return escaped(ledger.facts.at[fact, "statement"])


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: `1 pair`, `2 pairs`."""
    return f"{number} {noun}{'s' * (number != 1)}"


def set_aside(number: int) -> str:
    """Return what a caption says of the accounts that a figure leaves out, nothing where there are none."""
    return f"; left out: {counted(number, 'account')} that the report does not follow" if number else ""


def day(moment: pd.Timestamp) -> str:
    """Return the day of a moment, or that none is known."""
    return "no day known" if pd.isna(moment) else f"{moment:%-d\u00a0%B\u00a0%Y}"


def audience(ledger: Ledger, parties: tuple[str, ...]) -> str:
    """Return who was told: `the public, staff and suppliers`; nothing where no source says so."""
    names = [label[0].lower() + label[1:] for label in (ledger.terms.label("party", party) for party in parties)]
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def speakers(ledger: Ledger, fact: str) -> str:
    """Return who says a fact, and in which sources: `JLR (BBC News, 3 September 2025; …)`."""
    pieces = ledger.carriers[fact]
    sources = "; ".join(dict.fromkeys(ledger.sources.at[piece["source"], "short"] for piece in pieces))
    named = dict.fromkeys(piece["speaker"] for piece in pieces if piece["speaker"])
    who = " and ".join(name for name in named if name not in sources)
    return escaped(f"{who} ({sources})" if who else sources)
