"""Placing: the problems of a draft put where they stand in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from markdown_it.token import Token

from casebound.facts.problems import Problem
from casebound.pages.drafting import MARK, as_written, place, with_labels_readable
from casebound.pages.markup import text_tokens, walked
from casebound.report.document.assemble import document
from casebound.report.document.model import FAILED, Chapter, Document, Draft, Extract, Heading, Prose, Remark, Tokens
from casebound.report.document.numbering import inline_lists
from casebound.report.draft.remarks import (
    IN,
    Left,
    blocks,
    give_numbers,
    is_of_chapter,
    is_of_facts,
    name_of,
    remark_of,
    token_of,
)
from casebound.report.errors import Problems


def draft(nb, taken: Extract, problems: list[Problem]) -> Document:
    """Return the draft that a joined notebook, its evidence and its problems make; it raises none of them."""
    left, met = Left(problems), _Met()
    _of_cells(nb, taken, left)
    entries = {name: replace(entry, remarks=left.of_fact(name)) for name, entry in taken.entries.items()}
    sources = {name: replace(source, remarks=left.of_source(name)) for name, source in taken.sources.items()}
    made = document(nb, entries, sources, met)
    _of_headings(made, left)
    _of_sentences(made, left)
    _of_chapters(made.parts, left, met.lines)
    made.draft = Draft()
    if made.evidence:
        made.draft.facts = _of_lost_facts(taken.left_out, left)
        made.draft.sources = left.take(lambda problem: name_of(problem) == "sources.yaml")
    made.draft.first = left.take(lambda problem: True)
    made.draft.first += [Remark(what, is_note=True) for what in _unchecked(problems)]
    give_numbers(made, made.draft)
    return made


def _unchecked(problems: list[Problem]) -> Iterator[str]:
    """Yield what no check could look at as long as these problems remain."""
    if any(problem.code in ("CB001", "CB002") for problem in problems):
        yield "Nothing is compared with a file that cannot be read, so further problems may appear once it can."
    elif any(problem.code in ("CB003", "CB006") and problem.file.endswith(".yaml") for problem in problems):
        yield "What names a broken entry is not checked, so further problems may appear once it is mended."


class _Met(Problems):
    """What an assembler met that keeps a report from being bound, but no draft."""

    def check(self) -> None:
        return


def _of_cells(nb, taken: Extract, left: Left) -> None:
    """Put behind each cell what is wrong with it, or else how it failed."""
    numbers: Counter[str] = Counter()
    for cell in nb.cells:
        about, tags = cell.metadata["casebound"], cell.metadata.get("tags", [])
        if "injected-parameters" in tags:
            continue
        chapter = about["chapter"]
        numbers[chapter] += 1
        number = f"cell {numbers[chapter]}"
        found = left.take(lambda p, at=number, of=chapter: p.id == at and is_of_chapter(p, of))  # type: ignore[misc]
        if cell.cell_type == "markdown":
            cell.source = with_labels_readable(as_written(cell.source, taken.entries, taken.left_out))
        elif cell.cell_type == "code" and "raises-exception" not in tags:
            failures = [why for output in cell.outputs if (why := _failure(output, is_told=bool(found)))]
            cell.outputs = [output for output in cell.outputs if not _failure(output)]
            where = f"notebook {chapter}, {number}"
            found += [Remark(why.partition("\n")[0], "", where, is_note=why in left.said) for why in failures]
        about["remarks"] = blocks(found)


def _failure(output, *, is_told: bool = False) -> str:
    """Return why a cell or a call failed, empty for another output, or for an error of the case that the check told."""
    is_error, of_case = output.output_type == "error", output.get("ename") == "CaseError"
    why = output.get("evalue", "") if is_error else output.get("data", {}).get(FAILED, "")
    if is_told and (of_case or not is_error):
        return ""
    return f"{output.ename}: {why}" if is_error and not of_case and output.ename != "NotebookError" else why


def _of_headings(made: Document, left: Left) -> None:
    """Put below each heading that states something what is wrong with it."""
    for part in made.parts:
        for at, block in reversed([*enumerate(part.blocks)]):
            if isinstance(block, Heading):
                part.blocks[at + 1 : at + 1] = blocks(left.of_heading(" ".join(block.text.split())))


def _of_sentences(made: Document, left: Left) -> None:
    """Put behind each sentence what is wrong with it or its footnotes, and take out the marks of the others."""
    lists = list(_inline_lists(made))
    of_notes: dict[str, str] = {}
    for tokens in lists:
        of_notes |= _of_notes(tokens)
    marks = [mark for tokens in lists for token in tokens for mark in MARK.findall(token.content)]
    remarks: dict[str, list[Remark]] = {}
    for problem in [problem for problem in left.problems if name_of(problem) == "narrative.md"]:
        if mark := of_notes.get(_exact(problem)) or _mark_of(problem, marks):
            is_beside = mark == _exact(problem)
            remarks.setdefault(mark, []).append(remark_of(problem, is_beside=is_beside))
            left.problems.remove(problem)
    for tokens in lists:
        tokens[:] = [part for token in tokens for part in _parted(token, remarks)]


def _of_notes(tokens: Tokens) -> dict[str, str]:
    """Return by the marks in the footnotes of a text, which are taken out, those of the sentences that refer to them.

    A note may stand twice, or be out of sight: its problems stand once, behind the sentence.
    """
    found: dict[str, str] = {}
    waiting: list[str] = []
    for token in tokens:
        for inside in walked(token.meta.get("footnote", ())):
            waiting += MARK.findall(inside.content)
            inside.content = MARK.sub("", inside.content)
        if own := MARK.search(token.content):
            found = dict.fromkeys(waiting, own[1]) | found
            waiting = []
    return found


def _mark_of(problem: Problem, marks: list[str]) -> str:
    """Return the mark of a problem's sentence, or else the last one of its section that is not below its line."""
    if (exact := _exact(problem)) in marks:
        return exact
    section = place(problem.id, 0, "").partition(".")[0]
    lines = [int(line) for of, line, _ in (mark.split(".") for mark in marks) if of == section]
    nearest = max((line for line in lines if line <= problem.line), default=min(lines, default=0))
    return next((mark for mark in reversed(marks) if mark.startswith(f"{section}.{nearest}.")), "")


def _exact(problem: Problem) -> str:
    return place(problem.id, problem.line, problem.what.partition(IN)[2])


def _parted(token: Token, remarks: dict[str, list[Remark]]) -> Tokens:
    """Return a token with the remarks in place of the marks in it, each of them once."""
    if token.type != "text" or not MARK.search(token.content):
        token.content = MARK.sub("", token.content)
        return [token]
    parts: Tokens = []
    for n, part in enumerate(MARK.split(token.content)):
        if n % 2:
            parts += [token_of(remark) for remark in remarks.pop(part, [])]
        else:
            parts += text_tokens(part.lstrip() if parts and parts[-1].type == "problem" else part)
    return parts


def _inline_lists(made: Document) -> Iterator[Tokens]:
    """Yield every list of inline tokens of a document that may hold a sentence of the narrative, in reading order."""
    yield from (part.answer for part in made.parts if part.answer)
    for block in (block for part in made.parts for block in part.blocks):
        if not isinstance(block, Prose):
            yield from inline_lists(block)
            continue
        for token in walked(block.tokens):
            if token.children:
                yield token.children
            elif token.type in ("fence", "code_block"):  # a mark in code has no place to be replaced by
                token.content = MARK.sub("", token.content)


def _of_chapters(chapters: list[Chapter], left: Left, met: dict[str, str]) -> None:
    """Put at the head of each chapter what is wrong with it as a whole, or keeps a part of it from being bound."""
    for chapter in chapters:
        found = left.take(lambda problem, of=chapter.name: is_of_chapter(problem, of))  # type: ignore[misc]
        found += [Remark(line) for line, name in met.items() if name == chapter.name]
        chapter.blocks[:0] = blocks(found)
    names = {chapter.name for chapter in chapters}
    left.problems += [Problem("", 0, "", line) for line, name in met.items() if name not in names]


def _of_lost_facts(statements: dict[str, str], left: Left) -> list[Remark]:
    """Return what is wrong with the facts that cannot be laid out."""
    own = {name: left.of_fact(name) for name in statements}
    found = [replace(remark, about=statements[name]) for name, remarks in own.items() for remark in remarks]
    if others := [name for name, remarks in own.items() if not remarks]:
        what = f"Left out, because no source that can be read carries them: {', '.join(others)}."
        found.append(Remark(what, is_note=True))
    return found + left.take(lambda problem: bool(problem.id) and is_of_facts(problem))
