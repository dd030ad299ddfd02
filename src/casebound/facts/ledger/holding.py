"""Holding: what a fact of a case holds, so that no sentence says more than the facts that it cites."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from casebound.facts.dates import edtf
from casebound.facts.dates.locales import DEFAULT, is_english
from casebound.facts.ledger.casefile import Casefile, Entry
from casebound.facts.records.models import Evidence, Fact
from casebound.facts.text.claims import Held, stands_in, unheld
from casebound.facts.text.measures import currency


def prose_language(case: Casefile) -> str:
    """Return the language in which we write: the case's if it is a variety of English, else British English."""
    return case.case.language if is_english(case.case.language) else DEFAULT


def language_of(case: Casefile, piece: Evidence) -> str:
    """Return the language of a piece's source; where none is given, it is British English."""
    source = case.sources.get(piece.source)
    return (source.record.language if source else None) or DEFAULT


def _issued(case: Casefile, piece: Evidence) -> date | None:
    """Return the first day on which a piece's source may have been issued, if its month is known."""
    source = case.sources.get(piece.source)
    issued = edtf.parse(source.record.issued) if source else None
    if issued and issued.earliest and issued.latest and (issued.latest - issued.earliest).days < 31:
        return issued.earliest
    return None


def held_by(
    case: Casefile, entry: Entry[Fact], sources: Collection[str] | None = None, with_statement: bool = True
) -> Held:
    """Return all that a fact holds: date, actor, supporting evidence (of `sources` only, if given) and statement."""
    own = currency(case.case.currency) if case.case.currency else ""
    fact, held = entry.record, Held.of(" ".join(case.case.names), Held(language=prose_language(case), currency=own))
    pieces = [piece for piece in fact.supporting if sources is None or piece.source in sources]
    held.add_date(edtf.parse(fact.when))
    if fact.forecast:  # CB506 holds it against the evidence
        held.add_date(edtf.parse(fact.forecast))
    held.add_text(names_of(case, fact, pieces))
    for piece in pieces:
        language, issued = language_of(case, piece), _issued(case, piece)
        held.add_quotation(piece.quote, language, issued)
        held.add_text(piece.figure_as_printed, language, issued)
        held.add_text(piece.says, issued=issued)
        held.sources |= case.names_of_sources.get(piece.source, set())
        held.publishers |= case.publishers.get(piece.source, set())
    if with_statement:
        held.add_text(fact.statement)
    return held


def in_another_language(case: Casefile, fact: Fact, sources: Collection[str] | None = None) -> str:
    """Return the language of a fact's quotations (from `sources` only, if given) if none is English, else empty."""
    pieces = [piece for piece in fact.supporting if sources is None or piece.source in sources]
    languages = [language_of(case, piece) if piece.quote else DEFAULT for piece in pieces]
    return languages[0] if languages and not any(map(is_english, languages)) else ""


def names_of(case: Casefile, fact: Fact, pieces: Collection[Evidence] | None = None) -> str:
    """Return the names and roles of a fact's actor and of the speakers of its evidence (of `pieces` only, if given)."""
    speakers = " … ".join(piece.speaker or "" for piece in (fact.supporting if pieces is None else pieces))
    named = sorted({fact.actor or "", *case.actors_named_in(speakers)} & case.case.actors.keys())
    actors = (case.case.actors[name] for name in named)
    return " … ".join([*(f"{actor.name} … {actor.role or ''}" for actor in actors), speakers])


def is_held_by(case: Casefile, entry: Entry[Fact], sources: Collection[str]) -> bool:
    """Tell whether the evidence from these sources alone holds all that we say of a fact, and dates it."""
    held, phrase = held_by(case, entry, sources, with_statement=False), entry.record.dated.phrase
    words = [text for piece in entry.record.supporting if piece.source in sources for text in piece.texts]
    if phrase and not any(stands_in(phrase, text) for text in words):
        return False
    in_english = not in_another_language(case, entry.record, sources)
    return not any(beyond(case, text, held, in_english) for _, text in texts_of(entry.record))


def is_held_in(case: Casefile, text: str, facts: Collection[str], sources: Collection[str]) -> bool:
    """Tell whether these facts, as far as these sources carry them, hold one of our texts."""
    if len(sources) == len(case.sources):
        return True  # `make check` has compared it with them all
    held = Held.of(" ".join(case.case.names), *(held_by(case, case.facts[name], sources) for name in facts))
    return not beyond(case, text, held)


def texts_of(fact: Fact) -> list[tuple[str, str]]:
    """Return what we say of a fact in our own words, by field: statement, label, answers."""
    texts = [("statement", fact.statement), ("label", fact.label or "")]
    return texts + [("answers", answer) for answer in fact.answers.values()]


def beyond(case: Casefile, text: str, held: Held, number_words: bool = True) -> list[tuple[str, str]]:
    """Return what one of our texts states and `held` lacks; without `number_words`, no number without a digit."""
    found = unheld(text, held, case.ordinary_words, case.known_names)
    return [(kind, words) for kind, words in found if number_words or kind != "number" or any(map(str.isdigit, words))]
