"""Terms: words that a table of the report explains, linked to their row where a chapter first uses them.

In prose that is each word of the glossary; in a table each cell that holds such a word, and no other.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it.token import Token

from casebound.pages.markup import plain_text, text_tokens, walked
from casebound.report.document.model import Chapter, Prose, Table, Tokens

Anchors = dict[str, str]


def link_terms(chapters: list[Chapter], anchor: Callable[[str], str]) -> None:
    """Give every row of a table that explains words an anchor, and link the words to it; `anchor` makes a free one."""
    glossary: Anchors = {}  # by word in small letters
    cells: Anchors = {}
    tables = [block for chapter in chapters for block in chapter.blocks if isinstance(block, Table)]
    for table in (table for table in tables if table.explains):
        words = [plain_text(row[0]) for row in table.rows]
        table.row_anchors = [anchor(f"term-{word}") for word in words]
        for word, name in zip(words, table.row_anchors, strict=True):
            if table.explains == "prose":
                glossary[word.casefold()] = name
            else:
                cells[word] = name
    longest_first = "|".join(map(re.escape, sorted(glossary, key=len, reverse=True)))
    pattern = re.compile(rf"(?<![\w-])(?:{longest_first})s?(?![\w-])", re.IGNORECASE)
    for chapter in chapters:
        _link_prose(chapter, dict(glossary), pattern)
        for block in chapter.blocks:
            if isinstance(block, Table) and not block.explains:
                wanted = dict(cells)
                for cell in (cell for row in block.rows for cell in row if len(cell) == 1 and cell[0].type == "text"):
                    if name := wanted.pop(cell[0].content, ""):
                        cell[:] = _linked(list(cell), name)


def _link_prose(chapter: Chapter, wanted: Anchors, pattern: re.Pattern[str]) -> None:
    for inline in (token for block in chapter.blocks if isinstance(block, Prose) for token in walked(block.tokens)):
        inside = 0
        children: Tokens = []
        for token in inline.children or ():
            inside += {"link_open": 1, "link_close": -1}.get(token.type, 0)
            children += [token] if inside or token.type != "text" else _split(token, wanted, pattern)
        inline.children = inline.children and children


def _split(token: Token, wanted: Anchors, pattern: re.Pattern[str]) -> Tokens:
    """Return a text with the first of each wanted word as a link; words that are found are wanted no more.

    What stands inside, or across, a longer word of the glossary is no use of it.
    """
    parts: Tokens = []
    done = 0
    for found in pattern.finditer(token.content) if wanted else ():
        word = found[0].casefold()
        if name := wanted.pop(word, "") or wanted.pop(word.removesuffix("s"), ""):
            parts += text_tokens(token.content[done : found.start()]) + _linked(text_tokens(found[0]), name)
            done = found.end()
    return [*parts, *text_tokens(token.content[done:])] if parts else [token]


def _linked(words: Tokens, name: str) -> Tokens:
    meta = {"resolved": True, "term": True}
    opened = Token("link_open", "a", 1, attrs={"href": f"#{name}"}, meta=meta)
    return [opened, *words, Token("link_close", "a", -1)]
