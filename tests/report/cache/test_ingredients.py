"""Ingredients: whatever changes a notebook's outputs changes its key, and nothing else does."""

import json
import os
import shutil

import nbformat
import pytest

from casebound.report.cache import ingredients as ingredients_module
from casebound.report.cache import reach
from casebound.report.cache.ingredients import Surroundings, ingredients, key_of, reach_of

PARAMETERS = {"case": "dairy-2031", "as_of": "", "sources": ""}
SETUP = "from casebound.facts.ledger.ledger import load\n\nledger = load(case, as_of, sources)"
TABLE = "from casebound.pages import tables\n\ntables.glossary(ledger)"
PROSE = 'from casebound.pages import narrative\n\nnarrative.section(ledger, "timeline")'
FIGURE = "from casebound.pages import figures\n\nfigures.matrix(ledger)"


PARAMETERS_CELL = 'case = "dairy-2031"\nas_of = ""\nsources = ""'
NOTEBOOKS = {"table": [SETUP, TABLE], "prose": [SETUP, PROSE], "figure": [SETUP, FIGURE]}


@pytest.fixture(scope="module")
def project(make_project):
    """A project, and a package of its own in it, that every test leaves as it was."""
    project = make_project(chapters=())
    package = project.root / "src" / "casebound"
    shutil.copytree(reach.PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    for name, sources in NOTEBOOKS.items():
        cells = [nbformat.v4.new_markdown_cell("# Title"), nbformat.v4.new_code_cell(PARAMETERS_CELL)]
        cells[1].metadata.tags = ["parameters"]
        cells += map(nbformat.v4.new_code_cell, sources)
        nbformat.write(nbformat.v4.new_notebook(cells=cells), project.root / "notebooks" / f"10-{name}.ipynb")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASEBOUND_ROOT", str(project.root))
        patch.setattr(reach, "PACKAGE", package)
        patch.setattr(ingredients_module, "PACKAGE", package)
        yield project


@pytest.fixture
def keys(project):
    """Return a function that gives the key of every notebook; one shows a table, one prose, one a figure."""

    def of_all(**other):
        around = Surroundings({**PARAMETERS, **other})
        paths = {name: project.root / "notebooks" / f"10-{name}.ipynb" for name in NOTEBOOKS}
        return {name: key_of(ingredients(path, reach_of(path, around), around)) for name, path in paths.items()}

    return of_all


@pytest.fixture
def kept(project):
    """Return a function from a file to its path; the file is put back afterwards."""
    before = {}

    def of(name):
        path = project.path(name)
        before[path] = path.read_bytes() if path.exists() else None
        return path

    yield of
    for path, content in before.items():
        path.write_bytes(content) if content is not None else path.unlink()


def changed(before, after):
    return {name for name in before if before[name] != after[name]}


@pytest.mark.parametrize(
    ("file", "which"),
    [
        ("data/dairy-2031/timeline.yaml", {"table", "prose", "figure"}),
        ("data/dairy-2031/sources.yaml", {"table", "prose", "figure"}),
        ("data/dairy-2031/evidence.lock", {"table", "prose", "figure"}),
        ("data/terms.yaml", {"table", "prose", "figure"}),
        ("data/jlr-2025/costs.yaml", set()),
        ("requirements.lock", {"table", "prose", "figure"}),
        ("notebooks/helpers.py", {"table", "prose", "figure"}),
        ("notebooks/10-table.ipynb", set()),
        ("notebooks/90-x.ipynb", set()),
        ("articles/article.txt", set()),
        ("src/casebound/facts/ledger.py", {"table", "prose", "figure"}),
        ("src/casebound/paths.py", {"table", "prose", "figure"}),
        ("src/casebound/fonts/OFL.txt", {"table", "prose", "figure"}),
        ("src/casebound/pages/tables/costs.py", {"table", "figure"}),
        ("src/casebound/pages/narrative.py", {"prose"}),
        ("src/casebound/pages/figures/ladder.py", {"figure"}),
        ("src/casebound/report/execution/kernels.py", {"table", "prose", "figure"}),
        ("src/casebound/report/html/exporter.py", set()),
        ("src/casebound/report/html/templates/report.css", set()),
        ("src/casebound/cli.py", set()),
    ],
)
def test_a_changed_file_changes_the_keys_of_those_that_can_reach_it(kept, keys, file, which):
    before, path = keys(), kept(file)
    with path.open("ab") as file:
        file.write(b"\n")
    assert changed(before, keys()) == which


@pytest.mark.parametrize(
    ("old", "new", "which"),
    [
        ("saw the first odd logins", "noticed the first odd logins", {"prose"}),
        ("emptied the firm's order books", "emptied the order books", set()),
        ("# Timeline\n", "\n\n# Timeline\n", set()),  # the place of a section is no part of it
    ],
)
def test_prose_counts_where_it_is_shown(project, kept, keys, old, new, which):
    before = keys()
    kept("narrative.md")
    project.edit("narrative.md", old, new)
    assert changed(before, keys()) == which


@pytest.mark.parametrize("other", [{"as_of": "2031-03-20"}, {"sources": "quill-2031-03-20"}])
def test_other_parameters_are_other_keys(keys, other):
    assert changed(keys(), keys(**other)) == {"table", "prose", "figure"}


@pytest.mark.parametrize("variable", ["PYTHONPATH", "MATPLOTLIBRC", "TZ", "LC_ALL"])
def test_a_variable_that_may_change_an_output_changes_the_keys(keys, monkeypatch, variable):
    before = keys()
    monkeypatch.setenv(variable, "x")
    assert changed(before, keys()) == {"table", "prose", "figure"}


def test_another_python_another_distribution_and_another_place_change_the_keys(keys, monkeypatch):
    seen = [keys()["table"]]
    with monkeypatch.context() as patch:
        patch.setattr("sys.version", "4.0")
        seen.append(keys()["table"])
    with monkeypatch.context() as patch:
        patch.setattr("casebound.report.cache.fingerprints.distributions", lambda: {"pandas 9": "x"})
        seen.append(keys()["table"])
    assert len(set(seen)) == 3 and keys()["table"] == seen[0]


def test_times_change_no_key(project, keys):
    before = keys()
    for path in project.root.rglob("*.*"):
        os.utime(path, (1, 1))
    assert keys() == before


@pytest.mark.parametrize(
    ("edit", "differs"),
    [
        (lambda cells: cells[2].update(source=["ledger = 1"]), True),
        (lambda cells: cells[2]["metadata"].update(tags=["raises-exception"]), True),
        (lambda cells: cells.insert(2, cells.pop()), True),
        (lambda cells: cells.pop(), True),
        (lambda cells: cells[0].update(source="# Another title"), False),
        (lambda cells: cells.insert(3, cells.pop(0)), False),
        (lambda cells: cells[2].update(source="".join(cells[2]["source"])), False),
    ],
    ids=["source", "tags", "order", "fewer", "Markdown", "Markdown elsewhere", "the same in another form"],
)
def test_code_cells_count_and_markdown_does_not(kept, keys, edit, differs):
    before, path = keys(), kept("notebooks/10-table.ipynb")
    notebook = json.loads(path.read_text("utf-8"))
    edit(notebook["cells"])
    path.write_text(json.dumps(notebook), "utf-8")
    assert changed(before, keys()) == ({"table"} if differs else set())


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"cells": [7]}', '{"cells": [{"cell_type": "code"}]}'])
def test_a_notebook_that_cannot_be_read_runs_always(project, content):
    path = project.root / "notebooks" / "45-x.ipynb"
    path.write_text(content, "utf-8")
    assert reach_of(path, Surroundings(PARAMETERS)).not_plain == ("it is no notebook that can be read",)
    path.unlink()
    assert reach_of(path, Surroundings(PARAMETERS)).not_plain == ("it is no notebook that can be read",)


def test_a_notebook_with_the_parameters_of_an_earlier_run_runs_always(project):
    cell = nbformat.v4.new_code_cell("case = 'x'", metadata={"tags": ["injected-parameters"]})
    path = project.root / "notebooks" / "45-x.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)
    assert reach_of(path, Surroundings(PARAMETERS)).not_plain == ("it holds the parameters of an earlier run",)
    path.unlink()
