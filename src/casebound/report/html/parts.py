"""Parts of the page: tables as CSV, pictures as addresses, and what the page is."""

from __future__ import annotations

import base64
import csv
import io
import json
from urllib.parse import quote, urlsplit

from markupsafe import Markup, escape

from casebound.pages.markup import plain_text
from casebound.report.document.model import Cited, Document, Figure, Heading, SourceEntry, Table


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
