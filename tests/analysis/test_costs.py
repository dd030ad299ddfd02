"""Costs: every figure with what it measures, and never two of different things on one axis."""

from itertools import combinations
from math import nan

import pytest

from casebound.analysis import costs


def test_figures_have_their_columns_and_stand_in_the_order_in_which_they_were_given(dairy):
    table = costs.figures(dairy)
    assert list(table.columns) == [
        *("statement", "label", "status", "measure", "scope", "unit", "low", "high", "qualifier", "period", "method"),
        *("given", "by", "is_money", "superseded"),
    ]
    assert list(table.index) == ["cost-february", "cost-march", "cost-sales", "milk-poured", "cost-valley"]
    row = table.loc["cost-valley"]
    # "£9m to £11m", counted by the auditor
    assert (row["low"], row["high"], row["by"], row["is_money"]) == (9, 11, "Ida Moss", True)
    assert table.at["cost-february", "period"] == "February\u00a02031"
    assert not table.at["milk-poured", "is_money"]


def test_a_figure_of_another_theme_is_no_cost(dairy):
    assert "shops-lost-133" not in costs.figures(dairy).index


def test_who_bears_the_cost_stands_in_the_order_of_the_parties(project):
    question = "  - {id: cost-bearers, theme: costs, asks: Who bears the cost?}\n"
    project.edit("case.yaml", "questions:\n", f"questions:\n{question}")
    for fact, share, affected in (
        ("cost-valley", "£9m to £11m in the valley", "[suppliers, retailers]"),
        ("cost-march", "£2m", "[company]"),
        ("cost-february", "£3m", "[company]"),
        ("cost-sales", "£4m of sales", None),
    ):
        text = project.text("costs.yaml")
        [start] = [text.index(f"- id: {fact}\n")]
        named = f"  affected: {affected}\n" if affected else ""
        entry = text[start:].replace("  answers:\n", f"{named}  answers:\n    cost-bearers: {share}\n", 1)
        project.path("costs.yaml").write_text(text[:start] + entry, "utf-8")
    table = costs.bearers(project.load())
    # the firm's months as the file has them, then those outside it, last a fact that names nobody
    assert list(table.index) == ["cost-february", "cost-march", "cost-valley", "cost-sales"]
    assert list(table["parties"]) == [("company",), ("company",), ("suppliers", "retailers"), ()]
    assert table.at["cost-valley", "share"] == "£9m to £11m in the valley"


def test_without_the_question_nobody_is_said_to_bear_the_cost(dairy):
    assert costs.bearers(dairy).empty


def test_figures_of_the_same_thing_share_an_axis(dairy):
    booked = costs.figures(dairy).loc[["cost-february", "cost-march"]]
    assert costs.on_one_axis(booked) is booked
    assert [list(group.index) for group in costs.axes(costs.figures(dairy))] == [
        *(["cost-february", "cost-march"], ["cost-sales"], ["milk-poured"], ["cost-valley"])
    ]


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (["cost-sales", "milk-poured"], "differ in unit and may not share an axis: GBP million; litre"),
        (["cost-february", "cost-sales"], "differ in measure and may not share an axis: cost booked; sales lost"),
        (["cost-february", "cost-valley"], "differ in measure"),
    ],
)
def test_figures_of_different_things_may_not_share_an_axis(dairy, facts, said):
    with pytest.raises(costs.NotComparableError, match=said):
        costs.on_one_axis(costs.figures(dairy).loc[facts])


def test_a_figure_of_another_scope_may_not_share_an_axis(dairy):
    table = costs.figures(dairy).loc[["cost-february", "cost-march"]].copy()
    table.loc["cost-march", "scope"] = "the valley"
    with pytest.raises(costs.NotComparableError, match="differ in scope"):
        costs.on_one_axis(table)


@pytest.mark.parametrize("name", ["dairy", "seed"])
def test_every_group_may_share_an_axis_and_no_two_groups_may(name, request):
    table = costs.figures(request.getfixturevalue(name))
    groups = costs.axes(table)
    assert sum(map(len, groups)) == len(table)
    for group in groups:
        costs.on_one_axis(group)
    for one, other in combinations(groups, 2):
        with pytest.raises(costs.NotComparableError):
            costs.on_one_axis(table.loc[[one.index[0], other.index[0]]])


@pytest.mark.parametrize(
    ("low", "high", "unit", "said"),
    [
        (1.6, 2.1, "GBP billion", "£1.6bn to £2.1bn"),
        (3, 3, "GBP million", "£3m"),
        (50, 50, "GBP million per week", "£50m a week"),
        (5000, float("nan"), "organisation", "at least 5,000 organisations"),
        (float("nan"), 5000, "vehicles per week", "up to 5,000 vehicles a week"),
        (-27.1, -27.1, "percent", "−27.1%"),
        (1, 1, "month", "1 month"),
    ],
)
def test_an_amount_is_said_as_prose_prints_it(low, high, unit, said):
    assert costs.amount(low, high, unit) == said


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [(5000, nan, "over 5,000 cars"), (nan, 5000, "over 5,000 cars"), (5000, 5000, "over 5,000 cars")],
)
def test_a_source_s_own_word_stands_before_its_figure(low, high, said):
    assert costs.amount(low, high, "car", "over") == said
