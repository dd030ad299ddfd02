"""Words: the status, system, state and places that a clause's words give, and a slug made of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

from casebound.facts.evidence.anchors import hedges_in
from casebound.facts.ledger.casefile import Casefile
from casebound.facts.text.claims import stands_in
from casebound.facts.text.normalisation import plain_words

_OPEN = re.compile(
    r"\b(?:not|n't|never|declin\w+|refus\w+|yet|un(?:able|clear|known|decided|confirmed)|too (?:early|soon))\b.*?"
    r"\b(?:confirm\w*|comment\w*|say|said|know\w*|decid\w+|establish\w+|determin\w+|clear|disclos\w+|estimate|unclear|"
    r"unknown|undecided|unconfirmed|whether|estimated)\b",
    re.IGNORECASE,
)
_DENIES_OUTRIGHT = re.compile(r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed)?|rul(?:e|es|ed) out)\b")
_DENIES = re.compile(r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed)?|rul(?:e|es|ed) out|not|no|never|none|nobody)\b|n't\b")
_PLEDGES = re.compile(r"\b(?:pledg|promis|vow|commit)", re.IGNORECASE)
_EXPECTS = re.compile(r"\b(?:expect|forecast|anticipat|project|predict|estimat)\w*", re.IGNORECASE)
_BELIEVED = re.compile(
    r"\b(?:is|are|was|were)\s+(?:\w+ly\s+)?(?:believed|understood|thought|feared)\b(?!\s+by)", re.IGNORECASE
)
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
    "resuming": r"restart\w*|resum\w+|reopen\w*|\w+ing again|begun",
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


def status_of(case: Casefile, words: str, basis: str) -> str:
    """Return the status that a clause's words of hedging give."""
    hedges = hedges_in(words, case.terms.hedges)
    if basis == "attacker":
        return "claimed"
    if "negation" in hedges and not ("plan" in hedges and "until" in words):
        if _OPEN.search(words):
            return "unconfirmed"
        denies = _DENIES_OUTRIGHT if hedges.keys() & {"possibility", "plan"} else _DENIES
        if basis != "reporter" and denies.search(plain_words(words).lower()):
            return "denied"
    if _PLEDGES.search(words):
        return "pledged"
    if "possibility" in hedges or _BELIEVED.search(words):
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


def slug(words: str, taken: Container[str]) -> str:
    """Return an id made of the first telling words of a clause that is not taken yet."""
    text = unicodedata.normalize("NFKD", plain_words(words)).encode("ascii", "ignore").decode().lower()
    telling = [word for word in re.findall(r"[a-z0-9]+", text.replace("'s", "")) if word not in _SMALL] or ["fact"]
    for count in range(4, 8):
        name = "-".join(telling[:count])[:60].strip("-")
        if name not in taken:
            return name
    return next(each for n in range(2, 10**6) if (each := f"{name[:54]}-{n}") not in taken)
