"""Lengths: how long things took, from point to point as the case names them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from casebound.analysis import conflicts, recovery
from casebound.facts.dates import edtf
from casebound.facts.dates.edtf import When
from casebound.facts.ledger.ledger import Ledger
from casebound.facts.records.models import FORECAST, NEWEST, SEED, Length

_EARLIER = re.compile(
    r"\b(?:again|another|second|third|further|additional|earlier|previous|previously|renewed)\b", re.I
)


@dataclass(frozen=True)
class Point:
    """One end of a length: its date, and the fact that gives it, None if a source's moment does."""

    when: When
    fact: str | None = None


def asked(ledger: Ledger) -> dict[str, Length]:
    """Return the lengths that the case asks for: none that nobody could ask yet, or that events have overtaken."""
    known = ledger.facts.index
    return {
        name: length
        for name, length in ledger.case.lengths.items()
        if length.until not in known and (length.arises_from is None or length.arises_from in known)
    }


def ends(ledger: Ledger, length: Length) -> tuple[Point | None, Point | None]:
    """Return the two ends of a length, None for one that is not known or does not apply.

    A length that holds only while a system stood `still` has no end unless the ledger shows that it did.
    """
    start, end = (_first(ledger, points) for points in (length.start, length.end))
    if length.still and end:
        day = end.when.earliest
        end = end if day and recovery.stood_still(ledger, length.still, day) else None
    return start, end


def is_unrecorded(ledger: Ledger, points: tuple[str, ...]) -> bool:
    """Tell whether all points are facts, and the ledger holds none of them."""
    others = (point in (NEWEST, SEED) or point.startswith(FORECAST) for point in points)
    return not any(others) and ledger.facts.index.intersection(list(points)).empty


def _first(ledger: Ledger, points: tuple[str, ...]) -> Point | None:
    """Return the first of several points that is known, None if none is."""
    aside = conflicts.set_aside(ledger)
    return next(filter(None, (_point(ledger, point, aside) for point in points)), None)


def _point(ledger: Ledger, point: str, aside: frozenset[str]) -> Point | None:
    if point == NEWEST:
        return _of_source(ledger, ledger.known)
    if point == SEED:
        return _of_source(ledger, ledger.sources["available"].get(ledger.case.seed))
    if point.startswith(FORECAST):
        return _first_forecast(ledger, point.removeprefix(FORECAST))
    return Point(ledger.when(point), point) if point in ledger.facts.index and point not in aside else None


def _of_source(ledger: Ledger, moment: datetime | None) -> Point | None:
    return None if moment is None or pd.isna(moment) else Point(ledger.dated(moment))


def _first_forecast(ledger: Ledger, system: str) -> Point | None:
    """Return the day that the first forecast of a system names; None if a source tells of an earlier forecast."""
    forecasts = recovery.forecasts(ledger, system)
    if not len(forecasts) or _tells_of_earlier(ledger, fact := forecasts.index[0]):
        return None
    day: date = forecasts["target"].iloc[0].date()
    return Point(edtf.parse(day.isoformat()), fact)


def _tells_of_earlier(ledger: Ledger, fact: str) -> bool:
    """Tell whether a source of what came first tells of one before it, as in *again put off*."""
    pieces = ledger.supports[ledger.supports["fact"] == fact]
    words = pieces[["quote", "says"]].fillna("").agg(" ".join, axis=1)
    return bool(words.str.contains(_EARLIER, regex=True).any())
