from dataclasses import replace

import pytest

from casebound.report.document.wording import behind, saying


@pytest.fixture
def links(sample):
    """Return a function from the states and origins of pieces to the link of a fact that has them."""
    entry = sample.evidence()[0]["farm-5"]

    def made(*origins, state="read 1 May 2031"):
        pieces = tuple(replace(entry.pieces[0], origin=origin, state=state) for origin in origins)
        return [{"number": 1, "to": "evidence-farm-5", "entry": replace(entry, pieces=pieces)}]

    return made


def test_a_note_names_its_sources_in_short_and_each_once(links):
    assert behind(links("Herald, 10 March 2031") + links("Herald, 10 March 2031", "Dairy, 2 May 2031")) == (
        "Herald, 10 Mar 2031; Dairy, 2 May 2031"
    )


def test_a_note_of_more_than_two_sources_names_them_without_their_dates(links):
    assert behind(links("Herald, 10 March 2031", "Dairy, 2 May 2031", "Herald, 3 May 2031")) == "Herald, Dairy"


def test_a_note_of_many_sources_counts_those_that_it_does_not_name(links):
    assert behind(links("A", "B", "C", "D")) == "A, B, C, D"
    assert behind(links("A", "B", "C", "D", "E")) == "A, B, C, 2 more"


def test_a_conclusion_that_rests_on_no_single_fact_is_called_ours():
    assert behind([]) == "Our own count or judgement"


def test_a_note_says_so_if_nobody_has_read_any_of_its_sources(links):
    assert behind(links("A", state="unread: not seen") + links("B", state="unread: lost")) == "A; B (unread)"
    assert behind(links("A", state="unread: not seen") + links("B")) == "A; B"


def test_a_source_that_speaks_against_a_fact_is_not_named_as_its_source(sample):
    entry = sample.evidence()[0]["orders-stopped"]
    assert behind([{"number": 1, "to": "", "entry": entry}]) == "herald-2031-03-10"


def test_a_quotation_stands_in_marks_of_its_own_and_a_paraphrase_is_called_ours():
    assert saying("all “orders” …", None, None) == "“all ‘orders’ …”"
    assert saying(None, "No orders.", None) == "In our words: No orders."
    assert saying(None, "No orders.", "0 orders") == "In our words: No orders. (printed there: “0 orders”)"
