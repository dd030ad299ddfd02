"""New: a case begins with the least that passes, and its examples are true of the program."""

import re

import pytest
import yaml

from casebound import paths
from casebound.authoring.new import TEMPLATE, new
from casebound.checks.case import problems_of
from casebound.checks.sections import sections_in
from casebound.facts.problems import CaseError
from casebound.facts.records.models import Fact, Source


def test_a_new_case_passes_the_checks_and_holds_every_section_that_a_notebook_shows(project):
    folder = new("harbour-2031", "North's Quay: East")
    assert problems_of("harbour-2031") == []
    shown = {name for path in paths.notebooks() for name in sections_in(path) or ()}
    headings = re.findall(r"(?m)^# (.+)$", (folder / "narrative.md").read_text("utf-8"))
    assert {heading.lower() for heading in headings} == shown
    case = yaml.safe_load((folder / "case.yaml").read_text("utf-8"))
    assert case["subject"] == "North's Quay: East" and case["title"] == "North's Quay: East: what happened"


@pytest.mark.parametrize("name", ["Harbour", "a b", "../x", "", "dairy-2031"])
def test_a_name_that_is_no_slug_or_taken_is_refused_and_nothing_made(project, name):
    before = sorted((project.root / "data").iterdir())
    with pytest.raises(CaseError):
        new(name)
    assert sorted((project.root / "data").iterdir()) == before


@pytest.mark.parametrize("path", sorted(TEMPLATE.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_example_in_a_comment_is_an_entry_that_the_program_takes(path):
    text = path.read_text("utf-8")
    examples = "\n".join(line[2:] for line in text.splitlines() if re.match(r"# (?:- |  )", line))
    model = Source if path.stem == "sources" else Fact
    if path.stem not in ("case", "terms"):
        [entry] = yaml.load(examples, Loader=yaml.BaseLoader)
        model.model_validate(entry)
