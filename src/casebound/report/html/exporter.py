"""The report as one HTML file: no script, no network, one style sheet that the page's own policy names."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from casebound.pages.markup import plain_text
from casebound.paths import FONTS
from casebound.report.document import model, wording
from casebound.report.document.assemble import ReportExporter
from casebound.report.document.firstpage import rows
from casebound.report.document.numbering import lists_of
from casebound.report.html import drawings, parts, renderer

TEMPLATES = Path(__file__).parent / "templates"
_POLICY = (
    "default-src 'none'; img-src data:; font-src data:; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'"
)
_FACES = (
    ("Inter", "normal", 400, "Inter-Regular"),
    ("Inter", "normal", 600, "Inter-SemiBold"),
    ("Casebound Serif", "normal", 400, "Serif-Regular"),
    ("Casebound Serif", "italic", 400, "Serif-Italic"),
    ("Casebound Serif", "normal", 600, "Serif-SemiBold"),
)


class ReportHTMLExporter(ReportExporter):
    """Binds an executed notebook into one HTML page."""

    file_extension = ".html"
    output_mimetype = "text/html"
    export_from_notebook = "Casebound report (HTML)"

    def bound(self, doc: model.Document) -> str:
        """Return the HTML page of a document."""
        sheets = ("report.css", "draft.css") if doc.draft else ("report.css",)
        style = "".join((TEMPLATES / sheet).read_text(encoding="utf-8") for sheet in sheets)
        style = faces() + style + followed(len(doc.chapters) + 1)
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        template = environment().get_template("report.html.j2")
        return template.render(
            doc=doc,
            style=Markup(style),
            policy=Markup(_POLICY.format(digest)),
            accounts=parts.accounts(doc),
            carried=parts.carried(doc),
        )


@cache
def environment() -> Environment:
    """Return the Jinja environment of the page, which escapes everything that is not Markup."""
    loader = FileSystemLoader(TEMPLATES)
    env = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    as_html = renderer.Renderer()
    env.filters.update(html=as_html.html, with_asides=as_html.with_asides, words=plain_text)
    env.filters.update(drawn=drawings.drawn, data_uri=parts.data_uri, csv_uri=parts.csv_uri, json_ld=parts.json_ld)
    env.filters.update(citation=parts.citation, host=parts.host, remark=renderer.remark)
    env.globals.update(wording=wording, rows=rows, notes_in=notes_in)
    env.tests.update(carded=renderer.has_card)
    return env


def notes_in(*blocks: model.Block) -> list[tuple[model.Note, Markup]]:
    """Return the notes whose numbers first stand in these blocks, which have no margin, as the margin prints them."""
    shown = [replace(block, table=None) if isinstance(block, model.Figure) else block for block in blocks]
    return renderer.first_notes(tokens for block in shown for tokens in lists_of(block))


def followed(chapters: int) -> str:
    """Return the style rules by which the contents follow the reader through so many chapters, without a script."""
    names = [f"--c{n}" for n in range(1, chapters + 1)]
    rules = [f".sheet {{ timeline-scope: {', '.join(names)}; }}"]
    for n, name in enumerate(names, 1):
        item = f".contents > ol > li:nth-child({n + 1})"  # behind that of the first page
        rules.append(f".chapter:nth-of-type({n}) {{ view-timeline-name: {name}; }}")
        rules.append(f"{item} > a {{ animation: here 1ms linear; animation-timeline: {name}; }}")
        rules.append(f"{item} > ol {{ animation: unfolded 1ms linear; animation-timeline: {name}; }}")
    return "\n".join(rules)


@cache
def faces() -> str:
    """Return the style rules that bring the typefaces with the page."""
    rule = (
        '@font-face {{ font-family: "{}"; font-style: {}; font-weight: {};'
        ' src: url("data:font/woff2;base64,{}") format("woff2"); }}\n'
    )
    files = [(*face, base64.b64encode((FONTS / f"{name}.woff2").read_bytes()).decode()) for *face, name in _FACES]
    return "".join(rule.format(*file) for file in files)
