"""Number words: what English words for numbers are worth, compounds and fractions included."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_UNITS = "one two three four five six seven eight nine".split()
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9}
_PARTS |= {"tenth": 10, "halve": 2}
_SMALL = {word: value for value, word in enumerate(_UNITS + _TEENS, 1)}
_SMALL |= {word: 10 * value for value, word in enumerate(_TENS, 2)}
GROUPS = {"dozen": 12, "hundred": 100}
_LARGE = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_LARGE |= {"lakh": 10**5, "crore": 10**7}
_SIZES = GROUPS | _LARGE

_ANY = "(?:" + "|".join([*_SMALL, *_SIZES]) + ")s?"
_SIZE = "(?:" + "|".join(_SIZES) + ")"
_COUNT = "a|" + "|".join(_UNITS)
_PART = "(?:" + "|".join(_PARTS) + ")"
WORDS = (
    rf"\b(?:(?P<part>(?:{_COUNT})[\s-]{_PART}s?(?:\s+of\s+an?\s+{_SIZE})?)\b"
    rf"|(?P<run>{_ANY}(?:(?:[\s-]|\s+and\s+){_ANY})*)\b"
    rf"|(?P<half>(?=half)(?<!first\s)(?<!second\s)(?<!latter\s)(?<!other\s)half(?:(?:\s+a\s+|[\s-]){_SIZE})?)\b"
    r"|(?P<twice>twice)\b)"
)
# "one and a half million": what may follow a number
_AND_PART = re.compile(rf"\s+and\s+({_COUNT})[\s-]({_PART})s?\b(?:\s+({_SIZE})s?\b)?", re.IGNORECASE)
_PERCENT = re.compile(r"\s?%|[\s-]per\s?cent")
_BEFORE_PART = re.compile(
    r"\b(?:by|than|about|around|roughly|nearly|almost|over|under|some|up\sto)\s+\Z", re.IGNORECASE
)
_TOKEN = re.compile(r"[a-z]+", re.IGNORECASE)


class Worth(NamedTuple):
    """A number at `start` to `end` of a text; `size` is that of its last word; `weak` is a "one", perhaps a pronoun.

    A clock time, an ordinal, an identifier and a sign have a text as value.
    """

    start: int
    end: int
    value: float | str
    size: int = 1
    weak: bool = False


def worth(match: re.Match) -> list[Worth]:
    """Return the numbers of a match of `WORDS`, none where its words are no number."""
    text, (start, end) = match.string, match.span()
    if match["twice"]:
        return [Worth(start, end, 2)]
    if match["half"]:
        size = _SIZES.get(_TOKEN.findall(match["half"].lower())[-1], 1)
        return [Worth(start, end, size / 2)]
    if match["part"] and _is_part(match):
        words = _TOKEN.findall(match["part"].lower())
        size = _SIZES.get(words[-1], 1) if len(words) > 2 else 1
        return [Worth(start, end, _count(words[0]) * size / _PARTS[words[1].removesuffix("s")])]
    if match["part"]:  # "three quarters in a row": the count alone
        first = _TOKEN.match(match["part"])
        return list(_run(text, start, start + first.end())) if first and first[0].lower() != "a" else []
    return list(_run(text, start, end))


def with_part(text: str, number: Worth) -> Worth:
    """Return a number with the fraction that follows it: one and a half."""
    following = _AND_PART.match(text, number.end)
    if not following or isinstance(number.value, str):
        return number
    size = _SIZES[following[3].lower()] if following[3] else 1
    more = _count(following[1].lower()) / _PARTS[following[2].lower()]
    value = (number.value + more * number.size) * size
    return Worth(number.start, following.end(), value, number.size * size)


def _count(word: str) -> int:
    return _SMALL.get(word, 1)


def _is_part(match: re.Match) -> bool:
    """Tell whether words such as "a third" or "three quarters" mean a share: not the third of a row, nor a season."""
    words, text = match["part"], match.string
    many = words.lower().endswith("s") and "quarter" not in words.lower() and _count(_TOKEN.findall(words)[0]) != 1
    of = " of a" in words or text[match.end() : match.end() + 3] == " of"
    return many or "-" in words or of or bool(_BEFORE_PART.search(text[max(0, match.start() - 12) : match.start()]))


def _run(text: str, start: int, end: int) -> Iterator[Worth]:
    """Yield the numbers of a run of number words, as long as each as the words allow: two hundred and fifty."""
    total = group = 0.0
    size, limit, begin, last, words = 1, float("inf"), start, start, 0
    for token in _TOKEN.finditer(text, start, end):
        word = token[0].lower()
        if word == "and":
            continue
        word = word if word in _SMALL or word in _SIZES else word.removesuffix("s")
        if not _fits(word, group, limit, words > 0, " and " in text[last : token.start()]):
            yield _worth(text, begin, last, total + group, size, words)
            total, group, size, limit, begin, words = 0.0, 0.0, 1, float("inf"), token.start(), 0
        if word in _SMALL:
            group, size = group + _SMALL[word], 1
        elif word in GROUPS:
            group, size = (group or 1) * GROUPS[word], GROUPS[word]
        else:
            limit = size = _LARGE[word]
            total, group = total + (group or 1) * limit, 0.0
        last, words = token.end(), words + 1
    if words:
        yield _worth(text, begin, last, total + group, size, words)


def _fits(word: str, group: float, limit: float, begun: bool, joined: bool) -> bool:
    """Tell whether a word may go on a number whose part below a thousand is `group`; `joined` if by "and"."""
    if not begun:
        return True
    below = group % 100
    if word in _SMALL:
        after_tens = below >= 20 and below % 10 == 0 and _SMALL[word] < 10 and not joined
        return after_tens or (not below and (group >= 100 or limit < float("inf")))
    if joined or not group:
        return False
    return group < 100 if word in GROUPS else _LARGE[word] < limit


def _worth(text: str, start: int, end: int, value: float, size: int, words: int) -> Worth:
    weak = words == 1 and value == 1 and not _PERCENT.match(text, end)
    return Worth(start, end, value, size, weak)
