"""From a notebook's cells to blocks: Markdown, our own bundles, and what a reader's cells show."""

from __future__ import annotations

import re

from casebound.pages.display import FIGURE, KEY_FACTS, STATUS, TABLE
from casebound.pages.markup import MarkupError, cleaned, parsed_inline
from casebound.report.document import media, printable
from casebound.report.document.dataframes import table_of
from casebound.report.document.markdown import prose_blocks
from casebound.report.document.model import Block, Column, Figure, KeyFacts, Preformatted, Status, Table
from casebound.report.errors import Problems

NO_ALT = "a figure without alt text; show it with figures.show(fig, alt=…, caption=…), a picture with Image(…, alt=…)"
_ANSI = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07]*\x07|\x1b.")
_OVERWRITTEN = re.compile(r"[^\n]*\r(?!\n|$)")  # as a progress bar does with its line


def cell_blocks(cell, problems: Problems) -> list[Block]:
    """Return the blocks of a Markdown cell, or of a code cell's outputs; raw cells show nothing."""
    if cell.cell_type == "markdown":
        return prose_blocks(cell.source, cell.get("attachments", {}), problems)
    if cell.cell_type != "code":
        return []
    blocks: list[Block] = []
    for output in cell.get("outputs", []):
        new = _output_blocks(output, problems)
        if blocks and new and isinstance(new[0], Preformatted) and isinstance(blocks[-1], Preformatted):
            blocks[-1].text += "\n" + new.pop(0).text
        blocks += new
    # warnings name files of this machine, and are for whoever runs the notebook
    if stderr := _shown("".join(each.text for each in cell.get("outputs", []) if each.get("name") == "stderr")):
        problems.leave_out(f"what a cell writes to stderr is not in the report: {stderr.splitlines()[0][:100]}")
    for block in blocks:
        if isinstance(block, Preformatted):
            for what in printable.too_long(block):
                problems.add(what)
    return blocks


def _output_blocks(output, problems: Problems) -> list[Block]:
    if output.output_type == "stream":
        return [] if output.name == "stderr" else _printed(output.text, problems)
    if output.output_type == "error":
        return _preformatted("\n".join(output.get("traceback", [])) or f"{output.ename}: {output.evalue}")
    try:
        return _bundle_blocks(output.data, output.get("metadata", {}), problems)
    except (MarkupError, media.MediaError) as error:
        problems.add(getattr(error, "message", str(error)))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        problems.add(f"an output cannot be read ({error!r}); show a data frame, or a drawing with figures.show")
    return []


def _bundle_blocks(data, metadata, problems: Problems) -> list[Block]:
    if FIGURE in data:
        figure = _figure(data[FIGURE])
        if figure.table and figure.table.key == "data":  # a reader's own
            _check_size(figure.table, problems)
        return [figure]
    if TABLE in data:
        if not data[TABLE]["rows"]:  # its note, if it has one, instead of a head without a body
            return prose_blocks(data[TABLE].get("note") or "", {}, problems)
        return [_table(data[TABLE])]
    if KEY_FACTS in data:
        return [KeyFacts([(cleaned(i["value"]), parsed_inline(i["text"])) for i in data[KEY_FACTS]["items"]])]
    if STATUS in data:
        return [Status([(cleaned(label), parsed_inline(text)) for label, text in data[STATUS]["items"]])]
    if "text/markdown" in data:
        if too_long := list(printable.too_long_prose(data["text/markdown"])):
            problems.add(too_long[0])
            return []
        return prose_blocks(data["text/markdown"], {}, problems)
    if "text/html" in data and (table := table_of(data["text/html"])):
        _check_size(table, problems)
        return [table]
    for mime in media.KINDS:
        if mime in data:
            return _picture(mime, data[mime], metadata, problems)
    if what := printable.refusal(data):
        problems.add(what)
        return []
    return _preformatted(data["text/plain"])


def _printed(text: str, problems: Problems) -> list[Block]:
    if what := printable.address(text):
        problems.add(what)
    return _preformatted(text)


def _check_size(table: Table, problems: Problems) -> None:
    for what in printable.too_large(table):
        problems.add(what)


def _figure(bundle) -> Figure:
    table = _table(bundle["table"]) if bundle.get("table") else None
    raw, width, height = media.picture("image/svg+xml", bundle["svg"])
    if not bundle["alt"].strip():
        raise media.MediaError(NO_ALT)
    caption = parsed_inline(bundle["caption"])
    alt = media.line(bundle["alt"])
    return Figure("image/svg+xml", raw, alt, width, height, caption, table, bundle["key"])


def _table(bundle) -> Table:
    columns = [Column(parsed_inline(c["name"]), c.get("align", "left")) for c in bundle["columns"]]
    rows = [[parsed_inline(str(cell)) for cell in row] for row in bundle["rows"]]
    if any(len(row) != len(columns) for row in rows):
        raise MarkupError(f"table {bundle['key']}: a row has more or fewer cells than columns", 1)
    note = parsed_inline(bundle["note"]) if bundle.get("note") else None
    caption = parsed_inline(bundle["caption"]) if bundle.get("caption") else None
    return Table(
        columns, rows, bundle.get("header_columns", 0), caption, note, bundle.get("explains", ""), key=bundle["key"]
    )


def _picture(mime: str, data, metadata, problems: Problems) -> list[Block]:
    said = {**metadata, **metadata.get(mime, {})}
    if not str(said.get("alt") or "").strip():
        problems.add(NO_ALT)
        return []
    raw, width, height = media.picture(mime, data)
    caption = parsed_inline(said["caption"]) if said.get("caption") else None
    return [Figure(mime, raw, media.line(said["alt"]), width, height, caption)]


def _preformatted(text: str) -> list[Block]:
    text = _shown(text)
    return [Preformatted(text)] if text.strip() else []


def _shown(text: str) -> str:
    """Return text as a terminal shows it in the end."""
    return cleaned(_OVERWRITTEN.sub("", _ANSI.sub("", text))).strip("\n")
