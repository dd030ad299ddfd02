"""Source: takes a saved page, PDF, e-mail or text into a case: its text into articles/, its entry into sources.yaml."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from casebound import paths
from casebound.authoring.sources.addresses import is_address
from casebound.authoring.sources.draft import Draft, draft_of
from casebound.authoring.sources.entry import added, id_of
from casebound.authoring.sources.fetching import Fetched, fetched
from casebound.authoring.sources.files.kinds import given, reading_of
from casebound.authoring.sources.files.reading import Claim
from casebound.authoring.sources.known import Texts
from casebound.checks.texts.register import comparison
from casebound.facts.evidence.printed import printed_in
from casebound.facts.ledger.casefile import Casefile, Entry, readable
from casebound.facts.problems import CaseError, Problem
from casebound.facts.records.models import Slug, Source
from casebound.facts.records.reading import Located, content_of
from casebound.facts.text.articles import read_article

_PASSED_ON = "so it has that origin, and the two count as one; drop the line `origin` if it reports on its own"
_SHOWN = ("title", "author", "container-title", "publisher", "issued", "available", "language", "type", "URL", "access")


def take(
    case: str,
    file: str,
    url: str = "",
    fetch: str = "",
    name: str = "",
    fetcher: Callable[[str], Fetched] = fetched,
    today: date | None = None,
) -> list[str]:
    """Take a source in, and return the lines that say what was found and done.

    Nothing is fetched unless `fetch` is a URL. Raises CaseError if there is nothing to take, or if the text is another
    version of a source that the case has; then nothing is written.
    """
    read = readable(case)
    sources = read.file("sources.yaml")
    if broken := [problem for problem in read.problems if problem.file == sources]:
        raise CaseError(broken)
    for option, value in (("--url", url), ("--fetch", fetch)):
        if value and not is_address(value):
            raise CaseError([Problem(option, 0, "", f"'{value}' is no address of the web", "begin it with https://")])
    page = fetcher(fetch) if fetch else None
    reading = reading_of(page.content if page else given(file), fetch or file, read.case.timezone)
    draft = draft_of(reading, read.case, page.url if page else url, today or date.today(), bool(page))
    texts = Texts(read, paths.articles_dir())
    if known := texts.with_print(draft.content):
        return _kept(read, texts, draft, *known)
    return _add(read, texts, draft, name)


def _add(read: Casefile, texts: Texts, draft: Draft, name: str) -> list[str]:
    own = name or id_of(draft)
    if name:
        _check_id(read, name)
    elif earlier := texts.earlier(draft, own):
        raise CaseError([_changed(read, texts, draft, earlier)])
    else:
        own = next(each for each in (own, *(f"{own}-{n}" for n in range(2, 1000))) if not read.has(each))
    sha256 = hashlib.sha256(draft.content).hexdigest()
    fields: dict[str, Any] = {"id": own, **draft.fields, "sha256": sha256}
    if near := texts.near(draft):
        share = f"{near[1]:.0%} of its words stand in '{near[0]}', too"
        draft.doubts.append(Claim("origin", f"{share}, {_PASSED_ON}"))
        fields["origin"] = read.sources[near[0]].record.first_said
    fields = {key: fields[key] for key in sorted(fields, key=lambda key: key in ("sha256", "note"))}
    if "note" in fields:
        fields["note"] = fields.pop("note")
    _compare(read, fields, draft)
    sources = read.file("sources.yaml")
    before = content_of(read.folder / "sources.yaml", sources)
    after = added(before, fields, sources)
    text = texts.folder / f"{own}.txt"
    _write_text(text, texts, draft.content)
    _write(read.folder / "sources.yaml", after, sources)
    line = before.count(b"\n") + 1 + (after[len(before) :].startswith((b"\n", b"\r\n")))
    return [*_shown(draft), f"text: {len(draft.text.split())} words in articles/{text.name}",
            f"{sources}:{line}: {own} added; its grade is F until you judge it (grade, grade_reason)"]  # fmt: skip


def _check_id(read: Casefile, name: str) -> None:
    try:
        TypeAdapter(Slug).validate_python(name)
    except ValidationError:
        fix = "use small letters, digits and single hyphens, at most 60 characters"
        raise CaseError([Problem("--id", 0, "", f"'{name}' is no id", fix)]) from None
    if read.has(name):
        raise CaseError([Problem("--id", 0, "", f"there is a source '{name}' already", "name another")])


def _kept(read: Casefile, texts: Texts, draft: Draft, entry: Entry[Source], differs: str) -> list[str]:
    """Say that the case has this text already; write it if it is not in articles/."""
    known = f"{entry.file}:{entry.line()}: {entry.record.id} has this text already{f', {differs}' if differs else ''}"
    if entry.record.id in texts.by_source or differs:
        return [f"{known}: nothing to do"]
    path = texts.folder / f"{entry.record.id}.txt"
    _write_text(path, texts, draft.content)
    return [f"{known}; written to articles/{path.name}, where it was missing"]


def _changed(read: Casefile, texts: Texts, draft: Draft, entry: Entry[Source]) -> Problem:
    """Return the problem that the case has this source with another text, or without one."""
    own = entry.record
    if own.sha256 is None:
        what = "the case has this source as an excerpt, without a text"
        fix = "drop that entry and take the file in again with its id: --id " + own.id
        return entry.problem(what, fix)
    what = f"the case has this source with another text; {texts.change(draft, own.id)}"
    fix = (
        "if it is a later version that you want beside the first, give it an id of its own: --id " + f"{own.id}-updated"
    )
    return entry.problem(what, fix)


def _compare(read: Casefile, fields: dict[str, Any], draft: Draft) -> None:
    """Compare the entry with its text as `make verify` will: drop words that do not stand in it, say all else."""
    article = read_article(draft.content)
    for placed in printed_in(Source.model_validate(fields), article):
        if placed.missing and placed.field[0] == "printed":
            fields["printed"].pop(placed.field[1], None)
            draft.doubts.append(Claim("printed", f"“{placed.words}” does not stand apart in the text: not named"))
    if not fields.get("printed"):
        fields.pop("printed", None)
    entry = Entry(Source.model_validate(fields), Located("", [], {}), 0)
    for problem in comparison(read, entry, article).problems:
        draft.doubts.append(Claim("verify", f"{problem.what}; {problem.fix}"))


def _shown(draft: Draft) -> list[str]:
    """Return what was found, what was not, and what a person should look at, a line each."""
    shown = {name: draft.fields.get(name) for name in _SHOWN}
    shown["author"] = "; ".join(map(_in_parts, draft.fields.get("author", [])))
    lines = [f"{name}: {value}" for name, value in shown.items() if value]
    lines += [f"not found: {', '.join(draft.missing)}"] if draft.missing else []
    doubts = [f"    {doubt.place}: {doubt.value}" for doubt in draft.doubts]
    return [*lines, *([f"unsure: {len(doubts)}", *doubts] if doubts else [])]


def _in_parts(name: dict[str, str]) -> str:
    family = " ".join(name[part] for part in ("non-dropping-particle", "family") if part in name)
    return name.get("literal") or f"{family}, {name['given']}"


def _write_text(path: Path, texts: Texts, content: bytes) -> None:
    if content in texts.files.values():
        return
    if path.exists():
        fix = "rename or remove that file, and take the source in again"
        raise CaseError([Problem(f"articles/{path.name}", 0, "", "another text has this name", fix)])
    try:
        path.parent.mkdir(exist_ok=True)
    except OSError as error:
        raise CaseError([_unwritable("articles", error)]) from None
    _write(path, content, f"articles/{path.name}")


def _write(path: Path, content: bytes, name: str) -> None:
    """Write a file whole or not at all."""
    aside = path.with_name(f".{path.name}.new")
    try:
        aside.write_bytes(content)
        aside.replace(path)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise CaseError([_unwritable(name, error)]) from None


def _unwritable(name: str, error: OSError) -> Problem:
    return Problem(
        name, 0, "", f"cannot be written: {error.strerror}", "make the folder one that you may write", "CB001"
    )
