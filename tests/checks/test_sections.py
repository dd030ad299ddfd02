"""Sections: what no chapter shows is refused, and so is a heading that nothing below bears out."""

import pytest

NARRATIVE = "data/dairy-2031/narrative.md"


def only(project):
    said = project.problems()
    assert len(said) == 1, "\n".join(said)
    return said[0]


def test_a_key_fact_that_would_not_be_shown_is_refused(project):
    line = project.edit("narrative.md", "- **Not confirmed:** whether", "- Not confirmed: whether")
    said = f"narrative.md:{line}: key facts: not an item, so it would not be shown"
    assert any(said in problem for problem in project.problems())


@pytest.mark.parametrize(("name", "near"), [("Recovery", "recovery"), ("Key facts", "key facts")])
def test_a_section_that_no_chapter_shows_is_named_with_the_nearest(project, name, near):
    line = project.edit("narrative.md", f"# {name}\n", f"# {name}s\n")
    said = only(project)
    assert said.startswith(f"{NARRATIVE}:{line}: {near}s: no chapter shows this section [CB603]")
    assert said.endswith(f"fix: show it in a notebook, or drop it; did you mean '{near}'?")
    project.edit("case.yaml", "timezone:", "chapters: {10-timeline: {leave_out: Too long.}}\ntimezone:")
    assert f"{NARRATIVE}" in str([each for each in project.problems() if "case.yaml leaves out 10-timeline" in each])


@pytest.mark.parametrize(
    "code", ["for name in names:\n    cb.narrative.section(ledger, name)", "def section(each): ..."]
)
def test_a_chapter_that_may_show_any_section_shows_it(project, code):
    project.append("narrative.md", "\n# Own\n\nWas it insured? [question]\n")
    assert "no chapter shows this section" in only(project)
    project.write("45-own", code)
    assert project.problems() == []
    project.write("45-own", "cb.narrative.section(ledger=ledger, name='Own')")
    assert project.problems() == []


def test_an_answer_that_is_no_item_would_not_be_shown(project):
    line = project.edit("narrative.md", "- **context** The", "- The")
    assert only(project).startswith(f"{NARRATIVE}:{line}: answers: not an item, so it would not be shown [CB604]")


def test_an_answer_names_a_chapter_that_is_shown(project):
    line = project.edit("narrative.md", "- **costs** ", "- **cost** ")
    said = only(project)
    assert said.startswith(f"{NARRATIVE}:{line}: answers: no chapter opens with the answer 'cost' [CB604]")
    assert said.endswith("fix: did you mean 'costs'?")
    project.edit("narrative.md", "- **cost** ", "- **Costs:** ")
    assert project.problems() == []
    project.edit("case.yaml", "timezone:", "chapters: {25-costs: {leave_out: Nothing is known.}}\ntimezone:")
    said = "\n".join(project.problems())
    assert "the answer 'costs': case.yaml leaves out 25-costs" in said and "fix: drop the item, or keep the" in said


def test_an_answer_that_nobody_wrote_is_no_problem_and_one_may_open_any_chapter_that_asks_in_code(project):
    text = project.text("narrative.md")
    costs = next(line for line in text.splitlines(keepends=True) if line.startswith("- **costs** "))
    project.edit("narrative.md", costs, "")
    assert project.problems() == []
    project.edit("narrative.md", "# Answers\n", f"# Answers\n\n{costs.replace('costs', 'own')}")
    assert "no chapter opens with the answer 'own'" in only(project)
    project.write("45-own", "for name in names:\n    cb.narrative.answer(ledger, name)")
    assert project.problems() == []


def test_a_heading_cites_only_what_a_sentence_below_it_cites(project):
    heading = "### The firm saw odd logins [@odd-logins]\n\n"
    line = project.append("narrative.md", f"\n{heading}Churning stopped [@churns-stopped].\n") + 1
    assert only(project) == (
        f"{NARRATIVE}:{line}: limits: the heading cites odd-logins, and no sentence below it does [CB623]\n"
        "    in: The firm saw odd logins\n"
        "    fix: say it in a sentence below, which prints the number of the note"
    )
    project.append("narrative.md", "\nThe firm saw the first odd logins in January 2031 [@odd-logins].\n")
    assert project.problems() == []


def test_headings_that_take_each_other_s_place_rest_on_the_same_text(project):
    headings = "### Churning stopped [@churns-stopped; until @disclosure]\n### It told of odd logins [@odd-logins]\n"
    below = "Churning stopped [@churns-stopped]. It saw odd logins [@odd-logins]."
    project.append("narrative.md", f"\n{headings}\n{below}\n")
    assert project.problems() == []
