"""Source: the Typst source of body and annex."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it.token import Token

from casebound.pages.markup import plain_text
from casebound.report.document import model, wording
from casebound.report.document.firstpage import rows
from casebound.report.document.numbering import tokens_of
from casebound.report.pdf import places as where
from casebound.report.pdf.entries import citation, piece_array, used
from casebound.report.pdf.layout import floating, stretches
from casebound.report.pdf.printer import Printer
from casebound.report.pdf.typst_markup import breaking, quoted, remark, words
from casebound.report.pdf.widths import is_breakable, is_small, widths

TEMPLATES = Path(__file__).parent / "templates"
PART = "\f"  # where a file of its own begins; it can stand in no string of a user's, which hold no such character


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
    given = {"date": stamp(doc), "language": language, "region": region or "GB", **more}
    return environment().get_template(template).render(doc=doc, printer=printer, **given)


def annexed(doc: model.Document) -> Iterator[tuple[str, str]]:
    """Yield address and title of each part of the annex."""
    titles = [(chapter.title.anchor, chapter.title.text) for chapter in doc.annex]
    titles += [(where.DATA, "Data behind the figures")] if any(figure.table for figure in doc.figures) else []
    titles += [(where.EVIDENCE, "Evidence"), (where.SOURCES, "Sources")] if doc.evidence else []
    yield from ((f"{where.ANNEX}#{anchor}", title) for anchor, title in titles)


@cache
def environment() -> Environment:
    """Return the Jinja environment of the Typst source."""
    env = Environment(
        loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    env.filters.update(q=quoted, w=words, breaking=breaking, plain=plain_text, texts=texts, cited=cited)
    env.filters.update(widths=widths, pieces=piece_array, citation=citation, remark=remark, used=used)
    env.filters.update(rows=rows, floating=floating, stretches=stretches)
    env.tests.update(small=is_small, breakable=is_breakable)
    anchors = {"START": where.START, "DATA": where.DATA, "EVIDENCE": where.EVIDENCE, "SOURCES": where.SOURCES}
    env.globals.update(anchors, UNCITED=where.UNCITED, PART=PART, wording=wording)
    return env


def stamp(doc: model.Document) -> datetime:
    """Return the report's own moment in UTC."""
    return datetime.fromisoformat(doc.meta["timestamp"]).astimezone(UTC)


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
