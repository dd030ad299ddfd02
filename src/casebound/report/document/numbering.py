"""Numbers and anchors over a whole report: facts, notes, figures, tables, headings, links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from difflib import get_close_matches
from typing import Any, TypeAlias
from urllib.parse import unquote

from markdown_it.token import Token

from casebound.facts.dates.edtf import MONTHS
from casebound.pages.markup import cited, walked
from casebound.report.document import wording
from casebound.report.document.model import (
    Appendix,
    Block,
    Chapter,
    Cited,
    FactEntry,
    Figure,
    Heading,
    KeyFacts,
    Note,
    Prose,
    SourceEntry,
    StatusBox,
    Table,
)
from casebound.report.errors import Problems

Item: TypeAlias = tuple[int, str]  # the number of a list item, and its anchor
_DAY_AND_MONTH = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)})\b")
RESERVED = frozenset(
    "annex contents data-behind-the-figures evidence main report show-evidence sources uncited".split()
)


class Numbering:
    """One counter of each kind, and every anchor that is taken.

    Call `chapter` once for the first page and for each chapter of the body, in order; then `annex` once.
    """

    def __init__(self, entries: dict[str, FactEntry], sources: dict[str, SourceEntry], problems: Problems) -> None:
        self.entries, self.sources, self.problems = entries, sources, problems
        self.taken: set[str] = set(RESERVED)
        self.alike: dict[str, int] = {}
        self.facts = {fact: self.anchor(f"evidence-{fact}") for fact in entries}
        self.registered = {source: self.anchor(f"source-{source}") for source in sources}
        self.numbers: dict[str, int] = {}  # of the facts
        self.notes: list[Note] = []
        self.behind: dict[tuple, Note] = {}  # the note of the sentences of a chapter that rest on the same facts
        self.counts = {"figure": 0, "table": 0}
        self.is_annex = False
        self.tables: list[tuple[Table, Chapter]] = []  # behind the figures: they are of the annex
        self.drawn: set[str] = set()  # the facts in those tables
        self.labels: dict[str, Item] = {}

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
        if chapter.title.place == "first-page":
            chapter.title.anchor = "report"
        else:
            chapter.title.anchor = self.anchor(f"annex-{chapter.name}" if self.is_annex else chapter.name)
        if chapter.answer:
            self._tokens(chapter.answer, chapter)
        levels = [1]
        for block in chapter.blocks:
            if isinstance(block, Heading):
                self._heading(block, chapter, levels)
            else:
                self._block(block, chapter)

    def annex(self, chapters: Iterable[Chapter]) -> None:
        """Number the annex, where a citation leads to the evidence itself and needs no note."""
        self.is_annex, self.counts = True, dict.fromkeys(self.counts, 0)
        for fact in self.entries:
            self.numbers.setdefault(fact, len(self.numbers) + 1)
        accounts: dict[str, str] = {}
        for table, chapter in self.tables:
            for tokens in inline_lists(table):
                self._tokens(tokens, chapter)
                self.drawn.update(fact for token in tokens for fact in token.meta.get("ids", ()))
        for chapter in chapters:
            self.chapter(chapter)
            accounts |= {block.text: block.anchor for block in chapter.blocks if isinstance(block, Heading)}
        for note in self.notes:
            open_ones = [link for link in note.links if link["entry"].asks and not link["entry"].is_followed]
            note.accounts = next((accounts.get(link["entry"].asks, link["to"]) for link in open_ones), "")

    def evidence(self) -> Appendix:
        """Return the appendix: facts in the order of their numbers, those that the body cites first; the sources."""
        notes: dict[str, list[Note]] = {}
        for note in self.notes:
            for link in note.links:
                notes.setdefault(link["entry"].id, []).append(note)
        facts = sorted(self.entries, key=self.numbers.__getitem__)
        cited = [Cited(self.numbers[f], self.entries[f], self.facts[f], tuple(notes.get(f, ()))) for f in facts]
        told = {c.number for c in cited if c.notes or c.entry.id in self.drawn}
        others = [c for c in cited if c.number not in told]
        return Appendix([c for c in cited if c.number in told], others, list(self.sources.values()), self.registered)

    def _heading(self, block: Heading, chapter: Chapter, levels: list[int]) -> None:
        self.problems.at(chapter.name, block.text)
        written = max(block.level, 2)
        while levels[-1] >= written:
            levels.pop()
        levels.append(written)
        block.level = min(len(levels) + 1, 6)
        block.anchor = self.anchor(f"{chapter.title.anchor}-{block.text}")

    def _block(self, block: Block, chapter: Chapter) -> None:
        if isinstance(block, Figure):
            self._count(block, "figure")
            if block.table:
                block.table.anchor = self.anchor(f"{block.anchor}-data")
        elif isinstance(block, Table):
            self._count(block, "table")
        if isinstance(block, Figure) and block.table and not self.is_annex:
            self.tables.append((block.table, chapter))
            block = replace(block, table=None)
        for tokens in lists_of(block):
            self._tokens(tokens, chapter)
        if isinstance(block, Prose):
            self._label(block.tokens)

    def _count(self, block: Figure | Table, kind: str) -> None:
        if block.caption is not None:
            self.counts[kind] += 1
            block.number = f"A{self.counts[kind]}" if self.is_annex else self.counts[kind]
        block.anchor = self.anchor(f"{kind}-{block.key or block.number or 'unnumbered'}")

    def _tokens(self, tokens: list[Token], chapter: Chapter) -> None:
        """Number what stands in one text; behind sentences in a row that rest on the same facts, once."""
        before: Token | None = None
        for token in tokens:
            if token.type == "text":  # a day and its month never part at the end of a line
                token.content = _DAY_AND_MONTH.sub("\\1\u00a0\\2", token.content)
            elif token.type in ("citation", "mark"):
                self._cites(token, chapter)
                if before and "note" in before.meta and before.meta["note"] is token.meta.get("note"):
                    before.meta.pop("note").refs.remove(before.meta.pop("ref"))
                before = token
            elif token.type == "footnote_ref":
                self._footnote(token, chapter)

    def _cites(self, token: Token, chapter: Chapter) -> None:
        found = [link for fact in token.meta["ids"] if (link := self._link(fact))]
        links = sorted(found, key=lambda link: link["number"])
        if self.is_annex:
            token.meta["links"] = links
        elif links or token.meta.get("kind") == "analysis":
            kind = token.meta.get("kind") or ""
            behind = (chapter.title.anchor, kind, *(link["number"] for link in links))
            if behind not in self.behind:
                self.behind[behind] = self._note(chapter, kind=kind, links=links, words=wording.behind(links))
            self._refer(token, self.behind[behind])

    def _link(self, fact: str) -> dict | None:
        if fact not in self.entries:
            near = get_close_matches(fact, self.entries, 1)
            fix = f"did you mean {cited(near[0])}?" if near else "add the fact to the case or cite another"
            self.problems.add(f"{cited(fact)} cites a fact that the ledger does not hold; {fix}")
            return None
        number = self.numbers.setdefault(fact, len(self.numbers) + 1)
        return {"number": number, "to": self.facts[fact], "entry": self.entries[fact]}

    def _note(self, chapter: Chapter, **given: Any) -> Note:
        note = Note(len(self.notes) + 1, chapter=chapter.title.anchor, **given)
        self.anchor(note.anchor)
        self.notes.append(note)
        chapter.notes.append(note)
        return note

    def _refer(self, token: Token, note: Note) -> None:
        """Let a place bear the number of a note."""
        token.meta.update(note=note, ref=self.anchor(f"ref-{note.number}"))
        note.refs.append(token.meta["ref"])

    def _footnote(self, token: Token, chapter: Chapter) -> None:
        tokens = token.meta["footnote"]
        if (id(tokens),) not in self.behind:
            self.behind[id(tokens),] = note = self._note(chapter, kind="written", tokens=tokens)
            for inside in walked(tokens):  # a note has no notes: it leads to the evidence itself
                if inside.type in ("citation", "mark"):
                    inside.meta["links"] = [link for fact in inside.meta["ids"] if (link := self._link(fact))]
                    note.links += inside.meta["links"]
        self._refer(token, self.behind[id(tokens),])

    def _label(self, tokens: Iterable[Token]) -> None:
        """Take down the number and the anchor of each list item that has a label."""
        numbers = [0]
        for token in walked(tokens):
            if token.type in ("ordered_list_open", "bullet_list_open"):
                numbers.append(int(token.attrs.get("start", 1)) - 1)
            elif token.type in ("ordered_list_close", "bullet_list_close"):
                numbers.pop()
            elif token.type == "list_item_open":
                numbers[-1] += 1
            elif token.type == "label":
                token.meta["anchor"] = self.anchor(token.meta["name"])
                self.labels[token.meta["name"]] = numbers[-1], token.meta["anchor"]


def refer_to_items(chapters: Iterable[Chapter], labels: dict[str, Item]) -> None:
    """Give each `rests` the numbers and anchors of the items that it names, as far as the report has them."""
    for block in (block for chapter in chapters for block in chapter.blocks if isinstance(block, Prose)):
        for token in walked(block.tokens):
            if token.type == "rests":
                token.meta["findings"] = sorted(labels[name] for name in token.meta["names"] if name in labels)


def lists_of(block: Block) -> Iterator[list[Token]]:
    """Yield the lists of inline tokens of a block, in reading order."""
    if isinstance(block, Prose):
        yield from (token.children for token in block.tokens if token.children)
    else:
        yield from inline_lists(block)


def inline_lists(block: Block) -> Iterator[list[Token]]:
    """Yield the lists of inline tokens of a block other than prose, in reading order."""
    if isinstance(block, Figure):
        yield from filter(None, [block.caption, block.note])
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
    anchors = {chapter.name: chapter.title.anchor for chapter in reversed(chapters)}  # the body's before the annex's
    for chapter in chapters:
        problems.at(chapter.name)
        for block in chapter.blocks:
            if isinstance(block, Heading):
                problems.at(chapter.name, block.text)
            for token in tokens_of(block):
                for link in [token, *walked(token.meta.get("footnote", ()))]:
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
    wanted = [f"{home}-{slugged(part)}", f"annex-{home}-{slugged(part)}", slugged(part)] if part else [home]
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
