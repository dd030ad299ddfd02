"""Sentences: where a text's sentences begin and end, and which others a sentence cannot be read without."""

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
_TITLES = set("Mr Ms Mrs Mx Dr Prof Rev Hon St Gen Col Capt Lt Sgt vs approx".split())  # they end no sentence
_ABBREVIATIONS = set("Jr Sr etc Ltd Inc Co Corp".split())
_BEFORE_A_NUMBER = set("no nos p pp jan feb mar apr jun jul aug sep sept oct nov dec art sec fig vol ch para".split())
# Words that have a capital only where they open a sentence; no name follows a title so.
_OPENERS = """
    About After All Also Although And Any Around As At Because Before Both But By Despite During Each Earlier Even Every
    Few For From He Her Here His How However If In Instead Into It Its Last Later Many Meanwhile More Most My Neither
    No Nobody None Nor Not Nothing Now Of On Once One Only Or Other Others Our Over Several She Since Some Such That The
    Their Then There These They This Those Though Three Through To Two Under Unless Until We What When Where Whether
    Which While Who Why With Without Yet You Your
""".split()
_OPENER = re.compile(rf"[\"“‘'(\[]*(?:[AI](?![\w.])|(?:{'|'.join(_OPENERS)})(?!\w))")


def _may_abbreviate(word: str, text: str, after: int) -> bool:
    """Whether a word before a stop has the form of an abbreviation (Sen., Calif., hrs.) and a name or number follows."""
    following = _NEXT_WORD.match(text, after)
    if not following and not text[after].isdigit():
        return False
    if len(word) > 1 and word.isupper():  # JLR, UK: an abbreviation only where all words stand in capitals
        return bool(following) and len(following[0]) > 1 and following[0].isupper()
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
            asked = match[1][-1] in "!?" and match[2] and following.isupper()
            goes_on = wide and asked and not _OPENER.match(part_text, after)
        if not goes_on:
            spans.append((start, match.end(2)))
            start = after
    return [*spans, (start, limit)] if start < limit else spans


@lru_cache(maxsize=64)
def _sentences_of(article: Article) -> tuple[Span, ...]:
    return tuple((p.start + a, p.start + b) for p in article.parts for a, b in sentences(p.text, wide=True))


def sentence_span(article: Article, start: int, end: int) -> Span:
    """The span of the sentence or sentences that enclose a span, each end within the part that it lies in.

    An end that lies in no part stays where it is.
    """
    spans = _sentences_of(article)
    first, last = article.part_at(start), article.part_at(max(start, end - 1))
    begins, finishes = bisect_right(spans, start, key=lambda s: s[0]), bisect_left(spans, end, key=lambda s: s[1])
    return (
        spans[begins - 1][0] if first and begins and spans[begins - 1][0] >= first.start else start,
        spans[finishes][1] if last and finishes < len(spans) and spans[finishes][1] <= last.end else end,
    )


# What a sentence leans on -----------------------------------------------------------------------------

_ENDS = re.escape(CLOSERS + "“‘«」』")
_FINISHED = re.compile(rf"[.!…。！।۔][{_ENDS}]*\Z")
_ASKED = re.compile(rf"[?？؟][?!]*[{_ENDS}]*\Z")
_LEADS_ON = re.compile(r"(?:[;,]| and| or)\Z")
_ITEM = r"[ \t]*(?:[^\w\s\"“”‘’'„«»‹›(\[¿¡£$€#@…]{1,2}|\(?(?:[0-9]{1,2}|[a-z])[.)])[^\S\r\n]+"
_MARKED, _ROWS = re.compile(_ITEM), re.compile(rf"[\r\n]+(?={_ITEM})")
_SHORT, _HEADING, _FARTHEST = 5, 8, 12  # words of a short answer, words of a heading, lines of a list without marks


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
def _rows(article: Article) -> tuple[tuple[int, int, str], ...]:
    """The paragraphs, cut before each marked item: start, end, words."""
    rows = []
    for part in article.parts_of("paragraph"):
        cuts = [0, *(cut.end() for cut in _ROWS.finditer(part.text)), len(part.text)]
        for a, b in zip(cuts, cuts[1:], strict=False):
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


def _lead_in(rows: tuple, place: int, marked: bool) -> list:
    """The lines above an item that lead into its list: those with a colon, else the heading or the lines of the list."""
    leads, passed = [], []
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


def _last_sentence(article: Article, row: tuple[int, int, str]) -> Span:
    return max(row[0], sentence_span(article, row[1] - 1, row[1])[0]), row[1]


def _questions(article: Article, start: int) -> list[Span]:
    """The question that a short sentence answers, with the short sentences between."""
    spans, text = _sentences_of(article), article.text
    place = bisect_left(spans, start, key=lambda s: s[0])
    for before in range(place, -1, -1):
        words = text[slice(*spans[before])] if before < len(spans) else ""
        if before < place and _ASKED.search(words):
            return list(spans[before:place])
        if len(words.split()) > _SHORT:
            break
    return []


def _answers(article: Article, end: int) -> list[Span]:
    """The sentence that follows a question, or all of them as long as they are short."""
    spans, text = _sentences_of(article), article.text
    place = bisect_left(spans, end, key=lambda s: s[1])
    if place == len(spans) or not _ASKED.search(text[slice(*spans[place])]):
        return []
    after = place + 1
    while after < len(spans) and len(text[slice(*spans[after])].split()) <= _SHORT:
        after += 1
    return list(spans[place + 1 : max(after, place + 2)])
