import pytest

from casebound.pages.markup import walked
from casebound.report.document.wording import note, parts

SUMMARY = "# In short\n\nIt stopped [@orders-stopped]."


@pytest.fixture
def noted(bound, sample):
    """Return a function from the text of a second chapter to its citations' notes, by number, in order."""

    def from_text(text):
        doc = bound(sample.markdown("00-a", SUMMARY), sample.markdown("10-b", "# B\n\n" + text))
        return [
            [
                (link["number"], link.get("note"))
                for block in chapter.blocks
                for token in walked(getattr(block, "tokens", ()))
                for link in token.meta.get("links", ())
            ]
            for chapter in doc.chapters
        ]

    return from_text


def test_a_chapter_has_one_note_for_each_fact_where_it_first_cites_it(noted):
    _, notes = noted("It stopped [@orders-stopped; @farm-5]. So it stopped [@orders-stopped].")
    assert [(number, bool(note)) for number, note in notes] == [(1, True), (2, True), (1, False)]


def test_the_chapter_that_sums_up_has_none(noted):
    summary, _ = noted("It stopped [@orders-stopped].")
    assert summary == [(1, None)]


def test_no_note_repeats_a_source_that_the_text_names(noted):
    _, notes = noted("It stopped, says herald-2031-03-10 [@orders-stopped].")
    assert notes == [(1, None)]


def test_no_note_stands_in_a_heading_or_a_table(noted):
    _, notes = noted("| A |\n|---|\n| x [@farm-5] |\n\nAnd so [@farm-5].")
    assert [bool(note) for _, note in notes] == [True]


@pytest.fixture
def entries_and_appendix(bound, sample):
    """Return the sample's facts by id, and the appendix of a report on them."""
    doc = bound(sample.markdown("10-a", "# A"))
    return {cited.entry.id: cited.entry for cited in doc.evidence.uncited}, doc.evidence


def test_a_note_quotes_names_and_says_how_the_words_were_seen(entries_and_appendix):
    entries, evidence = entries_and_appendix
    assert note(entries["milk-poured-away"], evidence) == (
        "“we could not see a single order” · a dispatcher · company · herald-2031-03-10, body, paragraph 2 · verified"
    )
    assert note(entries["orders-stopped"], evidence) == (
        "reporter · herald-2031-03-10, body, paragraph 1 · read 1 May 2031 · and 1 more"
    )


def test_a_piece_is_worded_once_for_card_note_and_appendix(entries_and_appendix):
    entries, evidence = entries_and_appendix
    first, second = (parts(piece, evidence) for piece in entries["orders-stopped"].pieces)
    assert list(first.items()) == [
        ("saying", "In our words: Nothing could be ordered from the Sunday evening on."),
        ("stance", ""),
        ("who", "reporter"),
        ("source", "herald-2031-03-10"),
        ("where", ", body, paragraph 1"),
        ("grade", ""),
        ("state", "read 1 May 2031"),
        ("link", ""),
        ("anchor", "source-herald-2031-03-10"),
    ]
    assert (second["saying"], second["stance"]) == ("“all orders are flowing … as before”", "disputes")
