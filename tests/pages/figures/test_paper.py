"""Paper: words wrapped and kept apart, round days along a scale, and faults that are found."""

from itertools import pairwise

import pandas as pd
import pytest

from casebound.pages.figures.paper import NARROW, POLE, WIDE, Scale, Sheet, apart, days_below, stacked
from casebound.pages.style import styled


def scale(first, last, length=5.0):
    return Scale(pd.Timestamp(first), pd.Timestamp(last), 0.1, 0.1 + length)


def test_words_are_wrapped_into_lines_that_have_room():
    sheet = Sheet(WIDE)
    wrapped = sheet.wrapped("Stamping, Castle Bromwich, Halewood, Solihull", 1.2)
    assert wrapped.split("\n") == ["Stamping, Castle", "Bromwich, Halewood,", "Solihull"]
    assert sheet.room(wrapped) <= 1.2 < sheet.room("Stamping, Castle Bromwich,")
    assert sheet.wrapped("Unbreakable", 0.1) == "Unbreakable"


def test_a_sheet_is_measured_from_its_upper_left_corner_and_cut_where_it_ends(faults):
    with styled():
        sheet = Sheet(NARROW)
        sheet.words(0.1, 0.2, "first line\nsecond line")
        canvas = sheet.cut(2)
        canvas.draw_without_rendering()
    first, second = (text.get_window_extent() for text in canvas.texts)
    assert first.y0 > second.y1 > canvas.bbox.height / 2 and first.x0 == second.x0
    assert faults(canvas) == []


def test_words_that_overlap_or_leave_the_drawing_are_found(faults):
    with styled():
        sheet = Sheet(NARROW)
        for x, y, words in ((0.1, 0.5, "first words"), (0.2, 0.5, "second words"), (3.5, 1, "words that leave it")):
            sheet.words(x, y, words)
        canvas = sheet.cut(2)
        canvas.draw_without_rendering()
    assert faults(canvas) == [("first words", "second words"), "words that leave it"]


@pytest.mark.parametrize(
    ("first", "last", "names"),
    [
        ("2031-03-01", "2031-03-03", ["1 Mar 2031", "2 Mar", "3 Mar"]),
        ("2031-08-31", "2031-11-14", ["1 Sep 2031", "15 Sep", "1 Oct", "15 Oct", "1 Nov"]),
        ("2030-12-05", "2031-06-30", ["Jan 2031", "Feb", "Mar", "Apr", "May", "Jun"]),
        ("2029-12-05", "2031-06-30", ["Jan 2030", "Apr", "Jul", "Oct", "Jan 2031", "Apr"]),
        ("1931-01-01", "2031-01-01", ["Jan 1940", "Jan 1960", "Jan 1980", "Jan 2000", "Jan 2020"]),
    ],
)
def test_days_along_a_scale_are_round_and_name_a_year_once(first, last, names):
    assert [name for _, name in scale(first, last).ticks(0.7)] == names


def test_a_day_beyond_a_scale_stands_at_its_edge():
    of_march = scale("2031-03-01", "2031-03-31")
    assert of_march.at(pd.Timestamp("2031-03-16")) == pytest.approx(2.6)
    assert (of_march.at(pd.Timestamp("2030-01-01")), of_march.at(pd.Timestamp("2040-01-01"))) == (0.1, 5.1)


@pytest.mark.parametrize("paper", [WIDE, NARROW])
@pytest.mark.parametrize("days", [2, 9, 37, 250, 900, 4000])
def test_however_long_a_scale_is_the_days_below_it_stand_apart(faults, paper, days):
    with styled():
        sheet = Sheet(paper)
        first = pd.Timestamp("2031-02-27")
        foot = days_below(sheet, Scale(first, first + pd.Timedelta(days=days), 0.1, paper.width - 0.1), 0, 0.5)
        canvas = sheet.cut(foot)
        canvas.draw_without_rendering()
    assert faults(canvas) == [] and canvas.texts


@pytest.mark.parametrize("wanted", [[0.5] * 6, [0, 0.1, 0.2, 2.9, 3, 3], [0.1, 1.5, 1.5, 1.6, 1.7, 2.9]])
def test_labels_stand_apart_in_their_order_as_near_as_may_be_to_where_they_are_wanted(wanted):
    placed = apart(wanted, [0.3] * 6, 0, 3)
    assert all(below - above >= 0.3 - 1e-9 for above, below in pairwise(placed))
    assert placed[0] >= 0.15 - 1e-9 and placed[-1] <= 2.85 + 1e-9
    assert apart([0.5, 1.5], [0.3, 0.3], 0, 3) == pytest.approx([0.5, 1.5])


def test_labels_without_enough_room_run_on_below():
    assert apart([0.2, 0.2, 0.2], [0.3] * 3, 0, 0.5) == pytest.approx([0.15, 0.45, 0.75])


@pytest.mark.parametrize("places", [[0.1, 0.15, 2.3, 3.6], [0.1, 0.2, 0.3, 0.4, 0.5], [3.3, 3.4, 3.6], [1.9, 2.0, 3.7]])
def test_words_over_marks_touch_neither_each_other_nor_the_lines_that_lead_down_from_others(places):
    marks = [(x, 1.7) for x in places]
    placed = stacked(marks, 3.75)
    for (x, room), (level, left) in zip(marks, placed, strict=True):
        assert left >= 0 and left + room <= 3.75 + 1e-6
        assert left - POLE - 1e-6 <= x <= left + room + POLE + 1e-6
        for (other_x, _), (other, other_left) in zip(marks, placed, strict=True):
            if other == level and other_left != left:
                assert abs(other_left - left) >= 1.7
            if other > level:  # its line passes this level
                assert not left + 1e-6 < other_x < left + room - 1e-6


def test_words_that_stand_on_one_level_stay_there():
    assert stacked([(0, 1), (1.5, 1), (3, 0.5)], 3.75) == [(0, POLE), (0, 1.5 + POLE), (0, 3 + POLE)]


def test_a_key_runs_on_in_a_second_line(faults):
    with styled():
        sheet = Sheet(NARROW)
        foot = sheet.key(0.1, [(f"the meaning of mark {number}", {"lw": 1}) for number in range(4)])
        canvas = sheet.cut(foot)
        canvas.draw_without_rendering()
    assert len({text.get_position()[1] for text in canvas.texts}) == 2 and faults(canvas) == []
