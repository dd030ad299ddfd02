"""Speech: which of a text's words are somebody's, inside quotation marks or behind a dash."""

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import pairwise

from casebound.facts.text.articles import Article
from casebound.facts.text.normalisation import CLOSERS, INVISIBLE, trimmed

Span = tuple[int, int]

_WHOLE = re.compile(rf"[.!?…。！？][{re.escape(CLOSERS)}]*\Z")
_SPACE = rf"\s{INVISIBLE}"
# What closes each mark, and what opens the next paragraph of a quotation that runs on. German writes „a“ and »a«,
# Swedish ”a” and »a», Polish „a”.
_CLOSED_BY = {
    **{'"': '"”', "“": '"”', "„": '“”"', "”": "”", "「": "」", "『": "』"},
    **{"«": "»", "»": "«»", "‹": "›", "›": "‹›"},
}
_RUNS_ON = {'"': '"“', "“": '"“', "«": "«»"}
_DOUBLE = re.compile("[" + "".join(sorted({*_CLOSED_BY, *"".join(_CLOSED_BY.values())})) + "]")
_FACES_ON = re.compile(rf"(?:\A|(?<=[{_SPACE}(\[—–]))[\"”](?=[^{_SPACE}])")
_FACES_BACK = re.compile(rf"(?<=[^{_SPACE}])\"")
_SINGLE_OPEN = re.compile(
    rf"(?:\A|(?<=[{_SPACE}(\[\"“—–]))['‘‚](?=[^{_SPACE}'’])(?!(?:[0-9]0s|[0-9]{{2}}|tis|twas|em|til|cause|n)\b)"
)
_SINGLE_CLOSE = re.compile(rf"(?<=[^{_SPACE}])['’‘](?=[{_SPACE}.,;:!?…)\]\"”—–-]|\Z)")
_SINGLE_CLOSED_BY = {"'": "'", "‘": "’", "‚": "‘’"}

# A line of speech behind a dash, as Norwegian, Spanish, French and Russian print it: a sentence, not a list item.
_DASH_LINE = re.compile(r"(?m)^[–—―]\s*([^\W\d_\n][^\r\n]*[.!?…])[\"”»)]*\s*$")
_DASH = re.compile(r",?\s+[–—―]\s*|(?<=\w)[–—―](?=[.,;:]|\s|\Z)")
_SAYS = (  # the verbs that follow speech where no second dash does: Norwegian, Danish, Swedish, Finnish, French
    "sier sa forteller fortalte spør svarer mener forklarer opplyser siger sagde fortæller spørger säger sade berättar "
    "frågar menar förklarar sanoo sanoi kertoo kertoi dit dit-il dit-elle déclare explique raconte affirme assure"
)
_CLAUSE = re.compile(rf"[,?!]\s+(?:{'|'.join(_SAYS.split())}|a-t-(?:il|elle|on)|(?:a|ont) (?:dit|\w+é))\b")


def _opens(text: str, mark: str, place: int, odd: bool) -> bool:
    if mark == "”" or (mark == '"' and odd):
        return bool(_FACES_ON.match(text, place))
    return mark in _CLOSED_BY


def _double_quoted(text: str, after: str) -> list[Span]:
    # An even number of straight marks is paired in turn, so that a blank on the wrong side does no harm. In
    # an odd number one has no partner or is an inch mark: only the blanks tell which way each of them faces.
    odd = text.count('"') % 2 == 1
    spans: list[Span] = []
    opened, opening = -1, ""
    for match in _DOUBLE.finditer(text):
        mark, place = match[0], match.start()
        if opened < 0:
            if _opens(text, mark, place, odd):
                opened, opening = place + 1, mark
        elif mark in _CLOSED_BY[opening] and not (mark == '"' and odd and not _faces_back(text, place)):
            spans.append((opened, place))
            opened = -1
    runs_on = opened >= 0 and after[:1] in tuple(_RUNS_ON.get(opening, opening))
    return [*spans, (opened, len(text))] if runs_on else spans


def _faces_back(text: str, place: int) -> bool:
    return bool(_FACES_BACK.match(text, place)) and not _FACES_ON.match(text, place)


def _single_quoted(text: str) -> list[Span]:
    spans, free = [], 0
    marks = list(_SINGLE_CLOSE.finditer(text))
    closes = {on: [mark.start() for mark in marks if mark[0] in off] for on, off in _SINGLE_CLOSED_BY.items()}
    for match in _SINGLE_OPEN.finditer(text):
        ends = closes[match[0]]
        place = bisect_right(ends, match.end())
        if match.start() >= free and place < len(ends):
            spans.append((match.end(), ends[place]))
            free = ends[place] + 1
    return spans


def _behind_dashes(text: str) -> list[Span]:
    """The words behind a dash: up to the next dash and behind the one after it, or up to the reporting clause."""
    spans = []
    for line in _DASH_LINE.finditer(text):
        start, end = line.start(1), line.end(1)
        dashes = list(_DASH.finditer(text, start, end))
        if not dashes:
            clause = _CLAUSE.search(text, start, end)
            spans.append((start, clause.start() if clause else end))
            continue
        edges = [start, *(edge for dash in dashes for edge in dash.span()), end]
        spans.extend((edges[i], edges[i + 1]) for i in range(0, len(edges), 4))
    return spans


@lru_cache(maxsize=64)
def spoken_spans(article: Article, dashes: bool = False) -> tuple[Span, ...]:
    """The spans of the words inside quotation marks, in order and apart, without the marks and outer blanks.

    A quotation that is not closed runs to the end of its paragraph if the next paragraph opens it again;
    otherwise it does not count. Words in single marks count where they are not inside double marks. The first
    mark that can close a single-quoted phrase does, so a possessive (suppliers') may cut it short. With `dashes`, the
    words behind a dash that opens a line count too.
    """
    spans: list[Span] = []
    whole = [part for part in article.parts_of("paragraph") if _WHOLE.search(part.text)]
    following = {a.start: b.text for a, b in pairwise(whole)}  # lines round a picture, which end in no stop, left out
    for part in article.parts:
        double = _behind_dashes(part.text) if dashes else []
        double = _with(double, _double_quoted(part.text, following.get(part.start, "")))
        spans.extend((part.start + a, part.start + b) for a, b in _with(double, _single_quoted(part.text)))
    inner = (trimmed(article.text, *span) for span in sorted(spans))
    return tuple((start, end) for start, end in inner if start < end)


def _with(spans: list[Span], more: list[Span]) -> list[Span]:
    """Return the spans in order, and those of `more` that touch none of them."""
    starts = [start for start, _ in spans]
    apart = []
    for a, b in more:
        before = bisect_right(starts, b)
        if not before or spans[before - 1][1] < a:
            apart.append((a, b))
    return sorted([*spans, *apart])
