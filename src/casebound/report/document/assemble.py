"""From one joined, executed notebook to the document that both exporters print."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from nbconvert.exporters import Exporter

from casebound.pages.markup import text_tokens
from casebound.report.document.cells import cell_blocks
from casebound.report.document.glossary import link_terms
from casebound.report.document.model import (
    Block,
    Chapter,
    Code,
    Document,
    FactEntry,
    Heading,
    KeyFacts,
    SourceEntry,
    StatusBox,
)
from casebound.report.document.notes import note_evidence
from casebound.report.document.numbering import Numbering, resolve_links
from casebound.report.errors import Problems

Box = TypeVar("Box", KeyFacts, StatusBox)
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
    status, keyfacts = _moved(chapters, StatusBox), _moved(chapters, KeyFacts)
    numbering = Numbering(dict(entries or {}), dict(sources or {}), problems)
    problems.at("")
    if status:
        numbering.block(status)
    if keyfacts:
        numbering.block(keyfacts)
    for chapter in chapters:
        numbering.chapter(chapter)
    resolve_links(chapters, numbering.taken, problems)
    link_terms(chapters, numbering.anchor)
    problems.at("")
    for entry in numbering.entries.values():
        for source in (piece.source for piece in entry.pieces if piece.source not in numbering.sources):
            problems.add(f"fact {entry.id}: source {source} is not in the register; add it there")
    problems.check()
    meta = _meta(nb, chapters)
    if status and meta["fingerprint"]:
        edition = f"evidence up to {meta['newest'] or meta['as_known']}; inputs {meta['fingerprint'][:16]}"
        status.items = [*status.items, ("Edition", text_tokens(edition))]
    evidence = numbering.evidence() if entries else None
    if evidence:
        note_evidence(chapters[1:], evidence)
    return Document(meta, status, keyfacts, chapters, evidence, list(problems.left_out))


def _chapters(nb, problems: Problems) -> list[Chapter]:
    chapters: list[Chapter] = []
    emptied: dict[int, tuple[Chapter, Heading]] = {}
    for cell in nb.cells:
        name = _about(cell).get("chapter") or _about(nb).get("name") or "notebook"
        if not chapters or chapters[-1].name != name:
            chapters.append(Chapter(name, _own_title(name)))
            problems.at(name)
        _add(chapters[-1], cell, problems)
        last = chapters[-1].blocks[-1:]
        if cell.get("outputs") and last and isinstance(last[0], Heading):  # what the cell shows is empty
            emptied[id(last[0])] = chapters[-1], last[0]
    for chapter, heading in reversed(emptied.values()):
        _drop_if_empty(heading, chapter.blocks)
    return chapters


def _add(chapter: Chapter, cell, problems: Problems) -> None:
    if cell.cell_type == "code" and cell.source.strip():
        tags = cell.metadata.get("tags", [])
        label = next((_SETUP[tag] for tag in tags if tag in _SETUP), problems.heading)
        chapter.code.append(Code(cell.source.strip("\n"), label))
    if cell.cell_type == "raw" and cell.source.strip():
        problems.leave_out("a raw cell is not in the report; make it Markdown to have it there")
    blocks = cell_blocks(cell, problems)
    if not chapter.blocks and blocks and isinstance(title := blocks[0], Heading) and title.level == 1:
        chapter.title = title
        title.level = 2
        del blocks[0]
        problems.heading = next((block.text for block in reversed(blocks) if isinstance(block, Heading)), "")
    chapter.blocks += blocks


def _moved(chapters: list[Chapter], kind: type[Box]) -> Box | None:
    """Take the first block of a kind out of its chapter, with the heading that it leaves empty."""
    for chapter in chapters:
        for at, block in enumerate(chapter.blocks):
            if isinstance(block, kind):
                above = chapter.blocks[at - 1] if at else None
                del chapter.blocks[at]
                if isinstance(above, Heading):
                    _drop_if_empty(above, chapter.blocks)
                return block
    return None


def _drop_if_empty(heading: Heading, blocks: list[Block]) -> None:
    """Take a heading out of its chapter's blocks if nothing stands under it."""
    at = next(at for at, block in enumerate(blocks) if block is heading)
    after = blocks[at + 1] if at + 1 < len(blocks) else None
    if after is None or (isinstance(after, Heading) and after.level <= heading.level):
        del blocks[at]


def _own_title(name: str) -> Heading:
    number, _, words = name.partition("-")
    text = (words if number.isdecimal() and words else name).replace("-", " ").capitalize()
    return Heading(2, text_tokens(text), text)


def _about(part) -> dict:
    """Return what is said of a notebook or a cell for the report alone."""
    return part.metadata.get("casebound", {})


def _meta(nb, chapters: list[Chapter]) -> dict:
    first = chapters[0].title.text if chapters else "Report"
    given = {name: value for name, value in _about(nb).items() if value is not None}
    return {
        **dict.fromkeys(("subtitle", "as_known", "newest", "description", "fingerprint"), ""),
        **{"title": first, "language": "en-GB", "timestamp": "1980-01-01T00:00:00+00:00", "keywords": []},
        **{"paper": "a4", "authors": ["Casebound"], **given},
    }
