"""Recovery: states of systems, and dates held out, which are no states."""

import pandas as pd

from casebound.analysis import recovery


def test_a_state_has_its_rung_and_its_footing(dairy):
    table = recovery.states(dairy)
    assert list(table.columns) == [
        *("fact", "system", "state", "rung", "label", "status", "date", "earliest", "latest", "basis")
    ]
    rungs = table.set_index("fact")["rung"]
    assert list(
        rungs[["churns-stopped", "bills-unpaid", "churns-turning-caption", "in-stages", "cold-store-back"]]
    ) == [0, 1, 3, 4, 5]
    assert table.set_index("fact").at["churns-turning-caption", "basis"] == "caption"


def test_a_plan_is_no_state(dairy):
    # "would not open the Holt Fen creamery until April 1"
    assert "no-opening-until-april" not in set(recovery.states(dairy)["fact"])


def test_a_caption_does_not_lift_a_system_above_what_the_text_says(dairy):
    # "Brightwater's churns are turning again" stands under a picture; the text says "Churning stopped at once"
    row = recovery.systems(dairy).loc["production"]
    assert (row["lowest"], row["state"], row["fact"]) == ("stopped", "stopped", "churns-stopped")


def test_a_caption_counts_where_the_text_says_nothing(project):
    project.edit(
        "timeline.yaml", "  system: production\n  state: stopped\n  affected: [company]\n", "  affected: [company]\n"
    )
    row = recovery.systems(project.load()).loc["production"]
    assert (row["low_fact"], row["fact"], row["state"]) == (
        "stood-still-caption",
        "churns-turning-caption",
        "resuming",
    )


def test_systems_stand_in_the_order_of_the_terms_with_lowest_and_last_state(dairy):
    table = recovery.systems(dairy)
    assert list(table.index) == [
        "production",
        "it infrastructure",
        "invoicing",
        "supplier payments",
        "parts logistics",
    ]
    assert list(table.columns) == ["lowest", "low_fact", "state", "fact", "date"]
    # "bills lay unpaid" ... "From now on farmers are paid by hand"
    assert list(table.loc["supplier payments", ["lowest", "state"]]) == ["impaired", "resuming"]
    # "The cold store at Cawdale ... is humming again": nothing is said of a stop
    assert list(table.loc["parts logistics", ["low_fact", "fact"]]) == ["cold-store-back", "cold-store-back"]


def test_a_lower_state_that_surely_came_later_is_the_last_known(project):
    # as if the cold store had failed again on 22 March, after it was humming by 20 March
    by_then = 'label: Clerks hired\n  when: "../2031-03-20"\n  dated: {rule: by-publication'
    on_a_day = "label: Clerks hired\n  when: 2031-03-22\n  dated: {rule: named-day"
    project.edit("recovery.yaml", by_then, on_a_day)
    project.edit("recovery.yaml", "system: invoicing\n  state: resuming", "system: parts logistics\n  state: impaired")
    row = recovery.systems(project.load()).loc["parts logistics"]
    assert (row["lowest"], row["state"], row["fact"]) == ("impaired", "impaired", "twelve-clerks")


def test_forecasts_say_when_they_were_first_reported(dairy):
    table = recovery.forecasts(dairy)
    assert list(table.columns) == ["statement", "date", "earliest", "reported"]
    assert list(table.index) == ["no-opening-until-april", "opening-slips"]
    # "until April 1" on 20 March, "until April 8" on 24 March
    assert list(table["earliest"]) == [pd.Timestamp("2031-04-01"), pd.Timestamp("2031-04-08")]
    assert [f"{moment:%d %H:%M}" for moment in table["reported"]] == ["20 09:40", "24 18:05"]


def test_a_forecast_of_a_later_source_was_not_known(dairy_at_first):
    assert list(recovery.forecasts(dairy_at_first).index) == ["no-opening-until-april"]


def test_without_states_there_are_no_systems(project):
    project.edit("recovery.yaml", "  system: parts logistics\n  state: restored\n", "")
    known = project.load(sources="oak-2031-03-24")
    assert len(recovery.states(known)) == len(recovery.systems(known)) == 0


def test_three_of_the_seed_s_systems_were_restored(seed):
    # "is now back online"; "technicians can once again repair customer vehicles";
    # "its wholesale financial system has been restored"
    table = recovery.systems(seed)
    assert list(table.index[table["state"] == "restored"]) == ["parts logistics", "vehicle repair", "wholesale finance"]


def test_the_seed_s_production_had_taken_first_steps_only(seed):
    # "has confirmed it has taken the first steps towards restarting its production"
    row = recovery.systems(seed).loc["production"]
    assert (row["lowest"], row["state"], row["fact"]) == ("stopped", "first steps", "restart-first-steps")


def test_the_seed_holds_out_one_date(seed):
    # "would not resume manufacturing until October 1"
    assert list(recovery.forecasts(seed)["earliest"]) == [pd.Timestamp("2025-10-01")]
