"""Ledger: a case's facts, evidence and sources as tables, whole or as known at a moment."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo

import pandas as pd

from casebound.facts.dates import edtf
from casebound.facts.dates.edtf import When, Window
from casebound.facts.ledger import frames
from casebound.facts.ledger.casefile import Casefile, Entry, casefile
from casebound.facts.ledger.holding import is_held_by
from casebound.facts.ledger.limits import LIMITS
from casebound.facts.ledger.relations import followed, openers
from casebound.facts.problems import CaseError, Problem, did_you_mean
from casebound.facts.records.models import Source

_FRAMES = ("facts", "evidence", "sources", "causes", "answers", "supersessions")


# A ledger is itself and no other, so that results can be kept for it; all that it holds would be too long to print.
@dataclass(frozen=True, eq=False, repr=False)
class Ledger:
    """What a case holds, as data frames; analysis and pages read nothing else.

    `facts`: one row a fact, indexed by its id. `evidence`: one row a piece, with `fact` and `source`.
    `sources`: one row a source, indexed by its id. `causes`: one row an edge of the cascade (`cause` led to
    `effect`). `answers`: one row a `question` that a `fact` answers. `supersessions`: one row an `old` fact that a
    `new` one overtakes, and `how`. `as_of` is the moment at which the
    ledger is looked at, None for all that it holds; `limited_to` names the only sources used, if it was limited.
    """

    name: str
    records: Casefile
    facts: pd.DataFrame
    evidence: pd.DataFrame
    sources: pd.DataFrame
    causes: pd.DataFrame
    answers: pd.DataFrame
    supersessions: pd.DataFrame
    as_of: datetime | None
    limited_to: tuple[str, ...]

    def __repr__(self) -> str:
        frames = {"facts": self.facts, "pieces of evidence": self.evidence, "sources": self.sources}
        counts = ", ".join(f"{name}: {len(frame)}" for name, frame in frames.items())
        when = f" as known on {self.as_known}" if pd.notna(self.as_of or self.known) else ""
        return f"Ledger of {self.name}{when}; {counts}"

    @property
    def case(self):
        """The case's own record: title, names, actors, questions."""
        return self.records.case

    @property
    def terms(self):
        """The controlled words."""
        return self.records.terms

    @property
    def known(self) -> datetime | None:
        """The moment of the newest dated source in the ledger, None if it has no dated source."""
        newest = self.sources["available"].max()
        return None if pd.isna(newest) else newest

    @property
    def as_known(self) -> str:
        """The moment that the ledger shows, as a report prints it: a day where its end is meant."""
        known = self.as_of or self.known
        if known is None:
            return "an unknown day"
        return f"{known:%-d %B %Y}" if f"{known:%H:%M:%S}" == "23:59:59" else f"{known:%-d %B %Y, %H:%M %Z}"

    @cached_property
    def supports(self) -> pd.DataFrame:
        """The pieces of evidence that support their fact; what disputes or supersedes one is not among them."""
        return self.evidence[self.evidence["stance"] == "supports"]

    @cached_property
    def carriers(self) -> dict[str, list[dict]]:
        """The pieces of evidence that support each fact, as dictionaries."""
        found: dict[str, list[dict]] = {}
        for piece in self.supports.to_dict("records"):
            found.setdefault(piece["fact"], []).append(piece)
        return found

    @cached_property
    def reported(self) -> pd.Series:
        """The moment by which the first supporting source of each fact could be read, NaT where none has a day."""
        moments = self.supports["source"].map(self.sources["available"]).groupby(self.supports["fact"]).min()
        return moments.reindex(self.facts.index)

    @cached_property
    def superseded(self) -> frozenset[str]:
        """The facts that another in the ledger overtakes, corrects or withdraws."""
        return frozenset(self.supersessions["old"])

    @cached_property
    def followed(self) -> frozenset[str]:
        """The facts in the ledger that a resolution follows."""
        return frozenset(followed(self.records, self.facts.index))

    @cached_property
    def openers(self) -> dict[str, str]:
        """The fact that opens each phase, of several the one that is followed and not overtaken."""
        opens = self.facts["opens"].dropna().to_dict()
        return {phase: ids[0] for phase, ids in openers(opens, set(self.superseded), set(self.followed)).items()}

    def when(self, fact: str) -> When:
        """Return a fact's date with its windows; what was reported "by" a day may have happened on any day before."""
        record = self.records.facts[fact].record
        when, rule, event = edtf.parse(record.when), record.dated.rule, record.dated.event
        if rule == "by-publication":
            window = Window(None, when.end.latest)
            return replace(when, start=window, end=window, span=False)
        if rule == "since-event" and event in self.facts.index:
            return replace(when, start=self.when(event).start)  # EDTF has no span that begins in a window of days
        return when


def load(case: str, as_of: str = "", sources: str = "") -> Ledger:
    """Return the ledger of a case, as known at `as_of`, limited to the comma-separated `sources`.

    `as_of` is a date (its whole day counts) or a date with time (in the case's time zone where it names none).
    Raises CaseError with every problem at once: a broken file, an unknown case or source, a bad date, a moment
    before any source could be read, an argument that is no text.
    """
    given = {"case": case, "as_of": as_of or "", "sources": sources or ""}
    if wrong := [_no_text(name, value) for name, value in given.items() if not isinstance(value, str)]:
        raise CaseError(wrong)
    as_of, sources = as_of or os.environ.get(LIMITS["as_of"], ""), sources or os.environ.get(LIMITS["sources"], "")
    return limited(casefile(case), as_of, sources)


def _no_text(name: str, value: object) -> Problem:
    fixes = {
        "case": "write the name of a folder of data/, such as 'my-case'",
        "as_of": "write a date or a date with time: '2025-09-25' or '2025-09-25T17:12'",
        "sources": "write the ids in one text, separated by commas: 'one-source,another'",
    }
    return Problem(f"load({name}=…)", 0, "", f"a {type(value).__name__} is no text", fixes[name])


def limited(records: Casefile, as_of: str, sources: str) -> Ledger:
    """Return the ledger of a case that has been read; `as_of`, `sources` and errors are those of `load`."""
    found = _limited(records, as_of, sources)
    return replace(found, **{name: getattr(found, name).copy() for name in _FRAMES})  # for the caller to change


@lru_cache(maxsize=1)
def _limited(records: Casefile, as_of: str, sources: str) -> Ledger:
    return _ledger(records, *_kept(records, as_of, sources))


def carried(records: Casefile, as_of: str, sources: str) -> list[Entry]:
    """Return the facts that the ledger so limited would hold, without laying it out."""
    kept, *_ = _kept(records, as_of, sources)
    return _carried(records, kept)


def _kept(records: Casefile, as_of: str, sources: str) -> tuple[dict[str, Source], datetime | None, tuple[str, ...]]:
    """Return the sources that a ledger so limited keeps, its moment, and the names to which it is limited."""
    problems: list[Problem] = []
    moment = _moment(as_of, records.case.timezone, problems)
    limited_to = tuple(filter(None, (name.strip() for name in sources.split(","))))
    for name in limited_to:
        if name not in records.sources:
            what = f"the case has no source '{name}'"
            problems.append(Problem(records.file("sources.yaml"), 0, "", what, did_you_mean(name, records.sources)))
    if problems:
        raise CaseError(problems)
    kept = {
        name: entry.record
        for name, entry in records.sources.items()
        if (not limited_to or name in limited_to) and (moment is None or _is_out(entry.record, records, moment))
    }
    if not kept:
        raise CaseError([_nothing_known(records, limited_to, as_of)])
    return kept, moment, limited_to


def _is_out(source: Source, records: Casefile, moment: datetime) -> bool:
    """Tell whether a source could surely be read at a moment."""
    available = frames.available(source, records)
    return available is not None and available <= moment


def _moment(text: str, timezone: str, problems: list[Problem]) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        fix = "write a date or a date with time: 2025-09-25 or 2025-09-25T17:12"
        problems.append(Problem("as_of", 0, "", f"'{text}' is no date", fix))
        return None
    if not 1000 <= moment.year <= 9000:
        problems.append(Problem("as_of", 0, "", f"'{text}' is no year of ours", "write a date such as 2025-09-25"))
        return None
    if len(text) <= 10:
        moment += timedelta(days=1, seconds=-1)
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(timezone))


def _nothing_known(records: Casefile, limited_to: tuple[str, ...], as_of: str) -> Problem:
    wanted = [e.record for name, e in records.sources.items() if not limited_to or name in limited_to]
    first = min(filter(None, (frames.available(source, records) for source in wanted)), default=None)
    what = f"nothing was known at {as_of}: no source could be read yet" if as_of else "the case has no source"
    fix = "add a source to sources.yaml"
    if first:  # a source of which only the day is known counts from the end of that day
        moment = f"{first:%Y-%m-%d}" if first.time() == time(23, 59, 59) else f"{first:%Y-%m-%dT%H:%M}"
        fix = f"choose a moment from {moment} on"
    return Problem(records.file("sources.yaml"), 0, "", what, fix)


def _ledger(records: Casefile, kept: dict[str, Source], moment: datetime | None, limited_to: tuple[str, ...]) -> Ledger:
    entries = _carried(records, kept)
    facts, sources = frames.facts(entries), frames.sources(records, kept)
    evidence = frames.evidence(records, kept)
    evidence = evidence[evidence["fact"].isin(facts.index)].reset_index(drop=True)
    return Ledger(
        name=records.name,
        records=records,
        facts=facts.assign(**frames.borne_out(facts.index, evidence)),
        evidence=evidence,
        sources=sources,
        causes=frames.causes(entries, kept),
        answers=frames.answers(entries),
        supersessions=frames.supersessions(entries),
        as_of=moment,
        limited_to=limited_to,
    )


def _carried(records: Casefile, kept: dict[str, Source]) -> list[Entry]:
    return [entry for entry in records.facts.values() if _is_carried(records, entry, kept)]


def _is_carried(records: Casefile, entry: Entry, kept: dict[str, Source]) -> bool:
    """Tell whether the sources kept carry a fact: one supports it, and together they hold all that we say of it."""
    there = [piece.source in kept for piece in entry.record.evidence if piece.stance == "supports"]
    # `make check` holds every statement against all its evidence; some of its words may be a later source's
    return any(there) and (all(there) or is_held_by(records, entry, kept))
