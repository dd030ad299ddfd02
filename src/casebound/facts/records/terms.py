"""Terms: the controlled words of `data/terms.yaml`, to which a case's own terms.yaml adds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any

from pydantic import StringConstraints

from casebound.facts.problems import Problem, did_you_mean, unknown
from casebound.facts.records.models import SUPPORTS, Record, Text, record
from casebound.facts.records.reading import Located
from casebound.facts.text.claims import stands_in

VOCABULARIES = (
    *("status", "basis", "stance", "theme", "system", "state", "phase", "party", "place", "effect", "act", "group"),
    *("grade", "credibility", "likelihood", "confidence"),
)
OWN = ("system", "state", "phase", "party", "place", "effect", "act", "group")  # to which a case may add words

_CLASSES = ("hedges", "scope")  # beside the vocabularies: classes of words that a text may hold
# Words that the program itself reads; every other may be renamed or removed
_READ: dict[str, tuple[str, ...]] = {
    "status": ("done", "under way", "claimed"),
    "basis": ("attacker", "caption"),
    "stance": (SUPPORTS, "disputes"),
    "state": ("stopped", "first steps", "resuming", "restored", "normal"),
    "grade": tuple("ABCDEF"),
    "credibility": tuple("123456"),
    "act": ("words", "money"),
    "group": ("company", "attacker", "others"),
    "hedges": ("negation", "possibility", "plan", "report"),
    "scope": ("first", "last", "only", "none", "nobody", "never", "all", "most"),
}


Word = Annotated[Text, StringConstraints(pattern="[a-z]")]  # "*" alone would stand for any


class Term(Record):
    """A controlled word: how a report prints it, what it means, and for some what follows from it."""

    label: Text
    means: Text
    admits: tuple[Text, ...] = ()
    hedge: Text | None = None
    rung: int | None = None


class Hedge(Record):
    """A class of words that change what a sentence asserts, or how much.

    `words` ask for the class and keep it, `kept_by` only keeps it; `harmless` phrases hold such a word and do neither.
    """

    means: Text
    words: tuple[Word, ...]
    kept_by: tuple[Word, ...] = ()
    harmless: tuple[Word, ...] = ()

    def asking(self) -> re.Pattern[str]:
        """Return what finds, in a text in small letters, the words that ask for the class, as a named group."""
        return _pattern((), self.harmless, self.words)

    def keeping(self) -> re.Pattern[str]:
        """Return what finds, in a text in small letters, the words that keep the class, as a named group."""
        return _pattern(self.kept_by, self.harmless, self.words)


@dataclass(frozen=True)
class Terms:
    """Every vocabulary by its name, each from term to Term in order, a case's own first; hedges and scopes by class.

    `phases` are those of which the order is known: the ones that a case lists if it has new ones, or the common ones.
    """

    vocabularies: dict[str, dict[str, Term]]
    phases: tuple[str, ...]
    hedge_classes: dict[str, Hedge]
    scope_classes: dict[str, Hedge]

    def __getitem__(self, vocabulary: str) -> dict[str, Term]:
        return self.vocabularies[vocabulary]

    def label(self, vocabulary: str, term: str | None) -> str:
        """Return the printed form of a term, or the word itself if it is unknown."""
        known = self.vocabularies[vocabulary].get(term or "")
        return known.label if known else (term or "")

    def rung(self, state: str) -> int:
        """Return the step of a state on the ladder, from 0, the lowest."""
        return self["state"][state].rung or 0

    def found_in(self, vocabulary: str, text: str) -> list[str]:
        """Return the terms of a vocabulary that stand in a text as whole words, whatever their case."""
        return [term for term in self[vocabulary] if stands_in(term.casefold(), text.casefold())]

    @cached_property
    def hedges(self) -> dict[str, re.Pattern[str]]:
        """What finds the words that ask for each class of hedge."""
        return {kind: hedge.asking() for kind, hedge in self.hedge_classes.items()}

    @cached_property
    def keepers(self) -> dict[str, re.Pattern[str]]:
        """What finds the words that keep each class of hedge."""
        return {kind: hedge.keeping() for kind, hedge in self.hedge_classes.items()}

    @cached_property
    def scopes(self) -> dict[str, re.Pattern[str]]:
        """What finds the words that claim each class of scope."""
        return {kind: scope.asking() for kind, scope in self.scope_classes.items()}

    @cached_property
    def scope_keepers(self) -> dict[str, re.Pattern[str]]:
        """What finds the words of a source that bear out each class of scope."""
        return {kind: scope.keeping() for kind, scope in self.scope_classes.items()}


def _pattern(kept_by: Iterable[str], harmless: Iterable[str], words: Iterable[str]) -> re.Pattern[str]:
    """Return what finds whole words or phrases; a harmless phrase hides the words in it."""
    kept, skipped, found = ("|".join(map(_of_phrase, phrases)) or "(?!)" for phrases in (kept_by, harmless, words))
    return re.compile(rf"(?<![\w'])(?<!\w\.)(?:(?P<kept>{kept})|(?:{skipped})|(?P<found>{found}))(?!\w|'(?!s\b)[a-z])")


def _of_phrase(phrase: str) -> str:
    """Return the pattern of an entry: `*` for any letters or digits, `#` for a digit, `^` for a sentence's start."""
    wild = re.escape(phrase).replace(r"\*", r"[\w']*(?:[.,]\d+)*").replace(r"\#", r"\d").replace(r"\ ", r"\s+")
    return wild.replace(r"\^", r"(?<![^.!?:;\"]\s)")


def terms_in(located: Located, own: Located | None, problems: list[Problem]) -> Terms:
    """Return the words of data/terms.yaml and of a case's own terms.yaml; add the errors of both to `problems`."""
    common = _vocabularies(located, problems, (*VOCABULARIES, *_CLASSES))
    for name in (*VOCABULARIES, *_CLASSES):
        if name not in common:
            problems.append(_problem(located, f"the vocabulary '{name}' is missing", "restore it from git"))
        for word in _READ.get(name, ()) if name in common else ():
            if word not in common[name]:
                what = f"the word '{word}' is missing; the program reads it"
                problems.append(_problem(located, what, "restore it from git", name))
    added = _own(own, common, problems) if own else {}
    read: dict[str, dict[str, Any]] = {}
    for name in (*VOCABULARIES, *_CLASSES):
        ours, theirs = added.get(name, {}), common.get(name, {})
        # a word that both have is a case's own, with the fields that the case leaves as they are; where a case may add
        # words, its own order comes first
        words = dict.fromkeys((*ours, *theirs) if name in OWN else (*theirs, *ours))
        entries = [
            (own, word, _joined(theirs.get(word), ours[word])) if word in ours else (located, word, theirs[word])
            for word in words
        ]
        model = Hedge if name in _CLASSES else Term
        records = {word: record(model, file, problems, entry, (name, word)) for file, word, entry in entries if file}
        read[name] = {word: term for word, term in records.items() if term is not None}
    for word, term in read["state"].items():
        if term.rung is None:
            fix = "rung: its step on the ladder, from 0, the lowest"
            file = own if own and word in added.get("state", {}) else located
            problems.append(_problem(file, "a state without its rung", fix, "state", word))
    for word, term in read["status"].items():
        for field, kinds in (("admits", term.admits), ("hedge", (term.hedge,) if term.hedge else ())):
            for kind in kinds:
                if kind not in common.get("hedges", ()):
                    what, fix = unknown("class of hedges", kind, read["hedges"])
                    problems.append(_problem(located, what, fix, "status", word, field))
    listed, usual = added.get("phase", {}), common.get("phase", {})
    phases = tuple(listed if listed.keys() - usual else usual)
    return Terms(read, phases, hedge_classes=read.pop("hedges"), scope_classes=read.pop("scope"))


def _problem(located: Located, what: str, fix: str, *place: str) -> Problem:
    return Problem(located.name, located.line(place), place[-1] if place else "", what, fix, "CB007")


def _joined(theirs: Any, ours: Any) -> Any:
    return {**theirs, **ours} if isinstance(theirs, dict) and isinstance(ours, dict) else ours


def _vocabularies(located: Located, problems: list[Problem], names: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return a file's vocabularies as written; what is not one of `names`, or holds no words, is a problem."""
    read: dict[str, dict[str, Any]] = {}
    for name, entries in (located.content if isinstance(located.content, dict) else {}).items():
        if name not in names:
            problems.append(_problem(located, "this is not a vocabulary", did_you_mean(name, names), name))
        elif not isinstance(entries, dict):
            fix = "write 'word: {label: …, means: …}' under it"
            problems.append(_problem(located, f"the vocabulary '{name}' holds no words", fix, name))
        else:
            read[name] = dict(entries)
    return read


def _own(own: Located, common: dict[str, dict[str, Any]], problems: list[Problem]) -> dict[str, dict[str, Any]]:
    """Return a case's own words: new ones where a case may add them, elsewhere only other labels and meanings."""
    added = _vocabularies(own, problems, VOCABULARIES)
    for name, entries in added.items():
        for word in list(entries) if name not in OWN else ():
            fields = entries[word] if isinstance(entries[word], dict) else {}
            if word not in common.get(name, {}):
                what, fix = unknown(name, word, common.get(name, {}))
                fix += f" A case may add words only to {', '.join(OWN)}."
            elif other := sorted(set(fields) - {"label", "means"}):
                what, fix = f"a case may not change '{other[0]}' of '{word}'", "change its label or what it means"
            else:
                continue
            problems.append(_problem(own, what, fix, name, word))
            del entries[word]
    return added
