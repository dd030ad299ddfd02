"""Articles: paragraphs with their places, words that are named, and what cannot be read."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebound.facts.text.articles import ArticleError, Named, lines_in, read_article, stands_alone

NBSP, SOFT, ZERO = "\u00a0", "\u00ad", "\u200b"
SEED = "5f91e85a39813948fd0a776a87f0e9df4a5a139f06fa5829703add3454a15ef2"


def article(text):
    return read_article(text.encode())


# Paragraphs


def test_the_paragraphs_and_their_words_are_the_same_in_every_dress(raw, dairy_text, bare):
    parts = read_article(raw).parts
    assert len(parts) == len(article(dairy_text).parts) > 15
    assert [bare(part.text) for part in parts] == [bare(part.text) for part in article(dairy_text).parts]


def test_paragraphs_are_slices_of_the_text_in_order_with_only_blanks_between_them(raw, bare):
    found = read_article(raw)
    assert found.text == raw.decode("utf-8-sig")
    ended, outside = 0, ""
    for number, part in enumerate(found.parts, 1):
        assert found.text[part.start : part.end] == part.text
        assert (part.kind, part.number) == ("paragraph", number)
        assert ended <= part.start
        outside += found.text[ended : part.start]
        ended = part.end
    assert bare(outside + found.text[ended:]) == ""


def test_a_paragraph_is_found_by_any_of_its_characters_and_by_no_other(dairy_text):
    found = article(dairy_text)
    for place in range(len(found.text) + 2):
        holders = [part for part in found.parts if part.start <= place < part.end]
        assert found.part_at(place) == (holders[0] if holders else None)


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("Mill closed", ["Mill closed"]),
        ("Mill closed\nIt shut.\nIt stays shut.", ["Mill closed", "It shut.", "It stays shut."]),
        ("Mill\nclosed\n\nIt shut,\nand stays\nshut.", ["Mill\nclosed", "It shut,\nand stays\nshut."]),
        ("\n\nBusiness\r\n \r\nMill closed\r\n", ["Business", "Mill closed"]),
    ],
)
def test_a_paragraph_is_a_block_between_blank_lines_or_a_line_where_none_is_blank(text, paragraphs):
    assert [part.text for part in article(text).parts] == paragraphs


# Words that are named


def test_named_words_give_the_paragraph_that_they_fill_its_kind_and_a_span_in_them_their_name():
    text = "Mill closed\n\nThe wheel\nFoto: NTB\n\nIt shut on Monday."
    found = article(text)
    names = [("headline", "Mill closed"), ("caption 1", "The wheel"), ("published", "Monday")]
    named = found.naming(Named(name, text.index(words), text.index(words) + len(words)) for name, words in names)
    assert [part.kind for part in named.parts] == ["headline", "paragraph", "paragraph"]
    for words, label in [
        *(("closed", "headline"), ("The wheel", "caption 1"), ("The wheel\nFoto", "paragraph 2")),
        *(("Foto: NTB", "paragraph 2"), ("It shut", "paragraph 3"), ("Monday", "published")),
    ]:
        assert named.label_of(text.index(words), text.index(words) + len(words)) == label
    assert named.label_of(len(text), len(text)) == "text"


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("Mill closed", True),
        ("Business\nMill closed \u00a0\r\nIt shut.", True),
        ("Business\n\n Mill closed\n", True),
        ("Mill closed for good", False),
        ("The Mill closed", False),
        ("| Mill closed", False),
    ],
)
def test_words_stand_alone_if_nothing_else_stands_on_their_line(text, alone):
    start = text.index("Mill closed")
    assert stands_alone(text, start, start + len("Mill closed")) == alone


def test_lines_are_those_that_are_not_blank():
    text = " one \n\n\ttwo\r\n"
    assert [text[start:end] for start, end in lines_in(text)] == ["one", "two"]


# What cannot be read


@pytest.mark.parametrize(("line_end", "offset"), [("\n", 20), ("\r\n", 22), ("\r", 20)])
def test_latin_1_is_an_error_that_names_byte_offset_line_and_cure(line_end, offset):
    raw = f"Mill closed{line_end}{line_end}The café shut.".encode("latin-1")
    with pytest.raises(ArticleError) as caught:
        read_article(raw)
    message = f"the byte 0xE9 at offset {offset} (line 3) is not UTF-8; save the article as UTF-8"
    assert str(caught.value) == message


@pytest.mark.parametrize("raw", [b"", b"\xef\xbb\xbf", b" \r\n\t\n", f"{NBSP}\n{ZERO}{SOFT}\n".encode()])
def test_an_empty_text_is_an_error(raw):
    with pytest.raises(ArticleError, match=r"empty; save its text"):
        read_article(raw)


@pytest.mark.parametrize(
    "raw",
    [
        "Mill closed".encode("utf-16-le"),
        "Mill closed".encode("utf-16"),
        b"%PDF-1.7\n\x01\x02",
        b"Mill \x1b[1mclosed",
    ],
)
def test_bytes_that_are_not_text_are_an_error_that_names_the_cure(raw):
    with pytest.raises(ArticleError, match=r"at offset \d+ \(line \d+\).*; save the article as UTF-8"):
        read_article(raw)


# Any text


@settings(deadline=None)
@given(st.data())
def test_any_bytes_are_an_article_or_an_article_error(any_bytes, data):
    raw = data.draw(any_bytes)
    try:
        found = read_article(raw)
    except ArticleError as problem:
        assert "\n" not in str(problem)
        return
    assert found.sha256 == hashlib.sha256(raw).hexdigest()
    ended = 0
    for part in found.parts:
        assert found.text[part.start : part.end] == part.text
        assert ended <= part.start < part.end
        ended = part.end


# The seed


def test_the_seed_is_read_into_its_paragraphs(seed_article):
    assert seed_article.sha256 == SEED
    assert len(seed_article.parts) == 39
