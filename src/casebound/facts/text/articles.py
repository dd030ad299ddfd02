"""Articles as raw text: numbered paragraphs, each with its place in the text.

Nothing is ever changed in the text, and nothing is guessed from its layout: which words are the title, a caption or a
stamp, sources.yaml names (`casebound.facts.evidence.printed`).
"""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from casebound.facts.text.normalisation import BLANK, trimmed

_BREAKS = "\n\r\x85\u2028\u2029"
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_LINE = re.compile(f"[^{_BREAKS}]+")
_BREAK = re.compile(f"\r\n|[{_BREAKS}]")


class ArticleError(ValueError):
    """An article that cannot be read; the message is one line with the fix."""


class Named(NamedTuple):
    """Words of an article that print something of the register: what (headline, caption 2 …), and their span."""

    label: str
    start: int
    end: int


@dataclass(frozen=True)
class Part:
    """A paragraph of an article: ``text == article.text[start:end]``, offsets in characters.

    ``number`` counts from 1 through the whole text. ``kind`` is paragraph, or if sources.yaml names the whole of it
    headline, standfirst, caption, byline, published, updated or publisher.
    """

    kind: str
    number: int
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Article:
    """An article's decoded text (no byte order mark), the SHA-256 of its raw bytes, its parts, and what is named.

    The parts are its paragraphs in order: blocks between blank lines, or lines if no line is blank.
    """

    text: str
    sha256: str
    parts: tuple[Part, ...]
    named: tuple[Named, ...] = ()

    def parts_of(self, kind: str) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.kind == kind)

    def part_at(self, offset: int) -> Part | None:
        """The part that holds the character at an offset, or None between parts."""
        place = bisect_right(self.parts, offset, key=lambda part: part.start)
        part = self.parts[place - 1] if place else None
        return part if part and offset < part.end else None

    def naming(self, named: Iterable[Named]) -> "Article":
        """The article with these words named; a paragraph takes its kind from the words that are the whole of it."""
        named = tuple(named)
        kinds = {
            part: name.label.partition(" ")[0]
            for name in reversed(named)
            for part in self.parts
            if name.start <= part.start and part.end <= name.end
        }
        parts = tuple(replace(part, kind=kinds.get(part, "paragraph")) for part in self.parts)
        return replace(self, parts=parts, named=named)

    def label_of(self, start: int, end: int) -> str:
        """What a span stands in: the words named there (headline, caption 2), else its paragraph with the number."""
        for name in self.named:
            if name.start <= start and end <= name.end:
                return name.label
        part = self.part_at(start)
        return f"paragraph {part.number}" if part else "text"


def line_number(text: str, offset: int) -> int:
    """Return the line on which a character stands, from 1."""
    return len(re.findall(r"\r\n|\r|\n", text[:offset])) + 1


def lines_in(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of the lines that are not blank, without the blanks at their ends."""
    for found in _LINE.finditer(text):
        start, end = trimmed(text, *found.span())
        if start < end:
            yield start, end


def stands_alone(text: str, start: int, end: int) -> bool:
    """Tell whether a span is all that stands on its line or lines."""
    blanks = "".join(set(BLANK) - set(_BREAKS))
    before, after = text[:start].rstrip(blanks), text[end:].lstrip(blanks)
    return before[-1:] in _BREAKS and after[:1] in _BREAKS  # as is an empty text


def _decoded(raw: bytes) -> str:
    try:
        text = raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as problem:
        at = problem.start
        line = line_number(raw[:at].decode(), at)
        raise ArticleError(
            f"the byte 0x{raw[at]:02X} at offset {at} (line {line}) is not UTF-8; save the article as UTF-8"
        ) from None
    if not text.strip(BLANK):
        raise ArticleError("the article is empty; save its text in the file")
    if match := _BINARY.search(text):
        place = f"at offset {match.start()} (line {line_number(text, match.start())})"
        raise ArticleError(
            f"this is not plain text: it holds U+{ord(match[0]):04X} {place}; save the article as UTF-8 text"
        )
    return text


def _paragraphs(text: str) -> list[tuple[int, int]]:
    blocks: list[list[tuple[int, int]]] = []
    for start, end in lines_in(text):
        if blocks and len(_BREAK.findall(text, blocks[-1][-1][1], start)) == 1:
            blocks[-1].append((start, end))
        else:
            blocks.append([(start, end)])
    return blocks[0] if len(blocks) == 1 else [(block[0][0], block[-1][1]) for block in blocks]


def read_article(raw: bytes) -> Article:
    """The article that a file's bytes hold; raises ArticleError for bytes that are not UTF-8 text, or an empty text."""
    text = _decoded(raw)
    parts = (Part("paragraph", number, text[a:b], a, b) for number, (a, b) in enumerate(_paragraphs(text), 1))
    return Article(text, hashlib.sha256(raw).hexdigest(), tuple(parts))
