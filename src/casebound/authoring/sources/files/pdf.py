"""PDF: its words as paragraphs, and what it says of itself."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter

from casebound.authoring.sources.files.head import read_head
from casebound.authoring.sources.files.reading import Reading, same, tidy
from casebound.authoring.sources.language import language_of
from casebound.authoring.sources.names import name_of, names_in

_FULL = 0.8  # of the usual length: a shorter line is the last of its paragraph
_PAGE_NUMBER = re.compile(r"(?:page\s*)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?", re.I)


class PdfError(ValueError):
    """A PDF that gives no text; `args` are what is wrong and the fix."""


def read_pdf(raw: bytes, zone: str = "") -> Reading:
    """Return what a PDF holds; raise PdfError if it is damaged, encrypted or without text."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        file = PdfReader(io.BytesIO(raw))
        if file.is_encrypted and not file.decrypt(""):
            raise PdfError("the PDF is encrypted", "save it without a password, or paste its words: casebound source -")
        pages = [page.extract_text() for page in file.pages]
        about = {str(key): str(value) for key, value in (file.metadata or {}).items()}
        language = file.root_object.get("/Lang")
    except PdfError:
        raise
    except Exception as error:  # whatever a damaged file leads pypdf to
        if isinstance(error, ImportError | DependencyError):  # decryption of AES needs a further package
            raise PdfError("the PDF is encrypted", "save it without a password, or paste its words") from None
        what = f"the PDF cannot be read: {str(error).partition(chr(10))[0] or type(error).__name__}"
        raise PdfError(what, "save it anew from the program that shows it, or paste its words") from None
    reading = Reading("PDF", zone=zone)
    lines = _lines(pages, reading)
    if not any(line.strip() for line in lines):
        raise PdfError("the PDF holds no text: it is a scan", "run OCR on it (ocrmypdf), or paste its words")
    reading.paragraphs = _paragraphs(lines, reading)
    reading.claim("language", "the PDF's metadata", language and str(language))
    _read_about(about, reading)
    read_head(reading.paragraphs, reading, (language and str(language)) or language_of(reading.text) or None)
    return reading


def _read_about(about: dict[str, str], reading: Reading) -> None:
    """Note the PDF's metadata; a title counts only if the text prints it, because many name a file."""
    if title := tidy(about.get("/Title", "")):
        if line := next((words for words in reading.paragraphs if same(words, title)), ""):
            reading.prints("title", line)
        else:
            reading.doubt("title", f"the PDF's metadata say “{title}”, which its text does not print")
    if author := about.get("/Author"):
        reading.authors["the PDF's metadata"] = [name_of(name) for name in names_in(author)]
        reading.doubt("author", f"the PDF's metadata say “{author}”: is that who wrote it, a person or a body?")
    if made := re.match(r"D:(\d{4})(\d\d)(\d\d)", about.get("/CreationDate", "")):
        reading.claim("guess", "the day on which the PDF was made", "-".join(made.groups()))


def _lines(pages: list[str], reading: Reading) -> list[str]:
    """Return the lines of all pages, without page numbers and what stands at the edge of most pages."""
    split = [[tidy(line) for line in page.splitlines()] for page in pages]
    edges = Counter(line for page in split for line in {*[line for line in page if line][:1], *page[-1:]} if line)
    repeated = {line for line, count in edges.items() if len(pages) > 2 and count > len(pages) / 2}
    if repeated:
        reading.doubt("text", f"left out, because most pages repeat it: {'; '.join(sorted(repeated))}")
    return [line for page in split for line in page if line not in repeated and not _PAGE_NUMBER.fullmatch(line)]


def _paragraphs(lines: list[str], reading: Reading) -> list[str]:
    """Return the lines joined: a short line, or a blank one, ends a paragraph."""
    lengths = sorted(len(line) for line in lines if line)
    usual = lengths[int(0.9 * (len(lengths) - 1))]
    paragraphs: list[str] = []
    current, words = "", {word.casefold() for line in lines for word in re.findall(r"\w+", line)}
    doubtful = 0
    for line in [*lines, ""]:
        if current.endswith("-") and line[:1].islower():
            (before,), (after,) = re.findall(r"(\w+)-$", current) or [""], re.findall(r"^\w+", line) or [""]
            is_one = f"{before}{after}".casefold() in words
            current, doubtful = (current[:-1] if is_one else current) + line, doubtful + (not is_one)
        else:
            current = f"{current} {line}".strip()
        if current and len(line) < _FULL * usual:
            paragraphs, current = [*paragraphs, current], ""
    if doubtful:
        reading.doubt("text", f"{doubtful} words are parted by a hyphen at the end of a line, which may be their own")
    return paragraphs
