"""The report as two tagged PDFs (PDF/UA-1 and PDF/A-2a), set by Typst from the same document as the page.

The body is what is read, the annex what it rests on; each leads into the other by its name.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from typing import Any

import typst as compiler

from casebound.paths import FONTS, ProjectNotFoundError, fonts_dir
from casebound.report.document import model
from casebound.report.document.assemble import ReportExporter
from casebound.report.errors import BuildProblems
from casebound.report.pdf.abridged import abridged
from casebound.report.pdf.glyphs import unshown
from casebound.report.pdf.source import PART, TEMPLATES, annex_source, body_source, stamp

# Right, and what a reader takes for granted; but poppler up to 25.11 takes a false for no truth value, and complains.
SUSPECTS = b"/Suspects false"


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


def picture(figure: model.Figure) -> bytes:
    """Return a figure's picture as SVG, the only kind that the compiler takes from memory."""
    if figure.mime == "image/svg+xml":
        return figure.raw
    data = base64.b64encode(figure.raw).decode()
    size = f'width="{figure.width}" height="{figure.height}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}><image {size} href="data:{figure.mime};base64,{data}"/></svg>'
    ).encode()
