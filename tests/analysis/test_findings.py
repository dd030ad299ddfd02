"""Findings: computed results as ranges, with the facts and the reason that they rest on."""

import pytest

from casebound.analysis.findings import days, findings, names, span
from casebound.facts.dates import edtf
from casebound.facts.dates.edtf import Length


@pytest.mark.parametrize(
    ("length", "text"),
    [
        (Length(32, 55), "32 to 55 days"),
        (Length(6, 6), "6 days"),
        (Length(1, 1), "1 day"),
        (Length(0, 0), "0 days"),
        (Length(12, None), "at least 12 days"),
        (Length(1000, 2000), "1,000 to 2,000 days"),
    ],
)
def test_a_length_is_printed_as_a_range(length, text):
    assert days(length) == text


def texts(ledger):
    """The text of each finding and the facts it rests on."""
    return {name: (result.text, result.facts) for name, result in findings(ledger).items()}


def test_the_findings_follow_from_the_facts_known_at_the_second_article(dairy_at_second):
    assert texts(dairy_at_second) == {
        # from a day of 1 to 19 February ("at once" with the attack) to the second article, 24 March
        "stop.at-publication": ("33 to 51 days", ("churns-stopped",)),
        # to 20 March, the day of the article from which the case starts
        "stop.at-article": ("29 to 47 days", ("churns-stopped",)),
        "attack.at-article": ("29 to 47 days", ("attack-began",)),
        # to 8 April ("until April 8"), which overtook 1 April
        "plan.ahead": ("15 days", ("opening-slips",)),
        # "The cold store at Cawdale ... is humming again"
        "systems.restored": ("1 of 5", ("cold-store-back",)),
        "questions.open": ("1 of 8", ()),
        # "Our cold store at Cawdale works as before" stands in both sources
        "facts.alone": ("31 of 32", ()),
        "facts.confirmed": ("1 of 32", ()),
        # the shops, and those who claim the attack
        "facts.weak": ("2 of 32", ()),
        # the shops; not the churns, the wording and the addresses
        "matters.followed": ("1 of 4", ()),
    }


def test_the_findings_of_the_whole_case_follow_from_the_facts_quoted(dairy):
    assert texts(dairy) == {
        # from a day of 1 to 19 February to the restart on 9 April
        "stop.length": ("49 to 67 days", ("churns-stopped", "churns-restarted")),
        # to 11 April ("back to normal")
        "stop.to-normal": ("51 to 69 days", ("churns-stopped", "churning-normal")),
        # to 20 March, whatever came later
        "stop.at-article": ("29 to 47 days", ("churns-stopped",)),
        # from 5 February, which the report follows, to 20 March
        "attack.at-article": ("43 days", ("attack-on-5-february",)),
        # from 1 April, the first day named for the restart, to 9 April
        "restart.slip": ("8 days", ("no-opening-until-april", "churns-restarted")),
        # from 20 February ("made the attack public") to 22 March
        "help.money": ("30 days", ("disclosure", "first-cheque")),
        # from 22 March to 12 April ("had not been cashed")
        "help.outcome": ("21 days", ("first-cheque", "cheque-uncashed")),
        # from 20 February to 10 April
        "data.admitted": ("49 days", ("disclosure", "addresses-admitted")),
        # £3m for February and £2m for March
        "cost.booked": ("£5m", ("cost-february", "cost-march")),
        # "back to normal", "humming again"
        "systems.restored": ("2 of 6", ("churning-normal", "cold-store-back")),
        "questions.open": ("none of 10", ()),
        # the cold store, and the restart by the firm and by the auditor, rest on two
        "facts.alone": ("52 of 54", ()),
        # the cold store, on which nobody is at odds
        "facts.confirmed": ("1 of 54", ()),
        "facts.weak": ("10 of 54", ()),
        # the day of the attack and the shops
        "matters.followed": ("2 of 10", ()),
    }


def test_no_finding_goes_untested(dairy, dairy_at_second, dairy_at_first):
    worked_out = {*findings(dairy), *findings(dairy_at_second), *findings(dairy_at_first)}
    assert worked_out == set(names(dairy.case))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("period: 2031-03}", "period: 2031-02}"),  # the same month is not added up twice
        (
            "measure: cost booked, scope: Brightwater, period: 2031-03",
            "measure: cost guessed, scope: Brightwater, period: 2031-03",
        ),
        ("scope: Brightwater, period: 2031-03", "scope: Holt Fen, period: 2031-03"),
        ("unit: GBP million, measure: cost booked, scope: Brightwater, period: 2031-03",
         "unit: EUR million, measure: cost booked, scope: Brightwater, period: 2031-03"),
    ],
)  # fmt: skip
def test_a_sum_is_added_up_only_where_it_can_be(project, old, new):
    assert findings(project.load())["cost.booked"].low == 5
    project.edit("costs.yaml", old, new)
    assert "cost.booked" not in findings(project.load())


def test_a_finding_says_how_it_was_reached(dairy_at_second):
    stop = findings(dairy_at_second)["stop.at-publication"]
    assert (stop.low, stop.high, stop.unit) == (33, 51, "days")
    assert stop.reason == "begins between 1 and 19\u00a0February\u00a02031; ends 24\u00a0March\u00a02031"


def test_a_finding_whose_facts_are_missing_is_left_out(project):
    assert set(findings(project.load(sources="oak-2031-03-24"))) == {
        *("systems.restored", "questions.open", "plan.ahead", "facts.alone", "facts.confirmed", "facts.weak")
    }


def test_every_finding_rests_on_facts_of_the_ledger(dairy, dairy_at_second, dairy_at_first, article, seed):
    for ledger in (dairy, dairy_at_second, dairy_at_first, article, seed):
        for name, result in findings(ledger).items():
            assert set(result.facts) <= set(ledger.facts.index), name
            assert result.name == name and result.asks.endswith("?") and result.reason


def test_a_changed_date_changes_the_finding(project):
    project.edit("recovery.yaml", "when: 2031-04-09", "when: 2031-04-05")
    assert findings(project.load())["restart.slip"].text == "4 days"


def test_a_plan_that_has_passed_is_not_ahead(project):
    # as if nobody had reported the restart: the newest source, of 12 April, comes after 8 April
    project.edit("case.yaml", "no-opening-until-april], until: churns-restarted", "no-opening-until-april]")
    assert "plan.ahead" in findings(project.load(as_of="2031-03-24"))
    assert "plan.ahead" not in findings(project.load())


def test_the_seed_s_stop_had_lasted_32_to_55_days_on_the_day_of_its_article(article):
    # "The attack resulted in an immediate pause of production"; the attack "began more than a month ago in August",
    # said on 25 September 2025: a day of 1 to 24 August, so 32 to 55 days before the article
    results = findings(article)
    stop = results["stop.at-publication"]
    assert (stop.low, stop.high, stop.text, stop.facts) == (32, 55, "32 to 55 days", ("production-paused",))
    # "would not resume manufacturing until October 1"
    assert results["plan.ahead"].text == "6 days"


@pytest.mark.parametrize(
    ("first", "second", "text"),
    [
        ("2031-03-20T07:20+00:00", "2031-03-20T13:10+00:00", "5 hours 50 minutes"),
        ("2031-03-20T07:20+00:00", "2031-03-20T08:20+00:00", "1 hour"),
        ("2031-03-20T07:20+00:00", "2031-03-20T07:20+00:00", "at once"),
        ("2031-03-20T07:20+00:00", "2031-03-23T07:20+00:00", "3 days"),
        ("2031-03-20", "2031-03-20", "the same day"),
        ("2031-03-20", "2031-03-21", "1 day"),
    ],
)
def test_a_length_between_two_moments_of_less_than_two_days_is_in_hours(first, second, text):
    assert span(edtf.parse(first), edtf.parse(second)) == text
