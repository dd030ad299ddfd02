"""Sections: that every section, key fact and answer of a narrative is shown, and every heading borne out below it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from pathlib import Path

from casebound import paths
from casebound.facts.ledger.chapters import Listed
from casebound.facts.problems import Problem, did_you_mean
from casebound.pages.narrative import KEY_FACT, statements
from casebound.pages.notebooks import cells
from casebound.pages.sections import ANSWERS, Section, is_heading

KEY_FACTS = "key facts"
_NAMED = r"""\b{}\(\s*(?:ledger\s*=\s*)?\w+\s*,\s*(?:(?:name|chapter)\s*=\s*)?["'](.+?)["']\s*\)"""
_SHOWS = {call: (re.compile(rf"\b{call}\("), re.compile(_NAMED.format(call))) for call in ("section", "answer")}


def problems_of(file: str, sections: Mapping[str, Section], listed: Sequence[Listed]) -> Iterator[Problem]:
    """Yield what of a narrative, which is the `file`, the chapters `listed` would not show, and headings left bare."""
    yield from _key_facts(file, sections)
    for section in sections.values():
        yield from _headings(file, section)
    if listed:
        yield from _unshown(file, sections, listed)
        yield from _answers(file, sections, listed)


def sections_in(path: Path) -> list[str] | None:
    """Return the sections that a notebook shows, in order; None where its code may show any, or it cannot be read."""
    named, answered = _named_in(path, "section"), _named_in(path, "answer")
    if named is None:
        return None
    code = _code(path)
    return [*([KEY_FACTS] * ("key_facts(" in code)), *([ANSWERS] * (answered != [])), *named]


def answers_in(path: Path) -> list[str] | None:
    """Return the names under which a notebook shows answers; None where its code may show any, or it cannot be read."""
    return _named_in(path, "answer")


def _named_in(path: Path, call: str) -> list[str] | None:
    """Return the names that the calls in a notebook's code give; None if one gives no plain name."""
    try:
        code = _code(path)
    except ValueError:
        return None
    calls, names = _SHOWS[call]
    named = [name.strip().lower() for name in names.findall(code)]
    return named if len(named) == len(calls.findall(code)) else None


def _code(path: Path) -> str:
    return "\n".join(cell.source for cell in cells(path) if cell.kind == "code")


def _key_facts(file: str, sections: Mapping[str, Section]) -> Iterator[Problem]:
    """Yield what of the section `key facts` would not be shown."""
    section = sections.get(KEY_FACTS)
    for line, paragraph in section.paragraphs() if section else ():
        if not KEY_FACT.match(paragraph):
            what = "not an item, so it would not be shown"
            yield Problem(file, line, KEY_FACTS, what, "begin it '- **words** '", "CB604")


def _headings(file: str, section: Section) -> Iterator[Problem]:
    """Yield the headings that cite what no sentence below them cites: a heading prints no number of its own."""
    runs = [(of, list(run)) for of, run in groupby(section.paragraphs(), lambda each: is_heading(each[1]))]
    for (is_title, headings), (_, below) in pairwise([*runs, (False, [])]):
        if not is_title:
            continue
        told = {fact for line, text in below for each in statements(line, text) for fact in each.cited}
        for heading in (each for line, text in headings for each in statements(line, text)):
            if bare := [fact for fact in heading.cited if fact not in told]:
                what = f"the heading cites {', '.join(bare)}, and no sentence below it does\n    in: {heading.bare}"
                fix = "say it in a sentence below, which prints the number of the note"
                yield Problem(file, heading.line, section.name, what, fix, "CB623")


def _unshown(file: str, sections: Mapping[str, Section], listed: Sequence[Listed]) -> Iterator[Problem]:
    """Yield the sections with words that no chapter shows, unless one may show any."""
    if (asked := _asked(listed, sections_in)) is None:
        return
    shown, left_out = asked
    for name, section in sections.items():
        if name not in shown and any(True for _ in section.paragraphs()):
            what = "no chapter shows this section"
            fix = f"show it in a notebook, or drop it; {did_you_mean(name, shown)}"
            if name in left_out:
                what, fix = f"{what}: case.yaml leaves out {left_out[name]}", "drop the section, or keep the chapter"
            yield Problem(file, section.line, name, what, fix, "CB603")


def _answers(file: str, sections: Mapping[str, Section], listed: Sequence[Listed]) -> Iterator[Problem]:
    """Yield the items of the section `answers` that no chapter shows, unless one may show any."""
    section, asked = sections.get(ANSWERS), _asked(listed, answers_in)
    shown, left_out = asked or ((), {})
    for line, paragraph in section.paragraphs() if section else ():
        if (item := KEY_FACT.match(paragraph)) is None:
            what = "not an item, so it would not be shown"
            yield Problem(file, line, ANSWERS, what, "begin it '- **timeline** ', or with the name of another", "CB604")
        elif asked and (name := item[1].rstrip(":").lower()) not in shown:
            what, fix = f"no chapter opens with the answer '{name}'", did_you_mean(name, shown)
            if name in left_out:
                what, fix = f"{what}: case.yaml leaves out {left_out[name]}", "drop the item, or keep the chapter"
            yield Problem(file, line, ANSWERS, what, fix, "CB604")


def _asked(
    listed: Sequence[Listed], names_in: Callable[[Path], list[str] | None]
) -> tuple[list[str], dict[str, str]] | None:
    """Return the names that chapters ask for, and those that only the ones left out do, each with its chapter.

    None where a chapter may ask for any.
    """
    asked = [(each, names_in(each.path)) for each in listed]
    beside = any(paths.notebooks_dir().glob("*.py"))  # what a notebook imports may show any
    if beside or any(names is None for each, names in asked if not each.leave_out):
        return None
    shown = [name for each, names in asked if not each.leave_out for name in names or ()]
    left_out = {name: each.path.stem for each, names in asked if each.leave_out for name in names or ()}
    return shown, left_out
