"""Files: what kind of file is given, by its content, and how each is read."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from casebound.authoring.sources.files.head import read_head
from casebound.authoring.sources.files.mail import is_mail, read_mail
from casebound.authoring.sources.files.page import read_page
from casebound.authoring.sources.files.pdf import PdfError, read_pdf
from casebound.authoring.sources.files.reading import Reading, tidy
from casebound.authoring.sources.language import language_of
from casebound.facts.problems import CaseError, Problem
from casebound.facts.records.reading import content_of
from casebound.facts.text.articles import ArticleError, lines_in, read_article

LARGEST = 20_000_000  # bytes of a file
_TAGS = re.compile(rb"<(?:html|body|article|div|h1|p)[\s>]", re.I)
_MARKUP = (".html", ".htm", ".xhtml")


def given(file: str) -> bytes:
    """Return the content of a file, or of standard input for `-`; raise CaseError if it cannot be read."""
    if file == "-":
        return sys.stdin.buffer.read(LARGEST + 1)
    if Path(file).is_file() and Path(file).stat().st_size > LARGEST:
        raise problem(file, f"larger than {LARGEST // 1_000_000} MB", "save the article alone")
    if Path(file).is_dir():
        raise problem(file, "a folder", "name the saved page in it")
    if not Path(file).exists():
        raise problem(file, "there is no such file", "name a saved page, a PDF or a text, or - for pasted words")
    return content_of(Path(file), file)


def reading_of(raw: bytes, name: str, zone: str = "") -> Reading:
    """Return what a file holds; raise CaseError if it holds no text that can be read. `zone` is the case's."""
    if len(raw) > LARGEST:
        raise problem(name, f"larger than {LARGEST // 1_000_000} MB", "give the article alone")
    if raw.lstrip()[:5] == b"%PDF-":
        try:
            return read_pdf(raw.lstrip(), zone)
        except PdfError as error:
            raise problem(name, *error.args) from None
    opens = raw.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<"
    is_page = (opens or name.lower().endswith(_MARKUP)) and _TAGS.search(raw)
    if is_page or is_mail(raw):
        reading = read_page(raw, zone) if is_page else read_mail(raw, zone)
        if reading is None or not "".join(reading.paragraphs).strip():
            fix = "save the page once it is shown whole, or paste its words: casebound source -"
            raise problem(name, "no words in it", fix)
        return reading
    return _plain_text(raw, name, zone)


def _plain_text(raw: bytes, name: str, zone: str) -> Reading:
    try:
        article = read_article(raw)
    except ArticleError as error:
        what, _, fix = str(error).partition("; ")
        if raw[:2] == b"PK" or b"\x00" in raw[:1000]:
            what, fix = "this is no page, PDF or text", "save it as PDF, or paste its words: casebound source -"
        raise problem(name, what, fix) from None
    reading = Reading("plain text", raw=raw, zone=zone)
    lines = [tidy(article.text[start:end]) for start, end in lines_in(article.text)]
    read_head(lines, reading, language_of(article.text) or None)
    return reading


def problem(name: str, what: str, fix: str) -> CaseError:
    """Return an error about a file that was given."""
    return CaseError([Problem("standard input" if name == "-" else name, 0, "", what, fix, "CB001")])
