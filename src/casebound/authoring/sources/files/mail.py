"""Mail: an e-mail, or the single file (MHTML) in which a browser saves a page."""

from __future__ import annotations

import re
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Any

from casebound.authoring.sources.files.page import read_page
from casebound.authoring.sources.files.reading import Reading, tidy
from casebound.authoring.sources.names import name_of

_HEADERS = re.compile(rb"\A(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}\r?\n", re.M)
_NEEDED = re.compile(rb"^(?:MIME-Version|Message-ID|Received|Snapshot-Content-Location):", re.I | re.M)
_FORWARDED = re.compile(
    r"^(?:-+\s*(?:forwarded message|original message|weitergeleitete nachricht)|begin forwarded message|>?\s*from: )",
    re.I,
)


def is_mail(raw: bytes) -> bool:
    """Tell whether a file's content opens with the headers of an e-mail."""
    head = _HEADERS.match(raw[:100_000].replace(b"\r\n", b"\n"))
    return bool(head and _NEEDED.search(head[0]))


def read_mail(raw: bytes, zone: str = "") -> Reading | None:
    """Return what an e-mail or a page in MHTML holds; None if it holds no words."""
    message = BytesParser(EmailMessage, policy=policy.default).parsebytes(raw)
    if location := message.get("Snapshot-Content-Location"):
        return _saved_page(message, str(location), zone)
    body = message.get_body(("plain", "html"))
    content = _content(body) if body is not None else ""
    reading = Reading("e-mail", zone=zone)
    if body is not None and body.get_content_subtype() == "html":
        page = read_page(content.encode())
        paragraphs = page.paragraphs if page else []
    else:
        paragraphs = [tidy(block) for block in re.split(r"\n\s*\n", content.replace("\r\n", "\n"))]
    paragraphs = [words for words in paragraphs if words]
    if not paragraphs:
        return None
    reading.paragraphs = [*_read_headers(message, reading), *paragraphs]
    _read_rest(message, paragraphs, reading)
    return reading


def _saved_page(message: EmailMessage, location: str, zone: str) -> Reading | None:
    html = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    reading = read_page(_content(html).encode(), zone) if html is not None else None
    if reading:
        reading.claim("url", "the note of the browser that saved it", location)
    return reading


def _content(part: Any) -> str:
    try:
        return str(part.get_content())
    except (LookupError, UnicodeError):  # a charset that nobody knows
        return (part.get_payload(decode=True) or b"").decode("utf-8", "replace")


def _read_headers(message: EmailMessage, reading: Reading) -> list[str]:
    """Return the headers as lines of the text, and note what they say."""
    lines = []
    if subject := tidy(str(message.get("Subject", ""))):
        reading.prints("title", subject)
        lines.append(subject)
    if sender := tidy(str(message.get("From", ""))):
        name = next((address.display_name for address in message["From"].addresses if address.display_name), "")
        reading.prints("byline", f"From: {sender}")
        reading.authors["From"] = [name_of(name)] if name else []
        lines.append(f"From: {sender}")
    if date := tidy(str(message.get("Date", ""))):
        sent = message["Date"].datetime
        reading.prints("published", f"Date: {date}", sent.isoformat() if sent and sent.tzinfo else date)
        lines.append(f"Date: {date}")
    return lines


def _read_rest(message: EmailMessage, paragraphs: list[str], reading: Reading) -> None:
    attached = [part.get_filename() or "without a name" for part in message.iter_attachments()]
    if attached:
        reading.doubt("text", f"the attachments are not read: {', '.join(attached)}; give each as a file of its own")
    if any(_FORWARDED.match(words) for words in paragraphs):
        reading.doubt("text", "a message stands inside the message, with an author and a date of its own")
