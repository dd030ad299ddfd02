"""Checks: that every fact of a case is well formed and says no more than its evidence.

Each check takes a casefile and yields problems; `problems_of` runs them all, so that a user sees everything
at once. None needs an article's text: what the text proved is in the lock.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from zoneinfo import available_timezones

from casebound.checks import context, dating
from casebound.facts.dates import edtf
from casebound.facts.dates.edtf import DateError
from casebound.facts.dates.mentions import dates_in
from casebound.facts.evidence.anchors import hedges_in
from casebound.facts.ledger import relations
from casebound.facts.ledger.casefile import Casefile, Entry
from casebound.facts.ledger.holding import beyond, held_by, texts_of
from casebound.facts.problems import Problem, did_you_mean
from casebound.facts.records.models import Evidence, Fact, Source
from casebound.facts.records.money import is_misnamed, size_of
from casebound.facts.text.claims import Held, numbers_in

timezones = cache(available_timezones)  # it looks at hundreds of files

LONGEST_QUOTATION = 30  # words; a quotation is as short as carries the fact


def problems_of(case: Casefile) -> list[Problem]:
    """Return everything that is wrong with the facts, sources and lock of a case, in the files' order."""
    checks = (
        undefined,
        _sources,
        _evidence,
        dating.problems_of,
        _statements,
        relations.problems_of,
        _titles,
        context.problems_of,
    )
    return sorted({problem for check in checks for problem in check(case)})


def undefined(case: Casefile) -> Iterator[Problem]:
    """Every controlled word is known; every actor, question and fact that is named exists."""
    questions = {question.id for question in case.case.questions}
    for entry in case.facts.values():
        fact = entry.record
        wanted = [("status", fact.status, "status"), ("system", fact.system, "system"), ("state", fact.state, "state")]
        wanted += [("opens", fact.opens, "phase"), ("effect", fact.effect, "effect"), ("help", fact.help, "help")]
        parties = (("affected", fact.affected), ("told_to", fact.told_to))
        wanted += [(field, party, "party") for field, named in parties for party in named]
        for field, word, vocabulary in wanted:
            if word is not None and word not in case.terms[vocabulary]:
                fix = did_you_mean(word, case.terms[vocabulary])
                yield entry.problem(f"'{word}' is no {vocabulary} of data/terms.yaml", fix, field)
        named = [("actor", fact.actor, "actor", case.case.actors), ("accused", fact.accused, "actor", case.case.actors)]
        named += [("answers", question, "question", questions) for question in fact.answers]
        named += [("places", place, "place", case.case.places) for place in fact.places]
        for field, name, kind, known in named:
            if name is not None and name not in known:
                yield entry.problem(f"'{name}' is no {kind} of case.yaml", did_you_mean(name, known), field)
        if fact.quantity and fact.quantity.period:
            try:
                edtf.parse(fact.quantity.period)
            except DateError as error:
                yield entry.problem(str(error), "see data/README.md, dates", "quantity", "period")
        if fact.quantity and is_misnamed(fact.quantity.unit):
            what = f"the unit '{fact.quantity.unit}' is money, and does not begin with a currency of ISO 4217"
            fix = "write the unit as in GBP, NOK million or USD billion per week"
            yield entry.problem(what, fix, "quantity", "unit")
        ends = (fact.quantity.low, fact.quantity.high) if fact.quantity else (None, None)
        if None not in ends and ends[0] > ends[1]:
            yield entry.problem("the quantity's low lies above its high", "swap or correct them", "quantity")
        for field, given in (("state", fact.state), ("forecast", fact.forecast)):
            if given is not None and fact.system is None:
                yield entry.problem(f"a {field} without a system", "name the system that it is about", field)
    for entry, i, piece in case.pieces():
        for field, word in (("basis", piece.basis), ("stance", piece.stance)):
            if word not in case.terms[field]:
                fix = did_you_mean(word, case.terms[field])
                yield entry.problem(f"'{word}' is no {field} of data/terms.yaml", fix, "evidence", i, field)
    yield from _case_terms(case)


def _case_terms(case: Casefile) -> Iterator[Problem]:
    located = case.case_entry
    if case.case.timezone not in timezones():
        fix = did_you_mean(case.case.timezone, timezones())
        line = located.line(("timezone",))
        yield Problem(located.name, line, "", f"there is no time zone '{case.case.timezone}'", fix)
    for name, actor in case.case.actors.items():
        if actor.group not in case.terms["group"]:
            fix = did_you_mean(actor.group, case.terms["group"])
            line = located.line(("actors", name, "group"))
            yield Problem(located.name, line, name, f"'{actor.group}' is no group of data/terms.yaml", fix)
    for field, kind, known in (("seed", "source", case.sources), ("disclosure", "fact", case.facts)):
        name = getattr(case.case, field)
        if name is not None and name not in known:
            yield Problem(located.name, located.line((field,)), "", f"no {kind} '{name}'", did_you_mean(name, known))
    asked: set[str] = set()
    for i, question in enumerate(case.case.questions):
        if question.id in asked:
            line = located.line(("questions", i))
            yield Problem(located.name, line, question.id, "this id stands twice", "rename one")
        asked.add(question.id)
        if question.theme not in case.terms["theme"]:
            fix = did_you_mean(question.theme, case.terms["theme"])
            line = located.line(("questions", i, "theme"))
            yield Problem(located.name, line, question.id, f"'{question.theme}' is no theme of data/terms.yaml", fix)


def _sources(case: Casefile) -> Iterator[Problem]:
    """A source's stamps are dates, and it was not available before it was issued."""
    for entry in case.sources.values():
        moments = {}
        for field in ("issued", "available"):
            try:
                when = edtf.parse(getattr(entry.record, field))
                if when.span:
                    raise DateError(f"{field} is a span; a source is issued on a day, or on one of some days")
                moments[field] = when
            except DateError as error:
                yield entry.problem(str(error), "see data/README.md, dates", field)
        issued, available = moments.get("issued"), moments.get("available")
        if issued and available and available.latest and issued.earliest and available.latest < issued.earliest:
            yield entry.problem("available before it was issued", "correct one of the two", "available")
        if entry.record.access == "full" and entry.record.sha256 is None:
            fix = "add the sha256 of its text, or say access: excerpt"
            yield entry.problem("access is full, but no text is fingerprinted", fix, "access")


def _evidence(case: Casefile) -> Iterator[Problem]:
    """Every piece names a known source and says one thing in one way; some piece supports the fact."""
    for name in sorted(name for name in case.fallen() if case.facts[name].record.evidence):
        fix = "add the source to sources.yaml, or withdraw the fact"
        yield case.facts[name].problem("the fact falls: none of its sources is there", fix, "evidence")
    for entry in case.facts.values():
        if not entry.record.supporting:
            yield entry.problem(
                "no evidence supports the fact", "add a piece that does, or withdraw the fact", "evidence"
            )
    for entry, i, piece in case.pieces():
        if piece.source not in case.sources:
            fix = f"add it to sources.yaml, or drop the piece; {did_you_mean(piece.source, case.sources)}"
            yield entry.problem(f"no source '{piece.source}'", fix, "evidence", i, "source")
        if bool(piece.quote) == bool(piece.says):
            fix = "quote: the source's words, or says: a paraphrase where its wording is not kept"
            yield entry.problem("the evidence needs either 'quote' or 'says'", fix, "evidence", i)
        if piece.figure_as_printed and not piece.says:
            fix = "a quotation holds its figure itself; drop the field"
            yield entry.problem("figure_as_printed beside a quotation", fix, "evidence", i, "figure_as_printed")
        source = case.sources.get(piece.source)
        if piece.read is not None:
            yield from _reading(entry, i, piece, source)
        if piece.says and source and source.record.access == "full" and source.record.sha256:
            fix = "quote: the source's words; its whole text is at hand"
            yield entry.problem("a paraphrase, which nothing can verify", fix, "evidence", i, "says")
        if piece.quote and len(piece.quote.split()) > LONGEST_QUOTATION:
            what = f"the quotation has {len(piece.quote.split())} words, more than {LONGEST_QUOTATION}"
            yield entry.problem(what, "quote only what carries the fact; '…' joins two pieces", "evidence", i, "quote")
        if piece.direct and not piece.speaker:
            yield entry.problem("a direct quotation without a speaker", "name who speaks", "evidence", i, "direct")
        if piece.basis == "attacker" and piece.supports and entry.record.status != "claimed":
            fix = "status: claimed; an attacker's claim stays a claim, however often it is printed"
            yield entry.problem(
                f"it rests on an attacker's word, but its status is '{entry.record.status}'", fix, "status"
            )


def _reading(entry: Entry[Fact], i: int, piece: Evidence, source: Entry[Source] | None) -> Iterator[Problem]:
    """`read` is the day on which a paraphrase was compared with its source, which was issued by then."""
    if not piece.says:
        fix = "`make verify` compares a quotation with the text; drop the field"
        yield entry.problem("'read' beside a quotation", fix, "evidence", i, "read")
    try:
        day = edtf.parse(piece.read)
    except DateError as error:
        yield entry.problem(str(error), "see data/README.md, dates", "evidence", i, "read")
        return
    if piece.read != f"{day.earliest}":
        yield entry.problem(f"'read: {piece.read}' is not a day", "write it as 2026-11-29", "evidence", i, "read")
        return
    with suppress(DateError):  # a stamp that cannot be read is a problem of its own
        issued = edtf.parse(source.record.issued) if source else None
        if issued and issued.earliest and day.latest < issued.earliest:
            what = f"read on {edtf.readable(day)}, before '{piece.source}' was issued"
            yield entry.problem(what, "correct one of the two days", "evidence", i, "read")


def _statements(case: Casefile) -> Iterator[Problem]:
    """A statement holds no number, date, name or quotation that its evidence lacks; it keeps hedge and denial."""
    ordinary = case.ordinary_words
    for entry in case.facts.values():
        fact = entry.record
        if not fact.evidence:
            continue  # `_evidence` says so
        held = held_by(case, entry, with_statement=False)
        for field, text in texts_of(fact):
            for kind, words in beyond(text, held, ordinary):
                fix = "say only what the evidence says, or quote the words that say it"
                yield entry.problem(f"the {kind} “{words}” of the {field} stands in none of its evidence", fix, field)
        for number in _numbers(entry):
            if not {number, number * size_of(fact.quantity.unit)} & held.numbers and number != 1:  # "a month" is one
                fix = "quote the words that hold it, or correct it"
                yield entry.problem(f"the quantity {number:g} stands in none of its evidence", fix, "quantity")
        yield from _hedging(case, entry)
        words = " ".join(piece.words for piece in fact.supporting)
        for term in case.terms.found_in("likelihood", fact.statement):
            if term not in case.terms.found_in("likelihood", words):
                what = f"the statement says “{term}”, its evidence does not"
                fix = "likelihood is for our own judgements, in prose that is marked as analysis"
                yield entry.problem(what, fix, "statement")


def _numbers(entry: Entry[Fact]) -> list[float]:
    """Return the numbers of a fact's quantity, a fall without its sign: sources print it as a fall of so much."""
    quantity = entry.record.quantity
    return [abs(n) for n in (quantity.value, quantity.low, quantity.high) if n is not None] if quantity else []


def _hedging(case: Casefile, entry: Entry[Fact]) -> Iterator[Problem]:
    fact = entry.record
    status = case.terms["status"].get(fact.status)
    if status is None:
        return
    hedges = hedges_in(fact.statement, case.terms.hedges)
    if status.hedge and status.hedge not in hedges:
        words = ", ".join(case.terms.hedge_classes[status.hedge].words[:6])
        what = f"its status is '{fact.status}', but the statement keeps no word of {status.hedge}"
        yield entry.problem(what, f"say so with a word such as {words}; or correct the status", "statement")
    if status.hedge in ("negation", "possibility"):
        for field, text in texts_of(fact)[1:]:
            if text and status.hedge not in hedges_in(text, case.terms.hedges):
                what = f"its status is '{fact.status}', but the {field} keeps no word of {status.hedge}: “{text}”"
                yield entry.problem(what, "figures and tables print it alone: keep the hedge", field)
    supports = [piece.words for piece in fact.supporting]
    for words in supports:
        for kind, found in hedges_in(words, case.terms.hedges).items():
            if kind in ("possibility", "plan") and kind not in status.admits:
                what = f"the evidence says “{', '.join(found)}”, which is a {kind}, and the status is '{fact.status}'"
                yield entry.problem(what, "give the status that the source's words have", "status")
    denied = ["negation" in hedges_in(words, case.terms.hedges) for words in supports]
    if any(denied) and "negation" not in hedges:
        yield entry.problem("the evidence denies something, the statement does not", "keep the denial", "statement")
    if not any(denied) and "negation" in hedges:
        words = hedges["negation"][0]
        yield entry.problem(
            f"the statement says “{words}”, its evidence does not", "state what the evidence says", "statement"
        )


def _titles(case: Casefile) -> Iterator[Problem]:
    """Title, subtitle and summary of the case state nothing that no fact holds, its glossary no number and no date."""
    held, located = Held(), case.case_entry
    for i, one in enumerate(case.case.glossary):
        for words in [mention.text for mention in dates_in(one.means)] + [shown for shown, _ in numbers_in(one.means)]:
            what = f"the glossary states “{words}”, and cites nothing"
            line = located.line(("glossary", i, "means"))
            yield Problem(located.name, line, one.term, what, "say it in a fact and in the narrative")
    held.add_text(" ".join(case.case.names))
    for entry in case.facts.values():
        held.add(held_by(case, entry))
    for field in ("title", "subtitle", "summary"):
        for kind, words in beyond(getattr(case.case, field), held, case.ordinary_words):
            what = f"the {kind} “{words}” of the {field} stands in no fact of the case"
            yield Problem(located.name, located.line((field,)), "", what, "say only what the facts hold")
