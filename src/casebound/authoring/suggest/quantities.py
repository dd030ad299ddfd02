"""Quantities: the figure of a clause, with the unit that a quantity of a fact names."""

from __future__ import annotations

import re

from babel.core import get_global
from babel.numbers import get_territory_currencies

from casebound.checks.statements import UNWRITTEN
from casebound.facts.ledger.casefile import Casefile
from casebound.facts.records.money import SIZES
from casebound.facts.text.measures import COUNTS, Measure, currency, measures_in
from casebound.facts.text.normalisation import plain_words
from casebound.facts.text.numbers import currency_codes

_NOUN = re.compile(
    r"[\s-](?:[a-z-]+\s){0,2}?((?!(?:as|is|its|was|has|us|this|thus|does|across|always|perhaps|plus)\b)[a-z]+(?<!s)s(?!\w)|people|men|women|children)"
)
_QUALIFIERS = {
    "more than": ("low", r"more than|over|above|at least|in excess of|upwards? of|exceed\w*"),
    "up to": ("high", r"up to|at most|as (?:many|much) as|less than|fewer than|under|below|nearly|almost"),
    "about": ("value", r"about|around|roughly|some|approximately|an estimated"),
}
_PER = re.compile(r"\s(?:an?|per|every|each)\s(hour|day|week|month|year)\b")
_SIZE = re.compile(r"(?<=[\d\s])(?:mn?|million|bn|billion|tn|trillion)\b", re.IGNORECASE)
_SIZES = {"m": "million", "b": "billion", "t": "trillion"}


def figures_of(words: str, language: str | None) -> list[Measure]:
    """Return the numbers of a clause that have a unit or count things."""
    found = [each for each in measures_in(words, language) if not isinstance(each.value, str)]
    found = [each for each in found if each.kind != "share" or any(map(str.isdigit, each.shown))]  # half past nine
    return [each for each in found if each.kind not in COUNTS or _thing(words, each)]


def quantity_of(case: Casefile, words: str, language: str | None) -> dict[str, object] | None:
    """Return a clause's first figure as a quantity, its measure and scope left to a person; None without one."""
    words, lengths = plain_words(words), ("time", "months")
    figures = [each for each in figures_of(words, language) if not (each.apart and each.kind in lengths)]
    if not figures:
        return None
    first = figures[0]
    unit, size = _unit(case, words, first, language)
    if first.part:  # 312 of the 468 flights
        first = next(each for each in measures_in(words, language) if each.part == first.part)
    at = words.find(first.shown)
    second = figures[1] if len(figures) > 1 and figures[1].kind == first.kind else None
    between = words[at + len(first.shown) : words.find(second.shown, at + 1)] if second else ""
    if second and re.fullmatch(r"\s*(?:to|and|or|[-–])\s*", between):
        ends: dict[str, object] = {"low": _number(first, size), "high": _number(second, size)}
    else:
        before = words[:at]
        qualifiers = ((name, *each) for name, each in _QUALIFIERS.items())
        name, end, _ = next(
            (each for each in qualifiers if re.search(rf"\b(?:{each[2]})\s(?:an?\s)?\Z", before, re.IGNORECASE)),
            ("", "value", ""),
        )
        ends = {"qualifier": name} if name == "about" else {}
        ends[end] = _number(first, size)
    return {**ends, "unit": unit, "measure": UNWRITTEN, "scope": UNWRITTEN}


def _number(measure: Measure, size: float) -> str:
    return f"{float(measure.value) / size:.12g}"


def _unit(case: Casefile, words: str, measure: Measure, language: str | None) -> tuple[str, float]:
    """Return the unit of a measure as a quantity names it, and the factor of its word of size."""
    per = _PER.match(words, words.find(measure.shown) + len(measure.shown))
    period = f" per {per[1]}" if per else ""
    if measure.kind in COUNTS:
        return (_thing(words, measure) or "things") + period, 1
    if measure.kind == "share":
        return "per cent", 1
    if code := _currency(case, measure.kind, language):
        found = _SIZE.search(measure.shown)
        word = _SIZES.get(found[0][0].lower(), "") if found else ""
        return " ".join(filter(None, (code, word))) + period, SIZES.get(word, 1)
    printed = re.sub(r"^[\d.,\s-]+|^(?:\w+[\s-])*(?=\w+$)", "", measure.shown)
    unit = printed.strip(" -") or measure.kind
    return re.sub(r"(?<=\w\w)s$", "", unit) + period if measure.kind in ("time", "months") else unit + period, 1


def _currency(case: Casefile, sign: str, language: str | None) -> str:
    """Return the currency that a sign means: the case's own, that of the language's country, else the only one."""
    if sign in currency_codes(language) and len(sign) == 3:
        return sign
    territory = (language or case.case.language).rpartition("-")[2].upper()
    territory = territory if territory in get_global("territory_currencies") else ""
    likely = [getattr(case.case, "currency", None), *(get_territory_currencies(territory) if territory else [])]
    codes = [code for code in currency_codes("en") if len(code) == 3 and code[0] != "X"]
    alike = sorted(code for code in codes if currency(code) == sign or (len(sign) == 1 and currency(code)[-1:] == sign))
    return next((code for code in (*likely, "USD", "GBP", "EUR", *alike) if code in alike), "")


def _thing(words: str, measure: Measure) -> str:
    """Return what a number counts: the first plural behind it."""
    words = plain_words(words)
    at = words.find(measure.shown)
    found = _NOUN.match(words, at + len(measure.shown)) if at >= 0 else None
    return found[1] if found else ""
