"""The one Markdown dialect of the project: CommonMark, tables, footnotes, citations and marks.

A citation is `[@fact-id]` or `[@one-fact; @another]`; a mark is `[analysis]`, `[question]` or
`[analysis: @one-fact; @another]`; `[#slug]` labels a list item and `[rests: slug; slug]` says on which labelled items
a statement rests; words of another language are `[mots]{lang=fr}`. Raw HTML is text like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import takewhile

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

FACT_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MARKS = {"analysis": "analysis", "question": "open question"}
# A citation or a mark as it stands in Markdown: its ids, or its kind and the ids behind it. See `ids_in`.
BOUND = re.compile(
    r"\[(?P<cited>@[^\[\]]*)\]|\[(?P<mark>analysis|question)(?::(?P<of>[^\[\]]*))?\](?![(:]|\[(?!rests:))"
)
# A list item's label, and the labels of the items that a statement rests on.
LABEL = re.compile(r"\[#(?P<name>[^\[\]]*)\](?![(\[:])")
RESTS = re.compile(r"\[rests:(?P<names>[^\[\]]*)\](?![(:])")

_FOREIGN = re.compile(r"\[((?:[^\[\]\\]|\\.)+)\]\{lang=([A-Za-z0-9-]+)\}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_POINTS = re.compile(r"[.,;:!?]+(?=\s|$)")
_BEHIND = ("citation", "footnote_ref", "mark", "rests")  # what stands behind a word, and behind its full stop or comma


class MarkupError(ValueError):
    """A citation, mark, label or footnote that cannot be read; `line` counts from 1 in the text given."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(f"line {line}: {message}")
        self.message = message
        self.line = line


@cache
def parser() -> MarkdownIt:
    """Return the Markdown parser with the rules for citations, marks and labels."""
    md = MarkdownIt("commonmark", {"html": False, "linkify": False, "typographer": False})
    md.enable("table").use(footnote_plugin)
    md.inline.ruler.before("link", "bound", _bound_rule)
    md.inline.ruler.before("link", "label", _label_rule)
    md.inline.ruler.before("link", "rests", _rests_rule)
    md.inline.ruler.before("link", "foreign", _foreign_rule)
    return md


def parsed(text: str) -> list[Token]:
    """Return the block tokens of a Markdown text; raises MarkupError."""
    return _settled(parser().parse(cleaned(text)))


def parsed_inline(text: str) -> list[Token]:
    """Return the inline tokens of one line of Markdown (a caption, a cell); raises MarkupError."""
    tokens = parser().parseInline(cleaned(text).strip())
    if any(token.type == "footnote_block_open" for token in tokens):
        raise MarkupError("a footnote cannot stand in a caption, a table or a box; write it into the text", 1)
    inline = list(_settled(tokens)[0].children or []) if tokens else []
    if any(token.type == "image" for token in inline):
        raise MarkupError("a picture cannot stand in a caption, a table or a box; show it in a cell of its own", 1)
    return inline


def text_tokens(text: str) -> list[Token]:
    """Return plain text as inline tokens, whatever signs of Markdown it holds."""
    return [Token("text", "", 0, content=text)] if text else []


def cited(*facts: str) -> str:
    """Return a citation of the facts; nothing for none."""
    return "[" + "; ".join(f"@{fact}" for fact in facts) + "]" if facts else ""


def worked_out(*facts: str) -> str:
    """Return the mark of our own analysis of the facts."""
    return f"[analysis: {'; '.join(f'@{fact}' for fact in facts)}]"


def ids_in(bound: re.Match[str]) -> list[str]:
    """Return what a match of `BOUND` cites, each with its `@`, which a malformed one may lack."""
    return [part.strip() for part in (bound["cited"] or bound["of"] or "").split(";")]


def names_in(rests: re.Match[str]) -> list[str]:
    """Return the labels that a match of `RESTS` names; a malformed one may hold empty ones."""
    return [part.strip() for part in rests["names"].split(";")]


@lru_cache(maxsize=2**14)  # the checks ask for the same words again and again
def cited_ids(text: str) -> tuple[str, ...]:
    """Return the fact ids that a text cites, each once, in order; raises MarkupError."""
    ids = (fact for token in walked(parsed(text)) for fact in token.meta.get("ids", ()))
    return tuple(dict.fromkeys(ids))


def walked(tokens: Iterable[Token]) -> Iterator[Token]:
    """Yield every token, each followed by its children."""
    for token in tokens:
        yield token
        yield from walked(token.children or ())


def plain_text(tokens: Iterable[Token]) -> str:
    """Return the words of inline tokens without markup, citations, marks and labels."""
    kept = {"text": None, "code_inline": None, "text_special": None, "softbreak": " ", "hardbreak": " "}
    words = [kept[t.type] or t.content for t in walked(tokens) if t.type in kept]
    return re.sub(r"[ \t\n]+", " ", "".join(words)).strip()


def escaped(text: str) -> str:
    """Return words that are to be printed as they stand, whatever signs of Markdown they hold."""
    return re.sub(r"([\\`*_\[\]<>&^!|~])", r"\\\1", text)


def in_language(text: str, language: str) -> str:
    """Return words that are to be printed as they stand, marked as of another language if one is named."""
    return f"[{escaped(text)}]{{lang={language}}}" if language else escaped(text)


def cleaned(text: str) -> str:
    """Return text with Unix line ends and without control characters, which no page can show."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4))


def _bound_rule(state: StateInline, silent: bool) -> bool:
    found = BOUND.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    start, state.pos = state.pos, found.end()
    if not silent:
        token = state.push("mark" if found["mark"] else "citation", "", 0)
        token.content, ids = found[0], ids_in(found)
        token.meta = {"kind": found["mark"], "ids": tuple(dict.fromkeys(name[1:] for name in ids if name))}
        is_bare = found["mark"] and found["of"] is None
        if not is_bare and not all(name[:1] == "@" and FACT_ID.fullmatch(name[1:]) for name in ids):
            _note_malformed(token, "is not a citation; write [@fact-id] or [@one; @two]", state.src[:start])
    return True


def _label_rule(state: StateInline, silent: bool) -> bool:
    found = LABEL.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    start, state.pos = state.pos, found.end()
    if not silent:
        token = state.push("label", "", 0)
        token.content, token.meta = found[0], {"name": found["name"]}
        if not FACT_ID.fullmatch(found["name"]):
            _note_malformed(token, "is not a label; write [#small-letters-and-hyphens]", state.src[:start])
    return True


def _rests_rule(state: StateInline, silent: bool) -> bool:
    found = RESTS.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    start, state.pos = state.pos, found.end()
    if not silent:
        token = state.push("rests", "", 0)
        token.content, names = found[0], names_in(found)
        token.meta = {"names": tuple(dict.fromkeys(names))}
        if not all(FACT_ID.fullmatch(name) for name in names):
            _note_malformed(token, "names no labels; write [rests: one-label; another]", state.src[:start])
    return True


def _note_malformed(token: Token, why: str, before: str) -> None:
    """Note in a token why it cannot be read and how many lines of its block stand before it."""
    token.meta["malformed"] = (before.count("\n"), why)


def _foreign_rule(state: StateInline, silent: bool) -> bool:
    found = _FOREIGN.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        end = state.posMax
        state.push("foreign_open", "bdi", 1).attrs = {"lang": found[2]}
        state.pos, state.posMax = found.span(1)
        state.md.inline.tokenize(state)
        state.posMax = end
        state.push("foreign_close", "bdi", -1)
    state.pos = found.end()
    return True


def _settled(blocks: list[Token]) -> list[Token]:
    """Return blocks with every citation in its place; raises MarkupError where one is malformed."""
    line = 0
    for block in blocks:
        line = block.map[0] if block.map else line
        for token in block.children or ():
            if "malformed" in token.meta:
                lines_down, why = token.meta["malformed"]
                raise MarkupError(f"{token.content} {why}", line + lines_down + 1)
        if block.children:
            block.children = _tightened(block.children)
    return blocks


def _tightened(tokens: list[Token]) -> list[Token]:
    """Return inline tokens with citations, notes, marks and rests behind the punctuation that follows them."""
    out: list[Token] = []
    for token in tokens:
        if token.type in _BEHIND:
            while out and (out[-1].type == "softbreak" or (out[-1].type == "text" and not out[-1].content.strip())):
                out.pop()
            if out and out[-1].type == "text":
                out[-1].content = out[-1].content.rstrip()
            if token.type == "rests":  # words are printed there
                out += text_tokens(" ")
        elif token.type == "text" and (points := _POINTS.match(token.content)) and (behind := _behind(out)):
            out[-behind:-behind] = text_tokens(points[0])
            token.content = token.content[points.end() :]
        if token.type in ("text", "softbreak") and out and out[-1].type == "label":
            token.type, token.content = "text", token.content.lstrip()
        if token.type == "citation" and out and out[-1].type == "citation":
            out[-1].meta["ids"] = tuple(dict.fromkeys(out[-1].meta["ids"] + token.meta["ids"]))
        elif token.type != "text" or token.content:
            out.append(token)
    return out


def _behind(out: list[Token]) -> int:
    """Return how many tokens at the end are citations, notes, marks and rests with their blanks."""
    if not out or out[-1].type not in _BEHIND:
        return 0
    kept = takewhile(lambda token: token.type in _BEHIND or (token.type, token.content) == ("text", " "), reversed(out))
    return len(list(kept))
