import pytest

from casebound.pages.display import Column, Table
from casebound.pages.markup import text_tokens
from casebound.report.document.printable import GUTTER
from casebound.report.pdf.widths import is_small, widths


def shares(names, *rows):
    columns = [Column(text_tokens(name)) for name in names]
    table = Table("", None, columns, [[text_tokens(cell) for cell in row] for row in rows])
    return [
        float(share.strip().removesuffix("fr")) - GUTTER
        for share in widths(table).strip("()").split(",")
        if share.strip()
    ]


def test_columns_that_fit_are_as_wide_as_their_text():
    assert shares(["Party", "State"], ["Retailers", "stopped twice"]) == [9, 13]


@pytest.mark.parametrize("text", ["2031-03-11/2031-03-14", "1,250,000,000"])
def test_a_date_or_a_number_is_never_narrower_than_itself(text):
    given = shares(["When", "What", "Who"], [text, "long words " * 20, "other long words " * 10])
    assert given[0] >= len(text)


def test_the_shares_of_a_full_table_fill_the_line():
    assert sum(shares(["a", "b"], ["word " * 40, "word " * 80])) == 105 - 5


def test_one_long_cell_takes_no_width_from_a_column_that_is_long_in_many_rows():
    long, short = "word " * 12, "word word"
    assert shares(["a", "b"], *[[short, long]] * 9, [long, short])[1] >= len(long) - 1
    assert shares(["a", "b"], *[[long, short]] * 9, [short, long])[0] >= len(long) - 1


def test_wide_tables_take_smaller_type():
    assert is_small(Table("", None, [Column([])] * 6, []))
    assert not is_small(Table("", None, [Column([])] * 3, []))


def test_a_column_of_short_texts_breaks_none_of_them_beside_long_ones():
    given = shares(["What", "Status"], *[["long words " * 20, "not confirmed"]] * 9)
    assert given[1] == len("not confirmed")
