"""Contenders: ways from the same notebooks to a report, and edits to build after, each in whole new processes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path

ROOT = Path(__file__).parents[2]
BIN, INSIDE = Path(sys.executable).parent, [sys.executable, str(Path(__file__).parent / "inside.py")]
BOOK = ROOT / ".cache" / "bench" / "book"  # the environment of Jupyter Book, which asks other versions than we do
CASE = "jlr-2025"
BUILD = [str(BIN / "casebound"), "report", "--case", CASE]
# What an edit replaces, and by what: no two edits have the same number, so nothing that was kept fits a later one.
EDITS = {
    "notebook": ("notebooks/20-impacts.ipynb", "figures.matrix(ledger)", "print('edit {n}'); figures.matrix(ledger)"),
    "fact": (
        f"data/{CASE}/impacts.yaml",
        "  label: Delays across the supply chain\n",
        "  label: Delays across the supply chain\n  note: Seen{again}.\n",
    ),
    "Markdown": ("notebooks/40-recovery.ipynb", "A rung is our reading", "A rung is{again} our reading"),
    "prose": (f"data/{CASE}/narrative.md", "The outage caused", "The outage{again} caused"),
}
_numbers = count(1)


class MissingError(Exception):
    """A program that is not to be had here; the message says which and why."""


@dataclass(frozen=True)
class Way:
    """Something that is measured: the part of the bench to which it belongs, what it is, and how it is measured.

    `seconds` takes the folder of a project and returns what one run of it took.
    """

    part: str
    means: str
    seconds: Callable[[Path], float]


def scratch(root: Path) -> Path:
    """Return a copy of the project, for what must not be done to the repository's own files."""
    for name in ("data", "notebooks"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns(".*"))
    for name in ("requirements.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, root)
    return root


def edit(project: Path, kind: str) -> int:
    """Edit one file of a project as no edit before did, starting from the repository's; return the edit's number."""
    name, old, new = EDITS[kind]
    number, text = next(_numbers), (ROOT / name).read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
    (project / name).write_text(text.replace(old, new.format(n=number, again=" again" * number)), "utf-8")
    return number


def environment(project: Path) -> dict[str, str]:
    """Return the environment of a measured process: this Python's programs and kernel, in that project."""
    path = os.pathsep.join([str(BIN), os.environ["PATH"]])
    return {**os.environ, "PATH": path, "CASEBOUND_ROOT": str(project), "JUPYTER_PATH": str(project / "jupyter")}


def run(project: Path, *command: str | Path) -> str:
    """Run a program in the folder of a project and return what it prints; end with what it says if it fails."""
    done = subprocess.run(command, cwd=project, env=environment(project), capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stderr[-2000:]}")
    return done.stdout


def ways() -> dict[str, Way]:
    """Return all that is compared, by name, in the order in which a round goes through it."""
    built = "ours, in a new process, after "
    return {
        "plain": Way("plain", "one plain script with the same cells; renders nothing", _process(*INSIDE, "plain")),
        "ours": Way("ours", "ours, uncached, forked kernels", _process(*BUILD, "--no-cache")),
        "cold": Way("ours", "ours, uncached, fresh kernels (`COLD=1`)", _process(*BUILD, "--no-cache", "--cold")),
        "notebook": Way("ours", built + "an edit to a code cell", _after("notebook")),
        "fact": Way("ours", built + "an edit to a fact", _after("fact")),
        "Markdown": Way("ours", built + "an edit to prose in a notebook", _after("Markdown")),
        "prose": Way("ours", built + "an edit to prose in `narrative.md`", _after("prose")),
        "unchanged": Way("ours", built + "no change", _after(None)),
        "loop": Way("loop", "`papermill` and `jupyter nbconvert --to html` for each notebook; HTML only", _loop),
        "api": Way("api", "papermill and nbconvert in one process; HTML only", _process(*INSIDE, "api", "out")),
        "book": Way("book", "Jupyter Book 1; HTML only", _book),
        "one job": Way("jobs", "the notebooks alone, one at a time", _share("1")),
        "two jobs": Way("jobs", "the notebooks alone, two at once", _share("2")),
    }


def pace(at_once: int) -> float:
    """Return the seconds of a fixed piece of work just now, the most of so many that are done at once."""
    works = [subprocess.Popen([*INSIDE, "additions"], stdout=subprocess.PIPE) for _ in range(at_once)]
    return max(float(work.communicate()[0]) for work in works)


def _process(*command: str) -> Callable[[Path], float]:
    return lambda project: _took(project, [command])


def _after(kind: str | None) -> Callable[[Path], float]:
    def seconds(project: Path) -> float:
        for name, *_ in EDITS.values():  # up to date, whatever was edited and ran before
            shutil.copy(ROOT / name, project / name)
        run(project, *BUILD)
        if kind:
            edit(project, kind)
        return _took(project, [BUILD])

    return seconds


def _share(jobs: str) -> Callable[[Path], float]:
    return lambda project: float(run(project, *INSIDE, "share", jobs))


def _took(project: Path, commands: list) -> float:
    """Return the seconds that programs take one after the other, with an empty folder `out` to write into."""
    shutil.rmtree(project / "out", ignore_errors=True)
    (project / "out").mkdir()
    started = time.perf_counter()
    for command in commands:
        run(project, *command)
    return time.perf_counter() - started


def _loop(project: Path) -> float:
    commands = []
    for path in sorted((project / "notebooks").glob("[0-9]*.ipynb")):
        made = f"out/{path.name}"
        commands += [(BIN / "papermill", path, made), (BIN / "jupyter", "nbconvert", "--to", "html", made)]
    return _took(project, commands)


def _book(project: Path) -> float:
    kernel = project / "jupyter" / "kernels" / "python3" / "kernel.json"  # found before that of its own environment
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    kernel.parent.mkdir(parents=True, exist_ok=True)
    kernel.write_text(json.dumps({"argv": argv, "display_name": "Python 3", "language": "python"}))
    first, *rest = sorted(path.stem for path in (project / "notebooks").glob("[0-9]*.ipynb"))
    toc, config = project / "_toc.yml", project / "_config.yml"
    toc.write_text(json.dumps({"format": "jb-book", "root": first, "chapters": [{"file": name} for name in rest]}))
    run_all, fail = {"execute_notebooks": "force"}, {"config": {"nb_execution_raise_on_error": True}}
    config.write_text(json.dumps({"title": CASE, "execute": run_all, "sphinx": fail}))
    book = [BOOK / "bin" / "jupyter-book", "build", "notebooks", "--all", "--path-output", "out"]
    return _took(project, [[*book, "--toc", toc, "--config", config]])


def install_book() -> str:
    """Install Jupyter Book 1 where it is not yet, and return its version; raises MissingError."""
    python = BOOK / "bin" / "python"
    install = [python, "-m", "pip", "-qq", "--disable-pip-version-check", "install", "jupyter-book<2"]
    try:
        if not (BOOK / "bin" / "jupyter-book").exists():
            subprocess.run([sys.executable, "-m", "venv", BOOK], check=True)
            subprocess.run(install, check=True)
        asked = [python, "-c", "from importlib.metadata import version; print(version('jupyter-book'))"]
        return subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip()
    except subprocess.CalledProcessError:
        raise MissingError("Jupyter Book 1 could not be installed from PyPI here") from None
