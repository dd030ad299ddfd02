"""Copying: how much of a source's text our quotations take, and where our own sentences copy it word for word."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from casebound.facts.dates.mentions import without_dates
from casebound.facts.evidence.anchors import Span
from casebound.facts.ledger.holding import texts_of
from casebound.facts.records.models import Case, Fact
from casebound.facts.text.claims import names_in
from casebound.facts.text.normalisation import plain, plain_words
from casebound.facts.text.numbers import without_numbers

LIMIT = 45.0  # percent of a text's words that quotations may take, unless case.yaml sets another limit
SHORTEST_RUN = 8  # words in a row that count as copied, without names, dates and numbers

# a figure, a date in figures, a time, and an address or path is one word
_WORD = re.compile(r"\d+(?:[.,:/]\d+)*(?!\w)|\w+(?:['./:@_]+\w+)*")
_QUOTED = re.compile(r'"[^"]*"')


def limit_of(case: Case) -> float:
    """Return which percentage of a text's words the quotations of a case may take."""
    return case.quoted.limit if case.quoted else LIMIT


def quoted_share(spans: Iterable[Span], text: str) -> float:
    """Return the share of a text's words, from 0 to 1, in the union of these spans of the raw text.

    A word that is quoted in part counts in part, because a script without blanks has words as long as a clause.
    """
    known = plain(text)
    taken = {place for start, end in spans for place in range(start, end)}
    words = [known.places[match.start() : match.end()] for match in _WORD.finditer(known.text)]
    quoted = sum(sum(place in taken for place in word) / len(word) for word in words)
    return quoted / len(words) if words else 0.0


def own_words(fact: Fact) -> list[tuple[str, str]]:
    """Return what we say of a fact in our own words, by field: statement, label, answers, note."""
    return [*texts_of(fact), ("note", fact.note or "")]


def copied_runs(ours: str, text: str, names: str = "", length: int = SHORTEST_RUN) -> list[str]:
    """Return the runs of words that one of our texts shares with a source's, as we write them.

    A run has `length` words or more that are no names, dates or numbers; `names` holds names and offices besides. Case
    and punctuation don't count, nor do words inside our double quotation marks, which also end a run. In a script
    without blanks between words no run is found.
    """
    ours, theirs = plain_words(ours), _windows(text, length)
    runs: list[tuple[int, int]] = []  # offsets in our text
    for start, end in _outside_quotation_marks(ours):
        words = list(_WORD.finditer(ours, start, end))
        before = False  # whether the window that begins one word earlier is copied, too
        for window in (words[i : i + length] for i in range(len(words) - length + 1)):
            copied = tuple(word[0].casefold() for word in window) in theirs
            if copied:
                first = runs.pop()[0] if before else window[0].start()
                runs.append((first, window[-1].end()))
            before = copied
    shared = [ours[start:end] for start, end in runs]
    return [run for run in shared if _words_of_its_own(run, ours, names) >= length]


def _words_of_its_own(run: str, ours: str, names: str) -> int:
    """Return how many words of a run are no name, date or number."""
    named = {*names_in(ours), *(word for name in names.split("…") for word in _WORD.findall(name) if name.strip())}
    words = _WORD.findall(without_numbers(without_dates(run)))
    return sum(word.removesuffix("'s") not in named for word in words)


def _outside_quotation_marks(text: str) -> list[Span]:
    marked = [match.span() for match in _QUOTED.finditer(text)]
    return list(zip([0, *(end for _, end in marked)], [*(start for start, _ in marked), len(text)], strict=True))


@lru_cache(maxsize=256)  # each text is compared with all that we say
def _windows(text: str, length: int) -> frozenset[tuple[str, ...]]:
    words = [word.casefold() for word in _WORD.findall(plain_words(text))]
    return frozenset(tuple(words[i : i + length]) for i in range(len(words) - length + 1))
