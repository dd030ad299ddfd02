from casebound.pages.display import KeyFacts
from casebound.report.document.firstpage import rows
from casebound.report.document.model import Chapter, Figure, Heading, Prose


def heading(level=2, *, is_column=False):
    return Heading(level, [], "", is_column=is_column)


def prose():
    return Prose([])


def picture():
    return Figure("", "", "", None)


def shape(*blocks):
    cover = Chapter("00-summary", heading(1), list(blocks))
    return [
        (row.kind, *["".join(type(block).__name__[0] for block in part) for part in row.parts]) for row in rows(cover)
    ]


def test_an_empty_first_page_has_no_rows():
    assert shape() == []


def test_headings_that_are_columns_share_a_row_and_the_next_that_is_none_ends_it():
    side = [heading(is_column=True), prose(), heading(is_column=True), prose()]
    assert shape(heading(), prose(), *side, heading(), prose()) == [
        ("single", "HP"),
        ("columns", "HP", "HP"),
        ("single", "HP"),
    ]


def test_key_facts_stand_beside_the_part_before_them_if_it_stands_alone():
    facts = KeyFacts([])
    assert shape(heading(), prose(), heading(), facts) == [("pair", "HP", "HK")]
    assert shape(heading(), facts) == [("single", "HK")]
    assert shape(heading(is_column=True), prose(), heading(), facts) == [("columns", "HP"), ("single", "HK")]


def test_a_figure_has_the_whole_width_and_parts_what_stands_around_it():
    assert shape(heading(), prose(), picture(), prose()) == [("single", "HP"), ("plate", "F"), ("single", "P")]
    assert shape(prose(), picture()) == [("single", "P"), ("plate", "F")]


def test_a_heading_below_another_stays_in_its_part():
    assert shape(heading(is_column=True), heading(3), prose(), heading(is_column=True), prose()) == [
        ("columns", "HHP", "HP")
    ]
