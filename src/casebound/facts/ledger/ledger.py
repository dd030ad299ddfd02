"""Ledger: a case's facts, evidence and sources as tables, whole or as known at a moment."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property, lru_cache
from html import escape

import pandas as pd

from casebound.facts.dates import edtf
from casebound.facts.dates.edtf import When
from casebound.facts.ledger import frames
from casebound.facts.ledger.casefile import Casefile, Entry
from casebound.facts.ledger.holding import is_held_by, is_held_in
from casebound.facts.ledger.limits import arguments, sources_within
from casebound.facts.ledger.partial import usable
from casebound.facts.ledger.relations import followed, openers
from casebound.facts.records.models import Case, Fact, Source
from casebound.facts.records.reading import text_of
from casebound.facts.records.terms import Terms

FRAMES = ("facts", "evidence", "sources", "causes", "answers", "supersessions")


@dataclass(frozen=True, eq=False, repr=False)  # compared by identity, so that results can be cached for it
class Ledger:
    """What a case holds, as data frames; analysis and pages read nothing else.

    Text is `string` and figures are `Float64`: what is absent is `pd.NA` there, `NaT` in days and moments, an empty
    tuple in lists. Moments are in the case's time zone.

    facts: one row a fact, indexed by its id `fact` (string)
        theme (string): the data file that holds it
        statement, label (string): what it says, in our words, and in short; the statement again if it has no label
        named (bool): has a label of its own
        when, date (string): its date, in EDTF as written and as a report prints it
        earliest, latest (datetime64[us]): the first and last day on which it may have begun or ended; NaT is open
        lasts (bool): went on from `earliest` to `latest`, rather than happened on a day between them
        rule (string): how the source's words give the date
        status (string): done, planned, claimed …: a word of data/terms.yaml
        firm (bool): is done or under way
        actor, accused (string): who acts, and who is said to have attacked: ids of case.yaml
        system, state (string): a thing that stopped or came back, and how far
        places, told_to, affected (object): tuples of ids of places, and of parties told and affected
        forecast (string): the date that it holds out, in EDTF
        act, outcome_of (string): what kind of act it is; the fact whose outcome this is
        effect (string): what was done to the parties affected
        opens (string): the phase that begins with it
        qualifier (string): the source's word before its figure: about, more than …
        low, high (Float64): its figure in `unit`, both the same if it is exact; NA is open
        unit, measure, scope, period, method (string): of what the figure is, for which days (EDTF), and how it was got
        pieces, sources, origins (int64): how many pieces of evidence support it, sources and independent origins of it
    evidence: one row a piece of evidence
        fact (string): the fact that it is about
        piece (int64): its place there, from 0
        source, origin (string): the source that prints it, and who first said it
        basis (string): whose word it is: company, official, attacker …
        quote, says, figure_as_printed (string): the source's words, or our paraphrase and the figure in it
        read (string): the day on which a person last compared the paraphrase with its source
        speaker (string): who says it
        direct (bool): stands inside the source's quotation marks
        stance (string): supports, disputes or supersedes
        part (string): where in the text it was verified: headline, paragraph 4 …; empty if it was not
        state (string): verified, found, read or unread
        unchecked (string): why a found quotation is not verified, or a piece is unread
    sources: one row a source, indexed by its id `source` (string)
        short, title, author, publisher, url (string): where it appeared and when, in short; what a register prints
        language (string): the language of its text, such as de or en-GB
        issued (string): when it was issued, in EDTF
        available (datetime64[us, zone]): the moment by which it could surely be read; NaT is not known
        origin, grade, grade_reason (string): who first said what it prints; its Admiralty grade, A to F, and why
        access, sha256 (string): full or excerpt; the fingerprint of its text
        note (string): what else a reader should know
    causes: one row an edge of the cascade
        cause, effect (string): the fact that led to the other, and the other
        link, words, reason (string): quoted or inferred; the words that say so, or why we think so
    answers: one row an answer of a fact to a question of the case
        question, fact, answer (string): their ids, and the answer in few words
    supersessions: one row a fact that a later one overtakes
        old, new, how (string): their ids; superseded, corrected or withdrawn

    `as_of` is the moment that the ledger shows, None for all that the case holds; `limited_to` holds the ids of the
    only sources used, and is empty if all are.
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
        return f"{self._title}; {', '.join(f'{name}: {len(frame)}' for name, frame in frames.items())}"

    def _repr_html_(self) -> str:
        sizes = [(name, *getattr(self, name).shape) for name in FRAMES]
        table = pd.DataFrame(sizes, columns=["frame", "rows", "columns"]).to_html(index=False)
        return table.replace("<thead>", f"<caption>{escape(self._title)}</caption>\n  <thead>", 1)

    @property
    def _title(self) -> str:
        when = f" as known on {self.as_known}" if self.as_of or self.known else ""
        return f"Ledger of {self.name}{when}"

    @property
    def case(self) -> Case:
        """The case's own record: title, names, actors, questions."""
        return self.records.case

    @property
    def terms(self) -> Terms:
        """The controlled words."""
        return self.records.terms

    def record(self, fact: str) -> Fact:
        """Return a fact of the case as written, whether the ledger holds it or not."""
        return self.records.facts[fact].record

    def file(self, name: str) -> str:
        """Return a file of the case as a user names it, from the project's root."""
        return self.records.file(name)

    def text(self, name: str) -> str:
        """Return the text of a file of the case; raise CaseError if it cannot be read."""
        return text_of(self.records.folder / name, self.file(name))

    def holds(self, text: str, facts: Collection[str]) -> bool:
        """Tell whether these facts, as far as the ledger's sources carry them, hold one of our texts."""
        return is_held_in(self.records, text, facts, self.sources.index)

    def known_at(self, moment: datetime) -> Ledger:
        """Return the ledger as known at an earlier moment, limited to the same sources."""
        return limited(self.records, moment.isoformat(), ",".join(self.limited_to))

    @property
    def known(self) -> datetime | None:
        """The moment of the newest dated source in the ledger, None if it has no dated source."""
        newest = self.sources["available"].max()
        return None if pd.isna(newest) else newest

    @property
    def alone(self) -> str:
        """The sources to which the ledger is limited, as a report prints them; empty if to none."""
        return " and ".join(self.sources.at[source, "short"] for source in self.limited_to)

    @property
    def as_known(self) -> str:
        """The moment that the ledger shows, as a report prints it."""
        known = self.as_of or self.known
        if known is None:
            return "an unknown day"
        if self.as_of and _ends_a_day(self.as_of):  # a day as given, whatever source names only its month
            return self.printed(edtf.parse(f"{self.as_of:%Y-%m-%d}")).replace("\u00a0", " ")
        return ("a day in " * (known in self._months) + self.stamp(known)).replace("\u00a0", " ")

    @cached_property
    def _months(self) -> dict[datetime, When]:
        """The months and years by which a source could be read, by the moments at which they end."""
        whens = {source: edtf.parse(self.records.sources[source].record.available) for source in self.sources.index}
        moments = self.sources["available"].dropna()
        return {moment: whens[source] for source, moment in moments.items() if not whens[source].has_day}

    def dated(self, moment: datetime) -> When:
        """Return the date of a source's moment, no more exact than the source: its day, month or year."""
        return self._months.get(moment) or edtf.parse(f"{moment:%Y-%m-%d}")

    def day(self, moment: datetime) -> str:
        """Return the date of a source's moment in prose."""
        return "no day known" if pd.isna(moment) else self.printed(self.dated(moment))

    def month(self, moment: datetime) -> str:
        """Return the month of a source's moment in EDTF, its year if no more is known; `unknown` without a day."""
        return "unknown" if pd.isna(moment) else self.dated(moment).text[:7]

    def stamp(self, moment: datetime) -> str:
        """Return a source's moment in prose, with its time and zone if it has a time."""
        if pd.isna(moment) or _ends_a_day(moment):
            return self.day(moment)
        return f"{self.day(moment)}, {edtf.clock(moment, self.case.timezone, self.case.language)}"

    def printed(self, when: When) -> str:
        """Return a date in prose, with times in the zone of the case where they have its offset."""
        return edtf.readable(when, self.case.timezone, self.case.language)

    def answers_about(self, what: str) -> pd.DataFrame:
        """Return the answers to the questions about the attacker, the data or the bearers of the cost."""
        asked = [question.id for question in self.case.questions if question.about == what]
        return self.answers[self.answers["question"].isin(asked)]

    @cached_property
    def supports(self) -> pd.DataFrame:
        """The pieces of evidence that support their fact; what disputes or supersedes one is not among them."""
        return frames.supporting(self.evidence)

    @cached_property
    def disputed(self) -> frozenset[str]:
        """The facts that a piece of evidence disputes."""
        return frozenset(self.evidence.loc[self.evidence["stance"] == "disputes", "fact"])

    @cached_property
    def carriers(self) -> dict[str, list[dict]]:
        """The pieces of evidence that support each fact, as dictionaries, with None for what is absent."""
        pieces: dict[str, list[dict]] = {}
        for piece in frames.rows(self.supports):
            pieces.setdefault(piece["fact"], []).append(piece)
        return pieces

    @cached_property
    def reported(self) -> pd.Series:
        """The moment by which the first supporting source of each fact could be read, NaT where none has a day."""
        carried = self.supports.join(self.sources["available"], on="source")
        return carried.groupby("fact")["available"].min().reindex(self.facts.index)

    @cached_property
    def superseded(self) -> frozenset[str]:
        """The facts that another in the ledger overtakes, corrects or withdraws."""
        return frozenset(self.supersessions["old"])

    @cached_property
    def corrected(self) -> frozenset[str]:
        """The facts that another in the ledger corrects or withdraws."""
        return frozenset(self.supersessions.loc[self.supersessions["how"] != "superseded", "old"])

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
        record = self.record(fact)
        when, rule, event = edtf.parse(record.when), record.dated.rule, record.dated.event
        if rule == "by-publication":
            return edtf.up_to(when)
        if rule == "since-event" and event and event in self.facts.index:
            return replace(when, start=self.when(event).start)  # EDTF has no span that begins in a window of days
        return when


def _ends_a_day(moment: datetime) -> bool:
    """Tell whether a moment stands for its whole day."""
    return f"{moment:%H:%M:%S}" == "23:59:59"


def load(case: str, as_of: str | date | None = None, sources: str | Iterable[str] | None = None) -> Ledger:
    """Return the ledger of a case, as known at `as_of`, limited to `sources`; see `Ledger` for its frames.

    case: the name of a folder of data/; empty for the only one there, or the one that CASEBOUND_CASE names.
    as_of: a day, which counts whole, or a moment, in the case's time zone if it names none: text such as `2025-09-25`
        or `2025-09-25T17:12`, a `date`, a `datetime` or a `pandas.Timestamp`. All that is known if it is empty.
    sources: ids of sources, in one text with commas or in any iterable. All of them if it is empty.

    Raises CaseError with every problem at once: a broken file, an unknown case or source, a bad date, a moment before
    any source could be read, an argument of another type. In a draft the broken part of the files is left out instead.
    """
    name, *limits = arguments(case, as_of, sources)
    return limited(usable(name), *limits)


def limited(records: Casefile, as_of: str, sources: str) -> Ledger:
    """Return the ledger of a case that has been read; `as_of`, `sources` and errors are those of `load`."""
    ledger = _limited(records, as_of, sources)
    return replace(ledger, **{name: getattr(ledger, name).copy() for name in FRAMES})  # for the caller to change


@lru_cache(maxsize=4)  # a check goes back to the whole ledger after earlier ones
def _limited(records: Casefile, as_of: str, sources: str) -> Ledger:
    return ledger_of(records, *sources_within(records, as_of, sources))


def ledger_of(
    records: Casefile, sources: dict[str, Source], as_of: datetime | None = None, limited_to: tuple[str, ...] = ()
) -> Ledger:
    """Return the ledger of a case from these of its sources, which are those within the limits."""
    entries = _carried_by(records, sources)
    facts, evidence = frames.facts(entries, records.case), frames.evidence(records, sources)
    evidence = evidence[evidence["fact"].isin(facts.index)].reset_index(drop=True)
    return Ledger(
        name=records.name,
        records=records,
        facts=facts.join(frames.counts(facts.index, evidence)),
        evidence=evidence,
        sources=frames.sources(records, sources),
        causes=frames.causes(entries, sources),
        answers=frames.answers(entries),
        supersessions=frames.supersessions(entries),
        as_of=as_of,
        limited_to=limited_to,
    )


def known_facts(records: Casefile, as_of: str, sources: str) -> frozenset[str]:
    """Return the facts that the ledger so limited would hold, without laying it out; errors are those of `load`."""
    within, *_ = sources_within(records, as_of, sources)
    return frozenset(entry.record.id for entry in _carried_by(records, within))


def _carried_by(records: Casefile, sources: Collection[str]) -> list[Entry[Fact]]:
    """Return the facts that one of these sources supports, and of which together they hold all that we say."""
    # `make check` compares a statement with all its evidence; some of its words may be a later source's
    return [
        entry
        for entry in records.facts.values()
        if any(within := [piece.source in sources for piece in entry.record.supporting])
        and (all(within) or is_held_by(records, entry, sources))
    ]
