"""Fingerprints: a report is current as long as what it was made from, and it itself, is the same in content."""

import json
import os
from importlib.metadata import version

import pytest

from casebound import paths
from casebound.report.cache import fingerprints

PARAMETERS = {"case": "dairy-2031", "as_of": "", "sources": ""}


def inputs(**other):
    return fingerprints.inputs("dairy-2031", {**PARAMETERS, **other})


@pytest.mark.parametrize(
    "name",
    [
        *("data/dairy-2031/timeline.yaml", "data/dairy-2031/narrative.md", "data/dairy-2031/evidence.lock"),
        *("data/terms.yaml", "notebooks/10-timeline.ipynb", "requirements.lock"),
    ],
)
def test_a_changed_input_changes_the_fingerprint(project, name):
    before, path = inputs(), project.root / name
    content = path.read_bytes()
    path.write_bytes(content + b"\n")
    assert inputs() != before
    path.write_bytes(content)
    assert inputs() == before


def test_a_file_that_comes_goes_or_changes_its_name_changes_the_fingerprint(project):
    seen = [inputs()]
    notebook = project.root / "notebooks" / "45-my-question.ipynb"
    notebook.write_text("{}", "utf-8")
    seen.append(inputs())
    seen_under = notebook.rename(notebook.with_name("46-my-question.ipynb"))
    seen.append(inputs())
    assert len(set(seen)) == 3
    seen_under.unlink()
    assert inputs() == seen[0]


@pytest.mark.parametrize("other", [{"as_of": "2031-03-20"}, {"sources": "quill-2031-03-20"}])
def test_other_parameters_have_another_fingerprint(project, other):
    assert inputs(**other) != inputs()


def test_times_and_what_belongs_to_no_report_change_nothing(project):
    before = inputs()
    for path in project.root.rglob("*.yaml"):
        os.utime(path, (1, 1))
    project.edit("data/jlr-2025/case.yaml", "subject: Jaguar", "subject: the Jaguar")
    (project.root / "notebooks" / "draft.ipynb").write_text("{}", "utf-8")
    (project.root / "notebooks" / ".ipynb_checkpoints").mkdir()
    (project.root / "notebooks" / ".ipynb_checkpoints" / "10-timeline.ipynb").write_text("{}", "utf-8")
    (project.root / "data" / "dairy-2031" / ".ipynb_checkpoints").mkdir()
    (project.root / "data" / "dairy-2031" / ".ipynb_checkpoints" / "x").write_text("x", "utf-8")
    assert inputs() == before


def test_the_place_of_the_project_does_not_matter(project, make_project, monkeypatch):
    before = inputs()
    monkeypatch.setenv("CASEBOUND_ROOT", str(make_project().root))
    assert inputs() == before


def test_notebooks_are_those_that_begin_with_a_number_in_order(project):
    (project.root / "notebooks" / "45-my-question.ipynb").write_text("{}", "utf-8")
    (project.root / "notebooks" / "Untitled.ipynb").write_text("{}", "utf-8")
    names = [path.name for path in paths.notebooks()]
    assert names == sorted(names)
    assert "45-my-question.ipynb" in names and "Untitled.ipynb" not in names


def test_a_module_that_a_notebook_may_import_beside_it_changes_the_fingerprint(project):
    before = inputs()
    (project.root / "notebooks" / "helpers.py").write_text("answer = 42", "utf-8")
    assert inputs() != before


def test_every_installed_distribution_is_known_by_name_version_and_content():
    seen = fingerprints.distributions()
    assert f"pandas {version('pandas')}" in seen and f"pytest {version('pytest')}" in seen


def test_a_distribution_that_comes_or_changes_without_a_new_version_changes_the_tools(tmp_path, monkeypatch):
    before = fingerprints.tools()
    info = tmp_path / "sour_milk-1.0.dist-info"
    info.mkdir()
    monkeypatch.syspath_prepend(str(tmp_path))
    seen = {before}
    for record in ("sour_milk.py,sha256=a,1\nsour_milk-1.0.dist-info/RECORD,,\n", "sour_milk.py,sha256=b,1\n"):
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: sour-milk\nVersion: 1.0\n", "utf-8")
        (info / "RECORD").write_text(record, "utf-8")
        seen.add(fingerprints.tools())
    (info / "RECORD").unlink()  # conda and Debian install without one
    assert "sour-milk 1.0" in fingerprints.distributions()
    assert len(seen) == 3


# Whether a report is current


@pytest.fixture
def folder(tmp_path):
    """A report's folder as a build leaves it."""
    outputs = {"report.html": b"<html>", "data/facts.csv": b"fact\n"}
    for name, content in {**outputs, fingerprints.RECORD: fingerprints.record({"inputs": "a"}, outputs)}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    return tmp_path


def test_a_report_is_current_as_it_was_made(folder):
    assert fingerprints.is_current(folder, {"inputs": "a"})
    assert not fingerprints.is_current(folder, {"inputs": "b"})


@pytest.mark.parametrize("name", ["report.html", "data/facts.csv"])
def test_a_report_that_was_touched_or_lost_a_file_is_not_current(folder, name):
    (folder / name).write_bytes(b"other")
    assert not fingerprints.is_current(folder, {"inputs": "a"})
    (folder / name).unlink()
    assert not fingerprints.is_current(folder, {"inputs": "a"})


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"outputs": {}}', "7", "null"])
def test_a_record_that_says_nothing_makes_no_report_current(folder, text):
    (folder / fingerprints.RECORD).write_text(text, "utf-8")
    assert not fingerprints.is_current(folder, {"inputs": "a"})


def test_where_there_is_no_report_none_is_current(tmp_path):
    assert not fingerprints.is_current(tmp_path / "nowhere", {"inputs": "a"})


def test_the_record_names_every_file_with_its_fingerprint(folder):
    outputs = json.loads((folder / fingerprints.RECORD).read_text("utf-8"))["outputs"]
    assert outputs == {name: fingerprints.of_file(folder / name) for name in ("data/facts.csv", "report.html")}
