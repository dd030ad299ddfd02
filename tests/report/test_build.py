"""Build: real notebooks in real kernels, from the invented case to the files of a report."""

import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import nbformat
import pytest
import typst

from casebound.facts.problems import CaseError
from casebound.report import build
from casebound.report.build import Request, report
from casebound.report.errors import BuildProblems, NotebookError
from casebound.report.execution.forks import available
from casebound.report.progress import Progress

TWO = ("25-costs", "60-context")  # which run quickly
PDFS = ("report.pdf", "annex.pdf")
FILES = {
    "report.html",
    *PDFS,
    "build.json",
    "data/datapackage.json",
    "data/sources.json",
    *(f"data/{name}.csv" for name in ("facts", "evidence", "sources", "causes", "supersessions", "answers")),
}
# what the second article alone says, in any form in which a report might print it
LATER = [
    *("145", "April 8", "8 April", "Hill Post", "Ben Oak", "Nora Reed", "inside job", "first cheque", "22 March"),
    *("week later", "oak-2031-03-24", "works as before", "a3b711abf7839afa", "24 March", "opening-slips"),
]
READER_S_FIGURE = [
    "# How did it go?",
    "import matplotlib.pyplot as plt\nfrom casebound.pages import figures\n\n"
    "canvas, axes = plt.subplots(figsize=(3, 2))\naxes.plot([1, 3, 2])\n"
    'figures.show(canvas, alt="Up, then down.", caption="It went up, then down.")',
    "## What this cannot show\n\nAnything else.",
]


def files_in(folder):
    """Return the content of every file of a report, by name."""
    found = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if not name.startswith(".casebound")}


class Built:
    """A project that is built again and again; how far the last build came is kept."""

    def __init__(self, project, forks=None):
        self.project = project
        self.progress = Progress()
        self.forks = forks

    def __call__(self, preview=lambda page: None, **options):
        self.progress = Progress()
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("CASEBOUND_ROOT", str(self.project.root))
            return report(Request(self.project.case, **options), self.progress, self.forks, preview)

    def add(self, *cells, name="45-x"):
        """Add a notebook to the project."""
        return self.project.write(name, *cells)

    def rename(self):
        """Edit a label, so that every notebook has to run."""
        self.project.edit("timeline.yaml", 'label: "Caption: still', 'label: "Caption: very still')

    def falsify(self):
        """Make the case wrong: its prose states 210, which no fact bears out."""
        self.project.edit("narrative.md", "lost track of 120 village", "lost track of 210 village")

    @property
    def parts(self):
        """The parts of the last build that came to an end."""
        return [part for part, _ in self.progress.took]

    @property
    def folder(self):
        return self.project.root / "reports" / self.project.case

    def files(self):
        return files_in(self.folder)

    def page(self):
        return (self.folder / "report.html").read_text("utf-8")


@pytest.fixture(scope="module")
def full(make_project):
    """The invented case with every chapter and one of a reader's, built once."""
    built = Built(make_project())
    built.add(*READER_S_FIGURE, name="45-my-question")
    built.made = built()
    built.first = built.progress
    return built


@pytest.fixture(scope="module")
def first_two(make_project):
    """A project with two chapters, built once with forks that stay warm, and a copy of it."""
    project = make_project(chapters=TWO)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASEBOUND_ROOT", str(project.root))
        with Request(project.case).forks() as forks:
            Built(project, forks)()
            copy = shutil.copytree(project.root, project.root.with_name("copy"), symlinks=True)
            yield project, forks, copy


@pytest.fixture
def two(first_two, restore):
    """That project, which a test may change: it is put back, in its place, for what was kept fits no other."""
    project, forks, copy = first_two
    yield Built(project, forks)
    shutil.rmtree(project.root / "reports")
    restore(project.root, copy)


def text_of_print(folder):
    """The text of both PDFs."""
    if shutil.which("pdftotext") is None:
        pytest.skip("no pdftotext on this machine: the text of the PDFs is not looked at")
    texts = (subprocess.check_output(["pdftotext", folder / name, "-"], text=True) for name in PDFS)
    return "\n".join(texts)


def chapters_of(page):
    """The names of the chapters of the body, in order."""
    return [name for name in re.findall(r'<h2 id="([^"]+)"', page) if name[0].isdigit()]


def words_of(text):
    """A text with every run of white space as one blank, so that no line end hides a word."""
    return " ".join(text.replace("\u00ad", "").split())


# A report of every chapter


def test_a_build_makes_page_pdf_and_data(full):
    assert full.made.built and full.made.folder == full.folder
    assert set(full.files()) == FILES
    assert all(full.files()[name].startswith(b"%PDF-") for name in PDFS)
    assert full.page().lower().startswith("<!doctype html>")
    assert b"shops-lost-120" in full.files()["data/facts.csv"]


def test_findings_quotations_and_prose_are_in_page_and_pdf(full):
    page, printed = words_of(full.page()), words_of(text_of_print(full.folder))
    for words in ("49 to 67 days", "Robbed of its order books", "pulling every lever", "Was the firm insured?"):
        assert words in page and words in printed, words


def test_progress_counts_notebooks_and_names_every_part(full):
    chapters = [path.stem for path in (full.project.root / "notebooks").glob("*.ipynb")]
    assert full.first.done == full.first.notebooks == len(chapters)
    parts = [
        "what has changed",
        "imports",
        "checking the case",
        "evidence and data",
        "document",
        "HTML",
        "PDF",
        "annex",
    ]
    assert sorted(part for part, _ in full.first.took) == sorted([*parts, *chapters, "publishing"])


def test_nothing_is_left_behind_but_the_report_and_the_cache(full):
    assert {path.name for path in full.project.root.iterdir()} == {
        *("data", "notebooks", "articles", "reports", "requirements.lock", "pyproject.toml", ".cache")
    }
    assert {path.name for path in full.folder.parent.iterdir()} == {"dairy-2031"}
    notebook = json.loads((full.project.root / "notebooks" / "10-timeline.ipynb").read_text("utf-8"))
    assert not any(cell.get("outputs") for cell in notebook["cells"])


# What is built again, and what is not


def test_a_second_build_does_nothing(two):
    before = {path: path.stat().st_mtime_ns for path in two.folder.rglob("*")}
    for path in (two.project.root / "data").rglob("*.yaml"):
        os.utime(path)
    started = time.monotonic()
    assert not two().built
    assert time.monotonic() - started < 1
    assert two.parts == []
    assert {path: path.stat().st_mtime_ns for path in two.folder.rglob("*")} == before


def test_a_report_with_a_notebook_that_is_not_plain_is_built_each_time_and_only_that_notebook_runs(two):
    two.add("# When?", 'import pandas as pd\nprint(pd.Timestamp("now").value)')
    assert two().built
    first = re.search(r"\d{19}", two.page())[0]
    assert two().built
    assert re.search(r"\d{19}", two.page())[0] > first
    assert "45-x" in two.parts and not set(TWO) & set(two.parts)


def test_a_changed_fact_is_in_the_next_report(two):
    assert not two().built
    two.rename()
    assert two().built
    assert "Caption: very still" in two.page()
    assert not two().built


def test_a_report_that_was_altered_is_made_again(two):
    before = two.files()
    (two.folder / "report.html").write_text("altered", "utf-8")
    assert two().built
    assert two.files() == before


def test_a_reader_s_notebook_joins_the_report_and_leaves_it_again(two):
    before = two.files()
    code = 'import casebound as cb\n\ncb.load("dairy-2031").facts[["label", "status"]].head(3)'
    path = two.add("# Who lost most?", code, "## What this cannot show\n\nLoss is not counted here.")
    assert two().built
    page = two.page()
    assert "Who lost most?" in page and "First odd logins" in page and "Loss is not counted here." in page
    assert chapters_of(page) == [TWO[0], "45-x", TWO[1]]
    path.unlink()
    assert two().built
    assert "Who lost most?" not in two.page()
    assert two.files() == before


def test_a_cold_build_starts_every_kernel_itself_and_another_only_where_nothing_can_be_forked(two):
    two.add("# Mine", f"import os\n\nprint('fresh:', os.getppid() == {os.getpid()})")
    for cold in (True, False):
        assert two(cold=cold).built
        assert f"fresh: {cold or not available()}" in two.page()


# What goes wrong


def refused(built, error, **options):
    """What a build that must fail says; the report of before stays byte for byte."""
    before = built.files()
    with pytest.raises(error) as caught:
        built(**options)
    assert built.files() == before
    return str(caught.value)


def test_a_failing_notebook_stops_the_build_with_one_message_and_keeps_its_copy(two):
    path = two.add("# Who lost most?\n\n## The shops", "1 + 1", "### By town", "1 / 0", "## After")
    said = refused(two, NotebookError)
    assert said == "notebooks/45-x.ipynb: stopped under “By town”: ZeroDivisionError: division by zero"
    kept = two.project.root / ".cache" / "failed" / "dairy-2031" / path.name
    assert '"output_type": "error"' in kept.read_text("utf-8")
    path.unlink()
    of_another = kept.parents[1] / Request("dairy-2031", as_of="2031-03-20").failed_folder.name
    shutil.copytree(kept.parent, of_another)
    two.rename()
    assert two().built
    assert not kept.exists() and (of_another / kept.name).exists()


def test_what_ran_before_a_notebook_failed_is_kept(two):
    two.rename()
    path = two.add("1 / 0", name="99-mine")
    refused(two, NotebookError)
    ran = {"99-mine", *TWO} & set(two.parts)
    assert ran == {"99-mine", *TWO}
    path.unlink()
    assert two().built and not ran & set(two.parts)


def test_a_file_that_goes_while_it_is_looked_at_hides_no_other_problem(two, monkeypatch):
    def gone(_):
        raise FileNotFoundError("gone")

    monkeypatch.setattr("casebound.report.cache.notebooks.keep", gone)
    two.rename()
    assert two().built
    two.add("1 / 0")
    assert "ZeroDivisionError" in refused(two, NotebookError)


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("import os\n\nos._exit(3)", "the kernel died"),
        ("import sys\n\nsys.exit(0)", "stopped under “After”: the notebook ended before this cell"),
    ],
)
def test_a_notebook_that_ends_before_its_last_cell_is_refused(two, code, message):
    two.add("# Mine", code, "## After", "1 + 1")
    assert message in refused(two, NotebookError)


def test_warnings_are_for_whoever_runs_the_notebook_and_not_for_its_reader(two):
    two.add("# Mine", "import warnings\n\nwarnings.warn('sour milk ahead')\nprint('fresh milk')")
    assert two().built
    page = two.page()
    assert "fresh milk" in page and "UserWarning" not in page and "ipykernel" not in page


def test_a_reader_s_notebook_that_names_no_limit_keeps_that_of_the_report(two):
    two.add("# Mine", 'import casebound as cb\n\nprint(*cb.load("dairy-2031").facts.index)')
    made = two(as_of="2031-03-20T09:40")
    page = (made.folder / "report.html").read_text("utf-8")
    assert "churns-stopped" in page and "inside-job" not in page
    assert two().built and "inside-job" in two.page()


@pytest.mark.parametrize("code", ["import time\n\ntime.sleep(60)", "1 / 0"])
def test_a_case_that_is_wrong_ends_the_build_at_once_whatever_its_notebooks_do(two, code):
    two.falsify()
    two.add(code, name="05-x")
    began = time.monotonic()
    assert "the number “210”" in refused(two, CaseError)
    assert time.monotonic() - began < 45 and not {"HTML", "PDF", "annex", "publishing"} & set(two.parts)


def test_a_case_that_is_wrong_is_not_published_where_no_notebook_has_to_run(two):
    before = two.files()
    path = two.project.root / "notebooks" / f"{TWO[0]}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[0].source += "\n\nAs many as 210 villages were lost."
    nbformat.write(notebook, path)
    assert "states “210”" in refused(two, CaseError)
    assert two.progress.done == two.progress.notebooks and "publishing" not in two.parts
    assert two.files() == before


def edited_meanwhile(two, monkeypatch, times):
    """Edit the case during each of the first `times` builds; return the list to which every build adds an item."""
    builds, real = [], build.Building._outputs

    def outputs(*arguments):
        builds.append(len(builds))
        made = real(*arguments)
        if len(builds) <= times:
            path = two.project.root / "data" / two.project.case / "case.yaml"
            again = re.sub("^title: .*The", f"title: {'Again ' * (times + len(builds))}The", path.read_text("utf-8"))
            path.write_text(again, "utf-8")
        return made

    monkeypatch.setattr(build.Building, "_outputs", outputs)
    return builds


def test_the_page_can_be_seen_before_the_pdf_is_there_and_before_anything_is_published(two):
    seen, before = [], two.files()

    def preview(page):
        assert "publishing" not in two.parts and two.files() == before
        seen.append(page)

    assert two(preview, cached=False, as_of="").built
    assert seen == [two.files()["report.html"]]
    assert not two(preview).built and len(seen) == 1


def test_what_is_wrong_is_said_whatever_the_pdf_still_takes_and_the_page_is_never_seen(two, monkeypatch):
    two.falsify()
    ended, seen, compilations, real, call = threading.Event(), [], [], typst.compile, build.Forks.call

    def late(*arguments, **options):  # it is known only while the PDF is being set
        future = call(*arguments, **options)
        future.done = lambda: False
        return future

    monkeypatch.setattr(build.Forks, "call", late)

    def compiled(*arguments, **options):
        compilations.append(arguments)
        if len(compilations) > 1:  # the first is of nothing
            ended.wait(60)
        return real(*arguments, **options)

    monkeypatch.setattr(typst, "compile", compiled)
    began = time.monotonic()
    try:
        assert "the number “210”" in refused(two, CaseError, preview=seen.append)
        assert time.monotonic() - began < 45 and "document" in two.parts and not seen
    finally:
        ended.set()


@pytest.mark.parametrize("edited", [True, False])
def test_a_page_is_seen_only_while_what_was_checked_still_stands(two, monkeypatch, edited):
    pages, checks, call = [], [], build.Forks.call

    def called(forks, function, **arguments):
        future = call(forks, function, **arguments)
        if edited and function.endswith(":prove") and not checks:
            checks.append(future)
            result = future.result

            def checked():  # the case is edited right after it was checked
                result()
                if future.result is checked:
                    future.result = result
                    two.project.edit("case.yaml", "title: The", "title: Again the")

            future.result = checked
        return future

    monkeypatch.setattr(build.Forks, "call", called)
    assert two(pages.append, cached=False).built
    assert [page.decode() for page in pages] == [two.page()]
    assert ("Again the empty" in two.page()) is edited


def test_what_is_edited_while_it_is_built_is_built_again_but_not_forever(two, monkeypatch):
    builds = edited_meanwhile(two, monkeypatch, 1)
    assert two(cached=False).built and len(builds) == 2
    assert "Again The empty order books" in two.page() and not two().built
    builds = edited_meanwhile(two, monkeypatch, build.TRIES)
    assert "changed while the report was built" in refused(two, BuildProblems, cached=False)
    assert len(builds) == build.TRIES


@pytest.mark.parametrize(
    ("cells", "error"),
    [
        (["# Mine\n\nMilk came [@milk-came]."], CaseError),
        (["# X", 'import casebound.pages.display as d\n\nd.Prose("Milk [@milk-came].")'], BuildProblems),
    ],
)
def test_a_reader_s_citation_of_no_fact_is_refused_in_prose_and_in_what_a_cell_prints(two, cells, error):
    two.add(*cells)
    message = refused(two, error)
    assert "45-x" in message and "milk-came" in message
    assert not {"HTML", "PDF", "annex", "publishing"} & set(two.parts)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"as_of": "soon"}, "as_of: 'soon' is not a date"),
        ({"sources": "quill-2031-03-02"}, "did you mean 'quill-2031-03-20'?"),
        ({"sources": "oak-2031-03-24", "as_of": "2031-03-20"}, "nothing was known at 2031-03-20"),
    ],
)
def test_bad_parameters_are_refused_before_anything_is_bound(two, options, message):
    assert message in refused(two, CaseError, **options)
    assert not {"HTML", "PDF", "annex", "publishing"} & set(two.parts)
    assert [path.name for path in two.folder.parent.iterdir()] == ["dairy-2031"]


# As known at a moment, and from some sources


LIMITS = [{"as_of": "2031-03-20T09:40"}, {"sources": "quill-2031-03-20"}]


@pytest.fixture(scope="module", params=LIMITS, ids=["as_of", "sources"])
def limited(request, full):
    """The report of every chapter as it could have stood before the second article."""
    before = full.files()
    made = full(**request.param)
    after = full.files()
    assert {name: after[name] for name in before} == before
    return made


def test_a_limited_report_has_a_folder_of_its_own(full, limited):
    assert limited.built
    assert limited.folder.parent == full.folder.parent
    assert limited.folder.name in ("dairy-2031-as-of-2031-03-20T0940", "dairy-2031-sources-quill-2031-03-20")
    assert set(files_in(limited.folder)) == FILES
    page = (limited.folder / "report.html").read_text("utf-8")
    assert "29 to 47 days" in page and "49 to 67 days" not in page  # its findings of then


def text_of_page(folder):
    page = (folder / "report.html").read_text("utf-8")
    return re.sub(r'd="[^"]*"|data:[^"]*"|sha256-[^\']*|[0-9a-f]{40,}', "", page)  # drawings, fonts and fingerprints


def text_of_data(folder):
    return "".join(content.decode() for name, content in files_in(folder).items() if name.startswith("data/"))


@pytest.mark.parametrize("text_of", [text_of_page, text_of_print, text_of_data])
def test_a_limited_report_holds_no_word_of_a_source_that_is_left_out(full, limited, text_of):
    whole, kept = (words_of(text_of(folder).replace("\u00a0", " ")) for folder in (full.folder, limited.folder))
    assert not [words for words in LATER if words in kept]
    assert "120 village shops" in kept and sum(words in whole for words in LATER) > 8


def test_a_limited_pdf_s_metadata_are_of_its_own_moment(limited):
    pikepdf = pytest.importorskip("pikepdf", reason="pikepdf is not installed")
    for name in PDFS:
        document = pikepdf.open(limited.folder / name)
        about = str(dict(document.docinfo)) + str(document.Root.Metadata.read_bytes().decode())
        assert "20310320094000" in about
        assert not any(words in about for words in [*LATER, "20310324"])


@pytest.mark.parametrize("options", LIMITS)
def test_a_limited_report_is_not_built_twice(two, options):
    assert two(**options).built
    assert not two(**options).built


def test_the_folder_of_a_report_says_what_limits_it(project):
    assert Request("x").folder == project.root / "reports" / "x"
    limited = project.root / "reports" / "x-as-of-2031-03-20T0940-sources-a+b"
    for as_of, sources in (("2031-03-20T09:40", " a , b"), ("2031-03-20 09:40", "b,a")):
        assert Request("x", as_of, sources).folder == limited
    assert Request("x", sources=" , ").folder == project.root / "reports" / "x"


# The same everywhere


def built_elsewhere(root, home, **settings):
    """Build by the program, in a process of its own; return the content of every file of the report, by name."""
    home.mkdir()
    environment = {name: value for name, value in os.environ.items() if name in ("PATH", "PYTHONPATH", "TMPDIR")}
    environment |= {"CASEBOUND_ROOT": str(root), "HOME": str(home), **settings}
    program = "from casebound.cli import main; main()"
    command = [sys.executable, "-c", program, "report", "--case", "dairy-2031"]
    run = subprocess.run(command, env=environment, cwd=home, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stderr == ""
    return files_in(root / "reports" / "dairy-2031")


def test_the_same_project_gives_the_same_bytes_in_another_place_zone_and_language(full, make_project, tmp_path):
    project = make_project()
    project.write("45-my-question", *READER_S_FIGURE)
    root = project.root.rename(tmp_path / "Ärger mit Leerzeichen")
    settings = {"TZ": "Pacific/Auckland", "LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "4242"}
    settings["MPLCONFIGDIR"] = str(plotting_settings(tmp_path))
    assert built_elsewhere(root, tmp_path / "home", **settings) == full.files()
    assert "It went up, then down." in full.page()


def plotting_settings(folder: Path) -> Path:
    """A reader's own settings of Matplotlib, which must change no report."""
    (folder / "mpl").mkdir()
    (folder / "mpl" / "matplotlibrc").write_text("font.size: 30\naxes.facecolor: red\nsvg.hashsalt: x\n", "utf-8")
    return folder / "mpl"


# What a case does differently with its chapters


def test_a_case_arranges_its_chapters_and_an_edit_of_its_own_is_seen(two):
    own = two.project.root / "data" / "dairy-2031" / "notebooks" / "45-own.ipynb"
    own.parent.mkdir()
    two.project.write("45-own", f"# Ours\n\nSee [those]({TWO[0]}.ipynb) again.").rename(own)
    chapters = f"{TWO[0]}: {{leave_out: Nobody asked.}}, {TWO[1]}: {{title: And then?}}, 45-own: {{before: {TWO[1]}}}"
    two.project.append("case.yaml", f"chapters: {{{chapters}}}\n")
    two()
    page = two.page()
    assert chapters_of(page) == ["45-own", TWO[1]]
    assert "See those again." in page and "And then?" in page and "(left out by this case). Nobody asked." in page
    assert not two().built
    own.write_text(own.read_text("utf-8").replace("again", "anew"), "utf-8")
    assert two().built and "See those anew." in two.page()
    assert two.progress.done == 2
