"""Why: what made a notebook run the last time, and what would make it run now."""

from __future__ import annotations

from pathlib import Path

from casebound.facts.ledger import chapters
from casebound.facts.ledger.casefile import known_case
from casebound.facts.problems import CaseError, Problem, did_you_mean
from casebound.report.cache.notebooks import Notebook


def why(name: str, parameters: dict[str, str]) -> list[str]:
    """Return plain lines on a notebook in the report with these parameters; raise CaseError if there is none."""
    known_case(parameters["case"])
    notebook = Notebook(_path_of(name, parameters["case"]), parameters)
    because, now = notebook.last.get("because"), notebook.reasons()
    last = _lines("It ran the last time because:", because) if because else ["It has not run with these parameters."]
    if notebook.not_plain:
        return [*last, *_lines("It runs in every build, for the cache keeps plain notebooks only:", now)]
    if now:
        return [*last, *_lines("It would run now because:", now)]
    return [*last, "It would not run now: its outputs are kept, and nothing that they depend on differs."]


def _lines(head: str, reasons: list[str]) -> list[str]:
    return [head, *(f"    {reason}" for reason in reasons)]


def _path_of(name: str, case: str) -> Path:
    known = {path.stem: path for path in chapters.shown(case)}
    stem = Path(name).stem if name.endswith(".ipynb") else name
    if stem not in known:
        raise CaseError([Problem("notebooks", 0, "", f"there is no notebook '{stem}'", did_you_mean(stem, known))])
    return known[stem]
