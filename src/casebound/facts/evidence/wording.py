"""Wording: whether a text keeps what others hedge or deny, and claims no more than they do of all or of the first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from casebound.facts.dates.mentions import without_dates
from casebound.facts.evidence.anchors import hedges_in
from casebound.facts.records.terms import Terms
from casebound.facts.text.claims import words_in

SCOPE = "data/terms.yaml, scope, has the words of each kind; add one that is missing"
_OF_THESE = re.compile(r"\bthese sources\b", re.IGNORECASE)
_OF_OURS = re.compile(r"\bof these\b|\bsources?\b", re.IGNORECASE)
_CLAUSE_ENDS = re.compile(
    r"[;:…]|,(?!\d)|\.\s|\b(?:and|but|while|although|though|whereas|before|after|because|until)\b"
)
_JOINING = frozenset("said says with that this have been from their were will would after before about because".split())
_NAMES = re.compile(r"(?<=[\w,;:'\")] )[A-Z][\w'-]+")  # the word that opens a sentence may be no name
_NOT_UNTIL = re.compile(r"(?:\bnot|n't|\bnever)\b[^.,;:]*\buntil\b", re.IGNORECASE)  # says when, and denies nothing
_CARRIED_ON = ("report", "expectation")  # who says or expects the first clause says or expects the next one too
_HAPPENED = ("report", "negation")  # a fact of these classes may date another; a plan is told by its date alone


def keeping(terms: Terms, kind: str) -> str:
    """Return some words that keep a hedge, and where one that is missing may be added."""
    hedge = terms.hedge_classes[kind]
    words = [word for word in hedge.words + hedge.kept_by if "*" not in word][:6]
    return f"{', '.join(words)} (data/terms.yaml, hedges, has them all; add one that is missing)"


def denies(terms: Terms, text: str) -> bool:
    """Tell whether a text holds a word that denies something."""
    return "negation" in hedges_in(text, {"negation": terms.hedges["negation"]})


def denies_too(terms: Terms, text: str, others: Iterable[str]) -> bool:
    """Tell whether a text denies what others deny: in any word of denial, or in one such as *closed* for *not open*.

    A word of the second kind that the others deny is no denial of theirs: *closed* does not tell *not closed*.
    """
    if denies(terms, text):
        return True
    found = hedges_in(text, {"negation": terms.keepers["negation"]}).get("negation", ())
    clauses = [clause for other in others for clause in _CLAUSE_ENDS.split(other.lower()) if denies(terms, clause)]
    return any(not any(re.search(rf"\b{re.escape(word[:4])}", clause) for clause in clauses) for word in found)


def added_denial(terms: Terms, text: str, others: Iterable[str]) -> str:
    """Return the word by which a text denies what no other denies, empty if there is none.

    *Suspended* bears *did not run*, as *did not run* bears *suspended*; *not until March* denies nothing.
    """
    own = hedges_in(_NOT_UNTIL.sub(" ", text), terms.hedges).get("negation", ())
    return own[0] if own and not any(denies_too(terms, other, [text]) for other in others) else ""


def turned_round(terms: Terms, text: str, others: Iterable[str]) -> str:
    """Return the word that a text turns round: *undamaged* of what others call damaged, and back; empty if none."""
    theirs = " ".join(others)
    ours, held = words_in(text), words_in(theirs)
    added = (word for word in ours - held if _positive(word) in held and not denies(terms, theirs))
    lost = (word for word in ours - held if {f"un{word}", f"non-{word}"} & held and not denies(terms, text))
    return min([*added, *lost], default="")


def _positive(word: str) -> str:
    return word[2:] if word.startswith("un") and len(word) > 5 else word.removeprefix("non-")


def tells(terms: Terms, kind: str, text: str, statement: str, names: str = "", beside: bool = False) -> bool:
    """Tell whether a text speaks of what a statement hedges or denies, so that it must keep that class.

    It does if it shares a word that only the clauses of that class hold; if they are all of that class or have no word
    of their own, in any case. With `beside`, where the text rests on other facts too, it does not if it shares nothing
    with the statement but names (`names` has those of its actor and speakers), dates and hedges: *a week after it*.
    """
    ours = _stems(text)
    if beside and kind in _HAPPENED and not ours & _matter(terms, statement, names):
        return False
    if kind in _CARRIED_ON:
        return True
    clauses = [clause for clause in _CLAUSE_ENDS.split(statement) if clause.strip()]
    finds = {kind: (terms.hedges if kind == "negation" else terms.keepers)[kind]}
    hedged = [clause for clause in clauses if hedges_in(clause, finds)]
    others = [clause for clause in clauses if clause not in hedged]
    own = _stems(" ".join(hedged)) - _stems(" ".join(others))
    return not others or not own or bool(own & ours)


def retells(terms: Terms, text: str, statement: str, names: str = "") -> bool:
    """Tell whether a text says all again that a statement denies, names (`names` too) and dates aside."""
    clauses = (clause for clause in _CLAUSE_ENDS.split(statement) if denies(terms, clause))
    return any(_matter(terms, clause, names) <= _stems(text) for clause in clauses)


def _matter(terms: Terms, statement: str, names: str) -> set[str]:
    """Return the stems of what a statement says, without names, dates and hedges."""
    hedges = [word for words in hedges_in(statement, terms.keepers).values() for word in words]
    return _stems(without_dates(statement)) - _stems(" ".join([names, *hedges, *_NAMES.findall(statement)]))


def undone(terms: Terms, text: str, others: Iterable[str]) -> str:
    """Return a denial in a text that the others only take back: *ruled out*, where they have *not ruled out*."""
    theirs = " ".join(others).lower()
    for word in hedges_in(text, {"negation": terms.hedges["negation"]}).get("negation", ()):
        back = rf"(?:\b(?:not|never|cannot)|n't)(?: \w+)? {re.escape(word[:3])}"
        times = len(re.findall(rf"\b{re.escape(word[:3])}", theirs))
        if len(word) > 4 and times and times == len(re.findall(back, theirs)) and not re.search(back, text.lower()):
            return word
    return ""


def _stems(text: str) -> set[str]:
    return {word[:5] for word in words_in(text) if len(word) > 3 and word not in _JOINING}


def beyond_scope(terms: Terms, text: str, evidence: str, is_ours: bool = False) -> Iterator[tuple[str, str]]:
    """Yield the words by which a text claims more than the evidence, each with its class.

    A text that says *these sources* claims nothing of what others may hold; nor does one of our own judgement or of our
    limits (`is_ours`) that speaks of sources.
    """
    told = _OF_THESE.search(text) or (is_ours and _OF_OURS.search(text))
    claimed = {} if told else hedges_in(text, terms.scopes)
    kept = hedges_in(evidence, terms.scope_keepers) if claimed else {}
    yield from ((words[0], kind) for kind, words in claimed.items() if kind not in kept)
