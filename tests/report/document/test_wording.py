import pytest

from casebound.pages.markup import walked
from casebound.report.document.wording import note, saying

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


def test_a_note_quotes_names_and_says_how_the_words_were_seen(sample):
    entries, _ = sample.evidence()
    assert note(entries["milk-poured-away"]) == (
        *("“we could not see a single order”", ""),
        "a dispatcher · company · herald-2031-03-10, body, paragraph 2 · verified",
    )
    rest = "reporter · herald-2031-03-10, body, paragraph 1 · read 1 May 2031 · and 1 more"
    assert note(entries["orders-stopped"]) == ("", "", rest)


def test_a_quotation_stands_in_marks_of_its_own_and_a_paraphrase_is_called_ours():
    assert saying("all “orders” …", None, None) == "“all ‘orders’ …”"
    assert saying(None, "No orders.", None) == "In our words: No orders."
    assert saying(None, "No orders.", "0 orders") == "In our words: No orders. (printed there: “0 orders”)"
