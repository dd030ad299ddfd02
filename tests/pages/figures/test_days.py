"""Days: dates in short, and as a sentence has them."""

import pytest

from casebound.pages.figures.days import last_possible, on, short, times, usual_year


def test_a_date_in_short_does_not_repeat_the_usual_year():
    dates = ["by 25\u00a0September\u00a02031", "1\u00a0October\u00a02031", "31\u00a0January\u00a02032"]
    year = usual_year(dates)
    assert [short(date, year).replace("\u00a0", " ") for date in dates] == ["by 25 Sep", "1 Oct", "31 Jan 2032"]
    assert short("September\u00a026,\u00a02031", "2031") == "Sep\u00a026"
    assert usual_year(["unknown"]) == ""


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("8 October 2031", "on 8 October 2031"),
        ("October 8, 2031", "on October 8, 2031"),
        ("October 2031", "in October 2031"),
        ("2031", "in 2031"),
        ("by 8 October 2031", "by 8 October 2031"),
        ("between 1 and 3 October 2031", "between 1 and 3 October 2031"),
        ("on or before 8 October 2031", "on or before 8 October 2031"),
        ("from 8 October 2031", "from 8 October 2031"),
    ],
)
def test_a_date_stands_in_a_sentence(date, words):
    assert on(date) == words


def test_a_number_of_times_is_a_word_where_there_is_one():
    assert [times(number) for number in (1, 2, 5)] == ["once", "twice", "5 times"]


def test_a_note_says_where_marks_stand_only_where_a_date_leaves_the_day_open():
    assert last_possible(["8 October 2031", "by 9 October 2031"]).startswith("A date with “by” is drawn")
    assert last_possible(["8 October 2031", "from 9 October 2031"]) == ""
