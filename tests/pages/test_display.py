"""Display: each thing that a cell shows is one bundle for JupyterLab and one that the report reads back."""

import json
from dataclasses import replace

import pytest
from IPython.core.formatters import DisplayFormatter

from casebound.pages.display import FIGURE, Figure, KeyFacts, Omitted, Prose, StatusBox, Table, columns_named, read

ROWS = (("Shops <b>", "120"), ("Farms [@farms]", "7"))
COLUMNS = columns_named(("What", "Number"), right=("Number",))
LOST = Table("lost", "What was *lost*", COLUMNS, ROWS, note="As told.", explains="cells")
OURS = [
    LOST,
    Table("", None, COLUMNS, ROWS, header_columns=0),
    Figure("bars", "<svg/>", "Two bars.", "Shops lost most.", LOST),
    Figure("bars", "<svg/>", "Two bars.", "Shops lost most."),
    KeyFacts((("120", "shops [@shops]"),)),
    StatusBox((("Facts", "32"),)),
    Omitted("the figure of milk", "nobody counted it"),
]


def shown(thing):
    """What IPython makes of a thing at the end of a cell, as a notebook's file holds it."""
    return json.loads(json.dumps(DisplayFormatter().format(thing)))


def plain(thing):
    """A thing and all that is in it as text, whether in lists or in tuples."""
    return repr(thing).translate(str.maketrans("([", "((", "]),"))


@pytest.mark.parametrize("thing", [Prose("Milk [@milk]."), *OURS], ids=lambda thing: type(thing).__name__)
def test_a_notebook_shows_it(thing):
    data, _ = shown(thing)
    assert data["text/plain"]
    assert any(kind in data for kind in ("text/html", "text/markdown", "image/svg+xml"))


@pytest.mark.parametrize("thing", OURS, ids=lambda thing: type(thing).__name__)
def test_the_report_reads_back_what_a_notebook_stored(thing):
    assert plain(read(shown(thing)[0], str)) == plain(thing)


def test_every_text_is_read_as_the_report_wants_it_and_nothing_else():
    figure = read(shown(OURS[2])[0], str.upper)
    assert (figure.key, figure.alt, figure.caption) == ("bars", "Two bars.", "SHOPS LOST MOST.")
    table = figure.table
    assert (table.key, table.caption, table.note, table.explains) == ("lost", "WHAT WAS *LOST*", "AS TOLD.", "cells")
    assert [(column.name, column.align) for column in table.columns] == [("WHAT", "left"), ("NUMBER", "right")]
    assert table.rows == [["SHOPS <B>", "120"], ["FARMS [@FARMS]", "7"]]
    assert read(shown(OURS[4])[0], str.upper).items == [("120", "SHOPS [@SHOPS]")]


def test_a_table_of_which_a_row_is_too_short_is_refused():
    with pytest.raises(ValueError, match="table short: a row has more or fewer cells than columns"):
        read(shown(Table("short", "Rows", COLUMNS, [["one"]]))[0], str)


def test_prose_is_stored_as_it_is_written_and_is_no_table_figure_or_box():
    data, _ = shown(Prose("Milk [@milk]."))
    assert data["text/markdown"] == "Milk [@milk]." and read(data, str) is None


def test_what_is_omitted_is_told_in_a_sentence():
    told = "Left out: the figure of milk. Nobody counted it."
    assert shown(Omitted("the figure of milk", "nobody counted it"))[0]["text/markdown"] == told


def test_a_table_without_rows_is_omitted_unless_its_note_says_all():
    empty = replace(LOST, rows=(), none="nobody lost any")
    assert read(shown(empty)[0], str) == Omitted("the table “What was *lost*”", "nobody lost any")
    assert shown(replace(empty, none=""))[0]["text/markdown"] == "As told."


def test_only_a_column_of_the_table_can_be_set_to_the_right():
    with pytest.raises(ValueError, match="no column is named Nmber"):
        columns_named(("What", "Number"), right=("Nmber",))


def test_a_table_shown_in_a_notebook_is_escaped():
    page = shown(LOST)[0]["text/html"]
    assert "<td>Shops &lt;b&gt;</td>" in page and "<b>" not in page


def test_a_figure_is_shown_as_its_drawing_with_its_words():
    data, metadata = shown(OURS[2])
    assert data["image/svg+xml"] == data[FIGURE]["data"] == "<svg/>" and data["text/plain"] == "Two bars."
    assert metadata["image/svg+xml"] == {"alt": "Two bars.", "caption": "Shops lost most."}
