"""Style: text at 4.5:1 on every ground it stands on, marks too, told apart by shape and, in grey, by lightness."""

from itertools import product

import pytest
from matplotlib.patheffects import Normal

from casebound.pages import style
from casebound.pages.style import STATUS, mark

TEXTS, GROUNDS = ("INK", "MUTED", "ACCENT", "WARM"), ("PAPER", "PANEL")


def test_the_contrast_is_that_of_the_standard(contrast):
    assert contrast("#000", "#fff") == pytest.approx(21)
    assert contrast("#767676", "#fff") == pytest.approx(4.54, abs=0.01)  # the lightest grey that passes
    assert contrast("#777777", "#fff") < 4.5


@pytest.mark.parametrize(("text", "ground"), [*product(TEXTS, GROUNDS)])
def test_text_in_a_figure_stands_out_from_its_ground(contrast, text, ground):
    assert contrast(getattr(style, text), getattr(style, ground)) >= 4.5


def test_a_mark_has_the_colour_of_a_text_and_any_other_colour_is_a_ground_or_a_rule():
    assert {mark(status)["color"] for status in STATUS} <= {getattr(style, name) for name in TEXTS}
    colours = {name for name, value in vars(style).items() if isinstance(value, str) and value.startswith("#")}
    assert colours == {*TEXTS, *GROUNDS, "FAINT"}


def test_every_status_has_a_shape_of_its_own_or_a_filling_so_that_no_mark_needs_its_colour(dairy):
    assert set(STATUS) == set(dairy.terms["status"])
    looks = {(mark(status)["marker"], mark(status)["markerfacecolor"] == style.PAPER) for status in STATUS}
    assert len(looks) == len(STATUS)


def test_a_range_has_a_line_that_stands_out_and_is_not_pale_alone():
    pale, line = style.RANGE["path_effects"]
    assert isinstance(line, Normal) and "alpha" not in style.RANGE
    assert pale._gc["linewidth"] > style.RANGE["lw"] >= 0.8
