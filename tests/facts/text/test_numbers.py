"""Numbers: which numbers a text states, in English and by the signs and words of other languages."""

import pytest
from babel import Locale
from babel.numbers import format_compact_decimal, format_decimal
from hypothesis import given
from hypothesis import strategies as st

from casebound.facts.text.numbers import numbers_in, without_numbers

LANGUAGES = "en-GB en-US en-IN de de-CH fr fr-CA es es-MX it pt nl nb sv da fi pl cs ru tr el ja zh ko hi".split()


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1,234,567.5 litres", [1234567.5]),
        ("£1.9bn or £4m or 12k", [1.9e9, 4e6, 12e3]),
        ("$100M, £2B, €3k, C$100M", [1e8, 2e9, 3e3, 1e8]),
        ("1.9 bn, £ 5 m, US$3mn, EUR300m, $1.9b, Rs 5 crore", [1.9e9, 5e6, 3e6, 3e8, 1.9e9, 5e7]),
        ("a 100 m fence, R1.2-billion", [100, 1.2e9]),  # metres
        ("1.9 billion, 1,900 million, 4.35m", [1.9e9, 1.9e9, 4350000]),
        ("45% and 7 per cent, 5 percentage points", [45, 7, 5]),
        ("at 9:05, 4:48 p.m., 4pm, 12.30am", ["09:05", "16:48", "16:00", "00:30"]),
        ("the 3rd churn, the 21st, 24th", ["3th", "21th", "24th"]),
        ("second, the third-largest, a third plant, Twenty-first", [20]),
        ("COVID19, A320, 7x2, 24/7, 9/11, 10.0.0.1", ["covid19", "a320", "7x2", "24/7", "9/11", "10.0.0.1"]),
        ("B-52, Covid-19", [52, 19]),
        ("1 October 2025, on Friday", []),  # a date is no number
        ("in August 2025 it had 7 churns", [7]),
        ("1½ litres, 3 m², ¾", [1.5, 3, "²", 0.75]),
        ("1,00,000 homes", [1e5]),
    ],
)
def test_digits_are_read_as_values(text, values):
    assert [value for _, value in numbers_in(text)] == values


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("300 to 350 million", 3e8, 3.5e8),
        ("300–350 million", 3e8, 3.5e8),
        ("$30-35 million", 3e7, 3.5e7),
        ("between 300 and 350 million", 3e8, 3.5e8),
        ("between £300 and £350m", 3e8, 3.5e8),
        ("£1.5bn to £2bn", 1.5e9, 2e9),
        ("US$1.5 to US$2bn", 1.5e9, 2e9),
        ("two or three million", 2e6, 3e6),
        ("one to two thousand", 1e3, 2e3),
        ("30k-35k", 3e4, 3.5e4),
        ("300 and 350 million", 300, 3.5e8),
        ("5% to 2 million", 5, 2e6),
        ("2 to 3 weeks", 2, 3),
    ],
)
def test_both_ends_of_a_range_have_its_unit(text, low, high):
    assert [value for _, value in numbers_in(f"it cost {text}.")] == [low, high]


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("de-DE", "30.000 Container, 1,9 Milliarden, 1,9 Mrd. Euro", [30000, 1.9e9, 1.9e9]),
        ("de", "1.9 Millionen und 300–350 Mio. Euro", [1.9e6, 3e8, 3.5e8]),
        ("de", "300 bis 350 Millionen", [3e8, 300, 3.5e8]),  # "bis" is in no list: both readings
        ("de-CH", "1’000’000.50", [1000000.5]),
        ("fr", "30\u202f000 salariés, 30 M€, 1,5 milliard, 30.000", [30000, 3e7, 1.5e9, 30000]),
        ("nb", "30\u00a0000 ansatte, 350 mill. kroner, 2,5 mrd.", [30000, 3.5e8, 2.5e9]),
        ("sv", "3 miljoner, 30 000", [3e6, 30000]),
        ("nl", "5 miljoen, 30 duizend", [5e6, 30000]),
        ("es", "1.900 millones, 30 mil, 2 mil millones", [1.9e9, 30000, 2e9]),
        ("pl", "30 tysięcy, 1,9 mld", [30000, 1.9e9]),
        ("da", "kl. 16.48", ["16:48"]),
        ("ja", "3億5000万ドル、30万台", [3.5e8, 3e5]),
        ("ar", "٣٠٬٠٠٠", [30000]),
        ("en-ZA", "30 000 or 30,000, R1.9bn", [30000, 30000, 1.9e9]),
    ],
)
def test_numbers_are_read_by_the_signs_and_words_of_their_language(language, text, values):
    assert [value for _, value in numbers_in(text, language)] == values


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", [7, 1234, 30_000, 1_234_567, 1234.5])
def test_a_number_that_cldr_writes_is_read_again(language, number):
    text = format_decimal(number, locale=Locale.parse(language, sep="-"))
    assert [value for _, value in numbers_in(f"({text})", language)] == [number]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", [3_000_000, 20_000_000, 400_000_000, 5_000_000_000])
@pytest.mark.parametrize("width", ["short", "long"])
def test_a_size_that_cldr_writes_is_read_again(language, number, width):
    text = format_compact_decimal(number, format_type=width, locale=Locale.parse(language, sep="-"), fraction_digits=0)
    assert [value for _, value in numbers_in(f"({text})", language)] == [number]


@pytest.mark.parametrize("language", [None, "", "xx", "x", "de-XX", "zz-ZZ", "1", "-", "en-", "nonsense", "_"])
def test_a_code_that_cldr_does_not_know_is_no_error(language):
    assert [value for _, value in numbers_in("it had 7", language)] == [7]


def test_an_unknown_region_leaves_the_language_and_no_language_is_english():
    assert numbers_in("30.000", "de-XX") == [("30.000", 30000)]
    assert numbers_in("300 to 350m", None) == numbers_in("300 to 350m")


def test_numbers_are_taken_out_with_their_sizes_and_identifiers_stay():
    assert without_numbers("It cost $100M for A320s").split() == ["It", "cost", "$", "for", "A320s"]


@given(st.text() | st.lists(st.sampled_from([*"0125 -–/,.", "m", "one ", "half", "million", " and "])).map("".join))
def test_any_text_is_read(text):
    for language in ("en-GB", "de", "fr", "ja"):
        assert all(shown for shown, _ in numbers_in(text, language))
