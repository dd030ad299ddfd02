"""Measures: a number is held in its unit, near a held one, as a share, or as the time between two dates."""

from datetime import date

import pytest

from casebound.facts.text.claims import Held, unheld
from casebound.facts.text.measures import measures_in


def missing(sentence, fact):
    """Return the claims of a sentence that a fact with this text does not hold."""
    return [words for _, words in unheld(sentence, Held.of(fact))]


@pytest.mark.parametrize(
    ("sentence", "fact"),
    [
        ("19-hour shifts", "They worked for nineteen hours."),
        ("it took two days", "It took 48 hours."),
        ("it took a year, 12 months", "It took twelve months."),
        ("it cost $18m", "The charge is US$18 million."),
        ("it cost 7.3 million euros", "It cost €7.3m."),
        ("12 weeks to 18 weeks", "12 to 18 weeks"),
        ("some 300 gigabytes", "between 300 and 350 gigabytes"),
        ("half an hour", "It lasted 30 minutes."),
        ("it took six weeks", "It should have taken four; it took six."),  # evidence may leave out the unit
        ("a two-week delay, 18 months on", "It took a fortnight, a year and a half on."),
        ("30 a week", "They made 30 a week."),
    ],
)
def test_a_number_is_held_in_its_unit_however_it_is_written(sentence, fact):
    assert missing(sentence, fact) == []


@pytest.mark.parametrize(
    ("sentence", "fact", "words"),
    [
        ("19 days", "19 hours", "19 days"),
        ("it cost £7.3 million", "It cost €7.3 million.", "£7.3 million"),
        ("it cost C$4.1M", "It cost A$4.1 million.", "C$4.1M"),
        ("300 to 350 terabytes", "between 300 and 350 gigabytes", "300 terabytes"),
        ("350 yards on", "350 feet on", "350 yards"),
        ("two weeks later", "Two of the three lines restarted two days later.", "two weeks"),
        ("a month later", "It came a week later.", "a month"),
        ("12 per cent", "12 days", "12 per cent"),
        ("in the third quarter", "in the second quarter", "third quarter"),
    ],
)
def test_a_number_in_another_unit_is_missing(sentence, fact, words):
    assert missing(sentence, fact)[0] == words
    assert missing(fact, fact) == []


@pytest.mark.parametrize(
    ("near", "of"),
    [
        ("more than 800,000 homes", "840,000 homes"),
        ("over four thousand fish", "4,200 fish"),
        ("nearly a million litres", "900,000 litres"),
        ("just under £8m", "£7.3 million"),
        ("about nine hours", "8.6 hours"),
        ("about 60 miles", "100 kilometres"),
        ("three-fifths or so", "58 per cent"),
        ("roughly twice as long", "The wait doubled."),
        ("almost a third", "130 of its 410 workers"),
    ],
)
def test_a_word_of_nearness_holds_a_number_within_its_margin(near, of):
    assert missing(near, of) == []


@pytest.mark.parametrize(
    ("near", "of"),
    [
        ("more than 800,000 homes", "790,000 homes"),
        ("more than 800,000 homes", "890,000 homes"),
        ("nearly a million litres", "890,000 litres"),
        ("nearly a million litres", "1,010,000 litres"),
        ("about nine hours", "8.5 hours"),
        ("about nine hours", "9 days"),
        ("about nine people", "9.2 hours"),
        ("800,000 homes, more than before", "840,000 homes"),  # the word stands directly before the number
        ("almost half", "130 of its 410 workers"),
        ("at least 50 people", "41 people"),
    ],
)
def test_a_number_beyond_the_margin_is_missing(near, of):
    assert missing(near, of)


@pytest.mark.parametrize(
    "share", ["75 per cent", "75%", "three quarters of them", "three out of four", "3 in 4", "0.75"]
)
@pytest.mark.parametrize("held", ["Three-quarters of the sites", "75 percent of them", "three out of four", "30 of 40"])
def test_a_share_is_held_in_any_form(share, held):
    assert missing(f"it hit {share}", held) == []
    assert missing(f"it hit {share}", "70 per cent of them; 3 of 5") != []


@pytest.mark.parametrize(
    ("sentence", "lacks"),
    [
        ("a week later", []),
        ("almost three weeks after", []),
        ("a month after", []),
        ("at least a day earlier", []),
        ("a day later", ["a day"]),
        ("two months later", ["two months"]),
        ("nearly five weeks after", ["five weeks"]),
    ],
)
def test_the_time_between_two_dates_holds_how_far_they_lie_apart(sentence, lacks):
    assert missing(sentence, "2031-03-08, 2031-03-15, 2031-04-04, 2031-04-08") == lacks


@pytest.mark.parametrize(
    ("sentence", "lacks"),
    [
        ("four towns: Ely, Holt, Diss and Eye", []),
        ("in four small towns: Ely, Holt, Diss and Eye", []),
        ("three towns: Ely, Holt, Diss and Eye", ["three"]),
        ("five towns, Ely and Holt", ["five"]),
    ],
)
def test_a_list_holds_the_number_of_its_items(sentence, lacks):
    assert missing(sentence, "Ely, Holt, Diss and Eye") == lacks


@pytest.mark.parametrize(
    ("issued", "text", "holds", "lacks"),
    [
        (date(2031, 5, 15), "on 13 May", "13 May 2031", "13 May 2030"),
        (date(2032, 1, 22), "on 26 November", "26 November 2031", "26 November 2032"),
        (date(2031, 12, 4), "by the end of February", "February 2032", "February 2031"),
        (date(2031, 5, 15), "on 13 May 2030", "13 May 2030", "13 May 2031"),
        (date(2031, 5, 15), "on Tuesday, 13 May", "Tuesday 13 May 2031", "Monday 13 May 2031"),
    ],
)
def test_a_date_without_a_year_is_held_in_the_year_nearest_to_its_source(issued, text, holds, lacks):
    held = Held()
    held.add_quotation(text, "en-GB", issued)
    assert unheld(f"it came in {holds}", held) == []
    assert unheld(f"it came in {lacks}", held) == [("date", lacks)]


def test_other_units_are_named_as_another_form():
    assert Held.of("It lasted 19 hours.").form_of("number", "19 days") == "19 hours"


@pytest.mark.parametrize(
    ("kind", "words", "form"),
    [
        ("number", "£9", "£9m"),
        ("number", "€9m", "£9m"),
        ("number", "9%", None),  # a share is no other form of nine millions of pounds
        ("number", "£12m", None),
        ("number", "four hours", None),  # four shops are no other form of it
        ("name", "Larke", "Lark"),
        ("name", "Stannet", None),
        ("quotation", "Right Beside", "right beside"),
        ("quotation", "right besides", None),
    ],
)
def test_another_form_of_a_claim_is_found_only_where_it_may_be_meant(kind, words, form):
    held = Held.of("Lark found £9m in 4 shops.")
    held.add_quotation("stood right beside them")
    assert held.form_of(kind, words) == form


def test_words_of_other_languages_have_no_unit():
    assert [measure.kind for measure in measures_in("19 hours, €7", "de")] == ["", "€"]


@pytest.mark.parametrize(
    "text", ["a GB", "the KM, one MB", "one Per cent", "7 GW, a kWh", "a Week", "THE HOUR and A DAY"]
)
def test_units_in_any_case_are_read_without_fault(text):
    assert missing(text, text) == []
