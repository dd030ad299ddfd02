"""The repository: dependencies in step, rooms in order, thin notebooks, nothing of one machine."""

import ast
import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import nbformat
import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "casebound"
LOCKS = {"run": "requirements.lock", **{part: f"requirements-{part}.lock" for part in ("dev", "lab", "audit")}}


def tracked_files():
    """Return the files that git tracks; none without git or a checkout."""
    if shutil.which("git") is None:
        return []
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    return [path for name in listing.stdout.split("\0") if name and (path := ROOT / name).is_file()]


TRACKED = tracked_files()
needs_git = pytest.mark.skipif(not TRACKED, reason="not a git checkout")


# Dependencies: pyproject.toml, environment.yml and the locks in step.

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
RUN = PROJECT["project"]["dependencies"]
EXTRAS = PROJECT["project"]["optional-dependencies"]
CONDA_NAMES = {"matplotlib-base": "matplotlib"}
LOCKED = re.compile(r"(?P<name>[a-z0-9-]+)==(?P<version>[0-9][0-9a-z.]*)(?P<marker> ; [A-Za-z0-9_ ().*'=!<>]+)?")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def bounds(lines):
    requirements = map(Requirement, lines)
    return {canonicalize_name(each.name): str(each.specifier) for each in requirements}


def lock_entries(text):
    """Return name -> (version, number of hashes); a line that is anything else is an error."""
    entries = {}
    for entry in text.replace(" \\\n    --hash", " --hash").splitlines():
        head, *hashes = re.split(r" (?=--hash)", entry)
        named = LOCKED.fullmatch(head)
        assert named, f"more than a name, a version and a marker: {entry[:90]}"
        assert hashes, f"no hash: {entry[:90]}"
        assert all(map(HASH.fullmatch, hashes)), f"no sha256: {entry[:90]}"
        assert named["name"] not in entries, f"locked twice: {entry[:90]}"
        entries[named["name"]] = (Version(named["version"]), len(hashes))
    return entries


def lock(part):
    return lock_entries((ROOT / LOCKS[part]).read_text("utf-8"))


@pytest.mark.parametrize("part", LOCKS)
def test_a_lock_holds_every_dependency_within_its_bounds(part):
    build = PROJECT["dependency-groups"]["build"]
    asked = [Requirement(line) for line in RUN + build + EXTRAS.get(part, [])]
    locked = lock(part)
    missing = [str(each) for each in asked if canonicalize_name(each.name) not in locked]
    assert not missing, f"not in {LOCKS[part]}: {missing}. Run `make lock`."
    outside = [each for each in asked if locked[canonicalize_name(each.name)][0] not in each.specifier]
    assert not outside, f"{LOCKS[part]} is outside {outside}. Run `make lock`."


@pytest.mark.parametrize(
    "smaller, larger", [("run", "dev"), ("run", "lab"), ("run", "audit"), ("dev", "lab"), ("dev", "audit")]
)
def test_a_distribution_in_two_locks_has_one_version(smaller, larger):
    locked, locked_too = lock(smaller), lock(larger)
    assert not {name for name in locked.keys() & locked_too.keys() if locked[name] != locked_too[name]}
    assert smaller == "dev" or locked.keys() <= locked_too.keys()


def test_the_lock_of_npm_names_what_the_audit_asks_with_hashes_and_no_address():
    folder = ROOT / "tests" / "audit"
    text = (folder / "package-lock.json").read_text("utf-8")
    asked = json.loads((folder / "package.json").read_text("utf-8"))["dependencies"]
    _, *locked = json.loads(text)["packages"].items()  # the first is the folder itself
    assert {name.removeprefix("node_modules/"): each["version"] for name, each in locked} == asked
    assert all(re.fullmatch(r"sha512-[A-Za-z0-9+/]{86}==", each["integrity"]) for _, each in locked)
    assert "://" not in text


def test_hashes_cover_the_wheels_of_all_platforms():
    locked = lock("run")  # one hash a wheel: one platform and Python has one or two
    assert all(locked[name][1] > 20 for name in ("matplotlib", "numpy", "pandas", "pydantic-core", "pyzmq", "typst"))


HASHED = " --hash=sha256:" + 64 * "0"


@pytest.mark.parametrize("line", ["numpy==2.4.6", f"numpy>=2{HASHED}", f"numpy @ file:///x{HASHED}", "--index-url x"])
def test_a_line_that_does_not_belong_in_a_lock_is_found(line):
    with pytest.raises(AssertionError):
        lock_entries(line + "\n")


def test_the_back_end_that_builds_the_package_is_locked():
    assert bounds(PROJECT["build-system"]["requires"]) == bounds(PROJECT["dependency-groups"]["build"])


def test_environment_yml_names_what_pyproject_names_with_the_same_bounds():
    *conda, by_pip = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))["dependencies"]
    names = bounds(conda + [line for line in by_pip["pip"] if line != "-e ."])
    assert "-e ." in by_pip["pip"]
    assert names.pop("python") == PROJECT["project"]["requires-python"]
    names.pop("pip")
    named = {CONDA_NAMES.get(name, name): bound for name, bound in names.items()}
    assert named == bounds(RUN + EXTRAS["lab"] + EXTRAS["dev"])


OWN = ["src", "tests", "tests/audit", "tests/bench"]  # modules of the last two import each other by their bare names


@pytest.mark.parametrize("asked", [["src"], [*OWN, "--exclude", "$^", "--ignore", "DEP002,DEP004"]], ids=["run", "dev"])
def test_what_is_imported_is_declared_and_what_is_declared_is_imported(asked):
    check = subprocess.run([sys.executable, "-m", "deptry", *asked], cwd=ROOT, capture_output=True, text=True)
    assert check.returncode == 0, check.stderr


def test_typst_is_pinned_because_its_version_is_in_the_pdf():
    assert bounds(RUN)["typst"].startswith("==")


# Papers: citation, hooks.


SCHEMAS = {
    "vendor.citation-file-format": ["CITATION.cff"],
    "vendor.github-workflows": [".github/workflows/build.yml"],
    "custom.github-workflows-require-timeout": [".github/workflows/build.yml"],
    "vendor.github-issue-forms": [f".github/ISSUE_TEMPLATE/{form}.yml" for form in ("fact", "bug", "case")],
}


@pytest.mark.parametrize("schema", SCHEMAS)
def test_papers_are_valid_by_their_official_schema(schema):
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *SCHEMAS[schema]]
    check = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert check.returncode == 0, check.stdout + check.stderr


def test_the_workflow_uses_official_actions_only_and_pins_their_major_version():
    used = re.findall(r"uses: (.+)", (ROOT / ".github" / "workflows" / "build.yml").read_text("utf-8"))
    assert used and all(re.fullmatch(r"actions/[a-z-]+@v\d+", action) for action in used)


def test_the_citation_has_the_version_and_licence_of_the_package():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert citation["version"] == PROJECT["project"]["version"]
    assert (ROOT / "LICENSE").read_text("utf-8").startswith(f"{citation['license']} License")
    assert PROJECT["project"]["version"] in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_the_hooks_are_valid_and_fetch_nothing():
    config = ROOT / ".pre-commit-config.yaml"
    check = subprocess.run([sys.executable, "-m", "pre_commit", "validate-config", config], capture_output=True)
    assert check.returncode == 0, check.stdout
    assert [repo["repo"] for repo in yaml.safe_load(config.read_text("utf-8"))["repos"]] == ["local"]


# Rooms: each imports from those before it, and from no later one. What stands in one line may not import each other.

ROOMS = [
    ("facts.dates",),
    ("facts.text",),
    ("facts.records",),
    ("facts.evidence",),
    ("facts.ledger",),
    ("analysis",),
    ("pages",),
    ("checks",),
    ("authoring",),
    ("report.document",),
    ("report.html", "report.pdf"),
    ("report.execution",),
    ("report.cache",),
    ("report.evidence", "report.publish"),
    ("report.build",),
    ("report.draft",),
    ("report.serve",),
    ("cli",),
]
FEW = 13  # modules a folder, so that none has to be searched


def imported_modules(source, module):
    """Yield the full names that a module's source imports, at the top or inside functions."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = module.split(".")[: -node.level] if node.level else []
            base = ".".join([*base, *([node.module] if node.module else [])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


def room_of(name):
    """Return the room of a module and its place in their order, None for a module that every room may import."""
    path = name.removeprefix("casebound.")
    if name == path:
        return None
    rooms = [(place, room) for place, rooms in enumerate(ROOMS) for room in rooms]
    own = [each for each in rooms if f"{path}.".startswith(f"{each[1]}.")]
    held = [each for each in rooms if each[1].startswith(f"{path}.")]  # `facts` or `report`: as late as what it holds
    return next(iter(own or held[-1:]), None)


def later_rooms(source, module):
    """Return the imports of a module that lead to a later room than its own."""
    place, room = room_of(module) or (-1, "")
    imported = [(name, room_of(name)) for name in imported_modules(source, module)]
    return [name for name, other in imported if other and other[1] != room and other[0] >= place]


def module_name(path):
    return ".".join(path.relative_to(ROOT / "src").with_suffix("").parts)


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=module_name)
def test_no_room_imports_a_later_one(path):
    module = module_name(path)  # of a package it ends in `__init__`, so that one dot is the package itself
    if module != "casebound.__init__":  # the face, which leads into the rooms
        assert not later_rooms(path.read_text("utf-8"), module)


TIMELINE, HTML = "casebound.analysis.timeline", "casebound.report.html.drawings"


@pytest.mark.parametrize(
    ("source", "module"),
    [
        ("from casebound.pages import tables", TIMELINE),
        ("from casebound import report", TIMELINE),
        ("import casebound.pages.tables", TIMELINE),
        ("from .. import pages", TIMELINE),
        ("def late():\n    from casebound.report.html.exporter import page", TIMELINE),
        ("from casebound.report.pdf import widths", HTML),
    ],
)
def test_an_import_of_a_later_room_or_of_the_other_printer_is_found(source, module):
    assert later_rooms(source, module)
    assert not later_rooms("from casebound.facts.dates import edtf\nfrom . import phases", module)


@pytest.mark.parametrize("folder", sorted(path.parent for path in PACKAGE.rglob("__init__.py")), ids=lambda p: p.name)
def test_no_folder_holds_more_modules_than_can_be_seen_at_once(folder):
    assert len([path for path in folder.glob("*.py") if path.name != "__init__.py"]) <= FEW


# Notebooks: thin, without outputs, with their limits.

NOTEBOOKS = [path for path in TRACKED if path.match("notebooks/*.ipynb")]  # not those that a reader has added
NOTEBOOKS = NOTEBOOKS or sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))
each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)


def cells(path, kind):
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == kind]


@each_notebook
def test_a_notebook_is_kept_without_outputs(path):
    assert not [cell for cell in cells(path, "code") if cell.outputs or cell.execution_count], "run `make tidy`"


@each_notebook
def test_a_notebook_cell_has_at_most_eight_lines_and_no_def(path):
    for cell in cells(path, "code"):
        assert len([line for line in cell.source.splitlines() if line.strip()]) <= 8, cell.source
        assert not re.search(r"^\s*(async\s+)?def\b", cell.source, re.MULTILINE), cell.source


@each_notebook
def test_a_notebook_has_one_cell_of_parameters(path):
    assert sum("parameters" in cell.metadata.get("tags", []) for cell in cells(path, "code")) == 1


@each_notebook
def test_a_chapter_opens_with_its_answer(path):
    _, _, first, *_ = [cell.source for cell in cells(path, "code")]
    is_first_page = "first-page" in cells(path, "markdown")[0].metadata.get("tags", [])
    assert is_first_page or "tables.status(" in first or "narrative.answer(" in first


# Nothing of one machine.


@needs_git
def test_no_file_names_a_place_on_one_machine():
    places = re.compile(rb"/(?:home|Users|root|work)/[A-Za-z0-9._-]+")
    texts = [path for path in TRACKED if path.suffix not in {".otf", ".woff2", ".png", ".pdf"}]
    assert not [f"{path}: {match[0]}" for path in texts for match in places.finditer(path.read_bytes())]


@needs_git
def test_no_file_is_large_but_the_fonts():
    large = [path for path in TRACKED if path.stat().st_size > 600_000 and "fonts" not in path.parts]
    assert not large
