"""Parts of the page: the first page as rows, tables as CSV, pictures as addresses, and what the page is."""

from __future__ import annotations

import base64
import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

from markupsafe import Markup, escape

from casebound.pages.markup import plain_text
from casebound.report.document.model import (
    Block,
    Chapter,
    Cited,
    Document,
    Figure,
    Heading,
    KeyFacts,
    SourceEntry,
    Table,
)


@dataclass
class Part:
    """A heading of the first page, if it has one, and what stands below it."""

    heading: Heading | None = None
    blocks: list[Block] = field(default_factory=list)


@dataclass
class Row:
    """Parts of the first page that stand side by side where there is room; `kind` says how they share it."""

    kind: str
    parts: list[Part]


def rows(cover: Chapter) -> list[Row]:
    """Return the first page as rows: parts that are columns side by side, key facts beside the part before them."""
    found: list[Row] = []
    for part in _parts(cover):
        last = found[-1] if found else None
        if part.heading and part.heading.is_column:
            if last and last.kind == "columns":
                last.parts.append(part)
            else:
                found.append(Row("columns", [part]))
        elif last and last.kind == "single" and any(isinstance(block, KeyFacts) for block in part.blocks):
            last.kind = "pair"
            last.parts.append(part)
        else:
            has_figure = any(isinstance(block, Figure) for block in part.blocks)
            found.append(Row("plate" if has_figure else "single", [part]))
    return found


def _parts(cover: Chapter) -> Iterator[Part]:
    """Yield the parts of the first page; a figure is one of its own, since it needs the whole width."""
    part = Part()
    for block in cover.blocks:
        if isinstance(block, Heading | Figure):
            if part.heading or part.blocks:
                yield part
            part = Part(block) if isinstance(block, Heading) else Part()
        if not isinstance(block, Heading):
            part.blocks.append(block)
        if isinstance(block, Figure):
            yield part
            part = Part()
    if part.heading or part.blocks:
        yield part


def accounts(doc: Document) -> dict[str, str]:
    """Return the anchors of the questions to which accounts differ, by their words."""
    return {b.text: b.anchor for part in doc.parts for b in part.blocks if isinstance(b, Heading)}


def carried(doc: Document) -> dict[str, list[Cited]]:
    """Return the entries that each source carries, by the source's id."""
    found: dict[str, list[Cited]] = {}
    for cited in (*doc.evidence.cited, *doc.evidence.uncited) if doc.evidence else ():
        for source in dict.fromkeys(piece.source for piece in cited.entry.pieces):
            found.setdefault(source, []).append(cited)
    return found


def host(url: str) -> str:
    """Return the name of the site that an address is on."""
    return urlsplit(url).netloc.removeprefix("www.")


def json_ld(doc: Document) -> Markup:
    """Return what the page is in terms of schema.org, for those who index it."""
    about = {
        "@context": "https://schema.org",
        "@type": "Report",
        "name": doc.meta["title"],
        "description": doc.meta["description"],
        "inLanguage": doc.meta["language"],
        "dateModified": doc.meta["timestamp"],
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "keywords": doc.meta["keywords"],
        **(
            {"author": [{"@type": "Person", "name": name} for name in authors]}
            if (authors := doc.meta["authors"])
            else {}
        ),
        **({"creativeWorkStatus": "Draft"} if doc.draft else {}),
    }
    text = json.dumps(about, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))  # nothing in it may end the element


def citation(source: SourceEntry) -> Markup:
    """Return a source's citation with its title marked as of its language, if that is not the page's."""
    before, title, after = source.citation.partition(source.title) if source.language else (source.citation, "", "")
    marked = Markup('{}<bdi lang="{}">{}</bdi>{}')
    return marked.format(before, source.language, title, after) if title else escape(before)


def csv_uri(table: Table) -> str:
    """Return a table as CSV (UTF-8, without citations) in a data address."""
    buffer = io.StringIO()
    lines = [[column.name for column in table.columns], *table.rows]
    csv.writer(buffer, lineterminator="\n").writerows([plain_text(cell) for cell in line] for line in lines)
    return "data:text/csv;charset=utf-8," + quote(buffer.getvalue(), safe=",;:'()+/$@!*")


def data_uri(figure: Figure) -> str:
    """Return a figure's picture as a data address."""
    return f"data:{figure.mime};base64,{base64.b64encode(figure.raw).decode()}"
