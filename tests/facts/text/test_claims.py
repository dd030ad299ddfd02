"""Claims: what a sentence states, and whether the facts that it cites hold it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebound.facts.dates.edtf import parse
from casebound.facts.text.claims import Held, names_in, typeset, unheld, words_in
from casebound.facts.text.measures import currency


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
    ("number", "fact"),
    [
        ("12", "Twelve came."),
        ("30000", "more than 30,000 came"),
        ("£1900m", "£1.9bn was lost"),
        ("thirty thousand", "30,000 came"),
        ("1.9 billion", "It cost £1,900m."),
        ("300–350 million", "300 million to 350 million"),
        ("£350m", "between £300 and £350 million"),
        ("16:48", "at 4:48 p.m."),
        ("the 24th", "by 24 September"),
        ("24/7", "It ran 24/7."),
        ("a 7x2 plan", "the 7x2 plan"),
    ],
)
def test_a_number_is_held_however_it_is_written(number, fact):
    assert missing(f"it was {number}", fact) == []


@pytest.mark.parametrize("number", ["121", "eleven", "1,200", "120 million", "16:48", "120th", "a320", "7/120"])
def test_a_number_that_no_fact_holds_is_missing(number):
    assert missing(f"they lost 120 shops and {number}", "They lost 120 shops.") == [("number", number)]


@pytest.mark.parametrize(
    ("sentence", "number", "fact"),
    [
        ("300 to 350 million", "300 million", "300 to 340 came, then 350 million"),
        ("twenty thousand", "twenty thousand", "twenty of a thousand"),
        ("at 24 shops", "24", "the 24th shop, 24/7, from 24 September"),
        ("by two-thirds", "two-thirds", "two shops, the third"),
        ("£100M", "£100M", "£100"),
        ("by 320", "320", "an A320"),
    ],
)
def test_the_parts_of_a_number_do_not_hold_another(sentence, number, fact):
    assert missing(f"it was {sentence}", fact) == [("number", number)]


@pytest.mark.parametrize("year", ["the 2019 attack", "in 2019", "2019 sales"])
def test_a_year_is_held_by_a_date_or_by_the_number(year):
    assert missing(f"it was {year}", dates=["2019-03-18"]) == missing(f"it was {year}", "the 2019 attack") == []
    assert missing(f"it was {year}", dates=["2018-03-18"])


@pytest.mark.parametrize(
    ("sentence", "lacks"),
    [
        ("two days later", []),
        ("a fortnight on, 9 days after", []),
        ("nine days earlier", []),
        ("a week and two days before, one week later", []),
        ("three days later", ["three days"]),
        ("two weeks later", ["two weeks"]),
        ("for two days", ["two days"]),
    ],
)
def test_days_between_two_dates_are_held_where_two_dates_lie_so_far_apart(sentence, lacks):
    dates = ["2031-03-08", "2031-03-10", "2031-03-17"]
    assert [words for _, words in missing(f"it came {sentence}", dates=dates)] == lacks


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


@pytest.mark.parametrize(
    "day",
    [
        "on Friday",
        "Friday 26 September 2025",
        "on Friday, September 26",
        "a Friday filing",
        "Fri 26 Sept",
        "Friday evening",
    ],
)
def test_a_weekday_is_held_by_a_date_that_falls_on_it(day):
    assert missing(f"it came {day}", dates=["2025-09-26"]) == []
    assert missing(f"it came {day}", dates=["2025-09-25"])


@pytest.mark.parametrize(
    "day", ["on Sunday", "Thursday 26 September 2025", "Thursday, September 26", "a Monday filing"]
)
def test_another_weekday_is_missing(day):
    assert [kind for kind, _ in missing(f"it came {day}", dates=["2025-09-26"])] == ["date"]


def test_a_weekday_is_held_by_the_word_in_the_evidence():
    assert missing("it came on Friday", "It came on Friday.") == []
    assert missing("on Friday 26 September 2025", "Friday, 26 September", dates=["2025-09"]) != []


@pytest.mark.parametrize(
    ("language", "quotation", "sentence"),
    [
        ("de-DE", "Betroffen sind 30.000 Container", "30,000 containers"),
        ("de", "Schaden von 1,9 Milliarden Euro am 25. September 2025", "€1.9bn on 25 September 2025"),
        ("fr", "350\u202f000 euros, le 25 septembre 2025", "€350,000 on 25 September 2025"),
        ("nb", "tapet er 300–350 mill. kroner, sa de fredag", "on Friday 300 to 350 million kroner"),
        ("de-CH", "1’000 Läden, 30’000 Kunden", "1,000 shops and 30,000"),
        ("en-US", "on 09/10/2025", "on 10 September 2025"),
        ("ja", "2025年9月25日、30万台", "300,000 by 25 September 2025"),
    ],
)
def test_a_quotation_is_read_in_its_own_language(language, quotation, sentence):
    held = Held()
    held.add_quotation(quotation, language)
    assert unheld(sentence, held, {"kroner"}) == []


@pytest.mark.parametrize(
    ("language", "quotation", "sentence"),
    [
        ("de", "Betroffen sind 30.000 Container", "30 containers"),
        ("de", "Schaden von 1,9 Milliarden Euro", "9 euros"),
        ("en-US", "on 09/10/2025", "on 9 October 2025"),
        ("en-GB", "on 09/10/2025", "on 10 September 2025"),
        ("fr", "30\u00a0000 clients", "30 customers"),
        ("nb", "tapet er 350 mill. kroner", "350 kroner"),
    ],
)
def test_what_a_quotation_would_say_in_another_language_is_missing(language, quotation, sentence):
    held = Held()
    held.add_quotation(quotation, language)
    assert unheld(sentence, held) != []


def test_our_own_words_are_read_in_their_variety_of_english():
    held = Held(language="en-US")
    held.add_date(parse("2025-09-10"))
    assert unheld("it came on 09/10/2025", held) == []
    assert unheld("it came on 10/09/2025", held) == [("date", "10/09/2025")]


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
        ("it cost $100M, then £2B on Sunday", []),
        ("Forty thousand came", []),
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
    assert unheld("so wrote Wired, and so wired Wired", Held(sources={"WIRED"})) == []


def test_an_ordinary_word_may_open_a_sentence_and_not_stand_inside_it_as_a_name():
    assert names_in("Farmers came", {"farmers"}) == []
    assert names_in("So Farmers came", {"farmers"}) == ["Farmers"]


def test_a_name_is_held_in_any_case_and_with_a_possessive():
    assert missing("so Cawdale’s creamery stopped", "The creamery at CAWDALE stopped.") == []
    assert missing("Ely’s creamery stopped", "The creamery at CAWDALE stopped.") == [("name", "Ely")]


# Quotations


@pytest.mark.parametrize("words", ["pulling every lever", "in stages,", "Pulling every lever"])
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


# Money


@pytest.mark.parametrize(
    ("evidence", "sentence", "own", "lacks"),
    [
        ("300 million kroner", "It cost NOK 300 million.", "", []),
        ("300 million crowns", "It cost NOK 300 million.", "NOK", []),
        ("kr 300 million", "It cost NOK 300 million.", "NOK", []),
        ("NOK 300 million", "It cost 300 million crowns.", "", []),
        ("300 million NOK", "It cost NOK 300 million.", "", []),
        ("300 million Swedish kroner", "It cost SEK 300 million.", "NOK", []),
        ("$300 million", "It cost US$300 million.", "USD", []),
        ("300 million dollars", "It cost USD 300 million.", "USD", []),
        ("300 million kroner", "It cost DKK 300 million.", "", []),  # it may be, where the case names no currency
        ("300 million kroner", "It cost DKK 300 million.", "NOK", ["DKK 300 million"]),
        ("300 million kroner", "It cost USD 300 million.", "", ["USD 300 million"]),
        ("$300 million", "It cost C$300 million.", "USD", ["C$300 million"]),
        ("SEK 300 million", "It cost NOK 300 million.", "NOK", ["NOK 300 million"]),
        ("30 chips", "It bought 30 chips from AMD.", "USD", ["AMD"]),  # a code that no number stands beside
    ],
)
def test_money_is_held_under_any_name_of_its_currency(evidence, sentence, own, lacks):
    held = Held(currency=currency(own) if own else "")
    held.add_quotation(evidence)
    assert [words for _, words in unheld(sentence, held)] == lacks


# Counts of what is listed


@pytest.mark.parametrize(
    ("evidence", "sentence", "lacks"),
    [
        ("The sites at Lark and Holt Fen closed", "Two sites closed.", []),
        ("Lark, Cawdale and Holt Fen closed", "Three sites closed.", []),
        ("Lark, Cawdale and Holt Fen closed", "Two sites closed.", ["Two"]),
        ("Lark and Holt Fen closed", "Two weeks later they closed.", ["Two weeks"]),
        ("Lark and Holt Fen closed, with nine sites more", "Two sites closed.", ["Two"]),  # it counts for itself
        ("costs in the first quarter … costs in the second quarter", "The two quarters were bad.", []),
        ("costs in the first quarter … costs in the second quarter", "The three quarters were bad.", ["three"]),
    ],
)
def test_names_that_a_text_lists_and_quarters_are_counted(evidence, sentence, lacks):
    assert [words for _, words in missing(sentence, evidence)] == lacks


def test_the_first_number_of_a_range_has_the_size_of_the_second_only_where_it_may():
    assert missing("from 870,000 to 1.24 million patients", "from 870,000 to 1.24 million patients") == []
    assert missing("it was 870,000 patients", "from 870,000 to 1.24 million patients") == []


@pytest.mark.parametrize(
    ("sentence", "lacks"),
    [
        ("It happened, BBC reporters said.", []),
        ("The BBC's reporters said so.", []),
        ("RTÉ had it on Monday morning.", ["Monday"]),
        ("BBC Radio had it.", ["BBC", "Radio"]),
        ("ITV had it too.", ["ITV"]),
    ],
)
def test_a_part_of_a_publisher_s_name_is_a_name_of_its_own(sentence, lacks):
    held = Held.of("it happened")
    held.publishers |= {"BBC News", "RTÉ News"}
    assert [words for _, words in unheld(sentence, held)] == lacks


@pytest.mark.parametrize(
    ("words", "lacks"),
    [
        *(("almost four hours after", ""), ("three hours after", "three hours"), ("four hours after", "four hours")),
        *(("225 minutes after", ""), ("about 220 minutes after", ""), ("200 minutes after", "200 minutes")),
    ],
)
def test_hours_and_minutes_between_two_moments_are_held_like_days(words, lacks):
    dates = ("2032-05-21T07:20+01:00", "2032-05-21T10:05Z")
    assert missing(f"the list came {words} the failure", dates=dates) == [("number", lacks)] * bool(lacks)
