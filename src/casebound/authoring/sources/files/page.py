"""Page: a saved HTML page, of which trafilatura says which lines are the article; their words are the page's own."""

from __future__ import annotations

import copy
import logging
import re
from typing import Any

from casebound.authoring.sources.files.lines import Line, lines_in
from casebound.authoring.sources.files.metadata import read_metadata
from casebound.authoring.sources.files.printed import read_printed
from casebound.authoring.sources.files.reading import Reading
from casebound.authoring.sources.names import name_of
from casebound.facts.text.normalisation import plain_words

_WINDOW = 5  # words in a row by which a line is known again in what trafilatura took
_LONG = 40  # characters of a line that may be a paragraph
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


def read_page(raw: bytes, zone: str = "") -> Reading | None:
    """Return what a page holds and says of itself; None if it is no HTML or shows no words. `zone` is the case's."""
    from htmldate import find_date
    from trafilatura.utils import load_html

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    if not raw.startswith((b"\xff\xfe", b"\xfe\xff")):  # of UTF-16
        raw = _REFERENCES.sub(b"", raw.translate(None, _CONTROLS))
    tree = load_html(raw)
    lines = lines_in(tree) if tree is not None else []
    if not lines:
        return None
    reading = Reading("web page", zone=zone)
    for groups in _SAVED.findall(raw[:5000]):
        reading.claim(
            "url", "the note of the browser that saved it", next(filter(None, groups)).decode("ascii", "replace")
        )
    read_metadata(tree, reading)
    kept = _article(tree, lines, reading)
    language = next((claim.value for claim in reading.claims.get("language", [])), None)
    head = read_printed(lines, kept, reading, language)
    rest = _read_rest(lines, kept, reading)
    if not reading.claims.get("published"):
        reading.claim("guess", "htmldate", find_date(tree, original_date=True))
    reading.paragraphs = [lines[i].words for i in sorted({*kept, *head, *rest})]
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


def _read_rest(lines: list[Line], kept: list[int], reading: Reading) -> list[int]:
    """Return the paragraphs that trafilatura left out beside those that it took; note them, a wall and an address."""
    for line in lines:
        if (found := _ADDRESS.findall(line.words)) and len(found) == 1 and len(line.words.split()) <= 8:
            reading.claim("url", "printed", found[0])
    reading.stub = any(_WALL.search(line.words) for line in lines[min(kept, default=0) :])
    places = {lines[i].element.getparent() for i in kept if lines[i].element.tag == "p"}
    left = [
        i for i, line in enumerate(lines) if i not in kept and len(line.words) > _LONG and not _WALL.search(line.words)
    ]
    siblings = [i for i in left if lines[i].element.tag == "p" and lines[i].element.getparent() in places]
    for i in siblings:
        reading.doubt("text", f"taken, though trafilatura leaves it out: “{lines[i].words[:90]}”")
    others = [lines[i] for i in left if kept and kept[0] < i < kept[-1] and i not in siblings]
    words = [line.words for line in others if line.words not in {*reading.printed.values(), *reading.captions}]
    if words:
        reading.doubt("text", f"left out among the paragraphs, {len(words)} in all, the first: “{words[0][:90]}”")
    return siblings
