"""Page: a saved HTML page, of which trafilatura says which lines are the article; their words are the page's own."""

from __future__ import annotations

import copy
import logging
import re
from typing import Any

from casebound.authoring.sources.files.head import LONGEST, note_stamps
from casebound.authoring.sources.files.lines import Line, is_within, lines_in
from casebound.authoring.sources.files.metadata import read_metadata, without_site
from casebound.authoring.sources.files.reading import Reading, same, tidy
from casebound.authoring.sources.names import name_of, names_in, opens_as_byline, shown
from casebound.facts.text.normalisation import plain_words

_WINDOW = 5  # words in a row by which a line is known again in what trafilatura took
_PARAGRAPH = 15  # words, from which on a line is one
_MOST = 12  # words of a line that prints a stamp or an author
_HEAD = 6  # lines before the title and after the first paragraph among which byline and stamps are looked for
_WALL = re.compile(
    r"subscribe (?:now )?to (?:continue|read|keep)|already a subscriber|(?:sign|log) in to (?:continue|read)"
    r"|continue reading (?:with|for)|weiterlesen mit|réservé aux abonnés|kun for abonnenter|for abonnenter", re.I
)  # fmt: skip
_CONTROLS = bytes({*range(9), *range(14, 32), 127})  # which XML cannot hold, nor can their references:
_REFERENCES = re.compile(
    rb"&#(?:0*(?:[0-8]|1[124-9]|2[0-9]|3[01]|127)|x0*(?:[0-8bcef]|1[0-9a-f]|7f));?(?![0-9a-f])", re.I
)
_ADDRESS = re.compile(r"https?://[^\s<>\"]+[\w/]")
_SAVED = re.compile(rb"saved from url=\(\d+\)(\S+)|url:\s*(https?://\S+)\s+saved date", re.I)


def read_page(raw: bytes) -> Reading | None:
    """Return what a page holds and says of itself; None if it is no HTML or shows no words."""
    from htmldate import find_date
    from trafilatura.utils import load_html

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    if not raw.startswith((b"\xff\xfe", b"\xfe\xff")):  # of UTF-16
        raw = _REFERENCES.sub(b"", raw.translate(None, _CONTROLS))
    tree = load_html(raw)
    lines = lines_in(tree) if tree is not None else []
    if not lines:
        return None
    reading = Reading("web page")
    for groups in _SAVED.findall(raw[:5000]):
        reading.claim(
            "url", "the note of the browser that saved it", next(filter(None, groups)).decode("ascii", "replace")
        )
    read_metadata(tree, reading)
    kept = _article(tree, lines, reading)
    language = next((claim.value for claim in reading.claims.get("language", [])), None)
    head = _read_head(lines, kept, reading, language)
    _read_rest(lines, kept, reading)
    if not reading.claims.get("published"):
        reading.claim("guess", "htmldate", find_date(tree, original_date=True))
    chosen = sorted({*kept, *head, *_captions(lines, kept, reading)})
    reading.paragraphs = [line.words for line in (lines[i] for i in chosen)]
    return reading


def _article(tree: Any, lines: list[Line], reading: Reading) -> list[int]:
    """Return the numbers of the lines that trafilatura takes for the article; note what it says of the page."""
    from trafilatura import bare_extraction

    tree = copy.deepcopy(tree)
    for element in tree.xpath("//body//time|//body//label"):
        element.drop_tag()  # trafilatura would drop their words, too
    try:
        found = bare_extraction(
            tree,
            include_comments=False,
            favor_recall=True,
            with_metadata=True,
            date_extraction_params={"extensive_search": False},
        )
    except ValueError:  # a character that XML cannot hold
        found = None
    if found is None:
        reading.doubt("text", "trafilatura finds no article in the page, so all of its lines are taken")
        return list(range(len(lines)))
    document: Any = found
    reading.claim("title", "trafilatura", document.title)
    reading.claim("publisher", "trafilatura", document.sitename)
    if document.author:
        reading.authors["trafilatura"] = [name_of(name) for name in document.author.split("; ")]
    taken = [_words(line) for line in document.text.splitlines()]
    exact = {" ".join(words) for words in taken}
    windows = {window for words in taken for window in _windows(words)}
    return [i for i, line in enumerate(lines) if _is_taken(_words(line.words), exact, windows)]


def _is_taken(words: list[str], exact: set[str], windows: set[tuple[str, ...]]) -> bool:
    own = _windows(words)
    return " ".join(words) in exact or (bool(own) and len(own & windows) >= 0.6 * len(own))


def _words(line: str) -> list[str]:
    return re.findall(r"\w+", plain_words(line).casefold())


def _windows(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[i : i + _WINDOW]) for i in range(len(words) - _WINDOW + 1)}


def _read_head(lines: list[Line], kept: list[int], reading: Reading, language: str | None) -> list[int]:
    """Return the lines that print title, byline, stamps and standfirst, and note their words."""
    title = _title_line(lines, reading)
    body = [i for i in kept if len(lines[i].words.split()) >= _PARAGRAPH and (title is None or i > title + 1)]
    first = next(iter(body or kept[-1:]), 0)
    start = min(first, title) - _HEAD if title is not None else 0
    last = kept[-1] if kept else len(lines)
    head = [i for i in range(max(0, start), min(len(lines), last + _HEAD)) if i <= first + _HEAD or i > last - _HEAD]
    found = [title] if title is not None else []
    people = {shown(name) for names in reading.authors.values() for name in names}
    for i in (i for i in head if i != title and not is_within(lines[i].element, "nav", "aside", "related", "comment")):
        words = lines[i].words
        following = lines[i + 1].words if i + 1 < len(lines) else ""
        if i <= first + 1 and _is_byline(lines[i], people):
            reading.prints("byline", words)
            reading.authors.setdefault("byline", [name_of(name) for name in names_in(words)])
            found.append(i)
        kind = "updated" if is_within(lines[i].element, "updated", "modified") else "published"
        found += range(i, i + note_stamps(words, following, reading, language, kind))
        found += [i] * (len(words.split()) <= _MOST and _times(lines[i], reading, kind) > 0)
        if title is not None and is_within(
            lines[i].element, "standfirst", "subtitle", "subheadline", "dek", "lede", "ingress"
        ):
            reading.prints("standfirst", words)
            found.append(i)
    return found


def _title_line(lines: list[Line], reading: Reading) -> int | None:
    sites = [claim.value for claim in reading.claims.get("publisher", [])]
    named = [without_site(claim.value, sites) for claim in reading.claims.get("title", [])]
    heads = [i for i, line in enumerate(lines) if line.element.tag == "h1" or is_within(line.element, "headline")]
    heads = heads or [i for i, line in enumerate(lines) if line.element.tag == "h2"][:1]
    matching = [i for i, line in enumerate(lines) if any(same(line.words, title) for title in named)]
    places = [i for i in matching if i in heads] or matching or heads
    if places:
        reading.prints("title", lines[places[0]].words)
    if len({lines[i].words for i in heads if lines[i].element.tag == "h1"}) > 1:
        reading.doubt("text", "the page prints several headlines of the first rank: is it more than one article?")
    return places[0] if places else None


def _is_byline(line: Line, people: set[str]) -> bool:
    if len(line.words) > LONGEST:
        return False
    marked = is_within(line.element, "byline", "author") and bool(names_in(line.words))
    named = any(plain_words(name).casefold() in plain_words(line.words).casefold() for name in people)
    return (
        opens_as_byline(line.words)
        or marked
        or (named and len(line.words.split()) <= _MOST and line.words[-1] not in '.”"')
    )


def _times(line: Line, reading: Reading, kind: str) -> int:
    """Note the machine-readable times of a line, and return how many there are."""
    times = [each for each in line.element.iter("time") if (shown := tidy(each.text_content())) and shown in line.words]
    for element in times:
        shown = tidy(element.text_content())
        if any(
            shown in (claim.value if claim.place == "printed" else "") for claim in reading.claims.get("updated", [])
        ):
            kind = "updated"
        if (value := element.get("datetime")) and len(shown) > 5:
            reading.claim(kind, "<time>", value)
            reading.prints(kind, shown)
    return len(times)


def _captions(lines: list[Line], kept: list[int], reading: Reading) -> list[int]:
    """Return the lines below the article's pictures, and note them."""
    around = range(max(0, kept[0] - _HEAD), kept[-1] + 1) if kept else ()
    found = [i for i in around if is_within(lines[i].element, "figcaption")]
    reading.captions = list(dict.fromkeys(lines[i].words for i in found))
    return found


def _read_rest(lines: list[Line], kept: list[int], reading: Reading) -> None:
    """Note what the page shows beside the article: a wall, and long lines that trafilatura left out between others."""
    for line in lines:
        if (found := _ADDRESS.findall(line.words)) and len(found) == 1 and len(line.words.split()) <= 8:
            reading.claim("url", "printed", found[0])
    if any(_WALL.search(line.words) for line in lines):
        reading.stub = True
    between = [lines[i] for i in range(kept[0], kept[-1]) if i not in kept] if kept else []
    left = [line.words for line in between if len(line.words.split()) > 7 and not is_within(line.element, "figcaption")]
    left = [words for words in left if tidy(words) not in reading.printed.values()]
    if left:
        reading.doubt("text", f"left out among the paragraphs, {len(left)} in all, the first: “{left[0][:90]}”")
