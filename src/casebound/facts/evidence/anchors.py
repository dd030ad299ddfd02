"""Evidence: where a quotation stands in its source's text, and what the sentence round it does to it.

A quotation matches exactly after one published normalisation (`casebound.facts.text.normalisation`). Similar is never
enough: similarity only proposes a repair in an error message.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from casebound.facts.dates.locales import is_english
from casebound.facts.dates.mentions import without_dates
from casebound.facts.records.models import Evidence, Source
from casebound.facts.text.articles import Article
from casebound.facts.text.context import context, is_asked
from casebound.facts.text.normalisation import Plain, places_of, plain, plain_words
from casebound.facts.text.speech import spoken_spans

Span = tuple[int, int]

_AS_POSSIBLE = re.compile(r"\bas \w+ as possible\b", re.IGNORECASE)  # says how, not whether
_MONTH_MAY = re.compile(r"(?<=[\w,;('\"][ -])May\b(?! [A-Z])|May(?='s)")  # "their May bookings", not "Hackers May Have"


@dataclass(frozen=True)
class Anchor:
    """Where a quotation stands: character spans in the raw text, one a piece, the part, the hedges round it.

    `direct` tells whether every piece lies inside the source's own quotation marks; `hedges` maps each class of
    `data/terms.yaml` to the English words found in its context (`facts.text.context`) outside the quotation. `asked`
    tells whether a piece lies in a question; no lock holds such an anchor.
    """

    spans: tuple[Span, ...]
    part: str
    direct: bool
    hedges: Mapping[str, tuple[str, ...]]
    sentence: str = ""
    asked: bool = False


class NotFoundError(ValueError):
    """A quotation that the text does not hold exactly once; the message says so and names the nearest words."""


def pieces(quote: str) -> list[str]:
    """Return the normalised pieces of a quotation, which `…` separates."""
    return [piece for part in quote.split("…") if (piece := plain_words(part).strip())]


def digest(evidence: Evidence) -> str:
    """Return a fingerprint of what `make verify` reads of a piece of evidence."""
    verified = [evidence.source, evidence.quote, evidence.direct, list(evidence.apart), evidence.stance]
    return hashlib.sha256(json.dumps(verified, ensure_ascii=True).encode()).hexdigest()[:16]


def _matches(words: list[str], text: str) -> list[list[Span]]:
    """Return every way in which the pieces stand in the text in order, each as tight as its start allows."""
    ways = []
    for start in places_of(words[0], text):
        spans = [(start, start + len(words[0]))]
        for piece in words[1:]:
            following = next(places_of(piece, text, spans[-1][1]), None)
            if following is None:
                break
            spans.append((following, following + len(piece)))
        else:
            ways.append(spans)
    return ways


def spans_of(quote: str, text: Plain) -> tuple[Span, ...]:
    """Return where the quotation's pieces stand, as spans of the raw text; raise NotFoundError otherwise.

    Only whole words match. Pieces joined by `…` stand in order and as close together as they can.
    """
    words = [re.sub(r"^\W+|\W+$", "", piece) or piece for piece in pieces(quote)]
    matches = _matches(words, text.text) if words else []
    if not matches:
        raise NotFoundError(f"the quotation is not in the text; nearest: “{nearest(quote, text.text)}”")
    extents = [match[-1][1] - match[0][0] for match in matches]
    if extents.count(min(extents)) > 1:
        raise NotFoundError(f"the quotation stands {extents.count(min(extents))} times in the text; quote more words")
    best = matches[extents.index(min(extents))]
    return tuple((text.places[start], text.places[end - 1] + 1) for start, end in best)


def nearest(quote: str, text: str) -> str:
    """Return the words of a normalised text that are most like the quotation, to propose a repair."""
    wanted, words = " ".join(pieces(quote)), text.split()
    width = max(1, len(wanted.split()))
    matcher = difflib.SequenceMatcher(b=wanted, autojunk=False)
    best, score = "", 0.0
    for i in range(max(1, len(words) - width + 1)):
        window = " ".join(words[i : i + width])
        matcher.set_seq1(window)
        if matcher.real_quick_ratio() > score and matcher.quick_ratio() > score and matcher.ratio() > score:
            best, score = window, matcher.ratio()
    return best


def hedges_in(words: str, classes: Mapping[str, re.Pattern[str]]) -> dict[str, tuple[str, ...]]:
    """Return the words of each class that a text holds, in the order in which they stand; May is a month."""
    hedging = {kind: _hedging(words, pattern.pattern) for kind, pattern in classes.items()}
    return {kind: found for kind, found in hedging.items() if found}


@lru_cache(maxsize=2**16)  # the checks ask for the same words again and again
def _hedging(words: str, pattern: str) -> tuple[str, ...]:  # as text: all the code of a compiled one makes its hash
    matches = re.compile(pattern).finditer(_without_months(words))
    found = (match[match.lastgroup] for match in matches if match.lastgroup)
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=64)
def _without_months(words: str) -> str:
    text = _MONTH_MAY.sub(" ", without_dates(plain_words(words))).lower().replace("'ll", " will")
    return _AS_POSSIBLE.sub(" ", text)


def unchecked(source: Source) -> str:
    """Return why no check reads the words round a source's quotations, empty if the checks read them."""
    if source.language is None:
        return "sources.yaml names no language for it"
    return "" if is_english(source.language) else f"the checks read English, and the source is in {source.language}"


def anchor(
    evidence: Evidence, article: Article, text: Plain, hedges: Mapping[str, re.Pattern[str]], dashes: bool = False
) -> Anchor:
    """Return where a piece of evidence stands in its article; raise NotFoundError where quotation or `apart` do not.

    With `dashes`, words behind a dash that opens a line are direct speech: not in English, where they are a list's.
    """
    spans = spans_of(evidence.quote or "", text)
    around = sorted({span for start, end in spans for span in context(article, start, end)})
    known = [*spans, *(_apart_span(words, around, article) for words in evidence.apart)]
    outside = " … ".join(_remainder(article.text, sentence, known) for sentence in around)
    spoken = spoken_spans(article, dashes)
    return Anchor(
        spans=spans,
        part=article.label_of(*spans[0]),
        direct=all(any(a <= start and end <= b for a, b in spoken) for start, end in spans),
        hedges=hedges_in(outside, hedges),
        sentence=" … ".join(plain_words(article.text[a:b]) for a, b in around),
        asked=any(is_asked(article, *span) for span in spans),
    )


def _apart_span(words: str, around: list[Span], article: Article) -> Span:
    for start, end in around:
        try:
            ((a, b),) = spans_of(words, plain(article.text[start:end]))
        except NotFoundError:
            continue
        return start + a, start + b
    raise NotFoundError(f"the words set apart, “{words}”, are not in the sentence round the quotation")


def _remainder(text: str, sentence: Span, known: list[Span]) -> str:
    """Return the sentence with every known span cut out."""
    kept, place = [], sentence[0]
    for start, end in sorted(known):
        if end <= sentence[0] or start >= sentence[1]:
            continue
        kept.append(text[place : max(place, start)])
        place = max(place, end)
    return " … ".join([*kept, text[place : sentence[1]]])
