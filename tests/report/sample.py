"""An invented case, a dairy firm whose ordering software failed, that uses every kind of block."""

from __future__ import annotations

import base64
import io
from dataclasses import asdict, replace

from matplotlib.figure import Figure
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from casebound.pages.display import FIGURE, KEY_FACTS, STATUS, TABLE, Answer, Table, columns_named
from casebound.pages.style import styled
from casebound.report.document.model import FactEntry, Piece, SourceEntry

STATEMENTS = {
    "orders-stopped": "Brightwater Dairies’ ordering software stopped working.",
    "milk-poured-away": "Eleven farms poured milk away because no tanker came.",
    "orders-back": "Retailers could place orders again.",
    "loan-promised": "The county promised an interest-free loan to farms that had lost a collection.",
    "cause-not-named": "The firm had not said what caused the failure.",
    **{f"farm-{n}": f"Farm {n} near Ely kept its milk for {n} hours longer than its tank holds." for n in range(5, 16)},
}


def evidence() -> tuple[dict, dict]:
    """Return the entries of facts and of sources, by id."""
    sources = [
        SourceEntry(
            "herald-2031-03-10",
            "Reeve, A. (2031, March 10). Milk left at the gate as dairy’s orders fail. The Fenland Herald.",
            "https://herald.example/milk-left-at-the-gate",
            *("10 March 2031, 08:15", "B", "full text"),
        ),
        SourceEntry(
            "statement-2031-03-22",
            "Brightwater Dairies (2031, March 22). Update on ordering [Press statement].",
            *(None, "22 March 2031", "A", "excerpt"),
        ),
    ]
    entries = [_entry(n, *fact) for n, fact in enumerate(STATEMENTS.items())]
    return {entry.id: entry for entry in entries}, {source.id: source for source in sources}


def _entry(n: int, name: str, statement: str) -> FactEntry:
    first = Piece(
        saying="“we could not see a single order”" if n % 3 else "In our words: Nothing could be ordered from then on.",
        is_quoted=bool(n % 3),
        stance="",
        who="a dispatcher · company" if n % 2 else "reporter",
        source="herald-2031-03-10",
        origin="herald-2031-03-10",
        where=f", body, paragraph {n + 1}",
        state="verified" if n % 3 else "read 1 May 2031",
    )
    other = "statement-2031-03-22"
    second = replace(first, saying="“all is well”", source=other, origin=other, state="unread", stance="disputes")
    pieces = (first, second) if n in (0, 2, 7) else (first,)
    asks = "Which of them overflowed?" if name == "farm-7" else ""
    return FactEntry(name, statement, f"{8 + n} March 2031", "done" if n < 3 else "planned", pieces, asks=asks)


def drawing(kind: str) -> bytes:
    """Return a small figure as Matplotlib writes it, in the report's style and without a date."""
    with styled():
        figure, raw = Figure(figsize=(7.2, 2.8), layout="constrained"), io.BytesIO()
        figure.subplots().barh(["Orders stopped", "Orders back"], [14, 1], left=[0, 14])
        figure.savefig(raw, format=kind, metadata={"Date": None} if kind == "svg" else {"Software": None})
    return raw.getvalue()


def png() -> str:
    """Return a small PNG as notebooks hold it."""
    return base64.b64encode(drawing("png")).decode()


def table_bundle(key: str = "collections", rows: int = 40, caption: str | None = None) -> dict:
    """Return a table as a cell stores it, with a caption and a citation in a cell."""
    report = "Tank *full* by the evening; the tanker came the next day [@farm-5]"
    table = Table(
        key,
        caption or "Collections missed, by farm [@milk-poured-away]",
        columns_named(["Farm", "What was reported", "Litres"], right=["Litres"]),
        [[f"Farm {n}", report, f"{n * 350:,}"] for n in range(1, rows + 1)],
        note="Litres as the farms gave them.",
    )
    return asdict(table)


def markdown(chapter: str, text: str, tags=(), **more):
    """Return a Markdown cell of a chapter."""
    return new_markdown_cell(text, metadata={"casebound": {"chapter": chapter}, "tags": list(tags)}, **more)


def code(chapter: str, source: str, *bundles, tags=(), metadata=None):
    """Return an executed code cell of a chapter whose outputs show the bundles given."""
    outputs = [new_output("display_data", data=b, metadata=metadata or {}) for b in bundles]
    about = {"casebound": {"chapter": chapter}, "tags": list(tags)}
    return new_code_cell(source, outputs=outputs, metadata=about)


def joined(*cells, **meta):
    """Return a joined notebook of these cells."""
    notebook = new_notebook(cells=list(cells))
    notebook.metadata["casebound"] = {
        "title": "When the milk stood still",
        "subtitle": "The failure of Brightwater Dairies’ ordering software, March 2031",
        "language": "en-GB",
        "as_known": "22 March 2031, 17:12",
        "timestamp": "2031-03-22T17:12:00+00:00",
        "keywords": ["dairy", "software failure", "supply chain"],
        "description": "What is known, from two sources, of fourteen days without orders.",
        "fingerprint": "0f" * 32,
        **meta,
    }
    return notebook


def cells() -> list:
    """Return the cells of the whole sample, one chapter after another."""
    return [*_summary(), *_findings(), *_timeline(), *_impacts(), *_own_question(), *_about()]


def _summary():
    name = "00-summary"
    facts = [
        ("14 days", "from the stop to the first order accepted [@orders-stopped; @orders-back]"),
        ("11 farms", "poured milk away [@milk-poured-away]"),
        ("£0", "paid out so far; a loan is promised [@loan-promised]"),
    ]
    return [
        markdown(name, "# Summary", tags=["first-page"]),
        code(name, "case = 'dairy'", tags=["parameters"]),
        markdown(name, "## What happened\n\nOrders stopped, and came back [@orders-stopped; @orders-back]."),
        markdown(name, "## Why it matters"),
        code(name, "show.keyfacts()", {KEY_FACTS: {"items": facts}}),
        markdown(name, "## Sure\n\n- Orders are accepted again [@orders-back].", tags=["column"]),
        markdown(name, "## Not known\n\n- The cause is not public [@cause-not-named].", tags=["column"]),
    ]


def _findings():
    name = "05-findings"
    answer = Answer("Eleven farms poured milk away before orders came back [@milk-poured-away; @orders-back].")
    return [
        markdown(name, "# What stopped, and for how long?"),
        code(name, "narrative.answer(ledger, 'findings')", answer._repr_mimebundle_()),
        code(name, "narrative.section(ledger, 'findings')", {"text/markdown": PROSE}),
    ]


def _about():
    name = "90-about"
    status = [
        ("As known on", "22 March 2031, 17:12"),
        ("Sources", "2, of 2 origins; one in full text, one as an excerpt"),
        ("State", "Orders accepted again [@orders-back]; the cause is not public [@cause-not-named]"),
    ]
    return [
        markdown(name, "# About this report"),
        code(name, "tables.status(ledger)", {STATUS: {"items": status}}),
        markdown(name, "## Tanks, one by one", tags=["annex"]),
        code(name, "tables.tanks(ledger)", {TABLE: table_bundle("tanks", 5, "Tanks [@farm-9]")}),
        markdown(name, "### Which of them overflowed?\n\nFarm 10 kept its milk longest [@farm-10]."),
    ]


PROSE = """\
The ordering software of Brightwater Dairies stopped on the evening of 8 March 2031 [@orders-stopped].
From the next day on collections were made from paper lists, and
eleven farms poured milk away [@milk-poured-away].
The firm’s recovery therefore took longer than its own forecast said[^forecast] [analysis: @orders-back].
Would a second, offline list have saved the milk? [question]

Three things are worth a minister’s time:

- the loan is *promised*, not paid [@loan-promised];
- the cause is **not named** [@cause-not-named], and no one has claimed that it is known;
- the [timeline](10-timeline.ipynb) and its
  [order of events](10-timeline.ipynb#in-which-order-did-things-come-back)
  rest on two sources, of which one is `excerpt` only.

> “We could not see a single order.”

1. [#retailers] First the retailers,
2. [#farms] then the farms. [rests: retailers; farms]

[^forecast]: The forecast was “two or three days” when it was first given [@farm-6].
"""


def _timeline():
    name = "10-timeline"
    figure = {
        "key": "steps",
        "caption": "Four steps from the stop to the return of orders [@orders-stopped; @orders-back]",
        "alt": "Bars from left to right: the stop on 8 March, orders from 22 March.",
        "data": drawing("svg").decode(),
        "table": table_bundle("steps-data", 4, "Steps and days"),
    }
    return [
        markdown(name, "# Timeline: when did what happen?"),
        code(name, "case = 'dairy'", tags=["parameters"]),
        code(name, "case = 'dairy'\nas_of = '2031-03-22'", tags=["injected-parameters"]),
        code(name, "from casebound import case", tags=["setup"]),
        markdown(
            name,
            "## In which order did things come back?\n\nOrders came last[^1] [@orders-back].\n\n"
            "[^1]: The *last* of four steps.",
        ),
        code(name, "figures.steps(case)", {FIGURE: figure}),
        markdown(
            name,
            "#### A level is skipped here\n\nText below it [@farm-7]. See also[^1] this[^1].\n\n[^1]: Again.",
        ),
        markdown(name, "## What this cannot show\n\nWhether the dates are exact [analysis]."),
    ]


def _impacts():
    name = "20-impacts"
    return [
        markdown(name, "# Impacts: who was affected?\n\n## Which farms lost milk?"),
        code(name, "tables.farms(case)", {TABLE: table_bundle()}),
        markdown(
            name,
            "## What this cannot show\n\n| Left | Right |\n|---|---:|\n| a | 1 |\n| b | 20 |\n\nNo costs "
            "[@loan-promised].",
        ),
    ]


def _own_question():
    name = "45-my-question"
    frame = """<style scoped>td {color: red}</style><table border="1" class="dataframe"><thead>
    <tr style="text-align: right;"><th></th><th>farm</th><th>litres</th><th>share</th><th>tanks</th>
    <th>hours</th><th>note</th></tr></thead><tbody><tr><th>0</th><td>Ely [@not-a-citation]</td><td>1,250</td>
    <td>0.5</td>
    <td>2</td><td>30</td><td>kept *all*</td></tr><tr><th>1</th><td>March</td><td>NaN</td><td>-0.25</td>
    <td>1</td>    <td>4</td>    <td>poured</td></tr></tbody></table>"""
    picture = {"image/png": png(), "text/plain": "<Figure>"}
    about = {"image/png": {"alt": "A line that rises and falls.", "caption": "A reader’s own picture"}}
    stream = new_output("stream", name="stdout", text="\x1b[31mred\x1b[0m  two  blanks\n")
    printing = code(name, "print('x')")
    printing.outputs.append(stream)
    return [
        markdown(name, "# My own question\n\nA reader asks."),
        code(name, "frame", {"text/html": frame, "text/plain": "frame"}),
        code(name, "draw()", picture, metadata=about),
        printing,
        markdown(
            name,
            "![Another line](attachment:line.png)\n",
            attachments={"line.png": {"image/png": png()}},
        ),
    ]
