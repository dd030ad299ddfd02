"""The report as one tagged PDF (PDF/UA-1 and PDF/A-2a), set by Typst from the same document as the page."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst as compiler
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from casebound.pages.markup import plain_text
from casebound.paths import FONTS, ProjectNotFoundError, fonts_dir
from casebound.report.document import model, wording
from casebound.report.document.assemble import ReportExporter
from casebound.report.errors import BuildProblems
from casebound.report.pdf.abridged import abridged
from casebound.report.pdf.glyphs import unshown
from casebound.report.pdf.typst_markup import array, breaking, in_language, quoted, remark, typst, typst_cell, words
from casebound.report.pdf.widths import is_breakable, is_small, widths

TEMPLATES = Path(__file__).parent / "templates"
# Right, and what a reader takes for granted; but poppler up to 25.11 takes a false for no truth value, and complains.
SUSPECTS = b"/Suspects false"
PAGE = "\f"  # where a part begins a page; it can stand in no string of a user's, which hold no such character


class ReportPDFExporter(ReportExporter):
    """Binds an executed notebook into one PDF."""

    file_extension = ".pdf"
    output_mimetype = "application/pdf"
    export_from_notebook = "Casebound report (PDF)"

    def bound(self, doc: model.Document) -> bytes:
        """Return the PDF's bytes; raises BuildProblems."""
        return pdf(doc)


def pdf(doc: model.Document) -> bytes:
    """Return the PDF of a document; raises BuildProblems."""
    files: Any = sources(doc)  # Typst's type hints know no set of files
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


def sources(doc: model.Document) -> dict[str, bytes]:
    """Return the files that Typst sets for a document as it is printed, one for each part that begins a page.

    So a process that has set the document before, such as that of a watch, sets only those that were changed.
    """
    doc = abridged(doc)
    main, *parts = source(doc).split(PAGE)
    files = {f"part-{n}.typ": f'#import "preamble.typ": *\n{part}' for n, part in enumerate(parts)}
    main += "".join(f'#pagebreak(weak: true)\n#include "{name}"\n\n' for name in files)
    preamble = (TEMPLATES / "preamble.typ").read_bytes()
    pictures = {f"{figure.anchor}.svg": picture(figure) for figure in doc.figures}
    texts = {name: text.encode() for name, text in {"main": main, **files}.items()}
    return {**texts, "preamble.typ": preamble, **pictures}


def source(doc: model.Document) -> str:
    """Return the Typst source of a document, its parts divided by PAGE."""
    language, _, region = doc.meta["language"].partition("-")
    is_deep = sum(1 + len(parts) for _, parts in doc.contents) <= 26
    given = {"date": stamp(doc), "language": language, "region": region or "GB", "is_deep": is_deep}
    return environment().get_template("report.typ.j2").render(doc=doc, wording=wording, PAGE=PAGE, **given)


@cache
def environment() -> Environment:
    """Return the Jinja environment of the Typst source."""
    env = Environment(
        loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    env.filters.update(q=quoted, w=words, typst=typst, cell=typst_cell, breaking=breaking, plain=plain_text)
    env.filters.update(widths=widths, pieces=piece_array, citation=citation, remark=remark)
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
