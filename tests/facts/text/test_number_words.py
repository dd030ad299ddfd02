"""Number words: what English words for numbers are worth, alone, compounded and as fractions."""

import pytest

from casebound.facts.text.numbers import numbers_in


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("twelve churns, Two farms", [12, 2]),
        ("thirty thousand", [30000]),
        ("twenty-five, twenty five", [25, 25]),
        ("two hundred and fifty", [250]),
        ("one hundred and twenty thousand five hundred", [120500]),
        ("two million three hundred thousand", [2300000]),
        ("a hundred, a million, one million", [100, 1e6, 1e6]),
        ("a dozen, two dozen, half a dozen", [12, 24, 6]),
        ("hundreds of thousands", [100, 1000]),
        ("two, three and four", [2, 3, 4]),
        ("three and forty, nineteen eighty-four", [3, 40, 19, 84]),
        ("one firm, one of them, twenty-one", [21]),  # "one" is more often a pronoun than a number
        ("one per cent, one in three", [1, 3]),
        ("twice, half, half-year", [2, 0.5, 0.5]),
        ("the first half, a second half", []),
        ("someone, tenfold, attend, halves", []),
    ],
)
def test_number_words_are_read_together_as_far_as_they_make_one_number(text, values):
    assert [value for _, value in numbers_in(text)] == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("one and a half, 2 and a half", [1.5, 2.5]),
        ("two and a half million, a million and a half", [2.5e6, 1.5e6]),
        ("half a million, a quarter of a million", [5e5, 2.5e5]),
        ("two-thirds, two thirds, three-quarters", [2 / 3, 2 / 3, 0.75]),
        ("three quarters of it, a third of them, one fifth of", [0.75, 1 / 3, 0.2]),
        ("by a third, nearly a quarter", [1 / 3, 0.25]),
        ("a third plant, a quarter with losses", []),
        ("three quarters in a row", [3]),
        ("£3 million and a half", [3.5e6]),
    ],
)
def test_fractions_are_numbers_and_ordinals_and_seasons_are_none(text, values):
    assert [value for _, value in numbers_in(text)] == pytest.approx(values)
