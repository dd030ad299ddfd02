"""Drafting: what an author wrote, with the citations that lead nowhere as words."""

import pytest

from casebound.pages.drafting import MARK, as_written, marked, place
from casebound.pages.markup import parsed, plain_text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("It fell [@one].", "It fell [@one]."),
        ("It fell [@one; @none].", r"It fell [@one] \[@none is not there\]."),
        ("It fell [@none; @gone].", r"It fell \[@none is not there\] \[@gone is left out\]."),
        ("So it is [analysis: @one; @none].", r"So it is [analysis: @one] \[@none is not there\]."),
        ("So it is [analysis: @none].", r"So it is [analysis] \[@none is not there\]."),
        ("Is it [question]?", "Is it [question]?"),
        ("It fell [@One Thing].", r"It fell \[@One Thing is not there\]."),
    ],
)
def test_a_citation_of_what_is_not_known_is_words(text, shown):
    assert as_written(text, {"one"}, {"gone"}) == shown
    parsed(shown)


def test_the_mark_of_a_place_goes_through_markdown_and_differs_for_two_sentences_of_a_line():
    names = [place("how long", 7, sentence) for sentence in ("One.", "Two.")]
    text = " ".join(marked(sentence, name) for sentence, name in zip(("*One.*", "Two."), names, strict=True))
    printed = plain_text(parsed(text))
    assert MARK.findall(printed) == names and len(set(names)) == 2
    assert MARK.sub("", printed) == "One. Two."
