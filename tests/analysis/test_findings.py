"""Findings: computed results as ranges, with the facts and the reason that they rest on."""

import pytest

from casebound.analysis.findings import days, findings
from casebound.facts.dates import Length


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (Length(32, 55), "32 to 55 days"),
        (Length(6, 6), "6 days"),
        (Length(1, 1), "1 day"),
        (Length(0, 0), "0 days"),
        (Length(12, None), "at least 12 days"),
        (Length(1000, 2000), "1,000 to 2,000 days"),
    ],
)
def test_a_length_is_said_as_a_range(length, said):
    assert days(length) == said


def test_the_invented_case_s_findings(dairy):
    found = {name: (one.text, one.facts) for name, one in findings(dairy).items()}
    assert found == {
        # from a day of 1 to 19 February ("at once" with the attack) to the second article, 24 March
        "stop.at-publication": ("33 to 51 days", ("churns-stopped",)),
        # to 1 April ("until April 1")
        "stop.until-planned": ("41 to 59 days", ("churns-stopped", "no-opening-until-april")),
        "plan.ahead": ("8 days", ("no-opening-until-april",)),
        # to "this week" of 20 March
        "help.first-act": ("26 to 47 days", ("attack-began", "inspector-visit")),
        # "The cold store at Cawdale ... is humming again"
        "systems.restored": ("1 of 5", ("cold-store-back",)),
        "questions.open": ("1 of 8", ()),
    }


def test_a_finding_says_how_it_was_reached(dairy):
    one = findings(dairy)["stop.at-publication"]
    assert (one.low, one.high, one.unit) == (33, 51, "days")
    assert (
        one.reason
        == "from the stop (between 1 and 19\u00a0February\u00a02031) to the newest source (24\u00a0March\u00a02031)"
    )


def test_findings_follow_what_is_known(dairy_at_first):
    found = findings(dairy_at_first)
    assert found["stop.at-publication"].text == "29 to 47 days"
    assert found["plan.ahead"].text == "12 days"


def test_a_finding_whose_facts_are_missing_is_left_out(project):
    assert set(findings(project.load(sources="oak-2031-03-24"))) == {"systems.restored", "questions.open"}


def test_once_production_is_back_nothing_is_said_of_a_plan(project):
    project.edit("timeline.yaml", "  status: planned\n  answers:\n    churn", "  status: done\n  answers:\n    churn")
    assert not {"plan.ahead", "stop.until-planned", "stop.at-publication"} & set(findings(project.load()))


def test_every_finding_rests_on_facts_of_the_ledger(dairy, dairy_at_first, seed):
    for ledger in (dairy, dairy_at_first, seed):
        for name, one in findings(ledger).items():
            assert set(one.facts) <= set(ledger.facts.index), name
            assert one.name == name and one.asks.endswith("?") and one.reason


def test_a_promise_is_no_act_of_help(project):
    # only "promised to stand" and "has sat with Brightwater" are left
    project.edit("response.yaml", "  status: done\n  actor: inspector", "  status: planned\n  actor: inspector")
    project.edit("response.yaml", "  status: done\n  actor: mayor", "  status: planned\n  actor: mayor")
    assert "help.first-act" not in findings(project.load())


def test_a_changed_date_changes_the_finding(project):
    project.edit(
        "timeline.yaml",
        "when: 2031-04-01\n  dated: {rule: named-day, phrase: until April 1",
        "when: 2031-04-05\n  dated: {rule: named-day, phrase: until April 1",
    )
    assert findings(project.load())["plan.ahead"].text == "12 days"


def test_a_plan_that_has_passed_is_not_ahead(project):
    project.edit(
        "timeline.yaml",
        "when: 2031-04-01\n  dated: {rule: named-day, phrase: until April 1",
        "when: 2031-03-21\n  dated: {rule: named-day, phrase: until April 1",
    )
    assert "plan.ahead" not in findings(project.load())


def test_the_seed_s_stop_had_lasted_32_to_55_days(seed):
    # "The attack resulted in an immediate pause of production"; the attack "began more than a month ago in August",
    # said on 25 September 2025: a day of 1 to 24 August, so 32 to 55 days before the article
    one = findings(seed)["stop.at-publication"]
    assert (one.low, one.high, one.text) == (32, 55, "32 to 55 days")
    assert one.facts == ("production-paused",)


def test_the_seed_s_stop_would_have_lasted_38_to_61_days(seed):
    # "would not resume manufacturing until October 1"
    found = findings(seed)
    assert found["stop.until-planned"].text == "38 to 61 days"
    assert found["plan.ahead"].text == "6 days"


def test_the_seed_s_first_act_came_29_to_55_days_after_the_attack(seed):
    # "Business Secretary Peter Kyle also visited JLR in the West Midlands this week"
    assert findings(seed)["help.first-act"].text == "29 to 55 days"


def test_three_of_six_of_the_seed_s_systems_were_restored(seed):
    assert findings(seed)["systems.restored"].text == "3 of 6"
