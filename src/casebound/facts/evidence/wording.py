"""Wording: whether a text keeps what others deny, and claims no more than they do of all, of none, or of the first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from casebound.facts.evidence.anchors import hedges_in
from casebound.facts.records.terms import Terms
from casebound.facts.text.claims import words_in

SCOPE = "data/terms.yaml, scope, has the words of each kind; add one that is missing"
_OF_THESE = re.compile(r"\bthese sources\b", re.IGNORECASE)
_CLAUSE_ENDS = re.compile(r"[,;:]|\b(?:and|but|while|although|though|which|who|whereas|before|after)\b")
_JOINING = frozenset("said says with that this have been from their were will would after before about because".split())


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

    A word of the second kind that the others hold too is no denial of theirs: *closed* does not tell *not closed*.
    """
    if denies(terms, text):
        return True
    found = hedges_in(text, {"negation": terms.keepers["negation"]}).get("negation", ())
    theirs = " ".join(others).lower()
    return any(not re.search(rf"\b{re.escape(word[:4])}", theirs) for word in found)


def tells_denial(terms: Terms, text: str, statement: str) -> bool:
    """Tell whether a text speaks of what a statement denies: it shares a word that only the denying clauses hold.

    It does if every clause denies, or if the denying ones have no word of their own.
    """
    clauses = [clause for clause in _CLAUSE_ENDS.split(statement) if clause.strip()]
    denying = [clause for clause in clauses if denies(terms, clause)]
    others = [clause for clause in clauses if clause not in denying]
    own = _stems(" ".join(denying)) - _stems(" ".join(others))
    return not others or not own or bool(own & _stems(text))


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


def beyond_scope(terms: Terms, text: str, evidence: str) -> Iterator[tuple[str, str]]:
    """Yield the words by which a text claims more than the evidence, each with its class.

    A text that says *these sources* claims nothing of what others may hold.
    """
    claimed = {} if _OF_THESE.search(text) else hedges_in(text, terms.scopes)
    kept = hedges_in(evidence, terms.scope_keepers) if claimed else {}
    yield from ((words[0], kind) for kind, words in claimed.items() if kind not in kept)
