"""Cache: what is kept comes back as it was, or not at all."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from casebound.report.cache import store


@pytest.fixture
def kept(project):
    """Return the file of one kept value."""
    store.write("a", ["milk", "–"])
    return store.folder() / "a"


def test_what_was_kept_comes_back(kept, capsys):
    assert store.read("a") == ["milk", "–"]
    assert store.read("b") is None
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[:-1],
        lambda content: b"",
        lambda content: content.replace(b"milk", b"silk"),
        lambda content: content.replace(b"cache 1", b"cache 0"),
        lambda content: b"\xff\xfe" + content,
    ],
    ids=["cut", "empty", "altered", "of another format", "binary"],
)
def test_what_was_damaged_is_not_there_and_it_is_said(kept, damage, capsys):
    kept.write_bytes(damage(kept.read_bytes()))
    assert store.read("a") is None
    assert capsys.readouterr().err == (".cache/notebooks/a: damaged, or written by another version; it is made again\n")
    store.write("a", "whole")
    assert store.read("a") == "whole"


def test_a_file_under_another_s_name_is_not_taken_for_it(kept):
    kept.rename(kept.with_name("b"))
    assert store.read("b") is None


def test_what_was_not_used_for_longest_is_thrown_out_first(project, monkeypatch):
    monkeypatch.setattr(store, "LIMIT", 3500)
    store.folder().mkdir(parents=True)
    (store.folder() / ".killed-while-writing").write_bytes(b"x" * 1000)
    os.utime(store.folder() / ".killed-while-writing", (1, 1))
    for age, name in enumerate("abc"):
        store.write(name, "x" * 1000)
        os.utime(store.folder() / name, (1000 + age, 1000 + age))
    assert store.read("a") is not None  # so it is the newest now
    store.write("d", "x" * 1000)
    assert {path.name for path in store.folder().iterdir()} == {"a", "c", "d"}


def test_a_cache_that_cannot_be_written_stops_no_build(project, capsys):
    store.folder().parent.mkdir()
    store.folder().write_text("a file where the folder should be", "utf-8")
    store.write("a", 1)
    assert ".cache/notebooks: nothing is kept: " in capsys.readouterr().err
    assert store.read("a") is None


def test_what_cannot_be_kept_leaves_nothing_half_written(project, capsys):
    (store.folder() / "a").mkdir(parents=True)
    store.write("a", 1)
    assert ".cache/notebooks: nothing is kept: Is a directory" in capsys.readouterr().err
    assert [path.name for path in store.folder().iterdir()] == ["a"]


def test_writers_and_readers_at_once_see_whole_values_only(project, monkeypatch, capsys):
    monkeypatch.setattr(store, "LIMIT", 200_000)
    program = (
        "from casebound.report.cache import store\nstore.LIMIT = 200_000\n"
        "for n in range(150): store.write(f'{n % 5}', [n] * 20_000); store.read(f'{(n + 1) % 5}')"
    )
    command = [sys.executable, "-c", program]
    with ThreadPoolExecutor() as pool:
        others = list(pool.map(lambda _: subprocess.run(command, capture_output=True, text=True), range(2)))
    assert [(one.returncode, one.stderr) for one in others] == [(0, ""), (0, "")]
    found = [store.read(str(n)) for n in range(5)]
    assert any(found) and all(len(set(one)) == 1 and len(one) == 20_000 for one in found if one)
    assert capsys.readouterr().err == ""
