"""Remarks: the problems of a draft in words, those that have no place yet, and their numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import PurePosixPath

from markdown_it.token import Token

from casebound.facts.problems import Problem
from casebound.report.document.model import Document, Draft, Prose, Remark
from casebound.report.document.numbering import tokens_of

IN = "\n    in: "  # before the sentence that a problem of the prose is about
_NOT_OF_FACTS = ("case.yaml", "sources.yaml", "terms.yaml", "narrative.md")


class Left:
    """The problems that have no place yet."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        self.said = {str(problem) for problem in self.problems}

    def take(self, belongs: Callable[[Problem], bool], *, is_beside: bool = False) -> list[Remark]:
        """Return the remarks of the problems that belong somewhere, which then have their place."""
        found = [problem for problem in self.problems if belongs(problem)]
        self.problems = [problem for problem in self.problems if problem not in found]
        return [remark_of(problem, is_beside=is_beside) for problem in found]

    def of_fact(self, name: str) -> tuple[Remark, ...]:
        return tuple(self.take(lambda problem: problem.id == name and is_of_facts(problem)))

    def of_heading(self, words: str) -> list[Remark]:
        """Return the remarks on a heading of the narrative that begins with these words of its sentence."""

        def is_of_it(problem: Problem) -> bool:
            sentence = problem.what.partition(IN)[2]
            return name_of(problem) == "narrative.md" and bool(sentence) and words.startswith(sentence)

        return self.take(is_of_it, is_beside=True)

    def of_source(self, name: str) -> tuple[Remark, ...]:
        return tuple(self.take(lambda problem: problem.id == name and name_of(problem) == "sources.yaml"))


def name_of(problem: Problem) -> str:
    return PurePosixPath(problem.file).name


def is_of_facts(problem: Problem) -> bool:
    return name_of(problem) not in _NOT_OF_FACTS and not name_of(problem).endswith(".ipynb")


def is_of_chapter(problem: Problem, chapter: str) -> bool:
    return name_of(problem) == f"{chapter}.ipynb"


def remark_of(problem: Problem, *, is_beside: bool = False) -> Remark:
    """Return a problem in words, without the sentence that it is about if it stands beside it."""
    what, _, sentence = problem.what.partition(IN)
    line = f", line {problem.line}" if problem.line else ""
    where = " · ".join(filter(None, (problem.file + line, problem.id, problem.code)))
    what = " ".join(what.split())
    return Remark(what[:1].upper() + what[1:], problem.fix, where, "" if is_beside else sentence)


def token_of(remark: Remark) -> Token:
    return Token("problem", "", 0, meta={"remark": remark})


def blocks(remarks: Iterable[Remark]) -> list[Prose]:
    return [Prose([token_of(remark)]) for remark in remarks]


def give_numbers(made: Document, about: Draft) -> None:
    """Number the remarks as they are read."""
    tokens: list[Token] = []
    for part in made.parts:
        tokens += part.answer or ()
        tokens += (token for block in part.blocks for token in tokens_of(block))
    shown = [token.meta["remark"] for token in tokens if token.type == "problem"]
    entries = made.evidence.entries if made.evidence else []
    sources = made.evidence.sources if made.evidence else []
    of_entries = [remark for entry in entries for remark in entry.remarks]
    of_sources = [remark for source in sources for remark in source.remarks]
    remarks = [*about.first, *shown, *about.facts, *of_entries, *about.sources, *of_sources]
    numbered = list(dict.fromkeys(remark for remark in remarks if not remark.is_note))
    about.count = len(numbered)
    for at, remark in enumerate(numbered, 1):
        remark.number, remark.following = at, at + 1 if at < about.count else 0
