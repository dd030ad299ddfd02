"""From Markdown to blocks: headings, tables and pictures leave the prose and become blocks of their own."""

from __future__ import annotations

import re
from itertools import pairwise

from markdown_it.token import Token

from casebound.pages.display import Column
from casebound.pages.markup import MarkupError, parsed, plain_text, walked
from casebound.report.document.media import MediaError, attached_picture
from casebound.report.document.model import Block, Heading, Prose, Table, Tokens
from casebound.report.errors import Problems

_NOT_IN_HEADINGS = ("citation", "footnote_ref", "image", "label", "mark", "rests")
_LOST_NOTE = re.compile(r"\[\^[^\]\s]+\]")


def prose_blocks(text: str, attachments, problems: Problems, is_narrative: bool = False) -> list[Block]:
    """Return the blocks of a Markdown text; what cannot be read becomes a problem.

    The headings of the narrative may cite: the citation prints nothing there, since the text below repeats it. The
    tokens of footnotes travel with the block that refers to them, in `meta["footnote"]`.
    """
    try:
        tokens = parsed(text)
    except MarkupError as error:
        problems.add(str(error))
        return []
    blocks: list[Block] = []
    group: list[Token] = []
    for token in _noted(tokens, problems):
        group.append(token)
        if token.level or token.nesting == 1:  # the block goes on
            continue
        block, group = _block(group, attachments, problems, is_narrative), []
        if isinstance(block, Heading):
            problems.heading = block.text
        if isinstance(block, Prose) and blocks and isinstance(before := blocks[-1], Prose):
            before.tokens += block.tokens
        elif block is not None:
            blocks.append(block)
    return blocks


def _noted(tokens: list[Token], problems: Problems) -> list[Token]:
    """Return the body's tokens, each footnote reference holding its note's tokens."""
    body: list[Token] = []
    notes: dict[int, list[Token]] = {}
    into = body
    for token in tokens:
        if token.type == "footnote_open":
            into = notes[token.meta["id"]] = []
        elif not token.type.startswith("footnote_"):
            into.append(token)
    for token in (token for note in notes.values() for token in walked(note) if token.type == "footnote_ref"):
        problems.add("a footnote stands inside a footnote; write it into the text")
        token.type = "text"
    for token in (token for token in walked(body) if token.type == "footnote_ref"):
        token.meta["footnote"] = notes.get(token.meta["id"], [])
    return body


def _block(group: list[Token], attachments, problems: Problems, is_narrative: bool) -> Block | None:
    kind = group[0].type
    if kind == "heading_open":
        return _heading(group, problems, is_narrative)
    if kind == "table_open":
        return _table(group)
    children = group[1].children or [] if kind == "paragraph_open" else []
    if len(children) == 1 and children[0].type == "image":
        try:
            return attached_picture(children[0], attachments)
        except (MediaError, MarkupError) as error:
            problems.add(getattr(error, "message", str(error)))
            return None
    for token in walked(group):
        if token.type == "text" and (lost := _LOST_NOTE.search(token.content)):
            problems.add(f"footnote {lost[0]} has no text in its cell; add a line “{lost[0]}: …” to it")
        elif token.type == "image":
            problems.add("an image stands inside a sentence; put it into a paragraph of its own")
        elif token.type == "table_open":
            problems.add("a table stands inside a list or a quotation; put it into the text")
        elif token.type.startswith("heading_"):
            token.type, token.tag = token.type.replace("heading", "paragraph"), "p"
    return Prose(group)


def _heading(group: list[Token], problems: Problems, is_narrative: bool) -> Heading | None:
    children = group[1].children or []
    if is_narrative:
        children = _uncited(children)
    text = plain_text(children)
    if not text:
        problems.add("a heading without words; give it some or delete its line")
        return None
    if any(token.type in _NOT_IN_HEADINGS for token in children):
        problems.add(f"heading “{text}” holds a citation, a label, a note or an image; move it into the text below")
        return None
    kept = [token for token in children if not token.type.startswith("link_")]
    return Heading(int(group[0].tag[1]), kept, text)


def _uncited(children: list[Token]) -> list[Token]:
    """Return the tokens of a heading without citations and marks, nor the blank before the last."""
    kept = [token for token in children if token.type not in ("citation", "mark")]
    while kept and kept[-1].type == "text" and not kept[-1].content.strip():
        kept.pop()
    return kept


def _table(group: list[Token]) -> Table:
    columns: list[Column[Tokens]] = []
    rows: list[list[Tokens]] = []
    for before, token in pairwise(group):
        if before.type == "tr_open" and token.type == "td_open":
            rows.append([])
        if token.type == "inline":
            cell = token.children or []
            if before.type == "th_open":
                columns.append(Column(cell, "right" if "right" in str(before.attrs.get("style")) else "left"))
            else:
                rows[-1].append(cell)
    return Table("", None, columns, rows, header_columns=0)
