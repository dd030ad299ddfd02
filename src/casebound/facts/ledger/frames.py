"""Frames: a case's records laid out as data frames, one row a record."""

from __future__ import annotations

from textwrap import shorten

import pandas as pd

from casebound.facts.dates import edtf
from casebound.facts.evidence.anchors import digest, unchecked
from casebound.facts.evidence.lock import state_of
from casebound.facts.ledger.casefile import Casefile, Entry
from casebound.facts.ledger.limits import available
from casebound.facts.records import csl
from casebound.facts.records.models import SUPPORTS, Case, Evidence, Fact, Quantity, Source
from casebound.facts.text.claims import stands_in, typeset
from casebound.facts.text.scripts import isolated

FIRM = ("done", "under way")
AHEAD = ("planned", "expected")  # still to come, with a day of its own
HEDGED = ("possible", "unconfirmed", "denied")
# Every column of a frame, with its type: what is absent is `pd.NA` in text and numbers, `NaT` in days and moments.
_TEXT, _NUMBER, _DAY = "string", "Float64", "datetime64[us]"  # days as pandas reads them from a file
_FACTS = {
    **dict.fromkeys(("fact", "theme", "statement", "label"), _TEXT),
    **{"named": "bool", "when": _TEXT, "date": _TEXT, "earliest": _DAY, "latest": _DAY, "lasts": "bool"},
    **{"rule": _TEXT, "status": _TEXT, "firm": "bool", "actor": _TEXT, "system": _TEXT, "state": _TEXT},
    **{"places": object, "forecast": _TEXT, "told_to": object, "accused": _TEXT, "act": _TEXT, "outcome_of": _TEXT},
    **{"affected": object, "effect": _TEXT, "opens": _TEXT, "qualifier": _TEXT, "low": _NUMBER, "high": _NUMBER},
    **dict.fromkeys(("unit", "measure", "scope", "period", "method"), _TEXT),
}
_EVIDENCE = {
    **{"fact": _TEXT, "piece": "int64", "source": _TEXT, "basis": _TEXT, "quote": _TEXT, "says": _TEXT},
    **{"figure_as_printed": _TEXT, "read": _TEXT, "origin": _TEXT, "speaker": _TEXT, "direct": "bool"},
    **dict.fromkeys(("stance", "part", "state", "unchecked"), _TEXT),
}
_SOURCES = dict.fromkeys(
    (
        *("source", "short", "title", "author", "publisher", "url", "language", "issued", "available", "origin"),
        *("grade", "grade_reason", "access", "sha256", "note"),
    ),
    _TEXT,
)
_CAUSES = dict.fromkeys(("cause", "effect", "link", "words", "reason"), _TEXT)
_SUPERSESSIONS = dict.fromkeys(("old", "new", "how"), _TEXT)
_ANSWERS = dict.fromkeys(("question", "fact", "answer"), _TEXT)


def _frame(rows: list[dict], types: dict) -> pd.DataFrame:
    # column by column: a check lays a case out several times, and `astype` takes thrice as long
    columns = {name: [row.get(name) for row in rows] for name in types}
    # as a list of tuples, all of one length, `array` would take a column for a table
    kinds = {name: pd.Series if kind is object else pd.array for name, kind in types.items()}
    return pd.DataFrame({name: kinds[name](column, dtype=types[name]) for name, column in columns.items()})


def facts(entries: list[Entry[Fact]], case: Case) -> pd.DataFrame:
    """Return one row a fact, indexed by its id."""
    return _frame([_fact(entry, case) for entry in entries], _FACTS).set_index("fact")


def _fact(entry: Entry[Fact], case: Case) -> dict:
    fact = entry.record
    when = edtf.parse(fact.when)
    # "by publication" says when at the latest a thing happened, not that it lasted until then
    lasts = when.span and fact.dated.rule != "by-publication"
    return {
        **dict(fact),
        **_figures(fact.quantity),
        "fact": fact.id,
        "theme": entry.theme,
        "statement": typeset(fact.statement),
        "label": typeset(fact.label or fact.statement),
        "named": fact.label is not None,
        "date": edtf.readable(when, case.timezone, case.language, lasts=lasts),
        "earliest": when.earliest,
        "latest": when.latest,
        "lasts": lasts,
        "rule": fact.dated.rule,
        "firm": fact.status in FIRM,
    }


def _figures(quantity: Quantity | None) -> dict:
    if quantity is None:
        return {}
    low, high = (quantity.value if end is None else end for end in (quantity.low, quantity.high))
    return {**dict(quantity), "low": low, "high": high}


def evidence(records: Casefile, kept: dict[str, Source]) -> pd.DataFrame:
    """Return one row a piece of evidence from the sources kept, with where the lock says that it stands."""
    rows = []
    for entry, number, piece in records.pieces():
        if piece.source in kept:
            verified = records.locked.get((entry.record.id, number))
            verified = verified if verified and verified.digest == digest(piece) else None  # of a draft, changed since
            place = {"fact": entry.record.id, "piece": number, "part": verified.anchor.part if verified else ""}
            source = kept[piece.source]
            state = state_of(piece, source, verified)
            known = {"state": state, "unchecked": _unchecked(piece, source, state)}
            rows.append({**dict(piece), "origin": piece.origin or source.first_said, **place, **known})
    return _frame(rows, _EVIDENCE)


def rows(frame: pd.DataFrame) -> list[dict]:
    """Return a frame's rows as dictionaries, with None for what is absent."""
    return frame.astype(object).where(frame.notna(), None).to_dict("records")


def supporting(pieces: pd.DataFrame) -> pd.DataFrame:
    """Return the pieces of evidence that support their fact, as `Evidence.supports` says of a record."""
    return pieces[pieces["stance"] == SUPPORTS]


def counts(ids: pd.Index, pieces: pd.DataFrame) -> pd.DataFrame:
    """Return for each fact how many `pieces` support it, from how many `sources`, and of how many `origins`.

    Papers that print one statement are one origin, and one paper is no more than one; an attacker's word is none.
    """
    supports = supporting(pieces)
    independent = supports[supports["basis"] != "attacker"].groupby("fact")[["source", "origin"]].nunique().min(axis=1)
    by_fact = supports.groupby("fact")["source"]
    table = pd.DataFrame({"pieces": by_fact.size(), "sources": by_fact.nunique(), "origins": independent})
    return table.reindex(ids).fillna(0).astype("int64")


def _unchecked(piece: Evidence, source: Source, state: str) -> str:
    """Return why a piece of evidence, or the words round it, were not checked; empty if they were."""
    if state == "found":
        return unchecked(source)
    if state == "unread":
        return "the quotation was not looked up" if piece.quote else "nobody compared the paraphrase with its source"
    return ""


def sources(records: Casefile, kept: dict[str, Source]) -> pd.DataFrame:
    """Return one row a source, indexed by its id."""
    rows = [
        {
            **dict(source),
            "source": source.id,
            "short": _short(source, records.case),
            "author": csl.listed(source.author),
            "origin": source.first_said,
            "publisher": source.container_title or source.publisher,
            "available": available(source, records.case.timezone),
        }
        for source in kept.values()
    ]
    return _frame(rows, _SOURCES | {"available": f"datetime64[us, {records.case.timezone}]"}).set_index("source")


def _short(source: Source, case: Case) -> str:
    """Return a source in short: where it appeared, else who wrote it, and its day: `BBC News, 3 September 2025`."""
    authors = " and ".join(map(csl.surname, source.author))
    who = source.container_title or source.publisher or authors or shorten(source.title, 40, placeholder="…")
    return f"{isolated(who)}, {edtf.readable(edtf.parse(source.issued), case.timezone, case.language)}"


def causes(entries: list[Entry[Fact]], kept: dict[str, Source]) -> pd.DataFrame:
    """Return one row an edge of the cascade: both ends are among the entries, its words in a source kept."""
    known = {entry.record.id for entry in entries}
    rows = []
    for entry in entries:
        quotes = [piece.quote or "" for piece in entry.record.evidence if piece.source in kept]
        for cause in entry.record.caused_by:
            stated = cause.words is None or any(stands_in(cause.words, quote) for quote in quotes)
            if cause.fact in known and stated:
                rows.append({**dict(cause), "cause": cause.fact, "effect": entry.record.id})
    return _frame(rows, _CAUSES)


def supersessions(entries: list[Entry[Fact]]) -> pd.DataFrame:
    """Return one row a fact (`old`) that another among the entries (`new`) supersedes, and `how`."""
    known = {entry.record.id for entry in entries}
    joins = [(e.record.id, join) for e in entries for join in e.record.supersedes if join.fact in known]
    return _frame([{"old": join.fact, "new": new, "how": join.how} for new, join in joins], _SUPERSESSIONS)


def answers(entries: list[Entry[Fact]]) -> pd.DataFrame:
    """Return one row a question that a fact answers."""
    given = [(e.record.id, *answer) for e in entries for answer in e.record.answers.items()]
    return _frame([{"fact": fact, "question": asked, "answer": said} for fact, asked, said in given], _ANSWERS)
