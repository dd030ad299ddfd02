"""Measures: numbers with their units, and how near a number with a word such as *almost* must come to a held one.

Only the units below and currencies are read, words in English alone. Any other number has no unit.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import pairwise, product
from typing import NamedTuple

from babel.numbers import get_currency_name, get_currency_symbol

from casebound.facts.dates.locales import DEFAULT, is_english
from casebound.facts.dates.mentions import without_dates
from casebound.facts.text.normalisation import plain_words
from casebound.facts.text.numbers import Number, Value, currency_codes, placed_numbers

# Units by what they measure, each with its factor. Months have no fixed number of days.
_UNITS: dict[str, dict[str, float]] = {
    "time": {"seconds?": 1, "min(?:ute)?s?": 60, "h(?:ou)?rs?": 3600, "days?": 86400, "weeks?": 604800},
    "months": {"months?": 1, "years?": 12, "decades?": 120},
    "length": {
        "(?:millimet(?:re|er)s?|mm)": 0.001, "(?:centimet(?:re|er)s?|cm)": 0.01, "met(?:re|er)s?": 1,
        "(?:kilomet(?:re|er)s?|km)": 1000, "inch(?:es)?": 0.0254, "f(?:oo|ee)t": 0.3048, "yards?": 0.9144,
        "miles?": 1609.344,
    },
    "speed": {"(?:miles (?:per|an) hour|mph)": 1609.344, "(?:kilomet(?:re|er)s (?:per|an) hour|km/h|kph)": 1000},
    "mass": {"grams?": 0.001, "(?:kilo(?:gram)?s?|kg)": 1, "(?:metric )?ton(?:ne)?s?": 1000},
    "volume": {"millilit(?:re|er)s?": 0.001, "lit(?:re|er)s?": 1, "cubic met(?:re|er)s?": 1000},
    "gallons": {"gallons?": 1},
    "barrels": {"barrels?": 1},
    "data": {"(?:kilobytes?|KB)": 1e3, "(?:megabytes?|MB)": 1e6, "(?:gigabytes?|GB)": 1e9, "(?:terabytes?|TB)": 1e12},
    "power": {"(?:kilowatts?|kW)": 1e3, "(?:megawatts?|MW)": 1e6, "(?:gigawatts?|GW)": 1e9},
    "energy": {"(?:kilowatt[- ]hours?|kWh)": 1e3, "(?:megawatt[- ]hours?|MWh)": 1e6, "(?:gigawatt[- ]hours?|GWh)": 1e9},
    "share": {"(?:%|per ?cent)": 0.01},
}  # fmt: skip
_THINGS = "things"  # measured by numbers that count what follows them: *three lines*
_LISTED = "listed"  # measured by a list of names
COUNTS = ("", _THINGS)  # of numbers without unit
_FACTORS = [(kind, re.compile(unit), factor) for kind, units in _UNITS.items() for unit, factor in units.items()]
_NAMES = "|".join(unit for units in _UNITS.values() for unit in units)
_BEHIND = re.compile(
    r"[\s-]?(?:(?:more|further|additional|extra|full|whole|long|consecutive|straight|working|business|calendar)\s)?"
    rf"(?P<of_one>an?\s|of\san?\s)?(?P<unit>{_NAMES})(?![\w/]|[\s-](?:an?|per)\shour|\spoint)"
)
_COUNTS = re.compile(
    r"[\s-](?!(?:was|has|is|its|this|less|plus|minus)\b)(?:[a-z]+[a-rt-z]s|people|(?:wo)?men|children)\b"
)
_SIGN_BEFORE = re.compile(r"([A-Z]{0,3})([$£€¥¢₠-⃀])\s?\Z")
_CODE_BEFORE = re.compile(r"\b([A-Z]{3}|kr)\s?\Z")
_CODE_BEHIND = re.compile(r"\s?([A-Z]{3})\b")
_WORD_BEHIND = re.compile(r"\s((?:[A-Z][A-Za-z]+\s)*)([^\W\d_]+)\b")
_NO_MONEY = frozenset("gold mark marks real som sol unit units value won".split())  # mean other things, too
_CROWNS = ("krone", "kroner", "krona", "kronor", "króna", "koruna", "kroon")  # each is a crown, and kr, in English
_OF = re.compile(r"\s(?:out\sof|of|in)\s(?:(?:the|its|their|his|her|all|some|about)\s)*(?:[A-Z]{0,3}[$£€¥₠-⃀])?\Z")
_OF_THE = re.compile(r"\s(?:out\s)?of\s(?:the|its|their)\s\Z")

# How many times the number that it stands before a held one may be: docs/method.md publishes it
_MARGINS = {
    r"more than|greater than|over|above|exceed(?:s|ed|ing)|upwards? of|in excess of": (1.0, 1.1),
    r"nearly|almost|just under|close to|less than|fewer than|under|below": (0.9, 1.0),
    r"about|around|roughly|some|approximately": (0.95, 1.05),
}
_BEFORE = [(re.compile(rf"\b(?:{words})\s(?:an?\s)?\Z", re.IGNORECASE), near) for words, near in _MARGINS.items()]
_OR_SO = re.compile(r"\sor\sso\b")
_APART = re.compile(r"\s(?:later|earlier|after|before|on)\b")
_ONE_APART = re.compile(
    r"(?<!least )(?<!than )(?<!most )(?<!over )(?<!within )(?<!up to )"
    r"\b(?P<shown>(?:an?|one) (?P<unit>day|week|month|year))(?= (?:later|earlier|after|before)\b)",
    re.IGNORECASE,
)
_TIME = "minute|hour|day|week|month|year|decade"
_HALF_MORE = re.compile(rf"\b(?:an?|one) ({_TIME}) and a half\b", re.IGNORECASE)
# What words tell that are no numbers: *doubled* holds *twice*, *the next day* holds *a day later*
_IMPLIED = [
    (re.compile(r"\bdoubl\w+|\btwo-?fold\b", re.IGNORECASE), 2, ""),
    (re.compile(r"\b(?:tripl|trebl)\w+|\bthree-?fold\b", re.IGNORECASE), 3, ""),
    (re.compile(r"\bhalv(?:ed?|es|ing)\b", re.IGNORECASE), 0.5, "share"),
    (re.compile(r"\b(?:first|second|third|fourth|this|last|the|per|every) quarter\b", re.IGNORECASE), 3, "months"),
    (re.compile(r"\bfortnight\b", re.IGNORECASE), 14 * 86400, "time"),
    (re.compile(r"\bhalf[- ]year\b|\b(?:first|second) half of\b", re.IGNORECASE), 6, "months"),
]
_QUARTER = re.compile(r"\b(first|second|third|fourth)[ -]quarter\b", re.IGNORECASE)
QUARTERS = {"first": "q1", "second": "q2", "third": "q3", "fourth": "q4"}
_NAME = r"[A-ZÀ-Þ][\w'-]*(?: [A-ZÀ-Þ][\w'-]*)*"
_LIST = re.compile(rf"{_NAME}(?:, {_NAME})*,? (?:and|or) {_NAME}")
_MOST_COUNTED = 12  # names in a list
_SINGLE = re.compile(rf"\b(?:an?|one|next|following|previous|the) ({_TIME})\b", re.IGNORECASE)


class Measure(NamedTuple):
    """A number that a text states: as written, its value, what it measures, and its value in the first unit of that.

    A held number fits if it is `low` to `high` times this one; `part` is the share of "three out of four", else 0.
    `apart`: it tells how far two dates lie apart (two weeks later).
    """

    shown: str
    value: Value
    kind: str
    base: float
    low: float = 1.0
    high: float = 1.0
    part: float = 0.0
    apart: bool = False


@lru_cache(maxsize=2**16)  # the checks ask for the same words again and again
def measures_in(text: str, language: str | None = DEFAULT) -> tuple[Measure, ...]:
    """Return the numbers of a text outside its dates, with their units."""
    text = without_dates(plain_words(text), language)
    numbers = placed_numbers(text, language)
    units = [_unit(text, number, language) for number in numbers]
    for i in reversed(range(len(numbers) - 1)):  # both ends of a range have the unit of either
        if numbers[i].ranged or _OF_THE.fullmatch(text[numbers[i].end : numbers[i + 1].start]):
            units[i] = units[i] if units[i][0] else units[i + 1]
            if numbers[i].ranged and not units[i + 1][0]:
                units[i + 1] = units[i]
    found = [
        _measured(text, number, *unit, part)
        for number, unit, part in zip(numbers, units, _parts(text, numbers), strict=True)
        if not number.weak
    ]
    for one in _ONE_APART.finditer(text) if is_english(language) else ():
        kind, factor = _named(one["unit"].lower())
        near = (6 / 7, 8 / 7) if one["unit"] == "week" else _nearness(text, one.start())
        found.append(Measure(one["shown"], 1.0, kind, factor, *near, apart=True))
    for quarter in _QUARTER.finditer(text) if is_english(language) else ():
        name = QUARTERS[quarter[1].lower()]
        found.append(Measure(quarter[0], name, "quarter", 0.0))
    return tuple(found)


@lru_cache(maxsize=2**16)
def implied_in(text: str) -> frozenset[Measure]:
    """Return the measures that an English text holds without stating a number."""
    text = plain_words(text)
    found = {Measure("", value, kind, value) for words, value, kind in _IMPLIED if words.search(text)}
    found |= {
        Measure("", 1.5, kind, 1.5 * factor) for kind, factor in map(_named, map(str.lower, _HALF_MORE.findall(text)))
    }
    units = {_named(unit.lower()) for unit in _SINGLE.findall(text)}
    return frozenset(found | {Measure("", 1.0, kind, factor) for kind, factor in units})


@lru_cache(maxsize=2**16)
def listed_in(text: str) -> frozenset[Measure]:
    """Return how many names an English text lists, joined by *and* or *or*: none if it counts anything itself."""
    text = plain_words(text)
    if any(measure.kind == _THINGS for measure in measures_in(text)):
        return frozenset()
    lists = (len(re.split(r",? (?:and|or) |, ", found[0])) for found in _LIST.finditer(without_dates(text)))
    return frozenset(Measure("", float(count), _LISTED, 0.0) for count in lists if count <= _MOST_COUNTED)


def _nearness(text: str, start: int, end: int | None = None) -> tuple[float, float]:
    """Return how many times a number at this place a held one may be."""
    if end and _OR_SO.match(text, end):
        return 0.95, 1.05
    return next((near for word, near in _BEFORE if word.search(text, 0, start)), (1.0, 1.0))


def _measured(text: str, number: Number, kind: str, factor: float, unit: str, part: float) -> Measure:
    value = number.value
    if isinstance(value, str):
        return Measure(number.shown, value, "", 0.0)
    if not kind and 0 < value < 1:
        kind = "share"
    before, behind = unit.split("#")
    near = _nearness(text, number.start - len(before), number.end)
    apart = _APART.match(text, number.end + len(behind)) is not None
    return Measure(unit.replace("#", number.shown), value, kind, _exact(value * factor), *near, part, apart)


def _exact(value: float) -> float:
    return float(f"{value:.9g}")


def _parts(text: str, numbers: tuple[Number, ...]) -> list[float]:
    """Return for each number the share that it makes with its neighbour: both of "three out of four" make 0.75."""
    parts = [0.0] * len(numbers)
    for i, (one, of) in enumerate(pairwise(numbers)):
        if isinstance(one.value, str) or isinstance(of.value, str) or not _OF.fullmatch(text[one.end : of.start]):
            continue
        if 0 < one.value < of.value:
            parts[i] = parts[i + 1] = _exact(one.value / of.value)
    return parts


def _unit(text: str, number: Number, language: str | None) -> tuple[str, float, str]:
    """Return what a number measures, the factor of its unit, and how both are written (# for the number)."""
    before, behind = text[max(0, number.start - 6) : number.start], text[number.end : number.end + 40]
    if sign := _SIGN_BEFORE.search(before):
        return sign[1][:1] + sign[2], 1.0, sign[0] + "#"
    if (code := _CODE_BEFORE.search(before)) and (code[1] in currency_codes(language) or code[1] == "kr"):
        return currency(code[1]) if code[1] != "kr" else _money_words()["crowns"], 1.0, f"{code[1]} #"
    if behind[:1] in "€$£" and behind:
        return behind[0], 1.0, "#" + behind[0]
    if is_english(language) and (unit := _BEHIND.match(behind)) and not (unit["of_one"] and _is_whole(number)):
        kind, factor = _named(unit["unit"])
        return kind, factor, "#" + unit[0]
    if (code := _CODE_BEHIND.match(behind)) and code[1] in currency_codes(language):
        return currency(code[1]), 1.0, "#" + code[0]
    if is_english(language) and (word := _WORD_BEHIND.match(behind)) and (named := _money(word[1], word[2])):
        return named, 1.0, "#" + word[0]
    return (_THINGS if is_english(language) and _COUNTS.match(behind) else ""), 1.0, "#"


def _is_whole(number: Number) -> bool:
    """Tell whether a number is no fraction: "30 a week" counts no weeks, "half a week" does."""
    return isinstance(number.value, str) or number.value >= 1


def _named(unit: str) -> tuple[str, float]:
    return next((kind, factor) for kind, pattern, factor in _FACTORS if pattern.fullmatch(unit))


@cache
def currency(code: str) -> str:
    """Return what money of a currency measures: its sign, with a letter where others have it too (C$), or its code."""
    symbol = get_currency_symbol(code, "en")
    if unicodedata.category(symbol[-1]) != "Sc":
        return code
    return ("U" if symbol == "$" else symbol[:-1][:1]) + symbol[-1]


@cache
def _money_words() -> dict[str, str]:
    """Return what each word for money measures: `euros` a sign, `kroner` all that it may mean, `DKK/NOK`."""
    found: dict[str, set[str]] = {}
    for code in (code for code in currency_codes("en") if len(code) == 3 and code[0] != "X"):
        for name in {get_currency_name(code, count, "en").lower() for count in (1, 2)}:
            word = name.split()[-1]
            for each in (
                (name, word, *(("crown", "crowns", "kr") if word in _CROWNS else ())) if "(" not in name else ()
            ):
                found.setdefault(each, set()).add(currency(code))
    return {word: _shared_sign(kinds) for word, kinds in found.items() if word not in _NO_MONEY}


def _money(adjective: str, word: str) -> str | None:
    """Return what a word for money measures, whichever of its spellings the adjective goes with: *Swedish kroner*."""
    spellings = (word, *_CROWNS) if word in ("crown", "crowns", *_CROWNS) else (word,)
    named = (_money_words().get(f"{adjective}{spelling}".lower()) for spelling in spellings)
    return next(filter(None, named), None) or _money_words().get(word)


def _shared_sign(kinds: set[str]) -> str:
    signs = {kind[-1] for kind in kinds if not kind[-1].isalpha()}
    return signs.pop() if len(signs) == 1 and len(kinds) > 1 else "/".join(sorted(kinds))


def _alike(one: str, other: str, own: str = "") -> bool:
    """Tell whether two measures are the same, or two names of money may be: $ and C$, not C$ and A$; kroner and NOK.

    `own` is the currency that a name of several means.
    """
    if one == other or not (one and other):
        return one == other
    of_one, of_other = (
        [own] if own and any(_may_be(own, kind) for kind in kinds.split("/")) and _is_open(kinds) else kinds.split("/")
        for kinds in (one, other)
    )
    return any(_may_be(*pair) for pair in product(of_one, of_other))


def _is_open(kinds: str) -> bool:
    """Tell whether a name of money may mean several currencies: `DKK/NOK`, `$`."""
    return "/" in kinds or kinds == "$"


def _may_be(one: str, other: str) -> bool:
    return one == other or bool(one and other and one[-1] == other[-1] and 1 in (len(one), len(other)))


def fits(stated: Measure, held: Measure, own: str = "") -> bool:
    """Tell whether a held number is the stated one, or near enough for its word of nearness.

    A number without unit fits one with any; near is only what has the same unit. `own` is what the case's currency
    measures (`currency`); a name of several means that one.
    """
    if isinstance(stated.value, str) or isinstance(held.value, str):
        return stated.value == held.value
    shares = {held.part, held.base if held.kind == "share" else 0.0} - {0.0}
    if stated.part in shares or (stated.kind == "share" and any(_near(stated, share) for share in shares)):
        return True
    if held.kind == _LISTED:
        return stated.kind == _THINGS and stated.value == held.value
    is_plain = not held.kind or (stated.kind in COUNTS and held.shown)  # "a quarter" is three months, and no three
    if stated.value == held.value and is_plain:
        return True
    same = _alike(stated.kind, held.kind, own) or (stated.kind in COUNTS and held.kind in COUNTS)
    return same and _near(stated, held.base)


def _near(stated: Measure, base: float) -> bool:
    return _exact(stated.low * stated.base) <= base <= _exact(stated.high * stated.base)
