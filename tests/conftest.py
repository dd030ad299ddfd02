"""A project of its own for every test that changes a case: the repository's, with an invented case beside the seed."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
import yaml
from matplotlib.colors import to_rgb

from casebound.checks.case import problems_of
from casebound.checks.texts.verification import verification
from casebound.facts.ledger.casefile import casefile
from casebound.facts.ledger.ledger import load
from casebound.facts.problems import CaseError

# Tests start well over a hundred processes, of which each would compile the package anew.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

ROOT = Path(__file__).parents[1]
INVENTED = Path(__file__).parent / "invented"
DAIRY, HOSPITAL, SEED = "dairy-2031", "hospital-2033", "jlr-2025"
ARTICLES = {DAIRY: INVENTED, HOSPITAL: INVENTED / f"{HOSPITAL}-articles"}  # of each invented case
ARTICLE = "visavadia-2025-09-25"
# By name, so that a chapter that a reader adds to notebooks/ changes no test.
CHAPTERS = (
    *("00-summary", "05-findings", "10-timeline", "20-impacts", "25-costs", "30-response"),
    *("40-recovery", "50-attribution", "60-context", "80-lessons", "90-evidence-and-limits"),
)


@dataclass(frozen=True)
class Project:
    """A project on disk, and the case in it that a test is about; files are named from the case's folder."""

    root: Path
    case: str

    @property
    def articles(self) -> Path:
        return self.root / "articles"

    def path(self, name: str) -> Path:
        """Return a file: of the case, or, with a slash in its name, of the project."""
        return self.root / name if "/" in name else self.root / "data" / self.case / name

    def text(self, name: str) -> str:
        return self.path(name).read_text("utf-8")

    def edit(self, name: str, old: str, new: str) -> int:
        """Replace words that stand once in a file; return the line on which they stood."""
        text = self.text(name)
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        self.path(name).write_text(text.replace(old, new), "utf-8")
        return text[: text.index(old)].count("\n") + 1

    def append(self, name: str, text: str) -> int:
        """Add text to a file; return the line on which it begins."""
        before = self.text(name)
        self.path(name).write_text(before + text, "utf-8")
        return before.count("\n") + 1

    def write(self, name: str, *sources: str, tagged: int | None = None) -> Path:
        """Write a notebook of Markdown (`# …`) and code cells, of which one may be tagged; return its path."""
        kinds = [nbformat.v4.new_markdown_cell if s.startswith("#") else nbformat.v4.new_code_cell for s in sources]
        cells = [kind(source, id=f"cell-{n}") for n, (kind, source) in enumerate(zip(kinds, sources, strict=True))]
        if tagged is not None:
            cells[tagged].metadata.tags = ["parameters"]
        path = self.root / "notebooks" / f"{name}.ipynb"
        nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
        return path

    def load(self, **options):
        return load(self.case, **options)

    def problems(self) -> list[str]:
        """Return the problems that `make check` prints."""
        try:
            return list(map(str, problems_of(self.case)))
        except CaseError as error:
            return list(map(str, error.problems))

    def refused(self) -> list[str]:
        """Return the problems that `make verify` prints, with the texts in the project's `articles/`."""
        try:
            return list(map(str, verification(casefile(self.case), self.articles).problems))
        except CaseError as error:
            return list(map(str, error.problems))

    def relock(self) -> None:
        """Write the lock as `make verify` does."""
        self.path("evidence.lock").write_text(verification(casefile(self.case), self.articles).lock, "utf-8")


@pytest.fixture(scope="session")
def make_project(tmp_path_factory):
    """Return a function from a case and its chapters to a new project; tests point `CASEBOUND_ROOT` at it."""

    def made(case: str = DAIRY, chapters: tuple[str, ...] = CHAPTERS) -> Project:
        root = tmp_path_factory.mktemp("made") / "project"
        shutil.copytree(ROOT / "data", root / "data")
        invented = case if case in ARTICLES else DAIRY
        shutil.copytree(INVENTED / invented, root / "data" / invented)
        texts = ARTICLES[invented].glob("*.txt")
        notebooks = (ROOT / "notebooks" / f"{name}.ipynb" for name in chapters)
        for folder, paths in {"articles": texts, "notebooks": notebooks}.items():
            (root / folder).mkdir()
            for path in paths:
                shutil.copy(path, root / folder)
        if chapters != CHAPTERS:  # the narrative has more sections than these show
            (root / "notebooks" / "any_section.py").write_text("", "utf-8")
        for name in ("requirements.lock", "pyproject.toml"):
            shutil.copy(ROOT / name, root)
        return Project(root, case)

    return made


@pytest.fixture(scope="session")
def restore():
    """Return a function that puts a folder back, in its place, to what a copy of it holds."""

    def restored(folder: Path, copy: Path) -> None:
        for path in sorted(folder.rglob("*"), reverse=True):
            if not (copy / path.relative_to(folder)).exists():
                path.rmdir() if path.is_dir() else path.unlink()
        shutil.copytree(copy, folder, symlinks=True, dirs_exist_ok=True)

    return restored


@pytest.fixture
def project(make_project, monkeypatch) -> Project:
    """Return a project with the invented case, which `CASEBOUND_ROOT` names."""
    made = make_project()
    monkeypatch.setenv("CASEBOUND_ROOT", str(made.root))
    return made


@pytest.fixture
def hospital(make_project, monkeypatch) -> Project:
    """Return a project with the invented hospital, of which every source's text is there."""
    made = make_project(HOSPITAL)
    monkeypatch.setenv("CASEBOUND_ROOT", str(made.root))
    return made


@pytest.fixture
def seed_copy(project) -> Project:
    """Return a project whose case is the seed, without its article's text, which the repository does not keep."""
    return Project(project.root, SEED)


@pytest.fixture
def seed_project(seed_copy) -> Project:
    """Return a project with the seed case and its article, known by its sha256; skip if its text is not there."""
    source = yaml.safe_load(seed_copy.text("sources.yaml"))[0]
    folders = [ROOT / "articles", ROOT.parent / "shared" / "articles"]
    for path in (path for folder in folders for path in folder.rglob("*") if path.is_file()):
        if hashlib.sha256(path.read_bytes()).hexdigest() == source["sha256"]:
            shutil.copy(path, seed_copy.articles / "seed.txt")
            return seed_copy
    pytest.skip("the text of the seed's article is not there: put it into articles/")


@pytest.fixture(scope="session")
def dairy_root(make_project):
    """Return the root of a project that no test changes."""
    return make_project().root


@pytest.fixture(scope="session")
def dairy(dairy_root):
    """Return the ledger of the invented case, to be read only."""
    return _loaded(dairy_root, DAIRY)


@pytest.fixture(scope="session")
def dairy_at_second(dairy_root):
    """Return the ledger of the invented case as known when its second article appeared."""
    return _loaded(dairy_root, DAIRY, as_of="2031-03-24T18:05")


@pytest.fixture(scope="session")
def dairy_at_first(dairy_root):
    """Return the ledger of the invented case as known when its first article was updated."""
    return _loaded(dairy_root, DAIRY, as_of="2031-03-20T09:40")


@pytest.fixture(scope="session")
def seed():
    """Return the ledger of the seed case as the repository holds it, to be read only."""
    return _loaded(ROOT, SEED)


@pytest.fixture(scope="session")
def article():
    """Return the ledger of the seed case limited to the article from which it starts."""
    return _loaded(ROOT, SEED, sources=ARTICLE)


def _loaded(root: Path, case: str, **options):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASEBOUND_ROOT", str(root))
        return load(case, **options)


@pytest.fixture(scope="session")
def contrast():
    """Return a function from two colours to the contrast between them, after WCAG 2.2: 1 to 21."""

    def luminance(colour: str) -> float:
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour)]
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    def between(one: str, other: str) -> float:
        dark, light = sorted(map(luminance, (one, other)))
        return (light + 0.05) / (dark + 0.05)

    return between


@pytest.fixture(scope="session")
def steps():
    """Return a function that counts the lines of Python that a call runs: a measure that no clock disturbs."""

    def counted(call, *arguments) -> int:
        count = 0

        def tracer(frame, event, argument):
            nonlocal count
            count += event == "line"
            return tracer

        before = sys.gettrace()
        sys.settrace(tracer)
        try:
            call(*arguments)
        finally:
            sys.settrace(before)
        return count

    return counted
