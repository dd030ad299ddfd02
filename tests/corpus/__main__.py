"""Both rates of the checks, on true and false sentences: `python tests/corpus [--list]`.

Each folder beside this file is an invented case with its articles, and with sentences that cite its facts: those of
`true.yaml` must pass, those of `false.yaml` must be refused. Every fact is true. `--list` names each that went wrong.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

from casebound.checks import facts, prose
from casebound.checks.texts.verification import verification
from casebound.facts.evidence.lock import NAME as LOCK
from casebound.facts.ledger.casefile import casefile
from casebound.facts.ledger.ledger import limited
from casebound.facts.problems import CaseError, Problem
from casebound.pages.narrative import NAME as NARRATIVE

HERE = Path(__file__).resolve().parent
TERMS = HERE.parents[1] / "data" / "terms.yaml"
KINDS = ("number", "date", "name", "hedge", "negation", "scope")
OPENING = "# Key facts\n\n# Corpus\n\n"  # every case has key facts; here they are none


@dataclass
class Measured:
    """What the checks made of one case.

    `facts`, `others` (sources and case.yaml) and `true` hold what was refused, and why; `passed` holds the entries of
    false.yaml that nothing refused.
    """

    facts: dict[str, list[str]]
    others: dict[str, list[str]]
    true: dict[str, list[str]]
    passed: list[dict[str, str]]
    sizes: tuple[int, int, Counter[str]]  # how many facts, true sentences, and false ones by kind there are


def measured(corpus: Path, root: Path) -> Measured:
    """Return what the checks make of a case of the corpus, in a project made at `root`."""
    true, false = (yaml.safe_load((corpus / name).read_text("utf-8")) for name in ("true.yaml", "false.yaml"))
    written = [entry["sentence"] for entry in (*true, *false)]
    case, folder = corpus.name, root / "data" / corpus.name
    shutil.copytree(corpus, folder, ignore=shutil.ignore_patterns("true.yaml", "false.yaml", "articles"))
    shutil.copy(TERMS, root / "data")
    (root / "notebooks").mkdir()
    (folder / NARRATIVE).write_text(OPENING + "\n\n".join(written) + "\n", "utf-8")
    os.environ["CASEBOUND_ROOT"] = str(root)
    try:
        (folder / LOCK).write_text(verification(casefile(case), corpus / "articles").lock, "utf-8")
        problems = []
    except CaseError as error:  # there is no lock then; what it would prove, these problems say
        problems = error.problems
    records = casefile(case)
    problems += [problem for problem in facts.problems_of(records) if not problem.file.endswith(LOCK)]
    told = prose.problems_of(limited(records, "", ""), [])
    first = OPENING.count("\n") + 1
    on = {sentence: _on(told, first + 2 * i) for i, sentence in enumerate(written)}
    return Measured(
        facts=_by_id(problem for problem in problems if problem.id in records.facts),
        others=_by_id(problem for problem in problems if problem.id not in records.facts),
        true={entry["sentence"]: why for entry in true if (why := on[entry["sentence"]])},
        passed=[entry for entry in false if not on[entry["sentence"]]],
        sizes=(len(records.facts), len(true), Counter(entry["kind"] for entry in false)),
    )


def _on(problems: list[Problem], line: int) -> list[str]:
    return [problem.what.split("\n    in: ")[0] for problem in problems if problem.line == line]


def _by_id(problems: Iterable[Problem]) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for problem in problems:
        told.setdefault(problem.id or problem.file, []).append(problem.what)
    return told


def row(name: str, of: list[Measured]) -> str:
    """Return a line with what went wrong in some cases: facts, true sentences, false sentences and their kinds."""
    passed = Counter(entry["kind"] for each in of for entry in each.passed)
    written = sum((each.sizes[2] for each in of), Counter())
    refused = [(len(each.facts), each.sizes[0], len(each.true), each.sizes[1]) for each in of]
    a, b, c, d = map(sum, zip(*refused, strict=True))
    counts = [(a, b), (c, d), (passed.total(), written.total()), *((passed[kind], written[kind]) for kind in KINDS)]
    return f"{name:22}" + "".join(f"{wrong:>6}/{all_:<4}" for wrong, all_ in counts)


def main(arguments: list[str]) -> int:
    """Print both rates for each case and in sum; return 0."""
    results: dict[str, Measured] = {}
    for corpus in sorted(path.parent for path in HERE.glob("*/case.yaml")):
        with tempfile.TemporaryDirectory(prefix="corpus-") as root:
            results[corpus.name] = measured(corpus, Path(root))
    for name, result in results.items() if "--list" in arguments else ():
        for kind in ("facts", "others", "true"):
            for what, why in getattr(result, kind).items():
                print(f"{name}: {kind} refused: {what}", *why, sep="\n    ")
        for entry in result.passed:
            print(f"{name}: false passed ({entry['kind']}): {entry['sentence']}\n    {entry['why']}")
    print(" " * 22 + "".join(f"{head:>8}   " for head in ("facts", "true", "false", *KINDS)))
    for name, of in (*((name, [result]) for name, result in results.items()), ("in sum", [*results.values()])):
        print(row(name, of))
    print("Refused: facts, true sentences. Passed: false sentences, and each kind of them.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
