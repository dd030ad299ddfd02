"""`make bench`: what a report costs, against other ways from the same notebooks, and as cases grow.

python tests/bench [--rounds N] [PART ...]: measures the parts, all if none is named, and writes docs/benchmarks.md.
Parts that are not measured keep what was measured last on this machine, in .cache/bench/results.json.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import browser
import contenders
import growth
import page

RESULTS = contenders.ROOT / ".cache" / "bench" / "results.json"
COMPARED = ("casebound", "papermill", "nbclient", "nbconvert", "ipykernel", "pandas", "matplotlib", "typst")
PARTS = ("plain", "ours", "loop", "api", "book", "jobs", "watch", "growth")
WATCH = "`make watch`: from saving a code cell to the page that shows it"


def main() -> None:
    """Measure what is asked for, keep it beside what was measured before, and write the page."""
    parser = argparse.ArgumentParser(prog="make bench", description="Measure, and write docs/benchmarks.md.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)} (default: all)")
    parser.add_argument("--rounds", type=int, default=5, help="how often each way is measured (default: %(default)s)")
    options = parser.parse_args()
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    if options.rounds < 1:
        parser.error("there is no median of less than one round")
    results = _kept()
    # or every process would compile our modules, which no reader's does
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    try:
        _measure(set(options.parts or PARTS), options.rounds, results)
    finally:  # what was measured before something failed is kept
        RESULTS.parent.mkdir(parents=True, exist_ok=True)
        RESULTS.write_text(json.dumps(results, indent=1), "utf-8")
    page.write(results)


def _measure(parts: set[str], rounds: int, results: dict) -> None:
    """Put what was measured into the results, each with the run in which it was, and what is missing here."""
    now = f"{datetime.now().astimezone():%Y-%m-%d %H:%M}"
    ways = {name: way for name, way in contenders.ways().items() if way.part in parts}
    with tempfile.TemporaryDirectory(prefix="casebound-bench-") as folder:
        project = contenders.scratch(Path(folder).resolve())
        if "book" in ways:
            with _missing(ways["book"].means, results):
                results["versions"]["Jupyter Book"] = contenders.install_book()
            if ways["book"].means in results["missing"]:
                del ways["book"]
        if ways:
            took, pace = _rounds(ways, rounds, project)
            results["versions"]["Pace"] = f"{pace}; {now}"
            for name, seconds in took.items():
                results["ways"][name] = {"run": now, "means": ways[name].means, "seconds": seconds}
        if "watch" in parts:
            with _missing(WATCH, results):
                seconds, results["versions"]["Chromium"] = browser.seconds(project)
                results["ways"]["watch"] = {"run": now, "means": WATCH, "seconds": seconds}
    order = [*contenders.ways(), "watch"]
    results["ways"] = {name: results["ways"][name] for name in order if name in results["ways"]}
    if "growth" in parts:
        results["growth"] = {"run": now, "facts": growth.by_facts(), "cases": growth.by_cases()}


@contextmanager
def _missing(what: str, results: dict) -> Iterator[None]:
    """Take note of what cannot be measured here, and go on."""
    results["missing"].pop(what, None)
    try:
        yield
    except contenders.MissingError as error:
        results["missing"][what] = str(error)


def _rounds(ways: dict[str, contenders.Way], rounds: int, project: Path) -> tuple[dict[str, list[float]], str]:
    """Return the seconds of each way, and how fast and how steady the machine was.

    All have their turn in each round, so that a slow minute is slow for all.
    """
    took, alone, together = {name: [] for name in ways}, [], []
    for turn in range(rounds):
        alone.append(contenders.pace(at_once=1))
        together.append(contenders.pace(at_once=os.cpu_count()))
        for name, way in ways.items():
            took[name].append(way.seconds(project))
            print(f"round {turn + 1} of {rounds}: {took[name][-1]:7.2f} s  {way.means}", flush=True)
    spent = f"{page.spread(alone)} s on one core alone, {page.spread(together)} s on the slowest of all at once"
    return took, f"20 million additions in Python take {spent}"


def _kept() -> dict:
    """Return the results so far, if they are of this machine with these versions; else none."""
    about = _machine()
    new = {"about": about, "versions": {}, "missing": {}, "ways": {}, "growth": None}
    kept = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else new
    return kept if kept["about"] == about else new


def _machine() -> dict[str, str]:
    """Return what figures depend on: the machine, its system, Python, and the versions of what is compared."""
    try:
        processor = Path("/proc/cpuinfo").read_text("utf-8").partition("model name\t: ")[2].partition("\n")[0]
        system = platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:  # macOS
        processor, system = "", platform.platform(terse=True)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "Processor": f"{os.cpu_count()} cores, {processor or platform.machine()}, {memory:.0f} GB of memory",
        "System": f"{system}, {platform.system()} {platform.release()}",
        "Python": platform.python_version(),
        **{name: version(name) for name in COMPARED},
    }


if __name__ == "__main__":
    main()
