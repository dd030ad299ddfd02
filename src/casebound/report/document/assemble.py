"""From one joined, executed notebook to the document that both exporters print."""

from __future__ import annotations

from typing import TypeVar

from nbconvert.exporters import Exporter

from casebound.pages.markup import text_tokens
from casebound.report.document.cells import cell_blocks
from casebound.report.document.glossary import link_terms
from casebound.report.document.model import (
    Chapter,
    Code,
    Document,
    FactEntry,
    Heading,
    KeyFacts,
    SourceEntry,
    StatusBox,
)
from casebound.report.document.numbering import Numbering, resolve_links
from casebound.report.document.omissions import NOTHING, taken_out
from casebound.report.document.wording import note_evidence
from casebound.report.errors import Problems

Box = TypeVar("Box", KeyFacts, StatusBox)
_SETUP = {"parameters": "Parameters", "injected-parameters": "Parameters of this report", "setup": "Setup"}


class ReportExporter(Exporter):
    """Binds an executed notebook without a ledger; a build binds the document of all its notebooks itself."""

    def from_notebook_node(self, nb, resources=None, **kw):
        """Return what the notebook is bound into, and the resources; raises BuildProblems."""
        nb, resources = super().from_notebook_node(nb, resources, **kw)
        return self.bound(document(nb, {}, {})), resources

    def bound(self, doc: Document) -> str | bytes:
        """Return what a document is bound into; raises BuildProblems."""
        raise NotImplementedError


def document(
    nb, entries: dict[str, FactEntry], sources: dict[str, SourceEntry], problems: Problems | None = None
) -> Document:
    """Return the report that a joined notebook and its evidence, by id, make.

    Without entries there is no appendix. Raises BuildProblems with every problem at once, unless `problems` takes them.
    """
    problems = problems or Problems()
    chapters = _chapters(nb, problems)
    first = chapters[0] if chapters else None
    status, keyfacts = _moved(chapters, StatusBox), _moved(chapters, KeyFacts)
    gone = taken_out(chapters, _about(nb).get("left_out", {}))
    if chapters:
        chapters[-1].blocks += gone.blocks(_about(nb).get("limits", ""), problems)
    numbering = Numbering(entries, sources, problems)
    problems.at("")
    for box in (status, keyfacts):
        if box:
            numbering.block(box)
    for chapter in chapters:
        numbering.chapter(chapter)
    resolve_links(chapters, numbering.taken, gone.targets, problems)
    link_terms(chapters, numbering.anchor)
    problems.check()
    meta = _meta(nb, chapters)
    if status and meta["fingerprint"]:
        edition = f"evidence up to {meta['newest'] or meta['as_known']}; inputs {meta['fingerprint'][:16]}"
        status.items = [*status.items, ("Edition", text_tokens(edition))]
    # the first sums up, on one page, what the others say
    note_evidence(chapter for chapter in chapters if chapter is not first)
    evidence = numbering.evidence() if entries else None
    return Document(meta, status, keyfacts, chapters, evidence, list(problems.left_out))


def _chapters(nb, problems: Problems) -> list[Chapter]:
    """Return the chapters, with the case's own titles, and with `NOTHING` where a cell shows nothing."""
    chapters: list[Chapter] = []
    for cell in nb.cells:
        name = _about(cell).get("chapter") or _about(nb).get("name") or "notebook"
        if not chapters or chapters[-1].name != name:
            chapters.append(Chapter(name, _own_title(name)))
            problems.at(name)
        _add(chapters[-1], cell, problems)
    for chapter in chapters:
        if title := _about(nb).get("titles", {}).get(chapter.name):
            chapter.title = Heading(2, text_tokens(title), title)
    return chapters


def _add(chapter: Chapter, cell, problems: Problems) -> None:
    if cell.cell_type == "code" and cell.source.strip():
        tags = cell.metadata.get("tags", [])
        label = next((_SETUP[tag] for tag in tags if tag in _SETUP), problems.heading)
        chapter.code.append(Code(cell.source.strip("\n"), label))
    if cell.cell_type == "raw" and cell.source.strip():
        problems.leave_out("a raw cell is not in the report; make it Markdown to have it there")
    blocks = cell_blocks(cell, problems) or [NOTHING] * bool(cell.get("outputs"))
    if not chapter.blocks and blocks and isinstance(title := blocks[0], Heading) and title.level == 1:
        chapter.title = title
        title.level = 2
        del blocks[0]
        problems.heading = next((block.text for block in reversed(blocks) if isinstance(block, Heading)), "")
    chapter.blocks += blocks + _about(cell).get("remarks", [])


def _moved(chapters: list[Chapter], kind: type[Box]) -> Box | None:
    """Take the first block of a kind out of its chapter."""
    for chapter in chapters:
        for at, block in enumerate(chapter.blocks):
            if isinstance(block, kind):
                chapter.blocks[at] = NOTHING
                return block
    return None


def _own_title(name: str) -> Heading:
    number, _, words = name.partition("-")
    text = (words if number.isdecimal() and words else name).replace("-", " ").capitalize()
    return Heading(2, text_tokens(text), text)


def _about(part) -> dict:
    """Return the metadata of a notebook or a cell for the report alone."""
    return part.metadata.get("casebound", {})


def _meta(nb, chapters: list[Chapter]) -> dict:
    first = chapters[0].title.text if chapters else "Report"
    given = {name: value for name, value in _about(nb).items() if value is not None}
    return {
        **dict.fromkeys(("subtitle", "as_known", "newest", "description", "fingerprint", "license"), ""),
        **{"title": first, "language": "en-GB", "timestamp": "1980-01-01T00:00:00+00:00", "keywords": []},
        **{"paper": "a4", **given},
    }
