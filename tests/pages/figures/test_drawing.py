"""Drawing: words for every figure, the data behind, a foreign drawing in the report's typeface, none cut off."""

import re
from xml.etree import ElementTree

import pandas as pd
import pytest
from matplotlib.figure import Figure as Canvas

from casebound.pages import figures
from casebound.pages.style import styled


def drawn():
    canvas = Canvas(figsize=(2, 1))
    canvas.add_subplot().plot([1, 3, 2])
    return canvas


# What every figure must bring


@pytest.mark.parametrize(
    ("words", "name"), [({"alt": "", "caption": "c"}, "alt"), ({"alt": "a", "caption": " \n"}, "caption")]
)
def test_a_figure_without_alt_text_or_caption_is_refused(words, name):
    with pytest.raises(ValueError, match=f"a figure needs {name}=…"):
        figures.show(drawn(), **words)


def test_a_whole_data_frame_becomes_the_table_behind_the_figure_and_its_days_stand_without_midnight():
    days = pd.date_range("2031-03-20", periods=100)
    frame = pd.DataFrame({"shops": range(100), "day": days}, index=days)
    table = figures.show(drawn(), alt="a", caption="Shops lost", data=frame).table
    assert (table.key, table.caption) == ("data", "Shops lost")
    assert len(table.rows) == 100 and table.rows[0] == ["2031-03-20", "0", "2031-03-20"]


def foreign():
    canvas = Canvas()
    axes = canvas.subplots()
    axes.bar(["$40m ashore", "$20m at sea"], [40, 2000])
    axes.set(title="Cargo: $40m ashore, $20m at sea", yscale="log")
    return canvas


def test_a_drawing_in_another_style_has_its_words_as_written_in_the_report_s_typeface():
    shown = figures.show(foreign(), alt="a", caption="c").data
    texts = ElementTree.fromstring(shown).iter("{http://www.w3.org/2000/svg}text")
    written = {" ".join("".join(text.itertext()).split()) for text in texts}
    assert {"Cargo: $40m ashore, $20m at sea", "$40m ashore", "$20m at sea", "1 0 2", "1 0 3"} <= written
    assert set(re.findall(r"font-family: ([^;\"]*)", shown)) == {"'Inter'"}


def test_a_label_beyond_the_edge_of_a_drawing_in_another_style_is_not_cut_off():
    canvas = foreign()
    inside = ElementTree.fromstring(figures.show(canvas, alt="a", caption="c").data).get("height")
    canvas.axes[0].set_ylabel("a label that is a good deal longer than the figure is high, " * 2)
    beyond = ElementTree.fromstring(figures.show(canvas, alt="a", caption="c").data).get("height")
    assert inside == "345.6pt" and float(beyond.removesuffix("pt")) > 500


def test_axes_are_shown_with_their_figure_and_anything_else_is_refused():
    canvas = drawn()  # shown twice, it is the same
    assert figures.show(canvas.axes[0], alt="a", caption="c") == figures.show(canvas, alt="a", caption="c")
    with pytest.raises(TypeError, match=r"figures\.show takes a Matplotlib figure or its axes, not a list"):
        figures.show([canvas], alt="a", caption="c")


def test_a_character_that_the_typeface_lacks_is_no_empty_box():
    with styled():
        canvas = drawn()
        canvas.axes[0].set_title("\u4e2d")
    with pytest.raises(UserWarning, match="missing"):
        figures.show(canvas, alt="a", caption="c")


def test_a_drawing_for_a_phone_stands_beside_the_other_and_a_note_below():
    shown = figures.show(drawn(), alt="a", caption="c", note="Shops; one week.", narrow=drawn())
    assert shown.narrow == shown.data and shown.note == "Shops; one week."
    bare = figures.show(drawn(), alt="a", caption="c")
    assert (bare.narrow, bare.note) == ("", None)
