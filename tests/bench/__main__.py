"""`make bench`: what a report costs, against other ways from the same notebooks, and as a case grows.

python tests/bench [--rounds N] [--against FOLDER] [PART ...]

With no part named it measures all and writes docs/benchmarks.md; with parts it prints what it measured. With
`--against` it measures the same ways in another checkout, which has its own .venv, and prints both side by side.
"""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
from importlib.metadata import version
from pathlib import Path

import page
from contenders import ROOT, WAYS, MissingError, Project, growth

COMPARED = ("casebound", "papermill", "nbclient", "nbconvert", "ipykernel", "pandas", "matplotlib", "typst")
PARTS = (*dict.fromkeys(way.part for way in WAYS.values()), "growth")
FACTS = (100, 1_000, 10_000)


def main() -> None:
    """Measure what the command line names, and write the page or print a table."""
    parser = argparse.ArgumentParser(prog="make bench", description="Measure, and write docs/benchmarks.md.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)} (default: all)")
    parser.add_argument("--rounds", type=int, default=5, help="how often each way is measured (default: %(default)s)")
    parser.add_argument("--against", type=Path, metavar="FOLDER", help="another checkout to measure side by side")
    options = parser.parse_args()
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    if options.rounds < 1:
        parser.error("measure at least one round")
    # otherwise every process would compile our modules, which no reader's does
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    parts = set(options.parts or PARTS)
    about = machine()
    with tempfile.TemporaryDirectory(prefix="casebound-bench-") as folder:
        checkouts = [ROOT, *([options.against.resolve()] if options.against else [])]
        try:
            projects = [Project(Path(folder).resolve() / str(n), each) for n, each in enumerate(checkouts)]
        except MissingError as error:
            parser.error(str(error))
        ways, missing = measured(projects, parts, options.rounds)
    if options.against:
        print(page.compared(ways, *map(str, checkouts)))
        return
    grown = [growth(facts) for facts in FACTS] if "growth" in parts else []
    results = {"about": about, "missing": missing, "ways": ways[0], "growth": grown}
    if options.parts:
        print(page.measured(results))
    else:
        (ROOT / "docs" / "benchmarks.md").write_text(page.text(results), "utf-8")


def measured(projects: list[Project], parts: set[str], rounds: int) -> tuple[list[dict[str, list[float]]], dict]:
    """Return for each project the seconds of each way, one a round, and what cannot be measured here, with the reason.

    Each round measures all of them, so a slow minute is slow for all.
    """
    took, missing = [{} for _ in projects], {}
    for turn in range(rounds):
        for name, way in WAYS.items():
            if way.part not in parts or way.means in missing:
                continue
            for project, seconds in zip(projects, took, strict=True):
                try:
                    seconds.setdefault(name, []).append(way.seconds(project))
                except MissingError as error:
                    missing[way.means] = str(error)
                    seconds.pop(name, None)
                    break
                print(f"round {turn + 1} of {rounds}: {seconds[name][-1]:7.2f} s  {way.means}", flush=True)
    return took, missing


def machine() -> dict[str, str]:
    """Return what the figures depend on: machine, load, system, Python, and the versions of the tools compared."""
    try:
        processor = Path("/proc/cpuinfo").read_text("utf-8").partition("model name\t: ")[2].partition("\n")[0]
        system = platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:  # macOS
        processor, system = "", platform.platform(terse=True)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "Processor": f"{os.cpu_count()} cores, {processor or platform.machine()}, {memory:.0f} GB of memory",
        "Load before": f"{os.getloadavg()[0]:.1f}",
        "System": f"{system}, {platform.system()} {platform.release()}",
        "Python": platform.python_version(),
        **{name: version(name) for name in COMPARED},
    }


if __name__ == "__main__":
    main()
