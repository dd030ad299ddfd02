"""Checks: that every fact of a case is well formed and says no more than its evidence.

Each check takes a casefile and yields problems; `problems_of` runs them all, so that a user sees everything
at once. None needs an article's text: what the text proved is in the lock.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from casebound.analysis.findings import COUNTS
from casebound.checks import chapters, context, dating, relations, sources, statements
from casebound.facts.catalogue import kept
from casebound.facts.dates import edtf
from casebound.facts.ledger.casefile import TERMS, Casefile, Entry
from casebound.facts.problems import Problem, unknown
from casebound.facts.records.models import FORECAST, NEWEST, SEED, Evidence, Fact, Source
from casebound.facts.records.money import is_misnamed, money_in
from casebound.facts.records.terms import OWN

LONGEST_QUOTATION = 30  # words; a quotation is as short as carries the fact

# The fields of a fact that hold words of data/terms.yaml, with their vocabulary
_TERMS = {
    **{"status": "status", "system": "system", "state": "state", "opens": "phase", "effect": "effect", "act": "act"},
    **{"affected": "party", "told_to": "party"},
}
# The kind of the words that a field may hold, the words, and the file to which a case may add one, if any
Known = tuple[str, Collection[str], str]


def problems_of(case: Casefile) -> list[Problem]:
    """Return everything that is wrong with the facts, sources and lock of a case, in the files' order."""
    checks = (
        *(undefined, _quantities, sources.problems_of, _evidence, dating.problems_of, statements.problems_of),
        *(relations.problems_of, context.problems_of, chapters.problems_of),
    )
    return sorted(not_aside(case, (problem for check in checks for problem in check(case))))


def not_aside(case: Casefile, problems: Iterable[Problem], command: str = "check") -> set[Problem]:
    """Return the problems that no fact, no source and not the case itself sets aside."""
    problems = set(problems)
    entries: list[Entry[Fact] | Entry[Source]] = [*case.facts.values(), *case.sources.values()]
    for entry in entries:
        if entry.record.aside:
            own = {problem for problem in problems if (problem.file, problem.id) == (entry.file, entry.record.id)}
            problems = problems - own | set(kept(own, entry.record.aside, entry.problem("", "", "aside"), command))
    if case.case.aside:
        own = {problem for problem in problems if problem.file == case.case_entry.name}
        problems = problems - own | set(kept(own, case.case.aside, case.problem("", "", "aside"), command))
    return problems


def undefined(case: Casefile) -> Iterator[Problem]:
    """Every controlled word is known; every actor, place, question and fact that is named exists."""
    own = f" or {case.file('terms.yaml')}"
    terms: dict[str, Known] = {
        kind: (kind, words, TERMS + own * (kind in OWN)) for kind, words in case.terms.vocabularies.items()
    }
    out = case.left_out  # there, although it cannot be read
    actors = ("actor", {*case.case.actors, *out}, "")
    questions = ("question", {*(question.id for question in case.case.questions), *out}, "")
    fields: dict[str, Known] = {
        **{field: terms[kind] for field, kind in _TERMS.items()},
        **{
            "actor": actors,
            "accused": actors,
            "answers": questions,
            "places": ("place", {*case.case.places, *out}, ""),
        },
    }
    for entry in case.facts.values():
        for field, known in fields.items():
            for what in _unknown(getattr(entry.record, field), known):
                yield entry.problem(*what, field, code="CB006")
        for field in ("state", "forecast"):
            if getattr(entry.record, field) is not None and entry.record.system is None:
                yield entry.problem(
                    f"a {field} without a system", "name the system that it is about", field, code="CB208"
                )
    for entry, i, piece in case.pieces():
        for kind in ("basis", "stance"):
            for what in _unknown(getattr(piece, kind), terms[kind]):
                yield entry.problem(*what, "evidence", i, kind, code="CB006")
    for what in _unknown(case.case.seed, ("source", {*case.sources, *out}, "")):
        yield case.problem(*what, "seed", code="CB006")
    for name, actor in case.case.actors.items():
        for what in _unknown(actor.group, terms["group"]):
            yield case.problem(*what, "actors", name, "group", subject=name, code="CB006")
    for name, place in case.case.places.items():
        for what in _unknown(place.kind, ("kind of place", *terms["place"][1:])):
            yield case.problem(*what, "places", name, "kind", subject=name, code="CB006")
    yield from _asked(case, terms["system"])
    met: set[str] = set()
    for i, question in enumerate(case.case.questions):
        for what in _unknown(question.theme, terms["theme"]):
            yield case.problem(*what, "questions", i, "theme", subject=question.id, code="CB006")
        if question.id in met:
            yield case.problem("this id stands twice", "rename one", "questions", i, subject=question.id, code="CB004")
        met.add(question.id)


def _asked(case: Casefile, systems: Known) -> Iterator[Problem]:
    """What lengths and sums name exists, and no two findings have one name."""
    facts: Known = ("fact", {*case.facts, *case.left_out}, "")
    lengths, sums = case.case.lengths, case.case.sums
    for kind, name in [*(("lengths", name) for name in lengths), *(("sums", name) for name in sums)]:
        if name in COUNTS or (kind == "sums" and name in lengths):
            what = f"there is another finding of the name '{name}'"
            yield case.problem(what, "rename it", kind, name, subject=name, code="CB004")
    for name, length in lengths.items():
        points = {*length.start, *length.end} - {NEWEST, SEED}
        of_systems = {point for point in points if point.startswith(FORECAST)}
        forecast = [point.removeprefix(FORECAST) for point in sorted(of_systems)]
        for what, fix in _unknown(sorted(points - of_systems), facts):
            fix = f"{fix} Or write {NEWEST}, {SEED} or {FORECAST}…"
            yield case.problem(what, fix, "lengths", name, subject=name, code="CB006")
        others = {
            **{field: _unknown(getattr(length, field), facts) for field in ("arises_from", "until")},
            **{"still": _unknown(length.still, systems), "": _unknown(forecast, systems)},
        }
        for field, found in others.items():
            for what, fix in found:
                yield case.problem(what, fix, "lengths", name, *filter(None, [field]), subject=name, code="CB006")
    for name, summed in sums.items():
        for what, fix in _unknown(summed.of, facts):
            yield case.problem(what, fix, "sums", name, subject=name, code="CB006")


def _unknown(words: str | Iterable[str] | None, known: Known) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a field's word or words, and the fix, for each that is not known."""
    kind, vocabulary, file = known
    for word in (words,) if isinstance(words, str) else words or ():
        if word not in vocabulary:
            what, fix = unknown(kind, word, vocabulary, file)
            _, _, own = file.partition(" or ")
            yield what, f"{fix}; or add it to {own}, with its label and what it means" if own else fix


def _quantities(case: Casefile) -> Iterator[Problem]:
    """A unit of money and the case name currencies that there are, and a range has its ends in order."""
    if (code := case.case.currency) and money_in(code) is None:
        fix = "write the three letters, such as NOK"
        yield case.problem(f"'{code}' is no currency of ISO 4217", fix, "currency", code="CB209")
    for entry in case.facts.values():
        quantity = entry.record.quantity
        if quantity is None:
            continue
        if is_misnamed(quantity.unit):
            what = f"the unit '{quantity.unit}' is money, and does not begin with a currency of ISO 4217"
            fix = "write the unit as in GBP, NOK million or USD billion per week"
            yield entry.problem(what, fix, "quantity", "unit", code="CB209")
        if quantity.low is not None and quantity.high is not None and quantity.low > quantity.high:
            what = "the quantity's low lies above its high"
            yield entry.problem(what, "swap or correct them", "quantity", code="CB210")


def _evidence(case: Casefile) -> Iterator[Problem]:
    """Every piece names a known source and says one thing in one way; some piece supports the fact."""
    fallen = case.fallen()
    for name, entry in case.facts.items():
        if name in fallen and entry.record.evidence:
            fix = "add the source to sources.yaml, or withdraw the fact"
            yield entry.problem("the fact falls: none of its sources is there", fix, "evidence", code="CB201")
        if not entry.record.supporting:
            fix = "add a piece that does, or withdraw the fact"
            yield entry.problem("no evidence supports the fact", fix, "evidence", code="CB202")
    for entry, i, piece in case.pieces():
        source = case.sources.get(piece.source)
        for code, what, fix, *place in _of_piece(case, piece, source):
            yield entry.problem(what, fix, "evidence", i, *place, code=code)
        if piece.basis == "attacker" and piece.supports and entry.record.status != "claimed":
            what = f"it rests on an attacker's word, but its status is '{entry.record.status}'"
            fix = "status: claimed; an attacker's claim stays a claim, however often it is printed"
            yield entry.problem(what, fix, "status", code="CB207")


def _of_piece(case: Casefile, piece: Evidence, source: Entry[Source] | None) -> Iterator[tuple[str, ...]]:
    """Yield the code, what is wrong with a piece of evidence, its fix, and the field."""
    if not case.has(piece.source):
        what, fix = unknown("source", piece.source, case.sources)
        yield "CB201", what, f"add it to sources.yaml, or drop the piece; {fix}", "source"
    if bool(piece.quote) == bool(piece.says):
        fix = "quote: the source's words, or says: a paraphrase where its wording is not kept"
        yield "CB203", "the evidence needs either 'quote' or 'says'", fix
    if piece.figure_as_printed and not piece.says:
        fix = "a quotation holds its figure itself; drop the field"
        yield "CB203", "figure_as_printed beside a quotation", fix, "figure_as_printed"
    if piece.says and source and source.record.access == "full" and source.record.sha256:
        fix = "quote: the source's words; its whole text is at hand"
        yield "CB204", "a paraphrase, which nothing can verify", fix, "says"
    if piece.quote and (count := len(piece.quote.split())) > LONGEST_QUOTATION:
        what = f"the quotation has {count} words, more than {LONGEST_QUOTATION}"
        yield "CB205", what, "quote only what carries the fact; '…' joins two pieces", "quote"
    if piece.direct and not piece.speaker:
        yield "CB206", "a direct quotation without a speaker", "name who speaks", "direct"
    if piece.read:
        for what, fix in _of_reading(piece, piece.read, source):
            yield "CB203", what, fix, "read"


def _of_reading(piece: Evidence, read: str, source: Entry[Source] | None) -> Iterator[tuple[str, str]]:
    """`read` is the day on which a paraphrase was compared with its source, which was issued by then."""
    if not piece.says:
        yield "'read' beside a quotation", "`make verify` compares a quotation with the text; drop the field"
    day = edtf.parse(read).earliest
    issued = edtf.parse(source.record.issued).earliest if source else None
    if read != f"{day}":
        yield f"'read: {read}' is not a day", "write it as 2026-11-29"
    elif day and issued and day < issued:
        what = f"read on {edtf.readable(edtf.parse(read))}, before '{piece.source}' was issued"
        yield what, "correct one of the two days"
