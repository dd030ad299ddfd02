"""Nouns: the English singular and plural of a unit, as a figure in prose needs it."""

from __future__ import annotations

import re

_IRREGULAR = {"person": "people", "man": "men", "woman": "women", "child": "children"}
_SINGULAR = {plural: singular for singular, plural in _IRREGULAR.items()}
_ONE_FORM = frozenset("staff police personnel aircraft spacecraft cattle sheep series species headcount".split())
_HISSING = ("ch", "sh", "x", "z", "ss", "us")
_HEAD = re.compile(r"(?P<before>.*?)(?P<word>[^\W\d_]+)(?P<behind>(?: (?:of|in|on|at|from|for|with)\b.*)?)")


def for_number(noun: str, number: float) -> str:
    """Return a noun as it stands behind a number, whichever form is given: `2 tonnes of steel`, `3 GWh`."""
    head = _HEAD.fullmatch(noun)
    if head is None:
        return noun
    word = head["word"]
    if not word.islower() or len(word) < 3 or word in _ONE_FORM:  # symbols, and nouns of one form
        return noun
    form = _singular(word) if abs(number) == 1 else _plural(word)
    return f"{head['before']}{form}{head['behind']}"


def _plural(word: str) -> str:
    if word in _IRREGULAR or word in _SINGULAR:
        return _IRREGULAR.get(word, word)
    if re.search("[^aeiou]y$", word):
        return f"{word[:-1]}ies"
    if word.endswith(_HISSING):
        return f"{word}es"
    return word if word.endswith("s") else f"{word}s"


def _singular(word: str) -> str:
    if word in _SINGULAR or not re.search("[^aiu]s$", word) or word.endswith("ss"):
        return _SINGULAR.get(word, word)
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    hissing = word.endswith("es") and word[:-2].endswith(_HISSING) and not re.search("[aeo]uses$", word)
    return word[:-2] if hissing else word[:-1]
