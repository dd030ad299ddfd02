"""Context: that every quotation is as it was verified, and that its fact's status fits the sentence round it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from casebound.facts.evidence.anchors import Anchor, digest, unchecked
from casebound.facts.evidence.lock import NAME, Locked, register_digest
from casebound.facts.ledger.casefile import Casefile, Entry
from casebound.facts.problems import Problem
from casebound.facts.records.models import Evidence, Fact


def problems_of(case: Casefile) -> Iterator[Problem]:
    """Every quotation is as it was when it was last verified, and its status fits the sentence round it."""
    locked = dict(case.locked)
    kept = {name for name, entry in case.sources.items() if entry.record.sha256}
    if not case.evidence_lock.texts and any(piece.quote and piece.source in kept for _, _, piece in case.pieces()):
        fix = "make verify ARTICLES=folder with the sources' texts"
        yield Problem(
            case.file(NAME), 0, "", "no quotation was ever verified: the lock is missing or empty", fix, "CB212"
        )
        return
    for name, compared in case.evidence_lock.texts.items():
        if name in case.sources and compared.register == register_digest(case.sources[name].record):
            for code in compared.refused:
                what = "the entry does not agree with its text, as make verify found when it had it"
                yield case.sources[name].problem(what, "make verify ARTICLES=folder says in what", code=code)
    quoted = Counter(piece.source for _, _, piece in case.pieces() if piece.quote)
    whole = {name: why for name in quoted if name in case.sources and (why := _not_compared(case, name))}
    for name, why in whole.items():  # said once, not of each quotation
        many = f"{quoted[name]} quotation{'s' * (quoted[name] > 1)}"
        fix = "make verify ARTICLES=folder with the text"
        yield case.sources[name].problem(f"{many} of it: {why}", fix, "sha256", code="CB212")
    for entry, i, piece in case.pieces():
        source = case.sources.get(piece.source)
        if piece.quote and source is not None and source.record.sha256 is not None:
            verified = locked.pop((entry.record.id, i), None)
            if piece.source in whole:
                continue
            if what := _outdated(piece, verified):
                fix = "make verify ARTICLES=folder with the text; until then restore the quotation as it was"
                yield entry.problem(what, fix, "evidence", i, "quote", code="CB212")
            elif verified:
                yield from context_problems(case, entry, i, verified.anchor)
    for fact, number in locked.keys() if not case.left_out else ():
        what = f"evidence.lock still holds the quotation {number} of '{fact}', which the ledger no longer has"
        yield Problem(case.file(NAME), 0, fact, what, "make verify ARTICLES=folder", "CB212")


def _outdated(piece: Evidence, verified: Locked | None) -> str:
    """Return why a quotation is not the one that was verified, empty if it is."""
    if verified is None:
        return "the quotation was never verified against its source"
    return "the quotation was changed after it was last verified" if verified.digest != digest(piece) else ""


def _not_compared(case: Casefile, name: str) -> str:
    """Return why none of a source's quotations is verified; empty if its text was looked up, or none is recorded."""
    source, compared = case.sources[name].record, case.evidence_lock.texts.get(name)
    if source.sha256 is None or (compared and compared.sha256 == source.sha256):
        return ""
    if compared:
        return "verified against another text than the source's sha256 names"
    return "never verified, because make verify never had its text"


def context_problems(case: Casefile, entry: Entry[Fact], number: int, anchor: Anchor) -> Iterator[Problem]:
    """Yield what the words round a quotation say against the fact's status, speaker or `direct`.

    Round a source that is not in English (`unchecked`) only questions and quotation marks are read.
    """
    sentence = f"\n    the sentence: {anchor.sentence}" if anchor.sentence else ""
    for code, what, fix in _against(case, entry.record, entry.record.evidence[number], anchor):
        yield entry.problem(f"{anchor.part}: {what}{sentence}", fix, "evidence", number, "quote", code=code)


def _against(case: Casefile, fact: Fact, piece: Evidence, anchor: Anchor) -> Iterator[tuple[str, str, str]]:
    status = case.terms["status"].get(fact.status)
    source = case.sources.get(piece.source)
    if anchor.asked:
        yield (
            "CB223",
            "the quotation stands in a question, which asserts nothing",
            "quote the answer, or take the piece out",
        )
        return
    for kind, hedges in anchor.hedges.items() if source and not unchecked(source.record) else ():
        words = f"“{', '.join(hedges)}” beside the quotation"
        if kind == "report" and not piece.speaker:
            fix = "name the speaker, or set the words apart if they belong to another fact (apart: […])"
            yield "CB221", f"{words} passes on somebody's words", fix
        elif kind != "report" and status and kind not in status.admits:
            fix = "give the status that the sentence has, quote more of it, or set the words apart (apart: […])"
            yield "CB220", f"{words} is a {kind}, the status is '{fact.status}'", fix
    if piece.direct and not anchor.direct:
        what = "marked as direct speech, but not inside the source's quotation marks"
        yield "CB222", what, "remove direct: yes, or quote only the words inside the marks"
    if anchor.direct and not piece.direct and anchor.part not in ("headline", "standfirst"):
        yield "CB222", "the words are direct speech", "add direct: yes and the speaker"
