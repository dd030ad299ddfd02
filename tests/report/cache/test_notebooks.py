"""Notebooks: one runs again only if something that its outputs depend on has changed, and shows what it would show."""

import copy
import re
import shutil
from functools import partial

import nbformat
import pytest

from casebound.facts.problems import CaseError
from casebound.report.cache import store
from casebound.report.cache.notebooks import Notebook, keep
from casebound.report.cache.why import why
from casebound.report.errors import NotebookError
from casebound.report.evidence.extract import extract
from casebound.report.execution.kernels import Kernels, executed

PARAMETERS = {"case": "dairy-2031", "as_of": "2031-03-20", "sources": ""}
GIVEN = 'case = "dairy-2031"\nas_of = ""\nsources = ""'
SETUP = "import casebound as cb\n\nledger = cb.load(case, as_of, sources)"
PLAIN, OTHER = f"{SETUP}\ncb.tables.phases(ledger)", f"{SETUP}\ncb.tables.durations(ledger)"
PROSE = ["cb.narrative.key_facts(ledger)", 'cb.narrative.section(ledger, "timeline")']


@pytest.fixture
def notebook(project):
    """Return a function that writes a notebook; see `Project.write`."""
    return partial(project.write, "45-mine")


@pytest.fixture
def run(project, warm):
    """Return a function that runs a notebook with its parameters."""
    return lambda one: executed(one.path, Kernels(one.parameters, warm), project.root / "failed")


def shown(notebook):
    return [(cell.id, cell.cell_type, cell.source, cell.get("outputs")) for cell in notebook.cells]


@pytest.fixture
def built(run):
    """Return a function that builds a notebook as `make report` does; `ran` holds what each run gave."""

    def build(path, **other):
        one = Notebook(path, {**PARAMETERS, **other})
        prose = extract(**one.parameters, prose=sorted(one.prose)).prose
        if (found := one.kept()) is None:
            build.ran.append(None)
            found = one.run(lambda: run(one))
            build.ran[-1] = shown(copy.deepcopy(found))
            found = one.with_prose(found, prose)
            keep([one])
        return shown(one.with_prose(found, prose))

    build.ran = []
    return build


def said(**other):
    return why("45-mine", {**PARAMETERS, **other})


@pytest.mark.parametrize("tagged", [1, None], ids=["after its parameters", "at its top"])
def test_kept_outputs_are_what_a_run_gives_cell_by_cell(notebook, built, tagged):
    given = [] if tagged is None else [GIVEN]
    path = notebook("# One", *given, "# Two", PLAIN, "# Three", "cb.tables.order(ledger)", *PROSE, tagged=tagged)
    assert built(path) == built(path) == built.ran[0]
    assert len(built.ran) == 1 and "2031-03-20" in built.ran[0][0 if tagged is None else 2][2]


def test_edited_markdown_shows_without_a_run(notebook, built):
    before = built(notebook("# One", PLAIN, "# Two"))
    after = built(notebook("# New", "# One and a half", PLAIN))
    assert len(built.ran) == 1
    assert [cell[2] for cell in after if cell[1] == "markdown"] == ["# New", "# One and a half"]
    assert [cell[3] for cell in after if cell[3]] == [cell[3] for cell in before if cell[3]]


@pytest.mark.parametrize(
    ("edit", "runs"),
    [
        (lambda cells: cells[2].update(source=OTHER), True),
        (lambda cells: cells[2].metadata.update(tags=["mine"]), True),
        (lambda cells: cells.insert(2, cells.pop()), True),
        (lambda cells: cells.pop(), True),
        (lambda cells: cells.insert(3, cells.pop(0)), False),
    ],
    ids=["source", "tags", "order", "fewer", "Markdown elsewhere"],
)
def test_code_cells_are_in_the_key_with_tags_and_order(notebook, edit, runs):
    path = notebook("# One", GIVEN, PLAIN, "cb.tables.order(ledger)", tagged=1)
    before, made = Notebook(path, PARAMETERS), nbformat.read(path, as_version=4)
    edit(made.cells)
    nbformat.write(made, path)
    assert (Notebook(path, PARAMETERS).key != before.key) is runs


# Prose, which the build lays out

FORMS = [
    *PROSE,
    'cb.narrative.section(ledger, "recovery");',
    "cb.narrative.section(ledger, 'timeline')  # its beginning;",
    'cb.narrative.section(ledger, "time" "line")',
    'cb.narrative.section(\n    ledger, """recovery"""\n)',
    "cb.narrative.section(ledger, 'key facts')",
]


@pytest.mark.parametrize("moment", ["", "2031-03-20"], ids=["all", "then"])
def test_prose_is_laid_out_without_a_run_and_as_a_run_shows_it(notebook, built, project, moment):
    path = notebook(GIVEN, SETUP, *FORMS, "cb.tables.phases(ledger)", tagged=0)
    before = built(path, as_of=moment)
    assert before == built.ran[0] and before[5][3] == []  # a cell that ends in `;` shows nothing
    project.edit("narrative.md", "The firm saw the first odd logins", "The firm *saw*\N{LINE SEPARATOR}odd logins –")
    project.edit("narrative.md", "only this order certain", "only this order “certain”")
    before_them, key_facts, rest = re.split("# Key facts|# Sure", project.text("narrative.md"))  # of them none is left
    key_facts = key_facts.replace("].", "; until @churns-stopped].")
    project.path("narrative.md").write_text(f"{before_them}# Key facts{key_facts}# Sure{rest}")
    assert said(as_of=moment)[-1].startswith("It would not run now: ")
    after = built(path, as_of=moment)
    assert len(built.ran) == 1 and "*saw*" in str(after)
    assert moment or ("“certain”" in str(after) and "bear out nothing that is said there" in str(after))
    shutil.rmtree(store.folder())
    assert built(path, as_of=moment) == after == built.ran[1]


def test_what_is_kept_holds_no_prose_and_what_the_last_build_laid_out_is_not_in_the_next(notebook, built, project):
    path = notebook(GIVEN, SETUP, *PROSE, "cb.tables.phases(ledger)", tagged=0)
    assert "odd logins" in str(built(path))
    kept = store.read(Notebook(path, PARAMETERS).key)
    assert [[one.get("data") for one in cell["outputs"]] for cell in kept[3:5]] == [[{}], [{}]]
    assert "The phases of the case" in str(kept) and "odd logins" not in str(kept)


def test_a_section_that_is_gone_is_omitted_and_what_was_kept_still_serves(notebook, built, project):
    path = notebook(GIVEN, SETUP, *PROSE, tagged=0)
    before = built(path)
    project.edit("narrative.md", "# Timeline", "# Times")
    assert "nobody wrote it" in str(built(path))
    project.edit("narrative.md", "# Times", "# Timeline")
    assert built(path) == before and len(built.ran) == 1


@pytest.mark.parametrize("more", ["ledger.facts", "_.markdown", "as_of = '2031-03-24'"])
def test_a_notebook_that_is_not_plain_runs_in_every_build_and_shows_what_its_run_gave(notebook, built, more):
    path = notebook(GIVEN, SETUP, *PROSE, more, tagged=0)
    assert built(path) == built(path) == built.ran[1] and len(built.ran) == 2
    always = "It runs in every build, for the cache keeps plain notebooks only:"
    reasons = [f"    code cell 5: {more}"]
    assert said() == ["It ran the last time because:", *reasons, always, *reasons]


# Why


def test_why_says_what_made_a_notebook_run_and_what_would_now(notebook, built, project):
    path = notebook(PLAIN)
    nothing = "    nothing is kept of an earlier run with these parameters"
    assert said() == ["It has not run with these parameters.", "It would run now because:", nothing]
    built(path)
    not_now = "It would not run now: its outputs are kept, and nothing that they depend on differs."
    assert said() == ["It ran the last time because:", nothing, not_now]
    project.edit("timeline.yaml", "label: Churns stop", "label: Churns stop turning")
    (project.root / "notebooks" / "helpers.py").touch()
    context = project.text("context.yaml")
    project.path("context.yaml").unlink()
    would = ["its code cells changed", "data/dairy-2031/context.yaml is gone"]
    would += ["data/dairy-2031/timeline.yaml changed", "notebooks/helpers.py is new"]
    notebook(OTHER)
    assert said()[2:] == ["It would run now because:", *(f"    {line}" for line in would)]
    project.path("context.yaml").write_text(context, "utf-8")
    built(path)
    would.remove("data/dairy-2031/context.yaml is gone")
    assert said() == ["It ran the last time because:", *(f"    {line}" for line in would), not_now]
    project.edit("timeline.yaml", "label: Churns stop turning", "label: Churns stop")
    (project.root / "notebooks" / "helpers.py").unlink()
    notebook(PLAIN)
    built(path)  # what was kept of the first state serves again
    assert len(built.ran) == 2 and said()[-1] == not_now


def test_why_says_that_a_build_was_told_to_run_every_notebook(notebook, built, run):
    path = notebook(PLAIN)
    built(path)
    one = Notebook(path, PARAMETERS)
    one.run(lambda: run(one))
    keep([one])
    assert said()[1] == "    the build was told to run every notebook"


def test_an_unknown_notebook_is_refused_with_the_nearest(project):
    with pytest.raises(CaseError, match="did you mean '10-timeline'"):
        why("10-timelin", PARAMETERS)


# What is not kept, or no more


def test_a_notebook_whose_kept_outputs_are_damaged_or_gone_runs_again(notebook, built, capsys):
    path = notebook(PLAIN)
    first = built(path)
    kept = store.folder() / Notebook(path, PARAMETERS).key
    kept.write_bytes(kept.read_bytes()[:-5])
    assert built(path) == first and len(built.ran) == 2
    assert capsys.readouterr().err.count("damaged") == 1
    assert said()[1] == "    the cache no longer holds its outputs"
    kept.unlink()
    assert said()[-1] == "    the cache no longer holds its outputs"


def test_a_failed_notebook_is_not_kept(notebook, built):
    path = notebook("1 / 0")
    for _ in range(2):
        with pytest.raises(NotebookError):
            built(path)
    assert len(built.ran) == 2 and not store.folder().exists()


def test_what_is_edited_while_a_notebook_runs_keeps_its_outputs_out_of_the_cache(notebook, run, project):
    one = Notebook(notebook(PLAIN), PARAMETERS)

    def edited_meanwhile():
        project.edit("timeline.yaml", "label: Churns stop", "label: Churns stop turning")
        return run(one)

    one.run(edited_meanwhile)
    keep([one])
    assert store.read(one.key) is None and Notebook(one.path, PARAMETERS).kept() is None


def test_what_is_edited_just_before_it_is_taken_from_the_cache_runs(notebook, built):
    path = notebook(PLAIN)
    built(path)
    one = Notebook(path, PARAMETERS)
    notebook(PLAIN, OTHER)
    assert one.kept() is None
