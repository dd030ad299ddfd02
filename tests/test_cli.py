"""The program: exit codes, plain lines on the right stream, a "did you mean", no traceback."""

import os
import pty
import re
import resource
import subprocess
import sys

import pytest

from casebound.cli import main

COMMANDS = ["report", "check", "verify"]


@pytest.fixture
def run(project, capsys, monkeypatch):
    """Return a function that runs the program in the invented project: its exit code and both streams."""
    monkeypatch.chdir(project.root)

    def ran(*words):
        if words and words[0] in COMMANDS and "--case" not in words:
            words = (*words, "--case", "dairy-2031")
        with pytest.raises(SystemExit) as caught:
            main(words)
        shown = capsys.readouterr()
        assert "Traceback" not in shown.out + shown.err
        return caught.value.code, shown.out, shown.err

    return ran


# All well


def test_check_says_what_was_checked(run):
    code, out, err = run("check")
    assert (code, err) == (0, "")
    assert out.startswith("dairy-2031: 54 facts, 63 pieces of evidence, 6 sources: no problem found\n")
    assert "evidence: 36 verified, 0 found, 7 read, 20 unread\nsources: 2 of 6 compared with their text\n" in out
    assert "not checked: 20\ndata/dairy-2031/attribution.yaml:16: claimed-by-club: not checked: nobody has" in out


def test_strict_fails_if_anything_was_not_checked(run, project):
    for command in ("check", "verify"):
        assert [run(command)[0], run(command, "--strict")[0]] == [0, 1]
    for path in project.path("").glob("*.yaml"):
        if path.name not in ("case.yaml", "sources.yaml"):
            path.write_text("", "utf-8")
    code, out, _ = run("verify", "--strict")
    assert code == 0 and "not checked" not in out


def test_verify_counts_quotations_and_leaves_a_lock_that_is_right(run, project):
    before = project.path("evidence.lock").stat().st_mtime_ns
    code, out, err = run("verify")
    assert (code, err) == (0, "")
    assert out.startswith("36 quotations found word for word in 2 texts; data/dairy-2031/evidence.lock unchanged\n")
    assert "quoted of quill-2031-03-20: 58 % of its words\n" in out
    assert project.path("evidence.lock").stat().st_mtime_ns == before


def test_verify_writes_a_lock_that_is_missing_or_cut(run, project):
    before, path = project.text("evidence.lock"), project.path("evidence.lock")
    for damage in (path.unlink, lambda: path.write_text(before[: len(before) // 2], "utf-8")):
        damage()
        assert "evidence.lock written\n" in run("verify")[1]
        assert project.text("evidence.lock") == before


def test_verify_takes_another_folder_and_says_what_it_could_not_check(run, project):
    (project.articles / "second-article.txt").unlink()
    project.articles.rename(project.root / "texts")
    code, out, _ = run("verify", "--articles", "texts")
    assert code == 0
    assert "29 quotations found word for word in 1 text;" in out
    assert "oak-2031-03-24: not checked: no text with sha256 a3b711abf783… in texts" in out


# What is wrong in the case: exit code 1, on the error stream


def test_check_names_every_problem_and_counts_them(run, project):
    project.edit("narrative.md", "lost track of 120 village", "lost track of 210 village")
    assert run("check")[2].endswith("\n1 problem\n")
    project.edit("timeline.yaml", "when: 2031-04-01", "when: 2031-04-07")
    code, out, err = run("check")
    assert (code, out) == (1, "")
    assert "data/dairy-2031/timeline.yaml:" in err and "data/dairy-2031/narrative.md:" in err
    assert err.count("\n    fix: ") >= 2
    assert err.endswith(f"\n{err.count(chr(10) + '    fix: ')} problems\n")


def test_verify_refuses_a_changed_quotation_and_locks_the_others(run, project):
    line = project.edit("timeline.yaml", "quote: Churning stopped", "quote: Churning stapped")
    code, out, err = run("verify")
    assert code == 1 and out.startswith("35 quotations found word for word in 2 texts; ")
    assert f"data/dairy-2031/timeline.yaml:{line}: churns-stopped: the quotation is not in the text; nearest: “" in err
    lock = project.text("evidence.lock")
    assert "  churns-stopped:" not in lock and "  odd-logins:" in lock


def test_a_damaged_lock_is_not_made_anew_without_what_it_may_hold_of_missing_texts(run, project):
    (project.articles / "second-article.txt").unlink()
    project.path("evidence.lock").write_text("", "utf-8")
    code, _, err = run("verify")
    assert code == 1 and project.text("evidence.lock") == ""
    assert "data/dairy-2031/evidence.lock: cannot be read, and the texts of 7 quotations that it may hold" in err
    assert "fix: restore it from git, put the texts into" in err
    project.path("evidence.lock").unlink()
    assert run("verify")[0] == 0


def test_a_lock_that_cannot_be_written_whole_stays_as_it_was(run, project):
    project.edit("evidence.lock", "paragraph 4, spans: [[114, 163]]", "paragraph 9, spans: [[114, 163]]")
    before = project.text("evidence.lock")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) // 2, limits[1]))
    try:
        code, _, err = run("verify")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert code == 1
    assert err == "data/dairy-2031/evidence.lock: cannot be written, so it is as it was: File too large\n"
    assert project.text("evidence.lock") == before
    assert [path.name for path in project.path("").iterdir() if path.name.startswith(".")] == []


def test_a_case_that_quotes_no_text_can_be_verified(run, project):
    """Otherwise a lock could never lose what it holds of the last text that was withdrawn."""
    for path in project.path("").glob("*.yaml"):
        if path.name not in ("case.yaml", "sources.yaml"):
            path.write_text("", "utf-8")
    code, out, _ = run("verify")
    assert code == 0
    assert out.startswith("0 quotations found word for word in 2 texts; data/dairy-2031/evidence.lock written\n")


def test_verify_needs_texts_dates_and_their_folder(run, project):
    code, _, err = run("verify", "--articles", "nowhere")
    assert code == 1 and "nowhere: there is no such folder" in err
    project.edit("sources.yaml", "issued: 2031-03-24T18:05+00:00", "issued: someday")
    code, _, err = run("verify")
    assert code == 1 and "oak-2031-03-24: " in err
    project.edit("sources.yaml", "issued: someday", "issued: 2031-03-24T18:05+00:00")
    for path in project.articles.iterdir():
        path.unlink()
    code, _, err = run("verify")
    assert code == 1
    assert "no quotation could be checked" in err and "oak-2031-03-24: not checked: no text with sha256" in err


@pytest.mark.parametrize("command", COMMANDS)
def test_an_unknown_case_is_refused_with_the_nearest(run, command):
    code, out, err = run(command, "--case", "dairy-2013")
    assert (code, out) == (1, "")
    assert err.startswith("data: there is no case 'dairy-2013'\n    fix: did you mean 'dairy-2031'?")


BROKEN = [("timeline.yaml", b"- id: [open\n"), ("narrative.md", b"\xff\xfe\n")]


@pytest.mark.parametrize("command", ["check", "verify"])
@pytest.mark.parametrize(
    ("file", "content"),
    [
        *BROKEN,
        ("timeline.yaml", "- id: é\n".encode("latin-1")),
        ("case.yaml", b"title: x\n"),
        ("evidence.lock", b"texts: {}\n"),
    ],
)
def test_a_broken_file_is_said_in_plain_lines(run, project, command, file, content):
    project.path(file).write_bytes(content)
    code, _, err = run(command)
    if command == "verify" and file in ("narrative.md", "evidence.lock"):
        assert code == 0  # verifying reads no prose, and needs no earlier lock
    else:
        assert code == 1 and f"data/dairy-2031/{file}" in err
    if command == "check" and (file, content) in BROKEN:
        assert run("report") == (1, "", err)


IN_FIELDS = [
    ("sources.yaml", "available: 2031-03-24T18:05+00:00", "available: 2031-02-30"),
    ("sources.yaml", "issued: 2031-03-24T18:05+00:00", "issued: last week"),
    ("timeline.yaml", "when: 2031-04-01", "when: 2031-04-31"),
    ("timeline.yaml", "base: 2031-03-20}\n  status: planned", "base: tomorrow}\n  status: planned"),
    ("case.yaml", "timezone: Europe/London", "timezone: ../London"),
    ("recovery.yaml", "affected: [retailers]", "affected: [retailer]"),
    ("impacts.yaml", "value: 145,", "value: nan,"),
]


@pytest.mark.parametrize(("file", "old", "new"), IN_FIELDS)
def test_no_mistake_in_a_field_ends_in_a_traceback(run, project, file, old, new):
    line = project.edit(file, old, new)
    code, _, err = run("check")
    assert code == 1
    assert any(f"data/dairy-2031/{file}:{n}: " in err for n in range(line - 1, line + 3)), err


def test_a_report_of_a_case_with_mistakes_says_what_a_check_says(run, project):
    for file, old, new in IN_FIELDS[:4]:
        project.edit(file, old, new)
    checked = run("check")
    assert checked[0] == 1 and checked[2].count("fix: ") >= 4
    assert run("report") == checked


def test_outside_a_project_the_message_names_the_folder(run, tmp_path, monkeypatch):
    monkeypatch.setenv("CASEBOUND_ROOT", str(tmp_path))
    code, _, err = run("check")
    assert code == 1 and "not a Casebound project" in err


def test_why_names_the_nearest_notebook_and_the_nearest_case(run):
    assert run("why", "10-timelin", "--case", "dairy-2031")[::2] == (
        1,
        "notebooks: there is no notebook '10-timelin'\n    fix: did you mean '10-timeline'?\n1 problem\n",
    )
    assert "did you mean 'dairy-2031'?" in run("why", "10-timeline", "--case", "dairy-2013")[2]


def test_why_says_what_would_make_a_notebook_run(run):
    code, out, err = run("why", "notebooks/10-timeline.ipynb", "--case", "dairy-2031", "--as-of", "2031-03-20")
    assert (code, err) == (0, "") and out.startswith("It has not run with these parameters.\nIt would run now because:")


# Wrong usage: exit code 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "COMMAND"),
        ("reprot", "Did you mean 'report'?"),
        ("report --as-off 2031-03-20", "Did you mean '--as-of'?"),
        ("report --source=a", "No such option '--source'. Did you mean '--sources'?"),
        ("check --as-of 2031-03-20", "No such option '--as-of'."),
        ("watch --as-of", "'--as-of' requires an argument"),
        ("report --paper letter", "'letter' is not one of 'a4', 'us-letter'"),
        ("report --sources ,", "it names no source: give ids with commas between them, or drop the option"),
        ("report --jobs 0", "0 is not in the range x>=1"),
        ("watch --port 65536", "65536 is not in the range 0<=x<=65535"),
        ("check dairy-2031", "unexpected extra argument (dairy-2031)"),
        ("changes", "Missing option '--from'"),
        ("changes --from=", "name the earlier moment: --from 2025-09-25, or make changes FROM=2025-09-25"),
        ("changes --from 2031-03-25 --to 2031-03-21 --case dairy-2031", "lies before --from 2031-03-25: give the earl"),
    ],
)
def test_wrong_usage_has_code_2_and_the_nearest_option_or_command(run, words, said):
    code, out, err = run(*words.split())
    assert (code, out) == (2, "") and said in err


@pytest.mark.parametrize("words", ["--help", "report --help", "watch --port=1 --help"])
def test_help_is_no_error(run, words):
    code, out, err = run(*words.split())
    assert (code, err) == (0, "") and out.startswith("Usage: casebound ")


# A build, as a process of its own


def program(project, *words, **more):
    command = [sys.executable, "-c", "from casebound.cli import main; main()", *words]
    environment = {name: value for name, value in os.environ.items() if name != "CI"}
    environment |= {"CASEBOUND_ROOT": str(project.root)}
    return subprocess.Popen(command, cwd=project.root, env=environment, **more)


def test_a_report_says_what_it_built_and_then_that_nothing_is_to_do(make_project):
    project = make_project(chapters=("40-recovery",))
    both = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    out, err = program(project, "report", "--case", "dairy-2031", **both).communicate()
    assert out.startswith("reports/dairy-2031/report.html, report.pdf and annex.pdf built in ")
    assert err == ""  # quiet: no terminal, no progress, no word of a kernel
    again = program(project, "report", "--case", "dairy-2031", **both)
    assert again.communicate() == (
        "reports/dairy-2031/report.html, report.pdf and annex.pdf are up to date: nothing to do\n",
        "",
    )
    assert again.returncode == 0


def test_progress_is_shown_on_a_terminal_and_wiped_away(make_project):
    project = make_project(chapters=("40-recovery",))
    ours, its = pty.openpty()
    run = program(project, "report", "--case", "dairy-2031", stdout=subprocess.DEVNULL, stderr=its)
    os.close(its)
    shown = all_of(ours)
    assert run.wait(timeout=60) == 0
    assert re.search(r"0 of 1 notebooks · .*40-recovery.* · \d\.\d s", shown)
    assert shown.endswith("\r\033[K") and "\n" not in shown


def all_of(terminal):
    """Read what is written to a terminal until nobody holds it any more."""
    shown = b""
    while True:
        try:
            read = os.read(terminal, 4096)
        except OSError:  # Linux says so when the last writer has gone
            read = b""
        if not read:
            os.close(terminal)
            return shown.decode()
        shown += read


def test_a_failing_notebook_is_one_message_with_the_copy_that_was_kept(make_project):
    project = make_project(chapters=("40-recovery",))
    project.edit("notebooks/40-recovery.ipynb", '"cb.figures.recovery(ledger)"', '"cb.figures.recovry(ledger)"')
    run = program(project, "report", "--case", "dairy-2031", stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    out, err = run.communicate()
    assert (run.returncode, out) == (1, "")
    assert re.match("notebooks/40-recovery.ipynb: stopped under “[^”]+”: AttributeError: ", err)
    assert err.endswith("    kept for reading: .cache/failed/dairy-2031/40-recovery.ipynb\n")
    assert "Traceback" not in err
    assert (project.root / ".cache/failed/dairy-2031/40-recovery.ipynb").exists()
    assert not (project.root / "reports").exists()
