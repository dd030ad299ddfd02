"""Style: text at 4.5:1 on every ground it stands on, marks too, told apart by shape and, in grey, by lightness."""

from itertools import product

import pytest
from matplotlib.patheffects import Normal

from casebound.pages import palette, style
from casebound.pages.style import STATUS, mark

TEXTS, GROUNDS = ("INK", "MUTED", "ACCENT", "WARM"), ("PAPER", "PANEL")


def test_the_contrast_is_that_of_the_standard(contrast):
    assert contrast("#000", "#fff") == pytest.approx(21)
    assert contrast("#767676", "#fff") == pytest.approx(4.54, abs=0.01)  # the lightest grey that passes
    assert contrast("#777777", "#fff") < 4.5


@pytest.mark.parametrize(("text", "ground"), [*product(TEXTS, GROUNDS)])
def test_text_in_a_figure_stands_out_from_its_ground(contrast, text, ground):
    assert contrast(getattr(palette, text), getattr(palette, ground)) >= 4.5


@pytest.mark.parametrize(("status", "ground"), [*product(STATUS, GROUNDS)])
def test_a_mark_stands_out_from_its_ground(contrast, status, ground):
    assert contrast(mark(status)["color"], getattr(palette, ground)) >= 4.5


def test_a_colour_of_the_palette_that_no_text_has_is_a_ground_or_a_rule():
    colours = {name for name, value in vars(palette).items() if isinstance(value, str) and value.startswith("#")}
    assert colours == {*TEXTS, *GROUNDS, "FAINT"}


def test_nothing_is_told_by_colour_alone():
    colours = {}
    for status in STATUS:
        look = mark(status)
        colours.setdefault((look["marker"], look["markerfacecolor"] == palette.PAPER), set()).add(status)
    assert all(len(alike) == 1 for alike in colours.values())


def test_a_range_has_a_line_that_stands_out_and_is_not_pale_alone():
    pale, line = style.RANGE["path_effects"]
    assert isinstance(line, Normal) and "alpha" not in style.RANGE
    assert pale._gc["linewidth"] > style.RANGE["lw"] >= 0.8
