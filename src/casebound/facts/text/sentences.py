"""Sentences: where a text's sentences begin and end, and which of its words are somebody's, in quotation marks."""

import re
from bisect import bisect_right
from itertools import pairwise

from casebound.facts.text.articles import Article
from casebound.facts.text.layout import CLOSERS
from casebound.facts.text.normalisation import INVISIBLE, trimmed

_STOP = re.compile(rf"([.!?…]++)([{re.escape(CLOSERS)}]*+)[{INVISIBLE}]*+([\s{INVISIBLE}]*+)")
_LAST_WORD = re.compile(r"(?:\A|[\s(\[\"“‘'’—–-])((?:[A-Za-z]\.)*[A-Za-z]+)\Z")
_ABBREVIATIONS = {
    *("Mr", "Ms", "Mrs", "Mx", "Dr", "Prof", "Rev", "Hon", "St", "Jr", "Sr", "vs", "etc", "approx"),
    *("Gen", "Col", "Capt", "Lt", "Sgt", "Ltd", "Inc", "Co", "Corp"),
}
_BEFORE_A_NUMBER = {
    *("No", "no", "Nos", "nos", "p", "pp"),
    *("Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec"),
}


def _is_abbreviation(text: str, stop: int, following: str) -> bool:
    match = _LAST_WORD.search(text[max(0, stop - 12) : stop])
    if not match:
        return False
    word = match[1]
    is_initial = "." in word or (len(word) == 1 and word.isupper())
    return is_initial or word in _ABBREVIATIONS or (word in _BEFORE_A_NUMBER and following.isdigit())


def sentences(part_text: str) -> list[tuple[int, int]]:
    """The spans of a part's sentences, without the blanks between them.

    Where an abbreviation might also end a sentence (``a.m.``, ``Ltd.``) the sentence goes on: too much
    context is the safe side.
    """
    spans = []
    start, limit = trimmed(part_text, 0, len(part_text))
    for match in _STOP.finditer(part_text):
        after = match.end()
        following = part_text[after : after + 1]
        starts_anew = following.isupper() or following.isdigit() or following in set("\"“‘'([£$€")
        if after >= limit or not match[3] or not starts_anew:
            continue
        alone = match[1] == "." and not match[2]
        if not (alone and _is_abbreviation(part_text, match.start(), following)):
            spans.append((start, match.end(2)))
            start = after
    return [*spans, (start, limit)] if start < limit else spans


def sentence_span(article: Article, start: int, end: int) -> tuple[int, int]:
    """The span of the sentence or sentences that enclose a span, each end within the part that it lies in.

    An end that lies in no part stays where it is.
    """
    first, last = article.part_at(start), article.part_at(max(start, end - 1))
    begins = [first.start + a for a, _ in sentences(first.text)] if first else []
    finishes = [last.start + b for _, b in sentences(last.text)] if last else []
    return (
        max((a for a in begins if a <= start), default=start),
        min((b for b in finishes if b >= end), default=end),
    )


# Quoted words -----------------------------------------------------------------------------------------

_SPACE = rf"\s{INVISIBLE}"
_SINGLE_OPEN = re.compile(
    rf"(?:\A|(?<=[{_SPACE}(\[\"“—–]))['‘](?=[^{_SPACE}'’])(?!(?:[0-9]0s|[0-9]{{2}}|tis|twas|em|til|cause|n)\b)"
)
_SINGLE_CLOSE = re.compile(rf"(?<=[^{_SPACE}])['’](?=[{_SPACE}.,;:!?…)\]\"”—–-]|\Z)")
_FACES_ON = re.compile(rf"(?:\A|(?<=[{_SPACE}(\[—–]))\"(?=[^{_SPACE}])")
_FACES_BACK = re.compile(rf"(?<=[^{_SPACE}])\"")


def _faces(text: str, place: int) -> str:
    if _FACES_ON.match(text, place):
        return "“"
    return "”" if _FACES_BACK.match(text, place) else ""


def _double_quoted(text: str, goes_on: bool) -> list[tuple[int, int]]:
    # An even number of straight marks is paired in turn, so that a blank on the wrong side does no harm. In
    # an odd number one has no partner or is an inch mark: only the blanks tell which way each of them faces.
    odd = text.count('"') % 2 == 1
    spans, opened = [], None
    for match in re.finditer('["“”]', text):
        mark, place = match[0], match.start()
        if mark == '"':
            mark = _faces(text, place) if odd else "“" if opened is None else "”"
        if mark == "“" and opened is None:
            opened = place + 1
        elif mark == "”" and opened is not None:
            spans.append((opened, place))
            opened = None
    return [*spans, (opened, len(text))] if opened is not None and goes_on else spans


def _single_quoted(text: str) -> list[tuple[int, int]]:
    spans, free = [], 0
    marks = list(_SINGLE_CLOSE.finditer(text))
    closes = {on: [mark.start() for mark in marks if mark[0] == off] for on, off in ("''", "‘’")}
    for match in _SINGLE_OPEN.finditer(text):
        ends = closes[match[0]]
        place = bisect_right(ends, match.end())
        if match.start() >= free and place < len(ends):
            spans.append((match.end(), ends[place]))
            free = ends[place] + 1
    return spans


def spoken_spans(article: Article) -> list[tuple[int, int]]:
    """The spans of the words inside quotation marks, in order and apart, without the marks and outer blanks.

    A quotation that is not closed runs to the end of its paragraph if the next paragraph opens it again;
    otherwise it does not count. Words in single marks count where they are not inside double marks. The first
    mark that can close a single-quoted phrase does, so a possessive (suppliers') may cut it short.
    """
    spans: list[tuple[int, int]] = []
    following = {a.start: b for a, b in pairwise(article.parts_of("paragraph"))}
    for part in article.parts:
        after = following.get(part.start)
        double = _double_quoted(part.text, bool(after and after.text.startswith(('"', "“"))))
        starts = [start for start, _ in double]
        for a, b in _single_quoted(part.text):
            before = bisect_right(starts, b)
            if not before or double[before - 1][1] < a:
                spans.append((part.start + a, part.start + b))
        spans.extend((part.start + a, part.start + b) for a, b in double)
    inner = (trimmed(article.text, *span) for span in sorted(spans))
    return [(start, end) for start, end in inner if start < end]
