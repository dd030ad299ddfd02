"""Speakers: who says what a sentence tells, by the words of reporting in it, and on what basis."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from casebound.facts.ledger.casefile import Casefile
from casebound.facts.records.models import Actor, Source
from casebound.facts.text.claims import stands_in
from casebound.facts.text.normalisation import CLOSERS, plain_words

# Verbs of other classes than `report` whose subject speaks or acts for itself
_COMMITS = re.compile(r"(?:den(?:y|ie)|reject|refus|declin|pledg|promis|vow|rule[sd]? out)")
_BOUND = re.compile(r"[,;:—–\"“”]\s*|\s(?:and|but|while|although|though|as|because|when|with|since)\s", re.IGNORECASE)
_HELPERS = re.compile(
    r"(?:(?:^|\s+)(?:has|have|had|also|later|then|earlier|today|yesterday|is|was|were|be|been|already|again|not|"
    r"hasn['’]t|\w+ly|on \w+day|this week))+\s*\Z",
    re.IGNORECASE,
)
_APPOSED = re.compile(
    r",\s(?:which|who|whose|where|of|an?|the|its?|his|her|[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)?,)(?:\s|\Z)"
)
_NAME = re.compile(r"[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+){1,2}")
_PRONOUN = re.compile(r"he|she|it|they|we|i", re.IGNORECASE)
_JOINED = r"(?:[A-Z][\w'’&.-]*|of|the|and|for|de|van|von)"
_CALLED = re.compile(rf"(?:(?:Dr|Mr|Mrs|Ms|Mx|Prof|Sir|Dame|Lord|Lady)\.? )?{_JOINED}(?:\s{_JOINED})*")
_TITLED = re.compile(r"(?:[\w'’-]+\s){0,4}?[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)+")  # county returning officer Ada Quill
_DETERMINED = re.compile(
    r"(?:the|an?|its?|his|her|their|our|one|two|some|several|many|both|other|local)\s", re.IGNORECASE
)
_PEOPLE = re.compile(
    r"(?:spokes\w+|compan(?:y|ies)|firm|council|police|minister|ministry|report|union|government|agency|authority|court|"
    r"judge|board|bank|paper|newspaper|official|officer|director|manager|chief|executive|president|chair\w*|head|leader|"
    r"expert|analyst|researcher|professor|lawyer|witness|resident|customer|supplier|worker|employee|staff|family|group|"
    r"gang|hacker|attacker|regulator|department|commission|committee|office|service|trust|hospital|school|university|"
    r"charity|association|federation|club|museum|operator|owner|farmer|driver|engineer|doctor|nurse|passenger|shopkeeper|"
    r"statement|letter|memo|note|filing|study|survey|inspector|inspectorate|mayor|senator|people|man|woman|men|women|"
    r"insurer|retailer|carmaker|airline|airport|utility|secretary|spokespeople|founder|keeper|parliament|army|ministers|"
    r"prosecutor|investigator|detective|team|crew|captain|source|document|notice|review|inquiry|lender|clerk|teacher)s?",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\b(?:not|never|yet to)\b|n['’]t\b", re.IGNORECASE)
_OWN_VOICE = re.compile(r"\b(?:we|our|us)\b", re.IGNORECASE)
_NOBODY = frozenset("but and so then she he it they we that this there what who which when while the a an".split())
_MOST = 8  # words of a speaker
_PASSIVE = re.compile(r"\b(?:is|are|was|were|been|being|be)\s+(?:\w+ly\s+)?\Z", re.IGNORECASE)
_DOER = re.compile(r"\s+by\s+((?:an?\s|the\s)?(?:(?!(?:also|that|which|who|linked)\b)[\w'’-]+[ ]?){1,6})")
_BEHIND = re.compile(r"\s+((?:the|an?)\s+|[A-Z])[^,.;:\"“”]*")
_OF_GROUP = {
    **{"company": "company", "attacker": "attacker", "responders": "expert"},
    **dict.fromkeys(("authorities", "police", "regulator"), "official"),
}
_OF_WORDS = {
    "official": "minist|government|official|police|council|mayor|county|authorit|agency|regulator|commission|"
    "prosecutor|judge|court|department|governor|inspector|fire service|senator|parliament|premier|secretary",
    "attacker": "attacker|hacker|hacking|gang",
    "expert": "expert|security|analyst|research|professor|engineer|economist|scientist|consultant|academic",
    "affected": "customer|supplier|farmer|resident|passenger|patient|retailer|shopkeeper|victim|tenant|driver",
    "company": "spokes|company|firm|executive|operator|board|management|chief|director|chairman|chair\\b",
}


@dataclass(frozen=True)
class Attribution:
    """Who speaks in a sentence, the span of what is reported there, and the verb that says so."""

    speaker: str
    content: tuple[int, int]
    verb: str


def attribution(case: Casefile, text: str) -> Attribution | None:
    """Return who speaks in a sentence, None where it reports nobody's words; offsets in the sentence."""
    for start, end, reports in _verbs(case, text):
        if text[start:end].lower() == "according":
            named = re.compile(r"\s+to\s+((?:[^,.;:]|\.(?=\w))+)").match(text, end)
            if named:
                before, after = text[:start].rstrip(" ,"), text[named.end() :].lstrip(" ,")
                content = (0, len(before)) if before else (len(text) - len(after), len(text))
                return Attribution(_phrase(named[1]), content, "according")
            continue
        if _PASSIVE.search(text[:start]):
            if doer := _DOER.match(text, end):
                return Attribution(_phrase(doer[1]), (0, len(text)), text[start:end])
            continue
        if text[:start].rstrip()[-1:] in (",", *CLOSERS) and (behind := _BEHIND.match(text, end)):
            return Attribution(_phrase(behind[0]), (0, start), text[start:end])
        begins, subject = _subject(text, start)
        if not subject and (actor := actor_in(case, text[:start])):  # *visited the site and promised*
            return Attribution(actor[1].name, (0, len(text)), text[start:end])
        reports = reports and not text[start:end].endswith("ing")  # *alleging that*: the clause before it tells more
        if subject:
            denied = _DENIED.search(text, begins, start)
            return Attribution(_phrase(subject), _content(text, begins, end, reports and not denied), text[start:end])
    return None


def _verbs(case: Casefile, text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield the spans of the verbs of reporting in a sentence, and whether each only passes on what follows."""
    found = []
    for kind, pattern in case.terms.hedges.items():
        for match in pattern.finditer(text.lower()):
            word = match[match.lastgroup] if match.lastgroup else ""
            if word and (kind == "report" or _COMMITS.match(word)):
                found.append((*match.span(), kind == "report"))
    return iter(sorted(found))


def _subject(text: str, verb: int) -> tuple[int, str]:
    """Return where the subject of a verb begins, and its words; an apposition between the two is left out."""
    head = _HELPERS.sub("", text[:verb]).rstrip()
    if not head.endswith(","):
        begins = _last_bound(head)
        return begins, head[begins:]
    commas = [match.start() for match in re.finditer(r",\s", head)]
    comma = next((at for at in reversed(commas) if _APPOSED.match(head, at)), commas[-1] if commas else 0)
    begins = _last_bound(head[:comma])
    name = _NAME.fullmatch(head, comma + 2, len(head) - 1)
    return begins, name[0] if name else head[begins:comma]


def _last_bound(text: str) -> int:
    return max((match.end() for match in _BOUND.finditer(text)), default=0)


def _content(text: str, begins: int, end: int, stripped: bool) -> tuple[int, int]:
    """Return the span of what a verb reports: behind it where it leads, before it where it closes the sentence."""
    if not stripped:
        return 0, len(text)
    before, after = text[:begins].rstrip(), text[end:].strip(" .,:")
    if len(before.split()) >= 4:
        closes = before[-1:] in (",", "—", "–", "-", *CLOSERS) and len(after.split()) <= 8
        return 0, len(before.rstrip(" ,—–-")) if closes else len(text)
    that = re.compile(r"(?:[^,.;:]{0,40}?\bthat\b|:)?\s*").match(text, end)
    return (that.end() if that else end), len(text)


def _phrase(words: str) -> str:
    """Return a noun phrase as a speaker, without a stop at its end and with a small article."""
    words = re.sub(r"^(?:and|but|so|then)\s", "", plain_words(words).strip(' ,.;:"'), flags=re.IGNORECASE)
    return re.sub(r"^(?:The|An?|Its?|Their|Our|His|Her)(?=\s)", lambda article: article[0].lower(), words)


def is_speaker(case: Casefile, words: str) -> bool:
    """Tell whether words name who may speak: an actor or place of the case, a name, or *the* people of some kind."""
    if any(stands_in(place.name, words) for place in case.case.places.values()) or actor_in(case, words):
        return len(words.split()) <= _MOST
    if _CALLED.fullmatch(words) and words.split()[0].lower() not in _NOBODY:
        return True
    if len(words.split()) <= _MOST and _TITLED.fullmatch(words):
        return True
    head = re.split(r"\s(?:of|for|at|in|from|by|to|on|who|with)\s", words)[0].split()[-1]
    return len(words.split()) <= 5 and bool(_DETERMINED.match(words) and _PEOPLE.fullmatch(head))


def is_pronoun(speaker: str) -> bool:
    return bool(_PRONOUN.fullmatch(speaker))


def speaks_for_itself(text: str) -> bool:
    """Tell whether a sentence speaks of its author as *we*."""
    return bool(_OWN_VOICE.search(text))


def actor_in(case: Casefile, words: str) -> tuple[str, Actor] | None:
    """Return the actor whom some words name: in full, by a name of the case or by the last of two words."""
    found = []
    for name, actor in case.case.actors.items():
        whole = re.sub(r"^[Tt]he ", "", actor.name)
        parts = [each for each in case.case.names if stands_in(each, whole)]
        parts += [whole.split()[-1]] if len(whole.split()) == 2 else []
        forms = [form for form in (whole, *parts) if form[:1].isupper() and stands_in(form, words)]
        if forms:
            found.append((forms[0] != whole, words.find(forms[0]), name, actor))
        elif stands_in(whole.lower(), words.lower()):
            found.append((True, words.lower().find(whole.lower()), name, actor))
    if not found and (noun := re.fullmatch(r"the (\w+)", words)):  # the trust, the union
        ends = [(name, actor) for name, actor in case.case.actors.items() if actor.name.split()[-1].lower() == noun[1]]
        return ends[0] if len(ends) == 1 else None
    return min(found, key=lambda each: each[:2])[2:] if found else None


def publisher_of(case: Casefile, source: Source) -> tuple[str, Actor] | None:
    """Return the actor that published a source, if it is one of the case's."""
    names = [source.publisher or "", source.container_title or "", *(each.literal or "" for each in source.author)]
    return next((found for name in names if name and (found := actor_in(case, name))), None)


def basis_of(case: Casefile, speaker: str) -> str:
    """Return the basis of a speaker's word: by the group of the actor that is named, else by the words."""
    found = actor_in(case, speaker)
    if found and found[1].group in _OF_GROUP:
        return _OF_GROUP[found[1].group]
    own = case.case.subject.split()[-1].lower()
    if speaker == f"the {own}" or any(stands_in(name, speaker) for name in (case.case.subject, *case.case.names)):
        return "company"
    words, kinds = speaker, _OF_WORDS
    if found:  # somebody else's company is not the one affected
        words, kinds = f"{speaker} {found[1].role or ''}", {**_OF_WORDS, "company": "(?!)"}
    return next((basis for basis, each in kinds.items() if re.search(rf"\b(?:{each})", words, re.IGNORECASE)), "other")
