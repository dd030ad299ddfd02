"""Catalogue: every check has a code that is explained, and may be set aside where that is seen."""

import re
from pathlib import Path

import pytest

from casebound.checks.case import problems_of
from casebound.facts import catalogue
from casebound.facts.problems import CaseError

ROOT = Path(__file__).parents[2]
NAMED = 'aside: {CB403: "The text abbreviates the name."}'


def codes() -> list[str]:
    return [problem.code for problem in problems_of("dairy-2031")]


def aside_in_facts(project, text):
    project.edit("timeline.yaml", "- id: odd-logins\n", f"- id: odd-logins\n  {text}\n")


def test_the_catalogue_holds_just_the_codes_that_the_code_uses():
    modules = (ROOT / "src").rglob("*.py")
    assert {code for path in modules for code in re.findall(r'"(CB\d{3})"', path.read_text("utf-8"))} == set(
        catalogue.checks()
    )


def test_the_page_of_the_checks_is_made_from_the_catalogue():
    page = (ROOT / "docs" / "checks.md").read_text("utf-8")
    assert page == catalogue.page(), "run: casebound explain > docs/checks.md"


def test_a_code_is_explained_in_any_case_and_an_unknown_one_is_refused():
    assert "its evidence lacks" in catalogue.explained("cb401")
    with pytest.raises(CaseError, match="there is no check 'CB999'"):
        catalogue.explained("CB999")


def test_what_a_fact_sets_aside_is_no_problem(project):
    project.edit("timeline.yaml", "statement: The firm saw", "statement: The firm Ramblewick saw")
    assert codes() == ["CB403"]
    aside_in_facts(project, NAMED)
    assert codes() == []


def test_what_a_sentence_sets_aside_is_no_problem(project):
    project.edit(
        "narrative.md",
        "Churning stopped at once [@churns-stopped]",
        "Churning at Ramblewick stopped at once [@churns-stopped]",
    )
    assert codes() == ["CB613"]
    aside = "[@churns-stopped; aside CB613: The firm's own name. It has no other]"
    project.edit(
        "narrative.md", "at Ramblewick stopped at once [@churns-stopped]", f"at Ramblewick stopped at once {aside}"
    )
    assert codes() == []


@pytest.mark.parametrize(
    ("aside", "code"),
    [
        (NAMED, "CB702"),
        ('aside: {CB201: "We know better."}', "CB701"),
        ('aside: {CB999: "No such check."}', "CB701"),
        ('aside: {CB403: ""}', "CB003"),
    ],
)
def test_an_aside_that_nothing_needs_or_nobody_may_give_is_a_problem(project, aside, code):
    aside_in_facts(project, aside)
    try:
        assert codes() == [code]
    except CaseError as error:
        assert [problem.code for problem in error.problems] == [code]
