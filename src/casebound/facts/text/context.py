"""Context: the sentences and lines without which a sentence cannot be read, and whether words stand in a question."""

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from itertools import pairwise, takewhile

from casebound.facts.text.articles import Article
from casebound.facts.text.normalisation import CLOSERS, trimmed
from casebound.facts.text.sentences import Span, sentence_span, sentences_of
from casebound.facts.text.speech import spoken_spans

Row = tuple[int, int, str]

_ENDS = re.escape(CLOSERS + "“‘«」』")
_FINISHED = re.compile(rf"[.!…。！।۔][{_ENDS}]*\Z")
_ASKED = re.compile(rf"[?？؟][?!]*[{_ENDS}]*\Z")
_QUESTION = re.compile(rf"[?？؟][?!]*[{_ENDS}]*(?=\s|\Z)")
_LEADS_ON = re.compile(r"(?:[;,]| and| or)\Z")
_ITEM = r"[ \t]*(?:[^\w\s\"“”‘’'„«»‹›(\[¿¡£$€#@…]{1,2}|\(?(?:[0-9]{1,2}|[a-z])[.)])[^\S\r\n]+"
_MARKED, _ROWS = re.compile(_ITEM), re.compile(rf"[\r\n]+(?={_ITEM})")
_SHORT, _ANSWERS = 4, 3  # the most words of a short answer, and how many of them a question has
_HEADING, _FARTHEST = 8, 12  # the most words of a heading, and lines of a list without marks


def context(article: Article, start: int, end: int) -> list[Span]:
    """The spans that tell what a span's words assert, in order: their sentence, and those that it leans on.

    A list item leans on the line that leads into the list, the first sentence below a heading on the heading, a short
    answer on its question, and a question on its answer. A headline, standfirst or caption stands alone.
    """
    sentence = first, last = sentence_span(article, start, end)
    part = article.part_at(start)
    if part is None or part.kind != "paragraph":
        return [sentence]
    around = {*_leads(article, first), *_questions(article, first), *_answers(article, last)}
    return sorted({sentence, *(span for span in around if span[1] <= first or span[0] >= last)})


@lru_cache(maxsize=64)
def _rows(article: Article) -> tuple[Row, ...]:
    """The paragraphs, cut before each marked item: start, end, words."""
    rows = []
    for part in article.parts_of("paragraph"):
        for a, b in pairwise([0, *(cut.end() for cut in _ROWS.finditer(part.text)), len(part.text)]):
            start, end = trimmed(article.text, part.start + a, part.start + b)
            rows.append((start, end, article.text[start:end]))
    return tuple(rows)


def _leads(article: Article, start: int) -> list[Span]:
    """The lines that lead into the one in which a sentence starts."""
    rows = _rows(article)
    place = bisect_right(rows, start, key=lambda row: row[0]) - 1
    if place < 1:
        return []
    row, before = rows[place], rows[place - 1][2]
    marked = bool(_MARKED.match(row[2]))
    if marked or not (_FINISHED.search(row[2]) or _ASKED.search(row[2])) or _LEADS_ON.search(before):
        return [_last_sentence(article, above) for above in _lead_in(rows, place, marked)]
    leads = before.endswith(":") or (not _FINISHED.search(before) and len(before.split()) <= _HEADING)
    return [_last_sentence(article, rows[place - 1])] if leads and start == row[0] else []


def _lead_in(rows: tuple[Row, ...], place: int, marked: bool) -> list[Row]:
    """The lines that lead into the list of an item: those with a colon, else the heading or the lines above it."""
    leads: list[Row] = []
    passed: list[Row] = []
    for above in rows[max(0, place - 100) : place][::-1]:
        is_item = bool(_MARKED.match(above[2]))
        if above[2].endswith(":"):
            leads.append(above)
            if not is_item:
                return leads
        elif not is_item:
            if not _FINISHED.search(above[2]):
                passed.append(above)
            elif not _LEADS_ON.search(above[2]):
                break
            if marked or _ASKED.search(above[2]) or len(passed) > _FARTHEST:
                break
    return [*leads, *passed]


def _last_sentence(article: Article, row: Row) -> Span:
    return max(row[0], sentence_span(article, row[1] - 1, row[1])[0]), row[1]


def _questions(article: Article, start: int) -> list[Span]:
    """The question that a short sentence answers, with the short sentences between."""
    spans, text = sentences_of(article), article.text
    place, part = bisect_left(spans, start, key=lambda s: s[0]), article.part_at(start)
    for before in range(place, max(-1, place - _ANSWERS - 1), -1):
        words = text[slice(*spans[before])] if before < len(spans) else ""
        if before < place and _ASKED.search(words):
            return list(spans[before:place])
        if len(words.split()) > _SHORT or (before < len(spans) and article.part_at(spans[before][0]) != part):
            break
    return []


def _answers(article: Article, end: int) -> list[Span]:
    """The sentence that follows a question, or all of them as long as they are short."""
    spans, text = sentences_of(article), article.text
    place = bisect_left(spans, end, key=lambda s: s[1])
    if place == len(spans) or not _ASKED.search(text[slice(*spans[place])]):
        return []
    following = spans[place + 1 : place + 1 + _ANSWERS]
    part = article.part_at(following[0][0]) if following else None
    short = takewhile(lambda span: len(text[slice(*span)].split()) <= _SHORT, following)
    return [span for span in short if article.part_at(span[0]) == part] or list(following[:1])


def is_asked(article: Article, start: int, end: int) -> bool:
    """Whether a span lies in a question: in the words that it ends, a speaker's or the sentence's own."""
    first, last = sentence_span(article, start, end)
    for mark in _QUESTION.finditer(article.text, first, last):
        said = (a for a, b in spoken_spans(article) if a <= mark.start() < b)
        if max(first, next(said, first)) < end and start < mark.start():
            return True
    return False
