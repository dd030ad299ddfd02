"""Texts: known by their sha256, and named if an editor or a transfer changed what nobody sees."""

import hashlib
import os

import pytest

from casebound.facts.evidence.texts import files_in, near_fits
from casebound.facts.problems import CaseError

TEXT = b"Mill closed\n\nIt shut.\n"


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        (TEXT.replace(b"\n", b"\r\n"), "its line ends"),
        (TEXT.rstrip(), "its last line end"),
        (TEXT + b"\n", "its last line end"),
        (b"\xef\xbb\xbf" + TEXT, "a byte order mark"),
        (TEXT.replace(b"closed", b"closed  "), "blanks at the ends of lines"),
        (b"\xef\xbb\xbf" + TEXT.replace(b"\n", b"\r\n"), "its line ends and a byte order mark"),
        (TEXT, ""),
        (TEXT.replace(b"shut", b"burnt"), ""),
    ],
)
def test_a_text_that_nearly_fits_is_named_with_what_differs(tmp_path, changed, what):
    (tmp_path / "mill.txt").write_bytes(changed)
    fits = near_fits(files_in(tmp_path, []))
    said = f"{tmp_path}/mill.txt is its text but for {what}" if what else None
    assert fits.get(hashlib.sha256(TEXT).hexdigest()) == said


def test_a_pipe_is_no_text_and_a_link_to_nothing_neither(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(tmp_path / "nothing")
    assert files_in(tmp_path, []) == {}


def test_a_folder_that_is_not_there_is_a_problem(tmp_path):
    with pytest.raises(CaseError, match="there is no such folder"):
        files_in(tmp_path / "nowhere", [])


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_what_cannot_be_read_is_a_problem_each(tmp_path):
    (tmp_path / "locked").mkdir(mode=0)
    (tmp_path / "a.txt").touch(mode=0)
    problems = []
    files_in(tmp_path, problems)
    assert {problem.file for problem in problems} == {f"{tmp_path}/locked", f"{tmp_path}/a.txt"}
