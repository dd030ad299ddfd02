"""Layout: which piece of an article's text is its headline, byline, stamp, standfirst, caption, credit or paragraph.

The text stays as it is; what a line is, its normalised form tells.
"""

import re
from collections.abc import Iterator
from datetime import date, time
from typing import NamedTuple

from casebound.facts.dates.mentions import dates_in
from casebound.facts.text.normalisation import plain_words, trimmed

_LINE = re.compile(r"[^\r\n\x85\u2028\u2029]+")
_ONE_BREAK = {"\n", "\r\n", "\r", "\x85", "\u2028", "\u2029"}
CLOSERS = "\"”'’)]»"


class ArticleError(ValueError):
    """An article that cannot be read; the message is one line with the fix."""


class Piece(NamedTuple):
    """A piece of an article's text between two offsets, its plain form, and its kind, empty for a paragraph."""

    start: int
    end: int
    plain: str
    tight: bool  # on the line right after the piece before it
    kind: str = ""


def pieces_of(text: str) -> list[Piece]:
    """Return the pieces of an article's text in order, each with its kind; a `bar` stands before a picture's credit."""
    return _with_front(_with_pictures(text, _with_stamps(text, list(_pieces(_blocks(text))))))


def plain_line(text: str) -> str:
    """Return a line in its normalised form, without blanks at its end."""
    return plain_words(text).rstrip()


def line_number(text: str, offset: int) -> int:
    """Return the line on which a character stands, from 1."""
    return len(re.findall(r"\r\n|\r|\n", text[:offset])) + 1


def _blocks(text: str) -> list[list[Piece]]:
    """The lines that are not blank, in lists of those that stand together; all alone if no line is blank."""
    blocks: list[list[Piece]] = []
    ended = None
    for found in _LINE.finditer(text):
        start, end = trimmed(text, *found.span())
        if start == end:
            ended = None
            continue
        tight = ended is not None and text[ended : found.start()] in _ONE_BREAK
        line = Piece(start, end, plain_line(text[start:end]), tight)
        if tight:
            blocks[-1].append(line)
        else:
            blocks.append([line])
        ended = found.end()
    return [[line] for line in blocks[0]] if len(blocks) == 1 else blocks


def _pieces(blocks: list[list[Piece]]) -> Iterator[Piece]:
    for place, block in enumerate(blocks):
        marked = len(block) > 1 and any(
            line.plain.startswith("|") or _STAMP.match(line.plain) or (place < 6 and _is_byline(line.plain))
            for line in block
        )
        if marked or len(block) == 1:
            yield from block
        else:
            yield Piece(block[0].start, block[-1].end, " ".join(line.plain for line in block), False)


# What stands before the paragraphs --------------------------------------------------------------------

_STAMP = re.compile(r"(?:first |last )?(published|updated)\b(?: on| at)?\s*:?\s*", re.IGNORECASE)
_CLOCK = re.compile(
    r"T?([0-9]{1,2})[:.]([0-9]{2})(?::[0-9]{2}(?:\.[0-9]+)?)?\s*(am|pm)?"
    r"\s*(Z|[+-][0-9]{2}:?[0-9]{2}|UTC|GMT|BST)?(?![0-9A-Za-z])",
    re.IGNORECASE,
)
_STAMP_WORDS = re.compile(r"\b(?:at|on|local time|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b", re.IGNORECASE)
_ZONES = {"UTC": "Z", "GMT": "Z", "BST": "+01:00"}
_POST = re.compile(r"\b(?:reporter|editor|correspondent|writer|desk|staff|agency|bureau)\b", re.IGNORECASE)
_SMALL_WORDS = set("and & of for the in at de da di del der van von la le".split())


def _clock_of(match: re.Match) -> time:
    hour, half, zone = int(match[1]), (match[3] or "").lower(), (match[4] or "").upper()
    if half and hour == 12:
        hour = 0
    return time.fromisoformat(f"{hour + 12 * (half == 'pm'):02}:{match[2]}{_ZONES.get(zone, zone)}")


def stamp_of(plain: str) -> tuple[date, time | None] | None:
    """Return the day and time of the stamp that a line is, None if it says anything else; ValueError for 31/02/2025."""
    word = _STAMP.match(plain) if len(plain) <= 100 else None
    rest = plain[word.end() :] if word else ""
    for mention in dates_in(rest):
        if mention.day and mention.month and mention.year:
            around = f"{rest[: mention.start]} {rest[mention.end :]}"
            clock = _CLOCK.search(around)
            others = around.replace(clock[0], "", 1) if clock else around
            if re.search(r"\w", _STAMP_WORDS.sub("", others)):
                return None
            return date(mention.year, mention.month, mention.day), _clock_of(clock) if clock else None
    return None


def _with_stamps(text: str, pieces: list[Piece]) -> list[Piece]:
    """The pieces with stamps named; the day and the time of a stamp may have their own lines."""
    named, place = [], 0
    while place < len(pieces):
        first = best = pieces[place]
        size, word = 1, _STAMP.match(first.plain)
        kind = word[1].lower() if word else ""
        for count in (1, 2, 3) if kind else ():
            together = pieces[place : place + count]
            plain = " ".join(piece.plain for piece in together)
            try:
                stamp = stamp_of(plain)
            except ValueError:
                line = line_number(text, first.start)
                raise ArticleError(
                    f"line {line}: {plain!r} is not a day and time of the calendar (25/09/2025 is read day first); "
                    "write the stamp as day/month/year - hour:minute"
                ) from None
            if stamp and (best is first or stamp[1]):
                size, best = count, first._replace(end=together[-1].end, plain=plain, kind=kind)
            if stamp and stamp[1]:
                break
        named.append(best)
        place += size
    return named


def _is_byline(plain: str) -> bool:
    words = plain.split()
    return (
        len(words) > 1
        and words[0].rstrip(":").lower() == "by"
        and words[1][0].isupper()
        and len(plain) <= 100
        and _is_unfinished(plain)
        and all(word[0].isupper() or word in _SMALL_WORDS for word in words[1:])
    )


def _is_name(plain: str) -> bool:
    words = plain.split()
    return 2 <= len(words) <= 4 and all(w[0].isupper() and w[-1].isalpha() for w in words)


def authors_in(byline: str) -> list[str]:
    """Return the names in a byline, without "By" and without posts."""
    listed = re.sub(r"^by\b:?\s*", "", byline, flags=re.IGNORECASE)
    names = re.split(r"\s*(?:,|&|\band\b)\s*", listed)
    return [name for name in names if name and not _POST.search(name)]


def _is_unfinished(plain: str) -> bool:
    return not plain.rstrip(CLOSERS).endswith((".", "!", "?", "…", ":", ";", ","))


def _with_front(pieces: list[Piece]) -> list[Piece]:
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
    if not between:  # a stamp is the article's end: what stands before it are paragraphs
        return pieces
    authors = {name for piece in pieces if piece.kind == "byline" for name in authors_in(piece.plain)}
    for i in begun:
        is_author = pieces[i].plain in authors or (not authors and _is_name(pieces[i].plain))
        pieces[i] = pieces[i]._replace(kind="byline" if is_author else "standfirst")
    known = any(piece.kind == "standfirst" for piece in pieces[:last])
    if last > head and not known and len(between) > 1 and _is_unfinished(pieces[between[0]].plain):
        pieces[between[0]] = pieces[between[0]]._replace(kind="standfirst")
    return pieces


# Pictures ---------------------------------------------------------------------------------------------


def _is_credit(piece: Piece) -> bool:
    plain = piece.plain
    return (
        not piece.kind
        and not plain.startswith("|")
        and len(plain) <= 60
        and _is_unfinished(plain)
        and (piece.tight or plain == plain.upper())
    )


def _with_pictures(text: str, pieces: list[Piece]) -> list[Piece]:
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
