"""Contenders: ways from the same notebooks to a report, and edits to build after, each in whole new processes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count as counter
from pathlib import Path

import cases

ROOT = Path(__file__).parents[2]
INSIDE = str(Path(__file__).parent / "inside.py")
CASE = "jlr-2025"
BUILD = ("casebound", "report", "--case", CASE)
# What an edit replaces, and by what: no two edits have the same number, so nothing in the cache fits a later one.
EDITS = {
    "notebook": ("notebooks/20-impacts.ipynb", r'"(\w*\.?tables\.effects\(ledger\))', r""""print('edit {n}'); \1"""),
    "fact": (f"data/{CASE}/impacts.yaml", r"(- id: supply-chain-delays\n)", r"\1  note: Seen{again}.\n"),
    "Markdown": ("notebooks/80-lessons.ipynb", "## For discussion", "## For discussion{again}"),
    "prose": (f"data/{CASE}/narrative.md", "payments to suppliers built up", "payments to suppliers built up{again}"),
}


class MissingError(Exception):
    """A program is not installed here; the message says which."""


@dataclass(frozen=True)
class Project:
    """A copy of a checkout's data and notebooks, run with the programs of that checkout's environment."""

    folder: Path
    checkout: Path = ROOT
    _numbers: counter = field(default_factory=lambda: counter(1))

    def __post_init__(self) -> None:
        if not (self.bin / "casebound").exists():
            raise MissingError(f"{self.checkout} has no .venv/bin/casebound: run `make report` there first")
        for name in ("data", "notebooks"):
            shutil.copytree(self.checkout / name, self.folder / name, ignore=shutil.ignore_patterns(".*"))
        for name in ("requirements.lock", "pyproject.toml"):
            shutil.copy(self.checkout / name, self.folder)

    @property
    def bin(self) -> Path:
        return Path(sys.executable).parent if self.checkout == ROOT else self.checkout / ".venv" / "bin"

    @property
    def environment(self) -> dict[str, str]:
        path = os.pathsep.join([str(self.bin), os.environ["PATH"]])
        return {**os.environ, "PATH": path, "CASEBOUND_ROOT": str(self.folder), "CASEBOUND_CASE": CASE}

    def edit(self, kind: str) -> int:
        """Edit one file as no edit did before, starting from the checkout's; return the edit's number."""
        name, old, new = EDITS[kind]
        number, text = next(self._numbers), (self.checkout / name).read_text("utf-8")
        text, count = re.subn(old, new.format(n=number, again=" again" * number), text)
        if count != 1:
            sys.exit(f"{old!r} stands {count} times in {self.checkout / name}: mend EDITS")
        (self.folder / name).write_text(text, "utf-8")
        return number

    def run(self, program: str, *arguments: str) -> None:
        """Run a program of the environment in the folder; exit with its errors if it fails."""
        command = [str(self.bin / program), *arguments]
        done = subprocess.run(command, cwd=self.folder, env=self.environment, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"{' '.join(command)}\n{done.stderr[-2000:]}")

    def seconds(self, *commands: tuple[str, ...]) -> float:
        """Return the seconds that programs take one after the other, with an empty folder `out` to write into."""
        shutil.rmtree(self.folder / "out", ignore_errors=True)
        (self.folder / "out").mkdir()
        started = time.perf_counter()
        for command in commands:
            self.run(*command)
        return time.perf_counter() - started


@dataclass(frozen=True)
class Way:
    """Something to measure: the part of the bench to which it belongs, what it is, and the seconds of one run."""

    part: str
    means: str
    seconds: Callable[[Project], float]


def _process(*command: str) -> Callable[[Project], float]:
    return lambda project: project.seconds(command)


def _after(kind: str | None) -> Callable[[Project], float]:
    def seconds(project: Project) -> float:
        for name, *_ in EDITS.values():  # up to date, whatever was edited and ran before
            shutil.copy(project.checkout / name, project.folder / name)
        project.run(*BUILD)
        if kind:
            project.edit(kind)
        return project.seconds(BUILD)

    return seconds


def _loop(project: Project) -> float:
    commands = []
    for path in sorted((project.folder / "notebooks").glob("[0-9]*.ipynb")):
        made = f"out/{path.name}"
        commands += [("papermill", str(path), made), ("jupyter", "nbconvert", "--to", "html", made)]
    return project.seconds(*commands)


def _watch(project: Project) -> float:
    import browser  # which needs playwright and Chromium

    return browser.seconds(project)


WAYS = {
    "plain": Way("plain", "one plain script with the same cells; renders nothing", _process("python", INSIDE, "plain")),
    "ours": Way("ours", "ours, uncached, forked kernels", _process(*BUILD, "--no-cache")),
    "one job": Way("ours", "ours, uncached, one notebook at a time", _process(*BUILD, "--no-cache", "--jobs", "1")),
    "cold": Way("ours", "ours, uncached, fresh kernels (`COLD=1`)", _process(*BUILD, "--no-cache", "--cold")),
    "notebook": Way("ours", "ours, after an edit to a code cell", _after("notebook")),
    "fact": Way("ours", "ours, after an edit to a fact", _after("fact")),
    "Markdown": Way("ours", "ours, after an edit to prose in a notebook", _after("Markdown")),
    "prose": Way("ours", "ours, after an edit to prose in `narrative.md`", _after("prose")),
    "unchanged": Way("ours", "ours, after no change", _after(None)),
    "watch": Way("watch", "`make watch`: from saving a code cell to the page that shows it", _watch),
    "loop": Way("loop", "`papermill` and `jupyter nbconvert --to html` for each notebook; HTML only", _loop),
    "api": Way("api", "papermill and nbconvert in one process; HTML only", _process("python", INSIDE, "api", "out")),
}


def growth(facts: int) -> dict[str, float]:
    """Return `facts`, the `seconds` of an uncached build of a case of that many, and `MB`, its largest process."""
    with tempfile.TemporaryDirectory() as folder:
        project = Project(Path(folder))
        cases.write(project.folder / "data" / "invented", facts)
        command = ["casebound", "report", "--no-cache", "--case", "invented"]
        started = time.perf_counter()
        build = os.posix_spawn(project.bin / "casebound", command, project.environment)
        _, status, used = os.wait4(build, 0)
        if status:
            sys.exit(f"a case of {facts:,} facts could not be built")
        unit = 1024 if sys.platform == "linux" else 1024**2  # macOS counts bytes
        return {"facts": facts, "seconds": time.perf_counter() - started, "MB": round(used.ru_maxrss / unit)}
