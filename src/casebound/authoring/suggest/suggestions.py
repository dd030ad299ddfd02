"""Suggestions: from each telling sentence of a source one fact, as complete as its words make it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from casebound import paths
from casebound.authoring.suggest import words as found_in
from casebound.authoring.suggest.dates import dated, has_date
from casebound.authoring.suggest.passages import Sentence, article_of, clauses, sentences
from casebound.authoring.suggest.speakers import (
    Attribution,
    actor_in,
    attribution,
    basis_of,
    is_pronoun,
    publisher_of,
    speaks_for_itself,
)
from casebound.authoring.suggest.trial import Trial
from casebound.facts.evidence.anchors import hedges_in
from casebound.facts.ledger.casefile import Casefile, readable
from casebound.facts.problems import CaseError, Problem
from casebound.facts.records.models import Source
from casebound.facts.text.articles import Article
from casebound.facts.text.normalisation import plain_words
from casebound.facts.text.sentences import Span
from casebound.facts.text.speech import spoken_spans

_LONGEST = 30  # words of a quotation
_SPOKEN = 5  # words in quotation marks that are more than a phrase


@dataclass(frozen=True)
class Suggestion:
    """A fact as a person may paste it, its statement to be written; `paragraph` and `spans` say where it stands.

    `problem` is what the checks would still say once the statement is written; it is empty if they pass.
    """

    fact: dict[str, object]
    paragraph: int
    spans: tuple[Span, ...]
    problem: str = ""


@dataclass(frozen=True)
class Suggested:
    """What comes of reading a source: its article, and the suggestions in the order of its sentences."""

    case: Casefile
    article: Article
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True)
class _Voice:
    """Whose words a sentence passes on, and on what basis; `content` is the span of them in the article."""

    speaker: str
    basis: str
    content: Span


def suggested(name: str, source: str, paragraph: int | None = None, folder: Path | None = None) -> Suggested:
    """Return the suggestions from a source of a case, of one paragraph if it is given.

    Raises CaseError if case, source, text or paragraph is not there.
    """
    case = readable(name)
    entry, article = article_of(case, source, folder or paths.articles_dir())
    numbers = [part.number for part in article.parts]
    if paragraph is not None and paragraph not in numbers:
        what = f"there is no paragraph {paragraph}: the text has {len(numbers)}"
        raise CaseError([entry.problem(what, f"name one from 1 to {len(numbers)}")])
    taken = {*case.facts, *case.left_out}
    found = []
    for sentence, voice in _voices(case, entry.record, article):
        if suggestion := _suggestion(case, entry.record, sentence, voice, taken):
            taken.add(str(suggestion.fact["id"]))
            found.append(suggestion)
    kept = (each for each in found if paragraph in (None, each.paragraph))
    return Suggested(case, article, tuple(kept))


def _voices(case: Casefile, source: Source, article: Article) -> Iterator[tuple[Sentence, _Voice]]:
    """Yield each sentence with whose words it passes on; a pronoun and a quotation that runs on keep the speaker."""
    own, last = publisher_of(case, source), ""
    read = [(each, attribution(case, each.text)) for each in sentences(article)]
    for i, (sentence, said) in enumerate(read):
        spoken = _spoken(sentence)
        speaker = _named(case, said, last) if said else ""
        if spoken and not said:
            later = next((s for other, s in read[i + 1 : i + 3] if s and other.part == sentence.part), None)
            earlier = any(s for other, s in read[:i] if other.part == sentence.part)
            speaker = last if earlier or not later else _named(case, later, last)
        if not speaker and own and (own[1].group != "company" or speaks_for_itself(sentence.text)):
            yield sentence, _Voice(own[1].name, basis_of(case, own[1].name), (sentence.start, sentence.end))
            continue
        last = speaker or last
        content = spoken or (sentence.start, sentence.end)
        if said and not spoken:
            content = sentence.start + said.content[0], sentence.start + said.content[1]
        basis = "caption" if sentence.part.kind == "caption" else basis_of(case, speaker) if speaker else "reporter"
        yield sentence, _Voice(speaker, basis, content)


def _named(case: Casefile, said: Attribution, last: str) -> str:
    """Return a speaker by the name that the case has for the actor, and for a pronoun the last one."""
    found = actor_in(case, said.speaker)
    return found[1].name if found else last if is_pronoun(said.speaker) else said.speaker


def _spoken(sentence: Sentence) -> Span | None:
    """Return the longest run of a sentence in quotation marks, if it is more than a phrase."""
    inside = [(max(a, sentence.start), min(b, sentence.end)) for a, b in spoken_spans(sentence.article)]
    long = [(a, b) for a, b in inside if a < b and len(sentence.words((a, b)).split()) >= _SPOKEN]
    return max(long, key=lambda span: span[1] - span[0], default=None)


def _suggestion(
    case: Casefile, source: Source, sentence: Sentence, voice: _Voice, taken: set[str]
) -> Suggestion | None:
    """Return the shortest quotation of a sentence that carries a fact and passes the checks; None if it tells none."""
    parts = clauses(sentence.article.text, voice.content) or [voice.content]
    telling = max(parts, key=lambda span: _weight(case, source, sentence.words(span)))
    if not _weight(case, source, sentence.words(telling)) and not voice.speaker:
        return None
    trial, best = Trial(case, source, sentence.article), None
    for span in dict.fromkeys((telling, voice.content, (sentence.start, sentence.end))):
        for fact in _facts(case, source, sentence, voice, span):
            outcome = trial.of(fact)
            if outcome.asked:
                return None
            if not outcome.problem:
                return _identified(fact, sentence, outcome.spans, "", taken)
            best = best or (fact, outcome)
    return _identified(best[0], sentence, best[1].spans, best[1].problem, taken) if best else None


def _identified(fact: dict, sentence: Sentence, spans: tuple[Span, ...], problem: str, taken: set[str]) -> Suggestion:
    quote = fact["evidence"][0]["quote"]
    return Suggestion({**fact, "id": found_in.slug(quote, taken)}, sentence.part.number, spans, problem)


def _weight(case: Casefile, source: Source, words: str) -> int:
    """Return how much a clause tells: a date more than a figure, a figure more than a system, state or actor."""
    return (
        4 * has_date(words, source.language)
        + 3 * bool(found_in.figures_of(words, source.language))
        + 2 * bool(found_in.system_of(case, words))
        + 2 * bool(found_in.state_of(case, words))
        + 1 * bool(hedges_in(words, case.terms.hedges).keys() - {"report"})
        + 1 * bool(actor_in(case, words))
    )


def _facts(
    case: Casefile, source: Source, sentence: Sentence, voice: _Voice, span: Span
) -> Iterator[dict[str, object]]:
    """Yield the facts that a quotation may be, by the likeliest status first."""
    quote = plain_words(sentence.words(span)).strip(" ,;:.\"")
    if not quote or len(quote.split()) > _LONGEST:
        return
    likely = found_in.status_of(case, quote, voice.basis)
    for status in dict.fromkeys((likely, "done", "possible", "planned", "expected", "denied", "unconfirmed", "claimed")):
        when, how = dated(quote, status, source)
        system = found_in.system_of(case, quote)
        state = found_in.state_of(case, quote) if system and status in ("done", "under way") else None
        actor = actor_in(case, voice.speaker or quote)
        fields = {
            **{"id": "suggested", "statement": found_in.TODO, "when": when, "dated": how, "status": status},
            **{"actor": actor[0] if actor else None, "system": system, "state": state},
            "places": found_in.places_of(case, sentence.text),
            "quantity": found_in.quantity_of(case, quote, source.language),
        }
        piece = {"source": source.id, "quote": quote, "speaker": voice.speaker, "basis": voice.basis}
        evidence = [{key: value for key, value in piece.items() if value}]
        yield {**{key: value for key, value in fields.items() if value}, "evidence": evidence}
