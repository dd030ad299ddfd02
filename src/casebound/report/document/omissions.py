"""Omissions: what a report leaves out because there is nothing to show, and the list that says so once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from casebound.pages.display import TEXT, Omitted
from casebound.pages.markup import escaped
from casebound.report.document.markdown import prose_blocks
from casebound.report.document.model import Block, Chapter, Heading, Prose
from casebound.report.document.numbering import slugged
from casebound.report.errors import Problems

TITLE, CLOSING = "What this report does not cover", "What this cannot show"
LISTED, REFERENCE = "What is left out", "The annex lists what is left out."
NOTHING = Omitted("", "")  # stands where a cell shows nothing, and is not listed


@dataclass
class Gone:
    """What is not in a report: lines of Markdown that list it, and where links to it lead.

    `targets` are chapters by name, and headings as `chapter#heading`.
    """

    lines: list[str] = field(default_factory=list)
    targets: set[str] = field(default_factory=set)

    def blocks(self, limits: str, problems: Problems) -> list[Block]:
        """Return the list under its heading; that of a limited report is for the annex, and `limits` for the body."""
        if not self.lines:
            return []
        listed = "\n".join(self.lines)
        if not limits:
            return prose_blocks(f"## {TITLE}\n\n{listed}", {}, problems)
        said = prose_blocks(f"## {TITLE}\n\n{limits} {REFERENCE}\n\n## {LISTED}\n\n{listed}", {}, problems)
        return [replace(b, place="annex") if isinstance(b, Heading) and b.text == LISTED else b for b in said]


def taken_out(chapters: list[Chapter], left_out: dict[str, tuple[str, str]]) -> Gone:
    """Take what shows nothing out of the chapters, and whole chapters, but for the last that is there; return it.

    `left_out` are the chapters that the case leaves out, by name: the title and the reason of each.
    """
    gone = Gone(targets=set(left_out))
    for chapter in list(chapters):
        omitted = list(_omitted(chapter.blocks))
        if omitted:
            gone.lines += [f"- **{escaped(chapter.title.text)}**", *(f"    - {line}" for line in _lines(omitted))]
        before, chapter.blocks = chapter.blocks, _kept(chapter.blocks)
        lost = _headings(before) - _headings(chapter.blocks)
        gone.targets |= {f"{chapter.name}#{slug}" for slug in lost}
        if omitted and _says_nothing(chapter.blocks):
            chapter.blocks = []
            if len(chapters) > 1:
                chapters.remove(chapter)
                gone.targets.add(chapter.name)
    gone.lines += [
        f"- **{escaped(title)}** (left out by this case). {escaped(why)}" for title, why in left_out.values()
    ]
    return gone


def _omitted(blocks: list[Block]) -> Iterator[Omitted]:
    """Yield what is omitted of a chapter, its text named by the heading above it."""
    text = "the opening text"
    for block in blocks:
        if isinstance(block, Heading):
            text = f"the text under “{block.text}”"
        elif isinstance(block, Omitted) and block != NOTHING:
            yield replace(block, what=text) if block.what == TEXT else block


def _lines(omitted: list[Omitted]) -> Iterator[str]:
    """Yield a line for each reason, with all that is left out for it."""
    by_reason: dict[str, list[str]] = {}
    for each in omitted:
        by_reason.setdefault(f"{each.why[:1].lower()}{each.why[1:].rstrip('.')}", []).append(each.what)
    for why, things in by_reason.items():
        what = " and ".join(filter(None, (", ".join(things[:-1]), things[-1])))
        yield f"{what[:1].upper()}{what[1:]}: {why}."


def _headings(blocks: list[Block]) -> set[str]:
    return {slugged(block.text) for block in blocks if isinstance(block, Heading)}


def _kept(blocks: list[Block]) -> list[Block]:
    """Return blocks without those that show nothing, and without each heading under which nothing is left.

    A Markdown cell's words go with what they were written for, where all of that is omitted.
    """
    first = next((at for at, block in enumerate(blocks) if isinstance(block, Heading)), len(blocks))
    kept: list[Block] = [block for block in blocks[:first] if not isinstance(block, Omitted)]
    for heading, inside in _parts(blocks[first:]):
        left = _kept(inside)
        empties = [block for block in inside if isinstance(block, Omitted)]
        is_omitted = any(block != NOTHING for block in empties) and all(map(_is_written, left))
        if not is_omitted and (left or not empties):
            kept += [heading, *left]
    return kept


def _parts(blocks: list[Block]) -> Iterator[tuple[Heading, list[Block]]]:
    """Yield each heading with what stands under it, to the next heading that is no deeper."""
    heading, inside = None, list[Block]()
    for block in blocks:
        if isinstance(block, Heading) and (heading is None or block.level <= heading.level):
            if heading:
                yield heading, inside
            heading, inside = block, []
        else:
            inside.append(block)
    if heading:
        yield heading, inside


def _says_nothing(blocks: list[Block]) -> bool:
    """Tell whether nothing is left but a Markdown cell's words and the closing part."""
    first = next((at for at, block in enumerate(blocks) if isinstance(block, Heading)), len(blocks))
    closing = {block.text.casefold() for block in blocks if isinstance(block, Heading)} <= {CLOSING.casefold()}
    return closing and all(map(_is_written, blocks[:first]))


def _is_written(block: Block) -> bool:
    return isinstance(block, Prose) and block.is_written
