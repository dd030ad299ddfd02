"""Publish: a report's files are all the old ones or all the new ones, whatever happens to the build.

`ROUNDS=200` kills two hundred builds instead of eight.
"""

import os
import random
import resource
import shutil
import subprocess
import sys
import time
from functools import partial

import pytest

from casebound.report import publish as publishing
from casebound.report.cache.key import record
from casebound.report.publish import CURRENT, publish, tidy

ROUNDS = int(os.environ.get("ROUNDS", "8"))
NAMES = ["report.html", "report.pdf", "annex.pdf", *(f"data/{n}.csv" for n in range(8))]


def outputs(mark: str) -> dict[str, bytes]:
    files = {name: mark.encode() * 5000 for name in NAMES}
    return {**files, "build.json": record({"inputs": mark}, files)}


def marks(folder) -> set[str]:
    """Return the marks of the report's files, all of which must be there, and nothing else beside the folder."""
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]
    return {(folder / name).read_bytes().decode()[:1] for name in NAMES}


def hidden(folder) -> set[str]:
    """Return what stands in a report's folder that `ls` does not show: one build and the link to it, if all is well."""
    return {path.name for path in folder.glob(".*")}


@pytest.fixture
def folder(project):
    return project.root / "reports" / "dairy-2031"


def test_a_report_takes_the_place_of_the_one_before(folder):
    for mark in "aba":
        publish(folder, outputs(mark))
        assert marks(folder) == {mark}
        assert hidden(folder) == {CURRENT, (folder / CURRENT).readlink().name}
        assert {path.name for path in folder.iterdir()} - hidden(folder) == {
            *("report.html", "report.pdf", "annex.pdf", "build.json", "data")
        }


def test_a_reader_s_own_files_are_not_touched_and_what_is_made_no_more_goes(folder):
    publish(folder, {"data/gone.csv": b"x", **outputs("a")})
    own = {folder / name: name for name in ("notes/mine.txt", "data/mine.csv", ".hidden")}
    for path, text in own.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    (folder / "link").symlink_to("notes/mine.txt")
    before = {path: path.lstat() for path in [*own, folder / "link", folder / "notes"]}
    publish(folder, outputs("b"))
    assert marks(folder) == {"b"} and not os.path.lexists(folder / "data" / "gone.csv")
    for path, stat in before.items():
        now = path.lstat()
        assert (now.st_ino, now.st_mtime_ns, now.st_ctime_ns) == (stat.st_ino, stat.st_mtime_ns, stat.st_ctime_ns)


def test_a_folder_of_plain_files_which_earlier_versions_wrote_is_whole_while_it_is_turned_into_links(
    folder, monkeypatch
):
    for name, content in outputs("a").items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    link, seen = publishing._link, []

    def linked(*arguments):
        seen.append(marks(folder))
        link(*arguments)

    monkeypatch.setattr(publishing, "_link", linked)
    publish(folder, outputs("b"))
    assert seen == [{"a"}] * (len(outputs("b")) + 2) and marks(folder) == {"b"}
    assert hidden(folder) == {CURRENT, (folder / CURRENT).readlink().name}


DAMAGES = {
    "altered": lambda page: page.write_bytes(b"mine"),
    "saved anew": lambda page: (page.unlink(), page.write_bytes(b"mine")),  # as editors do
    "without its build": lambda page: shutil.rmtree(page.resolve().parent),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_report_that_was_altered_is_made_whole_again_and_no_copy_of_it_is_written_to(folder, tmp_path, damage):
    publish(folder, outputs("a"))
    page = folder / "report.html"
    os.link(page.resolve(), tmp_path / "copy.html")
    DAMAGES[damage](page)
    publish(folder, outputs("a"))
    assert marks(folder) == {"a"} and page.is_symlink()
    assert (tmp_path / "copy.html").read_bytes() == (b"mine" if damage == "altered" else b"a" * 5000)


def test_a_folder_that_is_a_link_to_another_place_stays_one(folder, tmp_path):
    (tmp_path / "web").mkdir()
    folder.parent.mkdir()
    folder.symlink_to(tmp_path / "web")
    for mark in "ab":
        publish(folder, outputs(mark))
        assert folder.is_symlink() and (tmp_path / "web" / "report.html").read_bytes().startswith(mark.encode())


@pytest.mark.parametrize("command", ["cp -r reports copy", "mv reports/dairy-2031 copy"])
def test_a_report_is_listed_compared_copied_and_moved_like_any_folder(folder, project, tmp_path, command):
    def shell(line):
        return subprocess.run(line, shell=True, cwd=project.root, capture_output=True, text=True).stdout

    publish(folder, outputs("a"))
    (folder / "mine.txt").write_text("a thought", "utf-8")
    assert shell("ls reports/*/").split() == [
        "annex.pdf",
        "build.json",
        "data",
        "mine.txt",
        "report.html",
        "report.pdf",
    ]
    shell(command.replace("copy", str(tmp_path / "copy")))
    copy = tmp_path / "copy" if "dairy" in command else tmp_path / "copy" / "dairy-2031"
    publish(folder, outputs("b"))
    assert {(copy / name).read_bytes()[:1] for name in NAMES} == {b"a"} and (copy / "mine.txt").is_file()
    (folder / "mine.txt").write_text("a thought", "utf-8")
    assert "report.pdf" in shell(f"diff -r reports/dairy-2031 {copy}")
    publish(folder, {**outputs("a"), "build.json": b"another"})  # as another Python writes it
    assert shell(f"diff -r --exclude=build.json reports/dairy-2031 {copy}") == ""


@pytest.mark.parametrize("beside", ["", "-as-of-2031-03-20"])
def test_what_a_killed_build_left_is_removed_from_another_report_s_folder_too(folder, beside):
    publish(folder, outputs("a"))
    left = folder.with_name(folder.name + beside)
    (left / f"{CURRENT}-0123" / "data").mkdir(parents=True)
    (left / f"{CURRENT}-part").symlink_to("nowhere")
    tidy(folder.parent)
    assert hidden(left) == (set() if beside else {CURRENT, (folder / CURRENT).readlink().name})
    assert (folder / "report.html").is_file()


@pytest.mark.parametrize(("why", "last"), [("too long", {"x" * 300: b""}), ("too large", {"x": b"x" * 7000})])
def test_a_file_that_cannot_be_written_leaves_the_report_of_before(folder, why, last):
    publish(folder, outputs("a"))
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (6000, limits[1]))  # as if the disk were full
    try:
        with pytest.raises(OSError, match=why):
            publish(folder, {**outputs("b"), **last})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert marks(folder) == {"a"}
    publish(folder, outputs("b"))
    assert marks(folder) == {"b"} and len(hidden(folder)) == 2


# Killed, and two at once

PUBLISHER = """
import importlib.util, itertools, os, sys
from pathlib import Path
spec = importlib.util.spec_from_file_location("these_tests", sys.argv[1])
these_tests = importlib.util.module_from_spec(spec)
spec.loader.exec_module(these_tests)
print("ready", flush=True)
for mark in itertools.islice(itertools.cycle(sys.argv[4]), int(sys.argv[3])):
    these_tests.publish(Path(sys.argv[2]), these_tests.outputs(mark))
"""


def publisher(folder, times, marks="ab"):
    command = [sys.executable, "-c", PUBLISHER, __file__, folder, str(times), marks]
    run = subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True)
    assert run.stdout.readline() == b"ready\n"
    return run


def test_a_build_that_is_killed_while_it_publishes_leaves_a_whole_report(folder, capsys):
    chance, counts, mark = random.Random(5), {"old": 0, "new": 0}, "a"
    publish(folder, outputs("b"))
    started = time.monotonic()
    publish(folder, outputs("a"))
    length = time.monotonic() - started
    (folder / "mine.txt").write_text("a thought", "utf-8")
    for _ in range(ROUNDS):
        new = "b" if mark == "a" else "a"
        run = publisher(folder, 1, new)
        time.sleep(chance.uniform(0, 1.2 * length))
        run.kill()
        run.communicate()
        [mark] = marks(folder)
        counts["new" if mark == new else "old"] += 1
        assert (folder / "mine.txt").read_text("utf-8") == "a thought"
    with capsys.disabled():
        print(f"\n{ROUNDS} builds killed while they published: {counts}" if ROUNDS > 8 else "", end="")
    publish(folder, outputs("c"))
    assert marks(folder) == {"c"} and len(hidden(folder)) == 2


def test_two_builds_that_publish_at_once_both_publish_whole(folder):
    publish(folder, outputs("a"))
    runs = [publisher(folder, 20) for _ in range(2)]
    while any(run.poll() is None for run in runs):
        held = os.open(folder / CURRENT, os.O_RDONLY)  # one and the same build, whatever is published meanwhile
        seen = {name: _first(held, name) for name in NAMES}
        os.close(held)
        assert set(seen.values()) in ({b"a"}, {b"b"}) or None in seen.values()  # None: cleared away already
    assert [run.wait() for run in runs] == [0, 0]
    assert len(marks(folder)) == 1


def _first(folder: int, name: str) -> bytes | None:
    try:
        with open(name, "rb", opener=partial(os.open, dir_fd=folder)) as file:
            return file.read(1)
    except FileNotFoundError:
        return None
