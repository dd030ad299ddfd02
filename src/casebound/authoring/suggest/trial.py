"""Trial: what the checks would say of a suggested fact, once its statement says what its quotation does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from casebound.checks import facts
from casebound.checks.context import context_problems
from casebound.checks.statements import UNWRITTEN
from casebound.facts.evidence.anchors import NotFoundError, anchor
from casebound.facts.ledger.casefile import Casefile, Entry
from casebound.facts.records.models import Fact, Source
from casebound.facts.records.reading import Located
from casebound.facts.text.articles import Article
from casebound.facts.text.normalisation import plain
from casebound.facts.text.sentences import Span

_UNVERIFIED = "CB212"  # that no lock holds the quotation yet


@dataclass(frozen=True)
class Outcome:
    """Where a suggestion's quotation stands, the first problem of it, and whether it stands in a question."""

    spans: tuple[Span, ...] = ()
    problem: str = ""
    asked: bool = False


class Trial:
    """A case with nothing but the source and the suggestion, so that its checks take no time."""

    def __init__(self, case: Casefile, source: Source, article: Article) -> None:
        own = case.case.model_copy(update={"questions": (), "glossary": (), "seed": None, "aside": {}})
        entry = case.sources[source.id]
        self._case, self._facts = replace(case, case=own, sources={source.id: entry}, lock=None), case.facts
        self._article = article

    def of(self, fact: dict[str, Any]) -> Outcome:
        """Return what the checks of facts and of quotations say of a suggestion; it is given `direct` if it is so."""
        [piece] = fact["evidence"]
        try:
            record = self._record(fact)
            place = anchor(record.evidence[0], self._article, plain(self._article.text), self._case.terms.hedges)
        except NotFoundError as error:
            return Outcome(problem=str(error))
        if place.direct:
            piece["direct"] = "yes"
            record = self._record(fact)
        entry = Entry(record, Located("", None, {}), 0)
        named = {name: self._facts[name] for name in (record.dated.event,) if name}
        case = replace(self._case, facts={**named, record.id: entry})
        problems = [p for p in facts.problems_of(case) if p.id == record.id and p.code != _UNVERIFIED]
        problems += context_problems(case, entry, 0, place)
        return Outcome(place.spans, problems[0].what.splitlines()[0] if problems else "", place.asked)

    def _record(self, fact: dict[str, Any]) -> Fact:
        """Return a suggestion with the words of its quotation as its statement, and all else written too."""
        [piece] = fact["evidence"]
        written = {**fact, "statement": piece["quote"], "evidence": [piece]}
        if piece.get("speaker") == UNWRITTEN:
            written["evidence"] = [{**piece, "speaker": "somebody"}]
        if quantity := fact.get("quantity"):
            written["quantity"] = {**quantity, "measure": "what is counted", "scope": "of whom"}
        return Fact.model_validate(written)
