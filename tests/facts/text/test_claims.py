"""Claims: what a sentence states, and whether the facts that it cites hold it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebound.facts.dates.edtf import parse
from casebound.facts.text.claims import Held, names_in, numbers_in, typeset, unheld, words_in


def held(*texts, quotations=(), dates=()):
    """What facts with these statements, quotations and dates hold."""
    found = Held()
    for text in texts:
        found.add_text(text)
    for text in quotations:
        found.add_quotation(text)
    for text in dates:
        found.add_date(parse(text))
    return found


def missing(sentence, *texts, **more):
    return unheld(sentence, held(*texts, **more))


# Numbers


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("120 shops", [120]),
        ("more than 30,000 people", [30000]),
        ("1,234,567.5 litres", [1234567.5]),
        ("£1.9bn or £4m or 12k", [1.9e9, 4e6, 12e3]),
        ("1.9 billion, 4 million", [1.9e9, 4e6]),
        ("twelve churns, Two farms", [12, 2]),
        ("a dozen, twice, half", [12, 2, 0.5]),
        ("hundreds of thousands", [100, 1000]),
        ("the 3rd churn, the 21st", [3, 21]),
        ("45% and 7 per cent", [45, 7]),
        ("at 16:48", ["16:48"]),
        ("at 9:05", ["09:05"]),
        ("one firm", []),  # "one" is more often a pronoun than a number
        ("COVID19, A4, B-52", [19, 4, 52]),
        ("1 October 2025", []),  # a date is no number
        ("in August 2025 it had 7 churns", [7]),
        ("1½ litres, 3 m²", [1, "½", 3, "²"]),
        ("the first two", [2]),
        ("someone, tenfold, attend", []),
    ],
)
def test_numbers_are_read_as_values(text, values):
    assert [value for _, value in numbers_in(text)] == values


@pytest.mark.parametrize(
    ("sentence", "fact"),
    [
        ("12 clerks came", "Twelve clerks came."),
        ("30000 people", "more than 30,000 people"),
        ("£1900m", "£1.9bn was lost"),
    ],
)
def test_a_number_is_held_however_it_is_written(sentence, fact):
    assert missing(sentence.lower(), fact) == []


@pytest.mark.parametrize(
    ("sentence", "kind", "words"),
    [
        ("they lost 121 shops", "number", "121"),
        ("they lost eleven shops", "number", "eleven"),
        ("they lost 120 shops in two weeks", "number", "two"),
        ("they lost 1,200 shops", "number", "1,200"),
        ("they lost 120 million shops", "number", "120 million"),
        ("they lost 120 shops at 16:48", "number", "16:48"),
    ],
)
def test_a_number_that_no_fact_holds_is_found(sentence, kind, words):
    assert missing(sentence, "They lost 120 shops.") == [(kind, words)]


# Dates


@pytest.mark.parametrize("day", ["1 October 2025", "October 1", "October 2025", "1st of October", "2025-10-01"])
def test_a_date_is_held_by_the_same_day_in_any_form(day):
    assert missing(f"until {day} it stood", dates=["2025-10-01"]) == []


@pytest.mark.parametrize("day", ["7 October 2025", "October 7", "1 November 2025", "1 October 2026", "September"])
def test_another_date_is_missing(day):
    assert missing(f"it stood until {day}", dates=["2025-10-01"]) == [("date", day)]


def test_a_month_is_not_sharpened_to_a_day():
    assert missing("it began in August 2025", dates=["2025-08"]) == []
    assert missing("it began on 1 August 2025", dates=["2025-08"]) == [("date", "1 August 2025")]
    assert missing("it began on 31 August 2025", dates=["2025-08"]) == [("date", "31 August 2025")]


def test_the_days_that_bound_a_range_are_held_and_those_between_are_not():
    for day in ("17 March 2031", "20 March 2031"):
        assert missing(f"it came on {day}", dates=["[2031-03-17..2031-03-20]"]) == []
    assert missing("it came on 18 March 2031", dates=["[2031-03-17..2031-03-20]"]) == [("date", "18 March 2031")]


def test_day_and_month_of_two_dates_do_not_make_a_third():
    assert missing("it came on 8 October 2025", dates=["2025-10-01", "2025-09-08"]) == [("date", "8 October 2025")]


def test_the_time_of_a_stamp_is_held():
    assert missing("it came at 16:48 on 25 September 2025", dates=["2025-09-25T16:48+01:00"]) == []
    assert missing("it came at 16:49", dates=["2025-09-25T16:48+01:00"]) == [("number", "16:49")]


# Names


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Petra Lark came to Cawdale", ["Petra", "Lark", "Cawdale"]),
        ("Cawdale stood still", ["Cawdale"]),  # the first word too
        ("The mayor came", []),
        ("Brightwater's churns", ["Brightwater"]),
        ("Brightwater’s churns", ["Brightwater"]),
        ("an iPad and the NCSC", ["iPad", "NCSC"]),
        ("I came in March 2031", []),
        ("It stopped. Cawdale stood still", ["Cawdale"]),
        ("It stopped: Cawdale stood still", ["Cawdale"]),
        ("Élan and Ørsted", ["Élan", "Ørsted"]),
        ("Jean-Luc came", ["Jean-Luc"]),
        ("However, milk came. Perhaps", []),
        ("Farmers came", ["Farmers"]),
    ],
)
def test_names_are_the_words_written_as_names(sentence, names):
    assert names_in(sentence) == names


def test_an_ordinary_word_may_open_a_sentence_and_not_stand_inside_it_as_a_name():
    assert names_in("Farmers came", {"farmers"}) == []
    assert names_in("So Farmers came", {"farmers"}) == ["Farmers"]


@pytest.mark.parametrize("sentence", ["Then Ely stopped", "Ely stopped", "It stopped. Ely too", "Ely's churns stopped"])
def test_a_name_that_no_fact_holds_is_found_wherever_it_stands(sentence):
    assert missing(sentence, "Cawdale stopped.") == [("name", "Ely")]


def test_a_name_is_held_in_any_case_and_with_a_possessive():
    assert missing("so Cawdale’s creamery stopped", "The creamery at CAWDALE stopped.") == []


# Quotations


def test_words_between_quotation_marks_must_stand_in_a_quotation():
    quotations = ['it was" pulling every lever" for one', "come back … in stages"]
    assert missing("it was “pulling every lever”", quotations=quotations) == []
    assert missing('it comes "in stages,"', quotations=quotations) == []
    assert missing("it was “pulling each lever”", quotations=quotations) == [("quotation", "pulling each lever")]
    assert missing("it was “pulling ever”", quotations=quotations) == [("quotation", "pulling ever")]


def test_a_quotation_may_not_reach_over_the_gap_of_an_ellipsis():
    assert missing("it will “come back in stages”", quotations=["come back … in stages"]) == [
        ("quotation", "come back in stages")
    ]


def test_our_own_statement_is_no_quotation():
    assert missing("it “came back”", "It came back.") == [("quotation", "came back")]


def test_quotations_are_found_whatever_their_marks():
    assert [words for _, words in missing('a “b c” d "e" and «f»')] == ["b c", "e", "f"]


# Together


def test_everything_that_is_not_held_comes_at_once_in_kinds():
    found = missing("Ely lost 7 shops on 8 March 2031 “for good”", "Cawdale lost 120 shops.")
    assert found == [("date", "8 March 2031"), ("number", "7"), ("quotation", "for good"), ("name", "Ely")]


def test_what_a_fact_says_of_itself_is_always_held():
    text = "Petra Lark handed 12 cheques to Cawdale's farmers on 22 March 2031."
    assert missing(text, text) == []


@given(st.text(alphabet="AaBb19 ,.:-'’“”\"", max_size=50))
def test_any_text_holds_its_own_numbers_dates_and_names(text):
    found = unheld(text, held(text))
    assert not [kind for kind, _ in found if kind != "quotation"]


def test_words_are_known_without_possessive_and_in_their_parts():
    assert {"farmers", "co-op", "co"} <= words_in("Farmers' co-op’s")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("JLR's parts", "JLR’s parts"),
        ('it was "doing all" it could', "it was “doing all” it could"),
        ('"a" and ("b")', "“a” and (“b”)"),
        ("the '90s", "the ’90s"),
        ("suppliers' bills", "suppliers’ bills"),
        ("plain words - here", "plain words - here"),
    ],
)
def test_our_words_are_set_with_typographic_marks(text, shown):
    assert typeset(text) == shown
