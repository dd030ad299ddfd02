"""Casefile: all that people wrote about one case, read from its folder, each entry with its file and line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from casebound import paths
from casebound.facts.lock import NAME, Key, Locked, locked
from casebound.facts.memory import uncollected
from casebound.facts.problems import CaseError, Problem, did_you_mean
from casebound.facts.reading import Located, yaml_file
from casebound.facts.records import Case, Evidence, Fact, Record, Source, record, records
from casebound.facts.terms import Terms, terms_in

NOT_FACTS = ("case", "sources")


@dataclass(frozen=True)
class Entry:
    """A record with its place: the file as a user names it, and where in that file it stands."""

    record: Record
    located: Located
    index: int
    theme: str = ""

    @property
    def file(self) -> str:
        return self.located.name

    def line(self, *place: str | int) -> int:
        """Return the line of the entry, or of a field inside it."""
        return self.located.line((self.index, *place))

    def problem(self, what: str, cure: str, *place: str | int) -> Problem:
        """Return a problem of this entry at a field's line."""
        return Problem(self.file, self.line(*place), self.record.id, what, cure)


@dataclass(frozen=True)
class Casefile:
    """A case's records: `facts` and `sources` by id, in the order of the files; `folder` holds the files."""

    name: str
    folder: Path
    case: Case
    case_entry: Located
    terms: Terms
    facts: dict[str, Entry]
    sources: dict[str, Entry]

    def pieces(self) -> Iterator[tuple[Entry, int, Evidence]]:
        """Yield every piece of evidence with its fact and its index there."""
        for entry in self.facts.values():
            for number, evidence in enumerate(entry.record.evidence):
                yield entry, number, evidence

    @cached_property
    def locked(self) -> dict[Key, Locked]:
        """Where each quotation was verified, as `evidence.lock` has it; raises CaseError where it cannot be read."""
        return locked(self.folder, self.file(NAME))

    @cached_property
    def ordinary_words(self) -> frozenset[str]:
        """The words that the facts use in small letters, which may open a sentence without being names."""
        words = (word for entry in self.facts.values() for word in entry.record.statement.replace("'", " ").split())
        return frozenset(word for word in words if word.islower() and word.isalpha())

    @cached_property
    def _actors_by_name(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name, actor in self.case.actors.items():
            found.setdefault(actor.name, []).append(name)
        return found

    @cached_property
    def _lengths(self) -> set[int]:
        return {len(name) for name in self._actors_by_name}

    def actors_named_in(self, text: str) -> list[str]:
        """Return the actors whose names stand in a short text, by looking up its parts: a case may have many actors."""
        starts = ((start, length) for length in self._lengths for start in range(len(text) - length + 1))
        parts = {text[start : start + length] for start, length in starts}
        return [actor for part in parts for actor in self._actors_by_name.get(part, ())]

    def fallen(self) -> set[str]:
        """Return the facts that no source of the case carries, because theirs are not in sources.yaml."""
        carried = {e.record.id for e, _, piece in self.pieces() if piece.source in self.sources}
        return set(self.facts) - carried

    def file(self, name: str) -> str:
        """Return a file of the case as a user names it, from the project's root."""
        return f"data/{self.name}/{name}"


def known_case(name: str) -> str:
    """Return the name if there is such a case; raise CaseError otherwise."""
    if name not in (known := paths.case_names()):
        what = f"there is no case '{name}'" if name else "no case is named"
        raise CaseError([Problem("data", 0, "", what, did_you_mean(name, known))])
    return name


@uncollected()
def casefile(name: str) -> Casefile:
    """Return the case's records; raise CaseError with every problem that keeps them from being read."""
    known_case(name)
    folder, problems = paths.case_dir(name), []
    terms = terms_in(yaml_file(paths.data_dir() / "terms.yaml", "data/terms.yaml"), problems)
    case_file = yaml_file(folder / "case.yaml", f"data/{name}/case.yaml")
    case = record(Case, case_file, problems, case_file.content)
    sources = _by_id(Source, folder / "sources.yaml", f"data/{name}/sources.yaml", problems, {})
    facts: dict[str, Entry] = {}
    for path in _fact_files(folder, name, terms, problems):
        facts = _by_id(Fact, path, f"data/{name}/{path.name}", problems, facts, path.stem)
    if problems or case is None:
        raise CaseError(problems)
    return Casefile(name, folder, case, case_file, terms, facts, sources)


def _fact_files(folder: Path, name: str, terms: Terms, problems: list[Problem]) -> list[Path]:
    """Return the files of facts in the order of the themes; a file of no theme is a problem."""
    found = {path.stem: path for path in sorted(folder.glob("*.y*ml")) if path.stem not in NOT_FACTS}
    for stem, path in found.items():
        if stem not in terms["theme"] or path.suffix != ".yaml":
            cure = did_you_mean(stem, terms["theme"]) + " (themes stand in data/terms.yaml, files end in .yaml)"
            problems.append(Problem(f"data/{name}/{path.name}", 0, "", "the file is named for no theme", cure))
    return [found[theme] for theme in terms["theme"] if theme in found]


def _by_id(model, path: Path, name: str, problems: list[Problem], known: dict, theme: str = "") -> dict[str, Entry]:
    """Return `known` with the file's entries; an id that stands twice is a problem."""
    try:
        located = yaml_file(path, name)
    except CaseError as error:
        problems.extend(error.problems)
        return known
    found = dict(known)
    for one, index in records(model, located, problems):
        entry = Entry(one, located, index, theme)
        if one.id in found:
            first = found[one.id]
            problems.append(
                entry.problem("this id stands twice", f"it stands first at {first.file}:{first.line()}", "id")
            )
        found.setdefault(one.id, entry)
    return found
