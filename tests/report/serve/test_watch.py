"""Watching: what is saved is in the open page, which keeps its place; what is wrong is said there, and none is lost."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from casebound.report.errors import BuildProblems
from casebound.report.serve import watch as watching
from casebound.report.serve.server import Server

CHAPTERS = ("10-timeline", "90-evidence-and-limits")
PACKAGE = Path(__file__).parents[3] / "src" / "casebound"


class Watched:
    """A project that is watched by a program of its own; `said` holds the lines that it printed."""

    def __init__(self, project, package):
        self.project, self.package, self.said = project, package, []
        home = {"CASEBOUND_ROOT": str(project.root), "PYTHONPATH": str(package.parent)}
        command = [sys.executable, "-c", "from casebound.cli import main; main()", "watch", "--case", project.case]
        self.run = subprocess.Popen(
            [*command, "--port", "0"],
            env={**os.environ, **home},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.address = re.search(r"http://127\.0\.0\.1:\d+/", self.line())[0]

    def line(self):
        self.said.append(self.run.stdout.readline())
        return self.said[-1]

    @property
    def page(self):
        return self.project.root / "reports" / self.project.case / "report.html"

    def edit_notebook(self, old, new):
        path = self.project.root / "notebooks" / "10-timeline.ipynb"
        text = path.read_text("utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), "utf-8")


@pytest.fixture(scope="module")
def watched(make_project, tmp_path_factory):
    package = tmp_path_factory.mktemp("package") / "casebound"  # a copy, which a test may change
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("*.pyc.*"))  # which are just being written
    started = Watched(make_project(chapters=CHAPTERS), package)
    assert started.line().startswith("built in ")
    yield started
    started.run.send_signal(signal.SIGINT)
    assert started.run.wait(timeout=20) == 130
    assert started.run.stdout.read() == "stopped; the last report that was finished stays\n"


@pytest.fixture
def tab(watched, browser):
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    tab = context.new_page()
    tab.goto(watched.address)
    frame(tab).get_by_role("heading", level=1).wait_for()
    yield tab
    context.close()


def frame(tab):
    return tab.frame_locator("iframe:not(.waiting)")


def test_a_saved_cell_is_in_the_open_page_which_keeps_its_place(watched, tab):
    frame(tab).locator("summary").get_by_role("heading", name="What happened").click()
    heading = frame(tab).get_by_role("heading", name="How long things took")  # in the annex, unfolded
    heading.evaluate("heading => heading.scrollIntoView()")
    before = heading.bounding_box()["y"]
    watched.edit_notebook('"# What happened"', '"# What happened\\n\\nA\\n\\nparagraph\\n\\nmore."')
    assert watched.line().startswith("built in ")
    frame(tab).get_by_text("paragraph", exact=True).wait_for()
    assert abs(heading.bounding_box()["y"] - before) < 2


def test_while_the_case_is_wrong_a_draft_is_shown_and_the_last_good_report_stays(watched, tab):
    good = watched.page.read_bytes()
    watched.project.edit(
        "narrative.md", "saw the first odd logins in January 2031", "saw 17 odd logins in January 2031"
    )
    problem = frame(tab).get_by_role("note").get_by_text("The number “17” stands in none")
    problem.wait_for()
    said = tab.get_by_role("alert")
    said.get_by_text("1 problem: this draft shows where").wait_for()
    assert frame(tab).get_by_role("note", name="Draft").is_visible() and watched.page.read_bytes() == good
    assert "the number “17”" in watched.line()
    while watched.line() != "1 problem\n":
        pass
    watched.project.edit(
        "narrative.md", "saw 17 odd logins in January 2031", "saw the first odd logins in January 2031"
    )
    problem.wait_for(state="detached")
    said.wait_for(state="hidden")
    assert frame(tab).get_by_role("note", name="Draft").count() == 0 and watched.page.read_bytes() == good
    assert watched.line().startswith("built in ")


def test_a_page_whose_pdf_cannot_be_made_is_taken_back_and_what_is_wrong_is_said(watched, tab):
    good, title = watched.page.read_bytes(), "# What happened"
    watched.edit_notebook(title, f"{title}, 𒀀")
    tab.get_by_role("alert").get_by_text("no font of the PDF has 𒀀").wait_for()
    assert "no font of the PDF has 𒀀" in watched.line()
    frame(tab).get_by_role("heading", name="What happened", level=2).wait_for()
    assert watched.page.read_bytes() == good
    watched.edit_notebook(f"{title}, 𒀀", title)
    tab.get_by_role("alert").wait_for(state="hidden")
    assert watched.line().startswith("built in ")


def test_a_changed_module_of_the_package_is_used_at_once_by_the_same_process_on_the_same_port(watched, tab):
    style = watched.package / "report" / "document" / "wording.py"
    style.write_text(
        style.read_text("utf-8").replace("numbered in the order", "numbered, here, in the order"),
        "utf-8",
    )
    assert watched.line().startswith(f"the report is at {watched.address}, and is built again")
    assert watched.line().startswith("built in ")
    frame(tab).get_by_text("numbered, here, in the order").wait_for()


def test_a_package_that_cannot_be_started_is_said_and_the_watch_goes_on(watched, tab):
    module = watched.package / "cli.py"
    text = module.read_text("utf-8")
    module.write_text(text + "def broken(:\n", "utf-8")
    tab.get_by_role("alert").get_by_text("SyntaxError").wait_for()
    while "SyntaxError" not in watched.line():
        pass
    module.write_text(text, "utf-8")
    tab.get_by_role("alert").wait_for(state="hidden")
    assert watched.line().startswith("built in ")


def test_a_file_that_an_editor_leaves_in_the_package_stops_no_building(watched, tab):
    (watched.package / ".cli.py.swp").write_bytes(b"not of Python")
    watched.edit_notebook("# What happened", "# What happened, then")
    frame(tab).get_by_role("heading", name="What happened, then", level=2).wait_for()
    assert watched.line().startswith("the report is at ") and watched.line().startswith("built in ")


def test_a_watch_that_cannot_follow_changes_says_so_and_ends(make_project, monkeypatch, tmp_path):
    monkeypatch.setenv("CASEBOUND_ROOT", str(make_project(chapters=()).root))
    monkeypatch.setattr(watching.paths, "data_dir", lambda: tmp_path / "gone")
    with pytest.raises(BuildProblems, match="changes to files cannot be followed: No path was found"):
        next(watching._changes())


def test_where_the_system_follows_no_more_files_the_fix_is_said():
    said = watching._refused(OSError("OS file watch limit reached."))
    assert said.endswith("limit reached; set WATCHFILES_FORCE_POLLING=1 to look for them again and again")


def test_the_published_report_holds_nothing_that_reloads_it(watched):
    served = urllib.request.urlopen(watched.address + "report.html").read()
    assert served == watched.page.read_bytes() and b"EventSource" not in served
    assert b"EventSource" in urllib.request.urlopen(watched.address).read()


def test_a_page_of_the_web_cannot_read_the_report_through_a_name_of_its_own(watched):
    asked = urllib.request.Request(watched.address, headers={"Host": "evil.example"})
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(asked)


def test_a_port_that_is_taken_is_said(watched):
    port = watched.address.rpartition(":")[2].strip("/")
    command = [sys.executable, "-c", "from casebound.cli import main; main()", "watch", "--port", port]
    ended = subprocess.run(command, capture_output=True, text=True)
    assert ended.returncode == 1
    assert ended.stderr == f"port {port} is not available: Address already in use; choose another with --port\n"


def test_a_page_is_served_before_it_is_published_and_taken_back_if_it_never_is(tmp_path):
    file = tmp_path / "report.html"
    server, seen = Server(file, 0), []

    def then(act, argument):
        before = server.state[0]
        act(argument)
        seen.append((server.page, server.problems, server.state[0] != before))

    assert server.page is None
    then(server.show, b"one")
    file.write_bytes(b"one")
    then(server.finish, ())  # published as it was shown: no page loads it again
    then(server.show, b"two")
    then(server.finish, ("no PDF",))
    then(server.show, b"two")  # what was wrong may still be
    file.write_bytes(b"three")
    then(server.finish, ())
    assert seen == [
        *((b"one", (), True), (b"one", (), False), (b"two", (), True)),
        *((b"one", ("no PDF",), True), (b"two", ("no PDF",), True), (b"three", (), True)),
    ]


def test_each_open_page_hears_of_every_state_after_the_one_it_knows(tmp_path):
    server = Server(tmp_path / "report.html", 0)
    pages = [urllib.request.urlopen(server.address + "events", timeout=20) for _ in range(2)]

    def heard():
        return [json.loads(page.readline().removeprefix(b"data: ")) for page in pages if page.readline()]

    first = heard()
    server.finish(("wrong",))
    wrong = heard()
    server.show(b"one")
    right = heard()
    assert [one["problems"] for one in first + wrong + right] == [[]] * 2 + [["wrong"]] * 4
    assert first[0]["page"] == wrong[0]["page"] != right[0]["page"]
