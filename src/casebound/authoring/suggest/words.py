"""Words: the status, system, state, places and figure that a clause's words give, and a slug made of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

from babel.core import get_global
from babel.numbers import get_territory_currencies

from casebound.checks.statements import UNWRITTEN
from casebound.facts.evidence.anchors import hedges_in
from casebound.facts.ledger.casefile import Casefile
from casebound.facts.records.money import SIZES
from casebound.facts.text.claims import stands_in
from casebound.facts.text.measures import COUNTS, Measure, currency, measures_in
from casebound.facts.text.normalisation import plain_words
from casebound.facts.text.numbers import currency_codes

_OPEN = re.compile(
    r"\b(?:not|n't|never|declin\w+|refus\w+|yet|un(?:able|clear|known|decided|confirmed)|too (?:early|soon))\b.*?"
    r"\b(?:confirm\w*|comment\w*|say|said|know\w*|decid\w+|establish\w+|determin\w+|clear|disclos\w+|estimate|unclear|"
    r"unknown|undecided|unconfirmed|whether|estimated)\b",
    re.IGNORECASE,
)
_DENIES = re.compile(r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed)?|rul(?:e|es|ed) out|not|no|never|none|nobody)\b|n't\b")
_PLEDGES = re.compile(r"\b(?:pledg|promis|vow|commit)", re.IGNORECASE)
_EXPECTS = re.compile(r"\b(?:expect|forecast|anticipat|project|predict|estimat)\w*", re.IGNORECASE)
_ASSERTS = re.compile(r"\b(?:claim(?:s|ed)?|alleg\w+|accus\w+|demand(?:s|ed)?)\b", re.IGNORECASE)
_GOES_ON = re.compile(
    r"\b(?:is|are|has been|have been|was still|were still)\s+(?:now\s+|still\s+|already\s+|again\s+)*\w+ing\b"
    r"|\bbegun\b|\bunder ?way\b|\bcontinu(?:es?|ing)\b|\bfrom now on\b|\b(?:has|have)\b.*\b(?:since|until)\s",
    re.IGNORECASE,
)
_HAS_DONE = re.compile(r"\b(?:has|have|had)\s+(?:\w+ly\s+)?(?!been\s+\w+ing)(?!begun)\w+\b", re.IGNORECASE)
# The words that tell a state, the most telling first; a case may have other states, which a person adds
_STATES = {
    "manual operation": r"by hand|manual(?:ly)?|on paper",
    "normal": r"(?:back to|as) (?:normal|usual|before)|full(?:y)? (?:operation|capacity|restored)",
    "partly restored": r"(?:half|some|parts?|sections|partly|partially)\b.*\b(?:again|restored|back|reopened)",
    "first steps": r"first steps?",
    "resuming": r"restart\w*|resum\w+|reopen\w*|turning again|begun",
    "restored": r"restored|back (?:online|in service|up)|again|return to operation|works? again",
    "stopped": r"stop(?:s|ped)?|halt(?:s|ed|ing)?|paus\w+|shut ?downs?|shut|offline|paralys\w+|stood still|standstill|"
    r"suspended|unavailable|down",
    "impaired": r"delay\w*|slow\w*|backlog\w*|impaired|struggl\w+|unpaid",
}
_SMALL = frozenset(
    "a about after all also an and are as at be been before but by can for from had has have he her his how in into is "
    "it its more most no not of off on or our out over said says she so some than that the their them then there these "
    "they this those through to told under until up was we were what when which while who will with would yet".split()
)
_NOUN = re.compile(
    r"[\s-](?:[a-z-]+\s){0,2}?([a-z]+(?<!s)s(?!\w)|people|men|women|children)(?<!\bhas)(?<!\bwas)(?<!\bits)"
)
_QUALIFIERS = {
    "more than": ("low", r"more than|over|above|at least|in excess of|upwards? of|exceed\w*"),
    "up to": ("high", r"up to|at most|as (?:many|much) as|less than|fewer than|under|below|nearly|almost"),
    "about": ("value", r"about|around|roughly|some|approximately|an estimated"),
}
_PER = re.compile(r"\s(?:an?|per|every|each)\s(hour|day|week|month|year)\b")
_SIZE = re.compile(r"(?<=[\d\s])(?:(m|mn|million)|(bn|billion)|(tn|trillion)|(k|thousand))\b", re.IGNORECASE)


def status_of(case: Casefile, words: str, basis: str) -> str:
    """Return the status that a clause's words of hedging give."""
    hedges = hedges_in(words, case.terms.hedges)
    if basis == "attacker":
        return "claimed"
    if "negation" in hedges and not ("plan" in hedges and "until" in words):
        if _OPEN.search(words):
            return "unconfirmed"
        if basis != "reporter" and "possibility" not in hedges and _DENIES.search(plain_words(words).lower()):
            return "denied"
    if _PLEDGES.search(words):
        return "pledged"
    if "possibility" in hedges:
        return "possible"
    if "plan" in hedges or re.search(r"\b(?:is|are|due) to\b", words):
        return "expected" if _EXPECTS.search(words) else "planned"
    if _ASSERTS.search(words):
        return "claimed"
    goes_on, has_done = _GOES_ON.search(words), _HAS_DONE.search(words)
    return "under way" if goes_on and not (has_done and has_done.start() < goes_on.start()) else "done"


def system_of(case: Casefile, words: str) -> str | None:
    """Return the system that a clause names by its word or label, the first in the terms' order."""
    low = words.lower()
    systems = case.terms["system"].items()
    return next((word for word, term in systems if stands_in(word, low) or stands_in(term.label.lower(), low)), None)


def state_of(case: Casefile, words: str) -> str | None:
    """Return the state that a clause's words tell, if the terms have it."""
    found = (state for state, each in _STATES.items() if re.search(rf"\b(?:{each})\b", words, re.IGNORECASE))
    return next((state for state in found if state in case.terms["state"]), None)


def places_of(case: Casefile, words: str) -> list[str]:
    """Return the ids of the places that a clause names."""
    return [name for name, place in case.case.places.items() if stands_in(place.name, words)]


def figures_of(words: str, language: str | None) -> list[Measure]:
    """Return the numbers of a clause that have a unit or count things."""
    found = [each for each in measures_in(words, language) if not isinstance(each.value, str)]
    found = [each for each in found if each.kind != "share" or any(map(str.isdigit, each.shown))]  # half past nine
    return [each for each in found if each.kind not in COUNTS or _thing(words, each)]


def quantity_of(case: Casefile, words: str, language: str | None) -> dict[str, object] | None:
    """Return a clause's first figure as a quantity, its measure and scope left to a person; None without one."""
    words, figures = (
        plain_words(words),
        [each for each in figures_of(words, language) if not (each.apart and each.kind in ("time", "months"))],
    )
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
        named = ((name, end) for name, (end, each) in _QUALIFIERS.items()
                 if re.search(rf"\b(?:{each})\s(?:an?\s)?\Z", words[:at], re.IGNORECASE))  # fmt: skip
        name, end = next(named, ("", "value"))
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
        word = next((w for w, got in zip(("million", "billion", "trillion", "thousand"), found.groups(), strict=True)
                     if got), "") if found else ""  # fmt: skip
        if word == "thousand":
            word = ""
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


def slug(words: str, taken: Container[str]) -> str:
    """Return an id made of the first telling words of a clause that is not taken yet."""
    text = unicodedata.normalize("NFKD", plain_words(words)).encode("ascii", "ignore").decode().lower()
    telling = [word for word in re.findall(r"[a-z0-9]+", text.replace("'s", "")) if word not in _SMALL] or ["fact"]
    for count in range(4, 8):
        name = "-".join(telling[:count])[:60].strip("-")
        if name not in taken:
            return name
    return next(each for n in range(2, 10**6) if (each := f"{name[:54]}-{n}") not in taken)
