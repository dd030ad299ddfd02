"""Growth: what a report costs as its case grows, and what many cases cost, in time and memory.

Each size is built without the cache in a process of its own, as `make report` builds it, notebooks beside the checks.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import cases

FACTS, CASES = (100, 1_000, 10_000), (1, 10, 50)
EACH = 100  # facts in each of several cases
STAGES = ("checking the case", "evidence and data", "document", "HTML", "PDF")


def by_facts() -> list[dict]:
    """Return one row a size of case: `facts`, its seconds (stages overlap) and `MB`, the most memory of a process."""
    return [{"facts": facts, **_measured(facts, 1)} for facts in FACTS]


def by_cases() -> list[dict]:
    """Return one row a number of cases of 100 facts each, as `by_facts` gives them, summed over the cases."""
    return [{"cases": number, **_measured(EACH, number)} for number in CASES]


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
    """Build cases, and return the seconds of each stage, of all, of the processors, and the most memory."""
    from casebound.report.build import Request, report
    from casebound.report.progress import Progress

    seconds = {**dict.fromkeys(STAGES, 0.0), "all": 0.0}
    for name in names:
        progress = Progress()
        report(Request(name, cached=False), progress)
        took = dict(progress.took)
        seconds = {stage: spent + took.get(stage, progress.elapsed) for stage, spent in seconds.items()}
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    unit = 1024 if sys.platform == "linux" else 1024**2  # macOS counts bytes
    processors = sum(one.ru_utime + one.ru_stime for one in used)
    return {**seconds, "CPU": processors, "MB": round(max(one.ru_maxrss for one in used) / unit)}


if __name__ == "__main__":
    print(json.dumps(_build(sys.argv[1:])))
