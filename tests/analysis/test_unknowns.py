"""Unknowns: what the case asks, and how far its sources answer it."""

from casebound.analysis import unknowns


def test_every_question_says_how_far_it_is_answered(dairy):
    table = unknowns.questions(dairy)
    assert list(table.columns) == ["asks", "theme", "answered", "facts"]
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


def test_before_the_second_source_a_figure_stands_unopposed(dairy_at_first):
    assert unknowns.questions(dairy_at_first).at["shops-lost", "answered"] == "answered"


def test_without_its_source_a_question_is_open_again(project):
    table = unknowns.questions(project.load(sources="oak-2031-03-24"))
    assert table.at["attack-start", "answered"] == "not answered"
    assert len(table) == 8


def test_the_seed_does_not_say_what_it_cost_nor_how_they_got_in(seed):
    table = unknowns.questions(seed)
    silent = set(table.index[table["answered"] == "not answered"])
    assert {"entry", "ransom", "cost", "vehicles-lost", "insurance"} <= silent
    assert table.at["attack-date", "answered"] == "answered"
    assert table.at["production-state", "answered"] == "in conflict"
