"""Known: whether a text is one of the case's already: the same, a later version, or one that passes it on."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from casebound.authoring.sources.addresses import address
from casebound.authoring.sources.draft import Draft
from casebound.authoring.sources.files.reading import same
from casebound.facts.evidence.texts import files_in, near_fits
from casebound.facts.ledger.casefile import Casefile, Entry
from casebound.facts.records.models import Source
from casebound.facts.text.articles import ArticleError, read_article
from casebound.facts.text.normalisation import plain_words

NEAR = 0.5  # of the shorter text's runs of words, from which on a text passes another one on
_RUN = 5  # words
_FEWEST = 20  # runs, below which a text is too short to tell


@dataclass
class Texts:
    """The texts of a case that stand in articles/, by the ids of their sources."""

    case: Casefile
    folder: Path

    @cached_property
    def files(self) -> dict[Path, bytes]:
        return files_in(self.folder, []) if self.folder.is_dir() else {}

    @cached_property
    def by_source(self) -> dict[str, str]:
        by_print = {hashlib.sha256(raw).hexdigest(): raw for raw in self.files.values()}
        texts = {}
        for name, entry in self.case.sources.items():
            if raw := by_print.get(entry.record.sha256 or ""):
                texts[name] = raw.decode("utf-8", "replace")
        return texts

    def with_print(self, content: bytes) -> tuple[Entry[Source], str] | None:
        """Return the source that has this text, and what differs in its file: nothing that counts, or nothing."""
        fits = {hashlib.sha256(content).hexdigest(): "", **_fits(content)}
        for entry in self.case.sources.values():
            if (sha256 := entry.record.sha256) in fits:
                return entry, fits[sha256 or ""]
        return None

    def earlier(self, draft: Draft, name: str) -> Entry[Source] | None:
        """Return the source of which this text is another version: of the same address, or of its id and title."""
        url, title = draft.fields.get("URL", ""), draft.fields["title"]
        for entry in self.case.sources.values():
            if url and entry.record.url and address(url) == address(entry.record.url):
                return entry
        for entry in self.case.sources.values():
            if same(entry.record.title, title) and self._is_version(draft, entry.record):
                return entry
        named = self.case.sources.get(name)
        if named is None or (url and named.record.url):
            return None
        alike = overlap(draft.text, self.by_source.get(name, "")) >= NEAR
        return named if alike or same(named.record.title, title) else None

    def _is_version(self, draft: Draft, source: Source) -> bool:
        """Tell whether a text of this title is a later one of the same house, and not another's copy of it."""
        houses = [draft.fields.get("container-title") or draft.fields.get("publisher"),
                  (source.container_title or source.publisher or "").strip("[]")]  # fmt: skip
        is_one = not all(houses) or same(*map(str, houses))
        is_one = is_one and not (draft.fields.get("URL") and source.url)
        return is_one and overlap(draft.text, self.by_source.get(source.id, "")) >= NEAR

    def near(self, draft: Draft) -> tuple[str, float] | None:
        """Return the source whose text this one shares most with, and how much, if that is much."""
        shares = {name: overlap(draft.text, text) for name, text in self.by_source.items()}
        best = max(shares, key=lambda name: shares[name], default="")
        return (best, shares[best]) if best and shares[best] >= NEAR else None

    def change(self, draft: Draft, name: str) -> str:
        """Return what differs between a source's text and this one, in paragraphs."""
        if name not in self.by_source:
            return "its text is not in articles/, so nothing can be compared"
        old, new = Counter(_paragraphs(self.by_source[name])), Counter(_paragraphs(draft.text))
        counts = [(old & new).total(), (new - old).total(), (old - new).total()]
        return "paragraphs: {} the same, {} new, {} gone".format(*counts)


def _fits(content: bytes) -> dict[str, str]:
    fits = near_fits({Path("it"): content})
    return {sha256: what.removeprefix("it is its text ") for sha256, what in fits.items()}


def _paragraphs(text: str) -> list[str]:
    try:
        return [plain_words(part.text) for part in read_article(text.encode()).parts]
    except ArticleError:
        return []


def overlap(one: str, other: str) -> float:
    """Return the share of the shorter text's runs of five words that stand in the other; 0 if it is too short."""
    runs, runs_too = _runs(one), _runs(other)
    fewer = min(len(runs), len(runs_too))
    return len(runs & runs_too) / fewer if fewer >= _FEWEST else 0.0


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", plain_words(text).casefold())
    return {tuple(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1)}
