"""Register: that a source's text prints the title, authors and stamps that sources.yaml gives it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from casebound.facts.dates.edtf import parse
from casebound.facts.dates.stamps import Stamp, read_stamp, stamps_in
from casebound.facts.evidence.anchors import nearest
from casebound.facts.evidence.printed import Placed, author_missing, holds, is_description, named_in, printed_in
from casebound.facts.ledger.casefile import Casefile, Entry
from casebound.facts.problems import Problem
from casebound.facts.records.models import Source
from casebound.facts.text.articles import Article, lines_in
from casebound.facts.text.normalisation import plain, plain_words

_CODES = {"headline": "CB104", "byline": "CB105", "published": "CB106", "updated": "CB106"}  # all others: CB107
_STAMPS = {"issued": ("published",), "available": ("updated", "published")}  # the first that the text prints


@dataclass
class Comparison:
    """A source's text with its named words, what of the register contradicts it, and why a field was not compared."""

    article: Article
    problems: list[Problem] = field(default_factory=list)
    unchecked: dict[str, str] = field(default_factory=dict)


def comparison(case: Casefile, entry: Entry[Source], article: Article) -> Comparison:
    """Return what comes of comparing a source's entry with its text."""
    placed = printed_in(entry.record, article)
    result = Comparison(article.naming(named_in(placed)))
    for words in placed:
        if words.missing:
            fix = "copy the words as the text prints them"
            if words.field == ("title",):
                fix += "; if it prints another form, name that (printed: {title: …}); put a description in […]"
            code = _CODES.get(words.label, "CB107")
            result.problems.append(entry.problem(words.missing, fix, *words.field, code=code))
    result.problems += [*_names(entry), *_authors(entry, article)]
    if is_description(entry.record.title):
        result.unchecked["title"] = "the title is a description in brackets"
    _compare_stamps(case, entry, placed, result)
    return result


def _names(entry: Entry[Source]) -> Iterator[Problem]:
    """A title or publisher that the text prints otherwise has the register's words in it, in any case."""
    source, printed = entry.record, entry.record.printed
    if printed and printed.title and not is_description(source.title) and not holds(printed.title, source.title):
        what = f"the title is “{source.title}”, but the text prints “{printed.title}”"
        yield entry.problem(what, "take the title from the text; capitals may differ", "title", code="CB104")
    publishers = [name.strip("[]") for name in (source.container_title, source.publisher) if name]
    if printed and printed.publisher and not any(holds(printed.publisher, name) for name in publishers):
        what = f"the text prints the publisher “{printed.publisher}”, the register has “{' and '.join(publishers)}”"
        yield entry.problem(what, "take the publisher from the text", "printed", "publisher", code="CB107")


def _authors(entry: Entry[Source], article: Article) -> Iterator[Problem]:
    """Every author stands in the byline that is named, else anywhere in the text."""
    byline = entry.record.printed and entry.record.printed.byline
    for i, author in enumerate(entry.record.author):
        if name := author_missing(author, byline or article.text):
            near = f"the byline is “{byline}”" if byline else f"nearest: “{nearest(name, plain(article.text).text)}”"
            what = f"the author “{name}” does not stand in the text; {near}"
            fix = "take the name from the text, or name the line that prints it (printed: {byline: …})"
            yield entry.problem(what, fix, "author", i, code="CB105")


def _compare_stamps(case: Casefile, entry: Entry[Source], placed: list[Placed], result: Comparison) -> None:
    """Compare `issued` and `available` with the text's stamps: those that are named, else the lines that look so."""
    language, zone = entry.record.language or case.case.language, case.case.timezone
    for name, kinds in _STAMPS.items():
        words = next((each for kind in kinds for each in placed if each.label == kind), None)
        updates = stamps_in(_lines(result.article), "updated", language, zone) if name == "available" else {}
        found: dict[str, Stamp | None] = {}
        if words and (words.label == "updated" or not updates):
            found = {words.words: read_stamp(plain_words(words.words), language, zone)} if words.spans else {}
        else:
            found |= updates or stamps_in(_lines(result.article), "published", language, zone)
        stamps = [stamp for stamp in found.values() if stamp]
        stated = parse(getattr(entry.record, name))
        if not stamps:
            named = f"the words named for it (printed: {{{words.label}: …}}) " if words else ""
            named += ("are not read as one day" if words.spans else "do not stand in the text") if words else ""
            wish = f"no words of the text are named that print it (printed: {{{kinds[0]}: …}})"
            result.unchecked[name] = named or wish
        elif not any(stamp.agrees(stated, zone) for stamp in stamps):
            printed = " and ".join(f"“{plain_words(shown)}”" for shown in found)
            fix = "take it from the text"
            if words is None:
                fix += f"; if these words are not its stamp, name those that are (printed: {{{kinds[0]}: …}})"
            what = f"{name} is {stated.text}, but the text prints {printed}"
            result.problems.append(entry.problem(what, fix, name, code="CB106"))


def _lines(article: Article) -> list[str]:
    return [plain_words(article.text[start:end]).strip() for start, end in lines_in(article.text)]
