"""Images that stand in Markdown, as figures."""

from __future__ import annotations

import re
from urllib.parse import unquote

from markdown_it.token import Token

from casebound.pages.markup import cleaned, parsed_inline
from casebound.report.document import media
from casebound.report.document.model import Figure


def attached_picture(token: Token, attachments) -> Figure:
    """Return the figure of a Markdown image that is attached to its cell; raises MediaError."""
    target, alt = str(token.attrs["src"]), line(token.content)
    if not alt:
        raise media.MediaError(f"the image {target[:60]} has no alt text; write ![what it shows](…)")
    if target.startswith("attachment:"):
        bundle = attachments.get(unquote(target.removeprefix("attachment:")), {})
        mime = next((mime for mime in media.KINDS if mime in bundle), None)
        if mime is None:
            raise media.MediaError(f"the image {target} is not attached to its cell; drag the file there")
        data = bundle[mime]
        raw, width, height = media.picture(mime, data)
    elif match := re.fullmatch(r"data:([\w/+.-]+);base64,(.*)", target):
        mime = match[1]
        raw, width, height = media.picture(mime, unquote(match[2]))
    else:
        raise media.MediaError(f"the image {target} lies outside the report; drag the file into the cell")
    caption = parsed_inline(str(token.attrs["title"])) if token.attrs.get("title") else None
    return Figure("", raw, alt, caption, mime=mime, width=width, height=height)


def line(text: str) -> str:
    """Return text on one line, without control characters."""
    return " ".join(cleaned(str(text)).split())
