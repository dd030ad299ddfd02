"""Articles as raw text: their parts, sentences and quoted words, each with its place in the text kept.

Nothing is ever changed in the text: a part is a slice of it as it stands. To tell what a line is, its plain
form is looked at: without invisible characters, every blank a single space.
"""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from casebound.facts.dates.mentions import dates_in
from casebound.facts.text.normalisation import INVISIBLE


class ArticleError(ValueError):
    """An article that cannot be read; the message is one line with the fix."""


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
        return next((_plain(part.text) for part in self.parts_of("headline")), "")

    @property
    def standfirst(self) -> str:
        """The first standfirst, or an empty text where there is none."""
        return next((_plain(part.text) for part in self.parts_of("standfirst")), "")

    @property
    def authors(self) -> tuple[str, ...]:
        """The names in the bylines, each once, without "By" and without a post such as "Business Editor"."""
        names = [name for part in self.parts_of("byline") for name in _names(_plain(part.text))]
        return tuple(dict.fromkeys(names))

    @property
    def paragraphs(self) -> tuple[Part, ...]:
        return self.parts_of("paragraph")

    @property
    def published(self) -> datetime | None:
        """The moment of publication, aware; None where the article prints no date or no time of day."""
        return self._moment("published")

    @property
    def updated(self) -> datetime | None:
        """The moment of the update, aware; None where the article prints no date or no time of day."""
        return self._moment("updated")

    @property
    def published_on(self) -> date | None:
        """The day of publication as printed, with or without a time of day."""
        return next((_stamp_of(_plain(part.text)).day for part in self.parts_of("published")), None)

    def _moment(self, kind: str) -> datetime | None:
        zone = ZoneInfo(self.timezone)
        stamps = [_stamp_of(_plain(part.text)) for part in self.parts_of(kind)]
        return next((datetime.combine(s.day, s.clock, s.zone or zone) for s in stamps if s.clock), None)

    def part_at(self, offset: int) -> Part | None:
        """The part that holds the character at an offset, or None between parts."""
        place = bisect_right(self.parts, offset, key=lambda part: part.start)
        part = self.parts[place - 1] if place else None
        return part if part and offset < part.end else None


# The text and its lines -------------------------------------------------------------------------------

_BLANK = (
    " \t\n\r\v\f\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2028\u2029\u202f\u205f\u3000"
    + "".join(map(chr, range(0x2000, 0x200B)))
    + INVISIBLE
)
_HIDDEN = re.compile(f"[{INVISIBLE}]+")
_LINE = re.compile(r"[^\r\n\x85\u2028\u2029]+")
_ONE_BREAK = {"\n", "\r\n", "\r", "\x85", "\u2028", "\u2029"}
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
CLOSERS = "\"”'’)]»"


class _Piece(NamedTuple):
    start: int
    end: int
    plain: str
    tight: bool  # on the line right after the piece before it
    kind: str = ""


def _plain(text: str) -> str:
    return " ".join(_HIDDEN.sub("", text).split())


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    held = text[start:end].strip(_BLANK)
    start = end - len(text[start:end].lstrip(_BLANK))
    return start, start + len(held)


def _decoded(raw: bytes) -> str:
    try:
        text = raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as problem:
        at = problem.start
        line = len(re.findall(rb"\r\n|\r|\n", raw[:at])) + 1
        raise ArticleError(
            f"the byte 0x{raw[at]:02X} at offset {at} (line {line}) is not UTF-8; save the article as UTF-8"
        ) from None
    if not text.strip(_BLANK):
        raise ArticleError("the article is empty; save its text in the file, headline first")
    if found := _BINARY.search(text):
        at = f"at offset {found.start()} (line {_line_number(text, found.start())})"
        raise ArticleError(
            f"this is no plain text: it holds U+{ord(found[0]):04X} {at}; save the article as UTF-8 text"
        )
    return text


def _line_number(text: str, offset: int) -> int:
    return len(re.findall(r"\r\n|\r|\n", text[:offset])) + 1


def _blocks(text: str) -> list[list[_Piece]]:
    """The lines that are not blank, in lists of those that stand together; all alone if no line is blank."""
    blocks: list[list[_Piece]] = []
    ended = None
    for found in _LINE.finditer(text):
        start, end = trimmed(text, *found.span())
        if start == end:
            ended = None
            continue
        tight = ended is not None and text[ended : found.start()] in _ONE_BREAK
        line = _Piece(start, end, _plain(text[start:end]), tight)
        if tight:
            blocks[-1].append(line)
        else:
            blocks.append([line])
        ended = found.end()
    return [[line] for line in blocks[0]] if len(blocks) == 1 else blocks


def _pieces(blocks: list[list[_Piece]]) -> Iterator[_Piece]:
    for place, block in enumerate(blocks):
        marked = len(block) > 1 and any(
            line.plain.startswith("|") or _STAMP.match(line.plain) or (place < 6 and _is_byline(line.plain))
            for line in block
        )
        if marked or len(block) == 1:
            yield from block
        else:
            yield _Piece(block[0].start, block[-1].end, " ".join(line.plain for line in block), False)


# What stands before the paragraphs --------------------------------------------------------------------

_STAMP = re.compile(r"(?:first |last )?(published|updated)\b(?: on| at)?\s*:?\s*", re.IGNORECASE)
_CLOCK = re.compile(
    r"T?([0-9]{1,2})[:.]([0-9]{2})(?::[0-9]{2}(?:\.[0-9]+)?)?\s*(am|pm)?"
    r"\s*(Z|[+-][0-9]{2}:?[0-9]{2}|UTC|GMT|BST)?(?![0-9A-Za-z])",
    re.IGNORECASE,
)
_STAMP_WORDS = re.compile(r"\b(?:at|on|local time|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b", re.IGNORECASE)
_HOURS = {"Z": 0, "UTC": 0, "GMT": 0, "BST": 1}
_POST = re.compile(r"\b(?:reporter|editor|correspondent|writer|desk|staff|agency|bureau)\b", re.IGNORECASE)
_SMALL_WORDS = {
    "and",
    "&",
    "of",
    "for",
    "the",
    "in",
    "at",
    "de",
    "da",
    "di",
    "del",
    "der",
    "van",
    "von",
    "la",
    "le",
}


@dataclass(frozen=True)
class _Stamp:
    day: date
    clock: time | None
    zone: timezone | None


def _zone_of(word: str) -> timezone:
    if word.upper() in _HOURS:
        return timezone(timedelta(hours=_HOURS[word.upper()]))
    ahead = timedelta(hours=int(word[1:3]), minutes=int(word[-2:]))
    return timezone(ahead if word[0] == "+" else -ahead)


def _clock_of(found: re.Match) -> time:
    hour, half = int(found[1]), (found[3] or "").lower()
    if half and hour == 12:
        hour = 0
    return time(hour + 12 if half == "pm" else hour, int(found[2]))


def _stamp_of(plain: str) -> _Stamp | None:
    """The stamp that a line is, or None where it says anything else; ValueError for 31/02/2025."""
    word = _STAMP.match(plain) if len(plain) <= 100 else None
    rest = plain[word.end() :] if word else ""
    days = [mention for mention in dates_in(rest) if mention.day and mention.month and mention.year]
    if not days:
        return None
    around = f"{rest[: days[0].start]} {rest[days[0].end :]}"
    clock = _CLOCK.search(around)
    others = around.replace(clock[0], "", 1) if clock else around
    if re.search(r"\w", _STAMP_WORDS.sub("", others)):
        return None
    day = date(days[0].year, days[0].month, days[0].day)
    zone = _zone_of(clock[4]) if clock and clock[4] else None
    return _Stamp(day, _clock_of(clock) if clock else None, zone)


def _stamp_at(text: str, pieces: list[_Piece], place: int) -> tuple[_Piece, int] | None:
    """The stamp that begins with a piece, and its number of pieces: day and time may have their own lines."""
    first, best = pieces[place], None
    for count in (1, 2, 3):
        together = pieces[place : place + count]
        plain = " ".join(piece.plain for piece in together)
        try:
            stamp = _stamp_of(plain)
        except ValueError:
            line = _line_number(text, first.start)
            raise ArticleError(
                f"line {line}: {plain!r} is no day and time of the calendar (25/09/2025 is read day first); "
                "write the stamp as day/month/year - hour:minute"
            ) from None
        if stamp and (best is None or stamp.clock):
            kind = _STAMP.match(plain)[1].lower()
            best = first._replace(end=together[-1].end, plain=plain, kind=kind), len(together)
        if stamp and stamp.clock:
            break
    return best


def _with_stamps(text: str, pieces: list[_Piece]) -> list[_Piece]:
    found, place = [], 0
    while place < len(pieces):
        stamp = _stamp_at(text, pieces, place) if _STAMP.match(pieces[place].plain) else None
        piece, count = stamp or (pieces[place], 1)
        found.append(piece)
        place += count
    return found


def _is_byline(plain: str) -> bool:
    words = plain.split()
    named = len(words) > 1 and words[0].rstrip(":").lower() == "by" and words[1][0].isupper()
    return (
        named
        and len(plain) <= 100
        and _is_unfinished(plain)
        and all(word[0].isupper() or word in _SMALL_WORDS for word in words[1:])
    )


def _is_name(plain: str) -> bool:
    words = plain.split()
    return 2 <= len(words) <= 4 and all(w[0].isupper() and w[-1].isalpha() for w in words)


def _names(byline: str) -> list[str]:
    listed = re.sub(r"^by\b:?\s*", "", byline, flags=re.IGNORECASE)
    names = re.split(r"\s*(?:,|&|\band\b)\s*", listed)
    return [name for name in names if name and not _POST.search(name)]


def _is_unfinished(plain: str) -> bool:
    return not plain.rstrip(CLOSERS).endswith((".", "!", "?", "…", ":", ";", ","))


def _with_front(pieces: list[_Piece]) -> list[_Piece]:
    """The pieces with headline, bylines and standfirsts named.

    The front reaches to the last byline or stamp, with at most three other pieces before each of them.
    """
    pieces = list(pieces)
    head = next((i for i, piece in enumerate(pieces) if not piece.kind), None)
    if head is None:
        return pieces
    pieces[head] = pieces[head]._replace(kind="headline")
    last, between, begun = head, [], []
    for i, piece in enumerate(pieces[head + 1 : head + 30], head + 1):
        if not piece.kind and _is_byline(piece.plain):
            pieces[i] = piece._replace(kind="byline")
        elif not piece.kind:
            between.append(i)
        if pieces[i].kind in ("byline", "published", "updated"):
            begun += between
            last, between = i, []
        if len(between) > 3:
            break
    # Without anything after it, a stamp is the article's end: what stands before it are paragraphs.
    if between:
        _name_between(pieces, begun)
        _name_standfirst(pieces, head, last, between)
    return pieces


def _name_between(pieces: list[_Piece], places: Iterable[int]) -> None:
    authors = {name for piece in pieces if piece.kind == "byline" for name in _names(piece.plain)}
    for i in places:
        is_author = pieces[i].plain in authors or (not authors and _is_name(pieces[i].plain))
        pieces[i] = pieces[i]._replace(kind="byline" if is_author else "standfirst")


def _name_standfirst(pieces: list[_Piece], head: int, last: int, after: list[int]) -> None:
    known = any(piece.kind == "standfirst" for piece in pieces[:last])
    if last > head and not known and len(after) > 1 and _is_unfinished(pieces[after[0]].plain):
        pieces[after[0]] = pieces[after[0]]._replace(kind="standfirst")


# Pictures ---------------------------------------------------------------------------------------------


def _is_credit(piece: _Piece) -> bool:
    plain = piece.plain
    return (
        not piece.kind
        and not plain.startswith("|")
        and len(plain) <= 60
        and _is_unfinished(plain)
        and (piece.tight or plain == plain.upper())
    )


def _with_pictures(text: str, pieces: list[_Piece]) -> list[_Piece]:
    """The pieces round each ``|`` named: before it a description and a caption, after it the credit."""
    pieces = list(pieces)
    for i, piece in enumerate(pieces):
        if piece.kind or not piece.plain.startswith("|") or len(piece.plain) > 60:
            continue
        if piece.plain != "|":
            start, _ = trimmed(text, text.index("|", piece.start) + 1, piece.end)
            pieces[i] = piece._replace(start=start, plain=piece.plain[1:].strip(), kind="credit")
        else:
            pieces[i] = piece._replace(kind="bar")
            if i + 1 < len(pieces) and _is_credit(pieces[i + 1]):
                pieces[i + 1] = pieces[i + 1]._replace(kind="credit")
        for before in (i - 1, i - 2):
            if before < 1 or pieces[before].kind or len(pieces[before].plain) > 250:
                break
            if before == i - 1 or _is_unfinished(pieces[before].plain):
                pieces[before] = pieces[before]._replace(kind="caption")
    return pieces


# Reading ----------------------------------------------------------------------------------------------


def _parts(text: str) -> Iterator[Part]:
    pieces = _with_stamps(text, list(_pieces(_blocks(text))))
    numbers: dict[str, int] = {}
    for start, end, _, _, named in _with_front(_with_pictures(text, pieces)):
        kind = named or "paragraph"
        if kind != "bar":
            numbers[kind] = numbers.get(kind, 0) + 1
            yield Part(kind, numbers[kind], text[start:end], start, end)


def read_article(raw: bytes, timezone: str = "Europe/London") -> Article:
    """The article that a file's bytes hold; ``timezone`` is that of stamps which print no zone.

    Raises ArticleError for bytes that are no UTF-8 text, an empty text, an impossible stamp, an unknown zone.
    A unit of text is a block between blank lines (or a line, where there is no blank line): the first is the
    headline. A standfirst is told from a paragraph by standing before a byline or stamp, or after the last of
    them without a full stop.
    """
    try:
        ZoneInfo(timezone)
    except (KeyError, ValueError, OSError):
        raise ArticleError(f"there is no time zone {timezone!r}; name one such as Europe/London") from None
    text = _decoded(raw)
    return Article(text, hashlib.sha256(raw).hexdigest(), tuple(_parts(text)), timezone)


def article_at(path: Path, timezone: str = "Europe/London") -> Article:
    """The article in a file; ArticleError names the file."""
    try:
        return read_article(Path(path).read_bytes(), timezone)
    except OSError as problem:
        raise ArticleError(f"{path}: {problem.strerror}; put the article's text there") from None
    except ArticleError as problem:
        raise ArticleError(f"{path}: {problem}") from None
