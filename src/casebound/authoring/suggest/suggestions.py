"""Suggestions: from each telling sentence of a source one fact, as complete as its words make it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from casebound import paths
from casebound.authoring.suggest import words as found_in
from casebound.authoring.suggest.dates import dated, event_of, has_date
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
from casebound.checks.statements import UNWRITTEN
from casebound.facts.evidence.anchors import NotFoundError, digest, hedges_in, spans_of
from casebound.facts.evidence.lock import Key, Locked
from casebound.facts.ledger.casefile import Casefile, readable
from casebound.facts.problems import CaseError
from casebound.facts.records.models import Source
from casebound.facts.text.articles import Article
from casebound.facts.text.normalisation import plain, plain_words
from casebound.facts.text.sentences import Span, sentence_span
from casebound.facts.text.speech import spoken_spans

_FEWEST, _LONGEST = 2, 30  # words of a quotation
_AGAINST = re.compile(r"\b(?:while|although|though|but)\s+\Z", re.IGNORECASE)
_STATUSES = ("done", "possible", "planned", "expected", "denied", "unconfirmed", "claimed")  # if the likely one fails
_SPOKEN = 4  # words in quotation marks that are more than a phrase


@dataclass(frozen=True)
class Suggestion:
    """A fact as a person may paste it, its statement to be written; `paragraph` and `spans` say where it stands.

    `problem` is what the checks would still say once the statement is written; a person is given none that has one.
    `recorded` holds the facts of the case whose quotations overlap its own.
    """

    fact: dict[str, Any]
    paragraph: int
    spans: tuple[Span, ...]
    problem: str = ""
    recorded: tuple[str, ...] = ()

    @property
    def evidence(self) -> dict[str, Any]:
        """Its only piece of evidence."""
        return self.fact["evidence"][0]


@dataclass(frozen=True)
class Suggested:
    """What comes of reading a source: its article, suggestions in the order of its sentences, and those that fail."""

    case: Casefile
    article: Article
    suggestions: tuple[Suggestion, ...]
    failing: tuple[Suggestion, ...] = ()


@dataclass(frozen=True)
class _Part:
    """Words of a sentence that may carry a fact: their span in the article, who says them, and on what basis."""

    span: Span
    speaker: str
    basis: str


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
    reader = _Reader(case, entry.record, article)
    found = [each for each in reader.suggestions() if paragraph in (None, each.paragraph)]
    known = _recorded(case, source, article)
    kept = [replace(each, recorded=_overlapping(each, known)) for each in found if not each.problem]
    return Suggested(case, article, tuple(kept), tuple(each for each in found if each.problem))


def _recorded(case: Casefile, source: str, article: Article) -> list[tuple[str, tuple[Span, ...]]]:
    """Return the facts of the case that quote the source, with the spans of their quotations."""
    known: list[tuple[str, tuple[Span, ...]]] = []
    locked: dict[Key, Locked] = {}
    with suppress(CaseError):  # an unreadable lock
        locked = case.locked
    for entry, i, piece in case.pieces():
        if piece.source != source or not piece.quote:
            continue
        verified = locked.get((entry.record.id, i))
        if verified and verified.digest == digest(piece) and verified.sha256 == article.sha256:
            known.append((entry.record.id, verified.anchor.spans))
        else:
            with suppress(NotFoundError):
                known.append((entry.record.id, spans_of(piece.quote, plain(article.text))))
    return known


def _overlapping(suggestion: Suggestion, known: list[tuple[str, tuple[Span, ...]]]) -> tuple[str, ...]:
    spans = suggestion.spans
    return tuple(dict.fromkeys(name for name, own in known if any(a < d and c < b for a, b in spans for c, d in own)))


class _Reader:
    """Reads an article from its first sentence to its last, and remembers who spoke last and which ids are taken."""

    def __init__(self, case: Casefile, source: Source, article: Article) -> None:
        self.case, self.source, self.article = case, source, article
        self.trial = Trial(case, source, article)
        self.publisher = publisher_of(case, source)
        self.event = event_of(case)
        self.taken = {*case.facts, *case.left_out}
        self.speaker, self.spoke_in = "", 0

    def suggestions(self) -> Iterator[Suggestion]:
        """Yield the suggestions in the order of the sentences."""
        read = [(each, attribution(self.case, each.text)) for each in sentences(self.article)]
        for i, (sentence, said) in enumerate(read):
            if sentence.part.number > self.spoke_in + 1:
                self.speaker = ""  # nobody knows who *she* is, so far from the last speaker
            later = next((s for other, s in read[i + 1 : i + 3] if s and other.part == sentence.part), None)
            earlier = any(s for other, s in read[:i] if other.part == sentence.part)
            yield from self._of_parts(sentence, self._parts(sentence, said, None if earlier else later))

    def _of_parts(self, sentence: Sentence, parts: list[_Part]) -> Iterator[Suggestion]:
        """Yield the suggestion of the part that tells most, and of others that differ in status, date or speaker."""
        kinds: set[tuple] = set()
        for part in sorted(parts, key=self._weight, reverse=True):
            telling = self._weight(part) or (part.speaker and not kinds)
            found = self._suggestion(sentence, part) if telling else None
            if found is None:
                continue
            kind = found.fact["status"], found.fact["when"], found.evidence.get("speaker")
            if kind not in kinds and not (kinds and found.problem):
                kinds.add(kind)
                self.taken.add(str(found.fact["id"]))
                yield found

    def _parts(self, sentence: Sentence, said: Attribution | None, later: Attribution | None) -> list[_Part]:
        """Return the parts of a sentence: what stands in quotation marks, and each clause of the rest.

        Words in quotation marks without a speaker are those of whom their paragraph names later, else the last one's.
        """
        text, spoken = self.article.text, _spoken(sentence)
        if said or (spoken and later):
            self.speaker, self.spoke_in = self._named(said or later) or self.speaker, sentence.part.number
        if said and not spoken and said.content != (0, len(sentence.text)):
            content = sentence.start + said.content[0], sentence.start + said.content[1]
            first, *others = clauses(text, content) or [content]
            return [self._part(first, sentence, self.speaker), *(self._later(each, sentence) for each in others)]
        parts = [self._part(span, sentence, self.speaker) for span in (clauses(text, spoken) if spoken else ())]
        rest = [(sentence.start, spoken[0]), (spoken[1], sentence.end)] if spoken else [(sentence.start, sentence.end)]
        for span in (clause for each in rest for clause in clauses(text, each)):
            words = sentence.words(span)
            own = attribution(self.case, words)
            if spoken and len(words.split()) < _SPOKEN + (own is not None) * 3:
                continue
            inner = (span[0] + own.content[0], span[0] + own.content[1]) if own else span
            parts.append(self._part(inner, sentence, self._named(own) if own else ""))
        return parts

    def _later(self, span: Span, sentence: Sentence) -> _Part:
        """Return a clause behind that of a speaker: said by him too, unless it names another or is set against it."""
        if own := attribution(self.case, sentence.words(span)):
            return self._part((span[0] + own.content[0], span[0] + own.content[1]), sentence, self._named(own))
        against = _AGAINST.search(self.article.text, sentence.start, span[0])
        return self._part(span, sentence, "" if against else self.speaker)

    def _named(self, said: Attribution | None) -> str:
        """Return a speaker by the name that the case has for the actor, and for a pronoun the last one."""
        if said is None:
            return ""
        found = actor_in(self.case, said.speaker)
        if found or not is_pronoun(said.speaker):
            return found[1].name if found else said.speaker
        if self.publisher and speaks_for_itself(said.speaker):
            return self.publisher[1].name
        return self.speaker or UNWRITTEN

    def _part(self, span: Span, sentence: Sentence, speaker: str) -> _Part:
        """Return a part; what nobody is said to say is the publisher's word if it is an actor of the case."""
        own = self.publisher
        if not speaker and own and (own[1].group != "company" or speaks_for_itself(sentence.text)):
            speaker = own[1].name
        basis = basis_of(self.case, speaker) if speaker else "reporter"
        return _Part(span, speaker, "caption" if sentence.part.kind == "caption" else basis)

    def _suggestion(self, sentence: Sentence, part: _Part) -> Suggestion | None:
        """Return a part, or as much of its sentence as passes the checks, as a fact; None if it is a question."""
        best = None
        for fact in self._facts(sentence, part):
            outcome = self.trial.of(fact)
            if outcome.asked:
                return None
            best = best if best and outcome.problem else (fact, outcome)
            if not outcome.problem:
                break
        if best is None:
            return None
        fact, outcome = best
        name = found_in.slug(fact["evidence"][0]["quote"], self.taken)
        return Suggestion({**fact, "id": name}, sentence.part.number, outcome.spans, outcome.problem)

    def _weight(self, part: _Part) -> int:
        """Return how much a part tells: a date more than a figure, a figure more than a system, state or hedge."""
        words, language = self.article.text[slice(*part.span)], self.source.language
        return (
            8 * has_date(words, language)
            + 4 * bool(found_in.figures_of(words, language))
            + 2 * bool(found_in.system_of(self.case, words))
            + 2 * bool(found_in.state_of(self.case, words))
            + 2 * bool(hedges_in(words, self.case.terms.hedges).keys() - {"report"})
        )

    def _facts(self, sentence: Sentence, part: _Part) -> Iterator[dict[str, Any]]:
        """Yield what the part may be as a fact, by the likeliest status first, by the shortest quotation first."""
        spans = [span for span in dict.fromkeys((part.span, (sentence.start, sentence.end))) if self._fits(span)]
        quotes = {span: plain_words(sentence.words(span)).strip(' ,;:."') for span in spans}
        likely = {span: found_in.status_of(self.case, quote, part.basis) for span, quote in quotes.items()}
        tries = [(span, likely[span], apart) for span in spans[:1] for apart in ([], self._outside(sentence, span))]
        tries += [(span, likely[span], []) for span in spans[1:]]
        tries += [(span, status, apart) for status in _STATUSES for span, _, apart in tries[1:]]
        for span, status, apart in tries:
            yield self._fact(sentence, part, quotes[span], status, apart)

    def _fits(self, span: Span) -> bool:
        return _FEWEST <= len(re.findall(r"\w+", self.article.text[slice(*span)])) <= _LONGEST

    def _outside(self, sentence: Sentence, span: Span) -> list[str]:
        """Return the clauses of a sentence round a quotation that hedge something."""
        start, end = sentence_span(self.article, sentence.start, sentence.end)
        around = [(start, span[0]), (span[1], end)]
        pieces = [clause for each in around for clause in clauses(self.article.text, each)]
        words = [plain_words(sentence.words(piece)).strip(' ,;:."') for piece in pieces]
        return [each for each in words if hedges_in(each, self.case.terms.hedges)]

    def _fact(self, sentence: Sentence, part: _Part, quote: str, status: str, apart: list[str]) -> dict[str, Any]:
        """Return the fields of a fact with this quotation and status."""
        when, how = dated(quote, status, self.source, self.event)
        system = found_in.system_of(self.case, quote)
        actor = actor_in(self.case, part.speaker or quote)
        fields = {
            **{"id": "suggested", "statement": UNWRITTEN, "when": when, "dated": how, "status": status},
            "actor": actor[0] if actor else None,
            "system": system,
            "state": found_in.state_of(self.case, quote) if system and status in ("done", "under way") else None,
            "places": found_in.places_of(self.case, quote),
            "quantity": found_in.quantity_of(self.case, quote, self.source.language),
        }
        piece = {"source": self.source.id, "quote": quote, "speaker": part.speaker, "basis": part.basis, "apart": apart}
        evidence = [{key: value for key, value in piece.items() if value}]
        return {**{key: value for key, value in fields.items() if value}, "evidence": evidence}


def _spoken(sentence: Sentence) -> Span | None:
    """Return the longest run of a sentence in quotation marks, if it is more than a phrase."""
    inside = [(max(a, sentence.start), min(b, sentence.end)) for a, b in spoken_spans(sentence.article)]
    long = [(a, b) for a, b in inside if a < b and len(sentence.words((a, b)).split()) >= _SPOKEN]
    return max(long, key=lambda span: span[1] - span[0], default=None)
