"""Nouns: a unit as it stands behind a number."""

import pytest

from casebound.facts.text.nouns import for_number

FORMS = [
    *(("factory", "factories"), ("day", "days"), ("branch", "branches"), ("box", "boxes"), ("loss", "losses")),
    *(
        ("bus", "buses"),
        ("house", "houses"),
        ("person", "people"),
        ("child", "children"),
        ("tonne of steel", "tonnes of steel"),
    ),
    *(("village shop", "village shops"), ("percentage point", "percentage points"), ("staff", "staff")),
    *(
        ("GWh", "GWh"),
        ("kg", "kg"),
        ("series", "series"),
        ("tonne", "tonnes"),
        ("message in 3 tongues", "messages in 3 tongues"),
    ),
]


@pytest.mark.parametrize(("one", "many"), FORMS)
def test_a_noun_takes_the_form_of_its_number_whichever_is_given(one, many):
    for given in (one, many):
        assert [for_number(given, number) for number in (1, -1, 2, 0, 0.5)] == [one, one, many, many, many]


def test_what_is_no_word_stays_as_it_is():
    assert for_number("CO2", 2) == "CO2"
    assert for_number("", 2) == ""
