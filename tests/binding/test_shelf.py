"""Shelf: a report is replaced whole, at whatever moment the build is killed, and nothing else in its folder is."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest

from casebound.binding import shelf

# Writes its reports again and again, each of files that all say the same; `went` counts them for whoever watches.
WRITER = """
from casebound.binding import shelf
from pathlib import Path
folder, number = Path({folder!r}), 0
while True:
    number += 1
    shelf.replace(folder, {{f"{{i}}.txt": b"%d" % number for i in range(40)}}, set())
    print(number, flush=True)
"""


def contents(folder):
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def folder(project):
    return project.root / "reports" / "dairy-2031"


@pytest.fixture(params=["one step", "two steps"])
def either_way(request, monkeypatch):
    """Both ways of putting a folder in another's place: the second is for systems that lack the first."""
    if request.param == "two steps":
        monkeypatch.setattr(shelf, "_exchanged", lambda one, other: False)


def test_new_files_take_the_place_of_old_ones_and_old_ones_go(folder, either_way):
    shelf.replace(folder, {"a": b"1", "data/b": b"1", "data/c": b"1"}, set())
    shelf.replace(folder, {"a": b"2", "data/b": b"2"}, {"a", "data/b", "data/c"})
    assert contents(folder) == {"a": b"2", "data/b": b"2"}
    assert [path.name for path in folder.parent.iterdir()] == ["dairy-2031"]


def test_limited_reports_and_a_reader_s_files_stay(folder, either_way):
    limited = folder / "as-of-2031-03-20"
    shelf.replace(limited, {"a": b"limited"}, set())
    shelf.replace(limited / "sources-x", {"a": b"more so"}, set())
    shelf.replace(folder, {"a": b"1"}, set())
    (folder / "my notes.txt").write_bytes(b"mine")
    (folder / "link").symlink_to("a")
    shelf.replace(folder, {"a": b"2"}, {"a"})
    shelf.replace(limited, {"a": b"limited again"}, {"a"})
    kept = {"as-of-2031-03-20/a": b"limited again", "as-of-2031-03-20/sources-x/a": b"more so"}
    assert contents(folder) == {"a": b"2", "link": b"2", "my notes.txt": b"mine", **kept}
    assert (folder / "link").is_symlink()


def test_what_a_killed_build_left_is_cleared_away_and_what_it_moved_aside_given_back(folder):
    shelf.replace(folder, {"a": b"1"}, set())
    (folder / "notes").write_bytes(b"mine")
    folder.rename(folder.with_name(".old-dairy-2031"))
    folder.with_name(".new-dairy-2031").mkdir()
    (folder.with_name(".new-dairy-2031") / "half").write_bytes(b"?")
    shelf.replace(folder, {"a": b"2"}, {"a"})
    assert contents(folder) == {"a": b"2", "notes": b"mine"}
    assert [path.name for path in folder.parent.iterdir()] == ["dairy-2031"]


def test_a_writer_that_is_killed_leaves_one_report_whole(folder):
    chance = random.Random(7)
    environment = {**os.environ, "CASEBOUND_ROOT": str(folder.parents[1])}
    for _ in range(8):
        command = [sys.executable, "-c", WRITER.format(folder=str(folder))]
        writer = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE)
        assert writer.stdout.readline()  # it has begun
        time.sleep(chance.uniform(0, 0.05))
        writer.send_signal(signal.SIGKILL)
        writer.communicate()
        files = contents(folder)
        assert len(files) == 40 and len(set(files.values())) == 1


def test_two_writers_at_once_leave_one_report_whole(folder):
    environment = {**os.environ, "CASEBOUND_ROOT": str(folder.parents[1])}
    command = [sys.executable, "-c", WRITER.format(folder=str(folder))]
    writers = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) for _ in range(2)]
    try:
        for writer in writers * 20:
            assert writer.stdout.readline()
    finally:
        for writer in writers:
            writer.kill()
            writer.communicate()
    assert len(set(contents(folder).values())) == 1
    shelf.replace(folder, {"a": b"2"}, set(contents(folder)))
    assert contents(folder) == {"a": b"2"}
