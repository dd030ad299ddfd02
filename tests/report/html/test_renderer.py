"""The renderer works with every markdown-it that pyproject.toml admits."""

from __future__ import annotations

import pytest
from markdown_it.token import Token

from casebound.pages.markup import parsed
from casebound.report.html.renderer import Renderer


@pytest.mark.parametrize("kind", ["text", "fence", "code_block", "citation", "mark", "footnote_ref", "label", "rests"])
def test_a_rule_returns_plain_text_so_that_what_it_is_added_to_is_not_escaped(kind):
    token = Token(kind, "", 0, content="a < b", meta={"anchor": "here", "findings": [("1", "there")]})
    rendered = Renderer().rules[kind]([token], 0, {}, {})
    assert type(rendered) is str
    assert "<p>" + rendered + "</p>" == f"<p>{rendered}</p>"


def test_what_the_text_says_is_escaped_and_what_it_marks_is_not():
    assert Renderer().html(parsed("It *was* a < b.")) == "<p>It <em>was</em> a &lt; b.</p>\n"
