"""Key: whatever changes a report or a notebook's outputs changes a fingerprint, and nothing else does."""

import os
from importlib.metadata import version

import pytest

from casebound import paths
from casebound.report.cache import key, plain

PARAMETERS = {"case": "dairy-2031", "as_of": "", "sources": ""}


@pytest.fixture
def fingerprints(project, monkeypatch):
    """Return a function that gives the report's inputs and what its notebooks share, with a package in the project."""
    package = project.root / "src" / "casebound"
    package.mkdir(parents=True)
    (package / "paths.py").touch()
    monkeypatch.setattr(paths, "PACKAGE", package)
    return lambda **other: (key.inputs({**PARAMETERS, **other}), key.shared({**PARAMETERS, **other}))


def changed(before, after):
    """Return whether the report's inputs changed, and what did of all that its notebooks share."""
    return before[0] != after[0], {name for name, _ in before[1].items() ^ after[1].items()}


@pytest.mark.parametrize(
    ("file", "is_input", "named"),
    [
        ("data/dairy-2031/timeline.yaml", True, "data/dairy-2031/timeline.yaml"),
        ("data/dairy-2031/new.yaml", True, "data/dairy-2031/new.yaml"),
        ("data/terms.yaml", True, "data/terms.yaml"),
        ("requirements.lock", True, "requirements.lock"),
        ("notebooks/helpers.py", True, "notebooks/helpers.py"),
        ("src/casebound/paths.py", True, "the package"),
        ("data/dairy-2031/narrative.md", True, None),  # the build itself lays out the prose
        ("notebooks/10-timeline.ipynb", True, None),  # whose code cells are in its own key
        ("notebooks/45-my-question.ipynb", True, None),
        ("notebooks/draft.ipynb", False, None),
        ("notebooks/.ipynb_checkpoints/10-timeline.ipynb", False, None),
        ("src/casebound/__pycache__/paths.pyc", False, None),
        ("data/jlr-2025/costs.yaml", False, None),
        ("articles/article.txt", False, None),
    ],
)
def test_a_changed_file_changes_what_depends_on_it_and_is_named(project, fingerprints, file, is_input, named):
    before, path = fingerprints(), project.root / file
    content = path.read_bytes() if path.exists() else None
    path.parent.mkdir(exist_ok=True)
    path.write_bytes((content or b"") + b"\n")
    assert changed(before, fingerprints()) == (is_input, {named} - {None})
    path.unlink() if content is None else path.write_bytes(content)
    assert fingerprints() == before


def test_other_parameters_have_other_fingerprints(fingerprints):
    assert changed(fingerprints(), fingerprints(as_of="2031-03-20")) == (True, {"parameter as_of"})


@pytest.mark.parametrize("variable", ["PYTHONPATH", "LC_ALL"])
def test_a_variable_that_may_change_an_output_is_in_the_key_of_a_notebook(fingerprints, monkeypatch, variable):
    before = fingerprints()
    monkeypatch.setenv(variable, "x")
    assert changed(before, fingerprints()) == (False, {f"variable {variable}"})


def test_times_change_nothing_and_nor_does_the_place_of_the_project(project, fingerprints, make_project, monkeypatch):
    before = fingerprints()
    for path in project.root.rglob("*.yaml"):
        os.utime(path, (1, 1))
    assert fingerprints() == before
    monkeypatch.setenv("CASEBOUND_ROOT", str(make_project().root))
    assert changed(before, fingerprints()) == (False, {"variable CASEBOUND_ROOT"})


def test_what_is_checked_is_data_and_notebooks(project, fingerprints):
    before = key.checked("dairy-2031")
    (project.root / "src" / "casebound" / "paths.py").write_text("x = 1", "utf-8")
    assert key.checked("dairy-2031") == before
    project.edit("case.yaml", "title: The", "title: A")
    assert key.checked("dairy-2031") != before


def test_no_fact_answer_or_figure_reads_the_prose_which_is_in_no_key():
    reading = [path for path in paths.PACKAGE.rglob("*.py") if "narrative" in path.read_text("utf-8")]
    rooms = {path.relative_to(paths.PACKAGE).parts[0] for path in reading if path.parent.name != "casebound"}
    assert rooms <= {"pages", "checks", "authoring", "report", "facts"}
    assert {path.name for path in reading if "facts" in path.parts} == {"catalogue.py"}  # which only speaks of it
    tables = {path.stem for path in reading if path.parent.name == "tables"}
    assert tables == {"asides", "questions"}  # the build lays these out anew
    assert all(plain.prose_call(f"cb.tables.{name}(ledger)") for name in ("asides", "answers"))
    assert {path.stem for path in reading if "pages" in path.parts} == {"narrative", "sections", *tables}


def test_python_and_every_installed_distribution_are_known_by_name_version_and_content(monkeypatch):
    seen = key.tools()
    assert f"distribution pandas {version('pandas')}" in seen and f"distribution pytest {version('pytest')}" in seen
    monkeypatch.setattr("sys.version", "4.0")
    assert {name for name, _ in seen.items() ^ key.tools().items()} == {"Python"}


def test_a_distribution_that_comes_or_changes_without_a_new_version_changes_the_tools(tmp_path, monkeypatch):
    seen = [key.tools()]
    info = tmp_path / "sour_milk-1.0.dist-info"
    info.mkdir()
    monkeypatch.syspath_prepend(str(tmp_path))
    for record in ("sour_milk.py,sha256=a,1\nsour_milk-1.0.dist-info/RECORD,,\n", "sour_milk.py,sha256=b,1\n"):
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: sour-milk\nVersion: 1.0\n", "utf-8")
        (info / "RECORD").write_text(record, "utf-8")
        seen.append(key.tools())
    (info / "RECORD").unlink()  # conda and Debian install without one
    seen.append(key.tools())
    assert "distribution sour-milk 1.0" in seen[-1]
    assert len(set(map(key.of_value, seen))) == 4


# Whether a report is current


@pytest.fixture
def folder(tmp_path):
    """A report's folder as a build leaves it."""
    outputs = {"report.html": b"<html>", "data/facts.csv": b"fact\n"}
    for name, content in {**outputs, key.RECORD: key.record({"inputs": "a"}, outputs)}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    return tmp_path


def test_a_report_is_current_as_it_was_made(folder, tmp_path):
    assert key.is_current(folder, {"inputs": "a"})
    assert not key.is_current(folder, {"inputs": "b"})
    assert not key.is_current(tmp_path / "nowhere", {"inputs": "a"})


def test_a_report_that_was_altered_or_lost_a_file_is_not_current(folder):
    (folder / "data/facts.csv").write_bytes(b"other")
    assert not key.is_current(folder, {"inputs": "a"})
    (folder / "data/facts.csv").unlink()
    assert not key.is_current(folder, {"inputs": "a"})


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"outputs": {}}'])
def test_a_record_that_says_nothing_makes_no_report_current(folder, text):
    (folder / key.RECORD).write_text(text, "utf-8")
    assert not key.is_current(folder, {"inputs": "a"})
