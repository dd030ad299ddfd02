"""Verification: every quotation of a case, looked up in the texts at hand."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from casebound.checks.context import context_problems
from casebound.facts.dates.edtf import parse
from casebound.facts.evidence.anchors import NotFoundError, anchor, digest, unchecked
from casebound.facts.evidence.lock import NAME, Key, Locked, lock_text
from casebound.facts.ledger.casefile import Casefile, Entry
from casebound.facts.problems import CaseError, Problem
from casebound.facts.records.models import Source
from casebound.facts.records.reading import content_of
from casebound.facts.text.articles import Article, ArticleError, read_article
from casebound.facts.text.normalisation import plain, plain_words


@dataclass(frozen=True)
class Verification:
    """The lock's new text, how many quotations were found in how many texts, and a line on each source not checked."""

    lock: str
    quotations: int
    texts: int
    unchecked: tuple[str, ...]


def verification(case: Casefile, folder: Path) -> Verification:
    """Return the result of looking up every quotation; raise CaseError with every one that does not hold.

    A text is known by its sha256, whatever its file's name. If a source's text is not in `folder`, its entries in the
    lock stay, as far as the lock can be read and they still belong to the ledger.
    """
    articles, problems = _articles(case, folder)
    earlier: dict[Key, Locked] | None = None
    with suppress(CaseError):
        earlier = case.locked
    entries: list[tuple[Key, str, Locked]] = []
    missing: Counter[str] = Counter()
    quotations = 0
    for entry, number, piece in case.pieces():
        if not piece.quote or piece.source not in case.sources:
            continue
        key, article = (entry.record.id, number), articles.get(piece.source)
        if article is None:
            missing[piece.source] += 1
            before = (earlier or {}).get(key)
            in_a_text = case.sources[piece.source].record.sha256 is not None
            if in_a_text and before and before.digest == digest(piece):
                entries.append((key, piece.source, before))
            continue
        try:
            source = case.sources[piece.source].record
            dashes = source.language is not None and bool(unchecked(source))
            place = anchor(piece, article, plain(article.text), case.terms.hedges, dashes)
        except NotFoundError as error:
            fix = "copy the source's words as they stand; '…' joins two pieces in order"
            problems.append(entry.problem(str(error), fix, "evidence", number, "quote"))
            continue
        entries.append((key, piece.source, Locked(digest(piece), article.sha256, place)))
        problems.extend(context_problems(case, entry, number, place))
        quotations += 1
    if earlier is None and missing:
        what = f"cannot be read, and the texts of {missing.total()} quotations that it may hold are not there"
        fix = f"restore it from git, put the texts into {folder}, or delete it to begin anew without them"
        problems.append(Problem(case.file(NAME), 0, "", what, fix))
    if problems:
        raise CaseError(problems)
    return Verification(lock_text(entries), quotations, len(articles), tuple(_unchecked(case, folder, missing)))


def _unchecked(case: Casefile, folder: Path, missing: Counter[str]) -> Iterator[str]:
    for name, count in missing.items():
        sha256 = case.sources[name].record.sha256
        missing_text = "the source has no sha256: its text is not at hand"
        why = f"no text with sha256 {sha256[:12]}… in {folder}" if sha256 else missing_text
        yield f"{name}: {count} quotation{'s' * (count != 1)} not checked: {why}"


def _articles(case: Casefile, folder: Path) -> tuple[dict[str, Article], list[Problem]]:
    """Return the article of each source whose text is in the folder, and where the register contradicts it."""
    if not folder.is_dir():
        fix = "make verify ARTICLES=folder with the texts"
        raise CaseError([Problem(str(folder), 0, "", "there is no such folder", fix)])
    by_sha256 = {e.record.sha256: e for e in case.sources.values() if e.record.sha256}
    articles, problems = {}, []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        try:
            raw = content_of(path, str(path))
        except CaseError as error:
            problems += error.problems
            continue
        entry = by_sha256.get(hashlib.sha256(raw).hexdigest())
        if entry is None:
            continue
        try:
            article = read_article(raw, case.case.timezone)
        except ArticleError as error:
            problems.append(Problem(str(path), 0, entry.record.id, str(error)))
            continue
        articles[entry.record.id] = article
        problems.extend(_register_problems(entry, article))
    return articles, problems


def _register_problems(entry: Entry[Source], article: Article) -> Iterator[Problem]:
    """Yield where title, authors and stamps of the register differ from the text."""
    source = entry.record
    if article.headline and plain_words(article.headline) != plain_words(source.title):
        what = f"the title is “{source.title}”, but the text's headline is “{article.headline}”"
        yield entry.problem(what, "take the title from the text", "title")
    printed = plain_words(" ".join(article.authors))
    for i, author in enumerate(source.author):
        if printed and plain_words(author.family) not in printed:
            what = f"the author is “{author.family}”, but the text names {printed}"
            yield entry.problem(what, "take the names from the text", "author", i, "family")
    published, updated = article.stamped("published"), article.stamped("updated")
    for field, moment in (("issued", published), ("available", updated or published)):
        stated = parse(getattr(source, field)).moment
        if moment is not None and stated is not None and moment != stated:
            what = f"{field} is {stated:%Y-%m-%dT%H:%M%z}, but the text's stamp says {moment:%Y-%m-%dT%H:%M%z}"
            yield entry.problem(what, "take the stamp from the text", field)
