"""Extracting: what a report takes from a case's ledger."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC

from casebound.facts.ledger.casefile import casefile, readable
from casebound.facts.ledger.ledger import Ledger, limited
from casebound.facts.ledger.partial import drafted
from casebound.facts.problems import CaseError, Problem
from casebound.pages import narrative, tables
from casebound.report.document.model import FAILED, Extract
from casebound.report.evidence import appendix, exports

_FACE = {"narrative": narrative, "tables": tables}


def extract(
    case: str, as_of: str, sources: str, prose: Iterable[Sequence[str]] = (), left_out: Collection[str] | None = None
) -> Extract:
    """Return what a report takes from the ledger so limited; `as_of`, `sources` and errors are those of `load`.

    What a reader's shell says of limits, which `load` heeds, changes no report. `prose` holds calls that read the
    prose: a part of the package's face, a function of it, its arguments but the ledger. For a draft `left_out` holds
    the entries that cannot be laid out; it has no files of data, and says why prose cannot be shown.
    """
    is_draft = left_out is not None
    ledger = limited(drafted(case, left_out) if left_out is not None else casefile(case), as_of, sources)
    if ledger.facts.empty and (ledger.as_of or ledger.limited_to):
        raise CaseError([_nothing_held(ledger)])
    return Extract(
        about=about(ledger),
        entries=appendix.entries(ledger),
        sources=appendix.sources(ledger),
        data={} if is_draft else exports.data_package(ledger),
        prose={tuple(call): _shown(ledger, *call) for call in prose},
        left_out=_left_out(ledger) if is_draft else {},
    )


def _shown(ledger: Ledger, part: str, function: str, *arguments: str) -> dict:
    try:
        return getattr(_FACE[part], function)(ledger, *arguments)._repr_mimebundle_()
    except CaseError as error:
        if not ledger.records.is_draft:
            raise
        return {FAILED: str(error)}


def _left_out(draft: Ledger) -> dict[str, str]:
    """Return the statements of the facts that a draft leaves out, though not for its limits, by id."""
    facts = readable(draft.name).facts
    kept = draft.records.facts.keys() if draft.as_of or draft.limited_to else draft.facts.index
    return {name: entry.record.statement for name, entry in facts.items() if name not in kept}


def _nothing_held(ledger: Ledger) -> Problem:
    """Return why there is nothing to report within the limits of time or sources."""
    if ledger.limited_to:
        what = f"no fact rests on {', '.join(ledger.limited_to)} alone, so there is nothing to report"
        return Problem(ledger.file("sources.yaml"), 0, "", what, "name further sources that carry the same facts")
    return Problem(ledger.file("sources.yaml"), 0, "", "no fact was known then", "choose a later moment")


def about(ledger: Ledger) -> dict:
    """Return the report's own metadata: titles, language, keywords, and what moment it shows."""
    case, known = ledger.case, ledger.as_of or ledger.known
    return {
        "title": case.title,
        "subtitle": case.subtitle,
        "description": case.summary,
        "language": case.language,
        "keywords": list(case.keywords),
        "paper": case.paper,
        "license": case.license,
        "authors": list(case.authors),
        "as_known": ledger.as_known + (f", from {ledger.alone} alone" if ledger.alone else ""),
        "newest": ledger.day(ledger.known).replace("\u00a0", " ") if ledger.known else "",
        "timestamp": known.astimezone(UTC).isoformat() if known else None,
        "limits": _limits(ledger),
        "proof": _proof(ledger),
    }


def _proof(ledger: Ledger) -> str:
    """Return how much of the evidence is verified, and how the rest was compared with its sources."""
    number = ledger.evidence["state"].value_counts()
    how = {"found": "found, the words round them unchecked", "read": "compared by a person", "unread": "unread"}
    rest = [f"{number[state]} {words}" for state, words in how.items() if state in number]
    verified = f"{number.get('verified', 0)} of {len(ledger.evidence)} pieces are verified word for word"
    return f"Evidence: {', '.join([verified, *rest])}."


def _limits(ledger: Ledger) -> str:
    """Return how a report is limited, empty if it is not; a report without these limits may cover more."""
    known = f"holds only what was known on {ledger.as_known}" if ledger.as_of else ""
    rests = f"rests on {ledger.alone} alone" if ledger.alone else ""
    both = " and ".join(filter(None, (known, rests)))
    return f"This report {both}; one without this limit may cover more." if both else ""
