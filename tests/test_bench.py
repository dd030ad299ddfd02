"""The bench: its edits fit the repository's files, and its page says which aims are met."""

from __future__ import annotations

from pathlib import Path

import pytest

from casebound.checks.case import problems_of

BENCH = Path(__file__).parent / "bench"


@pytest.fixture(scope="module")
def bench():
    """Return the modules of the bench, which import each other by their bare names."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(BENCH))
        import contenders
        import page

        return contenders, page


def results(**ways) -> dict:
    return {"about": {"Python": "3"}, "missing": {"a way": "no shop"}, "ways": ways, "growth": []}


def test_every_edit_can_be_made_again_and_again_and_leaves_a_sound_case(bench, tmp_path, monkeypatch):
    contenders, _ = bench
    project = contenders.Project(tmp_path)
    for kind in [*contenders.EDITS, *contenders.EDITS]:
        name = contenders.EDITS[kind][0]
        before = (project.folder / name).read_text("utf-8")
        project.edit(kind)
        assert (project.folder / name).read_text("utf-8") != before
    assert "print('edit 5'); cb.tables.effects(ledger)" in (tmp_path / contenders.EDITS["notebook"][0]).read_text()
    monkeypatch.setenv("CASEBOUND_ROOT", str(tmp_path))
    assert problems_of(contenders.CASE) == []


def test_a_plain_script_runs_the_notebooks_with_the_case_that_is_measured(bench, tmp_path):
    contenders, _ = bench
    project = contenders.Project(tmp_path)
    for path in (tmp_path / "notebooks").glob("[0-9]*"):
        if path.stem != "60-context":
            path.unlink()
    assert contenders.WAYS["plain"].seconds(project) > 0


def test_a_checkout_without_an_environment_is_refused(bench, tmp_path):
    contenders, _ = bench
    with pytest.raises(contenders.MissingError, match="run `make report` there first"):
        contenders.Project(tmp_path / "here", tmp_path / "there")


def test_an_aim_is_said_to_be_met_or_not(bench):
    said = bench[1].text(results(ours=[1, 2], loop=[10, 20], plain=[0.5, 1]))
    assert "nbconvert --to html` for each notebook; HTML only | 0.2 or less | 0.10 (0.10 – 0.10) | met |" in said
    assert "with the same cells; renders nothing | 1.5 or less | 2.00 (2.00 – 2.00) | **not met** |" in said


def test_what_could_not_be_measured_is_said_with_its_reason(bench):
    assert "Not measured: a way (no shop)." in bench[1].text(results(ours=[1, 2]))


def test_two_checkouts_stand_side_by_side_with_their_ratio(bench):
    said = bench[1].compared([{"ours": [1, 2, 3]}, {"ours": [2, 4, 4]}], "here", "there")
    assert "| ours, uncached, forked kernels | 2.00 (1.00 – 3.00) | 4.00 (2.00 – 4.00) | 0.50 (0.50 – 0.75) |" in said
