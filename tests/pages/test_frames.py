"""Frames: a reader's data frame as a table, with the values that pandas prints."""

import pandas as pd
import pytest

from casebound.pages.frames import table_of

FRAME = pd.DataFrame(
    {
        "shop": ["Cawdale [@x]", None],
        "litres": [1 / 3, 120],
        "open": [True, False],
        "day": pd.to_datetime(["2031-03-20", None]),
    }
)


def names(frame):
    return [column.name for column in table_of(frame).columns]


def test_values_read_as_pandas_prints_them_and_what_is_missing_is_a_dash():
    assert table_of(FRAME).rows == [
        ["0", r"Cawdale \[@x\]", "0.333333", "True", "2031-03-20"],
        ["1", "–", "120.000000", "False", "–"],
    ]
    assert table_of(pd.DataFrame({"a": ["NaN", "None", "two\nlines"]})).rows[0] == ["0", "NaN"]


def test_numbers_stand_to_the_right_whatever_their_names():
    twice = pd.DataFrame([[1, "x"]], columns=["a", "a"])
    assert [column.align for column in table_of(FRAME).columns] == ["left", "left", "right", "left", "left"]
    assert [column.align for column in table_of(twice).columns] == ["left", "right", "left"]


def test_every_level_of_an_index_heads_the_rows_and_every_level_of_the_columns_is_named():
    frame = pd.DataFrame({"shop": ["A", "A", "B"], "kind": ["x", "y", "x"], "litres": [1, 2, 3]})
    levels = table_of(frame.set_index(["shop", "kind"]))
    assert (levels.header_columns, [row[0] for row in levels.rows]) == (2, ["A", "A", "B"])
    assert names(frame.pivot(index="shop", columns="kind", values="litres")) == ["kind shop", "x", "y"]
    assert names(frame.groupby("shop").agg({"litres": ["min", "max"]})) == ["shop", "litres min", "litres max"]


def test_what_is_cut_is_cut_as_pandas_cuts_it_and_said():
    table = table_of(pd.DataFrame({"n": range(1100)}))
    assert [row[1] for row in table.rows] == ["0", "1", "2", "3", "4", "…", "1095", "1096", "1097", "1098", "1099"]
    assert table.note == "Shown: 10 of 1,100 rows."
    with pd.option_context("display.max_columns", 2):
        assert [row[2] for row in table_of(FRAME).rows] == ["…", "…"]
        assert names(FRAME) == ["", "shop", "…", "day"]
        assert table_of(FRAME).note == "Shown: 2 of 4 columns."
    assert table_of(FRAME).note is None


@pytest.mark.parametrize(("width", "length"), [(50, 99), (None, 99), (20, 20)])
def test_a_cell_is_whole_unless_the_reader_set_a_width(width, length):
    with pd.option_context("display.max_colwidth", width):
        [[_, text]] = table_of(pd.DataFrame({"words": ["word " * 20]})).rows
    assert len(text) == length or (width == 20 and text.endswith("...") and len(text) <= length)


@pytest.mark.parametrize("empty", [pd.DataFrame({"a": []}), pd.DataFrame()])
def test_a_frame_without_rows_has_a_head(empty):
    assert table_of(empty).rows == [] and names(empty) == ["", *empty.columns]
