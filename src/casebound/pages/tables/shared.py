"""What all tables share: a table from its columns, and the wording of cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

import pandas as pd

from casebound.analysis import corroboration
from casebound.analysis.findings import days
from casebound.facts.dates.edtf import Length
from casebound.facts.evidence.lock import STATES
from casebound.facts.ledger.ledger import Ledger
from casebound.facts.text.scripts import isolated
from casebound.pages.display import Table, columns_named
from casebound.pages.markup import cited, escaped

NOT_RECORDED = "not recorded"
Columns: TypeAlias = Mapping[str, Iterable] | pd.DataFrame


def table(
    key: str, caption: str, columns: Columns, note: str | None = None, right: Iterable[str] = (), **options: Any
) -> Table[str]:
    """Return a table of named columns, those in `right` set to the right; `options` are fields of `Table`."""
    rows = zip(*(columns[name] for name in columns), strict=True)
    cells = tuple(tuple(map(str, row)) for row in rows)
    return Table(key, caption, columns_named(columns, right), cells, note=note, **options)


def statement(ledger: Ledger, fact: str, also: str = "") -> str:
    """Return a fact's statement, what is `also` said of it, and its citation."""
    return f"{escaped(ledger.facts.at[fact, 'statement'])}{also} {cited(fact)}"


def statements(ledger: Ledger, facts: Iterable[str]) -> list[str]:
    """Return a column of facts: the statement of each with its citation."""
    return [statement(ledger, fact) for fact in facts]


def labels(ledger: Ledger, kind: str, words: Iterable[str]) -> list[str]:
    """Return a column of controlled words as their labels."""
    return [ledger.terms.label(kind, word) for word in words]


def or_not_recorded(words: Iterable[str]) -> list[str]:
    """Return a column of texts as they stand, or that nothing is recorded."""
    return [escaped(text) or NOT_RECORDED for text in words]


def ranged(shortest, longest) -> str:
    """Return a range of days in prose."""
    if pd.isna(shortest):
        return NOT_RECORDED
    return days(Length(int(shortest), None if pd.isna(longest) else int(longest)))


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: `1 pair`, `2 pairs`."""
    return f"{number} {noun}{'s' * (number != 1)}"


def inside(label: str) -> str:
    """Return a label as it stands inside a sentence: `invoicing`, but `IT systems` and `Harbour Board`."""
    first, *others = label.split()
    is_name = (first.isupper() and len(first) > 1) or any(word[0].isupper() for word in others)
    return label if is_name else label[0].lower() + label[1:]


def audience(ledger: Ledger, parties: tuple[str, ...]) -> str:
    """Return who was told: `the public, staff and suppliers`; nothing where no source says so."""
    return listed(inside(label) for label in labels(ledger, "party", parties))


def listed(names: Iterable[str]) -> str:
    """Return names as prose lists them: `staff, farms and shops`."""
    names = list(names)
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def named(ledger: Ledger, fact: str) -> list[str]:
    """Return the speakers of a fact, each once."""
    return list(dict.fromkeys(isolated(piece["speaker"]) for piece in ledger.carriers[fact] if piece["speaker"]))


def states(ledger: Ledger, fact: str) -> str:
    """Return the states of the evidence that supports a fact: `verified`, or `2 verified, 1 unread`."""
    found = Counter(piece["state"] for piece in ledger.carriers[fact])
    return ", ".join(f"{found[state]} {state}" if found.total() > 1 else state for state in STATES if state in found)


def speakers(ledger: Ledger, fact: str) -> str:
    """Return who says a fact, and in which sources: `the mayor (The Quill, 3 September 2031; …)`."""
    sources = corroboration.sources(ledger, fact)
    who = " and ".join(name for name in named(ledger, fact) if name not in sources)
    return escaped(f"{who} ({sources})" if who else sources)
