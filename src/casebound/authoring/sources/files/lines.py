"""Lines: a page's visible words, block by block, each as the page prints it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from casebound.authoring.sources.files.reading import tidy

_HIDDEN = frozenset("script style noscript template head svg iframe button select textarea option input rp rt".split())
_BLOCKS = frozenset(
    """address article aside blockquote body br caption dd details div dl dt fieldset figcaption figure footer form h1
    h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table tbody td tfoot th thead tr ul""".split()
)
_CELLS = frozenset(("td", "th"))
_WHOLE = ("article", "main", "body", "html")


class Line(NamedTuple):
    """A line of a page: its words, and the element whose block they fill."""

    words: str
    element: Any


def lines_in(tree: Any) -> list[Line]:
    """Return the lines that a page shows, in its order; a table's row is one, with bars between its cells."""
    lines: list[Line] = []
    parts: list[str] = []
    for words, element, breaks in _pieces(tree):
        if breaks and parts:
            lines.append(Line(tidy("".join(parts)).strip("| "), element))
            parts = []
        parts.append(words)
    lines.append(Line(tidy("".join(parts)).strip("| "), tree))
    return [line for line in lines if line.words]


def _pieces(tree: Any) -> Iterator[tuple[str, Any, bool]]:
    """Yield each run of words, the element that ends before it, and whether a line ends there."""
    hidden = rows = 0
    for element, is_start in _walk(tree):
        if not isinstance(element.tag, str):  # a comment
            yield "" if hidden or is_start else element.tail or "", element, False
            continue
        step = 1 if is_start else -1
        is_hidden = element.tag in _HIDDEN or _is_hidden(element)
        cell = rows and element.tag in _CELLS
        rows += step * _is_row(element)
        breaks = not hidden and (_is_row(element) or (element.tag in _BLOCKS and not rows))
        hidden += step * is_hidden
        if is_start:
            yield "" if hidden else element.text or "", _before(element), breaks
        else:
            yield "" if hidden else " | " * bool(cell) + (element.tail or ""), element, breaks


def _walk(tree: Any) -> Iterator[tuple[Any, bool]]:
    """Yield each element at its start and at its end, at no cost of the stack."""
    open_elements = [(tree, iter(tree))]
    yield tree, True
    while open_elements:
        element, children = open_elements[-1]
        if (child := next(children, None)) is None:
            open_elements.pop()
            yield element, False
        else:
            open_elements.append((child, iter(child)))
            yield child, True


def _is_row(element: Any) -> bool:
    """Tell whether an element is a row of data, and not of a table that lays the page out."""
    return element.tag == "tr" and not any(
        each.tag in _BLOCKS for each in element.iterfind("./*//*") if each.tag != "br"
    )


def _before(element: Any) -> Any:
    """Return the element whose words come before the start of this one: its parent."""
    parent = element.getparent()
    return element if parent is None else parent


def _is_hidden(element: Any) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.get("hidden") is not None or element.get("aria-hidden") == "true" or "display:none" in style


def is_within(element: Any, *names: str) -> bool:
    """Tell whether an element, or one round it inside the article, has such a tag or such a word in its class."""
    for each in (element, *element.iterancestors()):
        marks = f"{each.tag} {each.get('class') or ''} {each.get('itemprop') or ''} {each.get('rel') or ''}".lower()
        if {mark.rstrip("s") for mark in re.split(r"[\s_-]+", marks)} & set(names):
            return True
        if each.tag in _WHOLE:
            return False
    return False
