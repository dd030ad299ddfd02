"""Growth: what a report costs as its case grows, and what many cases cost, in time and memory.

Each size is measured in a process of its own, stage by stage, with the very steps of `make report`.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import cases

FACTS, CASES = (100, 1_000, 10_000), (1, 10, 50)
EACH = 100  # facts in each of several cases
STAGES = ("check", "ledger", "notebooks", "HTML", "PDF", "exports")


def by_facts() -> list[dict]:
    """Return one row a size of case: `facts`, the seconds of each stage, and `MB`, the most memory that was taken."""
    return [{"facts": facts, **_measured(facts, 1)} for facts in FACTS]


def by_cases() -> list[dict]:
    """Return one row a number of cases of 100 facts each, as `by_facts` gives them, summed over the cases."""
    return [{"cases": number, **_measured(EACH, number)} for number in CASES]


def table(rows: list[dict]) -> str:
    """Return rows as a Markdown table."""
    head = list(rows[0])
    lines = [head, ["---:"] * len(head), *([f"{value:,.2f}".removesuffix(".00") for value in r.values()] for r in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _measured(facts: int, number: int) -> dict[str, float]:
    """Return the seconds of each stage over so many cases, built in a new process, and its most memory in MB."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "project"
        root.mkdir()
        names = cases.project(root, facts, number)
        run = [sys.executable, str(Path(__file__)), *names]
        environment = {**os.environ, "CASEBOUND_ROOT": str(root)}
        return json.loads(subprocess.run(run, env=environment, check=True, stdout=subprocess.PIPE).stdout)


def _build(names: list[str]) -> dict[str, float]:
    """Build cases, and return the seconds of each stage and the most memory, that of the largest kernel among it."""
    seconds = dict.fromkeys(STAGES, 0.0)
    for name in names:
        _stages(name, seconds)
    most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    unit = 1024 if sys.platform == "linux" else 1024**2  # macOS counts bytes
    return {**seconds, "all": sum(seconds.values()), "MB": round(most / unit)}


def _stages(name: str, seconds: dict[str, float]) -> None:
    from casebound.binding import build, exports, joining
    from casebound.binding.html import ReportHTMLExporter
    from casebound.binding.pdf import ReportPDFExporter
    from casebound.facts.ledger import load

    parameters = {"case": name, "as_of": "", "sources": ""}
    with _timed(seconds, "check"):
        if problems := build.problems_of(name):
            sys.exit("\n".join(map(str, problems)))
    with _timed(seconds, "ledger"):
        ledger = load(name)
    with _timed(seconds, "notebooks"):
        notebooks = build._executed(parameters, lambda done, of, name: None)
    with _timed(seconds, "HTML"):
        joined = joining.joined(notebooks, ledger, "0" * 64)
        given = {"casebound": joining.resources(ledger)}
        ReportHTMLExporter().from_notebook_node(joined, resources=dict(given))
    with _timed(seconds, "PDF"):
        ReportPDFExporter().from_notebook_node(joined, resources=dict(given))
    with _timed(seconds, "exports"):
        exports.data_package(ledger)


@contextmanager
def _timed(seconds: dict[str, float], stage: str) -> Iterator[None]:
    started = time.perf_counter()
    yield
    seconds[stage] += time.perf_counter() - started


if __name__ == "__main__":
    print(json.dumps(_build(sys.argv[1:])))
