"""From tokens to Typst source. Every string of a user passes through `quoted`, and through nothing else."""

from __future__ import annotations

import re

from markdown_it.token import Token

from casebound.pages.markup import MARKS, cleaned
from casebound.report.document.printable import WORD

_BREAK = "\u200b"  # where a line may end without a hyphen
_FIXED = {
    "softbreak": " ",
    "hardbreak": "#linebreak();",
    "em_open": "#emph[",
    "em_close": "];",
    "strong_open": "#strong[",
    "strong_close": "];",
    "link_close": "];",
    "paragraph_open": "",
    "paragraph_close": "\n\n",
    "list_item_open": "[",
    "list_item_close": "], ",
    "bullet_list_close": ");\n\n",
    "ordered_list_close": ");\n\n",
    "blockquote_open": "#quote(block: true)[",
    "blockquote_close": "];\n\n",
    "hr": "#thin-rule;\n\n",
}


def quoted(text: str) -> str:
    """Return text as a Typst string literal: nothing inside it is ever code or markup."""
    return '"' + cleaned(str(text)).replace("\\", "\\\\").replace('"', '\\"') + '"'


def words(text: str) -> str:
    """Return text as Typst markup that shows exactly these words."""
    return f"#{quoted(text.replace(chr(10), ' '))};" if text else ""


def breaking(text: str, longest: int) -> str:
    """Return text in which words longer than that may break anywhere, for a place that is too narrow for them.

    Between two parts of an address Typst breaks by itself, and nothing is added that a reader would copy.
    """
    long = rf"(?:/(?![A-Za-z])|[^\s/]){{{longest + 1},}}"
    return re.sub(long, lambda word: _BREAK.join(re.findall(".{1,10}", word[0])), text)


def array(items) -> str:
    """Return Typst expressions as an array."""
    return "(" + "".join(f"{item}, " for item in items) + ")"


def typst(tokens: list[Token] | None) -> str:
    """Return block or inline tokens as Typst markup."""
    return "".join(_one(token, i, tokens) for i, token in enumerate(tokens or []))


def typst_cell(tokens: list[Token]) -> str:
    """Return a table's cell as Typst markup, in which no word is wider than `widths` takes it for."""
    return "".join(
        words(breaking(token.content, WORD)) if token.type == "text" else _one(token, i, tokens)
        for i, token in enumerate(tokens)
    )


def _one(token: Token, at: int, tokens: list[Token]) -> str:
    kind = token.type
    if kind in _FIXED:
        return _FIXED[kind]
    if kind == "inline":
        return typst(token.children)
    if kind in ("text", "text_special"):
        return words(token.content)
    if kind in ("code_inline", "fence", "code_block"):
        block = "" if kind == "code_inline" else "block: true, "
        return f"#raw({block}{quoted(token.content.rstrip(chr(10)))});" + ("\n\n" if block else "")
    if kind in ("bullet_list_open", "ordered_list_open"):
        return _list(token, at, tokens)
    return {"link_open": _link, "citation": _citation, "mark": _mark, "footnote_ref": _footnote}[kind](token)


def _list(token: Token, at: int, tokens: list[Token]) -> str:
    paragraphs = (t for t in tokens[at:] if t.type == "paragraph_open" and t.level == token.level + 2)
    first = next(paragraphs, None)
    tight = "true" if first is None or first.hidden else "false"
    if token.type == "bullet_list_open":
        return f"#list(tight: {tight}, "
    return f"#enum(tight: {tight}, start: {int(token.attrs.get('start', 1))}, "


def _link(token: Token) -> str:
    href = str(token.attrs["href"])
    if token.meta.get("term"):
        return f"#term({quoted(href[1:])})["
    return f"#to({quoted(href[1:])})[" if href.startswith("#") else f"#web({quoted(href)})["


def _citation(token: Token) -> str:
    links = token.meta.get("links", ())
    shown = ((f"{link['number']}{link['entry'].sign}", link["to"], link.get("note", "")) for link in links)
    rows = (array(map(quoted, row)) for row in shown)
    return f"#cite-refs({array(rows)});" if links else ""


def _mark(token: Token) -> str:
    return f"#mark({quoted(MARKS[token.meta['kind']])});" + _citation(token)


def _footnote(token: Token) -> str:
    name = quoted(token.meta["to"])
    numbering = f"numbering: numbered({token.meta['number']})"
    if token.meta["first"]:
        return f"#[#footnote({numbering})[{typst(token.meta['note']).strip()}]#label({name})];"
    return f"#footnote({numbering}, label({name}));"
