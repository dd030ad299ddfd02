"""Passages: the sentences of a source's text, and the clauses of which each is made."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from casebound.facts.dates.locales import is_english
from casebound.facts.evidence.printed import named_in, printed_in
from casebound.facts.evidence.texts import files_in, near_fits
from casebound.facts.ledger.casefile import Casefile, Entry
from casebound.facts.problems import CaseError, Problem, unknown
from casebound.facts.records.models import Source
from casebound.facts.text.articles import Article, ArticleError, Part, read_article
from casebound.facts.text.normalisation import trimmed
from casebound.facts.text.sentences import Span
from casebound.facts.text.sentences import sentences as sentences_in

_FEWEST = 4  # words of a clause that can stand alone
_JOINT = re.compile(
    r"[;:]\s+|,\s+(?=(?:and|but|while|although|though|so|with|as|after|before|when|until)\s)|\s[—–-]\s"
    r"|\s+(?=(?:while|although|though|but|because)\s)"
    r"|\s+(?=and\s(?:will|would|is|are|was|were|has|have|had|plans|hopes|intends|expects|said|says)\s)"
)
_WHOLE = re.compile(r"[.!?…:][\"”'’)]*\Z")  # a heading or a name on a line of its own ends otherwise
_DATELINE = re.compile(r"[A-Z][A-Z.,'’ ]+(?:\([^)]*\) ?)?[-–—] +")
_JOINING = re.compile(r"(?:and|but|while|although|though|so|with|as|because|after|when)\s+", re.IGNORECASE)
_RELATIVE = re.compile(
    r"\b(?:the|an?|its|their|this)\s(?:[\w-]+\s){0,2}?[\w-]+(?P<comma>,\s)(?:which|who)\s[^,;]{16,}\Z", re.IGNORECASE
)


@dataclass(frozen=True)
class Sentence:
    """A sentence of an article, its span there, and the paragraph or caption in which it stands."""

    article: Article
    start: int
    end: int
    part: Part

    @property
    def text(self) -> str:
        return self.article.text[self.start : self.end]

    def words(self, span: Span) -> str:
        """Return the raw words of a span of the article."""
        return self.article.text[slice(*span)]


def article_of(case: Casefile, name: str, folder: Path) -> tuple[Entry[Source], Article]:
    """Return a source with its text, known by its sha256 in a folder; raise CaseError if it cannot be had or read."""
    file = case.file("sources.yaml")
    if name not in case.sources:
        what, fix = unknown("source", name, case.sources)
        raise CaseError([Problem(file, 0, "", what, f"{fix}; `casebound source FILE` takes a text in")])
    entry = case.sources[name]
    if not is_english(entry.record.language):
        what = f"suggestions are made from English words, and the source is in {entry.record.language}"
        raise CaseError([entry.problem(what, "write its facts by hand: docs/extend.md, A fact", "language")])
    if entry.record.sha256 is None:
        what = "its text is not at hand: the entry has no sha256"
        raise CaseError([entry.problem(what, "save its text in articles/ and add the fingerprint (docs/extend.md)")])
    if not folder.is_dir():
        raise CaseError([Problem(str(folder), 0, "", "there is no such folder", "name that of the texts: --articles")])
    contents = files_in(folder, [])
    raw = next((raw for raw in contents.values() if hashlib.sha256(raw).hexdigest() == entry.record.sha256), None)
    if raw is None:
        near = near_fits(contents).get(entry.record.sha256, "")
        what = f"no text with sha256 {entry.record.sha256[:12]}… in {folder}" + (f"; {near}" if near else "")
        raise CaseError([entry.problem(what, "put the text into the folder, or name its folder: --articles", "sha256")])
    try:
        article = read_article(raw)
    except ArticleError as error:
        what, _, fix = str(error).partition("; ")
        raise CaseError([entry.problem(what, fix, "sha256")]) from None
    return entry, article.naming(named_in(printed_in(entry.record, article)))


def sentences(article: Article) -> Iterator[Sentence]:
    """Yield the sentences of paragraphs, standfirst and captions, not of a title, a name or a stamp."""
    for part in article.parts:
        if part.kind in ("standfirst", "caption") or (part.kind == "paragraph" and _WHOLE.search(part.text)):
            dateline = _DATELINE.match(part.text)
            spans = [(part.start + a, part.start + b) for a, b in sentences_in(part.text)]
            spans[0] = spans[0][0] + (dateline.end() if dateline else 0), spans[0][1]
            yield from (Sentence(article, a, b, part) for a, b in spans if len(article.text[a:b].split()) >= _FEWEST)


def clauses(text: str, span: Span) -> list[Span]:
    """Return the spans of a span's clauses, each of four words or more, without the word that joins it to others."""
    start, end = span
    cuts = [start]
    for joint in _JOINT.finditer(text, start, end):
        before, after = text[cuts[-1] : joint.start()], text[joint.end() : end]
        if min(len(before.split()), len(after.split())) >= _FEWEST:
            cuts.append(joint.end())
    pieces = [_bare(text, a, b) for a, b in zip(cuts, [*cuts[1:], end], strict=True)]
    return [span for a, b in pieces if a < b for span in _with_relative(text, a, b)]


def _with_relative(text: str, start: int, end: int) -> list[Span]:
    """Return a clause, or one up to its last relative clause and that one with the noun before it."""
    found = _RELATIVE.search(text, start, end)
    if found is None or len(text[start : found.start("comma")].split()) < 2 * _FEWEST:
        return [(start, end)]
    return [(start, found.start("comma")), (found.start(), end)]


def _bare(text: str, start: int, end: int) -> Span:
    joining = _JOINING.match(text, start, end)
    start, end = trimmed(text, joining.end() if joining and start else start, end)
    while end > start and text[end - 1] in ",;:.—–- ":
        end -= 1
    return start, end
