"""Unknowns: what the case asks, and how far its sources answer it."""

from casebound.analysis import unknowns


def test_every_question_says_how_far_it_is_answered(dairy_at_second):
    table = unknowns.questions(dairy_at_second)
    assert list(table.columns) == ["asks", "answered", "is_open", "facts"]
    assert dict(table["answered"]) == {
        "attack-start": "answered",  # "more than a month ago in February"
        "churn-state": "in conflict",
        "reopening": "partly",  # "until April 1" is a plan
        "shops-lost": "in conflict",
        "attacker": "partly",  # a claim and a guess
        "data-taken": "partly",  # a possibility beside a matter not confirmed leaves it open
        "ransom": "partly",  # "We have not paid a ransom" is the firm's own word
        "cost": "not answered",
    }
    assert table.at["shops-lost", "facts"] == ("shops-lost-120", "shops-lost-145")
    assert table.at["cost", "facts"] == ()


def test_without_its_source_a_question_is_open_again(project):
    table = unknowns.questions(project.load(sources="oak-2031-03-24"))
    assert table.at["attack-start", "answered"] == "not answered"
    assert len(table) == 8


def test_the_seed_does_not_say_what_it_cost_nor_how_they_got_in(article):
    table = unknowns.questions(article)
    silent = set(table.index[table["answered"] == "not answered"])
    assert {"entry", "ransom", "loss-rate", "vehicles-lost"} <= silent
    assert table.at["attack-date", "answered"] == "answered"
    assert table.at["production-state", "answered"] == "in conflict"


def test_a_question_that_arises_from_a_fact_is_not_asked_before_it_is_known(dairy, dairy_at_second):
    later = {"booked-cost", "creameries"}
    assert later <= set(unknowns.questions(dairy).index)
    assert not later & set(unknowns.questions(dairy_at_second).index)


def test_a_question_that_a_fact_answers_is_asked_whether_or_not_what_raised_it_is_known(project):
    project.edit("case.yaml", "{id: shops-lost,", "{id: shops-lost, arises_from: creameries-two,")
    ledger = project.load(as_of="2031-03-24")
    assert "creameries-two" not in ledger.facts.index
    assert "shops-lost" in unknowns.questions(ledger).index


def test_a_question_on_which_sources_are_at_odds_is_in_conflict_though_the_report_follows_one(dairy):
    table = unknowns.questions(dairy)
    assert table.at["shops-lost", "answered"] == table.at["cost", "answered"] == "in conflict"
    # "may have copied" beside the firm's own admission leaves it open
    assert table.at["data-taken", "answered"] == "claimed" and table.at["data-taken", "is_open"]
    assert table.at["booked-cost", "answered"] == "answered"  # two months, two figures


def test_a_question_is_open_where_nobody_answers_it_firmly_or_no_account_is_followed(dairy, dairy_at_second):
    is_open = unknowns.questions(dairy)["is_open"]
    assert not is_open["shops-lost"]  # the report follows the auditor's count
    assert is_open["attacker"] and is_open["cost"]
    assert not is_open["attack-start"] and not is_open["booked-cost"]
    # a claim and a guess, before anybody else names the attackers
    assert unknowns.questions(dairy_at_second).at["attacker", "is_open"]


def test_an_assertion_answers_a_question_unless_an_attacker_makes_it(project):
    assert unknowns.questions(project.load()).at["ransom", "answered"] == "partly"  # a denial
    status = "status: denied\n  answers:\n    ransom"
    assert status in project.text("attribution.yaml")
    project.edit("attribution.yaml", status, status.replace("denied", "claimed"))
    assert unknowns.questions(project.load()).at["ransom", "answered"] == "claimed"
    start = project.text("attribution.yaml").index(status.replace("denied", "claimed"))
    after = project.text("attribution.yaml")[start:]
    project.path("attribution.yaml").write_text(
        project.text("attribution.yaml")[:start] + after.replace("basis: company", "basis: attacker", 1), "utf-8"
    )
    assert unknowns.questions(project.load()).at["ransom", "answered"] == "partly"
