"""Articles as raw text: their parts, authors and stamps, each part with its place in the text kept.

Nothing is ever changed in the text: a part is a slice of it as it stands.
"""

import hashlib
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from casebound.facts.text.layout import ArticleError, authors_in, line_number, pieces_of, plain_line, stamp_of
from casebound.facts.text.normalisation import BLANK

_BINARY = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


@dataclass(frozen=True)
class Part:
    """A piece of an article: ``text == article.text[start:end]``, offsets in characters.

    ``kind`` is headline, byline, published, updated, standfirst, paragraph, caption or credit. ``number``
    counts from 1 within the kind, through the whole article: a picture with a description line and a caption
    line has two captions.
    """

    kind: str
    number: int
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Article:
    """An article's decoded text (no byte order mark), the SHA-256 of its raw bytes, and its parts in order.

    Blank lines, and the lone ``|`` that stands before a picture's credit, lie in no part.
    """

    text: str
    sha256: str
    parts: tuple[Part, ...]
    timezone: str = "Europe/London"

    def parts_of(self, kind: str) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.kind == kind)

    @property
    def headline(self) -> str:
        """The headline, or an empty text where there is none."""
        return next((plain_line(part.text) for part in self.parts_of("headline")), "")

    @property
    def authors(self) -> tuple[str, ...]:
        """The names in the bylines, each once, without "By" and without a post such as "Business Editor"."""
        names = [name for part in self.parts_of("byline") for name in authors_in(plain_line(part.text))]
        return tuple(dict.fromkeys(names))

    def stamped(self, kind: str) -> datetime | None:
        """The aware moment of the "published" or "updated" stamp; None if it prints no day or no time of day."""
        for part in self.parts_of(kind):
            day, clock = stamp_of(plain_line(part.text)) or (None, None)
            if day and clock:
                return datetime.combine(day, clock, clock.tzinfo or ZoneInfo(self.timezone))
        return None

    def part_at(self, offset: int) -> Part | None:
        """The part that holds the character at an offset, or None between parts."""
        place = bisect_right(self.parts, offset, key=lambda part: part.start)
        part = self.parts[place - 1] if place else None
        return part if part and offset < part.end else None


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
        raise ArticleError("the article is empty; save its text in the file, headline first")
    if match := _BINARY.search(text):
        place = f"at offset {match.start()} (line {line_number(text, match.start())})"
        raise ArticleError(
            f"this is not plain text: it holds U+{ord(match[0]):04X} {place}; save the article as UTF-8 text"
        )
    return text


def _parts(text: str) -> Iterator[Part]:
    numbers: Counter[str] = Counter()
    for piece in pieces_of(text):
        kind = piece.kind or "paragraph"
        if kind != "bar":
            numbers[kind] += 1
            yield Part(kind, numbers[kind], text[piece.start : piece.end], piece.start, piece.end)


def read_article(raw: bytes, timezone: str = "Europe/London") -> Article:
    """The article that a file's bytes hold; ``timezone`` is that of stamps which print no zone.

    Raises ArticleError for bytes that are not UTF-8 text, an empty text, an impossible stamp, an unknown zone.
    A unit of text is a block between blank lines (or a line, if no line is blank): the first is the
    headline. A standfirst stands before a byline or stamp, or after the last of them without a full stop.
    """
    try:
        ZoneInfo(timezone)
    except (KeyError, ValueError, OSError):
        raise ArticleError(f"there is no time zone {timezone!r}; name one such as Europe/London") from None
    text = _decoded(raw)
    return Article(text, hashlib.sha256(raw).hexdigest(), tuple(_parts(text)), timezone)
