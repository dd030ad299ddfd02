"""Money: which units are money, and which only look like it."""

import pytest

from casebound.facts.records.money import is_misnamed, money_in

MONEY = ["GBP million", "NOK", "USD billion per week", "EUR per tonne", "JPY thousand per day"]
MISNAMED = [
    *("£ million", "million NOK", "USD mill", "gbp million", "Gbp million", "GBP m", "GBP bn", "GBPm", "GBP Million"),
    *("bn GBP", "GPB million", "XXX million", "euro million", "million pounds", "yen million", "kroner million"),
]
OTHERS = [
    *("people", "vehicles per week", "percent", "million people", "thousand tonnes", "million units", "TWh", "job"),
    *("million records", "ounces of gold", "thousand accounts", "percentage points", "ALL shops", "MWh per day"),
]


@pytest.mark.parametrize("unit", MONEY)
def test_a_unit_that_begins_with_a_currency_is_money(unit):
    assert money_in(unit) and not is_misnamed(unit)


@pytest.mark.parametrize("unit", MISNAMED)
def test_a_unit_that_names_money_in_another_form_is_misnamed(unit):
    # else the report would say that no figure in money is recorded
    assert is_misnamed(unit) and money_in(unit) is None


@pytest.mark.parametrize("unit", OTHERS)
def test_any_other_unit_is_not_money(unit):
    assert not is_misnamed(unit) and money_in(unit) is None
