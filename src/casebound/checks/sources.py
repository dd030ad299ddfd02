"""Sources: that the register speaks CSL, and that every origin is known."""

from __future__ import annotations

from collections.abc import Iterator

from casebound.facts.dates import edtf
from casebound.facts.ledger.casefile import Casefile, Entry
from casebound.facts.problems import Problem, unknown
from casebound.facts.records import csl
from casebound.facts.records.models import Name, Source


def problems_of(case: Casefile) -> Iterator[Problem]:
    """Yield what is wrong with the fields of CSL, the stamps and the origins of a case's sources."""
    for entry in case.sources.values():
        yield from _csl(entry)
    yield from _access(case)
    yield from _origins(case)


def _csl(entry: Entry[Source]) -> Iterator[Problem]:
    """A source is of a type of CSL, and each of its names is a family name or a literal."""
    if entry.record.type not in csl.TYPES:
        what, near = unknown("type", entry.record.type, csl.TYPES, "CSL")
        yield entry.problem(what, f"{near}; data/README.md lists them all", "type", code="CB108")
    for field in ("author", *csl.NAMES):
        for i, name in enumerate(getattr(entry.record, field)):
            for what, fix in _of_name(name):
                yield entry.problem(f"{field}: {what}", fix, field, i, code="CB108")


def _access(case: Casefile) -> Iterator[Problem]:
    """A source's stamps are no spans, and it was not available before it was issued."""
    for entry in case.sources.values():
        source = entry.record
        for field in ("issued", "available"):
            if edtf.parse(getattr(source, field)).span:
                what = f"{field} is a span; a source is issued on a day, or on one of some days"
                fix = "write a day, a month, or a choice of days: [2025-09-24..2025-09-25]"
                yield entry.problem(what, fix, field, code="CB101")
        issued, available = edtf.parse(source.issued), edtf.parse(source.available)
        if available.latest and issued.earliest and available.latest < issued.earliest:
            what = "available before it was issued"
            yield entry.problem(what, "correct one of the two", "available", code="CB102")
        if source.access == "full" and source.sha256 is None:
            fix = "add the sha256 of its text, or say access: excerpt"
            yield entry.problem("access is full, but no text is fingerprinted", fix, "access", code="CB103")


def _of_name(name: Name) -> Iterator[tuple[str, str]]:
    parts = name.model_dump(by_alias=True, exclude_defaults=True).keys() - {"literal", "parse-names"}
    if name.literal and parts:
        what = f"the literal “{name.literal}” stands beside {', '.join(sorted(parts))}"
        yield what, "literal: for a body, or family: and given: for a person; a particle has a field of its own"
    if not name.literal and not name.family:
        yield "a name without family or literal", "literal: for a body, or family: and given: for a person"
    if name.comma_suffix and not name.suffix:
        yield "comma-suffix without a suffix", "add the suffix, such as Jr., or drop the field"


def _origins(case: Casefile) -> Iterator[Problem]:
    """Every origin that is named is a source of the case or stands in case.yaml, and what stands there is named."""
    declared, used = case.case.origins, set()
    for entry, name, *place in _named(case):
        used.add(name)
        if name not in declared and not case.has(name):
            what, near = unknown("origin", name, [*declared, *case.sources])
            fix = f"{near}; a new one is declared under origins in case.yaml, with what it is"
            yield entry.problem(what, fix, *place, code="CB109")
    for name in declared:
        if name in case.sources:
            what = "the origin has the id of a source, and every source is an origin of itself"
            fix = "drop it here, or give the statement that the source passes on an id of its own"
            yield case.problem(what, fix, "origins", name, subject=name, code="CB109")
        elif name not in used and not case.left_out:
            what, fix = "nothing has this origin", "name it where a source or evidence passes it on, or drop it"
            yield case.problem(what, fix, "origins", name, subject=name, code="CB109")


def _named(case: Casefile) -> Iterator[tuple]:
    """Yield each entry that names an origin, the origin, and the field's place."""
    for source in case.sources.values():
        if source.record.origin:
            yield source, source.record.origin, "origin"
    for fact, i, piece in case.pieces():
        if piece.origin:
            yield fact, piece.origin, "evidence", i, "origin"
