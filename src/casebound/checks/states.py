"""States: how far each piece of evidence was compared with its source, and what could not be checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from casebound.facts.evidence.anchors import unchecked
from casebound.facts.evidence.lock import STATES, Lock, register_digest, state_of
from casebound.facts.ledger.casefile import Casefile
from casebound.facts.ledger.holding import in_another_language
from casebound.facts.problems import Unchecked


def counts(case: Casefile, lock: Lock) -> str:
    """Return how many pieces of evidence are in each state, and how many sources were compared with their text."""
    number = Counter(
        state_of(piece, case.sources[piece.source].record, lock.quotations.get((entry.record.id, i)))
        for entry, i, piece in case.pieces()
        if piece.source in case.sources
    )
    states = ", ".join(f"{number[state]} {state}" for state in STATES)
    compared = len(lock.texts.keys() & case.sources.keys())
    return f"evidence: {states}\nsources: {compared} of {len(case.sources)} compared with their text"


def not_checked(case: Casefile, lock: Lock, missing: Mapping[str, str]) -> list[Unchecked]:
    """Return all that the texts were not compared with, in the files' order.

    `missing` says of each source whose text `verify` did not find why; `check` passes none, and relies on the lock.
    """
    return sorted({*_of_sources(case, lock, missing), *_of_evidence(case, lock, missing)})


def _of_sources(case: Casefile, lock: Lock, missing: Mapping[str, str]) -> Iterator[Unchecked]:
    found = Counter(
        piece.source for entry, i, piece in case.pieces() if piece.quote and (entry.record.id, i) in lock.quotations
    )
    for name, entry in case.sources.items():
        compared = lock.texts.get(name)
        if name in missing:
            yield entry.unchecked(missing[name], "sha256")
        elif entry.record.sha256 and (compared is None or compared.sha256 != entry.record.sha256):
            yield entry.unchecked("verify never had its text", "sha256")
        elif entry.record.sha256 and compared and compared.register != register_digest(entry.record):
            yield entry.unchecked("the entry was changed after it was last compared with its text")
        elif compared:
            yield from (entry.unchecked(f"{field}: {why}", field) for field, why in compared.unchecked.items())
        if found[name] and (why := unchecked(entry.record)):
            yield entry.unchecked(f"the words round its quotations ({found[name]}): {why}", "language")


def _of_evidence(case: Casefile, lock: Lock, missing: Mapping[str, str]) -> Iterator[Unchecked]:
    """A quotation that is not in its text, or was never looked up there, is a problem, and not said again."""
    for entry in case.facts.values():
        if language := in_another_language(case, entry.record):
            why = f"the words of the quotation: the checks read English, and the source is in {language}"
            yield entry.unchecked(why, "evidence")
    for entry, i, piece in case.pieces():
        source = case.sources.get(piece.source)
        if source is None or state_of(piece, source.record, lock.quotations.get((entry.record.id, i))) != "unread":
            continue
        if not piece.quote:
            yield entry.unchecked("nobody has compared the paraphrase with its source (read: day)", "evidence", i)
        elif source.record.sha256 is None or piece.source in missing:
            yield entry.unchecked(
                f"the text of '{piece.source}' is not at hand to look the quotation up", "evidence", i
            )
