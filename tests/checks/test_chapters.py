"""Chapters: what case.yaml says of them is refused where no report could follow it."""

import pytest


@pytest.mark.parametrize(
    ("chapters", "said"),
    [
        ("10-timelin: {title: What happened?}", "there is no notebook '10-timelin' [CB006]\n    fix: did you mean"),
        ("80-lessons: {before: 10-time}", "there is no notebook '10-time' [CB006]"),
        ("80-lessons: {before: 80-lessons}", "it stands before itself [CB610]"),
        ("80-lessons: {before: 20-impacts}, 20-impacts: {before: 80-lessons}", "'20-impacts', which stands before it"),
        ("80-lessons: {titel: What happened?}", "titel' [CB003]\n    fix: did you mean 'title'?"),
        ("80-lessons: {title: What Stannet learned}", "the name “Stannet” of the title stands in no fact of the case"),
        ("80-lessons: {title: Lessons, leave_out: Only 77 asked.}", "the number “77” of the leave_out stands in no"),
    ],
)
def test_a_chapter_that_no_report_could_follow_is_refused_with_its_line(project, chapters, said):
    line = project.append("case.yaml", f"chapters: {{{chapters}}}\n")
    found = [problem for problem in project.problems() if said in problem]
    assert found and found[0].startswith(f"data/dairy-2031/case.yaml:{line}: ")


def test_a_case_keeps_a_chapter(project):
    names = [path.stem for path in (project.root / "notebooks").glob("*.ipynb")]
    project.append("case.yaml", f"chapters: {{{', '.join(f'{name}: {{leave_out: No.}}' for name in names)}}}\n")
    assert any("every chapter is left out [CB610]" in problem for problem in project.problems())


def test_a_chapter_of_one_case_breaks_no_other_and_is_bound_like_the_rest(project):
    project.write("45-orders", "# Orders", 'cb.narrative.section(ledger, "orders")')
    assert project.problems() == []
    own = project.root / "data" / "jlr-2025" / "notebooks"
    own.mkdir()
    project.write("45-orders", "# Orders\n\nIt lost 120 shops.").rename(own / "45-orders.ipynb")
    assert project.problems() == []
    other = type(project)(project.root, "jlr-2025")
    assert other.problems()[0].startswith("data/jlr-2025/notebooks/45-orders.ipynb: cell 1: the sentence states “120”")
