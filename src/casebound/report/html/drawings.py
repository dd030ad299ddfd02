"""Drawings: a figure's SVG made fit to stand inside the page, whose policy allows no style attribute and no script."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from functools import lru_cache
from xml.etree import ElementTree

from uharfbuzz import Blob, Face, SubsetFlags, SubsetInput

from casebound.pages import palette
from casebound.paths import FONTS
from casebound.report.document.model import Figure

_SVG, _XLINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"
_ELEMENTS = frozenset(("svg", "g", "defs", "clipPath", "path", "rect", "use", "text", "tspan", "circle", "line"))
_LOOK = frozenset(
    """fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-dasharray stroke-dashoffset stroke-linecap
    stroke-linejoin stroke-miterlimit opacity clip-path clip-rule font-size font-family font-weight font-style
    text-anchor""".split()
)
_PLACE = frozenset(("id", "d", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "width", "height", "transform"))
_DEFAULTS = {"stroke-linejoin": "round", "stroke-linecap": "butt"}  # what Matplotlib writes into a style sheet
_NUMBER = re.compile(r"-?\d+\.\d{3,}")
_NO_TURN = re.compile(r"\s*rotate\(-?0(?:\.0*)?(?:[ ,][^)]*)?\)\s*")
# The colours of the figures, and the variables of the page that take their place by night.
_BY_NIGHT = {
    **{
        palette.INK: "ink",
        palette.MUTED: "soft",
        palette.FAINT: "line",
        palette.PANEL: "panel",
        palette.PAPER: "ground",
    },
    **{palette.ACCENT: "accent", palette.WARM: "warm"},
}
FACES = (("Regular", 400), ("SemiBold", 600))
# What is done to type unless it is turned off, such as kerning: with it the figures were laid out.
_FEATURES = (b"calt", b"ccmp", b"clig", b"kern", b"liga", b"locl", b"mark", b"mkmk", b"rlig")


def inlined(figure: Figure) -> str | None:
    """Return a figure's SVG as markup of the page; None where it holds what the page does not take in.

    Look is said in attributes, ids are the figure's own, and numbers have two decimals. Such a picture stands as a
    data address instead.
    """
    if figure.mime != "image/svg+xml":
        return None
    root = ElementTree.fromstring(figure.data)
    used = set(re.findall(r"(?:url\(|href=[\"'])#([^)\"']+)", figure.data.decode()))
    found = _element(root, figure.anchor, used)
    if found is None:
        return None
    svg = found[0]
    box = root.get("viewBox")
    svg.attrib.clear()
    svg.attrib.update(
        {"viewBox": box or f"0 0 {figure.width:g} {figure.height:g}", "width": f"{figure.width:.0f}",
         "height": f"{figure.height:.0f}", "role": "img", "aria-label": figure.alt, **_DEFAULTS}
    )  # fmt: skip
    return ElementTree.tostring(svg, encoding="unicode", short_empty_elements=True)


def _element(element: ElementTree.Element, anchor: str, used: set[str]) -> list[ElementTree.Element] | None:
    """Return an element fit for the page: itself, or its children where it only groups them; None if it is not fit."""
    name = element.tag.removeprefix(_SVG) if isinstance(element.tag, str) else ""
    if name in ("metadata", "style", "title", "desc"):
        return []
    look = _attributes(element, anchor, used)
    if name not in _ELEMENTS or look is None:
        return None
    children: list[ElementTree.Element] = []
    for child in element:
        fit = _element(child, anchor, used)
        if fit is None:
            return None
        children += fit
    if name in ("g", "defs") and not (look and name == "g") and (name == "g" or not children):
        return children
    made = ElementTree.Element(name, look)
    made.extend(children)
    if name in ("text", "tspan"):
        made.text = element.text
    return [made]


def _attributes(element: ElementTree.Element, anchor: str, used: set[str]) -> dict[str, str] | None:
    """Return an element's attributes, those of its style among them; None where one is not known."""
    given = {name.removeprefix(_XLINK): value for name, value in element.attrib.items()}
    for part in given.pop("style", "").split(";"):
        name, _, value = part.partition(":")
        if name.strip():
            given[name.strip()] = value.strip()
    kept = {}
    for name, value in given.items():
        if name == "id":
            if value in used:
                kept["id"] = f"{anchor}-{value}"
        elif name == "href":
            if not value.startswith("#"):
                return None
            kept["href"] = f"#{anchor}-{value[1:]}"
        elif name == "clip-path":
            kept[name] = value.replace("url(#", f"url(#{anchor}-")
        elif name == "transform" and _NO_TURN.fullmatch(value):
            continue
        elif name in _LOOK or name in _PLACE:
            if "url(" in value:
                return None
            kept[name] = _NUMBER.sub(lambda m: f"{float(m[0]):.2f}".rstrip("0").rstrip("."), " ".join(value.split()))
        elif element.tag != f"{_SVG}svg":
            return None
    return kept


def night() -> str:
    """Return the style rules by which the figures of a page that is read by night are dark too.

    They name no ancestor: what `<use>` shows has none outside itself.
    """
    rules = [
        f'[{part}="{colour}"] {{ {part}: var(--{name}); }}'
        for colour, name in _BY_NIGHT.items()
        for part in ("fill", "stroke")
    ]
    return "\n".join(["@media screen and (prefers-color-scheme: dark) {", *rules, "}", ""])


def words(figures: Iterable[Figure]) -> str:
    """Return every character that the figures' texts hold, in order."""
    found: set[str] = set()
    for figure in figures:
        if figure.mime == "image/svg+xml":
            for element in ElementTree.fromstring(figure.data).iter(f"{_SVG}text"):
                found |= set("".join(element.itertext()))
    return "".join(sorted(found))


@lru_cache(maxsize=4)
def faces(characters: str) -> str:
    """Return the style rules that bring the figures' typeface, cut down to these characters, with the page."""
    rules = []
    for name, weight in FACES if characters else ():
        data = base64.b64encode(_cut(f"Inter-{name}.otf", characters)).decode()
        source = f'src: url("data:font/otf;base64,{data}")'
        rules.append(f'@font-face {{ font-family: "Inter"; font-weight: {weight}; {source}; }}')
    return "\n".join(rules)


def _cut(name: str, characters: str) -> bytes:
    """Return a font file that holds these characters only."""
    cut = SubsetInput()
    cut.unicode_set.update(map(ord, characters))
    cut.layout_feature_tag_set.clear()
    cut.layout_feature_tag_set.update(int.from_bytes(tag) for tag in _FEATURES)
    cut.flags = SubsetFlags.NO_HINTING | SubsetFlags.DESUBROUTINIZE | SubsetFlags.NOTDEF_OUTLINE
    return cut.subset(Face(Blob.from_file_path(FONTS / name))).blob.data
