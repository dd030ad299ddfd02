"""HTML tables: what a Styler, Polars or a reader writes as one plain table."""

import pandas as pd

from casebound.pages.markup import plain_text
from casebound.report.document.htmltable import table_of

FRAME = pd.DataFrame(
    {"litres": [120, None], "share": ["5 %", "-1.5 %"]}, index=pd.MultiIndex.from_product([["Cawdale"], ["x", "y"]])
)


def texts(html):
    table = table_of(html)
    return [plain_text(column.name) for column in table.columns], [[*map(plain_text, row)] for row in table.rows]


def test_a_cell_that_spans_rows_or_columns_stands_in_each_and_what_is_missing_is_a_dash():
    assert texts(FRAME.to_html()) == (
        ["", "", "litres", "share"],
        [["Cawdale", "x", "120.0", "5 %"], ["Cawdale", "y", "–", "-1.5 %"]],
    )
    assert texts("<table><tr><th colspan=2>a</th></tr><tr><td>1</td><td>2</td></tr></table>")[0] == ["a", "a"]


def test_numbers_stand_to_the_right_and_what_heads_the_rows_to_the_left():
    table = table_of(FRAME.to_html())
    assert [column.align for column in table.columns] == ["left", "left", "right", "right"]
    assert table.header_columns == 2
    assert table_of("<table><tr><td>a</td></tr><tr><td>1</td></tr></table>").header_columns == 0


def test_a_styler_s_caption_is_the_table_s_and_its_colours_are_left_out():
    table = table_of(FRAME.style.highlight_max(subset=["litres"]).set_caption("Milk *lost*").to_html())
    assert plain_text(table.caption) == "Milk *lost*" and "background" not in repr(table)


def test_what_polars_cuts_is_said():
    rows = "".join(f"<tr><td>{text}</td></tr>" for text in ("1", "2", "…", "9"))
    html = f"<div><small>shape: (9, 1)</small><table><thead><tr><th>n</th></tr></thead>{rows}</table></div>"
    assert plain_text(table_of(html).note) == "Shown: 3 of 9 rows."
    assert table_of(html.replace("(9, 1)", "(3, 1)")).note is None


def test_an_empty_table_is_no_table():
    assert table_of("<table></table>") is None and table_of("<table><tr></tr></table>") is None
