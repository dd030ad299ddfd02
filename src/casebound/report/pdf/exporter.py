"""The report as one tagged PDF (PDF/UA-1 and PDF/A-2a), set by Typst from the same document as the page."""

from __future__ import annotations

import base64
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import typst as compiler
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from casebound.pages.markup import plain_text
from casebound.paths import FONTS
from casebound.report.document import model, wording
from casebound.report.document.assemble import ReportExporter
from casebound.report.errors import BuildProblems
from casebound.report.pdf.abridged import abridged
from casebound.report.pdf.glyphs import unshown
from casebound.report.pdf.typst_markup import array, breaking, quoted, typst, typst_cell, words
from casebound.report.pdf.widths import breakable, small, widths

TEMPLATES = Path(__file__).parent / "templates"
# Right, and what a reader takes for granted; but poppler up to 25.11 takes a false for no truth value, and complains.
SUSPECTS = b"/Suspects false"
PAGE = "\f"  # where a part begins a page; it can stand in no string of a user's, which hold no such character


class ReportPDFExporter(ReportExporter):
    """Binds a joined, executed notebook into one PDF.

    `under_way` is set when all that is left is Typst's work, so that Python is free for other threads.
    """

    file_extension = ".pdf"
    output_mimetype = "application/pdf"
    export_from_notebook = "Casebound report (PDF)"

    def __init__(self, **options) -> None:
        super().__init__(**options)
        self.under_way = threading.Event()

    def bound(self, doc: model.Document) -> bytes:
        """Return the PDF's bytes; raises BuildProblems."""
        return pdf(doc, self.under_way.set)


def pdf(doc: model.Document, under_way: Callable[[], None] = lambda: None) -> bytes:
    """Return the PDF of a document, and call `under_way` when Typst begins; raises BuildProblems."""
    doc = abridged(doc)
    files = {
        **sources(doc),
        "preamble.typ": (TEMPLATES / "preamble.typ").read_bytes(),
        **{picture_name(n): picture(figure) for n, figure in enumerate(doc.figures)},
    }
    under_way()
    try:
        data = compiler.compile(
            files,
            format="pdf",
            pdf_standards=["ua-1", "a-2a"],
            ignore_system_fonts=True,
            font_paths=[str(FONTS)],
            timestamp=stamp(doc),
        )
    except compiler.TypstError as error:
        raise BuildProblems(unshown(doc, error.diagnostic) or [f"the PDF: {error.message}"]) from None
    marked = b"/MarkInfo<</Marked true%s>>"
    return data.replace(marked % SUSPECTS, marked % (b" " * len(SUSPECTS)))  # as long, so that every place in it holds


def sources(doc: model.Document) -> dict[str, bytes]:
    """Return the Typst source of a document by file, one for each part that begins a page.

    So a process that has set the document before, such as that of a watch, sets only those that were changed.
    """
    main, *parts = source(doc).split(PAGE)
    files = {f"part-{n}.typ": f'#import "preamble.typ": *\n{part}' for n, part in enumerate(parts)}
    main += "".join(f'#pagebreak(weak: true)\n#include "{name}"\n\n' for name in files)
    return {name: text.encode() for name, text in {"main": main, **files}.items()}


def source(doc: model.Document) -> str:
    """Return the Typst source of a document, its parts divided by PAGE."""
    names = {id(figure): picture_name(n) for n, figure in enumerate(doc.figures)}
    language, _, region = doc.meta["language"].partition("-")
    return (
        environment()
        .get_template("report.typ.j2")
        .render(
            doc=doc,
            wording=wording,
            PAGE=PAGE,
            picture=lambda figure: names[id(figure)],
            date=stamp(doc),
            language=language,
            region=region or "GB",
            short_contents=sum(1 + len(parts) for _, parts in doc.contents) > 26,
        )
    )


@cache
def environment() -> Environment:
    """Return the Jinja environment of the Typst source."""
    env = Environment(
        loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    env.filters.update(q=quoted, w=words, typst=typst, cell=typst_cell, breaking=breaking)
    env.filters.update(kind=lambda b: type(b).__name__.lower())
    env.filters.update(widths=widths, small=small, breakable=breakable, pieces=piece_array, plain=plain_text)
    return env


def stamp(doc: model.Document) -> datetime:
    """Return the report's own moment in UTC; one without a zone is taken as UTC."""
    moment = datetime.fromisoformat(doc.meta["timestamp"])
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def picture_name(n: int) -> str:
    """Return the name under which a figure's picture is handed to Typst."""
    return f"picture-{n}.svg"


def picture(figure: model.Figure) -> bytes:
    """Return a figure's picture as SVG, the only kind that the compiler takes from memory."""
    if figure.mime == "image/svg+xml":
        return figure.data
    data = base64.b64encode(figure.data).decode()
    size = f'width="{figure.width}" height="{figure.height}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}><image {size} href="data:{figure.mime};base64,{data}"/></svg>'
    ).encode()


def piece_array(entry: model.FactEntry, evidence: model.Appendix) -> str:
    """Return an entry's pieces of evidence as a Typst array of dictionaries."""
    parts = (wording.parts(piece, evidence).items() for piece in entry.pieces)
    return array("(" + ", ".join(f"{name}: {quoted(part)}" for name, part in piece) + ")" for piece in parts)
