"""From a notebook's cells to blocks: Markdown, our own bundles, and what a reader's cells show."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from casebound.pages import display
from casebound.pages.display import PROSE, Figure, Table
from casebound.pages.markup import MarkupError, cleaned, parsed_inline
from casebound.report.document import media, printable
from casebound.report.document.htmltable import table_of
from casebound.report.document.markdown import prose_blocks
from casebound.report.document.model import Block, Preformatted, Prose, Tokens
from casebound.report.errors import Problems

NO_ALT = "a figure without alt text; show it with figures.show(fig, alt=…, caption=…), a picture with Image(…, alt=…)"
_ANSI = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07]*\x07|\x1b.")
_OVERWRITTEN = re.compile(r"[^\n]*\r(?!\n|$)")  # as a progress bar does with its line


def cell_blocks(cell, problems: Problems) -> list[Block]:
    """Return the blocks of a Markdown cell, or of a code cell's outputs; raw cells show nothing."""
    if cell.cell_type == "markdown":
        blocks = prose_blocks(cell.source, cell.get("attachments", {}), problems)
        return [replace(block, is_written=True) if isinstance(block, Prose) else block for block in blocks]
    outputs = cell.get("outputs", [])
    blocks = []
    for output in (output for output in outputs if output.get("name") != "stderr"):
        for block in _output_blocks(output, problems):
            if isinstance(block, Preformatted) and blocks and isinstance(before := blocks[-1], Preformatted):
                before.text += "\n" + block.text
            else:
                blocks.append(block)
    # warnings name files of this machine, and are for whoever runs the notebook
    if stderr := _as_shown("".join(each.text for each in outputs if each.get("name") == "stderr")):
        problems.leave_out(f"what a cell writes to stderr is not in the report: {stderr.splitlines()[0][:100]}")
    for block in blocks:
        if isinstance(block, Preformatted):
            problems.add_all(printable.too_long(block))
    return blocks


def _output_blocks(output, problems: Problems) -> list[Block]:
    if output.output_type == "stream":
        problems.add_all(filter(None, [printable.address(output.text)]))
        return _preformatted(output.text)
    if output.output_type == "error":
        return _preformatted("\n".join(output.traceback))
    try:
        return _bundle_blocks(output.data, output.get("metadata", {}), problems)
    except (MarkupError, media.MediaError) as error:
        problems.add(getattr(error, "message", str(error)))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        problems.add(f"an output cannot be read ({error!r}); show a data frame, or a drawing with figures.show")
    return []


def _bundle_blocks(data: Mapping, metadata: Mapping, problems: Problems) -> list[Block]:
    shown = display.read(data, parsed_inline)
    if shown is None and "text/markdown" in data:
        # a reader's own is bounded; the register of a large case is as long as it is
        if PROSE not in data and (too_long := list(printable.too_long_prose(data["text/markdown"]))):
            problems.add_all(too_long)
            return []
        return prose_blocks(data["text/markdown"], {}, problems, is_narrative=PROSE in data)
    if shown is None and "text/html" in data:
        shown = table_of(data["text/html"])
    if shown is None:
        shown = next((_picture(mime, data[mime], metadata) for mime in media.KINDS if mime in data), None)
    if shown is None:
        if what := printable.refusal(data):
            problems.add(what)
            return []
        return _preformatted(data["text/plain"])
    if isinstance(shown, Figure):
        if not shown.alt.strip():
            raise media.MediaError(NO_ALT)
        media.measure(shown)
    table = shown.table if isinstance(shown, Figure) else shown
    if isinstance(table, Table) and table.key in ("", "data"):  # a reader's own
        problems.add_all(printable.too_large(table))
    return [shown]


def _picture(mime: str, data: str, metadata: Mapping) -> Figure[Tokens]:
    words = {**metadata, **metadata.get(mime, {})}
    caption = parsed_inline(words["caption"]) if words.get("caption") else None
    return Figure("", data, str(words.get("alt") or ""), caption, mime=mime)


def _preformatted(text: str) -> list[Block]:
    text = _as_shown(text)
    return [Preformatted(text)] if text.strip() else []


def _as_shown(text: str) -> str:
    """Return text as a terminal shows it in the end."""
    return cleaned(_OVERWRITTEN.sub("", _ANSI.sub("", text))).strip("\n")
