"""Printed: the words of a text that print a source's title, authors, stamps and captions, as sources.yaml names them.

They are looked up like a quotation: after the same normalisation, as whole words, nothing similar.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from typing import NamedTuple

from casebound.facts.evidence.anchors import Span, nearest
from casebound.facts.records import csl
from casebound.facts.records.models import Name, Source
from casebound.facts.text.articles import Article, Named, lines_in, stands_alone
from casebound.facts.text.normalisation import Plain, plain, plain_words, whole

_ALONE = ("headline", "standfirst", "caption")  # what stands on lines of its own


class Placed(NamedTuple):
    """Words that a source names: their field, what the evidence calls them, the words, and where they stand."""

    field: tuple[str | int, ...]
    label: str
    words: str
    spans: tuple[Span, ...]
    nearest: str = ""

    @property
    def missing(self) -> str:
        """What is wrong with words that the text does not print so; empty if it does."""
        if self.spans:
            return ""
        own_line = " on a line of their own" if self.label.partition(" ")[0] in _ALONE else ""
        return f"the words “{self.words}” do not stand in the text{own_line}; nearest: “{self.nearest}”"


def is_description(title: str) -> bool:
    """Tell whether a title is a description in brackets, because the text prints none."""
    return title.startswith("[") and title.endswith("]")


def spans_of_words(words: str, text: Plain, any_case: bool = False) -> tuple[Span, ...]:
    """Return every place where words stand whole in a text, as spans of the raw text."""
    pattern = whole(re.escape(plain_words(words).strip()))
    found = re.finditer(pattern, text.text, re.IGNORECASE if any_case else 0)
    return tuple((text.places[match.start()], text.places[match.end() - 1] + 1) for match in found)


def holds(text: str, words: str) -> bool:
    """Tell whether whole words stand in a text, in any case."""
    return bool(spans_of_words(words, plain(text), any_case=True))


def printed_in(source: Source, article: Article) -> list[Placed]:
    """Return where the text prints the words that a source names, its title first."""
    return [_placed(article, *named) for named in _named(source)]


def named_in(printed: list[Placed]) -> list[Named]:
    """Return these words as the names of their spans."""
    return [Named(each.label, *span) for each in printed for span in each.spans]


def author_missing(author: Name, scope: str) -> str:
    """Return the name of an author that a text does not print, as CSL joins its parts; empty if it does.

    Up to two words may stand between its parts ("Ada M. Quill"), in any case.
    """
    fields = author.model_dump(exclude_none=True)
    order = ("given", "dropping_particle", "non_dropping_particle", "family")
    parts = [fields["literal"]] if fields.get("literal") else [fields[part] for part in order if fields.get(part)]
    parts = [re.escape(plain_words(part).strip().casefold()) for part in parts]
    forms = (r"(?: [^\s,;]+){0,2} ".join(parts), ",? ".join([*parts[-1:], *parts[:-1]]))
    if any(re.search(whole(form), plain_words(scope).casefold()) for form in forms):
        return ""
    return csl.printed(author)


def _named(source: Source) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    printed = source.printed
    if (printed is None or printed.title is None) and not is_description(source.title):
        yield ("title",), "headline", source.title
    if printed is None:
        return
    if printed.title is not None:
        yield ("printed", "title"), "headline", printed.title
    for field in ("standfirst", "byline", "published", "updated", "publisher"):
        if (words := getattr(printed, field)) is not None:
            yield ("printed", field), field, words
    for number, words in enumerate(printed.captions):
        yield ("printed", "captions", number), f"caption {number + 1}", words


def _placed(article: Article, field: tuple[str | int, ...], label: str, words: str) -> Placed:
    spans = spans_of_words(words, plain(article.text))
    if label.partition(" ")[0] in _ALONE:
        spans = tuple(span for span in spans if stands_alone(article.text, *span))
    return Placed(field, label, words, spans, "" if spans else _nearest(words, label, article.text))


def _nearest(words: str, label: str, text: str) -> str:
    if label != "headline":
        return nearest(words, plain(text).text)
    lines = [plain_words(text[start:end]) for start, end in lines_in(text)]
    return next(iter(difflib.get_close_matches(plain_words(words), lines, n=1, cutoff=0)), "")
