"""Parts: the clauses of a sentence that may each carry a fact, with who says each and on what basis."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from casebound.authoring.suggest.passages import Sentence, clauses
from casebound.authoring.suggest.speakers import (
    Attribution,
    actor_in,
    attribution,
    basis_of,
    is_pronoun,
    is_speaker,
    publisher_of,
    speaks_for_itself,
)
from casebound.checks.statements import UNWRITTEN
from casebound.facts.ledger.casefile import Casefile
from casebound.facts.records.models import Source
from casebound.facts.text.articles import Article
from casebound.facts.text.sentences import Span
from casebound.facts.text.speech import spoken_spans

_AGAINST = re.compile(r"\b(?:while|although|though|but)\s+\Z", re.IGNORECASE)
_SAID_TOO = re.compile(r"(?:said|says)\s+(?:that\s+)?")
_SPOKEN = 4  # words in quotation marks that are more than a phrase


@dataclass(frozen=True)
class Part:
    """Words of a sentence that may carry a fact: their span in the article, who says them, and on what basis."""

    span: Span
    speaker: str
    basis: str


class Listener:
    """Hears an article from its first sentence to its last, and remembers who spoke last, and where."""

    def __init__(self, case: Casefile, source: Source, article: Article) -> None:
        self.case, self.article = case, article
        self.publisher = publisher_of(case, source)
        self.speaker, self.spoke_in = "", 0

    def heard(self, sentences: Iterable[Sentence]) -> Iterator[tuple[Sentence, list[Part]]]:
        """Yield each sentence with its parts."""
        read = [(each, attribution(self.case, each.text)) for each in sentences]
        for i, (sentence, said) in enumerate(read):
            if sentence.part.number > self.spoke_in + 1:
                self.speaker = ""  # nobody knows who *she* is, so far from the last speaker
            later = next((s for other, s in read[i + 1 : i + 3] if s and other.part == sentence.part), None)
            earlier = any(s for other, s in read[:i] if other.part == sentence.part)
            yield sentence, self._parts(sentence, said, None if earlier else later)

    def _parts(self, sentence: Sentence, said: Attribution | None, later: Attribution | None) -> list[Part]:
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
        speaker = self.speaker or UNWRITTEN
        parts = [self._part(span, sentence, speaker) for span in (clauses(text, spoken) if spoken else ())]
        rest = [(sentence.start, spoken[0]), (spoken[1], sentence.end)] if spoken else [(sentence.start, sentence.end)]
        for span in (clause for each in rest for clause in clauses(text, each)):
            words = sentence.words(span)
            if not spoken or len(words.split()) >= _SPOKEN + 3 * (attribution(self.case, words) is not None):
                parts.append(self._clause(span, sentence, ""))
        return parts

    def _later(self, span: Span, sentence: Sentence) -> Part:
        """Return a clause behind that of a speaker: said by him too, unless it names another or is set against it."""
        against = _AGAINST.search(self.article.text, sentence.start, span[0])
        return self._clause(span, sentence, "" if against else self.speaker)

    def _clause(self, span: Span, sentence: Sentence, speaker: str) -> Part:
        """Return a clause as a part, said by whom it names itself, else by the given speaker."""
        words = sentence.words(span)
        if also := _SAID_TOO.match(words):
            return self._part((span[0] + also.end(), span[1]), sentence, self.speaker)
        if own := attribution(self.case, words):
            return self._part((span[0] + own.content[0], span[0] + own.content[1]), sentence, self._named(own))
        return self._part(span, sentence, speaker)

    def _named(self, said: Attribution | None) -> str:
        """Return a speaker by the name that the case has for the actor, and for a pronoun the last one."""
        if said is None:
            return ""
        found = actor_in(self.case, said.speaker)
        if found or not is_pronoun(said.speaker):
            return found[1].name if found else said.speaker if is_speaker(self.case, said.speaker) else UNWRITTEN
        if self.publisher and speaks_for_itself(said.speaker):
            return self.publisher[1].name
        return self._meant(said.speaker.lower())

    def _meant(self, pronoun: str) -> str:
        """Return whom a pronoun means: the last speaker, if that is not a name for *it*, and no attacker."""
        is_name = self.speaker[:1].isupper() and pronoun in ("it", "they")
        unlikely = is_name or basis_of(self.case, self.speaker) == "attacker"
        return UNWRITTEN if unlikely or not self.speaker else self.speaker

    def _part(self, span: Span, sentence: Sentence, speaker: str) -> Part:
        """Return a part; what nobody is said to say is the publisher's word if it is an actor of the case."""
        own = self.publisher
        if not speaker and own and (own[1].group != "company" or speaks_for_itself(sentence.text)):
            speaker = own[1].name
        basis = basis_of(self.case, speaker) if speaker else "reporter"
        return Part(span, speaker, "caption" if sentence.part.kind == "caption" else basis)


def _spoken(sentence: Sentence) -> Span | None:
    """Return the longest run of a sentence in quotation marks, if it is more than a phrase."""
    inside = [(max(a, sentence.start), min(b, sentence.end)) for a, b in spoken_spans(sentence.article)]
    long = [(a, b) for a, b in inside if a < b and len(sentence.words((a, b)).split()) >= _SPOKEN]
    return max(long, key=lambda span: span[1] - span[0], default=None)
