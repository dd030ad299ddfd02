"""Response: who did what on which day, and what became of it."""

import pandas as pd

from casebound.analysis import response


def test_day_by_day_each_act_and_statement_stands_in_order_with_its_sources(dairy):
    table = response.acts(dairy)
    assert list(table.columns) == ["date", "who", "group", "act", "statement", "status", "outcome_of", "sources"]
    # "since the start of this attack", in February; 19 March; "this week", of 20 March; 20 March; 22 March
    assert list(table.index) == ["cyber-desk", "mayor-promise", "inspector-visit", "county-levers", "first-cheque"]
    assert list(table.loc["mayor-promise", ["who", "group", "act", "status"]]) == [
        *("Petra Lark", "authorities", "words", "pledged")
    ]
    assert table.at["inspector-visit", "sources"] == "The Fen Courier, 08:15\u00a0GMT on 20\u00a0March\u00a02031"


def test_an_act_names_the_one_of_which_it_is_the_outcome(project):
    project.edit("response.yaml", "  outcome_of: first-cheque\n", "  actor: mayor\n  outcome_of: first-cheque\n")
    outcome_of = response.acts(project.load())["outcome_of"]
    assert outcome_of["cheque-uncashed"] == "first-cheque" and outcome_of.isna().sum() == len(outcome_of) - 1


def test_an_act_that_the_report_does_not_follow_is_left_out(project):
    # without a resolution both days of the cheque stand; with one, only the one that it follows
    later = """
- id: cheque-later
  statement: Petra Lark handed the first cheque to farmers on 24 March 2031.
  when: 2031-03-24
  dated: {rule: named-day, phrase: on March 24, base: 2031-03-24}
  status: done
  answers: {cheque: on 24 March 2031}
  actor: mayor
  act: money
  evidence:
    - {source: oak-2031-03-24, quote: handed the first cheque to farmers on March 22, basis: reporter}
"""
    project.append("response.yaml", later)
    cheque = "dated: {rule: named-day, phrase: on March 22, base: 2031-03-24}\n  status: done\n"
    project.edit("response.yaml", cheque, f"{cheque}  answers: {{cheque: on 22 March 2031}}\n")
    question = "  - {id: cheque, theme: response, kind: date, asks: When was the first cheque given?"
    project.edit("case.yaml", "questions:\n", f"questions:\n{question}}}\n")
    assert {"first-cheque", "cheque-later"} <= set(response.acts(project.load()).index)
    resolution = ", resolution: {follow: [cheque-later], reason: It names the day.}"
    project.edit("case.yaml", question, question + resolution)
    assert "first-cheque" not in response.acts(project.load()).index


def test_an_outcome_names_what_was_announced(dairy, dairy_at_second):
    # "on 12 April the first cheque had not been cashed"
    [row] = response.outcomes(dairy).to_dict("records")
    assert (row["before"], row["fact"]) == ("first-cheque", "cheque-uncashed")
    assert len(response.outcomes(dairy_at_second)) == 0


FEBRUARY, APRIL = pd.Timestamp("2031-02-01"), pd.Timestamp("2031-04-30")


def test_the_telling_acts_are_what_others_did_and_not_what_was_said_or_promised(dairy):
    table = response.telling(dairy, FEBRUARY, APRIL, 8)
    assert list(table.index) == ["cyber-desk", "inspector-visit", "first-cheque"]
    # the last day on which each can have begun: "since the start of the attack", of 1 to 19 February; 17 to 20 March
    assert [f"{day:%d %b}" for day in table["day"]] == ["19 Feb", "20 Mar", "22 Mar"]


def test_of_the_telling_acts_the_first_of_each_kind_come_before_any_second_one(seed):
    table = response.telling(seed, pd.Timestamp("2025-08-31"), pd.Timestamp("2025-11-20"), 7)
    every = response.telling(seed, pd.Timestamp("2025-08-31"), pd.Timestamp("2025-11-20"), 99)
    assert len(table) == 7 < len(every) and set(table["act"].dropna()) == set(every["act"].dropna())
    assert "words" not in set(every["act"].dropna()) and not {"company", "attacker"} & set(every["group"])
    assert table["day"].is_monotonic_increasing


def test_no_act_beyond_the_days_asked_for_is_told(dairy):
    assert list(response.telling(dairy, FEBRUARY, pd.Timestamp("2031-03-21"), 8).index) == [
        "cyber-desk",
        "inspector-visit",
    ]
    assert response.telling(dairy, APRIL, APRIL, 8).empty


def test_others_count_where_no_authority_and_nobody_else_by_name_acted(project):
    path = project.path("case.yaml")
    path.write_text(path.read_text("utf-8").replace("group: authorities", "group: others"), "utf-8")
    assert set(response.telling(project.load(), FEBRUARY, APRIL, 8)["group"]) == {"others"}
