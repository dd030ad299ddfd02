"""Conflicts: two answers to one question that cannot both be so, shown with both sides."""

import pytest

from casebound.analysis import conflicts


def pairs(ledger):
    table = conflicts.conflicts(ledger)
    asked = table["question"].astype(object).where(table["question"].notna(), None)
    return dict(zip(zip(asked, table["first"], table["second"], strict=True), table["kind"], strict=True))


def test_the_invented_case_has_conflicts_of_four_kinds(dairy):
    assert pairs(dairy) == {
        # "would not open ... until April 1" against the caption "churns are turning again"
        ("churn-state", "no-opening-until-april", "churns-turning-caption"): "status",
        # "lost track of 120 village shops" against "lost track of 145 village shops"
        ("shops-lost", "shops-lost-120", "shops-lost-145"): "value",
        # "may have copied customer addresses" against "has not confirmed whether addresses left the building"
        ("data-taken", "addresses-possible", "addresses-unconfirmed"): "hedge",
        # a caption: "stood still for over a month"
        (None, "stood-still-caption", "no-opening-until-april"): "wording",
    }


def test_what_is_at_odds_by_its_wording_a_person_says_and_why(dairy):
    table = conflicts.conflicts(dairy).set_index("kind")
    assert table.at["wording", "reason"] == "It reads as if the stop were over."
    assert table["reason"].drop("wording").isna().all()


def test_wording_at_odds_with_a_fact_that_is_not_known_is_left_out(project):
    project.edit(
        "timeline.yaml", "{fact: no-opening-until-april, reason: It reads", "{fact: first-cheque, reason: It reads"
    )
    assert "wording" in set(conflicts.conflicts(project.load())["kind"])
    assert "wording" not in set(conflicts.conflicts(project.load(as_of="2031-03-20"))["kind"])


def test_a_conflict_inside_one_source_is_told_from_one_between_two(dairy):
    inside = conflicts.conflicts(dairy).set_index("question")["inside"]
    assert inside["churn-state"] and inside["data-taken"]
    # the second article also speaks against the first figure: that makes it no source of it
    assert not inside["shops-lost"]


def test_every_kind_is_explained(dairy):
    assert set(conflicts.conflicts(dairy)["kind"]) <= set(conflicts.CLASSES)


def test_before_the_second_source_it_contradicts_nobody(dairy_at_first):
    assert {question for question, *_ in pairs(dairy_at_first)} == {"churn-state", "data-taken", None}


def test_without_conflicts_the_table_has_its_columns(project):
    table = conflicts.conflicts(project.load(sources="oak-2031-03-24"))
    assert list(table.columns) == ["question", "asks", "first", "second", "kind", "reason", "inside"]
    assert len(table) == 0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("quantity: {value: 145,", "quantity: {value: 120,"),  # the same figure
        ("quantity: {value: 145,", "quantity: {low: 100, high: 150,"),  # ranges that meet
        ("value: 145, unit: shops", "value: 145, unit: farms"),  # other units
        ("value: 145, unit: shops, measure: shops lost track of", "value: 145, unit: shops, measure: shops closed"),
        (
            "value: 145, unit: shops, measure: shops lost track of, scope: Brightwater",
            "value: 145, unit: shops, measure: shops lost track of, scope: county",
        ),
    ],
)
def test_figures_that_meet_or_measure_other_things_are_no_conflict(project, old, new):
    project.edit("impacts.yaml", old, new)
    assert "value" not in pairs(project.load()).values()


@pytest.mark.parametrize(("when", "kind"), [("2031-02-25", "date"), ("2031-02-10", None), ("2031-02", None)])
def test_dates_that_exclude_each_other_are_a_conflict(project, when, kind):
    project.append(
        "timeline.yaml",
        f"""
- id: attack-began-later
  statement: The attack began in the dark weeks.
  when: {when}
  dated: {{rule: by-publication, base: 2031-03-24}}
  status: done
  answers: {{attack-start: late February}}
  evidence:
    - {{source: oak-2031-03-24, quote: in its dark weeks, basis: reporter}}
""",
    )
    assert pairs(project.load()).get(("attack-start", "attack-began", "attack-began-later")) == kind


def test_states_of_different_days_are_no_conflict(project):
    # the churns may have stood still in February and turn on 20 March
    project.edit("timeline.yaml", "  opens: stoppage\n", "  opens: stoppage\n  answers: {churn-state: stopped}\n")
    pair = ("churn-state", "churns-stopped", "churns-turning-caption")
    assert pair in pairs(project.load())
    by_then = 'label: "Caption: churns turning"\n  when: "../2031-03-20"\n  dated: {rule: by-publication'
    on_the_day = 'label: "Caption: churns turning"\n  when: 2031-03-20\n  dated: {rule: at-publication'
    project.edit("recovery.yaml", by_then, on_the_day)
    assert pair not in pairs(project.load())


def test_two_plans_are_no_conflict_but_a_slip(dairy):
    # "until April 1" on 20 March, "until April 8" on 24 March
    assert "reopening" not in {question for question, *_ in pairs(dairy)}


def test_the_seed_contradicts_itself_on_production_and_leaves_the_data_open(seed):
    # a caption, "has begun resuming production", against "would not resume manufacturing until October 1"
    found = pairs(seed)
    assert found["production-state", "no-manufacturing-until-october", "production-resuming-caption"] == "status"
    assert found["data-taken", "data-may-be-accessed", "customer-data-unconfirmed"] == "hedge"
    assert conflicts.conflicts(seed)["inside"].all()
