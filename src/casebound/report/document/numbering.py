"""Numbers and anchors over a whole report: citations, footnotes, figures, tables, headings, links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from urllib.parse import unquote

from markdown_it.token import Token

from casebound.facts.dates.edtf import MONTHS
from casebound.pages.markup import cited, walked
from casebound.report.document.model import (
    Appendix,
    Block,
    Chapter,
    Cited,
    FactEntry,
    Figure,
    Footnote,
    Heading,
    KeyFacts,
    Prose,
    SourceEntry,
    StatusBox,
    Table,
)
from casebound.report.errors import Problems

_DAY_AND_MONTH = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)})\b")
RESERVED = frozenset({"contents", "data-behind-the-figures", "evidence", "main", "report", "sources", "uncited"})


class Numbering:
    """One counter of each kind, and every anchor that is taken; call `chapter` once for each, in order."""

    def __init__(self, entries: dict[str, FactEntry], sources: dict[str, SourceEntry], problems: Problems) -> None:
        self.entries, self.sources, self.problems = entries, sources, problems
        self.taken: set[str] = set(RESERVED)
        self.alike: dict[str, int] = {}
        self.facts = {fact: self.anchor(f"evidence-{fact}") for fact in entries}
        self.registered = {source: self.anchor(f"source-{source}") for source in sources}
        self.refs: dict[str, list[str]] = {}
        self.numbers: dict[str, int] = {}
        self.notes: dict[int, Footnote] = {}
        self.counts = {"figure": 0, "table": 0}

    def anchor(self, wanted: str) -> str:
        """Return an anchor like the one wanted that nothing else has."""
        slug = slugged(wanted) or "part"
        name, n = slug, self.alike.get(slug, 1)
        while name in self.taken:
            n += 1
            name = f"{slug}-{n}"
        self.taken.add(name)
        self.alike[slug] = n  # where the next one like it begins to look
        return name

    def chapter(self, chapter: Chapter) -> None:
        """Number everything in a chapter."""
        self.problems.at(chapter.name)
        chapter.title.anchor = self.anchor(chapter.name)
        levels = [1]
        for block in chapter.blocks:
            if isinstance(block, Heading):
                self._heading(block, chapter, levels)
            else:
                self.block(block, chapter)

    def block(self, block: Block, chapter: Chapter | None = None) -> None:
        """Number one block and what stands in it."""
        if isinstance(block, Figure):
            self._count(block, "figure")
            if block.table:
                block.table.anchor = self.anchor(f"{block.anchor}-data")
        elif isinstance(block, Table):
            self._count(block, "table")
        self._tokens(tokens_of(block), chapter)

    def evidence(self) -> Appendix:
        """Return the appendix: facts in the order of their numbers, then the rest, then the sources."""
        facts = [*self.refs, *(fact for fact in self.entries if fact not in self.refs)]
        entries = [
            Cited(number, self.entries[fact], self.facts[fact], tuple(self.refs.get(fact, ())))
            for number, fact in enumerate(facts, 1)
        ]
        cited_facts = len(self.refs)
        return Appendix(entries[:cited_facts], entries[cited_facts:], list(self.sources.values()), self.registered)

    def _heading(self, block: Heading, chapter: Chapter, levels: list[int]) -> None:
        self.problems.at(chapter.name, block.text)
        written = max(block.level, 2)
        while levels[-1] >= written:
            levels.pop()
        levels.append(written)
        block.level = min(len(levels) + 1, 6)
        block.anchor = self.anchor(f"{chapter.title.anchor}-{block.text}")

    def _count(self, block: Figure | Table, kind: str) -> None:
        if block.caption is not None:
            self.counts[kind] += 1
            block.number = self.counts[kind]
        block.anchor = self.anchor(f"{kind}-{block.key or block.number or 'unnumbered'}")

    def _tokens(self, tokens: Iterable[Token], chapter: Chapter | None) -> None:
        for token in tokens:
            if token.type == "text":  # a day and its month never part at the end of a line
                token.content = _DAY_AND_MONTH.sub("\\1\u00a0\\2", token.content)
            elif token.type in ("citation", "mark"):
                links = (self._cited(fact) for fact in token.meta["ids"])
                token.meta["links"] = sorted(filter(None, links), key=lambda link: link["number"])
            elif token.type == "footnote_ref":
                self._noted(token, chapter)

    def _cited(self, fact: str) -> dict | None:
        if fact not in self.entries:
            near = get_close_matches(fact, self.entries, 1)
            fix = f"did you mean {cited(near[0])}?" if near else "add the fact to the case or cite another"
            self.problems.add(f"{cited(fact)} cites a fact that the ledger does not hold; {fix}")
            return None
        refs = self.refs.setdefault(fact, [])
        number = self.numbers.setdefault(fact, len(self.refs))
        refs.append(self.anchor(f"ref-{number}-{_letters(len(refs))}"))
        return {"number": number, "to": self.facts[fact], "ref": refs[-1], "entry": self.entries[fact]}

    def _noted(self, token: Token, chapter: Chapter | None) -> None:
        tokens = token.meta["note"]
        note = self.notes.get(id(tokens))
        token.meta["first"] = note is None
        if note is None:
            note = self.notes[id(tokens)] = Footnote(len(self.notes) + 1, tokens)
            self.anchor(note.anchor)
            if chapter:
                chapter.footnotes.append(note)
            self._tokens(walked(tokens), chapter)
        note.refs.append(self.anchor(f"noteref-{note.number}-{_letters(len(note.refs))}"))
        token.meta.update(number=note.number, to=note.anchor, ref=note.refs[-1])


def inline_lists(block: Block) -> Iterator[list[Token]]:
    """Yield the lists of inline tokens of a block other than prose, in reading order."""
    if isinstance(block, Figure):
        yield from filter(None, [block.caption])
        if block.table:
            yield from inline_lists(block.table)
    elif isinstance(block, Table):
        cells = [cell for row in block.rows for cell in row]
        names = [column.name for column in block.columns]
        yield from filter(None, [block.caption, *names, *cells, block.note])
    elif isinstance(block, KeyFacts | StatusBox):
        yield from (tokens for _, tokens in block.items)


def tokens_of(block: Block) -> Iterator[Token]:
    """Yield every token of a block's texts, in reading order, each followed by its children."""
    for tokens in [block.tokens] if isinstance(block, Prose) else inline_lists(block):
        yield from walked(tokens)


def resolve_links(chapters: list[Chapter], taken: set[str], gone: set[str], problems: Problems) -> None:
    """Point every link in the chapters at an anchor of the report or at the web; others become problems.

    One to a chapter that is not there, or to a heading that is `gone`, becomes plain text.
    """
    anchors = {chapter.name: chapter.title.anchor for chapter in chapters}
    for chapter in chapters:
        problems.at(chapter.name)
        for block in chapter.blocks:
            if isinstance(block, Heading):
                problems.at(chapter.name, block.text)
            for token in tokens_of(block):
                for link in [token, *walked(token.meta.get("note", ()))]:
                    if link.type == "link_open":
                        leads = _resolve(link, chapter, anchors, taken, gone, problems)
                    if link.type in ("link_open", "link_close") and not leads:
                        link.type, link.nesting, link.content = "text", 0, ""


def _resolve(
    link: Token, chapter: Chapter, anchors: dict[str, str], taken: set[str], gone: set[str], problems: Problems
) -> bool:
    """Point a link at its target; return False if that is not in this report."""
    target = unquote(str(link.attrs["href"]))
    if re.match(r"(https?://|mailto:)", target, re.IGNORECASE) or link.meta.get("resolved"):
        return True
    page, _, part = target.partition("#")
    name = page.rpartition("/")[2].removesuffix(".ipynb") or chapter.name
    home = anchors.get(name)
    if (home is None and page.endswith(".ipynb")) or f"{name}#{slugged(part)}" in gone:
        if name not in gone and home is None:
            problems.leave_out(f"a link leads to {target!r}, which is not in this report; its words are plain text")
        return False
    wanted = [f"{home}-{slugged(part)}", slugged(part)] if part else [home]
    anchor = next((anchor for anchor in wanted if anchor in taken and anchor not in RESERVED), None)
    if anchor is None or home is None:
        problems.add(f"a link leads to {target!r}, which is not in this report; name a heading or a web page")
    else:
        link.attrs["href"] = f"#{anchor}"
        link.meta["resolved"] = True
    return True


def slugged(text: str) -> str:
    """Return text as lower-case words joined by hyphens."""
    return re.sub(r"[\W_]+", "-", text.casefold()).strip("-")


def _letters(n: int) -> str:
    return (_letters(n // 26 - 1) if n >= 26 else "") + "abcdefghijklmnopqrstuvwxyz"[n % 26]
