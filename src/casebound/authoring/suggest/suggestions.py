"""Suggestions: from each telling sentence of a source one fact, as complete as its words make it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from casebound import paths
from casebound.authoring.suggest.candidates import Candidates
from casebound.authoring.suggest.parts import Listener, Part
from casebound.authoring.suggest.passages import Sentence, article_of, sentences
from casebound.authoring.suggest.trial import Trial
from casebound.authoring.suggest.words import slug
from casebound.facts.evidence.anchors import NotFoundError, digest, spans_of
from casebound.facts.evidence.lock import Key, Locked
from casebound.facts.ledger.casefile import Casefile, readable
from casebound.facts.problems import CaseError
from casebound.facts.records.models import Source
from casebound.facts.text.articles import Article
from casebound.facts.text.normalisation import plain
from casebound.facts.text.sentences import Span


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
    """Reads an article from its first sentence to its last, and remembers which ids are taken."""

    def __init__(self, case: Casefile, source: Source, article: Article) -> None:
        self.article = article
        self.listener = Listener(case, source, article)
        self.candidates = Candidates(case, source, article)
        self.trial = Trial(case, source, article)
        self.taken = {*case.facts, *case.left_out}

    def suggestions(self) -> Iterator[Suggestion]:
        """Yield the suggestions in the order of the sentences."""
        met: set[tuple[Span, ...] | str] = set()
        for sentence, parts in self.listener.heard(sentences(self.article)):
            for found in self._of_parts(sentence, parts):
                words = found.spans or found.evidence["quote"]
                if words not in met:
                    met.add(words)
                    yield found

    def _of_parts(self, sentence: Sentence, parts: list[Part]) -> Iterator[Suggestion]:
        """Yield the suggestion of the part that tells most, and of others that differ in status, date or speaker."""
        kinds: set[tuple] = set()
        for part in sorted(parts, key=self.candidates.weight, reverse=True):
            telling = self.candidates.weight(part) or (part.speaker and not kinds)
            found = self._suggestion(sentence, part) if telling else None
            if found is None:
                continue
            kind = found.fact["status"], found.fact["when"], found.evidence.get("speaker")
            if kind not in kinds and not (kinds and found.problem):
                kinds.add(kind)
                self.taken.add(str(found.fact["id"]))
                yield found

    def _suggestion(self, sentence: Sentence, part: Part) -> Suggestion | None:
        """Return a part, or as much of its sentence as passes the checks, as a fact; None if it is a question."""
        best = None
        for fact in self.candidates.facts(sentence, part):
            outcome = self.trial.of(fact)
            if outcome.asked:
                return None
            best = best if best and outcome.problem else (fact, outcome)
            if not outcome.problem:
                break
        if best is None:
            return None
        fact, outcome = best
        name = slug(fact["evidence"][0]["quote"], self.taken)
        return Suggestion({**fact, "id": name}, sentence.part.number, outcome.spans, outcome.problem)
