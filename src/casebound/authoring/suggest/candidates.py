"""Candidates: the facts that a part of a sentence may be, the likeliest first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from casebound.authoring.suggest import words as found_in
from casebound.authoring.suggest.dates import dated, event_of, has_date
from casebound.authoring.suggest.parts import Part
from casebound.authoring.suggest.passages import Sentence, clauses
from casebound.authoring.suggest.quantities import figures_of, quantity_of
from casebound.authoring.suggest.speakers import actor_in
from casebound.checks.facts import LONGEST_QUOTATION
from casebound.checks.statements import UNWRITTEN
from casebound.facts.evidence.anchors import hedges_in
from casebound.facts.ledger.casefile import Casefile
from casebound.facts.records.models import Source
from casebound.facts.text.articles import Article
from casebound.facts.text.normalisation import plain_words
from casebound.facts.text.sentences import Span, sentence_span

_STATUSES = ("done", "possible", "planned", "expected", "claimed")  # if the likely one fails
_PLANNED = re.compile(r"\b(?:will|would|shall|to|plans?|schedule|due)\b[^.;]*\band\s+\Z", re.IGNORECASE)
_BARE = re.compile(r"(?!\w+(?:ed|s|ing)\b)[a-z]+ (?:by|on|in|until|before|at|from)\b")  # a verb without an ending
_FEWEST = 2  # words of a quotation


class Candidates:
    """Makes facts of the parts of an article's sentences."""

    def __init__(self, case: Casefile, source: Source, article: Article) -> None:
        self.case, self.source, self.article = case, source, article
        self.event = event_of(case)

    def weight(self, part: Part) -> int:
        """Return how much a part tells: a date more than a figure, a figure more than a system, state or hedge."""
        words, language = self.article.text[slice(*part.span)], self.source.language
        return (
            8 * has_date(words, language)
            + 4 * bool(figures_of(words, language))
            + 2 * bool(found_in.system_of(self.case, words))
            + 2 * bool(found_in.state_of(self.case, words))
            + 2 * bool(hedges_in(words, self.case.terms.hedges).keys() - {"report"})
        )

    def facts(self, sentence: Sentence, part: Part) -> Iterator[dict[str, Any]]:
        """Yield what the part may be as a fact, by the likeliest status first, by the shortest quotation first."""
        wide = sentence_span(self.article, sentence.start, sentence.end)
        spans = [span for span in dict.fromkeys((part.span, (sentence.start, sentence.end), wide)) if self._fits(span)]
        quotes = {span: plain_words(sentence.words(span)).strip(' ,;:."') for span in spans}
        likely = {span: found_in.status_of(self.case, quote, part.basis) for span, quote in quotes.items()}
        likely |= {span: "planned" for span in spans if likely[span] == "done" and self._goes_on(sentence, span)}
        tries = [(span, likely[span], apart) for span in spans[:1] for apart in ([], self._outside(sentence, span))]
        tries += [(span, likely[span], []) for span in spans[1:]]
        tries += [(span, status, apart) for status in _STATUSES for span, _, apart in tries[1:]]
        for span, status, apart in tries:
            yield self._fact(sentence, part, quotes[span], status, apart)

    def _fits(self, span: Span) -> bool:
        """Tell whether a span is neither too short nor too long for a quotation, and cuts none of the source's own."""
        words = plain_words(self.article.text[slice(*span)]).strip(' ,;:."')
        return words.count('"') % 2 == 0 and _FEWEST <= len(re.findall(r"\w+", words)) <= LONGEST_QUOTATION

    def _goes_on(self, sentence: Sentence, span: Span) -> bool:
        """Tell whether a clause goes on with a plan before it: it will sit in June, *and report by* September."""
        return bool(_PLANNED.search(sentence.words((sentence.start, span[0]))) and _BARE.match(sentence.words(span)))

    def _outside(self, sentence: Sentence, span: Span) -> list[str]:
        """Return the whole clauses of a sentence beside that of a quotation that hedge something."""
        whole = clauses(self.article.text, (sentence.start, sentence.end))
        others = [each for each in whole if each[1] <= span[0] or each[0] >= span[1]]
        words = [plain_words(sentence.words(each)).strip(' ,;:."') for each in others]
        return [each for each in words if hedges_in(each, self.case.terms.hedges)]

    def _fact(self, sentence: Sentence, part: Part, quote: str, status: str, apart: list[str]) -> dict[str, Any]:
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
            "quantity": quantity_of(self.case, quote, self.source.language),
        }
        piece = {"source": self.source.id, "quote": quote, "speaker": part.speaker, "basis": part.basis, "apart": apart}
        evidence = [{key: value for key, value in piece.items() if value}]
        return {**{key: value for key, value in fields.items() if value}, "evidence": evidence}
