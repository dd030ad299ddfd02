"""Printable: each kind of output that a reader's cell can have is printed, or stops the build; none is left out.

The kernel, IPython, pandas and Matplotlib are the real ones. What a library shows that no lock file holds (Plotly,
Altair, ipywidgets, Polars, Bokeh) is shown by a class with the same bundle of MIME types.
"""

import html
import re

import nbformat
import pytest

from casebound.pages.display import Column, Table
from casebound.pages.markup import text_tokens
from casebound.report.build import Request, report
from casebound.report.document import printable
from casebound.report.document.model import Preformatted
from casebound.report.errors import BuildProblems
from casebound.report.progress import Progress

SETUP = """import io
import numpy as np
import pandas as pd
import matplotlib.pyplot as plt
from IPython import display as shown
from matplotlib.figure import Figure
from casebound.facts.ledger.ledger import load
from casebound.pages import display as pages, figures, tables

ledger = load("dairy-2031")
frame = pd.DataFrame({"shop": ["Cawdale", "Mere End"], "litres": [120, 80]})


class Bundle:
    def __init__(self, **data):
        self.data = data

    def _repr_mimebundle_(self, **_):
        return self.data


def bundle(kind, value, text="<an object>"):
    return Bundle(**{kind: value, "text/plain": text})


def picture(kind):
    raw = io.BytesIO()
    figure = Figure(figsize=(2, 1))
    figure.subplots().plot([1, 3, 2])
    figure.savefig(raw, format=kind)
    return raw.getvalue()
"""
TABLE = "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>two</td></tr></table>"
POLARS = f"<div><style>td {{color: red}}</style><small>shape: (1, 2)</small>{TABLE}</div>"

# A kind, the code of its cell, and words that the page then holds.
PRINTED = {
    "a data frame": ("frame", "Mere End"),
    "a whole statement": ("ledger.facts[['statement']].head(2)", "more than a month before the article appeared"),
    "a long data frame": ("pd.DataFrame({'n': range(100)})", "Shown: 10 of 100 rows."),
    "an index of several levels": ("frame.assign(n=1).pivot_table(index=['shop', 'n'], values='litres')", "Cawdale"),
    "a Styler": ("frame.style.format('{:.1f}', subset=['litres']).set_caption('Milk by *shop*')", "Milk by *shop*"),
    "a text": ("'milk <b>'", "'milk <b>'"),
    "a dictionary": ("dict(milk=[1, 2])", "{'milk': [1, 2]}"),
    "printed text": ("print('printed', 'twice')", "printed twice"),
    "Markdown": ("shown.Markdown('Some *words*')", "Some <em>words</em>"),
    "pretty text": ("shown.Pretty('as it stands')", "as it stands"),
    "an HTML table": (f"shown.HTML('{TABLE}')", ">two</td>"),
    "a Polars frame": (f"bundle('text/html', {POLARS!r})", ">two</td>"),
    "a figure": ("fig, ax = plt.subplots()\nfigures.show(fig, alt='One', caption='The figure')", "The figure"),
    "axes": ("ax = frame.plot('shop', 'litres')\nfigures.show(ax, alt='Two', caption='The axes')", "The axes"),
    "a PNG": ("shown.Image(picture('png'), alt='A drawn line')", 'alt="A drawn line"'),
    "a JPEG": ("shown.Image(picture('jpeg'), alt='A second line')", 'alt="A second line"'),
    "an SVG": (
        "shown.display(shown.SVG(picture('svg')), metadata={'image/svg+xml': {'alt': 'A third line'}})",
        "A third line",
    ),
    "the ledger": ("ledger", "<td>supersessions</td>"),
    "a table of the project": ("tables.phases(ledger)", "Table 3"),
    "what is shown and then updated": (
        "one = shown.display(shown.Pretty('draft'), display_id=True)\none.update(shown.Pretty('final words'))",
        "final words",
    ),
    "what is cleared": ("print('draft')\nshown.clear_output()\nprint('the rest')", "the rest"),
    "a bar of progress on stdout": (r"print('10 %\r50 %\rall done')", '<pre class="output" tabindex="0">all done<'),
    "several values in a cell": ("shown.display('first', 'second')", "'first'"),
    "a long word": ("'y' * 300", "y" * 300),
}  # fmt: skip
# A kind, the code of its cell, and words of the problem that stops the build.
REFUSED = {
    "a Plotly figure": ("Bundle(**{'application/vnd.plotly.v1+json': {'data': []}})", "a Plotly figure, which"),
    "an Altair chart": ("bundle('application/vnd.vegalite.v5+json', {}, '<VegaLite 5>')", "an Altair or Vega chart"),
    "a Bokeh plot": ("bundle('application/vnd.bokehjs_exec.v0+json', {})", "a Bokeh plot"),
    "a widget": ("bundle('application/vnd.jupyter.widget-view+json', {}, 'IntSlider()')", "a widget"),
    "words of HTML": ("shown.HTML('<p>Words</p>')", "HTML that is not one plain table"),
    "several HTML tables": (f"shown.HTML('{TABLE}{TABLE}')", "HTML that is not one plain table"),
    "words beside an HTML table": (f"shown.HTML('Words{TABLE}')", "HTML that is not one plain table"),
    "a picture in an HTML table": ("shown.HTML('<table><tr><td><img src=a.png></table>')", "not one plain"),
    "HTML with open cells": ("shown.HTML('<table><tr><td>1<td>2</table>')", "not one plain table"),
    "LaTeX": ("shown.Latex('$x^2$')", "a formula"),
    "JSON": ("shown.JSON({'milk': 1})", "JSON, which the report cannot print; print(json.dumps("),
    "a script": ("shown.Javascript('1')", "a script, which the report cannot print; leave it out"),
    "a GIF": ("shown.Image(b'GIF89a', format='gif', alt='x')", "a picture that is no SVG, PNG or JPEG"),
    "a PDF": ("bundle('application/pdf', 'x')", "a PDF"),
    "an unknown type": ("bundle('application/x-milk', 'x')", "an output of the type application/x-milk"),
    "an output without any type": ("shown.display({}, raw=True)", "an output without any text"),
    "an object": ("object()", "an object's address in memory, <object at 0x…>"),
    "a list of objects": ("Figure().subplots().plot([1])", "<matplotlib.lines.Line2D at 0x…>"),
    "a printed object": ("print(object())", "an object's address in memory, <object object at 0x…>"),
    "a generator": ("(n for n in range(3))", "<generator object <genexpr> at 0x…>"),
    "a function": ("picture", "only the name of an object, <function __main__.picture(kind)>"),
    "a module": ("io", "only the name of an object, <module 'io'"),
    "a bare figure": ("Figure()", "only the name of an object, <Figure size"),
    "a bare axes": ("Figure().subplots()", "only the name of an object, <Axes: >"),
    "a figure without alt text": ("plt.subplots()[0]", "a figure without alt text"),
    "a PNG without alt text": ("shown.Image(picture('png'))", "a figure without alt text"),
    "a long text": ("'x' * 40_000", "40,002 characters, 20,002 more than the report takes (20,000); print less"),
    "many lines": ("for n in range(400): print(n)", "a cell prints 400 lines, 100 more than the report takes (300)"),
    "long Markdown": ("shown.Markdown('word ' * 30_000)", "Markdown of 150,000 characters, 50,000 more"),
    "a very long frame": (
        "pd.set_option('display.max_rows', None)\npd.DataFrame({'n': range(600)})", "600 rows, 100 more than",
    ),
    "a long cell": ("pd.DataFrame({'n': ['word ' * 2000]})", "9,999 characters in one cell, 4,999 more than"),
    "a wide frame": ("ledger.facts", "a table of 22 columns side by side, "),
    "a wide table behind a figure": (
        "figures.show(Figure(), alt='x', caption='x', data=ledger.facts)", "columns side by side, ",
    ),
}  # fmt: skip


def written(path, kinds, first):
    """Write a notebook in which each kind of output stands under its own heading, after the first cells given."""
    cells = [nbformat.v4.new_markdown_cell("# Kinds"), *first, nbformat.v4.new_code_cell(SETUP)]
    for heading, (code, _) in kinds.items():
        cells += [nbformat.v4.new_markdown_cell(f"## {heading}"), nbformat.v4.new_code_cell(code)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)


@pytest.fixture(scope="module")
def built(make_project, warm):
    """Return a function from kinds of output and first cells to the page, and what was reported as left out."""

    def page_of(kinds, first=()):
        root = make_project(chapters=()).root
        written(root / "notebooks" / "45-kinds.ipynb", kinds, first)
        progress = Progress()
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("CASEBOUND_ROOT", str(root))
            folder = report(Request("dairy-2031"), progress, warm).folder
        return (folder / "report.html").read_text("utf-8"), progress.left_out

    return page_of


@pytest.fixture(scope="module")
def page(built):
    """Return what stands under each heading of the page."""
    _, *parts = re.split(r"<h3[^>]*>(.*?)</h3>", built(PRINTED)[0], flags=re.DOTALL)
    return {
        re.sub("<.*?>", "", heading).removesuffix("#").strip(): text
        for heading, text in zip(parts[::2], parts[1::2], strict=True)
    }


@pytest.fixture(scope="module")
def refused(built):
    with pytest.raises(BuildProblems) as caught:
        built(REFUSED)
    return {re.search("under heading “(.*?)”: ", line)[1]: line for line in caught.value.lines}


@pytest.mark.parametrize("kind", PRINTED)
def test_what_can_be_printed_is_printed_under_its_heading(page, kind):
    assert PRINTED[kind][1] in html.unescape(page[kind])


@pytest.mark.parametrize("kind", REFUSED)
def test_what_cannot_be_printed_stops_the_build_with_its_place_and_a_fix(refused, kind):
    assert refused[kind].startswith(f"notebook 45-kinds, under heading “{kind}”: a ")
    assert REFUSED[kind][1] in refused[kind]
    assert "; " in refused[kind]


def test_nothing_else_is_refused(refused):
    assert list(refused) == list(REFUSED)


def test_stderr_raw_cells_and_the_cell_of_an_earlier_run_are_reported_as_left_out(built):
    warning = "import sys\nprint('10 %\\r100 %', file=sys.stderr)"
    earlier = nbformat.v4.new_code_cell("print('quite' + 'gone')", metadata={"tags": ["injected-parameters"]})
    page, left_out = built({"a warning": (warning, "")}, [earlier, nbformat.v4.new_raw_cell("Raw words.")])
    assert "100 %" not in page.partition("<details")[0] and "quitegone" not in page and "Raw words" not in page
    assert left_out == [
        "notebook 45-kinds: a raw cell is not in the report; make it Markdown to have it there",
        "notebook 45-kinds, under heading “a warning”: what a cell writes to stderr is not in the report: 100 %",
        "notebook 45-kinds: an earlier run's cell “injected-parameters” gives way to this report's",
    ]


def a_table(rows, *cells):
    return Table("", None, [Column(text_tokens("n"))], [[text_tokens(cell)] for cell in cells] * rows)


@pytest.mark.parametrize(
    ("check", "most", "more"),
    [
        (printable.too_long, Preformatted("x" * printable.CHARACTERS), Preformatted("x" * (printable.CHARACTERS + 1))),
        (printable.too_long, Preformatted("\n" * (printable.LINES - 1)), Preformatted("\n" * printable.LINES)),
        (printable.too_large, a_table(printable.ROWS, "x"), a_table(printable.ROWS + 1, "x")),
        (printable.too_large, a_table(1, "x " * 2499 + "yy"), a_table(1, "x " * 2500 + "y")),
        (printable.too_large, a_table(20, "x " * 2499 + "yy"), a_table(21, "x " * 2499 + "yy")),
    ],
)
def test_what_is_exactly_as_long_as_the_report_takes_is_printed(check, most, more):
    assert not list(check(most))
    [what] = check(more)
    assert " more than the report takes (" in what


@pytest.mark.parametrize("text", ["<NA>", "<Status.DONE: 1>", "<b>", "a <function> b", "looked at 0x7f3a", "<at 0x>"])
def test_a_text_in_angle_brackets_is_no_name_of_an_object(text):
    assert printable.refusal({"text/plain": text}) is None
