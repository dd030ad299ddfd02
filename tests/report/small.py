"""A small project that is built by the program itself: three notebooks, and a package that may be edited."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import nbformat

import casebound

PACKAGE = Path(casebound.__file__).parent
BEING_WRITTEN = shutil.ignore_patterns("*.pyc.*")
PARAMETERS = 'case = ""\nas_of = ""\nsources = ""'
SETUP = "import casebound as cb\n\nledger = cb.load(case, as_of, sources)"
PROSE = 'cb.narrative.section(ledger, "timeline")'
NOTEBOOKS = {
    "10-prose": ["# What happened?", PARAMETERS, SETUP, PROSE, "## When?", "cb.tables.phases(ledger)"],
    "20-plain": ["# How much?", SETUP, "cb.tables.durations(ledger)", "## And then?", "cb.tables.glossary(ledger)"],
    "30-beside": ["# What stands beside?", "import helpers\n\nprint(helpers.answer)"],
}


@dataclass(frozen=True)
class Small:
    """The project's folder; `build` is one run of the program in a process group of its own."""

    root: Path

    @property
    def folder(self) -> Path:
        return self.root / "reports" / "dairy-2031"

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "CASEBOUND_ROOT": str(self.root), "PYTHONPATH": str(self.root / "src")}

    def started(self, *options: str, **environment: str) -> subprocess.Popen:
        command = [sys.executable, "-c", "from casebound.cli import main; main()", "report", "--case", "dairy-2031"]
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True, "start_new_session": True}
        return subprocess.Popen([*command, *options], env={**self.environment, **environment}, **streams)

    def build(self, *options: str) -> None:
        run = self.started(*options)
        said, _ = run.communicate()
        assert run.returncode == 0, said

    def files(self, folder: Path | None = None) -> dict[str, bytes]:
        """Return the files of a report but its record, by name."""
        folder = folder or self.folder
        paths = [path for path in folder.rglob("*") if path.is_file() and path.name != "build.json"]
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}

    def clean(self, root: Path, *options: str) -> "Small":
        """Return a copy of the project in another folder, built there with nothing kept from before."""
        shutil.copytree(self.root, root, ignore=shutil.ignore_patterns(".cache", "reports", "__pycache__"))
        for compiled in PACKAGE.rglob("__pycache__"):  # by Python for the package as it is, not for what was edited
            folder = root / "src" / "casebound" / compiled.relative_to(PACKAGE)
            shutil.copytree(compiled, folder, ignore=BEING_WRITTEN)
        copy = Small(root)
        copy.build("--no-cache", *options)
        return copy

    def write(self, name: str, sources: list[str]) -> None:
        """Write a notebook of Markdown (what begins with `#`) and code cells."""
        cells = []
        for source in sources:
            new = nbformat.v4.new_markdown_cell if source.startswith("#") else nbformat.v4.new_code_cell
            cells.append(new(source, metadata={"tags": ["parameters"]} if source == PARAMETERS else {}))
        nbformat.write(nbformat.v4.new_notebook(cells=cells), self.root / "notebooks" / f"{name}.ipynb")


def small(root: Path) -> Small:
    """Give a project that has data and no notebooks the small one's notebooks and package."""
    shutil.copytree(PACKAGE, root / "src" / "casebound", ignore=BEING_WRITTEN)  # with what is compiled already
    (root / "notebooks" / "helpers.py").write_text("answer = 1\n", "utf-8")
    made = Small(root)
    for name, sources in NOTEBOOKS.items():
        made.write(name, sources)
    return made
