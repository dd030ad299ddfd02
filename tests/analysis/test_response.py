"""Response: an act that is done never stands with one that is promised."""

import pandas as pd

from casebound.analysis import response


def test_acts_have_their_columns_and_those_done_come_first(dairy_at_second):
    table = response.acts(dairy_at_second)
    assert list(table.columns) == ["actor", "role", "label", "statement", "status", "kind", "date", "latest"]
    assert list(table.index) == ["inspector-visit", "first-cheque", "cyber-desk", "mayor-promise", "county-levers"]
    assert list(table["kind"]) == ["done", "done", "under way", "said or promised", "said or promised"]
    # "promised to stand "right beside" the farmers"; "stating that it was" pulling every lever""
    assert list(table["status"][-2:]) == ["pledged", "claimed"]


def test_an_act_names_its_actor_and_role(dairy_at_second):
    row = response.acts(dairy_at_second).loc["inspector-visit"]
    assert (row["actor"], row["role"]) == ("Tom Ashe", "County inspector")


def test_other_groups_can_be_asked_for(dairy_at_second):
    assert list(response.acts(dairy_at_second, "attacker").index) == ["claimed-by-club"]
    assert set(response.acts(dairy_at_second, "company")["actor"]) == {"Brightwater Dairies"}
    assert len(response.acts(dairy_at_second, "others")) == 1


def test_lags_are_counted_from_the_attack_as_a_range(dairy_at_second):
    table = response.lags(dairy_at_second)
    assert list(table.columns) == ["actor", "label", "help", "kind", "date", "shortest", "longest"]
    # from a day of 1 to 19 February to a day of 17 to 20 March ("this week")
    assert list(table.loc["inspector-visit", ["shortest", "longest"]]) == [26, 47]
    # to 22 March
    assert list(table.loc["first-cheque", ["shortest", "longest"]]) == [31, 49]
    # "since the start of this attack"
    assert list(table.loc["cyber-desk", ["shortest", "longest"]]) == [0, 0]


def test_a_statement_without_a_day_of_its_own_has_no_lag(dairy_at_second):
    assert "county-levers" not in response.lags(dairy_at_second).index


def test_without_the_attack_s_day_lags_are_unknown(project):
    table = response.lags(project.load(sources="oak-2031-03-24"))
    assert list(table.index) == ["first-cheque"]
    assert pd.isna(table.at["first-cheque", "shortest"]) and pd.isna(table.at["first-cheque", "longest"])


def test_without_acts_the_tables_are_empty(project):
    project.edit("response.yaml", project.text("response.yaml"), "[]\n")
    assert len(response.acts(project.load())) == len(response.lags(project.load())) == 0


def test_the_seed_s_only_acts_done_are_one_minister_s_visit(article):
    # "Business Secretary Peter Kyle also visited JLR in the West Midlands this week"
    table = response.acts(article)
    assert set(table.loc[table["kind"] == "done", "actor"]) == {"Peter Kyle"}
    # "Chancellor Rachel Reeves pledged to work "very closely""
    assert table.at["chancellor-pledge", "kind"] == "said or promised"


def test_the_seed_s_visit_came_29_to_55_days_after_the_attack(article):
    # from a day of 1 to 24 August ("more than a month ago in August") to a day of 22 to 25 September ("this week")
    assert list(response.lags(article).loc["business-secretary-visit", ["shortest", "longest"]]) == [29, 55]


# Kinds of help, and what became of it


def test_help_is_counted_from_the_disclosure_where_it_is_known(dairy, dairy_at_second):
    # "on 20 February Brightwater made the attack public", which a later paper tells
    assert response.counted_from(dairy) == "disclosure"
    assert response.counted_from(dairy_at_second) == "attack-began"
    # from 20 February to a day of 17 to 20 March
    assert list(response.lags(dairy).loc["inspector-visit", ["shortest", "longest"]]) == [25, 28]


def test_day_by_day_each_act_and_statement_stands_in_order_with_its_sources(dairy):
    table = response.by_day(dairy)
    assert list(table.columns) == ["date", "statement", "status", "sources"]
    # "since the start of this attack", in February; 19 March; "this week", of 20 March; 20 March; 22 March
    assert list(table.index) == ["cyber-desk", "mayor-promise", "inspector-visit", "county-levers", "first-cheque"]
    assert table.at["mayor-promise", "status"] == "pledged"
    assert table.at["inspector-visit", "sources"] == "The Fen Courier, 08:15 on 20\u00a0March\u00a02031"


def test_day_by_day_leaves_out_what_became_of_an_announcement(project):
    project.edit("response.yaml", "  outcome_of: first-cheque\n", "  actor: mayor  # who gave it\n")
    assert "cheque-uncashed" in response.by_day(project.load()).index
    project.edit("response.yaml", "  actor: mayor  # who gave it\n", "  actor: mayor\n  outcome_of: first-cheque\n")
    assert "cheque-uncashed" not in response.by_day(project.load()).index


def test_day_by_day_leaves_out_an_account_that_the_report_does_not_follow(project):
    # without a resolution both days of the visit stand; with one, only the one that it follows
    other = """
- id: inspector-visit-later
  statement: Tom Ashe came on 22 March 2031.
  when: 2031-03-22
  dated: {rule: named-day, phrase: on March 22, base: 2031-03-24}
  status: done
  answers: {visit: on 22 March 2031}
  actor: inspector
  help: contact
  evidence:
    - {source: oak-2031-03-24, quote: handed the first cheque to farmers on March 22, basis: reporter}
"""
    project.append("response.yaml", other)
    project.edit(
        "response.yaml",
        "  actor: inspector\n  help: contact\n  evidence:\n    - source",
        "  answers: {visit: this week}\n  actor: inspector\n  help: contact\n  evidence:\n    - source",
    )
    question = "  - {id: visit, theme: response, kind: date, asks: When did the inspector come?"
    project.append("case.yaml", question + "}\n")
    assert {"inspector-visit", "inspector-visit-later"} <= set(response.by_day(project.load()).index)
    resolution = ", resolution: {follow: [inspector-visit-later], reason: It names the day.}"
    project.edit("case.yaml", question, question + resolution)
    assert "inspector-visit" not in response.by_day(project.load()).index


def test_an_outcome_names_what_was_announced(dairy, dairy_at_second):
    # "on 12 April the first cheque had not been cashed"
    [row] = response.outcomes(dairy).to_dict("records")
    assert (row["announced"], row["fact"]) == ("first-cheque", "cheque-uncashed")
    assert len(response.outcomes(dairy_at_second)) == 0
