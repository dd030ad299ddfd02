"""Chapters: the notebooks of a case, in the order that it gives them."""

import pytest

from casebound.facts.ledger.chapters import arranged, listed, shown

NAMES = ["00-a", "10-b", "20-c", "30-d"]


@pytest.mark.parametrize(
    ("before", "order"),
    [
        ({}, "abcd"),
        ({"30-d": "10-b"}, "adbc"),
        ({"00-a": "30-d"}, "bcad"),
        ({"30-d": "10-b", "20-c": "10-b"}, "acdb"),
        ({"30-d": "20-c", "20-c": "00-a"}, "dcab"),  # those before it go along
        ({"30-d": "99-z", "20-c": "20-c"}, "abcd"),
        ({"30-d": "20-c", "20-c": "30-d"}, "abcd"),  # a circle, which the checks name
    ],
)
def test_a_chapter_goes_before_another_and_the_rest_stays_in_order_of_name(before, order):
    assert "".join(name[-1] for name in arranged(NAMES, before)) == order


def test_a_case_has_shared_notebooks_and_its_own_which_take_the_place_of_those_of_the_same_name(project):
    own = project.root / "data" / project.case / "notebooks"
    own.mkdir()
    for name in ("25-costs.ipynb", "45-own.ipynb", "helpers.ipynb"):
        (own / name).write_text("{}", "utf-8")
    project.append("case.yaml", "chapters:\n  45-own: {before: 10-timeline}\n  80-lessons: {leave_out: Too long.}\n")
    found = {path.stem: path.parent.parent.name for path in shown(project.case)}
    assert list(found)[:4] == ["00-summary", "05-findings", "45-own", "10-timeline"] and len(found) == 11
    assert {name for name, folder in found.items() if folder == project.case} == {"25-costs", "45-own"}
    assert [each.leave_out for each in listed(project.case) if each.path.stem == "80-lessons"] == ["Too long."]
    assert len(shown("jlr-2025")) == 11


@pytest.mark.parametrize("chapters", ["[", "chapters: [x]", "chapters: {10-timeline: x, 20-impacts: {before: [1]}}"])
def test_what_cannot_be_read_of_the_chapters_changes_nothing(project, chapters):
    project.append("case.yaml", f"{chapters}\n")
    assert [path.stem for path in shown(project.case)][:2] == ["00-summary", "05-findings"]
