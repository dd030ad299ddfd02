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
_TAG = re.compile(rb"""<[a-zA-Z](?:[^"'<>]|"[^"]*"|'[^']*')*>""")
_ATTRIBUTE = re.compile(rb"""(\s(?P<name>[\w:.-]+)\s*=\s*)(?P<value>"[^"]*"|'[^']*')""")
_LINK, _LOOK = re.compile(rb"""^(["']#)([^"']+)"""), re.compile(rb"""(url\(\s*(?:["']|&quot;|&apos;)?#)([^"'&)\s]+)""")
# What may name an id in yet another way.
_OTHER_NAMES = re.compile(rb"<style[^>]*>[^<]*#|<!\[CDATA\[|<!ENTITY|<script|<animate|<set\b|\saria-(?!label=|hidden=)")
KINDS = ("image/svg+xml", "image/png", "image/jpeg")
_DAMAGED = "a picture's data are damaged; draw it again"


class MediaError(ValueError):
    """A picture that cannot be shown; the message says why."""


def attached_picture(token: Token, attachments) -> Figure:
    """Return the figure of a Markdown image that is attached to its cell; raises MediaError."""
    target, alt = str(token.attrs["src"]), line(token.content)
    if not alt:
        raise MediaError(f"the image {target[:60]} has no alt text; write ![what it shows](…)")
    if target.startswith("attachment:"):
        bundle = attachments.get(unquote(target.removeprefix("attachment:")), {})
        mime = next((mime for mime in KINDS if mime in bundle), None)
        if mime is None:
            raise MediaError(f"the image {target} is not attached to its cell; drag the file there")
        found = picture(mime, bundle[mime])
    elif match := re.fullmatch(r"data:([\w/+.-]+);base64,(.*)", target):
        mime, found = match[1], picture(match[1], unquote(match[2]))
    else:
        raise MediaError(f"the image {target} lies outside the report; drag the file into the cell")
    raw, width, height = found
    caption = parsed_inline(str(token.attrs["title"])) if token.attrs.get("title") else None
    return Figure("", raw, alt, caption, mime=mime, width=width, height=height)


def line(text: str) -> str:
    """Return text on one line, without control characters."""
    return " ".join(cleaned(str(text)).split())


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
    return _numbered(raw), width or natural[0], height or natural[1]


def _numbered(svg: bytes) -> bytes:
    """Return an SVG with its ids numbered, and what refers to them; as it is where they may be named in other ways.

    Libraries draw ids by lot, or hash them from numbers whose last digit is not the same in every version of Python.
    """
    if _OTHER_NAMES.search(svg):
        return svg
    attributes = (found for tag in _TAG.findall(svg) for found in _ATTRIBUTE.finditer(tag))
    ids = dict.fromkeys(found["value"][1:-1] for found in attributes if found["name"] == b"id")
    numbers = {name: b"id%d" % n for n, name in enumerate(ids, 1)}

    def renamed(found: re.Match) -> bytes:
        name, value = found["name"], found["value"]
        if name == b"id":
            return found[1] + value[:1] + numbers[value[1:-1]] + value[-1:]
        if name.startswith((b"aria-", b"data-")):
            return found[0]
        reference = _LINK if name.rpartition(b":")[2] == b"href" else _LOOK
        return found[1] + reference.sub(lambda m: m[1] + numbers.get(m[2], m[2]), value)

    return _TAG.sub(lambda tag: _ATTRIBUTE.sub(renamed, tag[0]), svg)


def _length(said: str | None) -> float | None:
    match = _LENGTH.fullmatch(said or "")
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
