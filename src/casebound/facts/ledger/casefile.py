"""Casefile: the records that people wrote of one case, read from its folder, each with its file and line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path, PurePosixPath
from typing import Generic, TypeVar

from casebound import paths
from casebound.facts.evidence.lock import NAME, Key, Lock, Locked, lock_in
from casebound.facts.problems import CaseError, Problem, Unchecked, did_you_mean, unknown
from casebound.facts.records import csl
from casebound.facts.records.models import Case, Evidence, Fact, Source, case_in, records
from casebound.facts.records.reading import Located, content_of, yaml_in
from casebound.facts.records.terms import Terms, terms_in
from casebound.facts.text.claims import names_in, words_in
from casebound.facts.text.normalisation import plain_words

TERMS = "data/terms.yaml"
Recorded = TypeVar("Recorded", Fact, Source)


@dataclass(frozen=True)
class Entry(Generic[Recorded]):
    """A fact or source with its place: the file as a user names it, and where in that file it stands."""

    record: Recorded
    located: Located
    index: int
    theme: str = ""

    @property
    def file(self) -> str:
        return self.located.name

    def line(self, *place: str | int) -> int:
        """Return the line of the entry, or of a field inside it."""
        return self.located.line((self.index, *place))

    def problem(self, what: str, fix: str, *place: str | int, code: str = "") -> Problem:
        """Return a problem of this entry at a field's line."""
        return Problem(self.file, self.line(*place), self.record.id, what, fix, code)

    def unchecked(self, why: str, *place: str | int) -> Unchecked:
        """Return what of this entry could not be checked, at a field's line."""
        return Unchecked(self.file, self.line(*place), self.record.id, why)


@dataclass(frozen=True, eq=False)  # compared by identity, so that results can be cached for it
class Casefile:
    """A case's records: `facts` and `sources` by id, in the order of the files; `folder` holds the files.

    `lock` is the content of `evidence.lock`, None without the file. `problems` are those of reading; `left_out` are the
    ids of entries that could not be read, and of those that name them. One that `is_draft` is laid out all the same.
    """

    name: str
    folder: Path
    case: Case
    case_entry: Located
    terms: Terms
    facts: dict[str, Entry[Fact]]
    sources: dict[str, Entry[Source]]
    lock: bytes | None
    problems: tuple[Problem, ...] = ()
    left_out: frozenset[str] = frozenset()
    is_draft: bool = False

    def pieces(self) -> Iterator[tuple[Entry[Fact], int, Evidence]]:
        """Yield every piece of evidence with its fact and its index there."""
        for entry in self.facts.values():
            for number, evidence in enumerate(entry.record.evidence):
                yield entry, number, evidence

    @cached_property
    def evidence_lock(self) -> Lock:
        """What `evidence.lock` holds; raises CaseError if that cannot be read."""
        return lock_in(self.lock, self.file(NAME))

    @property
    def locked(self) -> dict[Key, Locked]:
        """Where each quotation was verified."""
        return self.evidence_lock.quotations

    @cached_property
    def ordinary_words(self) -> frozenset[str]:
        """The words that facts and evidence use in small letters, which may open a sentence without being names."""
        words = (word for text in self._texts() for word in re.findall(r"[^\W\d_]+", text))
        return frozenset(word for word in words if word.islower())

    @cached_property
    def known_names(self) -> frozenset[str]:
        """The words that are names wherever they stand: of actors, places and speakers, and inside sentences."""
        case = self.case
        names = [*case.names, case.subject, *(piece.speaker or "" for _, _, piece in self.pieces())]
        names += [actor.name for actor in case.actors.values()] + [place.name for place in case.places.values()]
        words = {word for name in names for word in words_in(name)} - self.ordinary_words
        return frozenset(words.union(word.casefold() for text in self._texts() for word in names_in(text)))

    @cached_property
    def names_of_sources(self) -> dict[str, set[str]]:
        """Each source's title, authors and publisher, by the source's id."""
        names = {}
        for name, entry in self.sources.items():
            source = entry.record
            authors = [words for author in source.author for words in (csl.listed([author]), csl.surname(author))]
            texts = (source.title, source.container_title, source.publisher, *authors)
            names[name] = {plain_words(text).strip("[]") for text in texts if text}
        return names

    @cached_property
    def publishers(self) -> dict[str, set[str]]:
        """Where each source appeared and who published it, by the source's id."""
        records = {name: entry.record for name, entry in self.sources.items()}
        return {name: {plain_words(t) for t in (s.container_title, s.publisher) if t} for name, s in records.items()}

    def _texts(self) -> Iterator[str]:
        """Yield every statement, and the words of every piece of evidence."""
        for entry in self.facts.values():
            yield entry.record.statement
            yield from (piece.words for piece in entry.record.evidence)

    @cached_property
    def _actors_by_name(self) -> dict[str, list[str]]:
        by_name: dict[str, list[str]] = {}
        for name, actor in self.case.actors.items():
            by_name.setdefault(actor.name, []).append(name)
        return by_name

    @cached_property
    def _lengths(self) -> set[int]:
        return {len(name) for name in self._actors_by_name}

    def actors_named_in(self, text: str) -> list[str]:
        """Return the actors whose names stand in a short text, by looking up its parts: a case may have many actors."""
        starts = ((start, length) for length in self._lengths for start in range(len(text) - length + 1))
        parts = {text[start : start + length] for start, length in starts}
        return [actor for part in parts for actor in self._actors_by_name.get(part, ())]

    def has(self, source: str) -> bool:
        """Tell whether a source is there, be it one that could not be read."""
        return source in self.sources or source in self.left_out

    def fallen(self) -> set[str]:
        """Return the facts that no source of the case carries, because theirs are not in sources.yaml."""
        carried = {e.record.id for e, _, piece in self.pieces() if self.has(piece.source)}
        return set(self.facts) - carried

    def problem(self, what: str, fix: str, *place: str | int, subject: str = "", code: str = "") -> Problem:
        """Return a problem of `case.yaml` at a field's line, of the entry that `subject` names."""
        return Problem(self.case_entry.name, self.case_entry.line(place), subject, what, fix, code)

    def file(self, name: str) -> str:
        """Return a file of the case as a user names it, from the project's root."""
        return f"data/{self.name}/{name}"


def known_case(name: str) -> str:
    """Return the name if there is such a case; raise CaseError otherwise."""
    if name not in (known := paths.case_names()):
        what, fix = unknown("case", name, known)
        if not name:
            listed = ", ".join(known) or "none"
            what, fix = "no case is named", f"name one of data/ ({listed}), here or in CASEBOUND_CASE"
        raise CaseError([Problem("data", 0, "", what, fix)])
    return name


def casefile(name: str) -> Casefile:
    """Return the case's records, the same object while its files are unchanged.

    Raises CaseError with every problem that keeps them from being read.
    """
    read = readable(name)
    if read.problems:
        raise CaseError(read.problems)
    return read


def readable(name: str) -> Casefile:
    """Return what can be read of a case, with the problems of the rest; raise CaseError if that is next to nothing."""
    known_case(name)
    folder, contents, unread = paths.case_dir(name), {}, []
    needed = (paths.data_dir() / "terms.yaml", folder / "case.yaml", folder / "sources.yaml")
    for path in dict.fromkeys((*needed, *sorted(folder.glob("[!.]*.y*ml")), *folder.glob(NAME))):
        file = path.relative_to(paths.data_dir().parent).as_posix()
        try:
            contents[file] = content_of(path, file)
        except CaseError as error:
            unread.extend(error.problems)
    return _casefile(name, folder, tuple(contents.items()), tuple(unread))


@lru_cache(maxsize=1)
def _casefile(
    name: str, folder: Path, contents: tuple[tuple[str, bytes], ...], unread: tuple[Problem, ...]
) -> Casefile:
    """Return a case's records from the contents of its files, by their paths from the project's root."""
    content, problems = dict(contents), list(unread)
    files = ("case.yaml", "sources.yaml", "terms.yaml", NAME)
    case_name, sources_name, own_terms, lock_name = (f"data/{name}/{file}" for file in files)
    lock = content.pop(lock_name, None)
    located: dict[str, Located] = {}
    for file, raw in content.items():
        try:
            located[file] = yaml_in(raw, file)
        except CaseError as error:
            problems.extend(error.problems)
    if not {TERMS, case_name} <= located.keys():  # nothing else can be checked without them
        raise CaseError(problems)
    terms = terms_in(located.pop(TERMS), located.pop(own_terms, None), problems)
    left_out: set[str] = set()
    case_file = located.pop(case_name)
    case = case_in(case_file, problems, left_out)
    sources = _by_id(Source, located.pop(sources_name, None), problems, left_out, {})
    facts: dict[str, Entry[Fact]] = {}
    for theme, file in _of_themes(content.keys() - {TERMS, case_name, sources_name, own_terms}, terms, problems):
        facts = _by_id(Fact, located.get(file), problems, left_out, facts, theme)
    if case is None:
        raise CaseError(problems)
    read = (name, folder, case, case_file, terms, facts, sources, lock)
    return Casefile(*read, tuple(problems), frozenset(left_out))


def _of_themes(files: Iterable[str], terms: Terms, problems: list[Problem]) -> list[tuple[str, str]]:
    """Return themes with their files, in the order of the themes; a file of no theme is a problem."""
    by_stem = {PurePosixPath(file).stem: file for file in files}
    for stem, file in by_stem.items():
        if stem not in terms["theme"] or not file.endswith(".yaml"):
            fix = did_you_mean(stem, terms["theme"]) + " (themes stand in data/terms.yaml, files end in .yaml)"
            problems.append(Problem(file, 0, "", "the file is named for no theme", fix, "CB005"))
    return [(theme, by_stem[theme]) for theme in terms["theme"] if theme in by_stem]


def _by_id(
    model: type[Recorded],
    located: Located | None,
    problems: list[Problem],
    left_out: set[str],
    known: dict[str, Entry[Recorded]],
    theme: str = "",
) -> dict[str, Entry[Recorded]]:
    """Return `known` with the file's entries; an id that stands twice is a problem, one not read is `left_out`."""
    if located is None:
        return known
    entries = dict(known)
    for recorded, index in records(model, located, problems, left_out):
        entry = Entry(recorded, located, index, theme)
        first = entries.setdefault(recorded.id, entry)
        if first is not entry:
            fix = f"it stands first at {first.file}:{first.line()}"
            problems.append(entry.problem("this id stands twice", fix, "id", code="CB004"))
    return entries
