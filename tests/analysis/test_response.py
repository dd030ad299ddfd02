"""Response: an act that is done never stands with one that is promised."""

import pandas as pd

from casebound.analysis import response


def test_acts_have_their_columns_and_those_done_come_first(dairy):
    table = response.acts(dairy)
    assert list(table.columns) == ["actor", "role", "label", "statement", "status", "kind", "date", "latest"]
    assert list(table.index) == ["inspector-visit", "first-cheque", "cyber-desk", "mayor-promise", "county-levers"]
    assert list(table["kind"]) == ["done", "done", "under way", "said or promised", "said or promised"]


def test_a_pledge_and_a_claim_are_words(dairy):
    # "promised to stand "right beside" the farmers"; "stating that it was" pulling every lever""
    table = response.acts(dairy)
    assert list(table.loc[["mayor-promise", "county-levers"], "status"]) == ["pledged", "claimed"]
    assert set(table.loc[["mayor-promise", "county-levers"], "kind"]) == {"said or promised"}


def test_an_act_names_its_actor_and_role(dairy):
    row = response.acts(dairy).loc["inspector-visit"]
    assert (row["actor"], row["role"]) == ("Tom Ashe", "County inspector")


def test_other_groups_can_be_asked_for(dairy):
    assert list(response.acts(dairy, "attacker").index) == ["claimed-by-club"]
    assert set(response.acts(dairy, "company")["actor"]) == {"Brightwater Dairies"}
    assert len(response.acts(dairy, "others")) == 1


def test_lags_are_counted_from_the_attack_as_a_range(dairy):
    table = response.lags(dairy)
    assert list(table.columns) == ["actor", "label", "kind", "date", "shortest", "longest"]
    # from a day of 1 to 19 February to a day of 17 to 20 March ("this week")
    assert list(table.loc["inspector-visit", ["shortest", "longest"]]) == [26, 47]
    # to 22 March
    assert list(table.loc["first-cheque", ["shortest", "longest"]]) == [31, 49]
    # "since the start of this attack"
    assert list(table.loc["cyber-desk", ["shortest", "longest"]]) == [0, 0]


def test_a_statement_without_a_day_of_its_own_has_no_lag(dairy):
    assert "county-levers" not in response.lags(dairy).index


def test_without_the_attack_s_day_lags_are_unknown(project):
    table = response.lags(project.load(sources="oak-2031-03-24"))
    assert list(table.index) == ["first-cheque"]
    assert pd.isna(table.at["first-cheque", "shortest"]) and pd.isna(table.at["first-cheque", "longest"])


def test_without_acts_the_tables_are_empty(project):
    project.edit("response.yaml", project.text("response.yaml"), "[]\n")
    assert len(response.acts(project.load())) == len(response.lags(project.load())) == 0


def test_the_seed_s_only_acts_done_are_one_minister_s_visit(seed):
    # "Business Secretary Peter Kyle also visited JLR in the West Midlands this week"
    table = response.acts(seed)
    assert set(table.loc[table["kind"] == "done", "actor"]) == {"Peter Kyle"}
    # "Chancellor Rachel Reeves pledged to work "very closely""
    assert table.at["chancellor-pledge", "kind"] == "said or promised"


def test_the_seed_s_visit_came_29_to_55_days_after_the_attack(seed):
    # from a day of 1 to 24 August ("more than a month ago in August") to a day of 22 to 25 September ("this week")
    assert list(response.lags(seed).loc["business-secretary-visit", ["shortest", "longest"]]) == [29, 55]
