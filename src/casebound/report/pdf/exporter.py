"""The report as two tagged PDFs (PDF/UA-1 and PDF/A-2a), set by Typst from the same document as the page.

The body is what is read, the annex what it rests on; each leads into the other by its name.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst as compiler
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it.token import Token

from casebound.pages.markup import plain_text
from casebound.paths import FONTS, ProjectNotFoundError, fonts_dir
from casebound.report.document import model, wording
from casebound.report.document.assemble import ReportExporter
from casebound.report.document.numbering import tokens_of
from casebound.report.errors import BuildProblems
from casebound.report.pdf import places as where
from casebound.report.pdf.abridged import abridged
from casebound.report.pdf.glyphs import unshown
from casebound.report.pdf.layout import bands, dated, floating, stretches
from casebound.report.pdf.printer import Printer, listed
from casebound.report.pdf.typst_markup import array, breaking, in_language, quoted, remark, words
from casebound.report.pdf.widths import is_breakable, is_small, widths

TEMPLATES = Path(__file__).parent / "templates"
# Right, and what a reader takes for granted; but poppler up to 25.11 takes a false for no truth value, and complains.
SUSPECTS = b"/Suspects false"
PART = "\f"  # where a file of its own begins; it can stand in no string of a user's, which hold no such character


class ReportPDFExporter(ReportExporter):
    """Binds an executed notebook into a PDF, and of a whole report the annex into another."""

    file_extension = ".pdf"
    output_mimetype = "application/pdf"
    export_from_notebook = "Casebound report (PDF)"

    def bound(self, doc: model.Document) -> bytes:
        """Return the bytes of the body's PDF; raises BuildProblems."""
        return pdf(doc)

    def annex(self, doc: model.Document) -> bytes:
        """Return the bytes of the annex's PDF; raises BuildProblems."""
        return annex(doc)


def pdf(doc: model.Document) -> bytes:
    """Return the PDF of a document's body; raises BuildProblems."""
    return _compiled(doc, body_files(doc))


def annex(doc: model.Document) -> bytes:
    """Return the PDF of a document's annex; raises BuildProblems."""
    return _compiled(doc, annex_files(doc))


def _compiled(doc: model.Document, files: Any) -> bytes:  # Typst's type hints know no set of files
    further = _further_fonts()
    try:
        data = compiler.compile(
            files,
            format="pdf",
            pdf_standards=["ua-1", "a-2a"],
            ignore_system_fonts=True,
            font_paths=[str(FONTS), *further],
            sys_inputs={"typefaces": "\n".join(compiler.Fonts(False, False, further).families())},
            timestamp=stamp(doc),
        )
    except compiler.TypstError as error:
        raise BuildProblems(unshown(doc, error.diagnostic) or [f"the PDF: {error.message}"]) from None
    marked = b"/MarkInfo<</Marked true%s>>"
    return data.replace(marked % SUSPECTS, marked % (b" " * len(SUSPECTS)))  # as long, so that every place in it holds


def _further_fonts() -> list[str]:
    """Return the project's folder of typefaces for what the report's own lack; none outside a project."""
    try:
        return [str(fonts_dir())] if fonts_dir().is_dir() else []
    except ProjectNotFoundError:
        return []


def body_files(doc: model.Document) -> dict[str, bytes]:
    """Return the files that Typst sets for a document's body as it is printed."""
    doc = abridged(doc)
    return _files(body_source(doc), [*filter(None, [doc.cover]), *doc.chapters])


def annex_files(doc: model.Document) -> dict[str, bytes]:
    """Return the files that Typst sets for a document's annex as it is printed."""
    doc = abridged(doc)
    return _files(annex_source(doc), doc.annex)


def _files(source: str, chapters: Iterable[model.Chapter]) -> dict[str, bytes]:
    """Return a source as files, one for each part, with preamble and pictures.

    So a process that has set the document before, such as that of a watch, sets only those that were changed.
    """
    main, *parts = source.split(PART)
    files = {f"part-{n}.typ": f'#import "preamble.typ": *\n{part}' for n, part in enumerate(parts)}
    main += "".join(f'#include "{name}"\n\n' for name in files)
    preamble = (TEMPLATES / "preamble.typ").read_bytes()
    blocks = [block for chapter in chapters for block in chapter.blocks]
    pictures = {f"{block.anchor}.svg": picture(block) for block in blocks if isinstance(block, model.Figure)}
    texts = {name: text.encode() for name, text in {"main": main, **files}.items()}
    return {**texts, "preamble.typ": preamble, **pictures}


def body_source(doc: model.Document) -> str:
    """Return the Typst source of a document's body, its parts divided by PART."""
    here, _ = where.places(doc)
    return _source("report.typ.j2", doc, Printer(here), annexed=list(annexed(doc)))


def annex_source(doc: model.Document) -> str:
    """Return the Typst source of a document's annex, its parts divided by PART."""
    _, here = where.places(doc)
    return _source("annex.typ.j2", doc, Printer(here, is_annex=True))


def _source(template: str, doc: model.Document, printer: Printer, **more: Any) -> str:
    language, _, region = doc.meta["language"].partition("-")
    given = {"date": stamp(doc), "language": language, "region": region or "GB", "PART": PART, **vars(where)}
    return environment().get_template(template).render(doc=doc, printer=printer, wording=wording, **given, **more)


def annexed(doc: model.Document) -> Iterable[tuple[str, str]]:
    """Yield address and title of each part of the annex."""
    titles = [(chapter.title.anchor, chapter.title.text) for chapter in doc.annex]
    titles += [(where.DATA, "Data behind the figures")] if any(figure.table for figure in doc.figures) else []
    titles += [(where.EVIDENCE, "Evidence"), (where.SOURCES, "Sources")] if doc.evidence else []
    return ((f"{where.ANNEX}#{anchor}", title) for anchor, title in titles)


@cache
def environment() -> Environment:
    """Return the Jinja environment of the Typst source."""
    env = Environment(
        loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    env.filters.update(q=quoted, w=words, breaking=breaking, plain=plain_text, texts=texts, cited=cited)
    env.filters.update(widths=widths, pieces=piece_array, citation=citation, remark=remark, used=used)
    env.filters.update(bands=bands, dated=dated, floating=floating, stretches=stretches)
    env.tests.update(small=is_small, breakable=is_breakable)
    return env


def stamp(doc: model.Document) -> datetime:
    """Return the report's own moment in UTC."""
    return datetime.fromisoformat(doc.meta["timestamp"]).astimezone(UTC)


def picture(figure: model.Figure) -> bytes:
    """Return a figure's picture as SVG, the only kind that the compiler takes from memory."""
    if figure.mime == "image/svg+xml":
        return figure.raw
    data = base64.b64encode(figure.raw).decode()
    size = f'width="{figure.width}" height="{figure.height}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}><image {size} href="data:{figure.mime};base64,{data}"/></svg>'
    ).encode()


def piece_array(entry: model.FactEntry, evidence: model.Appendix) -> str:
    """Return an entry's pieces of evidence as a Typst array of dictionaries."""
    parts = ({**vars(piece), "anchor": evidence.anchors[piece.source]} for piece in entry.pieces)
    given = (
        {name: in_language(part, piece["language"] if name == "saying" else "") for name, part in piece.items()}
        for piece in parts
    )
    return array("(" + ", ".join(f"{name}: {part}" for name, part in piece.items()) + ")" for piece in given)


def citation(source: model.SourceEntry) -> str:
    """Return a source's citation as Typst markup, its title marked as of its language if that is not the report's."""
    before, title, after = source.citation.partition(source.title) if source.language else (source.citation, "", "")
    return words(before) + (f"#{in_language(title, source.language)};" if title else "") + words(after)


def texts(block: model.Block) -> list[Token]:
    """Return the tokens that a block prints; the table behind a figure stands elsewhere."""
    if isinstance(block, model.Figure):
        return [*(block.caption or []), *(block.note or [])]
    return list(tokens_of(block))


def cited(cover: model.Chapter) -> list[Token]:
    """Return the tokens that the first page prints."""
    return [
        token for block in cover.blocks for token in (block.tokens if isinstance(block, model.Prose) else texts(block))
    ]


def used(fact: model.Cited, printer: Printer) -> str:
    """Return the notes of the body behind which a fact stands, as Typst content; `none` if there are none."""
    notes = [printer.places.link(note.chapter, str(note.number)) for note in fact.notes]
    return f"[Note{'s' * (len(notes) > 1)} {listed(notes)}]" if notes else "none"
