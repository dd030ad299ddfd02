"""Sentences: where a text's sentences begin and end."""

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache

from casebound.facts.text.articles import Article
from casebound.facts.text.normalisation import CLOSERS, INVISIBLE, trimmed

Span = tuple[int, int]

_STOP = re.compile(rf"([.!?…]++)([{re.escape(CLOSERS)}]*+)[{INVISIBLE}]*+([\s{INVISIBLE}]*+)")
_LETTER = r"[^\W\d_]"
_LAST_WORD = re.compile(rf"(?:\A|[\s(\[\"“‘'’—–-])((?:{_LETTER}{{1,4}}\.)*{_LETTER}+)\Z")
_NEXT_WORD = re.compile(rf"{_LETTER}+|[\"“‘'(]{_LETTER}+(?=[\"”’')])")  # a name, or a nickname in marks
_TITLES = set(
    "Mr Ms Mrs Mx Dr Messrs Prof Rev Hon St Gen Col Capt Lt Sgt vs approx Approx".split()
)  # they end no sentence
_ABBREVIATIONS = set("Jr Sr etc Ltd Inc Co Corp".split())
_BEFORE_A_NUMBER = set("no nos p pp jan feb mar apr jun jul aug sep sept oct nov dec art sec fig vol ch para".split())
# Words that have a capital only where they open a sentence; no name follows a title so.
_OPENERS = """
    About After All Also Although And Any Around As At Because Before Both But By Despite During Each Earlier Even Every
    Few For From He Her Here His How However If In Instead Into It Its Last Later Many Meanwhile More Most My Neither
    No Nobody None Nor Not Nothing Now Of On Once One Only Or Other Others Our Over Several She Since Some Such That The
    Their Then There These They This Those Though Through To Under Unless Until We What When Where Whether
    Which While Who Why With Without Yet You Your
""".split()
_OPENER = re.compile(rf"[\"“‘'(\[]*(?:[AI](?![\w.])|(?:{'|'.join(_OPENERS)})(?!\w))")


def _may_abbreviate(word: str, text: str, after: int) -> bool:
    """Whether a word before a stop has the form of an abbreviation (Sen., Calif.), before a name or number."""
    match = _NEXT_WORD.match(text, after)
    following = match[0] if match else ""
    if not following and not text[after].isdigit():
        return False
    if len(word) > 1 and word.isupper():  # NATO, UK: an abbreviation only where all words stand in capitals
        return len(following) > 1 and following.isupper()
    return (len(word) <= 5 and word[0].isupper()) or not re.search("[aeiouy]", word.lower())


def _is_abbreviation(text: str, stop: int, after: int, wide: bool) -> bool:
    match = _LAST_WORD.search(text[max(0, stop - 12) : stop])
    word = match[1] if match else ""
    if not word or word in _TITLES or _OPENER.match(text, after):
        return word in _TITLES
    is_initial = "." in word or (len(word) == 1 and word.isupper())
    before_a_number = text[after].isdigit() and word.lower() in _BEFORE_A_NUMBER
    known = is_initial or before_a_number or word in _ABBREVIATIONS
    return known or (wide and _may_abbreviate(word, text, after))


def sentences(part_text: str, wide: bool = False) -> list[Span]:
    """The spans of a part's sentences, without the blanks between them.

    With `wide`, a sentence goes on behind every stop that need not end it: behind any word with the form of an
    abbreviation (Sen., Calif.) before a name, and behind ?" and !" before one. It ends before a word such as The or It.
    """
    spans = []
    start, limit = trimmed(part_text, 0, len(part_text))
    for match in _STOP.finditer(part_text):
        after = match.end()
        following = part_text[after : after + 1]
        starts_anew = following.isupper() or following.isdigit() or following in set("\"“‘'([£$€")
        if after >= limit or not match[3] or not starts_anew:
            continue
        if match[1] == "." and match[2] in ("", ")"):
            goes_on = _is_abbreviation(part_text, match.start(), after, wide)
        else:
            asked = match[1][-1] in "!?" and bool(match[2]) and following.isupper()
            goes_on = wide and asked and not _OPENER.match(part_text, after)
        if not goes_on:
            spans.append((start, match.end(2)))
            start = after
    return [*spans, (start, limit)] if start < limit else spans


@lru_cache(maxsize=64)
def sentences_of(article: Article) -> tuple[Span, ...]:
    """The spans of all sentences of an article, in order; doubtful stops end none (`wide`)."""
    return tuple((p.start + a, p.start + b) for p in article.parts for a, b in sentences(p.text, wide=True))


def sentence_span(article: Article, start: int, end: int) -> Span:
    """The span of the sentence or sentences that enclose a span, each end within the part that it lies in.

    An end that lies in no part stays where it is.
    """
    spans = sentences_of(article)
    first, last = article.part_at(start), article.part_at(max(start, end - 1))
    begins, finishes = bisect_right(spans, start, key=lambda s: s[0]), bisect_left(spans, end, key=lambda s: s[1])
    return (
        spans[begins - 1][0] if first and begins and spans[begins - 1][0] >= first.start else start,
        spans[finishes][1] if last and finishes < len(spans) and spans[finishes][1] <= last.end else end,
    )
