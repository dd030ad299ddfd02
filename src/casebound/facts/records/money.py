"""Money: units that begin with a currency of ISO 4217, and how an amount in one is printed.

Symbols and short sizes are those of the CLDR, by way of Babel.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from babel import Locale
from babel.numbers import get_currency_name, get_currency_symbol, list_currencies

from casebound.facts.dates.locales import DEFAULT, is_english, locale_of

SIZES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_SIZED = ("thousand", "mill", "bill", "trill")
_UNIT = re.compile(rf"([A-Z]{{3}})(?: ({'|'.join(SIZES)}))?(?: per (.+))?")


@dataclass(frozen=True)
class Money:
    """A unit of money: its currency, its size (`million`) and its period (`week`), empty if absent."""

    currency: str
    size: str
    per: str

    def written(self, digits: str, language: str) -> str:
        """Return an amount as prose prints it: `£1.6bn`, `$30 a week`, `NOK 450 million`."""
        symbol, per = _symbol(self.currency, language), f" a {self.per}" if self.per else ""
        if symbol == self.currency:
            return "\u00a0".join(filter(None, (symbol, digits, self.size))) + per
        return _pattern(self.size, language).replace("¤", symbol).replace("0", digits) + per

    def named(self, language: str) -> str:
        """Return the unit as a heading prints it: `£ million a week`, `NOK million`."""
        size = "\u00a0".join(filter(None, (_symbol(self.currency, language), self.size)))
        return size + (f" a {self.per}" if self.per else "")


def money_in(unit: str) -> Money | None:
    """Return a unit of money in its parts, None for any other unit."""
    match = _UNIT.fullmatch(unit)
    return Money(match[1], match[2] or "", match[3] or "") if match and match[1] in _currencies() else None


def is_misnamed(unit: str) -> bool:
    """Tell whether a unit names money in a form that `money_in` does not accept: `£ million`, `million NOK`, `GBPm`.

    A currency sign, or a size beside a currency's code or name or beside three unknown capitals, makes it one.
    """
    if money_in(unit):
        return False
    words = re.findall(r"[^\W\d_]+", unit)
    first, codes = words[0] if words else "", _currencies()
    if any(unicodedata.category(sign) == "Sc" for sign in unit) or re.fullmatch(r"[A-Z]{3}(k|mn?|bn|tn)", first):
        return True
    if first in codes and words[1:2] == ["m"]:
        return True
    if not any(word.lower().startswith(_SIZED) or word in ("bn", "mn", "tn") for word in words):
        return False
    named = any(word.upper() in codes or word.lower() in _names() for word in words)
    return named or re.fullmatch(r"[A-Z]{3}", first) is not None


def size_of(unit: str) -> float:
    """Return the factor of a unit: a million for `GBP million per week`."""
    return next((value for word, value in SIZES.items() if word in unit.split()), 1)


@cache
def _currencies() -> frozenset[str]:
    return frozenset(list_currencies()) - {"XXX", "XTS"}  # no currency, and one for tests


@cache
def _names() -> frozenset[str]:
    """Return the last words of the currencies' English names, singular and plural: `pound`, `pounds`, `krone`."""
    # codes in X are metals and units of account; "unit" itself also counts insulin
    names = (get_currency_name(code, count, "en") for code in _currencies() if code[0] != "X" for count in (1, 2))
    return frozenset(name.split()[-1].lower() for name in names if " (" not in name and "unit" not in name)


def _locale(language: str) -> Locale:
    """Return a variety of English if it is one, since reports are in English; else British English."""
    return locale_of(language if is_english(language) else DEFAULT)


def _symbol(currency: str, language: str) -> str:
    """Return the sign of a currency where it has one (`£`, `US$`), else its code."""
    symbol = get_currency_symbol(currency, _locale(language))
    return symbol if any(unicodedata.category(sign) == "Sc" for sign in symbol) else currency


def _pattern(size: str, language: str) -> str:
    """Return the pattern of sign, digits and short size: `¤0bn`."""
    if not size:
        return "¤0"
    return _locale(language).compact_currency_formats["short"]["other"][f"{SIZES[size]:.0f}"].pattern
