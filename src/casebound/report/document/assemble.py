"""From one joined, executed notebook to the document that both exporters print."""

from __future__ import annotations

from dataclasses import replace

from nbconvert.exporters import Exporter

from casebound.pages.display import PROSE, Answer
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
    SourceEntry,
)
from casebound.report.document.numbering import Numbering, refer_to_items, resolve_links
from casebound.report.document.omissions import NOTHING, taken_out
from casebound.report.errors import Problems

PLACES = ("first-page", "annex")  # tags of a heading's cell
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
    gone = taken_out(chapters, _about(nb).get("left_out", {}))
    for last in [chapter for chapter in chapters if not chapter.title.place][-1:]:
        last.blocks += gone.blocks(_about(nb).get("limits", ""), problems)
    cover, body, annex = _placed(chapters)
    numbering = Numbering(entries, sources, problems)
    for chapter in [*filter(None, [cover]), *body]:
        numbering.chapter(chapter)
    numbering.annex(annex)
    parts = [*filter(None, [cover]), *body, *annex]
    refer_to_items(parts, numbering.labels)
    resolve_links(parts, numbering.taken, gone.targets, problems)
    link_terms(parts, numbering.anchor)
    problems.check()
    evidence = numbering.evidence() if entries else None
    return Document(_meta(nb, chapters), cover, body, annex, evidence, list(problems.left_out))


def _placed(chapters: list[Chapter]) -> tuple[Chapter | None, list[Chapter], list[Chapter]]:
    """Return the first page, if there is one, the chapters of the body, and those of the annex, as cells are tagged."""
    cover: Chapter | None = None
    body, annex = list[Chapter](), list[Chapter]()
    for chapter in chapters:
        if chapter.title.place == "first-page" and not cover:
            cover = chapter
        elif chapter.title.place == "annex":
            annex.append(chapter)
        else:
            behind = _split_off(chapter)
            body += [chapter] if chapter.blocks or chapter.answer or not behind else []
            annex += [Chapter(chapter.name, replace(chapter.title), behind)] if behind else []
    return cover, body, annex


def _split_off(chapter: Chapter) -> list[Block]:
    """Take out of a chapter, and return, what stands under headings tagged for the annex."""
    kept, behind = list[Block](), list[Block]()
    level = 0  # of the tagged heading that is in force
    for block in chapter.blocks:
        if isinstance(block, Heading) and (not level or block.level <= level):
            level = block.level if block.place == "annex" else 0
        (behind if level else kept).append(block)
    chapter.blocks = kept
    return behind


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
            chapter.title = replace(chapter.title, tokens=text_tokens(title), text=title)
    return chapters


def _add(chapter: Chapter, cell, problems: Problems) -> None:
    if cell.cell_type == "code" and cell.source.strip():
        tags = cell.metadata.get("tags", [])
        label = next((_SETUP[tag] for tag in tags if tag in _SETUP), problems.heading)
        chapter.code.append(Code(cell.source.strip("\n"), label))
    if cell.cell_type == "raw" and cell.source.strip():
        problems.leave_out("a raw cell is not in the report; make it Markdown to have it there")
    blocks = cell_blocks(cell, problems) or [NOTHING] * bool(cell.get("outputs"))
    for block in blocks:
        if isinstance(block, Heading):
            tags = cell.metadata.get("tags", [])
            block.is_column, block.place = "column" in tags, next((tag for tag in PLACES if tag in tags), "")
        elif isinstance(block, Answer):
            chapter.answer = [*(chapter.answer or ()), *block.text]
    blocks = [block for block in blocks if not isinstance(block, Answer)]
    if any(PROSE in output.get("data", ()) for output in cell.get("outputs", ())):
        _answer_heading(chapter.blocks, blocks)
    if not chapter.blocks and blocks and isinstance(title := blocks[0], Heading) and title.level == 1:
        chapter.title = title
        title.level = 2
        del blocks[0]
        problems.heading = next((block.text for block in reversed(blocks) if isinstance(block, Heading)), "")
    chapter.blocks += blocks + _about(cell).get("remarks", [])


def _answer_heading(before: list[Block], shown: list[Block]) -> None:
    """Let the one heading that opens a section of the narrative take the place of the notebook's right above it.

    The section's own states what it says, where the notebook's can only name what it is about.
    """
    headings = [block for block in shown if isinstance(block, Heading)]
    label = before[-1] if before else None
    if len(headings) == 1 and headings[0] is shown[0] and isinstance(label, Heading) and not label.place:
        label.tokens, label.text = headings[0].tokens, headings[0].text
        del shown[0]


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
    meta = {
        **dict.fromkeys(("subtitle", "as_known", "newest", "description", "fingerprint", "license", "proof"), ""),
        **{"title": first, "language": "en-GB", "timestamp": "1980-01-01T00:00:00+00:00", "keywords": []},
        **{"paper": "a4", "authors": [], **given},
    }
    edition = f"edition {meta['fingerprint'][:8]}" if meta["fingerprint"] else ""
    known = f"as known on {meta['as_known']}" if meta["as_known"] else ""
    cite = ", ".join(filter(None, (*meta["authors"], f"“{meta['title']}”", known, edition)))
    return {**meta, "edition": meta["fingerprint"][:8], "cite": cite}
