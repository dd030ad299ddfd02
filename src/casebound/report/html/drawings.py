"""Drawings: a figure's SVG made fit to stand inside the page, whose policy allows no style attribute and no script."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

from casebound.report.document import media
from casebound.report.document.model import Figure

_SVG, _XLINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"
_ELEMENTS = frozenset(("svg", "g", "defs", "clipPath", "path", "rect", "use", "text", "tspan", "circle", "line"))
_WORDLESS = ("metadata", "style", "title", "desc")  # what a drawing may have and the page does without
_ATTRIBUTES = frozenset(
    """fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-dasharray stroke-dashoffset stroke-linecap
    stroke-linejoin stroke-miterlimit opacity clip-path clip-rule font-size font-family font-weight font-style
    text-anchor d x y x1 y1 x2 y2 cx cy r width height transform""".split()
)
_DEFAULTS = {"stroke-linejoin": "round", "stroke-linecap": "butt"}  # what Matplotlib writes into a style sheet
_NEEDLESS = {("font-family", "'Inter'"), ("text-anchor", "start"), ("stroke-dashoffset", "0")}  # the page's, or usual
_UNTURNED = re.compile(r"transform=rotate\(-?0(?: [^()]*)?\)")
_NUMBER = re.compile(r"-?\d+\.\d{3,}")


class _UnfitError(ValueError):
    """A drawing that holds what the page does not take in."""


def drawn(figure: Figure) -> list[str]:
    """Return a figure's drawings as markup of the page: the one for a wide window, and that for a narrow one if there
    is one; none where the first holds what the page does not take in, so that it stands as a data address instead."""
    ids = f"F{figure.number}" if figure.number else figure.anchor  # no anchor of the report has a capital letter
    wide = inlined(figure, ids)
    if not wide or not figure.narrow:
        return [wide] if wide else []
    raw, width, height = media.picture("image/svg+xml", figure.narrow)
    narrow = inlined(replace(figure, data=raw, width=width, height=height), f"{ids}n")
    return [wide, narrow] if narrow else [wide]


def inlined(figure: Figure, ids: str) -> str | None:
    """Return a figure's SVG as markup of the page; None where it holds what the page does not take in.

    Attributes say how it looks, ids begin with `ids`, and numbers have two decimals. The words for it are those of the
    element round it.
    """
    if figure.mime != "image/svg+xml":
        return None
    root = ElementTree.fromstring(figure.raw)
    used = set(re.findall(r"(?:url\(|href=[\"'])#([^)\"']+)", figure.raw.decode()))
    try:
        [svg] = _fit(root, ids, used)
    except _UnfitError:
        return None
    size = {"width": f"{figure.width:.0f}", "height": f"{figure.height:.0f}"}
    box = root.get("viewBox") or f"0 0 {figure.width:g} {figure.height:g}"
    svg.attrib = {"viewBox": box, **size, **_DEFAULTS}
    return ElementTree.tostring(svg, encoding="unicode").replace(" />", "/>")


def _fit(element: ElementTree.Element, ids: str, used: set[str]) -> list[ElementTree.Element]:
    """Return an element fit for the page: itself, or its children where it only groups them; raises _UnfitError."""
    name = element.tag.removeprefix(_SVG) if isinstance(element.tag, str) else ""
    if name in _WORDLESS:
        return []
    if name not in _ELEMENTS:
        raise _UnfitError(name)
    made = ElementTree.Element(name, _attributes(element, ids, used))
    made.extend([fit for child in element for fit in _fit(child, ids, used)])
    if (name == "g" and not made.attrib) or (name == "defs" and not len(made)):
        return list(made)
    if name in ("text", "tspan"):
        made.text = element.text
    return [made]


def _attributes(element: ElementTree.Element, ids: str, used: set[str]) -> dict[str, str]:
    """Return an element's attributes, those of its style among them; raises _UnfitError for one that is not known."""
    given = {name.removeprefix(_XLINK): value for name, value in element.attrib.items()}
    style = (part.partition(":") for part in given.pop("style", "").split(";") if part.strip())
    given |= {name.strip(): value.strip() for name, _, value in style}
    kept: dict[str, str] = {}
    for name, value in given.items():
        if name == "id":
            kept |= {name: f"{ids}-{value}"} if value in used else {}
        elif name == "href" and value.startswith("#"):
            kept[name] = f"#{ids}-{value[1:]}"
        elif name == "clip-path" and value.startswith("url(#"):
            kept[name] = value.replace("url(#", f"url(#{ids}-")
        elif (name, value) in _NEEDLESS or _UNTURNED.fullmatch(f"{name}={value}"):
            continue
        elif name in _ATTRIBUTES and "url(" not in value:
            kept[name] = _shortened(value)
        elif name in _ATTRIBUTES or element.tag != f"{_SVG}svg":
            raise _UnfitError(name)
    return kept


def _shortened(value: str) -> str:
    """Return an attribute with numbers of two decimals at most, and without the blanks that a path can do without."""
    value = _NUMBER.sub(lambda number: f"{float(number[0]):.2f}".rstrip("0").removesuffix("."), " ".join(value.split()))
    return (
        re.sub(r"(?<=[\dz]) ?([MLCQZz])(?: (?=[\d-]))?|^M ", lambda letter: letter[1] or "M", value)
        if value[:2] == "M "
        else value
    )
