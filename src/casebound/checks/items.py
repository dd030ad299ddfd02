"""Items: that findings and recommendations are labelled and hold what a reader weighs them by, and who rests on them.

A finding says what speaks against it; a recommendation whom it addresses, by when, how to test it, and on which
findings it rests.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from casebound.facts.problems import Problem, did_you_mean
from casebound.pages.markup import LABEL, RESTS, MarkupError, names_in, parsed, walked
from casebound.pages.narrative import statements
from casebound.pages.sections import ITEM, Section, is_heading, is_inside_item, opening

FINDINGS, RECOMMENDATIONS = "findings", "recommendations"
_NUMBERED = re.compile(r"\d+\.\s")
_AGAINST = (r"\*Against:\*", "does not say what speaks against it", "end it with a sentence '*Against:* …'")
_WHEN = (r"\*When:\*", "names no day or event by which", "add a sentence '*When:* …'")
_TEST = (r"\*Test:\*", "does not say how to tell that it was followed", "add a sentence '*Test:* …'")
_RESTS = (RESTS.pattern, "names no finding that it rests on", "add '[rests: label-of-a-finding]'")


@dataclass
class Item:
    """A list item of a section, with the paragraphs inside it: its line, what opens it, its heading and all of it."""

    line: int
    opening: str
    heading: str
    text: str

    @property
    def label(self) -> str:
        """Its label; empty if it has none, or no number to be called by."""
        found = LABEL.search(self.opening)
        return found["name"] if found and _NUMBERED.match(self.opening) else ""


def problems_of(file: str, sections: Mapping[str, Section]) -> Iterator[Problem]:
    """Yield what is wrong with the labels of a narrative, which is the `file`, and with what they stand for."""
    labelled = {name: list(items_of(sections[name])) for name in (FINDINGS, RECOMMENDATIONS) if name in sections}
    yield from _labels(file, sections, labelled)
    known = labels_in(sections)
    for section in sections.values():
        for line, paragraph in section.paragraphs():
            yield from unknown_rests(paragraph, known, Problem(file, line, section.name, ""))
    for item in labelled.get(FINDINGS, ()):
        yield from _lacking(item, (_AGAINST,), Problem(file, item.line, FINDINGS, "", code="CB621"))
    yield from _citing_addressees(file, sections.get(RECOMMENDATIONS))
    for item in labelled.get(RECOMMENDATIONS, ()):
        at = Problem(file, item.line, RECOMMENDATIONS, "", code="CB622")
        if not item.heading:
            what, fix = "the item stands under no heading that names its addressee", "put '### the addressee' above it"
            yield Problem(at.file, at.line, at.id, what, fix, at.code)
        yield from _lacking(item, (_WHEN, _TEST, _RESTS), at)


def labels_in(sections: Mapping[str, Section]) -> list[str]:
    """Return the labels of the findings."""
    return [item.label for item in items_of(sections[FINDINGS]) if item.label] if FINDINGS in sections else []


def items_of(section: Section) -> Iterator[Item]:
    """Yield the list items of a section, each with the paragraphs inside it."""
    item, heading = None, ""
    for line, paragraph in section.paragraphs():
        if item and is_inside_item(paragraph):
            item.text += f"\n{paragraph}"
            continue
        if item:
            yield item
        heading = paragraph if is_heading(paragraph) else heading
        is_item = ITEM.match(paragraph) and re.match(r"[-*+\d]", paragraph)
        item = Item(line, opening(paragraph), heading, paragraph) if is_item else None
    if item:
        yield item


def stray_labels(paragraph: str, at: Problem) -> Iterator[Problem]:
    """Yield the labels of a paragraph in which none may stand."""
    for found, line in _found(LABEL, "label", paragraph, at.line):
        fix = "a label opens a numbered item of findings or recommendations: '1. [#name] …'; drop it here"
        yield Problem(at.file, line, at.id, f"the label {found[0]} labels no numbered item", fix, "CB619")


def unknown_rests(paragraph: str, known: Collection[str], at: Problem) -> Iterator[Problem]:
    """Yield the labels on which a paragraph rests and that no finding has."""
    for found, line in _found(RESTS, "rests", paragraph, at.line):
        if is_heading(paragraph):
            what, fix = f"{found[0]} stands in a heading", "write it into the text below"
            yield Problem(at.file, line, at.id, what, fix, "CB620")
        for name in names_in(found):
            if name not in known:
                what = f"no finding is labelled '{name}'"
                yield Problem(at.file, line, at.id, what, did_you_mean(name, known), "CB620")


def _found(pattern: re.Pattern[str], kind: str, paragraph: str, line: int) -> Iterator[tuple[re.Match[str], int]]:
    """Yield the matches of a pattern that are printed as tokens of a kind, each with its line, if it has one."""
    matches = list(pattern.finditer(paragraph))
    try:
        printed = {token.content for token in walked(parsed(paragraph) if matches else ()) if token.type == kind}
    except MarkupError:
        return  # the check of the paragraph reports it
    for match in matches:
        if match[0] in printed:
            yield match, line and line + paragraph.count("\n", 0, match.start())


def _labels(file: str, sections: Mapping[str, Section], labelled: Mapping[str, list[Item]]) -> Iterator[Problem]:
    """Yield the labels that stand twice, or where they label nothing."""
    first: dict[str, int] = {}
    named = {(name, item.line): item for name, items in labelled.items() for item in items if item.label}
    for section in sections.values():
        for line, paragraph in section.paragraphs():
            item = named.get((section.name, line))
            after = item.opening if item else ""
            at = Problem(file, line + after.count("\n"), section.name, "")
            yield from stray_labels(paragraph[len(after) :], at)
            if item and (before := first.setdefault(item.label, line)) != line:
                what = f"the label '{item.label}' stands twice: first in line {before}"
                yield Problem(file, line, section.name, what, "give this item another", "CB619")


def _citing_addressees(file: str, section: Section | None) -> Iterator[Problem]:
    """Yield the headings of recommendations that cite: one that went would leave its items to another addressee."""
    for line, paragraph in section.paragraphs() if section else ():
        if is_heading(paragraph) and any(each.cited for each in statements(line, paragraph)):
            what = "the heading of recommendations cites, and may go while the items below it stay"
            fix = "drop the citation: the heading only names the addressee, which needs none"
            yield Problem(file, line, RECOMMENDATIONS, what, fix, "CB622")


def _lacking(item: Item, parts: tuple[tuple[str, str, str], ...], at: Problem) -> Iterator[Problem]:
    """Yield what an item lacks: a label with its number, and its parts."""
    if not item.label:
        what, fix = "the item has no label", "begin it '1. [#short-name] '"
        yield Problem(at.file, at.line, at.id, what, fix, at.code)
    for pattern, what, fix in parts:
        if not re.search(pattern, item.text):
            yield Problem(at.file, at.line, at.id, f"the item {what}", fix, at.code)
