"""Verification: every quotation, title, author and stamp of a case, looked up in the texts at hand."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from casebound.checks.context import context_problems
from casebound.checks.facts import not_aside
from casebound.checks.states import counts, not_checked
from casebound.checks.texts.copying import copied_runs, limit_of, own_words, quoted_share
from casebound.checks.texts.register import comparison
from casebound.facts.evidence.anchors import Anchor, NotFoundError, anchor, digest, unchecked
from casebound.facts.evidence.lock import NAME, Compared, Key, Lock, Locked, lock_text, register_digest
from casebound.facts.evidence.texts import files_in, holding, near_fits
from casebound.facts.ledger.casefile import Casefile, Entry
from casebound.facts.problems import CaseError, Problem, Unchecked
from casebound.facts.records.models import Evidence, Fact
from casebound.facts.text.articles import Article, ArticleError, read_article
from casebound.facts.text.normalisation import plain

SHORT = 100  # words; one quotation takes half of a shorter text


@dataclass(frozen=True)
class Verification:
    """What comes of looking up every quotation: the lock's new text, all that is wrong, and all that was not checked.

    `quotations` counts those that were found in `texts` texts, `states` the pieces of evidence in each state, and
    `shares` is the percentage of each text that is quoted.
    """

    lock: str
    problems: tuple[Problem, ...]
    unchecked: tuple[Unchecked, ...]
    quotations: int
    texts: int
    states: str
    shares: dict[str, float]


@dataclass
class _Work:
    """What was found so far: articles by source, what verify knows of missing ones, and the lock's new content."""

    case: Casefile
    problems: list[Problem] = field(default_factory=list)
    articles: dict[str, Article] = field(default_factory=dict)
    texts: dict[str, Compared] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    entries: list[tuple[Key, str, Locked]] = field(default_factory=list)


def verification(case: Casefile, folder: Path) -> Verification:
    """Return the result of looking up every quotation; raise CaseError if folder or lock cannot be used.

    A text is known by its sha256, whatever its file's name. If a source's text is not in `folder`, its entries in the
    lock stay, as far as the lock can be read and they still belong to the ledger. What fails gets no entry.
    """
    work = _Work(case)
    _find_texts(work, folder)
    earlier = _earlier(work, folder)
    work.texts |= {name: text for name, text in earlier.texts.items() if name in work.missing}
    quotations = 0
    for entry, number, piece in case.pieces():
        if piece.quote and piece.source in work.articles:
            quotations += _look_up(work, entry, number, piece)
        elif piece.quote and piece.source in work.missing:
            before = earlier.quotations.get((entry.record.id, number))
            if before and before.digest == digest(piece):
                work.entries.append(((entry.record.id, number), piece.source, before))
    shares = _shares(work)
    work.problems += _copied(work)
    now = Lock(work.texts, {key: locked for key, _, locked in work.entries})
    problems = tuple(sorted(_not_aside(work)))
    failed = {
        name: {p.code for p in problems if p.file == entry.file and p.id == name}
        for name, entry in case.sources.items()
    }
    texts = {
        name: replace(text, refused=tuple(sorted(failed[name]))) if name in work.articles else text
        for name, text in work.texts.items()
    }
    return Verification(
        lock=lock_text(texts, work.entries),
        problems=problems,
        unchecked=tuple(not_checked(case, now, work.missing)),
        quotations=quotations,
        texts=len(work.articles),
        states=counts(case, now),
        shares=shares,
    )


def _find_texts(work: _Work, folder: Path) -> None:
    """Find the text of each source, compare its entry with it, and say of the others why there is none."""
    contents = files_in(folder, work.problems)
    fingerprinted = [entry for entry in work.case.sources.values() if entry.record.sha256]
    for path, raw in list(contents.items()):
        sha256 = hashlib.sha256(raw).hexdigest()
        for entry in (entry for entry in fingerprinted if entry.record.sha256 == sha256):
            contents.pop(path, None)
            try:
                compared = comparison(work.case, entry, read_article(raw))
            except ArticleError as error:
                what, _, fix = str(error).partition("; ")
                work.problems.append(Problem(str(path), 0, entry.record.id, what, fix, "CB001"))
                work.missing[entry.record.id] = f"{path} cannot be read as text"
                continue
            work.articles[entry.record.id] = compared.article
            work.texts[entry.record.id] = Compared(sha256, register_digest(entry.record), compared.unchecked)
            work.problems += compared.problems
    known = work.articles.keys() | work.missing.keys()
    absent = [entry.record for entry in fingerprinted if entry.record.id not in known]
    fits = near_fits(contents) if absent else {}
    for source in absent:
        quotes = [piece.quote for _, _, piece in work.case.pieces() if piece.quote and piece.source == source.id]
        near = fits.get(source.sha256 or "") or holding(contents, quotes)
        near = near or next((f"{path} has another sha256" for path in contents if path.stem == source.id), "")
        why = f"no text with sha256 {(source.sha256 or '')[:12]}… in {folder}"
        work.missing[source.id] = f"{why}; {near}" if near else why


def _earlier(work: _Work, folder: Path) -> Lock:
    """Return what the lock holds; an unreadable one does no harm if every text is at hand."""
    with suppress(CaseError):
        return work.case.evidence_lock
    lost = sum(bool(piece.quote) and piece.source in work.missing for _, _, piece in work.case.pieces())
    if lost:
        what = f"cannot be read, and the texts of {lost} quotations that it may hold are not there"
        fix = f"restore it from git, put the texts into {folder}, or delete it to begin anew without them"
        raise CaseError([*work.problems, Problem(work.case.file(NAME), 0, "", what, fix, "CB008")])
    return Lock()


def _look_up(work: _Work, entry: Entry[Fact], number: int, piece: Evidence) -> bool:
    """Enter where a quotation stands, and what the words round it say against its fact; tell whether it stands."""
    article, source = work.articles[piece.source], work.case.sources[piece.source].record
    dashes = source.language is not None and bool(unchecked(source))
    try:
        place: Anchor = anchor(piece, article, plain(article.text), work.case.terms.hedges, dashes)
    except NotFoundError as error:
        fix = "copy the source's words as they stand; '…' joins two pieces in order"
        work.problems.append(entry.problem(str(error), fix, "evidence", number, "quote", code="CB211"))
        return False
    if not place.asked:  # a lock could not say so
        work.entries.append(((entry.record.id, number), piece.source, Locked(digest(piece), article.sha256, place)))
    work.problems += context_problems(work.case, entry, number, place)
    return True


def _shares(work: _Work) -> dict[str, float]:
    """Return the percentage of each text that is quoted; too large a share is a problem."""
    limit, shares = limit_of(work.case.case), {}
    for name, article in work.articles.items():
        spans = [span for _, source, locked in work.entries if source == name for span in locked.anchor.spans]
        shares[name] = share = 100 * quoted_share(spans, article.text)
        if share > limit and len(article.text.split()) >= SHORT:
            what = f"{share:.0f} % of the text's words are quoted, more than {limit:.0f} %"
            fix = (
                "quote only what carries each fact, or set a limit with a reason in case.yaml (quoted: {limit, reason})"
            )
            work.problems.append(work.case.sources[name].problem(what, fix, code="CB110"))
    return shares


def _copied(work: _Work) -> Iterator[Problem]:
    """Yield where our own words of a fact copy a text; names and offices of actors count as names."""
    phrases = " … ".join(f"{actor.name} … {actor.role or ''}" for actor in work.case.case.actors.values())
    for entry in work.case.facts.values():
        for where, words in own_words(entry.record):
            for name, article in work.articles.items():
                for run in copied_runs(words, article.text, phrases):
                    copies = "copy" if where == "answers" else "copies"
                    what = f"the {where} {copies} {len(run.split())} words of '{name}': “{run}”"
                    fix = "say it in our words, or put them in quotation marks"
                    yield entry.problem(what, fix, where, code="CB111")


def _not_aside(work: _Work) -> set[Problem]:
    """Return the problems that nobody sets aside; an aside whose text is not at hand is no problem."""
    absent = {name for name in work.case.sources if name not in work.articles}
    absent |= {entry.record.id for entry, _, piece in work.case.pieces() if piece.source in absent}
    left = not_aside(work.case, work.problems, "verify")
    return {problem for problem in left if not (problem.code == "CB702" and problem.id in absent)}
