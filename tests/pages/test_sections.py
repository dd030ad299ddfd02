"""Sections: the narrative's parts with their lines."""

import pytest

from casebound.facts.problems import CaseError
from casebound.pages.sections import is_heading, sections

FILE = "data/x/narrative.md"
TEXT = """\
# Summary

First one [@a]. Second one,
over a line [@b; @c].

## A smaller heading

- An item [@d].
- Another
  of two lines [@e].

# How long

Third [analysis: @f].
"""


def test_sections_are_named_by_their_headings_in_small_letters():
    by_name = sections(TEXT, FILE)
    assert list(by_name) == ["summary", "how long"]
    assert by_name["how long"].line == 12


def test_paragraphs_and_items_have_their_lines():
    paragraphs = list(sections(TEXT, FILE)["summary"].paragraphs())
    assert [line for line, _ in paragraphs] == [3, 6, 8, 9]
    assert paragraphs[0][1] == "First one [@a]. Second one,\nover a line [@b; @c]."


def test_a_section_of_a_name_comes_once():
    with pytest.raises(CaseError, match=r"data/x/narrative\.md:5: a: a second section of this name"):
        sections("# A\n\nx\n\n# A\n", FILE)


def test_text_before_the_first_section_is_not_lost():
    with pytest.raises(CaseError, match=r"narrative\.md:1: text before the first section"):
        sections("lost words\n\n# A\n", FILE)


@pytest.mark.parametrize(
    ("line", "expected"), [("## A", True), ("#", True), ("#tag", False), ("####### A", False), ("a # b", False)]
)
def test_a_heading_is_what_markdown_takes_for_one(line, expected):
    assert is_heading(line) is expected


def test_a_section_that_is_empty_has_no_paragraphs():
    assert list(sections("# A\n\n# B\n", FILE)["a"].paragraphs()) == []


def test_what_stands_in_a_comment_is_no_text_and_moves_no_line():
    by_name = sections("<!-- How to write it:\nshort. -->\n\n# A\n\n<!-- # B\n-->\nLast [@a].\n", FILE)
    assert list(by_name) == ["a"]
    assert list(by_name["a"].paragraphs()) == [(8, "Last [@a].")]
