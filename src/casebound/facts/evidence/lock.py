"""Lock: `evidence.lock`, which records where each quotation stands, and the fingerprint of its text.

`make verify` writes it from the texts. Without them it still proves that no quotation has changed since, and
which hedges stand round each. It holds offsets and single words, never a sentence.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from casebound.facts.evidence.anchors import Anchor
from casebound.facts.problems import CaseError, Problem
from casebound.facts.records.reading import yaml_in

NAME = "evidence.lock"
_HEAD = """\
# Made by `make verify`; do not edit. Where each quotation stands in the text with that sha256: offsets in
# characters, the part, whether inside the source's own quotation marks, hedging words round it.
"""


@dataclass(frozen=True)
class Locked:
    """A verified quotation: the digest of its evidence, the sha256 of its text, and its place there."""

    digest: str
    sha256: str
    anchor: Anchor


Key = tuple[str, int]


def locked(content: bytes | None, name: str) -> dict[Key, Locked]:
    """Return the entries of a case's lock by fact id and index of the evidence; none without a lock."""
    if content is None:
        return {}
    lock = yaml_in(content, name).content or {}
    try:
        texts = lock["texts"]
        return {
            (fact, int(number)): _entry(entry, texts[entry["source"]])
            for fact, entries in (lock["quotations"] or {}).items()
            for number, entry in entries.items()
        }
    except (KeyError, TypeError, ValueError, AttributeError):
        fix = "restore it from git, or make it again: make verify ARTICLES=folder"
        raise CaseError([Problem(name, 0, "", "the lock cannot be read", fix, "CB008")]) from None


def _entry(entry: dict, sha256: str) -> Locked:
    spans = tuple((int(a), int(b)) for a, b in entry["spans"])
    hedges = {kind: tuple(words) for kind, words in (entry["hedges"] or {}).items()}
    return Locked(entry["digest"], sha256, Anchor(spans, entry["part"], entry["direct"] == "yes", hedges))


def lock_text(entries: Iterable[tuple[Key, str, Locked]]) -> str:
    """Return the lock as text: key, source id and entry of every verified quotation, in the ledger's order."""
    entries = list(entries)
    texts = dict(sorted({source: verified.sha256 for _, source, verified in entries}.items()))
    lines = [_HEAD + "texts:", *(f"  {source}: {sha256}" for source, sha256 in texts.items()), "quotations:"]
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
