"""Printed: the words that print a title, an author, a stamp or a caption stand in the text, whole and as named."""

import pytest

from casebound.facts.evidence.printed import author_missing, holds, named_in, printed_in
from casebound.facts.records.models import Name, Source
from casebound.facts.text.articles import read_article

TEXT = """Business

Crews type on paper

By ADA QUILL and Bo van der Reed

The quay at dusk
Foto: NTB

The carrier has no booking system. The quay at dawn was empty.
"""


def placed(text=TEXT, title="Crews type on paper", **printed):
    fields = dict.fromkeys(("issued", "available"), "2031-09-25") | {"printed": printed}
    named = {"id": "src", "type": "article", "origin": "src", "grade": "B", "grade_reason": "x", "access": "excerpt"}
    return printed_in(Source(title=title, **named, **fields), read_article(text.encode()))


@pytest.mark.parametrize(
    ("printed", "missing"),
    [
        ({"captions": ["The quay at dusk"]}, ""),
        ({"captions": ["The quay at dawn"]}, "do not stand in the text on a line of their own"),
        ({"standfirst": "The carrier has no booking system."}, "do not stand in the text on a line of their own"),
        ({"byline": "By ADA QUILL"}, ""),
        ({"byline": "By Ada Quill"}, "“By Ada Quill” do not stand in the text; nearest: “By ADA QUILL”"),
        ({"publisher": "NTB"}, ""),
        ({"publisher": "NT"}, "do not stand in the text"),
        ({"title": "Crews type on paper"}, ""),
    ],
)
def test_named_words_stand_whole_in_the_text_and_some_alone_on_their_line(printed, missing):
    *_, words = placed(**printed)
    assert missing in words.missing and bool(missing) == bool(words.missing)


@pytest.mark.parametrize(
    ("title", "found"),
    [
        *(("Crews type on paper", True), ("Business", True), ("Crews  type on\npaper", True)),
        *(("Crews type", False), ("crews type on paper", False), ("Crews write on paper", False)),
    ],
)
def test_a_title_is_a_line_of_the_text_wherever_that_stands(title, found):
    [words] = placed(title=title)
    assert bool(words.spans) == found


def test_a_title_in_brackets_is_a_description_and_not_looked_up():
    assert placed(title="[crews and paper]") == []


def test_a_stamp_may_be_torn_over_lines_and_every_place_of_the_words_is_named():
    text = "Published: 25/09/2031\n\n- 16:48\n\nCrews type on paper\n\nCrews type on paper"
    names = named_in(placed(text, published="Published: 25/09/2031 - 16:48"))
    assert [(name.label, text[name.start : name.end]) for name in names] == [
        ("headline", "Crews type on paper"),
        ("headline", "Crews type on paper"),
        ("published", "Published: 25/09/2031\n\n- 16:48"),
    ]


@pytest.mark.parametrize(
    ("name", "scope", "missing"),
    [
        ({"family": "Quill", "given": "Ada"}, "By ADA QUILL", ""),
        ({"family": "Quill", "given": "Ada"}, "Quill, Ada", ""),
        ({"family": "Quill", "given": "Ada"}, "By Ada M. Quill, Business Editor", ""),
        ({"family": "Quill"}, "By Ada Quill", ""),
        ({"family": "Quill", "given": "Ada"}, "By Ada Quillfeather", "Ada Quill"),
        ({"family": "Quill", "given": "Ada"}, "By Anke Quill", "Ada Quill"),
        ({"family": "Reed", "given": "Ada"}, "By Ada Quill and Bo van der Reed", "Ada Reed"),
        ({"family": "Ørsted", "given": "Åse"}, "AV ÅSE ØRSTED", ""),
    ],
)
def test_an_author_stands_with_all_names_as_whole_words_in_any_case(name, scope, missing):
    assert author_missing(Name(**name), scope) == missing


def test_words_of_a_text_are_whole_in_any_case():
    assert holds("FEN COURIER, Holt", "The Fen Courier".removeprefix("The "))
    assert not holds("Fen Couriers", "Fen Courier")
