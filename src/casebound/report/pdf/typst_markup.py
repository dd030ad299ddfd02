"""From tokens to Typst source. Every string of a user passes through `quoted`, and through nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice

from markdown_it.token import Token

from casebound.facts.text.scripts import isolated
from casebound.pages.markup import MARKS, cleaned
from casebound.report.document.model import Remark
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
    "foreign_close": "];",
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
    tokens = tokens or []
    return "".join(_one(token, at, tokens) for at, token in enumerate(tokens))


def typst_cell(tokens: list[Token]) -> str:
    """Return a table's cell as Typst markup, in which no word is wider than `widths` takes it for."""
    return typst([replace(t, content=breaking(t.content, WORD)) if t.type == "text" else t for t in tokens])


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
    if kind == "foreign_open":
        return f"#foreign({_language(str(token.attrs['lang']))})["
    return {"link_open": _link, "citation": _citation, "mark": _mark, "footnote_ref": _footnote, "problem": _problem}[
        kind
    ](token)


def remark(shown: Remark) -> str:
    """Return a problem of a draft as a Typst expression."""
    anchor = shown.anchor if shown.number else ""
    return f"problem({', '.join(map(quoted, (anchor, shown.label, shown.about, shown.what, shown.fix, shown.where)))})"


def _problem(token: Token) -> str:
    return f"#{remark(token.meta['remark'])};\n\n"


def _list(token: Token, at: int, tokens: list[Token]) -> str:
    own = (t for t in islice(tokens, at, None) if t.type == "paragraph_open" and t.level == token.level + 2)
    tight = "true" if next((paragraph.hidden for paragraph in own), True) else "false"
    if token.type == "bullet_list_open":
        return f"#list(tight: {tight}, "
    return f"#enum(tight: {tight}, start: {int(token.attrs.get('start', 1))}, "


def _link(token: Token) -> str:
    href = str(token.attrs["href"])
    if token.meta.get("term"):
        return f"#term({quoted(href[1:])})["
    return f"#to({quoted(href[1:])})[" if href.startswith("#") else f"#web({quoted(href)})["


def _language(tag: str) -> str:
    """Return a language tag as Typst's arguments.

    The direction stays the report's: characters isolate the text, since what follows one that Typst turns is torn.
    """
    language, *others = tag.split("-")
    region = next((part.upper() for part in others if len(part) == 2), "")
    if not (2 <= len(language) <= 3 and language.isalpha()):
        return "dir: ltr"
    return f"dir: ltr, lang: {quoted(language.lower())}" + (f", region: {quoted(region)}" if region else "")


def in_language(text: str, language: str) -> str:
    """Return text as a Typst expression, of another language than the report's if one is named."""
    return f"text({_language(language)}, {quoted(isolated(text))})" if language else quoted(text)


def _citation(token: Token) -> str:
    links = token.meta.get("links", ())
    rows = (
        array([*map(quoted, (f"{link['number']}{link['entry'].sign}", link["to"])), _note(*link.get("note", ()))])
        for link in links
    )
    return f"#cite-refs({array(rows)});" if links else ""


def _note(saying: str = "", language: str = "", rest: str = "") -> str:
    if not language:
        return quoted(" · ".join(filter(None, (saying, rest))))
    return f"[#{in_language(saying, language)} · {words(rest)}]"


def _mark(token: Token) -> str:
    return f"#mark({quoted(MARKS[token.meta['kind']])});" + _citation(token)


def _footnote(token: Token) -> str:
    name = quoted(token.meta["to"])
    numbering = f"numbering: numbered({token.meta['number']})"
    if token.meta["first"]:
        return f"#[#footnote({numbering})[{typst(token.meta['note']).strip()}]#label({name})];"
    return f"#footnote({numbering}, label({name}));"
