"""Catalogue: the checks by their codes, each explained, and what people set aside of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import yaml

from casebound.facts.problems import CaseError, Problem, unknown

_PAGE = """\
# The checks

Made from `src/casebound/facts/catalogue.yaml` by `casebound explain`; do not edit. Each problem that
`make check` or `make verify` finds ends in the code of its check. If a check is wrong about a fact, a source or the
case, set it aside there with a reason: `aside: {CB403: "The source abbreviates the name."}`. In a sentence of
narrative.md the citation holds it: `[@fact-id; aside CB613: The firm's own name.]`. The report counts what was set
aside, and lists it with the reasons. An `aside` whose check finds nothing is itself a problem.

"""


@dataclass(frozen=True)
class Check:
    """What a check guards against, an example of each side, whether it may be set aside, and which command runs it."""

    guards: str
    right: str
    wrong: str
    aside: bool = True
    by: str = "check"


@cache
def checks() -> dict[str, Check]:
    """Return every check by its code."""
    content = Path(__file__).with_name("catalogue.yaml").read_text("utf-8")
    return {code: Check(**entry) for code, entry in yaml.safe_load(content).items()}


def explained(code: str) -> str:
    """Return what a check guards against, as text; raise CaseError for a code that there is not."""
    check = checks().get(code.upper())
    if check is None:
        raise CaseError([Problem("casebound explain", 0, "", *unknown("check", code, checks()))])
    aside = "A person may set it aside, with a reason." if check.aside else "It cannot be set aside."
    return f"{code.upper()}: {check.guards}\n  right: {check.right}\n  wrong: {check.wrong}\n{aside}"


def page() -> str:
    """Return docs/checks.md: every check with its examples, in Markdown."""
    rows = [
        f"| `{code}` | {check.guards} | {check.right} | {check.wrong} | {'yes' if check.aside else 'no'} |"
        for code, check in checks().items()
    ]
    head = "| Code | Guards against | Right | Wrong | May be set aside |\n|---|---|---|---|---|\n"
    return _PAGE + head + "\n".join(rows).replace("[@", "\\[@").replace("[#", "\\[#") + "\n"


def kept(problems: Iterable[Problem], aside: Collection[str], at: Problem, command: str = "check") -> Iterator[Problem]:
    """Yield the problems of an entry or sentence that are not set aside, and what is wrong with setting them aside.

    `at` is any problem at the place of the `aside`; the `command` knows of the checks that it runs if they found
    something.
    """
    problems = list(problems)
    known = checks() if aside else {}
    for code in aside:
        if code not in known:
            what, fix = unknown("check", code, known)
            yield replace(at, what=what, fix=fix, code="CB701")
        elif not known[code].aside:
            what = f"{code} cannot be set aside. It guards against this: {known[code].guards}"
            yield replace(at, what=what, fix="mend what the check finds, and drop the aside", code="CB701")
        elif known[code].by == command and all(problem.code != code for problem in problems):
            what = f"{code} is set aside, and finds nothing here"
            yield replace(at, what=what, fix="drop the aside", code="CB702")
    yield from (problem for problem in problems if not (problem.code in aside and known[problem.code].aside))
