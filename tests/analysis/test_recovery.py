"""Recovery: states of systems, and forecasts, which are not states."""

import re
from datetime import date

import pandas as pd
import pytest

from casebound.analysis import recovery


def test_a_state_has_its_rung_and_its_footing(dairy_at_second):
    table = recovery.states(dairy_at_second)
    columns = ["fact", "thing", "at", "place", "system", "state", "rung", "date", "latest", "basis"]
    assert list(table.columns) == columns
    rungs = table.set_index("fact")["rung"]
    assert list(
        rungs[["churns-stopped", "bills-unpaid", "churns-turning-caption", "in-stages", "cold-store-back"]]
    ) == [0, 1, 4, 5, 6]
    assert table.set_index("fact").at["churns-turning-caption", "basis"] == "caption"


def test_a_plan_is_no_state(dairy_at_second):
    # "would not open the Holt Fen creamery until April 1"
    assert "no-opening-until-april" not in set(recovery.states(dairy_at_second)["fact"])


def test_a_caption_does_not_lift_a_system_above_what_the_text_says(dairy_at_second):
    # "Brightwater's churns are turning again" stands under a picture; the text says "Churning stopped at once"
    row = recovery.systems(dairy_at_second).loc["Churning"]
    assert (row["state"], row["fact"]) == ("stopped", "churns-stopped")


def test_a_caption_counts_where_the_text_says_nothing(project):
    project.edit(
        "timeline.yaml", "  system: production\n  state: stopped\n  affected: [company]\n", "  affected: [company]\n"
    )
    row = recovery.systems(project.load(as_of="2031-03-24")).loc["Churning"]
    assert (row["fact"], row["state"]) == ("churns-turning-caption", "resuming")


def test_systems_stand_in_the_order_of_the_terms_with_their_last_state(dairy_at_second):
    table = recovery.systems(dairy_at_second)
    assert list(table.index) == [*("Churning", "IT systems at large", "Invoicing", "Payments to farms", "Cold store")]
    assert list(table.columns) == ["state", "fact", "date"]
    # "bills lay unpaid" ... "From now on farmers are paid by hand"
    assert table.at["Payments to farms", "state"] == "resuming"


def test_a_lower_state_that_surely_came_later_is_the_last_known(project):
    # as if the cold store had failed again on 22 March, after it was humming by 20 March
    by_then = 'label: Clerks hired\n  when: "../2031-03-20"\n  dated: {rule: by-publication'
    on_a_day = "label: Clerks hired\n  when: 2031-03-22\n  dated: {rule: named-day"
    project.edit("recovery.yaml", by_then, on_a_day)
    project.edit("recovery.yaml", "system: invoicing\n  state: resuming", "system: parts logistics\n  state: impaired")
    row = recovery.systems(project.load()).loc["Cold store"]
    assert (row["state"], row["fact"]) == ("impaired", "twelve-clerks")


def test_forecasts_say_when_they_were_first_reported(dairy_at_second):
    table = recovery.forecasts(dairy_at_second, "production")
    assert list(table.columns) == ["said", "exact", "said_on", "target", "last", "date", "told_to", "repeated"]
    assert list(table.index) == ["no-opening-until-april", "opening-slips"]
    # "until April 1" on 20 March, "until April 8" on 24 March
    assert list(table["target"]) == [pd.Timestamp("2031-04-01"), pd.Timestamp("2031-04-08")]
    assert list(table["said"]) == [pd.Timestamp("2031-03-20"), pd.Timestamp("2031-03-24")]
    assert not table["exact"].any()  # the papers do not say when the firm said so


def test_a_forecast_is_said_on_a_day_by_a_day_or_in_a_month(dairy, project):
    said = recovery.forecasts(dairy, "production")["said_on"].str.replace("\u00a0", " ")
    assert said["union-forecast"] == "on 2 April 2031" and said["opening-slips"] == "by 24 March 2031"
    project.edit("recovery.yaml", "  when: 2031-04-02\n", "  when: 2031-04\n")
    project.edit("sources.yaml", "  available: 2031-03-24T18:05+00:00\n", "  available: 2031-03\n")
    said = recovery.forecasts(project.load(), "production")["said_on"].str.replace("\u00a0", " ")
    assert said["union-forecast"] == "in April 2031" and said["opening-slips"] == "by March 2031"


def test_a_forecast_is_said_on_the_day_that_it_names_for_itself(dairy):
    # "on 2 April the farmers' union expected ...", reported on 10 April; "20 April 2031"
    row = recovery.forecasts(dairy, "production").loc["union-forecast"]
    assert (row["said"], row["target"]) == (pd.Timestamp("2031-04-02"), pd.Timestamp("2031-04-20"))
    assert row["exact"] and row["date"] == "20\u00a0April\u00a02031"
    assert (row["last"], row["told_to"]) == (row["target"], ("suppliers",))


def test_a_day_before_which_nothing_restarts_is_held_out_without_an_end(project):
    project.edit("recovery.yaml", "forecast: 2031-04-20", 'forecast: "[2031-04-20..]"')
    row = recovery.forecasts(project.load(), "production").loc["union-forecast"]
    assert (row["target"], row["date"]) == (pd.Timestamp("2031-04-20"), "not before 20\u00a0April\u00a02031")
    assert pd.isna(row["last"])


def test_a_day_held_out_some_day_up_to_a_report_is_not_said_on_it(project):
    # as if the paper of 10 April only reported what the union had said
    project.edit("recovery.yaml", "  when: 2031-04-02\n", '  when: "../2031-04-10"\n')
    rule = "{rule: named-day, phrase: on 2 April, base: 2031-04-10}\n  status: planned"
    project.edit("recovery.yaml", rule, "{rule: by-publication, base: 2031-04-10}\n  status: planned")
    row = recovery.forecasts(project.load(), "production").loc["union-forecast"]
    assert row["said"] == pd.Timestamp("2031-04-10") and not row["exact"]


def test_a_statement_that_repeats_the_day_held_out_before_it_moves_nothing(project):
    project.edit("recovery.yaml", "forecast: 2031-04-20", "forecast: 2031-04-08")  # as the second article has it
    repeated = recovery.forecasts(project.load(), "production")["repeated"]
    assert dict(repeated) == {"no-opening-until-april": 0, "opening-slips": 1}


def test_staff_were_given_days_before_the_public_was(seed):
    # The Independent, 5 September 2025: "not to return before September 9"; 9 September: "until at least Thursday";
    # PA Media, 11 September: "until Monday at the earliest", in its later version "until Wednesday at the earliest";
    # JLR, 16 September: "extended the current pause in our production until Wednesday 24th September 2025";
    # 23 September: "until Wednesday 1 October"; 7 October: restart "on Wednesday 8 October 2025"
    table = recovery.forecasts(seed, "production")
    days = [day.replace("\u00a0", " ") for day in table["date"]]
    assert days == [
        *("not before 9 September 2025", "not before 11 September 2025", "not before 15 September 2025"),
        *("not before 17 September 2025", "not before 24 September 2025", "not before 1 October 2025"),
        "8 October 2025",
    ]
    assert [parties == ("staff",) for parties in table["told_to"]] == [True] * 4 + [False] * 3


def test_a_system_returned_by_the_first_firm_fact_that_opens_a_phase(project, dairy_at_second):
    assert recovery.returned(dairy_at_second, "production") is None  # a plan is none, and a caption is none
    assert recovery.returned(project.load(), "production") == "churns-restarted"
    # as if Cawdale had churned a day before, which opens no phase
    project.append("recovery.yaml", CAWDALE)
    assert recovery.returned(project.load(), "production") == "churns-restarted"
    project.edit("recovery.yaml", "  opens: production\n", "")
    known = project.load()
    assert recovery.returned(known, "production") == "churning-normal"  # the first of the firm as a whole
    assert recovery.returned(known, "production", "Cawdale") == "cawdale-churns"


def test_of_a_system_that_returned_in_several_places_each_is_a_thing_with_a_return_of_its_own(project):
    # "churning restarted at Holt Fen"
    row = recovery.systems(project.load()).loc["Churning, Holt Fen"]
    assert (row["state"], row["fact"]) == ("resuming", "churns-restarted")
    project.append("recovery.yaml", CAWDALE)
    project.edit("recovery.yaml", "  opens: production\n", "")
    project.edit("recovery.yaml", "  state: normal\n", "  state: normal\n  places: [holt-fen, cawdale]\n")
    known = project.load()
    assert list(recovery.systems(known).loc[["Churning, Holt Fen", "Churning, Cawdale"], "state"]) == ["normal"] * 2
    assert recovery.returned(known, "production") is None
    places = {"Cawdale": "cawdale-churns", "Holt Fen": "churns-restarted"}
    assert {place: recovery.returned(known, "production", place) for place in places} == places
    assert recovery.stood_still(known, "production", date(2031, 4, 7))
    assert not recovery.stood_still(known, "production", date(2031, 4, 8))


@pytest.mark.parametrize("kind", ["country", "creamery"])
def test_a_place_of_any_kind_is_a_thing_of_its_own(project, kind):
    project.edit("case.yaml", "name: Holt Fen, kind: creamery", f"name: Holt Fen, kind: {kind}")
    assert "Churning, Holt Fen" in recovery.systems(project.load()).index


@pytest.mark.parametrize("status", ["possible", "unconfirmed", "denied", "expected"])
def test_what_is_only_possible_planned_or_denied_is_no_state(project, status):
    project.edit(
        "recovery.yaml", "  status: done\n  actor: brightwater\n  system: parts logistics\n",
        f"  status: {status}\n  actor: brightwater\n  system: parts logistics\n",
    )  # fmt: skip
    assert "Cold store" not in recovery.systems(project.load()).index


def test_forecasts_are_of_each_system_apart(project):
    project.append("recovery.yaml", BILLS_BY_MAY)
    known = project.load()
    assert recovery.forecast(known) == [("production", ""), ("invoicing", "")]
    assert list(recovery.forecasts(known, "invoicing")["date"]) == ["1\u00a0May\u00a02031"]
    assert "bills-by-may" not in recovery.forecasts(known, "production").index
    assert recovery.returned(known, "invoicing") == "twelve-clerks"
    assert recovery.forecasts(known, "it infrastructure").empty


def test_a_state_that_the_report_does_not_follow_is_left_out(project):
    assert "churns-turning-caption" in set(recovery.states(project.load())["fact"])
    asks = "asks: Were the churns turning when the first article appeared?"
    resolution = "resolution: {follow: [no-opening-until-april], reason: Only the caption says so.}"
    project.edit("case.yaml", asks, f"{asks}, {resolution}")
    assert "churns-turning-caption" not in set(recovery.states(project.load())["fact"])


def test_steps_hold_each_state_of_a_thing_once_with_its_first_fact(dairy):
    table = recovery.steps(dairy)
    production = table[table["thing"] == "Churning"]
    # stopped in February, by two facts; the caption's "turning" does not count beside the text
    assert list(zip(production["state"], production["fact"], strict=True)) == [
        ("stopped", "churns-stopped"),
        ("normal", "churning-normal"),
    ]
    assert not table.duplicated(["thing", "state"]).any()


def test_without_states_there_are_no_systems(project):
    project.edit("recovery.yaml", "  system: parts logistics\n  state: restored\n", "")
    known = project.load(sources="oak-2031-03-24")
    assert len(recovery.states(known)) == len(recovery.systems(known)) == 0


def test_the_seed_s_systems_came_back_and_its_production_took_first_steps(article):
    # "is now back online"; "its wholesale financial system has been restored"
    table = recovery.systems(article)
    assert list(table.index[table["state"] == "restored"]) == ["Parts logistics", "Wholesale finance system"]
    # "technicians can once again repair customer vehicles", beside a backlog that is being addressed
    assert table.at["Vehicle repair", "state"] == "partly restored"
    # "has confirmed it has taken the first steps towards restarting its production"
    assert list(table.loc["Production", ["state", "fact"]]) == ["first steps", "restart-first-steps"]


# Whether a system stood still on a day


@pytest.mark.parametrize(
    ("day", "still"),
    [("2031-03-22", True), ("2031-03-24", True), ("2031-04-07", True), ("2031-04-08", False), ("2031-05-30", False)],
)
def test_a_stop_goes_on_as_long_as_a_later_day_is_held_out(dairy_at_second, day, still):
    assert recovery.stood_still(dairy_at_second, "production", date.fromisoformat(day)) is still


def test_a_stop_goes_on_until_the_first_possible_day_of_the_restart(dairy):
    assert recovery.stood_still(dairy, "production", date(2031, 4, 8))
    assert not recovery.stood_still(dairy, "production", date(2031, 4, 9))


def test_a_stop_goes_on_on_a_day_on_which_a_source_has_it(project):
    without_phases(project)
    project.append("recovery.yaml", STILL)
    ledger = project.load(as_of="2031-03-24T18:05")
    days = [date(2031, 3, day) for day in (23, 24, 25)]
    assert [recovery.stood_still(ledger, "production", day) for day in days] == [False, True, False]


def test_a_stop_has_ended_where_something_works_again(project):
    without_phases(project)
    project.append("recovery.yaml", STILL)
    project.edit("recovery.yaml", 'when: "../2031-03-20"\n  dated: {rule: by-publication, base: 2031-03-20}\n'
                 "  status: done\n  actor: brightwater\n  system: invoicing",
                 'when: "../2031-03-20"\n  dated: {rule: by-publication, base: 2031-03-20}\n'
                 "  status: done\n  actor: brightwater\n  system: production")  # fmt: skip
    assert not recovery.stood_still(project.load(as_of="2031-03-24T18:05"), "production", date(2031, 3, 24))


def without_phases(project):
    """Let no fact open production again or hold a day out for it."""
    for name in ("timeline.yaml", "recovery.yaml"):
        text = re.sub(r"  (opens: production|forecast: .+)\n", "", project.text(name))
        project.path(name).write_text(text, "utf-8")


STILL = """
- id: still-shut
  statement: The Holt Fen creamery will not open until 8 April 2031.
  when: 2031-03-24
  dated: {rule: at-publication, base: 2031-03-24}
  status: done
  system: production
  state: stopped
  evidence:
    - {source: oak-2031-03-24, quote: will not open its Holt Fen creamery until April 8, basis: reporter}
"""

CAWDALE = """
- id: cawdale-churns
  statement: Churning restarted at Cawdale on 8 April 2031.
  when: 2031-04-08
  dated: {rule: named-day, phrase: on 8 April, base: 2031-04-10}
  status: done
  system: production
  state: resuming
  places: [cawdale]
  evidence:
    - {source: marsh-2031-04-10, says: on 8 April churning restarted at Cawdale, basis: reporter}
"""
BILLS_BY_MAY = """
- id: bills-by-may
  statement: On 2 April 2031 the farmers' union expected the bills to be sent again by 1 May 2031.
  when: 2031-04-02
  dated: {rule: named-day, phrase: on 2 April, base: 2031-04-10}
  status: expected
  system: invoicing
  forecast: 2031-05-01
  evidence:
    - {source: gill-2031-04-10, says: on 2 April the union expected bills by 1 May, basis: affected}
"""


def test_a_plan_of_which_nobody_knows_when_it_was_said_is_no_forecast(project):
    project.edit("sources.yaml", "  available: 2031-03-24T18:05+00:00\n", '  available: "[2031-03-24..]"\n')
    assert "opening-slips" not in recovery.forecasts(project.load(), "production").index
