"""From one joined, executed notebook to the document that both exporters print."""

from __future__ import annotations

from collections.abc import Mapping

from nbconvert.exporters import Exporter

from casebound.report.document.cells import cell_blocks
from casebound.report.document.dataframes import text_tokens
from casebound.report.document.glossary import link_terms
from casebound.report.document.model import (
    Block,
    Chapter,
    Code,
    Document,
    FactEntry,
    Heading,
    KeyFacts,
    Piece,
    SourceEntry,
    Status,
)
from casebound.report.document.notes import note_evidence
from casebound.report.document.numbering import Numbering, resolve_links
from casebound.report.errors import BuildProblems, Problems

__all__ = ["BuildProblems", "Document", "FactEntry", "Piece", "SourceEntry", "document"]

_SETUP = {"parameters": "Parameters", "injected-parameters": "Parameters of this report", "setup": "Setup"}


class ReportExporter(Exporter):
    """Binds a joined, executed notebook by way of its document, which exporters that are given one dictionary share.

    `resources["casebound"]` may hold `entries` and `sources`, as `document` takes them, and the `document` itself
    where it is made already.
    """

    def from_notebook_node(self, nb, resources=None, **kw):
        """Return what the notebook is bound into, and the resources; raises BuildProblems."""
        nb, resources = super().from_notebook_node(nb, resources, **kw)
        given = resources.get("casebound", {})
        return self.bound(given.get("document") or document(nb, given.get("entries"), given.get("sources"))), resources

    def _preprocess(self, nb, resources):
        # nbconvert copies the evidence too, and holds the notebook against its schema after each preprocessor, even
        # where none of them does anything
        runs = any(getattr(one, "enabled", True) for one in self._preprocessors)
        return super()._preprocess(nb, resources) if runs else (nb, resources)

    def bound(self, doc: Document) -> str | bytes:
        """Return what a document is bound into; raises BuildProblems."""
        raise NotImplementedError


def document(nb, entries: Mapping[str, FactEntry] | None, sources: Mapping[str, SourceEntry] | None) -> Document:
    """Return the report that a joined notebook and its evidence make.

    Without entries there is no appendix. Raises BuildProblems with every problem at once.
    """
    problems = Problems()
    chapters = _chapters(nb, problems)
    status, keyfacts = _moved(chapters, Status), _moved(chapters, KeyFacts)
    numbering = Numbering(dict(entries or {}), dict(sources or {}), problems)
    problems.at("")
    for block in filter(None, (status, keyfacts)):
        numbering.block(block)
    for chapter in chapters:
        numbering.chapter(chapter)
    resolve_links(chapters, numbering.taken, problems)
    link_terms(chapters, numbering.anchor)
    _refuse_unknown_sources(numbering, problems)
    problems.check()
    evidence = numbering.evidence() if entries else None
    meta = _meta(nb, chapters)
    if status and meta["fingerprint"]:
        edition = f"evidence up to {meta['newest'] or meta['as_known']}; inputs {meta['fingerprint'][:16]}"
        status.items.append(("Edition", text_tokens(edition)))
    doc = Document(meta, status, keyfacts, chapters, evidence, list(problems.left_out))
    note_evidence(doc)
    return doc


def _chapters(nb, problems: Problems) -> list[Chapter]:
    chapters: list[Chapter] = []
    emptied: list[Heading] = []
    for cell in nb.cells:
        name = cell.metadata.get("casebound", {}).get("chapter") or _notebook_name(nb)
        if not chapters or chapters[-1].name != name:
            chapters.append(Chapter(name, _own_title(name)))
            problems.at(name)
        _add(chapters[-1], cell, problems)
        shown = chapters[-1].blocks
        if cell.get("outputs") and shown and isinstance(shown[-1], Heading):  # what the cell shows is empty
            emptied.append(shown[-1])
    for chapter in chapters:
        for at in reversed(range(len(chapter.blocks))):
            if any(chapter.blocks[at] is heading for heading in emptied):
                _drop_emptied_heading(chapter.blocks, at)
    return chapters


def _add(chapter: Chapter, cell, problems: Problems) -> None:
    if cell.cell_type == "code" and cell.source.strip():
        tags = cell.metadata.get("tags", [])
        label = next((_SETUP[tag] for tag in tags if tag in _SETUP), problems.heading)
        chapter.code.append(Code(cell.source.strip("\n"), label))
    if cell.cell_type == "raw" and cell.source.strip():
        problems.leave_out("a raw cell is not in the report; make it Markdown to have it there")
    blocks = cell_blocks(cell, problems)
    if not chapter.blocks and blocks and isinstance(blocks[0], Heading) and blocks[0].level == 1:
        chapter.title = blocks.pop(0)
        chapter.title.level = 2
        problems.heading = next((b.text for b in reversed(blocks) if isinstance(b, Heading)), "")
    chapter.blocks += blocks


def _moved(chapters: list[Chapter], kind: type) -> Block | None:
    """Take the first block of a kind out of its chapter, with the heading that it leaves empty."""
    for chapter in chapters:
        for at, block in enumerate(chapter.blocks):
            if isinstance(block, kind):
                del chapter.blocks[at]
                _drop_emptied_heading(chapter.blocks, at - 1)
                return block
    return None


def _drop_emptied_heading(blocks: list[Block], at: int) -> None:
    if at < 0 or not isinstance(blocks[at], Heading):
        return
    after = blocks[at + 1] if at + 1 < len(blocks) else None
    if after is None or (isinstance(after, Heading) and after.level <= blocks[at].level):
        del blocks[at]


def _refuse_unknown_sources(numbering: Numbering, problems: Problems) -> None:
    problems.at("")
    for entry in numbering.entries.values():
        for piece in entry.pieces:
            if piece.source not in numbering.sources:
                problems.add(f"fact {entry.id}: source {piece.source} is not in the register; add it there")


def _own_title(name: str) -> Heading:
    words = name.partition("-")[2] if name.partition("-")[0].isdecimal() else name
    text = (words or name).replace("-", " ").capitalize()
    return Heading(2, text_tokens(text), text)


def _notebook_name(nb) -> str:
    return nb.metadata.get("casebound", {}).get("name") or "notebook"


def _meta(nb, chapters: list[Chapter]) -> dict:
    given = dict(nb.metadata.get("casebound", {}))
    first = chapters[0].title.text if chapters else "Report"
    meta = {
        "title": first,
        "subtitle": "",
        "language": "en-GB",
        "as_known": "",
        "newest": "",
        "timestamp": "1980-01-01T00:00:00+00:00",
        "keywords": [],
        "description": "",
        "fingerprint": "",
        "paper": "a4",
        "authors": ["Casebound"],
    }
    return {**meta, **{key: value for key, value in given.items() if value is not None}}
