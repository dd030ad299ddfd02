"""Countries: which names and adjectives mean the same country, so that *Norwegian* is held by *Norway*.

The names are those of CLDR by way of Babel, and so are the adjectives: a currency's name opens with its country's
(*Norwegian krone*), and its code with the country's (NOK).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from babel import Locale
from babel.numbers import get_currency_name, list_currencies

_MORE = {  # what CLDR does not list, or not under this code
    "US": "United States of America|USA|U.S.|US|America|American", "GB": "UK|U.K.|Britain|British|Great Britain",
    "NL": "Holland|Dutch", "CZ": "Czech Republic|Czech", "TR": "Turkey|Turkish", "TW": "Taiwanese", "HK": "Hong Kong",
    "KR": "South Korean", "AE": "UAE|Emirati|Emirates", "AR": "Argentinian", "SG": "Singaporean", "PH": "Filipino",
    "SA": "Saudi|Saudi Arabian", "MM": "Myanmar|Burma|Burmese", "PS": "Palestinian|Palestine", "XK": "Kosovar",
    "BA": "Bosnian|Bosnia", "ME": "Montenegrin", "CD": "Congo", "GL": "Greenlandic", "FO": "Faroese", "CI": "Ivorian",
    "EU": "EU", "scotland": "Scotland|Scottish", "wales": "Wales|Welsh", "england": "England|English",
    "europe": "Europe|European", "asia": "Asia|Asian", "africa": "Africa|African",
}  # fmt: skip
_NEAR = r"(?<!North )(?<!South )(?<!Latin )(?<!Central )(?<!New )(?<!\w)"
_ADJECTIVE = re.compile(r"((?:[A-Z][a-z]\w+ ){1,3})[a-z]")


@cache
def _forms() -> dict[str, frozenset[str]]:
    """Return for each name and adjective of a country all of them."""
    names = {code: {name} for code, name in Locale("en").territories.items() if code.isalpha() and code[0] not in "XZ"}
    for code in list_currencies():
        adjective = _ADJECTIVE.match(get_currency_name(code, 1, "en"))
        if code[:2] in names and adjective and code[:2] != "TW":
            names[code[:2]].add(adjective[1].strip())
    for code, more in _MORE.items():
        names.setdefault(code, set()).update(more.split("|"))
    return {name: frozenset(of_one) for of_one in names.values() for name in of_one}


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_forms(), key=len, reverse=True)
    return re.compile(rf"{_NEAR}(?=[A-Z])(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


@lru_cache(maxsize=2**14)
def forms_in(text: str) -> frozenset[str]:
    """Return every name and adjective of the countries that a text names by any of them."""
    return frozenset(form for name in set(_pattern().findall(text)) for form in _forms()[name])
