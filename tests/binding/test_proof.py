"""Proof: what a report takes from a sound case, and that it takes nothing from another."""

import pytest

from casebound.binding import proof
from casebound.facts.ledger import load
from casebound.facts.problems import CaseError


def test_the_report_s_metadata_are_the_case_s(dairy, dairy_at_first):
    meta = proof.about(dairy)
    assert meta["title"] == "The empty order books of Brightwater Dairies"
    assert (meta["as_known"], meta["timestamp"]) == ("12 April 2031", "2031-04-12T22:59:59+00:00")
    assert proof.about(dairy_at_first)["as_known"] == "20 March 2031, 09:40 GMT"


def test_the_timestamp_is_in_utc():
    # "Updated: 25/09/2025 - 17:12", in UK summer time
    article = load("jlr-2025", sources="visavadia-2025-09-25")
    assert proof.about(article)["timestamp"] == "2025-09-25T16:12:00+00:00"


def test_a_sound_case_gives_its_appendix_and_its_data_as_known_then(project):
    whole, then = (proof.proved("dairy-2031", moment, "") for moment in ("", "2031-03-20T09:40"))
    assert set(then.entries) < set(whole.entries) and set(then.sources) < set(whole.sources)
    assert then.data.keys() == whole.data.keys() and then.data != whole.data


def test_a_case_in_which_something_is_wrong_gives_nothing(project):
    project.edit("narrative.md", "[@odd-logins]", "[@odd-login]")
    project.edit("case.yaml", "timezone: Europe/London", "timezone: Europe/Londn")
    with pytest.raises(CaseError) as caught:
        proof.proved("dairy-2031", "", "")
    assert caught.value.problems == sorted(set(proof.problems_of("dairy-2031")))
