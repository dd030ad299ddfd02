"""Killed: a build that is ended by force at any moment leaves the old report or the new one, whole.

`ROUNDS=200` kills two hundred builds instead of two; half of them anywhere, half about when they publish.
"""

import json
import os
import random
import signal
import sys
import time
from contextlib import suppress

import pytest

from casebound.report.cache import key

ROUNDS = int(os.environ.get("ROUNDS", "2"))
CHECK = 10  # after so many kills a build is let finish, and held against a clean one


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")
def test_a_build_killed_at_any_moment_leaves_a_whole_report_and_no_process(small_project, tmp_path, processes, until):
    chance, marked = random.Random(7), tmp_path / "tmp"
    marked.mkdir()
    started = time.monotonic()
    small_project.build("--no-cache")
    length = time.monotonic() - started
    (small_project.folder / "mine.txt").write_text("a thought", "utf-8")
    for number in range(1, ROUNDS + 1):
        edited(small_project, chance, number)
        before = state(small_project)
        run = small_project.started(TMPDIR=str(marked))
        wait(run, small_project.folder, length, chance)
        with suppress(ProcessLookupError):  # it may have come to its end
            os.killpg(run.pid, signal.SIGKILL)
        run.wait()
        run.stdout.close()
        assert whole(small_project)
        assert state(small_project) == before or title(number) in page(small_project)
        until(lambda: not processes(f"TMPDIR={marked}"))
        if number % CHECK == 0 or number == ROUNDS:
            small_project.build()
            clean = small_project.clean(tmp_path / f"clean-{number}")
            assert small_project.files() == {**clean.files(), "mine.txt": b"a thought"}
            assert [path.name for path in small_project.folder.parent.iterdir()] == ["dairy-2031"]


def edited(project, chance, number):
    """Edit a title, which runs nothing; or code with it, which runs a notebook."""
    project.write("20-plain", [f"# {title(number)}", f"print({number if chance.random() < 0.5 else 0})"])


def wait(run, folder, length, chance):
    """Wait for a moment anywhere in a build; or for its publishing, and a moment more."""
    until = time.monotonic() + chance.uniform(0, length)
    publishing = chance.random() < 0.5
    part = folder / ".casebound-part"
    while run.poll() is None and (not part.exists() if publishing else time.monotonic() < until):
        time.sleep(0.0002)
    if publishing:
        time.sleep(chance.uniform(0, 0.03))


def state(project):
    return (project.folder / "build.json").read_bytes()


def whole(project):
    """Tell whether every file of the report is the one that its record names, with the reader's own beside them."""
    record = json.loads(state(project))
    assert (project.folder / "mine.txt").read_text("utf-8") == "a thought"
    return key.is_current(project.folder, record["made_from"])


def title(number):
    """Return a title without figures, which a heading may not state."""
    return "Round " + "".join("abcdefghij"[int(digit)] for digit in f"{number:03}")


def page(project):
    return (project.folder / "report.html").read_text("utf-8")
