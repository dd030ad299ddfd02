"""Pictures: their bytes, type and size, checked before an exporter meets them; images of Markdown as figures."""

from __future__ import annotations

import base64
import binascii
import io
import re
from urllib.parse import unquote
from xml.etree import ElementTree

from markdown_it.token import Token
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from casebound.pages.markup import cleaned, parsed_inline
from casebound.report.document.model import Figure

_UNITS = {"": 1.0, "px": 1.0, "pt": 96 / 72, "in": 96.0, "mm": 96 / 25.4, "cm": 96 / 2.54}
_LENGTH = re.compile(r"\s*([0-9.]+(?:e[+-]?\d+)?)\s*([a-z]*)\s*")
_REFERENCE = re.compile(r"""(url\(\s*["']?#)([^"')\s]+)""")
# What may name an id in yet another way than by an address in an attribute.
_OTHER_NAMES = re.compile(rb"<style[^>]*>(?:<!\[CDATA\[)?[^<]*#|<script|<animate|<set\b|\saria-(?!label=|hidden=)")
for _prefix, _space in (("", "http://www.w3.org/2000/svg"), ("xlink", "http://www.w3.org/1999/xlink")):
    ElementTree.register_namespace(_prefix, _space)
KINDS = ("image/svg+xml", "image/png", "image/jpeg")
_DAMAGED = "a picture's data are damaged; draw it again"


class MediaError(ValueError):
    """A picture that cannot be shown; the message says why."""


def attached_picture(token: Token, attachments) -> Figure:
    """Return the figure of a Markdown image that is attached to its cell; raises MediaError."""
    target = str(token.attrs["src"])
    if not token.content.strip():
        raise MediaError(f"the image {target[:60]} has no alt text; write ![what it shows](…)")
    if target.startswith("attachment:"):
        bundle = attachments.get(unquote(target.removeprefix("attachment:")), {})
        mime = next((mime for mime in KINDS if mime in bundle), "")
        if not mime:
            raise MediaError(f"the image {target} is not attached to its cell; drag the file there")
        data = bundle[mime]
    elif match := re.fullmatch(r"data:([\w/+.-]+);base64,(.*)", target):
        mime, data = match[1], unquote(match[2])
    else:
        raise MediaError(f"the image {target} lies outside the report; drag the file into the cell")
    caption = parsed_inline(str(token.attrs["title"])) if token.attrs.get("title") else None
    figure = Figure("", data, token.content, caption, mime=mime)
    measure(figure)
    return figure


def measure(figure: Figure) -> None:
    """Put a picture's bytes and size into its figure, and its words on one line; raises MediaError."""
    figure.alt = " ".join(cleaned(figure.alt).split())
    figure.data, figure.width, figure.height = picture(figure.mime, figure.data)


def picture(mime: str, data: str | bytes) -> tuple[bytes, float, float]:
    """Return a picture's bytes, width and height in CSS pixels; raises MediaError.

    `data` is SVG text, or base64 text as notebooks hold it.
    """
    if mime not in KINDS:
        raise MediaError(f"a picture of the type {mime} cannot be shown; use SVG, PNG or JPEG")
    if mime == "image/svg+xml":
        return _svg(data)
    try:
        raw = base64.b64decode("".join(data.split()), validate=True) if isinstance(data, str) else data
    except binascii.Error:
        raise MediaError(_DAMAGED) from None
    return _pixels(raw, mime.removeprefix("image/").upper())


def _svg(data: str | bytes) -> tuple[bytes, float, float]:
    raw = data.encode() if isinstance(data, str) else data
    try:
        root = ElementTree.fromstring(raw)
    except ElementTree.ParseError as error:
        raise MediaError(f"an SVG picture cannot be read ({error}); draw it again") from None
    if root.tag.rpartition("}")[2] != "svg":
        raise MediaError("an SVG picture does not begin with <svg>; draw it again")
    box = [float(n) for n in re.findall(r"-?[0-9.]+", root.get("viewBox", ""))]
    natural = box[2:4] if len(box) == 4 else [640.0, 400.0]
    width, height = (_length(root.get(side)) for side in ("width", "height"))
    if not _OTHER_NAMES.search(raw):
        raw = _numbered(root)
    return raw, width or natural[0], height or natural[1]


def _numbered(root: ElementTree.Element) -> bytes:
    """Return an SVG with its ids numbered, and what refers to them.

    Libraries draw ids by lot, or hash them from numbers whose last digit is not the same in every version of Python.
    """
    ids = dict.fromkeys(element.attrib["id"] for element in root.iter() if "id" in element.attrib)
    numbers = {name: f"id{n}" for n, name in enumerate(ids, 1)}
    for element in root.iter():
        for name, value in element.items():
            if name == "id":
                element.set(name, numbers[value])
            elif name.rpartition("}")[2] == "href":
                element.set(name, "#" + numbers.get(value[1:], value[1:]) if value.startswith("#") else value)
            elif not name.startswith(("aria-", "data-")):
                element.set(name, _REFERENCE.sub(lambda found: found[1] + numbers.get(found[2], found[2]), value))
    return ElementTree.tostring(root)


def _length(written: str | None) -> float | None:
    match = _LENGTH.fullmatch(written or "")
    return float(match[1]) * _UNITS[match[2]] if match and match[2] in _UNITS else None


def _pixels(raw: bytes, kind: str) -> tuple[bytes, float, float]:
    """Return a PNG's or a JPEG's bytes and size; a JPEG that Typst would print turned or in wrong colours is redone."""
    try:
        with Image.open(io.BytesIO(raw), formats=[kind]) as image:
            image.load()
            turned = image.getexif().get(ExifTags.Base.Orientation, 1) != 1
            if kind == "JPEG" and (turned or image.mode == "CMYK"):
                upright, redone = ImageOps.exif_transpose(image).convert("RGB"), io.BytesIO()
                upright.save(redone, kind, quality=95)
                return redone.getvalue(), float(upright.width), float(upright.height)
            return raw, float(image.width), float(image.height)
    except UnidentifiedImageError:
        raise MediaError(f"a picture is called {kind} but is not one; draw it again") from None
    except Image.DecompressionBombError:
        raise MediaError("a picture has too many pixels to be shown; draw it smaller") from None
    except (OSError, SyntaxError, ValueError):
        raise MediaError(_DAMAGED) from None
