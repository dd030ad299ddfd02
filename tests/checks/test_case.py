"""Proof: a build takes no case in which something is wrong."""

import pytest

from casebound.checks import case
from casebound.facts.problems import CaseError


def test_a_sound_case_is_taken(project):
    assert case.prove("dairy-2031") is None


def test_everything_that_is_wrong_with_a_case_is_raised_at_once(project):
    project.edit("narrative.md", "[@odd-logins]", "[@odd-login]")
    project.edit("narrative.md", "Half of the order desks were answering", "Half of the order desks were not answering")
    with pytest.raises(CaseError) as caught:
        case.prove("dairy-2031")
    assert caught.value.problems == sorted(set(case.problems_of("dairy-2031"))) and len(caught.value.problems) == 2
