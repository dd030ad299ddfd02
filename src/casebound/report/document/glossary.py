"""Terms: words that a table of the report explains, linked to their row where a chapter first uses them.

In prose that is each word of the glossary; in a table each cell that holds such a word, and no other.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it.token import Token

from casebound.pages.markup import plain_text, walked
from casebound.report.document.model import Chapter, Prose, Table

Anchors = dict[str, str]


def link_terms(chapters: list[Chapter], anchor: Callable[[str], str]) -> None:
    """Give every row of a table that explains words an anchor, and link the words to it; `anchor` makes a free one."""
    glossary: Anchors = {}
    cells: Anchors = {}
    for table in (block for chapter in chapters for block in chapter.blocks if isinstance(block, Table)):
        if table.explains:
            rows = [(plain_text(row[0]), anchor(f"term-{plain_text(row[0])}")) for row in table.rows]
            table.row_anchors = [name for _, name in rows]
            (glossary if table.explains == "prose" else cells).update((term, name) for term, name in rows)
    pattern = _pattern(glossary)
    for chapter in chapters:
        _link_prose(chapter, dict(glossary), pattern)
        for block in chapter.blocks:
            if isinstance(block, Table) and not block.explains:
                _link_cells(block, dict(cells))


def _link_prose(chapter: Chapter, wanted: Anchors, pattern: re.Pattern[str]) -> None:
    inlines = (t for block in chapter.blocks if isinstance(block, Prose) for t in walked(block.tokens) if t.children)
    for inline in inlines:
        inside, children = 0, []
        for token in inline.children:
            inside += {"link_open": 1, "link_close": -1}.get(token.type, 0)
            children += [token] if inside or token.type != "text" else _split(token, wanted, pattern)
        inline.children = children


def _split(token: Token, wanted: Anchors, pattern: re.Pattern[str]) -> list[Token]:
    """Return a text with the first of each wanted word as a link; words that are found are wanted no more.

    What stands inside, or across, a longer word of the glossary is no use of it.
    """
    parts, done = [], 0
    for found in pattern.finditer(token.content) if wanted else ():
        if term := next((term for term in wanted if _is(term, found[0])), None):
            before = token.content[done : found.start()]
            parts += [*([_text(before)] if before else []), *_linked([_text(found[0])], wanted.pop(term))]
            done = found.end()
    after = token.content[done:]
    return [*parts, *([_text(after)] if after else [])] if parts else [token]


def _pattern(terms: Anchors) -> re.Pattern[str]:
    longest_first = sorted(terms, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})s?(?![\w-])", re.IGNORECASE)


def _is(term: str, words: str) -> bool:
    return words.casefold() in (term.casefold(), f"{term.casefold()}s")


def _link_cells(table: Table, wanted: Anchors) -> None:
    for row in table.rows:
        for i, cell in enumerate(row):
            if len(cell) == 1 and cell[0].type == "text" and (name := wanted.pop(cell[0].content, "")):
                row[i] = _linked(cell, name)


def _linked(words: list[Token], name: str) -> list[Token]:
    meta = {"resolved": True, "term": True}
    opened = Token("link_open", "a", 1, attrs={"href": f"#{name}"}, meta=meta)
    return [opened, *words, Token("link_close", "a", -1)]


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)
