"""Lock: `evidence.lock`, which records where each quotation stands, and the fingerprint of its text.

`make verify` writes it from the texts. Without them it still proves that no quotation has changed since, and
which hedges stand round each. It holds offsets and single words, never a sentence.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from casebound.facts.evidence.anchors import Anchor, unchecked
from casebound.facts.problems import CaseError, Problem
from casebound.facts.records.models import Evidence, Source
from casebound.facts.records.reading import yaml_in

NAME = "evidence.lock"
_HEAD = """\
# Made by `make verify`; do not edit. Each text that was at hand: its sha256, a digest of what sources.yaml says of it,
# what of that was not checked, and the checks that it failed. Then where each quotation stands in it: offsets in
# characters, the part, whether inside the source's own quotation marks, hedging words round it.
"""
_REGISTER = ("title", "author", "issued", "available", "language", "printed")


@dataclass(frozen=True)
class Locked:
    """A verified quotation: the digest of its evidence, the sha256 of its text, and its place there."""

    digest: str
    sha256: str
    anchor: Anchor


@dataclass(frozen=True)
class Compared:
    """A source compared with its text: the text's sha256, and the digest of its entry.

    `unchecked` says of fields why they were not compared, `refused` which checks the entry failed.
    """

    sha256: str
    register: str
    unchecked: Mapping[str, str] = field(default_factory=dict)
    refused: tuple[str, ...] = ()


Key = tuple[str, int]


@dataclass(frozen=True)
class Lock:
    """What a lock holds: the texts by their source, and the quotations by fact id and index of the evidence."""

    texts: dict[str, Compared] = field(default_factory=dict)
    quotations: dict[Key, Locked] = field(default_factory=dict)


def register_digest(source: Source) -> str:
    """Return a fingerprint of what `make verify` compares of a source with its text."""
    compared = source.model_dump(include=set(_REGISTER), exclude_none=True)
    return hashlib.sha256(json.dumps(compared, sort_keys=True).encode()).hexdigest()[:16]


STATES = ("verified", "found", "read", "unread")  # of a piece of evidence


def state_of(piece: Evidence, source: Source, verified: Locked | None) -> str:
    """Return the state of a piece of evidence: verified, found (its context is not checked), read or unread."""
    if piece.quote and verified and verified.sha256 == source.sha256:
        return "found" if unchecked(source) else "verified"
    return "read" if piece.read else "unread"


def lock_in(content: bytes | None, name: str) -> Lock:
    """Return what a case's lock holds, nothing without a lock; raise CaseError if it cannot be read."""
    if content is None:
        return Lock()
    lock = yaml_in(content, name).content or {}
    try:
        texts = {
            source: Compared(
                text["sha256"], text["register"], {**(text["unchecked"] or {})}, _words(text.get("refused") or [])
            )
            for source, text in (lock["texts"] or {}).items()
        }
        quotations = {
            (fact, int(number)): _entry(entry, texts[entry["source"]].sha256)
            for fact, entries in (lock["quotations"] or {}).items()
            for number, entry in entries.items()
        }
    except (KeyError, TypeError, ValueError, AttributeError):
        fix = "restore it from git, or make it again: make verify ARTICLES=folder"
        raise CaseError([Problem(name, 0, "", "the lock cannot be read", fix, "CB008")]) from None
    return Lock(texts, quotations)


def _entry(entry: dict, sha256: str) -> Locked:
    spans = tuple((int(a), int(b)) for a, b in entry["spans"])
    hedges = {kind: _words(words) for kind, words in (entry["hedges"] or {}).items()}
    return Locked(entry["digest"], sha256, Anchor(spans, entry["part"], entry["direct"] == "yes", hedges))


def _words(words: list) -> tuple[str, ...]:
    if not all(isinstance(word, str) for word in words):
        raise TypeError("not a list of words")
    return tuple(words)


def lock_text(texts: Mapping[str, Compared], entries: Iterable[tuple[Key, str, Locked]]) -> str:
    """Return the lock as text: every text, and key, source id and entry of every quotation in the ledger's order."""
    lines = [_HEAD + "texts:", *_text_lines(texts), "quotations:"]
    last = None
    for (fact, number), source, verified in entries:
        if fact != last:
            lines.append(f"  {fact}:")
        last = fact
        spans = ", ".join(f"[{a}, {b}]" for a, b in verified.anchor.spans)
        hedges = ", ".join(f"{kind}: [{', '.join(words)}]" for kind, words in verified.anchor.hedges.items())
        direct = "yes" if verified.anchor.direct else "no"
        line = f"    {number}: {{digest: {verified.digest!r}, source: {source}, part: {verified.anchor.part}, "
        lines.append(f"{line}spans: [{spans}], direct: {direct}, hedges: {{{hedges}}}}}")
    return "\n".join(lines) + "\n"


def _text_lines(texts: Mapping[str, Compared]) -> Iterator[str]:
    for source, text in sorted(texts.items()):
        reasons = ", ".join(f"{name}: {json.dumps(why, ensure_ascii=False)}" for name, why in text.unchecked.items())
        line = f"  {source}: {{sha256: {text.sha256}, register: {text.register!r}, unchecked: {{{reasons}}}, "
        yield f"{line}refused: [{', '.join(text.refused)}]}}"


def write(path: Path, text: str) -> None:
    """Put a lock's text in place of the old one, which stays as it was if the new one cannot be written whole.

    Raises OSError.
    """
    new = path.with_name(f".{path.name}.new")
    try:
        new.write_text(text, "utf-8")
        new.replace(path)
    except OSError:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        raise
