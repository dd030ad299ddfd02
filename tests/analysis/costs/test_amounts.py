"""Costs: every figure with what it measures, and never two of different things on one axis."""

from math import nan

import pytest

from casebound.analysis.costs import amounts


def test_figures_have_their_columns_and_stand_in_the_order_in_which_they_were_given(dairy):
    table = amounts.figures(dairy)
    assert list(table.columns) == [
        *("status", "measure", "scope", "unit", "low", "high", "qualifier", "period", "method"),
        *("given", "by", "is_money", "superseded"),
    ]
    assert list(table.index) == ["cost-february", "cost-march", "cost-sales", "milk-poured", "cost-valley"]
    row = table.loc["cost-valley"]
    # "£9m to £11m", counted by the auditor
    assert (row["low"], row["high"], row["by"], row["is_money"]) == (9, 11, "Ida Moss", True)
    assert table.at["cost-february", "period"] == "February\u00a02031"
    assert not table.at["milk-poured", "is_money"]


def test_a_figure_of_another_theme_is_no_cost(dairy):
    assert "shops-lost-133" not in amounts.figures(dairy).index


def test_a_figure_that_was_overtaken_or_set_aside_is_not_followed(hospital):
    ledger = hospital.load()
    assert {"cost-expected-october"} == set(amounts.figures(ledger).index) - set(amounts.followed(ledger).index)


def test_figures_share_an_axis_only_where_unit_measure_and_scope_agree(dairy):
    table = amounts.figures(dairy)
    assert [list(group.index) for group in amounts.axes(table)] == [
        *(["cost-february", "cost-march"], ["cost-sales"], ["milk-poured"], ["cost-valley"])
    ]
    booked = table.loc[["cost-february", "cost-march"]].copy()
    for field in ("unit", "measure", "scope"):
        assert len(amounts.axes(booked.assign(**{field: ["one", "other"]}))) == 2


@pytest.mark.parametrize(
    ("low", "high", "unit", "qualifier", "text"),
    [
        (1.6, 2.1, "GBP billion", "", "£1.6bn to £2.1bn"),
        (3, 3, "GBP million", "", "£3m"),
        (50, 50, "GBP million per week", "", "£50m a week"),
        (5000, nan, "organisation", "", "at least 5,000 organisations"),
        (nan, 5000, "vehicles per week", "", "up to 5,000 vehicles a week"),
        (-27.1, -27.1, "percent", "", "−27.1%"),
        (1, 1, "month", "", "1 month"),
        *((-82, -80, unit, "", "−82% to −80%") for unit in ("percent", "per cent", "%")),
        (5, 5, "per cent per month", "", "5% a month"),
        (400, 450, "NOK million", "", "NOK\u00a0400\u00a0million to NOK\u00a0450\u00a0million"),
        (50, 60, "GBP million per week", "about", "about £50m to £60m a week"),
        (5000, 6000, "vehicles a week", "", "5,000 to 6,000 vehicles a week"),
        (1, 1, "percentage points", "", "1 percentage point"),
        (0.5, 0.5, "tonne of steel", "", "0.5 tonnes of steel"),
        (2, nan, "factory", "", "at least 2 factories"),
        (nan, 3, "people", "", "up to 3 people"),
        (1, 1, "people", "", "1 person"),
        (4, 4, "staff", "", "4 staff"),
        (7, 7, "GWh per day", "", "7 GWh a day"),
        (2, 2, "batch", "", "2 batches"),
        (1, 1, "buses", "", "1 bus"),
        # the source's own word stands before its figure
        *((low, high, "car", "over", "over 5,000 cars") for low, high in ((5000, nan), (nan, 5000), (5000, 5000))),
    ],
)
def test_an_amount_reads_as_prose_prints_it(low, high, unit, qualifier, text):
    assert amounts.amount(low, high, unit, qualifier) == text
