"""Checks of `chapters` in case.yaml: each names a notebook that there is, and the order can be kept."""

from __future__ import annotations

from collections.abc import Iterator

from casebound import paths
from casebound.facts.ledger import chapters
from casebound.facts.ledger.casefile import Casefile
from casebound.facts.problems import Problem, unknown


def problems_of(case: Casefile) -> Iterator[Problem]:
    """Yield what of a case's chapters no report could follow."""
    known = [path.stem for path in paths.notebooks(case.name)]
    given = case.case.chapters
    for name, chapter in given.items():
        if name not in known:
            yield case.problem(*unknown("notebook", name, known), "chapters", name, subject=name, code="CB006")
        before = chapter.before
        if before == name:
            fix = "name the chapter that follows it"
            yield case.problem("it stands before itself", fix, "chapters", name, "before", subject=name, code="CB610")
        elif before and before not in known:
            yield case.problem(
                *unknown("notebook", before, known), "chapters", name, "before", subject=name, code="CB006"
            )
        elif before and _leads_back(name, {each: of_it.before for each, of_it in given.items()}):
            what = f"it stands before '{before}', which stands before it"
            fix = "drop one `before` of the circle"
            yield case.problem(what, fix, "chapters", name, "before", subject=name, code="CB610")
    if given and known and not chapters.shown(case.name):
        yield case.problem("every chapter is left out", "keep one", "chapters", code="CB610")


def _leads_back(name: str, before: dict[str, str | None]) -> bool:
    """Tell whether the chapters that follow each other lead back to one."""
    met, each = {name}, before.get(name)
    while each and each not in met:
        met.add(each)
        each = before.get(each)
    return each == name
