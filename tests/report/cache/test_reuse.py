"""Reuse: a notebook is run again only if something that it depends on has changed, and shows what it would show."""

import shutil

import nbformat
import pytest

from casebound.facts.problems import CaseError
from casebound.report.cache import store
from casebound.report.cache.reuse import Notebook, keep
from casebound.report.cache.why import why
from casebound.report.errors import NotebookError
from casebound.report.evidence.extract import extract
from casebound.report.execution.kernels import Kernels, executed

PARAMETERS = {"case": "dairy-2031", "as_of": "2031-03-20", "sources": ""}
GIVEN = 'case = "dairy-2031"\nas_of = ""\nsources = ""'
SETUP = "from casebound.facts.ledger.ledger import load\nfrom casebound.pages import narrative, tables\n\n"
SETUP += "ledger = load(case, as_of, sources)"
PLAIN, OTHER = f"{SETUP}\ntables.phases(ledger)", f"{SETUP}\ntables.durations(ledger)"
TOLD = ("narrative.key_facts(ledger)", 'narrative.section(ledger, "timeline")', 'narrative.section(ledger, "order");')


@pytest.fixture
def notebook(project):
    """Return a function that writes a notebook of Markdown (`# …`) and code cells."""
    path = project.root / "notebooks" / "45-mine.ipynb"

    def written(*sources, parameters=None):
        cells = [
            nbformat.v4.new_markdown_cell(s) if s.startswith("#") else nbformat.v4.new_code_cell(s) for s in sources
        ]
        if parameters is not None:
            cells[parameters].metadata.tags = ["parameters"]
        nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
        return path

    return written


@pytest.fixture
def run(project, warm):
    """Return a function that runs a notebook with its parameters."""
    return lambda one: executed(one.path, Kernels(one.parameters, warm), project.root / "failed")


@pytest.fixture
def built(run):
    """Return a function that builds a notebook as `make report` does; `ran` says how often it had to run."""

    def build(path, **other):
        one = Notebook(path, {**PARAMETERS, **other})
        if kept := one.kept():
            found = kept.restated(extract(**one.parameters, prose=kept.outdated).prose)
        else:
            build.ran += 1
            ran = one.run(lambda: run(one))
            keep([ran])
            found = ran.executed.notebook
        return [(cell.id, cell.cell_type, cell.source, cell.get("outputs")) for cell in found.cells]

    build.ran = 0
    return build


ALWAYS = "It runs in every build, for the cache keeps plain notebooks only:"


def said(**other):
    return why("45-mine", {**PARAMETERS, **other})


@pytest.mark.parametrize("parameters", [1, None], ids=["after its parameters", "at its top"])
def test_kept_outputs_are_what_a_run_gives_cell_by_cell(notebook, built, parameters):
    given = [GIVEN] if parameters else []
    path = notebook("# One", *given, "# Two", PLAIN, "# Three", "tables.order(ledger)", parameters=parameters)
    first = built(path)
    assert any("injected" in str(cell) or "2031-03-20" in cell[2] for cell in first)
    assert built(path) == first
    assert built.ran == 1


def test_edited_markdown_shows_without_a_run(notebook, built):
    before = built(notebook("# One", PLAIN, "# Two"))
    after = built(notebook("# New", "# One and a half", PLAIN))
    assert built.ran == 1
    assert [cell[2] for cell in after if cell[1] == "markdown"] == ["# New", "# One and a half"]
    assert [cell[3] for cell in after if cell[3]] == [cell[3] for cell in before if cell[3]]


# Prose that a notebook only shows


@pytest.mark.parametrize(
    ("moment", "item"), [("", "**{stop.length}** lay"), ("2031-03-20", "**1 April 2031** was")], ids=["all", "then"]
)
def test_prose_is_laid_out_anew_without_a_run_and_as_a_run_shows_it(notebook, built, project, moment, item):
    path = notebook(GIVEN, SETUP, *TOLD, "tables.phases(ledger)", parameters=0)
    before = built(path, as_of=moment)
    project.edit("narrative.md", item, f"{item} indeed")
    project.edit("narrative.md", "The firm saw the first odd logins", "The firm *met* the first odd logins")
    project.edit("narrative.md", "Only this order is certain", "But this order is certain")
    told = ["section “key facts”", "section “order”", "section “timeline”"]
    head = "It would not run now; of what it shows only prose differs, which is laid out anew:"
    assert said(as_of=moment)[-4:] == [head, *(f"    {one}" for one in told)]
    after = built(path, as_of=moment)
    assert built.ran == 1
    assert " indeed " in str(after) and "*met*" in str(after) and after != before
    assert built(path, as_of=moment) == after  # what is kept is still what the run gave
    for kept in store.folder().iterdir():
        kept.unlink()
    assert built(path, as_of=moment) == after
    assert built.ran == 2


FORMS = [
    "narrative.section(ledger, 'timeline')  # its beginning;",
    'narrative.section(ledger, "time" "line")',
    'narrative.section(\n    ledger, """order"""\n)',
    "narrative.section(ledger, 'key facts')",
    "narrative.key_facts(ledger)",
]


def test_prose_in_any_form_of_a_call_is_laid_out_as_a_run_shows_it(notebook, built, project):
    path = notebook(GIVEN, SETUP, *FORMS, parameters=0)
    built(path, as_of="")
    project.edit("narrative.md", "The firm saw the first odd logins", "The firm *saw*\N{LINE SEPARATOR}odd logins –")
    project.edit("narrative.md", "Only this order is certain", "This is “certain”")
    key_facts, rest = project.text("narrative.md").split("# Summary")  # of the first none is left
    text = key_facts.replace("].", "; until @churns-stopped].") + "# Summary" + rest
    project.path("narrative.md").write_text(text, "utf-8")
    after = built(path, as_of="")
    assert built.ran == 1 and "'items': []" in str(after)
    shutil.rmtree(store.folder())
    assert built(path, as_of="") == after and built.ran == 2


@pytest.mark.parametrize("kind", ["markdown", "raw"])
def test_a_cell_that_is_no_code_among_the_parameters_runs_in_every_build(notebook, built, project, kind):
    path = notebook(GIVEN, SETUP, *TOLD, parameters=0)
    text = nbformat.read(path, as_version=4)
    made = nbformat.v4.new_markdown_cell if kind == "markdown" else nbformat.v4.new_raw_cell
    text.cells.insert(0, made("# Mine", metadata={"tags": ["parameters"]}))  # behind which papermill puts them
    text.cells[1].source = 'case = "dairy-2031"\nas_of = "2031-03-24"\nsources = ""'
    nbformat.write(text, path)
    before = built(path)
    project.edit("narrative.md", "The firm saw", "The firm met")
    assert "a cell that is no code has the tag “parameters”" in said()[-1]
    assert built(path) != before and built.ran == 2


def test_of_a_section_that_is_gone_the_case_says_so_and_what_was_kept_still_serves(notebook, built, project):
    path = notebook(GIVEN, SETUP, *TOLD, parameters=0)
    before = built(path)
    project.edit("narrative.md", "# Timeline", "# Times")
    with pytest.raises(CaseError, match="no section 'timeline'"):
        built(path)
    project.edit("narrative.md", "# Times", "# Timeline, or not")
    project.edit("narrative.md", "# Timeline, or not", "# Timeline")
    assert built(path) == before and built.ran == 1


def test_a_notebook_runs_again_where_more_than_the_prose_that_it_shows_has_changed(notebook, built, project):
    path = notebook(GIVEN, SETUP, *TOLD, parameters=0)
    built(path)
    project.edit("narrative.md", "The firm saw", "The firm met")
    project.edit("timeline.yaml", "label: Churns stop", "label: Churns stop turning")
    built(path)
    assert built.ran == 2


@pytest.mark.parametrize(
    "more",
    ["ledger.facts", "_.markdown", "len(narrative.section(ledger, 'timeline').markdown)", "as_of = '2031-03-24'"],
)
def test_a_notebook_that_does_more_than_show_runs_in_every_build(notebook, built, more):
    path = notebook(GIVEN, SETUP, *TOLD, more, parameters=0)
    assert built(path) == built(path) and built.ran == 2
    assert said()[-2:] == [ALWAYS, f"    code cell 6: {more}"]


def test_why_says_what_made_a_notebook_run_and_what_would_now(notebook, built, project):
    path = notebook(PLAIN)
    assert said() == [
        "It has not run with these parameters.",
        "It would run now because:",
        "    nothing is kept of an earlier run with these parameters",
    ]
    built(path)
    assert said()[2] == "It would not run now: its outputs are kept, and nothing that they depend on differs."
    project.edit("timeline.yaml", "label: Churns stop", "label: Churns stop turning")
    notebook(OTHER)
    would = ["    its code cells changed", "    data/dairy-2031/timeline.yaml changed"]
    assert said()[-3:] == ["It would run now because:", *would]
    built(path)
    assert said()[:-1] == ["It ran the last time because:", *would]
    project.edit("timeline.yaml", "label: Churns stop turning", "label: Churns stop")
    notebook(PLAIN)
    built(path)  # what was kept of the first state serves again
    assert built.ran == 2
    assert said()[:-1] == ["It ran the last time because:", *would]


def test_why_names_files_that_came_and_went(notebook, built, project):
    path = notebook(PLAIN)
    built(path)
    (project.root / "notebooks" / "helpers.py").touch()
    project.path("context.yaml").unlink()
    assert said()[-2:] == ["    data/dairy-2031/context.yaml is gone", "    notebooks/helpers.py is new"]


def test_a_notebook_whose_kept_outputs_are_damaged_runs_again(notebook, built, capsys):
    path = notebook(PLAIN)
    first = built(path)
    kept = store.folder() / Notebook(path, PARAMETERS).key
    kept.write_bytes(kept.read_bytes()[:-5])
    assert built(path) == first and built.ran == 2
    assert "damaged" in capsys.readouterr().err
    kept.unlink()
    assert said()[-1] == "    the cache no longer holds its outputs"


def test_a_notebook_that_reads_the_clock_runs_in_every_build_and_why_says_so(notebook, built):
    path = notebook("# Mine", 'import pandas as pd\npd.Timestamp("now")')
    assert built(path) != built(path) and built.ran == 2
    why_it_runs = ["    code cell 1: import pandas as pd", "    code cell 1: pd.Timestamp('now')"]
    assert said() == ["It ran the last time because:", *why_it_runs, ALWAYS, *why_it_runs]


def test_a_failed_notebook_is_not_kept(notebook, built):
    path = notebook("1 / 0")
    for _ in range(2):
        with pytest.raises(NotebookError):
            built(path)
    assert built.ran == 2 and not store.folder().exists()


def test_what_is_edited_while_a_notebook_runs_keeps_its_outputs_out_of_the_cache(notebook, run, project):
    path = notebook(PLAIN)
    one = Notebook(path, PARAMETERS)

    def edited_meanwhile():
        project.edit("timeline.yaml", "label: Churns stop", "label: Churns stop turning")
        return run(one)

    keep([one.run(edited_meanwhile)])
    assert store.read(one.key) is None
    assert Notebook(path, PARAMETERS).kept() is None


def test_how_long_the_last_run_took_is_known_until_the_next(notebook, built):
    path = notebook(PLAIN)
    assert Notebook(path, PARAMETERS).seconds == float("inf")
    built(path)
    took = Notebook(path, PARAMETERS).seconds
    built(path)  # from what was kept
    assert built.ran == 1 and 0 < Notebook(path, PARAMETERS).seconds == took < 60
    built(notebook("import time\ntime.sleep(0.5)"))
    assert took != Notebook(path, PARAMETERS).seconds >= 0.5


def test_what_is_edited_just_before_it_is_taken_from_the_cache_runs(notebook, built):
    path = notebook(PLAIN)
    built(path)
    one = Notebook(path, PARAMETERS)
    notebook(PLAIN, OTHER)
    assert one.kept() is None


def test_why_says_that_a_build_was_told_to_run_every_notebook(notebook, built, run):
    path = notebook(PLAIN)
    built(path)
    one = Notebook(path, PARAMETERS)
    keep([one.run(lambda: run(one))])
    assert said()[1] == "    the build was told to run every notebook"


def test_an_unknown_notebook_is_refused_with_the_nearest(project):
    with pytest.raises(Exception, match="did you mean '10-timeline'"):
        why("10-timelin", PARAMETERS)
