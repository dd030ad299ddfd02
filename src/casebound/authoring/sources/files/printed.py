"""Printed: the lines of a page that print its title, byline, stamps, standfirst and captions."""

from __future__ import annotations

import re

from casebound.authoring.sources.files.head import LONGEST, note_stamps
from casebound.authoring.sources.files.lines import Line, is_within
from casebound.authoring.sources.files.metadata import without_site
from casebound.authoring.sources.files.reading import Claim, Reading, same, tidy
from casebound.authoring.sources.language import readings_of
from casebound.authoring.sources.names import name_of, names_in, opens_as_byline, shown
from casebound.authoring.sources.stamps import stamps_of
from casebound.facts.text.normalisation import plain_words

_PARAGRAPH = 15  # words, from which on a line is one
_MOST = 12  # words of a line that prints a stamp or an author
_HEAD = 6  # lines before the title and after the first paragraph among which byline and stamps are looked for
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}\W*(?:[A-Z]{2,5}|[ap]\.?m\.?)?", re.IGNORECASE)  # a post's in a live blog
_BESIDE = ("nav", "aside", "related", "comment")
_DATED = ("date", "time", "published", "updated", "posted", "byline")


def read_printed(lines: list[Line], kept: list[int], reading: Reading, language: str | None) -> list[int]:
    """Return the lines that print something of the register, and note their words; `kept` are the article's lines."""
    title = _title_line(lines, reading)
    body = [i for i in kept if len(lines[i].words.split()) >= _PARAGRAPH and (title is None or i > title + 1)]
    first = next(iter(body or kept[-1:]), 0)
    start = max(0, min(first, title) - _HEAD) if title is not None else 0
    last = kept[-1] if kept else len(lines)
    near = [i for i in range(start, min(len(lines), last + _HEAD)) if i <= first + _HEAD or i > last - _HEAD]
    near = [i for i in near if i != title and not is_within(lines[i].element, *_BESIDE)]
    found = {title} - {None}
    for i in near:
        words, element = lines[i].words, lines[i].element
        kind = "updated" if is_within(element, "updated", "modified") else "published"
        filled = note_stamps(words, lines[i + 1].words if i + 1 < len(lines) else "", reading, language, kind)
        found |= set(range(i, i + filled))
        if len(words.split()) <= _MOST and (_times(lines[i], reading, language) or is_within(element, *_DATED)):
            found.add(i)
        if title is not None and is_within(element, "standfirst", "subtitle", "subheadline", "dek", "lede", "ingress"):
            reading.prints("standfirst", words)
            found.add(i)
    found |= _byline([i for i in near if i <= first + 1], lines, reading) | _captions(lines, kept, reading)
    return sorted(each for each in found if each is not None)


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


def _byline(near: list[int], lines: list[Line], reading: Reading) -> set[int]:
    """Return the lines that name the authors: one, or several that follow each other."""
    people = {shown(name) for names in reading.authors.values() for name in names}
    found = [i for i in near if _is_byline(lines[i], people)]
    run = found[: next((n for n, i in enumerate(found) if i - found[0] > _HEAD), len(found))]
    if run:
        reading.prints("byline", lines[run[0]].words)
        names = dict.fromkeys(name for i in run for name in names_in(lines[i].words))
        if len(run) > 1 and all(lines[i].words in names for i in run):
            reading.printed["byline"] = " ".join(lines[i].words for i in run)
        else:
            names = dict.fromkeys(names_in(lines[run[0]].words))
        reading.authors["byline"] = [name_of(name) for name in names]
    return set(found)


def _is_byline(line: Line, people: set[str]) -> bool:
    if len(line.words) > LONGEST:
        return False
    if opens_as_byline(line.words) or (is_within(line.element, "byline", "author") and names_in(line.words)):
        return True
    named = any(plain_words(name).casefold() in plain_words(line.words).casefold() for name in people)
    return named and len(line.words.split()) <= _MOST and line.words[-1] not in '.”"'


def _times(line: Line, reading: Reading, language: str | None) -> int:
    """Note the machine-readable times of a line, and return how many there are."""
    updates = {
        stamp for claim in reading.claims.get("updated", []) for stamp in stamps_of(claim, language, reading.zone)
    }
    issues = {
        stamp for claim in reading.claims.get("published", []) for stamp in stamps_of(claim, language, reading.zone)
    }
    count = 0
    for element in line.element.iter("time"):
        words = tidy(element.text_content())
        if not words or words not in line.words:
            continue
        count += 1
        stamps = set(stamps_of(Claim("<time>", element.get("datetime") or ""), language))
        is_update = is_within(element, "updated", "modified") or (stamps & updates and not stamps & issues)
        is_update = is_update or words in reading.printed.get("updated", "")
        kind = "updated" if is_update else "published"
        if _CLOCK.fullmatch(words):
            if stamps & updates and re.search(rf"\bupdated\W+{re.escape(words)}", line.words, re.IGNORECASE):
                reading.prints("updated", words)
        elif stamps and len(words) > 5:
            reading.claim(kind, "<time>", element.get("datetime"))
            if any(stamps_of(Claim("", words), each, reading.zone) for each in readings_of(language)):
                reading.prints(kind, words)
    return count


def _captions(lines: list[Line], kept: list[int], reading: Reading) -> set[int]:
    """Return the lines below the article's pictures, and note them."""
    around = range(max(0, kept[0] - _HEAD), kept[-1] + 1) if kept else ()
    found = [i for i in around if is_within(lines[i].element, "figcaption")]
    reading.captions = list(dict.fromkeys(lines[i].words for i in found))
    return set(found)
