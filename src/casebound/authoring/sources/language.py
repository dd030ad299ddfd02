"""Language: which one a text is in, by its commonest words, so that a page that names the wrong one is noticed."""

from __future__ import annotations

import re
from collections import Counter

_COMMON = {
    "en": "the and of to in that was for with said his her from they were by has had not",
    "de": "der die das und den von mit des im auf ist nicht ein eine dem sich wurde nach als auch",
    "fr": "le les des et la du une dans est pour que sur au pas qui par plus avec ont cette",
    "es": "el los las y del que una por con para se su al no ha fue más como sus",
    "it": "il di che la del della un per è non con sono dei alla nel una gli le ha più",
    "nl": "de het een van en dat op te zijn voor met niet aan er ook bij werd naar door is",
    "nb": "og det som på er til av ikke har med for at den ble etter seg fra vi også om",
    "sv": "och det som på är att av inte har med för en den till om ett från var efter också",
    "da": "og det som på er til af ikke har med for at den blev efter sig fra vi også om",
    "pt": "o os as de do da que e em um uma para com não por foi mais dos ao se",
}
_WORDS = {language: frozenset(words.split()) for language, words in _COMMON.items()}
_FEWEST = 8  # common words, below which a text is too short to tell


def readings_of(language: str | None) -> tuple[str | None, ...]:
    """Return the languages by which a date in numbers is read: English of no country may put the month first or not."""
    return ("en-GB", "en-US") if language in (None, "", "en") else (language,)


def language_of(text: str) -> str:
    """Return the code of the language whose commonest words a text has; empty if none stands out."""
    counts = Counter(re.findall(r"[^\W\d_]+", text.casefold()))
    hits = Counter({language: sum(counts[word] for word in words) for language, words in _WORDS.items()})
    (first, most), (_, second) = hits.most_common(2)
    return first if most >= _FEWEST and most > 1.02 * second and most > 0.1 * counts.total() else ""
