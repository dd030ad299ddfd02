"""Claims: what a sentence states, and whether the facts that it cites hold it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebound.facts.dates.edtf import parse
from casebound.facts.text.claims import Held, names_in, numbers_in, typeset, unheld, words_in


def missing(sentence, *texts, quotations=(), dates=()):
    """Return the claims of a sentence that facts with these statements, quotations and dates do not hold."""
    held = Held.of(" ".join(texts))
    for text in quotations:
        held.add_quotation(text)
    for text in dates:
        held.add_date(parse(text))
    return unheld(sentence, held)


# Numbers


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1,234,567.5 litres", [1234567.5]),
        ("£1.9bn or £4m or 12k", [1.9e9, 4e6, 12e3]),
        ("twelve churns, Two farms", [12, 2]),
        ("a dozen, twice, half", [12, 2, 0.5]),
        ("hundreds of thousands", [100, 1000]),
        ("the 3rd churn, the 21st", [3, 21]),
        ("45% and 7 per cent", [45, 7]),
        ("at 9:05", ["09:05"]),
        ("one firm", []),  # "one" is more often a pronoun than a number
        ("COVID19, A4, B-52", [19, 4, 52]),
        ("1 October 2025", []),  # a date is no number
        ("in August 2025 it had 7 churns", [7]),
        ("1½ litres, 3 m²", [1, "½", 3, "²"]),
        ("someone, tenfold, attend", []),
    ],
)
def test_numbers_are_read_as_values(text, values):
    assert [value for _, value in numbers_in(text)] == values


@pytest.mark.parametrize(
    ("number", "fact"), [("12", "Twelve came."), ("30000", "more than 30,000 came"), ("£1900m", "£1.9bn was lost")]
)
def test_a_number_is_held_however_it_is_written(number, fact):
    assert missing(f"it was {number}", fact) == []


@pytest.mark.parametrize("number", ["121", "eleven", "1,200", "120 million", "16:48"])
def test_a_number_that_no_fact_holds_is_missing(number):
    assert missing(f"they lost 120 shops and {number}", "They lost 120 shops.") == [("number", number)]


# Dates


@pytest.mark.parametrize("day", ["1 October 2025", "October 1", "October 2025", "1st of October", "2025-10-01"])
def test_a_date_is_held_by_the_same_day_in_any_form(day):
    assert missing(f"until {day} it stood", dates=["2025-10-01"]) == []


@pytest.mark.parametrize("day", ["7 October 2025", "October 7", "1 November 2025", "1 October 2026", "September"])
def test_another_date_is_missing(day):
    assert missing(f"it stood until {day}", dates=["2025-10-01"]) == [("date", day)]


@pytest.mark.parametrize(
    ("date", "holds", "lacks"),
    [
        ("2025-08", ["August 2025"], ["1 August 2025", "31 August 2025"]),  # a month is not sharpened to a day
        ("[2031-03-17..2031-03-20]", ["17 March 2031", "20 March 2031"], ["18 March 2031"]),
        ("2025-09-25T16:48+01:00", ["16:48", "25 September 2025"], ["16:49"]),
    ],
)
def test_the_days_that_bound_a_date_are_held_and_those_between_are_not(date, holds, lacks):
    for stated in holds:
        assert missing(f"it came in {stated}", dates=[date]) == []
    for stated in lacks:
        assert [words for _, words in missing(f"it came in {stated}", dates=[date])] == [stated]


def test_day_and_month_of_two_dates_do_not_make_a_third():
    assert missing("it came on 8 October 2025", dates=["2025-10-01", "2025-09-08"]) == [("date", "8 October 2025")]


# Names


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Petra Lark came to Cawdale", ["Petra", "Lark", "Cawdale"]),
        ("Cawdale stood still. Cawdale's stood", ["Cawdale", "Cawdale"]),  # known, so the first word too
        ("Ely said so: Ely's churns", ["Ely", "Ely"]),  # used as a name
        ("Farmers came. Closing Cawdale", ["Cawdale"]),
        ('Waiters said so: Analysts knew. "Pulling the plug"', []),
        ("Dr Lark of IT paid C$100M", ["Lark"]),
        ("Brightwater's churns", ["Brightwater"]),
        ("an iPad and the NCSC", ["iPad", "NCSC"]),
        ("I came in March 2031", []),
        ("It stopped: Cawdale stood still. So Ely too", ["Cawdale", "Ely"]),
        ("Élan and Jean-Luc", ["Élan", "Jean-Luc"]),
        ("However, milk came. Perhaps", []),
    ],
)
def test_names_are_the_words_written_as_names(sentence, names):
    assert names_in(sentence, known={"cawdale", "élan"}) == names


def test_the_initials_of_a_name_are_held_and_a_source_by_its_whole_name():
    assert missing("so the NCSC came", "Britain's National Cyber Security Centre came.") == []
    assert missing("so the NCSA came", "Britain's National Cyber Security Centre came.") == [("name", "NCSA")]
    held = Held(sources={"The Fen Courier"})
    assert unheld("The Fen Courier wrote so, says The Fen Courier", held) == []
    assert unheld("so the Courier wrote", held) == [("name", "Courier")]


def test_an_ordinary_word_may_open_a_sentence_and_not_stand_inside_it_as_a_name():
    assert names_in("Farmers came", {"farmers"}) == []
    assert names_in("So Farmers came", {"farmers"}) == ["Farmers"]


def test_a_name_is_held_in_any_case_and_with_a_possessive():
    assert missing("so Cawdale’s creamery stopped", "The creamery at CAWDALE stopped.") == []
    assert missing("Ely’s creamery stopped", "The creamery at CAWDALE stopped.") == [("name", "Ely")]


# Quotations


@pytest.mark.parametrize("words", ["pulling every lever", "in stages,"])
def test_words_between_quotation_marks_may_be_any_of_one_piece_of_a_quotation(words):
    assert (
        missing(f"it was “{words}”", quotations=['it was" pulling every lever" for one', "come back … in stages"]) == []
    )


@pytest.mark.parametrize("words", ["pulling each lever", "pulling ever", "come back in stages", "stopped"])
def test_words_between_quotation_marks_must_stand_in_a_quotation(words):
    quotations = ['it was" pulling every lever" for one', "come back … in stages"]
    assert missing(f"it was “{words}”", "It stopped.", quotations=quotations) == [("quotation", words)]


def test_quotations_are_found_whatever_their_marks():
    assert [words for _, words in missing('a “b c” d "e" and «f»')] == ["b c", "e", "f"]


# Together


def test_everything_that_is_missing_comes_at_once_in_kinds():
    claims = missing("Ely's lost 7 shops on 8 March 2031 “for good”", "Cawdale lost 120 shops.")
    assert claims == [("date", "8 March 2031"), ("number", "7"), ("quotation", "for good"), ("name", "Ely")]


@given(st.text(alphabet="AaBb19 ,.:-'’“”\"", max_size=50))
def test_any_text_holds_its_own_numbers_dates_and_names(text):
    assert {kind for kind, _ in missing(text, text)} <= {"quotation"}


def test_words_are_known_without_possessive_and_in_their_parts():
    assert {"farmers", "co-op", "co"} <= words_in("Farmers' co-op’s")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("JLR's parts", "JLR’s parts"),
        ('it was "doing all" it could', "it was “doing all” it could"),
        ('"a" and ("b")', "“a” and (“b”)"),
        ("the '90s", "the ’90s"),
        ("plain words - here", "plain words - here"),
    ],
)
def test_our_words_are_set_with_typographic_marks(text, shown):
    assert typeset(text) == shown
