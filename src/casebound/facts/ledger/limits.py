"""Limits: which sources of a case a ledger uses, by the moment when each could be read and by name."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from casebound.facts.dates import edtf
from casebound.facts.problems import CaseError, Problem, unknown
from casebound.paths import usual_case

if TYPE_CHECKING:  # the process that starts kernels needs none of it
    from casebound.facts.ledger.casefile import Casefile
    from casebound.facts.records.models import Source

# In a build these variables hold the report's limits, so that a reader's notebook, which loads the case without naming
# any, does not bring later knowledge into a report of an earlier day.
LIMITS = {"as_of": "CASEBOUND_AS_OF", "sources": "CASEBOUND_SOURCES"}
_FIXES = {
    "case": "write the name of a folder of data/, such as 'my-case'",
    "as_of": "give a date or a date with time, such as '2025-09-25' or '2025-09-25T17:12'",
    "sources": "give ids as one text with commas, 'one-source,another', or as a list",
}
_DAY_ENDS = time(23, 59, 59)


def arguments(case: object, as_of: object, sources: object) -> tuple[str, str, str]:
    """Return the arguments of `load` as texts, empty limits from the environment; raise CaseError for other types."""
    values = {
        "case": case,
        "as_of": as_of.isoformat() if isinstance(as_of, date) else as_of or "",
        "sources": _joined(sources),
    }
    if wrong := [_mistyped(name, value) for name, value in values.items() if not isinstance(value, str)]:
        raise CaseError(wrong)
    texts = {name: str(value) for name, value in values.items()}
    as_of, sources = (texts[name] or os.environ.get(variable, "") for name, variable in LIMITS.items())
    return texts["case"] or usual_case(), as_of, sources


def _joined(sources: object) -> object:
    """Return ids as one text with commas; the first element that is not an id; what is not a list unchanged."""
    if isinstance(sources, str) or not isinstance(sources, Iterable):
        return sources or ""
    ids = list(sources)
    return next((name for name in ids if not isinstance(name, str)), ",".join(map(str, ids)))


def _mistyped(name: str, value: object) -> Problem:
    kind = type(value).__name__
    return Problem(f"load({name}=…)", 0, "", f"cannot take {'an' if kind[0] in 'aeiou' else 'a'} {kind}", _FIXES[name])


def sources_within(
    records: Casefile, as_of: str, sources: str
) -> tuple[dict[str, Source], datetime | None, tuple[str, ...]]:
    """Return the sources within the limits, the moment, and the ids that limit them; errors are those of `load`."""
    problems: list[Problem] = []
    moment = _moment(as_of, records.case.timezone, problems) if as_of else None
    ids = tuple(filter(None, (name.strip() for name in sources.split(","))))
    if sources and not ids:
        what, fix = f"sources is '{sources}', which names no source", "give ids, or leave it empty for all of them"
        problems.append(Problem(records.file("sources.yaml"), 0, "", what, fix))
    for name in ids:
        if name not in records.sources:
            problems.append(Problem(records.file("sources.yaml"), 0, "", *unknown("source", name, records.sources)))
    if problems:
        raise CaseError(problems)
    named = {name: entry.record for name, entry in records.sources.items() if not ids or name in ids}
    dates = {name: available(source, records.case.timezone) for name, source in named.items()}
    within = {n: source for n, source in named.items() if not moment or ((day := dates[n]) and day <= moment)}
    if not within and (as_of or ids):
        first = min(filter(None, dates.values()), default=None)
        raise CaseError([Problem(records.file("sources.yaml"), 0, "", *_nothing_known(as_of, first))])
    return within, moment, ids


def available(source: Source, timezone: str) -> datetime | None:
    """Return the moment by which a source could surely be read: the end of its day if it has no time.

    None for a source of which only the earliest day is known: it belongs to no report of an earlier day than today's.
    """
    when, zone = edtf.parse(source.available), ZoneInfo(timezone)
    if when.moment is not None:
        return when.moment.astimezone(zone)
    return datetime.combine(when.latest, _DAY_ENDS, zone) if when.latest else None


def _moment(text: str, timezone: str, problems: list[Problem]) -> datetime | None:
    """Return the moment in the case's time zone, the end of a day; None with a problem if the text is no date."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        what, fix = f"'{text}' is not a date", "write a date or a date with time: 2025-09-25 or 2025-09-25T17:12"
        problems.append(Problem("as_of", 0, "", what, fix))
        return None
    if not 1000 <= moment.year <= 9000:
        what = f"the year of '{text}' is out of range"
        problems.append(Problem("as_of", 0, "", what, "write a date such as 2025-09-25"))
        return None
    if len(text) <= 10:
        moment = datetime.combine(moment, _DAY_ENDS)
    zone = ZoneInfo(timezone)
    return moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)


def _nothing_known(as_of: str, first: datetime | None) -> tuple[str, str]:
    """Return why no source is within the limits, and the fix; the first could be read at `first`."""
    what = f"nothing was known at {as_of}: no source could be read yet"
    if first is None:
        return what, "add a source to sources.yaml"
    # a source of which only the day is known counts from the end of that day
    day = f"{first:%Y-%m-%d}" if first.time() == _DAY_ENDS else f"{first:%Y-%m-%dT%H:%M}"
    return what, f"choose a moment from {day} on"
