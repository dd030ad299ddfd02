"""Lines: a page's visible words, block by block, each as the page prints it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from lxml import etree

from casebound.authoring.sources.files.reading import tidy

_HIDDEN = frozenset("script style noscript template head svg iframe button select textarea option input rp rt".split())
_BLOCKS = frozenset(
    """address article aside blockquote body br caption dd details div dl dt fieldset figcaption figure footer form h1
    h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table tbody td tfoot th thead tr ul""".split()
)
_CELLS = frozenset(("td", "th"))


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
    hidden = 0
    row = 0
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            yield (element.tail or "") if not hidden else "", element, False
            continue
        is_hidden = element.tag in _HIDDEN or _is_hidden(element)
        block, cell = element.tag in _BLOCKS, element.tag in _CELLS
        row += (event == "start") - (event == "end") if element.tag == "tr" else 0
        breaks = block and (not row or element.tag == "tr") and not cell
        if event == "start":
            hidden += is_hidden
            yield "" if hidden else element.text or "", _before(element), breaks and not hidden
        else:
            hidden -= is_hidden
            bar = " | " if cell and not hidden else ""
            yield bar + ("" if hidden else element.tail or ""), element, breaks and not hidden


def _before(element: Any) -> Any:
    """Return the element whose words come before the start of this one: its parent."""
    parent = element.getparent()
    return element if parent is None else parent


def _is_hidden(element: Any) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.get("hidden") is not None or element.get("aria-hidden") == "true" or "display:none" in style


def is_within(element: Any, *names: str) -> bool:
    """Tell whether an element is, or lies in, one of a tag or class that holds one of these names."""
    for each in (element, *element.iterancestors()):
        marks = f"{each.tag} {each.get('class') or ''} {each.get('itemprop') or ''} {each.get('rel') or ''}".lower()
        if any(name in marks for name in names):
            return True
    return False
