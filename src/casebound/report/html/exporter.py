"""The report as one HTML file: no script, no network, one style sheet that the page's own policy names."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
from functools import cache
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup, escape

from casebound.pages.markup import MARKS, parser, plain_text
from casebound.report.document import model, wording
from casebound.report.document.assemble import ReportExporter
from casebound.report.html import drawings

TEMPLATES = Path(__file__).parent / "templates"
_POLICY = (
    "default-src 'none'; img-src data:; font-src data:; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'"
)


class ReportHTMLExporter(ReportExporter):
    """Binds an executed notebook into one HTML page."""

    file_extension = ".html"
    output_mimetype = "text/html"
    export_from_notebook = "Casebound report (HTML)"

    def bound(self, doc: model.Document) -> str:
        """Return the HTML page of a document."""
        faces = drawings.faces() if any(figure.mime == "image/svg+xml" for figure in doc.figures) else ""
        sheets = ("report.css", "draft.css") if doc.draft else ("report.css",)
        style = faces + "".join((TEMPLATES / sheet).read_text(encoding="utf-8") for sheet in sheets)
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        template = environment().get_template("report.html.j2")
        return template.render(doc=doc, style=Markup(style), policy=Markup(_POLICY.format(digest)))


@cache
def environment() -> Environment:
    """Return the Jinja environment of the page, which escapes everything that is not Markup."""
    loader = FileSystemLoader(TEMPLATES)
    env = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    env.filters.update(html=_Renderer().html, inlined=drawings.inlined, citation=citation)
    env.filters.update(data_uri=data_uri, csv_uri=csv_uri, json_ld=json_ld, remark=remark)
    env.globals.update(wording=wording)
    return env


def json_ld(doc: model.Document) -> Markup:
    """Return what the page is in terms of schema.org, with the sources that it cites, for those who index it."""
    sources = doc.evidence.sources if doc.evidence else []
    works = [{"@type": "CreativeWork", "name": work.citation, "url": work.url} for work in sources]
    about = {
        "@context": "https://schema.org",
        "@type": "Report",
        "name": doc.meta["title"],
        "description": doc.meta["description"],
        "inLanguage": doc.meta["language"],
        "dateModified": doc.meta["timestamp"],
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "keywords": doc.meta["keywords"],
        "citation": [{name: value for name, value in work.items() if value} for work in works],
        **({"creativeWorkStatus": "Draft"} if doc.draft else {}),
    }
    text = json.dumps(about, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))  # nothing in it may end the element


def citation(source: model.SourceEntry) -> Markup:
    """Return a source's citation with its title marked as of its language, if that is not the page's."""
    before, title, after = source.citation.partition(source.title) if source.language else (source.citation, "", "")
    marked = Markup('{}<bdi lang="{}">{}</bdi>{}')
    return marked.format(before, source.language, title, after) if title else escape(before)


def remark(shown: model.Remark, *, in_card: bool = False) -> Markup:
    """Return a problem of a draft as a note, which may stand in a paragraph; one in a card is no place to go to."""
    label, parts = shown.label, [Markup("<b>{}</b>").format(shown.label)]
    if shown.following and not in_card:
        link = '<a href="#problem-{0}" aria-label="To problem {0}">next</a>'
        parts.append(Markup(link).format(shown.following))
    parts += [Markup('<b class="about">{}</b>').format(shown.about)] if shown.about else []
    parts += [Markup("<span>{}</span>").format(shown.what)]
    parts += [Markup('<span class="fix">Fix: {}</span>').format(shown.fix)] if shown.fix else []
    parts += [Markup('<span class="place">{}</span>').format(shown.where)] if shown.where else []
    anchor = Markup(' id="{}"').format(shown.anchor) if shown.number and not in_card else ""
    opening = Markup('<span class="problem" role="note" aria-label="{}"{}>').format(label, anchor)
    return opening + Markup(" ").join(parts) + Markup("</span>")


def csv_uri(table: model.Table) -> str:
    """Return a table as CSV (UTF-8, without citations) in a data address."""
    buffer = io.StringIO()
    rows = [[column.name for column in table.columns], *table.rows]
    csv.writer(buffer, lineterminator="\n").writerows([plain_text(cell) for cell in row] for row in rows)
    return "data:text/csv;charset=utf-8," + quote(buffer.getvalue())


def data_uri(figure: model.Figure) -> str:
    """Return a figure's picture as a data address."""
    return f"data:{figure.mime};base64,{base64.b64encode(figure.raw).decode()}"


class _Renderer(RendererHTML):
    """markdown-it's renderer with rules for citations, marks and footnotes."""

    def html(self, tokens: list[Token] | None) -> Markup:
        """Return block or inline tokens as HTML."""
        return Markup(self.render(tokens or [], parser().options, {}))

    def citation(self, tokens, idx, options, env) -> str:
        # each number is a button that opens its evidence in place, without a script
        button = Markup(
            '<button type="button" popovertarget="card-{number}" id="{ref}" aria-label="Evidence {number}">'
            "{number}{entry.sign}</button>"
        )
        inner = ", ".join(button.format(**link) for link in tokens[idx].meta.get("links", ()))
        return f'\u2060<sup class="cite">[{inner}]</sup>' if inner else ""  # never at the head of a line

    def mark(self, tokens, idx, options, env) -> str:
        kind = tokens[idx].meta["kind"]
        label = f'<small class="mark {escape(kind)}">{escape(MARKS[kind])}</small>'
        return label + self.citation(tokens, idx, options, env)

    def problem(self, tokens, idx, options, env) -> str:
        return remark(tokens[idx].meta["remark"])

    def footnote_ref(self, tokens, idx, options, env) -> str:
        return Markup(
            '<sup class="noteref"><a href="#{to}" id="{ref}" role="doc-noteref"'
            ' aria-label="Note {number}">{number}</a></sup>'
        ).format(**{key: tokens[idx].meta[key] for key in ("to", "ref", "number")})

    def link_open(self, tokens, idx, options, env) -> str:
        href = str(tokens[idx].attrs["href"])
        rel = "" if href.startswith("#") else ' rel="noreferrer"'
        rel = ' class="term"' if tokens[idx].meta.get("term") else rel
        return f'<a href="{escape(href)}"{rel}>'

    def fence(self, tokens, idx, options, env) -> str:
        return Markup('<pre tabindex="0"><code>{}</code></pre>\n').format(tokens[idx].content)

    code_block = fence
