"""Locales: how a language writes months, weekdays and numeric dates, from Babel's CLDR data."""

import re
from collections.abc import Iterable
from functools import cache

from babel import Locale, UnknownLocaleError

DEFAULT = "en-GB"
_VARIETIES = ("en-GB", "en-US")  # what one variety of English abbreviates, the others read too


@cache
def locale_of(language: str | None) -> Locale:
    """Return the CLDR data of a BCP 47 code: of its longest known part, of the root if none is; None is en-GB."""
    code = language or DEFAULT
    while code:
        try:
            return Locale.parse(code, sep="-")
        except (UnknownLocaleError, ValueError):
            code = code.rpartition("-")[0]
    return Locale.parse("root")


def is_english(language: str | None) -> bool:
    """Tell whether a language is a variety of English, as is one that nobody named."""
    return locale_of(language).language == "en"


def locales_of(language: str | None) -> list[Locale]:
    """Return the locales by which a text is read: its own, and for English those of Britain and the US as well."""
    return [locale_of(code) for code in (language, *(_VARIETIES if is_english(language) else ()))]


def names_of(language: str | None, field: str, width: str) -> dict[str, int]:
    """Return the names of months or weekdays (`field`: months, days) of one width, with their numbers from 1."""
    names: dict[str, int] = {}
    for locale in locales_of(language):
        for form in ("format", "stand-alone"):
            for number, name in getattr(locale, field)[form][width].items():
                names.setdefault(name.rstrip("."), number + (field == "days"))
    return names


@cache
def day_comes_first(language: str | None) -> bool:
    """Tell whether a numeric date names the day before the month; where the year comes first, as written in words."""
    locale = locale_of(language)
    short = locale.date_formats["short"].pattern
    pattern = locale.date_formats["long"].pattern if short.startswith("y") else short
    return pattern.index("d") < min(pattern.index(letter) for letter in "ML" if letter in pattern)


def written(name: str) -> str:
    """Return a pattern for a name of CLDR, with any blanks and any apostrophe."""
    return re.sub(r"(?:\\\s)+", r"\\s+", re.escape(name.replace("’", "'"))).replace("'", "['’]")


def one_of(names: Iterable[str]) -> str:
    """Return a pattern for any of these names, the longest first; it matches nothing where there are none."""
    return "(?:" + "|".join(sorted(map(written, names), key=len, reverse=True)) + ")" if names else "(?!)"


def ascii_digits(text: str) -> str:
    """Return a text with the digits of every script as 0 to 9, so that each character keeps its place."""
    return text if text.isascii() else re.sub(r"\d", lambda digit: str(int(digit[0])), text)
