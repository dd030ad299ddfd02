"""Normalisation: the differences between two texts that do not count (docs/method.md publishes them).

Typographic apostrophes, quotation marks and dashes become plain ones, a run of white space becomes one blank,
invisible characters vanish. Case is kept.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
BLANK = (
    " \t\n\r\v\f\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2028\u2029\u202f\u205f\u3000"
    + "".join(map(chr, range(0x2000, 0x200B)))
    + INVISIBLE
)
CLOSERS = "\"”'’)]»"
# A letter or digit that may not stand next to whole words: not of scripts that write words without blanks between them
# (Thai to Khmer, and Chinese, Japanese and Korean)
_LETTER = r"[^\W\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
_IS_LETTER = re.compile(_LETTER).match
_PLAIN = str.maketrans(dict.fromkeys("‘’‚‛ʼ′`´", "'") | dict.fromkeys("“”„‟«»″", '"') | dict.fromkeys("‐‑‒–—―−", "-"))
_PLAIN_ALONE = _PLAIN | dict.fromkeys(map(ord, INVISIBLE))  # None: left out
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Plain:
    """A normalised text; `places[i]` is the offset of its i-th character in the raw text."""

    text: str
    places: tuple[int, ...]


@lru_cache(maxsize=2**17)  # the checks ask for the same words again and again
def plain_words(text: str) -> str:
    """Return the normalised text, as `plain` does, without its places."""
    return _SPACES.sub(" ", text.translate(_PLAIN_ALONE)).lstrip(" ")


@cache
def plain(text: str) -> Plain:
    """Return the normalised text with the place of each character."""
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text.translate(_PLAIN)):
        if character in INVISIBLE:
            continue
        if character.isspace():
            if not characters or characters[-1] == " ":
                continue
            character = " "
        characters.append(character)
        places.append(place)
    return Plain("".join(characters), tuple(places))


def whole(pattern: str) -> str:
    """Return a pattern that matches only whole words."""
    return f"(?<!{_LETTER}){pattern}(?!{_LETTER})"


def places_of(words: str, text: str, start: int = 0) -> Iterator[int]:
    """Yield where a text holds these words whole, from `start` on; a pattern for each would take long to compile."""
    at = text.find(words, start)
    while at >= 0:
        end = at + len(words)
        if not (_IS_LETTER(text[at - 1 : at]) or _IS_LETTER(text[end : end + 1])):
            yield at
        at = text.find(words, at + 1)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span of a text without the blanks and invisible characters at its ends."""
    held = text[start:end].strip(BLANK)
    start = end - len(text[start:end].lstrip(BLANK))
    return start, start + len(held)
