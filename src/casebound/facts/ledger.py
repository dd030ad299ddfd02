"""Ledger: a case's facts, evidence and sources as tables, whole or as known at a moment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pandas as pd

from casebound.facts import dates
from casebound.facts.casefile import Casefile, Entry, casefile
from casebound.facts.dates import DateError, When, Window
from casebound.facts.lock import NAME, Key, Locked, locked
from casebound.facts.problems import CaseError, Problem, did_you_mean
from casebound.facts.records import Evidence, Source
from casebound.facts.wording import typeset

FIRM = ("done", "under way")


@dataclass(frozen=True)
class Ledger:
    """What a case holds, as data frames; analysis and pages read nothing else.

    `facts`: one row a fact, indexed by its id. `evidence`: one row a piece, with `fact` and `source`.
    `sources`: one row a source, indexed by its id. `causes`: one row an edge of the cascade (`cause` led to
    `effect`). `answers`: one row a `question` that a `fact` answers. `as_of` is the moment at which the
    ledger is looked at, None for all that it holds; `limited_to` names the only sources used, if it was limited.
    """

    name: str
    records: Casefile
    facts: pd.DataFrame
    evidence: pd.DataFrame
    sources: pd.DataFrame
    causes: pd.DataFrame
    answers: pd.DataFrame
    as_of: datetime | None
    limited_to: tuple[str, ...]

    @property
    def case(self):
        """The case's own record: title, names, actors, questions."""
        return self.records.case

    @property
    def terms(self):
        """The controlled words."""
        return self.records.terms

    @property
    def known(self) -> datetime:
        """The moment of the newest source in the ledger: nothing in it could be read later."""
        return max(self.sources["available"])

    def when(self, fact: str) -> When:
        """Return a fact's date with its windows; what was reported "by" a day may have happened on any day before."""
        when = dates.parse(self.facts.at[fact, "when"])
        if self.facts.at[fact, "rule"] == "by-publication":
            window = Window(None, when.end.latest)
            return replace(when, start=window, end=window, span=False)
        return when


def load(case: str, as_of: str = "", sources: str = "") -> Ledger:
    """Return the ledger of a case, as known at `as_of`, limited to the comma-separated `sources`.

    `as_of` is a date (its whole day counts) or a date with time (in the case's time zone where it names none).
    Raises CaseError with every problem at once: a broken file, an unknown case or source, a bad date, a moment
    before any source could be read.
    """
    records = casefile(case)
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
        if (not limited_to or name in limited_to) and (moment is None or available(entry.record, records) <= moment)
    }
    if not kept:
        raise CaseError([_nothing_known(records, limited_to, as_of)])
    return _ledger(records, kept, moment, limited_to)


def available(source: Source, records: Casefile) -> datetime:
    """Return the moment by which a source could surely be read: the end of its day where no time is given."""
    when = dates.parse(source.available)
    if when.moment is not None:
        return when.moment.astimezone(ZoneInfo(records.case.timezone))
    return datetime.combine(when.latest, time.max.replace(microsecond=0), ZoneInfo(records.case.timezone))


def _moment(text: str, timezone: str, problems: list[Problem]) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        cure = "write a date or a date with time: 2025-09-25 or 2025-09-25T17:12"
        problems.append(Problem("as_of", 0, "", f"'{text}' is no date", cure))
        return None
    if len(text) <= 10:
        moment += timedelta(days=1, seconds=-1)
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(timezone))


def _nothing_known(records: Casefile, limited_to: tuple[str, ...], as_of: str) -> Problem:
    wanted = [e.record for name, e in records.sources.items() if not limited_to or name in limited_to]
    first = min((available(source, records) for source in wanted), default=None)
    what = f"nothing was known at {as_of}: no source could be read yet" if as_of else "the case has no source"
    cure = f"choose a moment from {first:%Y-%m-%dT%H:%M} on" if first else "add a source to sources.yaml"
    return Problem(records.file("sources.yaml"), 0, "", what, cure)


def _ledger(records: Casefile, kept: dict[str, Source], moment, limited_to) -> Ledger:
    seen = locked(records.folder, records.file(NAME))
    evidence = _evidence(records, kept, seen)
    carried = set(evidence.loc[evidence["stance"] == "supports", "fact"])
    evidence = evidence[evidence["fact"].isin(carried)].reset_index(drop=True)
    entries = [entry for name, entry in records.facts.items() if name in carried]
    facts = pd.DataFrame([_fact_row(entry) for entry in entries], columns=_FACT).set_index("fact")
    by_fact = evidence.merge(_sources(records, kept)[["origin"]], left_on="source", right_index=True, how="left")
    counts = by_fact.groupby("fact").agg(pieces=("source", "size"), sources=("source", "nunique"), origins=("origin", "nunique"))
    return Ledger(
        name=records.name,
        records=records,
        facts=facts.join(counts),
        evidence=evidence,
        sources=_sources(records, kept),
        causes=_causes(entries, carried),
        answers=pd.DataFrame(
            [(question, e.record.id, answer) for e in entries for question, answer in e.record.answers.items()],
            columns=["question", "fact", "answer"],
        ),
        as_of=moment,
        limited_to=limited_to,
    )


_FACT = [
    *("fact", "theme", "statement", "label", "named", "when", "date", "earliest", "latest", "lasts", "rule", "status", "firm"),
    *("actor", "system", "state", "affected", "effect", "opens", "low", "high", "unit", "measure", "scope"),
]


def _fact_row(entry: Entry) -> tuple:
    fact, quantity = entry.record, entry.record.quantity
    try:
        when = dates.parse(fact.when)
    except DateError as error:
        raise CaseError([entry.problem(str(error), "see data/README.md, dates", "when")]) from None
    figures = (None,) * 5
    if quantity:
        low = quantity.low if quantity.low is not None else quantity.value
        high = quantity.high if quantity.high is not None else quantity.value
        figures = (low, high, quantity.unit, quantity.measure, quantity.scope)
    return (
        *(fact.id, entry.theme, typeset(fact.statement), typeset(fact.label or fact.statement), fact.label is not None),
        *(fact.when, dates.readable(when)),
        *(pd.Timestamp(when.earliest) if when.earliest else pd.NaT, pd.Timestamp(when.latest) if when.latest else pd.NaT),
        # "by publication" says when at the latest a thing happened, not that it lasted until then
        *(when.span and fact.dated.rule != "by-publication", fact.dated.rule, fact.status, fact.status in FIRM),
        *(fact.actor, fact.system, fact.state, fact.affected, fact.effect, fact.opens, *figures),
    )


def _evidence(records: Casefile, kept: dict[str, Source], seen: dict[Key, Locked]) -> pd.DataFrame:
    columns = ["fact", "piece", "source", "basis", "quote", "says", "speaker", "direct", "stance", "part", "state"]
    rows = []
    for entry, number, piece in records.pieces():
        if piece.source in kept:
            one = seen.get((entry.record.id, number))
            state = _state(piece, kept[piece.source], one)
            part = one.anchor.part if one else ""
            rows.append(
                (entry.record.id, number, piece.source, piece.basis, piece.quote, piece.says, piece.speaker, piece.direct,
                 piece.stance, part, state)
            )  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def _state(piece: Evidence, source: Source, one: Locked | None) -> str:
    """Return "verified" for a quotation found in the text of that fingerprint, else "excerpt" or "recorded"."""
    if piece.quote and one and one.sha256 == source.sha256:
        return "verified"
    return "excerpt" if source.access == "excerpt" else "recorded"


def _sources(records: Casefile, kept: dict[str, Source]) -> pd.DataFrame:
    rows = [
        (s.id, s.title, " and ".join(_name(a) for a in s.author), s.container_title or s.publisher, s.url, s.issued,
         available(s, records), s.origin, s.grade, s.grade_reason, s.access, s.sha256, s.note)
        for s in kept.values()
    ]  # fmt: skip
    columns = ["source", "title", "author", "publisher", "url", "issued", "available", "origin", "grade", "grade_reason",
               "access", "sha256", "note"]  # fmt: skip
    return pd.DataFrame(rows, columns=columns).set_index("source")


def _name(author) -> str:
    return f"{author.given} {author.family}" if author.given else author.family


def _causes(entries: list[Entry], carried: set[str]) -> pd.DataFrame:
    rows = [
        (cause.fact, entry.record.id, cause.link, cause.words, cause.reason)
        for entry in entries
        for cause in entry.record.caused_by
        if cause.fact in carried
    ]
    return pd.DataFrame(rows, columns=["cause", "effect", "link", "words", "reason"])
