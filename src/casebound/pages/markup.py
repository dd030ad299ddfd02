"""The one Markdown dialect of the project: CommonMark, tables, footnotes, citations and marks.

A citation is `[@fact-id]` or `[@one-fact; @another]`; a mark is `[analysis]`, `[question]` or
`[analysis: @one-fact; @another]`. Raw HTML is text like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

FACT_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MARKS = {"analysis": "analysis", "question": "open question"}

_CITATION = re.compile(r"\[(@[^\[\]]*)\]")
_MARK = re.compile(r"\[(analysis|question)(?::([^\[\]]*))?\](?![(\[:])")
_PLAIN = re.compile(r"[^\n!&*<\[\\\]^_`]+")  # nothing in it is markup inside a line
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")


class MarkupError(ValueError):
    """A citation, mark or footnote that cannot be read; `line` counts from 1 in the text given."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(f"line {line}: {message}")
        self.message = message
        self.line = line


@cache
def parser() -> MarkdownIt:
    """Return the Markdown parser with the rules for citations and marks."""
    md = MarkdownIt("commonmark", {"html": False, "linkify": False, "typographer": False})
    md.enable("table").use(footnote_plugin)
    md.inline.ruler.before("link", "mark", _mark_rule)
    md.inline.ruler.before("mark", "citation", _citation_rule)
    return md


def parsed(text: str) -> list[Token]:
    """Return the block tokens of a Markdown text; raises MarkupError."""
    tokens = parser().parse(cleaned(text))
    _refuse_malformed(tokens)
    return tokens


def parsed_inline(text: str) -> list[Token]:
    """Return the inline tokens of one line of Markdown (a caption, a cell); raises MarkupError."""
    text = cleaned(text).strip()
    if _PLAIN.fullmatch(text):  # as most cells of tables are, of which there may be very many
        return [Token("text", "", 0, content=text)]
    tokens = parser().parseInline(text)
    if any(token.type == "footnote_block_open" for token in tokens):
        raise MarkupError("a footnote cannot stand in a caption, a table or a box; write it into the text", 1)
    _refuse_malformed(tokens)
    inline = list(tokens[0].children or []) if tokens else []
    if any(token.type == "image" for token in inline):
        raise MarkupError("a picture cannot stand in a caption, a table or a box; show it in a cell of its own", 1)
    return inline


def cited_ids(text: str) -> list[str]:
    """Return the fact ids that a text cites, each once, in order; raises MarkupError."""
    ids = (fact for token in walked(parsed(text)) for fact in token.meta.get("ids", ()))
    return list(dict.fromkeys(ids))


def walked(tokens: Iterable[Token]) -> Iterator[Token]:
    """Yield every token, each followed by its children."""
    for token in tokens:
        yield token
        yield from walked(token.children or ())


def plain_text(tokens: Iterable[Token]) -> str:
    """Return the words of inline tokens without markup, citations and marks."""
    kept = {"text": None, "code_inline": None, "text_special": None, "softbreak": " ", "hardbreak": " "}
    words = [kept[t.type] or t.content for t in walked(tokens) if t.type in kept]
    return re.sub(r"[ \t\n]+", " ", "".join(words)).strip()


def escaped(text: str) -> str:
    """Return words that are to be printed as they stand, whatever signs of Markdown they hold."""
    return re.sub(r"([\\`*_\[\]<>&^!|~])", r"\\\1", text)


def cleaned(text: str) -> str:
    """Return text with Unix line ends and without control characters, which no page can show."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4))


def _citation_rule(state: StateInline, silent: bool) -> bool:
    match = _CITATION.match(state.src, state.pos, state.posMax)
    return match is not None and _pushed(state, silent, match, "citation", match[1])


def _mark_rule(state: StateInline, silent: bool) -> bool:
    match = _MARK.match(state.src, state.pos, state.posMax)
    return match is not None and _pushed(state, silent, match, "mark", match[2])


def _pushed(state: StateInline, silent: bool, match: re.Match, kind: str, cited: str | None) -> bool:
    start, state.pos = state.pos, match.end()
    if silent:
        return True
    token = state.push(kind, "", 0)
    token.content = match[0]
    ids = None if cited is None else _ids(cited)
    token.meta = {"ids": tuple(ids or ())}
    if kind == "mark":
        token.meta["kind"] = match[1]
    if cited is not None and ids is None:
        token.meta["malformed"] = state.src.count("\n", 0, start)
    return True


def _ids(cited: str) -> list[str] | None:
    parts = [part.strip() for part in cited.split(";")]
    if not all(part.startswith("@") and FACT_ID.fullmatch(part[1:]) for part in parts):
        return None
    return list(dict.fromkeys(part[1:] for part in parts))


def _refuse_malformed(tokens: list[Token]) -> None:
    line = 0
    for block in tokens:
        line = block.map[0] if block.map else line
        for token in block.children or ():
            if "malformed" in token.meta:
                at = line + token.meta["malformed"] + 1
                raise MarkupError(f"{token.content} is not a citation; write [@fact-id] or [@one; @two]", at)
