"""Publishing: a report's folder is the old one or the new one, whole, whatever happens to the build."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest

from casebound.report import publish as publishing
from casebound.report.cache.key import record
from casebound.report.publish import publish

NAMES = ["report.html", "report.pdf", *(f"data/{n}.csv" for n in range(8))]


def outputs(mark: str) -> dict[str, bytes]:
    files = {name: mark.encode() * 5000 for name in NAMES}
    return {**files, "build.json": record({"inputs": mark}, files)}


def marks(folder) -> set[str]:
    """The marks of the report's files, all of which must be there."""
    assert {path.name for path in folder.parent.iterdir() if not path.name.startswith(".")} == {folder.name}
    return {(folder / name).read_bytes().decode()[:1] for name in NAMES}


@pytest.fixture(params=["exchanged", "renamed"])
def folder(request, project, monkeypatch):
    """The folder of a report, on a system that can exchange folders, and on one that cannot."""
    if request.param == "renamed":
        monkeypatch.setattr(publishing, "_exchanged", lambda one, other: False)
    return project.root / "reports" / "dairy-2031"


def test_a_report_takes_the_place_of_the_one_before(folder):
    publish(folder, outputs("a"))
    assert marks(folder) == {"a"}
    publish(folder, outputs("b"))
    assert marks(folder) == {"b"}
    assert [path.name for path in folder.parent.iterdir()] == ["dairy-2031"]
    assert oct(folder.stat().st_mode) == oct(folder.parent.stat().st_mode)


def test_a_reader_s_own_files_stay_and_what_is_made_no_more_goes(folder):
    old = {**outputs("a"), "data/gone.csv": b"x"}
    publish(folder, {**old, "build.json": record({}, {**old, "build.json": b""})})
    (folder / "notes").mkdir()
    (folder / "notes" / "mine.txt").write_text("a thought", "utf-8")
    (folder / "data" / "mine.csv").write_text("1", "utf-8")
    (folder / "link").symlink_to("notes/mine.txt")
    publish(folder, outputs("b"))
    assert (folder / "link").is_symlink() and (folder / "link").read_text("utf-8") == "a thought"
    assert (folder / "data" / "mine.csv").read_text("utf-8") == "1"
    assert not (folder / "data" / "gone.csv").exists()
    assert marks(folder) == {"b"}


def test_what_a_reader_saves_just_before_or_after_a_report_takes_its_place_stays(folder, monkeypatch):
    publish(folder, outputs("a"))
    save(folder / "first.txt", "a thought")
    save(folder / "second.txt", "a thought")
    write, settle = publishing._write, publishing._kept_on_disk

    def before(new, files):
        write(new, files)
        save(folder / "first.txt", "another")
        save(folder / "second.txt", "another")
        save(folder / "notes" / "third.txt", "another")

    def after(path):
        settle(path)
        if path == folder.parent:
            save(folder / "second.txt", "a third")

    monkeypatch.setattr(publishing, "_write", before)
    monkeypatch.setattr(publishing, "_kept_on_disk", after)
    publish(folder, outputs("b"))
    assert marks(folder) == {"b"}
    assert [(folder / name).read_text("utf-8") for name in ("first.txt", "second.txt", "notes/third.txt")] == [
        *("another", "a third", "another")
    ]
    assert [path.name for path in folder.parent.iterdir()] == ["dairy-2031"]


def save(path, text):
    """Save a file as editors do, in place of the one before."""
    path.parent.mkdir(exist_ok=True)
    path.with_suffix(".new").write_text(text, "utf-8")
    path.with_suffix(".new").replace(path)


def test_what_stands_under_a_name_of_ours_is_replaced_and_a_link_to_it_is_not_written_through(folder, tmp_path):
    publish(folder, outputs("a"))
    (folder / "build.json").unlink()  # now nobody knows which files a build made
    os.link(folder / "report.html", tmp_path / "copy.html")
    publish(folder, outputs("b"))
    assert marks(folder) == {"b"}
    assert (tmp_path / "copy.html").read_bytes().startswith(b"a")


def test_a_folder_that_is_a_link_to_another_place_stays_one(folder, tmp_path):
    (tmp_path / "web").mkdir()
    folder.parent.mkdir()
    folder.symlink_to(tmp_path / "web")
    for mark in "ab":
        publish(folder, outputs(mark))
    assert folder.is_symlink() and (tmp_path / "web" / "report.html").read_bytes().startswith(b"b")


def test_a_build_killed_between_the_two_renames_is_healed_by_the_next(folder):
    publish(folder, outputs("a"))
    (folder / "mine.txt").write_text("a thought", "utf-8")
    folder.rename(folder.with_name(".casebound-old-dairy-2031"))
    folder.with_name(".casebound-new-other-case").mkdir()
    publish(folder, outputs("b"))
    assert marks(folder) == {"b"} and (folder / "mine.txt").exists()
    assert [path.name for path in folder.parent.iterdir()] == ["dairy-2031"]


def test_the_old_report_of_another_build_that_was_killed_is_put_back_and_not_removed(folder):
    other = folder.with_name("dairy-2031-as-of-2031-03-20")
    publish(other, outputs("a"))
    other.rename(folder.with_name(f".casebound-old-{other.name}"))
    publish(folder, outputs("b"))
    assert (other / "report.html").read_bytes().startswith(b"a")
    assert {path.name for path in folder.parent.iterdir()} == {folder.name, other.name}


def test_what_a_killed_build_left_is_removed_where_there_is_nothing_to_build(folder):
    publish(folder, outputs("a"))
    publishing.tidy(folder.parent)
    (folder.with_name(".casebound-new-dairy-2031") / "data").mkdir(parents=True)
    publishing.tidy(folder.parent)
    assert marks(folder) == {"a"} and [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_a_file_that_cannot_be_written_leaves_the_report_of_before(folder):
    publish(folder, outputs("a"))
    with pytest.raises(OSError, match="too long"):
        publish(folder, {**outputs("b"), "x" * 300: b""})
    assert marks(folder) == {"a"}
    publish(folder, outputs("b"))
    assert [path.name for path in folder.parent.iterdir()] == ["dairy-2031"]


# Killed, and two at once

PUBLISHER = """
import importlib.util, itertools, os, sys
from pathlib import Path
spec = importlib.util.spec_from_file_location("these_tests", sys.argv[1])
these_tests = importlib.util.module_from_spec(spec)
spec.loader.exec_module(these_tests)
print("ready", flush=True)
for mark in itertools.islice(itertools.cycle("ab"), int(sys.argv[3])):
    these_tests.publish(Path(sys.argv[2]), these_tests.outputs(mark))
"""


def publisher(folder, times):
    command = [sys.executable, "-c", PUBLISHER, __file__, folder, str(times)]
    run = subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True)
    assert run.stdout.readline() == b"ready\n"
    return run


def test_a_build_that_is_killed_while_it_publishes_leaves_a_whole_report(project):
    folder, chance = project.root / "reports" / "dairy-2031", random.Random(5)
    publish(folder, outputs("a"))
    (folder / "mine.txt").write_text("a thought", "utf-8")
    for _ in range(8):
        run = publisher(folder, 10_000)
        time.sleep(chance.uniform(0, 0.1))
        os.killpg(run.pid, signal.SIGKILL)
        run.communicate()
        assert marks(folder) in ({"a"}, {"b"}) and (folder / "mine.txt").read_text("utf-8") == "a thought"
    publish(folder, outputs("c"))
    assert marks(folder) == {"c"} and [path.name for path in folder.parent.iterdir()] == ["dairy-2031"]


def test_two_builds_that_publish_at_once_both_publish_whole(project):
    folder = project.root / "reports" / "dairy-2031"
    publish(folder, outputs("a"))
    runs = [publisher(folder, 20) for _ in range(2)]
    while any(run.poll() is None for run in runs):
        held = os.open(folder, os.O_RDONLY)  # one and the same folder, whatever stands under its name meanwhile
        seen = {name: _first(held, name) for name in NAMES}
        os.close(held)
        assert set(seen.values()) in ({b"a"}, {b"b"}) or None in seen.values()  # None: cleared away already
    assert [run.wait() for run in runs] == [0, 0]
    assert marks(folder) in ({"a"}, {"b"})


def _first(folder: int, name: str) -> bytes | None:
    try:
        file = os.open(name, os.O_RDONLY, dir_fd=folder)
    except FileNotFoundError:
        return None
    try:
        return os.read(file, 1)
    finally:
        os.close(file)
