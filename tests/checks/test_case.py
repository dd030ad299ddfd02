"""Proof: a build takes no case in which something is wrong."""

import pytest

from casebound.checks import case
from casebound.facts.problems import CaseError


def test_a_sound_case_is_taken(project):
    assert case.prove("dairy-2031") is None


def test_everything_that_is_wrong_with_a_case_is_raised_at_once(project):
    project.edit("narrative.md", "[@first-cheque]", "[@first-chek]")
    project.edit("narrative.md", "Half of the order desks were answering", "Half of the order desks were not answering")
    with pytest.raises(CaseError) as caught:
        case.prove("dairy-2031")
    assert caught.value.problems == sorted(set(case.problems_of("dairy-2031"))) and len(caught.value.problems) == 2


WRONG_NUMBER = (
    "impacts.yaml",
    "statement: Brightwater lost track of 120 village",
    "statement: Brightwater lost track of 130 village",
)
UNCITED = ("narrative.md", "# What happened\n", "# What happened\n\nThe bills are lost.\n")


def codes(project) -> list[str]:
    return sorted(problem.code for problem in case.problems_of("dairy-2031"))


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("timeline.yaml", "  label: Churns stop\n", "  lable: Churns stop\n", "CB003"),  # other facts and prose name it
        ("timeline.yaml", "when: 2031-01\n", "when: last January\n", "CB003"),
        ("sources.yaml", "  grade: ", "  grade: X", "CB003"),
        ("case.yaml", "kind: creamery}", "kind: hotel}", "CB006"),
        ("case.yaml", "timezone: Europe/London", "timezone: Europe/Londno", "CB003"),
        ("case.yaml", "kind: date, asks", "kind: dates, asks", "CB003"),
        ("case.yaml", "language: en-GB\n", "", "CB003"),
        ("case.yaml", "seed: quill-2031-03-20", "seed: quill", "CB006"),
        ("case.yaml", "group: authorities}", "group: authority}", "CB006"),
        ("case.yaml", "to: churns-restarted}", "to: churns-restartd}", "CB006"),
        ("case.yaml", "from: churns-stopped", "frm: churns-stopped", "CB003"),  # prose inserts this length
        ("case.yaml", "from: churns-stopped", "from: []", "CB003"),
        ("case.yaml", "of: [cost-february", "of: [cost-febuary", "CB006"),
        ("case.yaml", "currency: GBP", "currency: GBX", "CB209"),
        ("timeline.yaml", "  effect: access\n", "  effect: axes\n", "CB006"),
    ],
)
def test_one_wrong_entry_hides_none_of_the_other_problems(project, file, old, new, code):
    text = project.text(file)
    assert old in text
    project.path(file).write_text(text.replace(old, new, 1), "utf-8")
    assert set(codes(project)) == {code}  # and says nothing untrue of what names the entry
    project.edit(*WRONG_NUMBER)
    project.edit(*UNCITED)
    found = codes(project)
    assert {"CB401", "CB607"} <= set(found) or (file == "case.yaml" and new == "seed: quill" and "CB401" in found)


@pytest.mark.parametrize("name", ["sources.yaml", "timeline.yaml", "case.yaml", "data/terms.yaml"])
def test_a_file_that_is_no_yaml_and_a_narrative_that_cannot_be_read_are_told_together(project, name):
    project.append(name, "a: [\n")
    project.path("narrative.md").write_text("Lost.\n" + project.text("narrative.md"), "utf-8")
    assert codes(project) == ["CB002", "CB603"]
