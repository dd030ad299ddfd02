"""Conflicts: facts that are at odds, inside one source or between sources, and what the report follows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import pandas as pd

from casebound.facts.dates import edtf
from casebound.facts.dates.edtf import When
from casebound.facts.ledger import graphs
from casebound.facts.ledger.frames import AHEAD, HEDGED
from casebound.facts.ledger.ledger import Ledger
from casebound.facts.ledger.relations import CONFLICTS, follows
from casebound.facts.records.models import Resolution

_FORECAST = (*AHEAD, "possible")
_COMPARED = "status forecast measure unit period scope low high places system state accused".split()


@lru_cache(maxsize=8)
def conflicts(ledger: Ledger) -> pd.DataFrame:
    """Return one row a pair of facts at odds: `question`, `asks`, `first`, `second`, `kind`, `reason`.

    Two facts are at odds if they answer the same question and their figures, dates, lists, states, hedges or names
    exclude each other, or if a person says so and why (`at_odds`); `relations.CONFLICTS` explains the kinds. A fact
    is not at odds with one that overtakes it, but is with one that corrects it. Nothing is resolved here. Later calls
    return the same frame: copy it before you change it.
    """
    asks = {question.id: question.asks for question in ledger.case.questions}
    known = ledger.facts.index
    readings = {
        (first, reading.fact): reading
        for first in known
        for reading in ledger.record(first).at_odds
        if reading.fact in known
    }
    pairs: list[tuple] = [
        (question, asks[question], first, second, kind, None)
        for question, first, second, kind in _by_rule(ledger)
        if (first, second) not in readings and (second, first) not in readings
    ]
    for (first, second), reading in readings.items():
        theirs = ledger.record(second).answers
        question = next((question for question in ledger.record(first).answers if question in theirs), None)
        matter = asks[question] if question else ledger.facts.at[first, "label"].rstrip(".")
        pairs.append((question, matter, first, second, reading.kind, reading.reason))
    return pd.DataFrame(pairs, columns=["question", "asks", "first", "second", "kind", "reason"])


@dataclass(frozen=True)
class Conflict:
    """Facts at odds on one matter, the kinds of conflict, a person's reasons, and which fact the report follows.

    It follows the fact that a resolution names, `because` of its reason; or, where nothing but `corrections` (each a
    pair of the corrected fact and the later one) sets the facts at odds, the last correction.
    """

    asks: str
    facts: tuple[str, ...]
    kinds: tuple[str, ...]
    reasons: tuple[str, ...]
    followed: str | None
    because: str | None
    corrections: tuple[tuple[str, str], ...] = ()

    @property
    def leaves_open(self) -> bool:
        """Whether nobody says anything firm that another excludes: the matter is open rather than disputed."""
        return set(self.kinds) == {"hedge"}


@lru_cache(maxsize=8)
def register(ledger: Ledger) -> tuple[Conflict, ...]:
    """Return the conflicts by matter: the facts at odds over one question, or joined by a person's reading."""
    table = conflicts(ledger)
    resolutions = {question.id: question.resolution for question in ledger.case.questions}
    place = {fact: i for i, fact in enumerate(ledger.facts.index)}
    matters = []
    for rows in _matters(table):
        facts = {fact for row in rows for fact in (row.first, row.second)}
        followed, because = _resolved(ledger, resolutions.get(rows[0].question), facts)
        reasons = tuple(dict.fromkeys(row.reason for row in rows if row.reason))
        kinds = tuple(kind for kind in CONFLICTS if any(row.kind == kind for row in rows))
        in_order = tuple(sorted(facts, key=place.__getitem__))
        corrections = tuple(pair for pair in _corrections(ledger) if facts.issuperset(pair))
        if because is None and kinds == ("revision",):
            corrected = {old for old, _ in corrections}
            followed = next((new for _, new in reversed(corrections) if new not in corrected), None)
        matters.append(Conflict(rows[0].asks, in_order, kinds, reasons, followed, because, corrections))
    order = {question.asks: i for i, question in enumerate(ledger.case.questions)}
    return tuple(sorted(matters, key=lambda matter: order.get(matter.asks, len(order))))


def _matters(table: pd.DataFrame) -> list[list]:
    """Return the rows of pairs in groups: those of one question, or that a person's reading joins."""
    read = table[table["question"].isna()]
    joined = graphs.groups(zip(read["first"], read["second"], strict=True))
    group_of = {fact: number for number, facts in enumerate(joined) for fact in facts}
    matters: dict[str | int, list] = {}
    for row in table.astype(object).where(table.notna(), None).itertuples(index=False):
        matters.setdefault(row.question or group_of[row.first], []).append(row)
    return list(matters.values())


@lru_cache(maxsize=8)
def set_aside(ledger: Ledger) -> frozenset[str]:
    """Return the facts that are at odds with one that a resolution follows instead."""
    followed = {matter.followed for matter in register(ledger) if matter.followed and matter.because}
    pairs = conflicts(ledger)[["first", "second"]].to_numpy().tolist()
    return frozenset(fact for pair in pairs if followed.intersection(pair) for fact in pair) - followed


def _resolved(ledger: Ledger, resolution: Resolution | None, facts: set[str]) -> tuple[str | None, str | None]:
    """Return the fact that is followed and the reason; None where the ledger does not hold them."""
    if resolution is None:
        return None, None
    followed = follows(resolution, facts)
    if resolution.follow and followed is None:
        return None, None
    held = ledger.holds(resolution.reason, facts)
    return (followed, resolution.reason) if held else (None, None)


def _by_rule(ledger: Ledger) -> Iterator[tuple[str, str, str, str]]:
    """Yield every pair of answers to one question that the rules find at odds: question, both facts, kind."""
    answering = ledger.answers["fact"].unique()
    facts = ledger.facts.loc[answering, _COMPARED].to_dict("index")  # looked up once: a question may have many answers
    # a forecast holds on the day that it names, not on the day on which it was made
    windows = {
        fact: edtf.parse(row["forecast"]) if pd.notna(row["forecast"]) else ledger.when(fact)
        for fact, row in facts.items()
    }
    overtaken = graphs.before(zip(ledger.supersessions["old"], ledger.supersessions["new"], strict=True))
    corrections = set(_corrections(ledger))
    rules = {question.id: _RULES[question.kind] for question in ledger.case.questions}
    for question, answers in ledger.answers.groupby("question", sort=False):
        for first, second in combinations(answers["fact"], 2):
            if {(first, second), (second, first)} & corrections:
                yield question, first, second, "revision"
            elif first in overtaken.get(second, ()) or second in overtaken.get(first, ()):
                continue
            elif kind := rules[question](facts[first], facts[second], windows[first], windows[second]):
                yield question, first, second, kind


def _corrections(ledger: Ledger) -> list[tuple[str, str]]:
    """Return each corrected fact with the one that corrects it."""
    corrected = ledger.supersessions[ledger.supersessions["how"] == "corrected"]
    return list(zip(corrected["old"], corrected["new"], strict=True))


def _of_dates(a: dict, b: dict, a_when: When, b_when: When) -> str | None:
    """Two things that cannot have begun at the same time."""
    ends = ((a_when.start, b_when.start), (b_when.start, a_when.start))
    if not any(before.latest and after.earliest and before.latest < after.earliest for before, after in ends):
        return None
    foretold = any(row["status"] in _FORECAST or pd.notna(row["forecast"]) for row in (a, b))
    return "forecast" if foretold else "date"


def _of_figures(a: dict, b: dict, *_: When) -> str | None:
    """Figures of the same thing whose ranges do not meet, or of the same unit but of different things."""
    figures = [row for row in (a, b) if pd.notna(row["measure"])]
    if len(figures) < 2 or a["unit"].partition(" per ")[0] != b["unit"].partition(" per ")[0]:
        return None
    if pd.notna(a["period"]) and pd.notna(b["period"]) and a["period"] != b["period"]:
        return None  # of different times: both can be so
    if any(a[field] != b[field] for field in ("unit", "measure", "scope")):
        return "scope"
    ends = ((a["high"], b["low"]), (b["high"], a["low"]))
    return "value" if any(pd.notna(high) and pd.notna(low) and high < low for high, low in ends) else None


def _of_places(a: dict, b: dict, *_: When) -> str | None:
    return "scope" if a["places"] and b["places"] and set(a["places"]) != set(b["places"]) else None


def _of_states(a: dict, b: dict, a_when: When, b_when: When) -> str | None:
    """Different states of the same thing, neither of which surely came before the other."""
    alike = a["system"] == b["system"] and set(a["places"]) == set(b["places"])
    if pd.isna(a["state"]) or pd.isna(b["state"]) or not alike or a["state"] == b["state"]:
        return None
    if a["status"] in AHEAD or b["status"] in AHEAD:  # a plan is a state until its day
        return "status"
    changed = edtf.is_before(a_when, b_when) or edtf.is_before(b_when, a_when)
    return None if changed else "status"


def _of_names(a: dict, b: dict, *_: When) -> str | None:
    if pd.notna(a["accused"]) and pd.notna(b["accused"]) and a["accused"] != b["accused"]:
        return "name"
    return _of_words(a, b)


def _of_words(a: dict, b: dict, *_: When) -> str | None:
    hedged = a["status"] in HEDGED or b["status"] in HEDGED
    return "hedge" if hedged and a["status"] != b["status"] else None


_RULES: dict[str, Callable[[dict, dict, When, When], str | None]] = {
    "date": _of_dates,
    "figure": _of_figures,
    "places": _of_places,
    "state": _of_states,
    "name": _of_names,
    "words": _of_words,
}
