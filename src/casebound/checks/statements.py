"""Statements: that what we say in our own words holds no more than its evidence, and keeps its hedges."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casebound.facts.evidence.anchors import hedges_in
from casebound.facts.evidence.wording import (
    SCOPE,
    added_denial,
    beyond_scope,
    denies,
    denies_too,
    keeping,
    tells,
    turned_round,
)
from casebound.facts.ledger.casefile import Casefile, Entry
from casebound.facts.ledger.holding import beyond, held_by, in_another_language, texts_of
from casebound.facts.problems import Problem
from casebound.facts.records.models import Fact
from casebound.facts.records.money import money_in, size_of
from casebound.facts.text.claims import Held, figures_in
from casebound.facts.text.measures import Measure, fits, measures_in
from casebound.facts.text.numbers import scaled

_WHETHER = re.compile(r"\bwhether\b[^.;,]*")
# A plan or possibility that the evidence itself tells of, with what a statement that tells of it too says
_TOLD = (
    (r"\b(?:no|not|never|nor|n't)\b[^.;,:]{0,12}\b(?:plan|plans|planning|intention|intend|intending)\b", "plan|inten"),
    (
        r"\b(?:wo)?(?:man|men|people|persons?|anyone|those|gang|group|(?:hack|attack)ers?|citizens?|nationals?)"
        r"(?: who (?:is|are|was|were))? suspected of\b",
        "suspect",
    ),
)
UNWRITTEN = "TODO"  # what `casebound suggest` leaves to a person
# The codes of the four kinds of claim that a statement may not add to its evidence
CLAIMS = {"number": "CB401", "date": "CB402", "name": "CB403", "quotation": "CB404"}


def problems_of(case: Casefile) -> Iterator[Problem]:
    """Yield what statements, labels, answers, quantities and the case's own title say beyond the evidence."""
    for entry in case.facts.values():
        if unwritten := list(_unwritten(entry)):
            yield from unwritten
        elif entry.record.evidence:  # the check of evidence reports a fact without any
            yield from _unheld(case, entry)
            yield from _status(case, entry)
            if not in_another_language(case, entry.record):  # `states.not_checked` says what is not read
                yield from _hedging(case, entry)
                yield from _polarity(case, entry)
                yield from _likelihood(case, entry)
                yield from _scope(case, entry)
    if not case.left_out:
        yield from _titles(case)


def _unwritten(entry: Entry[Fact]) -> Iterator[Problem]:
    """What a suggestion leaves to a person is written."""
    fact, quantity = entry.record, entry.record.quantity
    fields: list[tuple[str, tuple[str | int, ...]]] = [(fact.statement, ("statement",))]
    fields += [(piece.speaker or "", ("evidence", i, "speaker")) for i, piece in enumerate(fact.evidence)]
    if quantity:
        fields += [(quantity.measure, ("quantity", "measure")), (quantity.scope, ("quantity", "scope"))]
    for text, place in fields:
        if re.match(rf"{UNWRITTEN}\b", text):
            fix = "say in your own words what the evidence says" if place == ("statement",) else "name it in few words"
            yield entry.problem(f"the {place[-1]} is still to be written", fix, *place, code="CB413")


def _unheld(case: Casefile, entry: Entry[Fact]) -> Iterator[Problem]:
    """A statement holds no number, date, name or quotation that its evidence lacks."""
    held = held_by(case, entry, with_statement=False)
    in_english = not in_another_language(case, entry.record)
    for field, text in texts_of(entry.record):
        for kind, words in beyond(case, text, held, number_words=in_english):
            fix = "say only what the evidence says, or quote the words that say it"
            if form := held.form_of(kind, words):
                fix = f"the evidence holds “{form}”: write it so, or quote the words that say it"
            if kind == "name":
                fix += "; a name of the case's own goes under `names` in case.yaml"
            yield entry.problem(
                f"the {kind} “{words}” of the {field} stands in none of its evidence", fix, field, code=CLAIMS[kind]
            )
    in_figures = any(char.isdigit() for piece in entry.record.supporting for text in piece.texts for char in text)
    if (quantity := entry.record.quantity) and (in_english or in_figures):
        # without its sign: sources print a fall as a fall of so much; "a month" is one
        for number in {abs(n) for n in (quantity.value, quantity.low, quantity.high) if n is not None} - {1}:
            amounts = [
                amount for n in (number, scaled(number, size_of(quantity.unit))) for amount in _amount(n, quantity.unit)
            ]
            if not any(fits(amount, other, held.currency) for amount in amounts for other in held.measures):
                fix = "quote the words that hold it, or correct it"
                what = f"the quantity {number:g} {quantity.unit} stands in none of its evidence"
                yield entry.problem(what, fix, "quantity", code="CB405")


def _amount(number: float, unit: str) -> tuple[Measure, ...]:
    """Return a number with the unit of a quantity, as evidence would print it."""
    money = money_in(unit)
    return measures_in(f"{money.currency} {number:.15g}" if money else f"{number:.15g} {unit}")


def _status(case: Casefile, entry: Entry[Fact]) -> Iterator[Problem]:
    """A statement keeps the hedge of its status, label and answers that of a denial and of what is only possible."""
    fact, keepers = entry.record, case.terms.keepers
    status = case.terms["status"].get(fact.status)
    if status and status.hedge and status.hedge not in hedges_in(fact.statement, keepers):
        what = f"its status is '{fact.status}', but the statement keeps no word of {status.hedge}"
        fix = f"say so with a word such as {keeping(case.terms, status.hedge)}; or correct the status"
        yield entry.problem(what, fix, "statement", code="CB406")
    if status and status.hedge in ("negation", "possibility"):
        for field, text in texts_of(fact)[1:]:
            if text and status.hedge not in hedges_in(text, keepers):
                what = f"its status is '{fact.status}', but the {field} keeps no word of {status.hedge}: “{text}”"
                yield entry.problem(what, "figures and tables print it alone: keep the hedge", field, code="CB406")


def _hedging(case: Casefile, entry: Entry[Fact]) -> Iterator[Problem]:
    """The status admits the plans and possibilities of the evidence, or the statement of a hedged fact keeps them."""
    status, keeps = case.terms["status"].get(entry.record.status), hedges_in(entry.record.statement, case.terms.keepers)
    for piece in entry.record.supporting if status else ():
        words = _WHETHER.sub(" ", piece.words)  # no plan: what is left open
        for told, said in _TOLD:
            words = re.sub(told, " ", words) if re.search(rf"\b(?:{said})", entry.record.statement) else words
        hedging = hedges_in(words, case.terms.hedges)
        for kind in ("possibility", "plan"):
            if status and kind in hedging and kind not in status.admits and not (status.hedge and kind in keeps):
                words = ", ".join(hedging[kind])
                what = f"the evidence says “{words}”, which is a {kind}, and the status is '{entry.record.status}'"
                yield entry.problem(what, "give the status that the source's words have", "status", code="CB407")


def _polarity(case: Casefile, entry: Entry[Fact]) -> Iterator[Problem]:
    """A statement denies just what its evidence denies."""
    statement, terms = entry.record.statement, case.terms
    evidence = [piece.words for piece in entry.record.supporting]
    denying = [words for words in evidence if denies(terms, words) and tells(terms, "negation", statement, words)]
    if denying and not denies_too(terms, statement, denying):
        what = "the evidence denies something, the statement does not"
        yield entry.problem(what, "keep the denial", "statement", code="CB408")
    elif word := turned_round(terms, statement, evidence):
        what = f"the statement says “{word}”, its evidence says the opposite"
        yield entry.problem(what, "state what the evidence says", "statement", code="CB408")
    elif word := added_denial(terms, statement, evidence):
        what = f"the statement says “{word}”, its evidence does not"
        yield entry.problem(what, "state what the evidence says", "statement", code="CB408")


def _scope(case: Casefile, entry: Entry[Fact]) -> Iterator[Problem]:
    """A statement, label or answer says *first*, *only* or *all* where its evidence does."""
    evidence = " … ".join(text for piece in entry.record.supporting for text in piece.texts)
    for field, text in texts_of(entry.record):
        for word, kind in beyond_scope(case.terms, text, evidence):
            what = f"the {field} says “{word}”, and its evidence has no word of that kind ({kind})"
            yield entry.problem(what, f"drop it, or quote the words that say so; {SCOPE}", field, code="CB410")


def _likelihood(case: Casefile, entry: Entry[Fact]) -> Iterator[Problem]:
    words = " ".join(piece.words for piece in entry.record.supporting)
    for term in case.terms.found_in("likelihood", entry.record.statement):
        if term not in case.terms.found_in("likelihood", words):
            fix = "likelihood is for our own judgements, in prose that is marked as analysis"
            yield entry.problem(f"the statement says “{term}”, its evidence does not", fix, "statement", code="CB409")


def _titles(case: Casefile) -> Iterator[Problem]:
    """Title, subtitle and summary of the case state nothing that no fact holds, its glossary no number and no date."""
    for i, entry in enumerate(case.case.glossary):
        for words in figures_in(entry.means):
            what = f"the glossary states “{words}”, and cites nothing"
            fix = "say it in a fact and in the narrative"
            yield case.problem(what, fix, "glossary", i, "means", subject=entry.term, code="CB411")
    held = Held.of(" ".join(case.case.names), *(held_by(case, fact) for fact in case.facts.values()))
    texts: list[tuple[tuple[str, ...], str]]
    texts = [((field,), getattr(case.case, field)) for field in ("title", "subtitle", "summary")]
    for name, chapter in case.case.chapters.items():
        texts += [(("chapters", name, field), getattr(chapter, field) or "") for field in ("title", "leave_out")]
    for place, text in texts:
        for kind, words in beyond(case, text, held):
            what = f"the {kind} “{words}” of the {place[-1]} stands in no fact of the case"
            yield case.problem(what, "say only what the facts hold", *place, subject="-".join(place[1:2]), code="CB412")
