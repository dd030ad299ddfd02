"""Context: that every quotation is as it was verified, and that its fact's status fits the sentence round it."""

from __future__ import annotations

from collections.abc import Iterator

from casebound.facts.evidence.anchors import digest
from casebound.facts.evidence.lock import NAME, Locked
from casebound.facts.ledger.casefile import Casefile, Entry
from casebound.facts.problems import Problem
from casebound.facts.records.models import Evidence, Fact


def problems_of(case: Casefile) -> Iterator[Problem]:
    """Every quotation is as it was when it was last verified, and its status fits the sentence round it."""
    seen = dict(case.locked)
    if not seen and any(entry.record.sha256 for entry in case.sources.values()):
        fix = "make verify ARTICLES=folder with the sources' texts"
        yield Problem(case.file(NAME), 0, "", "no quotation was ever verified: the lock is missing or empty", fix)
        return
    fix = "make verify ARTICLES=folder with the text; until then restore the quotation as it was"
    for entry, i, piece in case.pieces():
        source = case.sources.get(piece.source)
        if not piece.quote or source is None or source.record.sha256 is None:
            continue
        one: Locked | None = seen.pop((entry.record.id, i), None)
        place = ("evidence", i, "quote")
        if one is None:
            yield entry.problem("the quotation was never verified against its source", fix, *place)
        elif one.digest != digest(piece):
            yield entry.problem("the quotation was changed after it was last verified", fix, *place)
        elif one.sha256 != source.record.sha256:
            yield entry.problem(
                "the quotation was verified against another text than the source's sha256 names", fix, *place
            )
        else:
            yield from context_problems(case, entry, i, piece, one)
    for fact, number in seen:
        what = f"evidence.lock still holds the quotation {number} of '{fact}', which the ledger no longer has"
        yield Problem(case.file(NAME), 0, fact, what, "make verify ARTICLES=folder")


def context_problems(
    case: Casefile, entry: Entry[Fact], number: int, piece: Evidence, one: Locked
) -> Iterator[Problem]:
    """Yield what the words round a quotation say against the fact's status, speaker or `direct`."""
    anchor, place = one.anchor, ("evidence", number, "quote")
    shown = f"\n    the sentence: {anchor.sentence}" if anchor.sentence else ""
    status = case.terms["status"].get(entry.record.status)
    for kind, words in anchor.hedges.items():
        said = ", ".join(words)
        if kind == "report" and piece.speaker:
            continue
        if kind == "report":
            fix = "name the speaker, or set the words apart if they belong to another fact (apart: […])"
            yield entry.problem(
                f"{anchor.part}: “{said}” beside the quotation passes on somebody's words{shown}", fix, *place
            )
        elif status and kind not in status.admits:
            fix = "give the status that the sentence has, quote more of it, or set the words apart (apart: […])"
            what = f"{anchor.part}: “{said}” beside the quotation is a {kind}, "
            what += f"the status is '{entry.record.status}'{shown}"
            yield entry.problem(what, fix, *place)
    if piece.direct and not anchor.direct:
        what = f"{anchor.part}: said to be direct speech, but not inside the source's quotation marks{shown}"
        yield entry.problem(what, "remove direct: yes, or quote only the words inside the marks", *place)
    if anchor.direct and not piece.direct and anchor.part not in ("headline", "standfirst"):
        yield entry.problem(
            f"{anchor.part}: the words are direct speech{shown}", "add direct: yes and the speaker", *place
        )
