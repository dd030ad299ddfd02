"""Where citations stand in a sentence: close behind the word, and after its full stop or comma."""

from __future__ import annotations

import re

from markdown_it.token import Token

_POINTS = re.compile(r"[.,;:!?]+(?=\s|$)")
_BEHIND = ("citation", "footnote_ref")


def tightened(tokens: list[Token]) -> list[Token]:
    """Return inline tokens with citations, notes and marks behind the punctuation that follows them."""
    out: list[Token] = []
    for token in tokens:
        if token.type in _BEHIND:
            _trim(out)
        elif token.type == "mark":
            _trim(out)
            out.append(_text(" "))
        elif token.type == "text" and (points := _POINTS.match(token.content)) and _run(out):
            out.insert(len(out) - _run(out), _text(points[0]))
            token.content = token.content[points.end() :]
        if token.type == "citation" and out and out[-1].type == "citation":
            ids = dict.fromkeys(out[-1].meta["ids"] + token.meta["ids"])
            out[-1].meta["ids"] = tuple(ids)
        elif token.type != "text" or token.content:
            out.append(token)
    return out


def _run(out: list[Token]) -> int:
    """Return how many tokens at the end are citations, notes and marks with their blanks."""
    n = 0
    for token in reversed(out):
        if token.type not in (*_BEHIND, "mark") and not (token.type == "text" and token.content == " " and n):
            break
        n += 1
    return n


def _trim(out: list[Token]) -> None:
    while out and (out[-1].type == "softbreak" or (out[-1].type == "text" and not out[-1].content.strip())):
        out.pop()
    if out and out[-1].type == "text":
        out[-1].content = out[-1].content.rstrip()


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)
