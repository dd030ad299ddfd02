"""Appendix: the entry of every fact and of every source, as the ledger has them."""

from __future__ import annotations

from urllib.parse import quote

from casebound.analysis import conflicts
from casebound.analysis.corroboration import corroboration
from casebound.facts.dates import edtf
from casebound.facts.ledger.frames import rows
from casebound.facts.ledger.ledger import Ledger
from casebound.facts.records import csl
from casebound.facts.records.models import SUPPORTS
from casebound.facts.text.claims import typeset
from casebound.facts.text.scripts import foreign, isolated
from casebound.pages.tables.asides import NOT_HERE
from casebound.report.document import wording
from casebound.report.document.model import FactEntry, Piece, SourceEntry


def entries(ledger: Ledger) -> dict[str, FactEntry]:
    """Return the appendix entry of every fact, by id."""
    pieces: dict[str, list[dict]] = {}
    sources = dict(zip(ledger.sources.index, rows(ledger.sources), strict=True))
    for piece in rows(ledger.evidence):
        pieces.setdefault(piece["fact"], []).append(piece)
    corroborated = corroboration(ledger).to_dict("index")
    disputed = [matter for matter in conflicts.register(ledger) if not set(matter.kinds) <= {"forecast", "revision"}]
    at_odds = {fact: typeset(matter.asks) for matter in disputed for fact in matter.facts}
    followed = {matter.followed for matter in disputed}
    return {
        fact: FactEntry(
            id=fact,
            statement=row["statement"],
            when=row["date"],
            status=ledger.terms.label("status", row["status"]),
            pieces=tuple(_piece(ledger, piece, sources[piece["source"]]) for piece in pieces[fact]),
            corroboration=_in_words(ledger, corroborated[fact], pieces[fact]),
            dated=_dated(ledger, fact),
            caution=_caution(ledger, fact),
            asks=at_odds.get(fact, ""),
            is_followed=fact in followed,
        )
        for fact, row in ledger.facts[["statement", "date", "status"]].to_dict("index").items()
    }


def _in_words(ledger: Ledger, row: dict, pieces: list[dict]) -> str:
    """Return `1 independent origin · from the firm's statement of 10 April · credibility 2, probably true`.

    An origin is named where it is none of the sources, which stand beside it.
    """
    number = int(row["origins"])
    origins = f"{number} independent origin{'s' * (number != 1)}"
    named = dict.fromkeys(piece["origin"] for piece in pieces if piece["stance"] == SUPPORTS)
    described = " and ".join(typeset(ledger.case.origins[name]) for name in named if name in ledger.case.origins)
    credibility = f"credibility {row['credibility']}, {ledger.terms.label('credibility', row['credibility'])}"
    return " · ".join(filter(None, (origins, described and f"from {described}", credibility)))


def _dated(ledger: Ledger, fact: str) -> str:
    """Return why a person dates a fact so, and whether no rule did; empty if no reason is given."""
    dated = ledger.record(fact).dated
    if not dated.reason:
        return ""
    reason = dated.reason if ledger.holds(dated.reason, [fact]) else NOT_HERE
    return f"Date{' named by a person' if dated.rule == 'person' else ''}: {reason}"


def _caution(ledger: Ledger, fact: str) -> str:
    """Return what a reader has to know before relying on a fact."""
    is_claimed = all(piece["basis"] == "attacker" for piece in ledger.carriers[fact])
    return wording.CLAIMED if is_claimed else ""


def _piece(ledger: Ledger, piece: dict, source: dict) -> Piece:
    quote, printed = piece["quote"], piece["figure_as_printed"]
    return Piece(
        saying=wording.saying(quote, piece["says"], printed),
        is_quoted=bool(quote),
        stance="" if piece["stance"] == "supports" else piece["stance"],
        who=" · ".join(filter(None, (isolated(piece["speaker"] or ""), ledger.terms.label("basis", piece["basis"])))),
        source=piece["source"],
        origin=source["short"],
        where=f", {piece['part']}" if piece["part"] else "",
        state=_state(piece),
        grade=f"grade {source['grade']}",
        link=_link(source["url"], printed or quote),
        language=foreign(source["language"], ledger.case.language) if quote else "",
    )


def _state(piece: dict) -> str:
    """Return how a piece was checked, with the day of a reading, or what was not checked and why."""
    if piece["state"] == "read":
        return f"read {edtf.readable(edtf.parse(piece['read']))}"
    what = {"found": "found; the words round it are not checked: ", "unread": "unread: "}
    return what.get(piece["state"], piece["state"]) + piece["unchecked"]


def sources(ledger: Ledger) -> dict[str, SourceEntry]:
    """Return the register's entry of every source, by id."""
    return {
        name: SourceEntry(
            id=name,
            citation=_citation(ledger, row, csl.details(ledger.records.sources[name].record)),
            url=row["url"],
            available=ledger.stamp(row["available"]) if row["available"] else "day not known",
            grade=f"{row['grade']}: {ledger.terms['grade'][row['grade']].means} {row['grade_reason']}",
            access=_access(row),
            note=row["note"] or "",
            title=_title(row),
            language=foreign(row["language"], ledger.case.language),
        )
        for name, row in zip(ledger.sources.index, rows(ledger.sources), strict=True)
    }


def _link(url: str | None, words: str | None) -> str:
    """Return the source's address, with a text fragment that opens it at the words, if they are known."""
    if not url or not url.startswith(("https://", "http://")):
        return ""
    first = (words or "").partition("…")[0].strip()
    return url + (f"#:~:text={quote(first, safe='').replace('-', '%2D')}" if first and "#" not in url else "")


def _citation(ledger: Ledger, row: dict, details: list[str]) -> str:
    """Return the source in a register: author, title (or a description), publisher, details, day."""
    publisher = row["publisher"] or "publisher not stated in the text"
    day = ledger.printed(edtf.parse(row["issued"]))
    parts = [isolated(row["author"] or ""), _title(row), isolated(publisher), *details, day]
    return ", ".join(filter(None, parts)) + "."


def _title(row: dict) -> str:
    """Return a title in quotation marks, or the description that stands for one."""
    return row["title"] if row["title"].startswith("[") else f"“{row['title']}”"


def _access(row: dict) -> str:
    if row["access"] == "excerpt":
        return "seen as an excerpt only"
    return f"whole text seen, SHA-256 {row['sha256'][:16]}…" if row["sha256"] else "whole text seen"
