"""Scripts: what runs from right to left is isolated, and what is of another language is told."""

import pytest

from casebound.facts.text.scripts import foreign, isolated


def test_only_text_that_runs_from_right_to_left_is_isolated():
    assert isolated("صدى هولت") == "\u2068صدى هولت\u2069" and isolated("עיתון 7").startswith("\u2068")
    assert [isolated(text) for text in ("The Echo", "日報", "Эхо", "")] == ["The Echo", "日報", "Эхо", ""]


@pytest.mark.parametrize(
    ("language", "own", "told"),
    [
        ("de-AT", "en-GB", "de-AT"),
        ("en-US", "en-GB", ""),
        ("en", "en-GB", ""),
        ("zh-Hant-TW", "en", "zh-Hant-TW"),
        (None, "en-GB", ""),
        ("German, mostly", "en-GB", ""),
    ],
)
def test_a_language_is_told_where_it_is_another_and_a_tag(language, own, told):
    assert foreign(language, own) == told
