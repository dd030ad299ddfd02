"""Articles: parts, stamps and what cannot be read, on invented texts that hold every trap of real ones."""

import hashlib
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebound.facts.text.articles import ArticleError, read_article

NBSP, SOFT, ZERO = "\u00a0", "\u00ad", "\u200b"
SEED = "5f91e85a39813948fd0a776a87f0e9df4a5a139f06fa5829703add3454a15ef2"

KINDS = [
    *("headline", "byline", "byline", "published", "updated", "standfirst"),
    *["paragraph"] * 5,
    *("caption", "caption", "credit"),
    *["paragraph"] * 2,
    *("caption", "caption", "credit", "paragraph"),
]


def article(text, **options):
    return read_article(text.encode(), **options)


def kinds(text):
    return [part.kind for part in article(text).parts]


# Parts


def test_the_parts_and_their_words_are_the_same_in_every_dress(raw, dairy_text, bare):
    parts = read_article(raw).parts
    assert [part.kind for part in parts] == KINDS
    assert [bare(part.text) for part in parts] == [bare(part.text) for part in article(dairy_text).parts]


def test_parts_are_slices_of_the_text_in_order_with_only_blanks_and_bars_between_them(raw, bare):
    found = read_article(raw)
    assert found.text == raw.decode("utf-8-sig")
    ended, outside = 0, ""
    for part in found.parts:
        assert found.text[part.start : part.end] == part.text
        assert part.text.strip() == part.text != ""
        assert ended <= part.start
        outside += found.text[ended : part.start]
        ended = part.end
    assert bare(outside + found.text[ended:]) == "| |"


def test_headline_author_and_stamps_are_the_same_in_every_dress(raw):
    found = read_article(raw)
    assert found.headline == "Dairy starts 'gentle return' of its churns after flood"
    assert found.authors == ("Ada Quill",)
    assert found.stamped("published") == datetime(2031, 11, 4, 16, 48, tzinfo=UTC)
    assert found.stamped("updated") == datetime(2031, 11, 5, 7, 2, tzinfo=UTC)


def test_parts_are_numbered_from_one_within_their_kind(dairy_text):
    found = article(dairy_text)
    for kind in set(KINDS):
        assert [part.number for part in found.parts_of(kind)] == list(range(1, KINDS.count(kind) + 1))
    assert [part.text for part in found.parts_of("caption")][2:] == ["Fernbank gate", "Fernbank has 300 people"]
    assert [part.text for part in found.parts_of("credit")] == ["RIVER PRESS", "FERNBANK"]


def test_a_stamp_reaches_from_its_word_to_its_time(dairy_text):
    assert article(dairy_text).parts_of("published")[0].text == "Published: 04/11/2031\n\n- 16:48"


def test_a_stamp_without_a_time_takes_no_line_after_it():
    found = article("Mill closed\n\nPublished: 25/09/2031\n\n***\n\nIt shut.")
    assert found.parts_of("published")[0].text == "Published: 25/09/2031"
    assert found.stamped("published") is None


def test_a_part_is_found_by_any_of_its_characters_and_by_no_other(dairy_text):
    found = article(dairy_text)
    for place in range(len(found.text) + 2):
        holders = [part for part in found.parts if part.start <= place < part.end]
        assert found.part_at(place) == (holders[0] if holders else None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mill closed", "headline"),
        ("Mill closed\n\nno full stops here\n\nnor here", "headline paragraph paragraph"),
        ("Mill closed\nIt shut.\nIt stays shut.", "headline paragraph paragraph"),
        ("Mill\nclosed\n\nIt shut,\nand stays\nshut.", "headline paragraph"),
        ("Published: 01/05/2031\n\nMill closed\n\nIt shut.", "published headline paragraph"),
        ("Published: 01/05/2031", "published"),
        ("Mill closed\n\nIt shut.\n\nUpdated: 01/05/2031", "headline paragraph updated"),
        (
            "Mill closed\nBy Bo Reed\nPublished: 01/05/2031\n- 09:15\nIt shut.\nIt did.",
            "headline byline published paragraph paragraph",
        ),
        ("Mill closed\nBy Bo Reed\n\nIt shut,\nand stays shut.\n\nYes.", "headline byline paragraph paragraph"),
        ("|\n\n|", ""),
    ],
)
def test_a_text_may_lack_any_part(text, expected):
    assert kinds(text) == expected.split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("By Bo Reed\n\nIt shut", "byline paragraph"),
        ("Bo Reed\n\nPublished: 1 May 2031 at 9.15am\n\nIt shut.", "byline published paragraph"),
        ("The wheel stopped.\n\nBy Bo Reed\n\nIt shut.", "standfirst byline paragraph"),
        ("It may open.\n\nBy Bo Reed\n\nThe flood\n\nIt came.", "standfirst byline paragraph paragraph"),
        ("By Monday it was dry.\n\nYes.", "paragraph paragraph"),
        ("By the weir\n\nYes.", "paragraph paragraph"),
        ("By Heron Weir.\n\nYes.", "paragraph paragraph"),
        ("By Heron Weir all is dry\n\nYes.", "paragraph paragraph"),
        ("Updated plans\n\nx.", "paragraph paragraph"),
        ("It shut.\n\nPublished 25/09/2031 by the mill\n\nYes.", "paragraph paragraph paragraph"),
    ],
)
def test_bylines_standfirsts_and_stamps_are_distinguished_from_paragraphs(text, expected):
    assert kinds(f"Mill closed\n\n{text}") == ["headline", *expected.split()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The wheel\n\n|\n\nWEIR PRESS\n\nYes.", "caption credit paragraph"),
        ("A wheel\nThe wheel stopped.\n|\nWeir Press\n\nYes.", "caption caption credit paragraph"),
        ("The wheel\n\n| WEIR PRESS\n\nYes.", "caption credit paragraph"),
        ("The wheel\n\n|\n\nThe owner left.", "caption paragraph"),
        ("The wheel\n\n|\n\nWhat comes next\n\nYes.", "caption paragraph paragraph"),
        (f"{'It rained ' * 30}\n\n|", "paragraph"),
    ],
)
def test_a_picture_has_captions_and_a_credit(text, expected):
    assert kinds(f"Mill closed\n\nIt shut.\n\n{text}") == ["headline", "paragraph", *expected.split()]


def test_a_byline_may_name_several_and_their_posts():
    front = "By Bo Reed and Cy Holt, Business Editor\n\nBo Reed\n\nPublished: 01/05/2031"
    assert article(f"Mill closed\n\n{front}\n\nIt shut.").authors == ("Bo Reed", "Cy Holt")


def test_a_text_without_front_has_no_authors_and_no_stamps():
    found = article("Mill closed\n\nIt shut.")
    assert (found.authors, found.stamped("published"), found.stamped("updated")) == ((), None, None)


# Stamps


@pytest.mark.parametrize(
    ("stamp", "moment"),
    [
        ("Published: 25/09/2031\n\n- 16:48", "2031-09-25T16:48+01:00"),
        ("Published: 25/12/2031\n\n- 16:48", "2031-12-25T16:48+00:00"),
        ("PUBLISHED\n\n25 September 2031\n\n4:48 pm", "2031-09-25T16:48+01:00"),
        ("First published on Thursday 25 September 2031 at 12.05am", "2031-09-25T00:05+01:00"),
        ("Published September 25, 2031, 12:05pm", "2031-09-25T12:05+01:00"),
        ("Published: 25/09/2031 16:48 GMT", "2031-09-25T16:48+00:00"),
        ("Published: 25/12/2031 16:48 BST", "2031-12-25T16:48+01:00"),
        ("Published: 2031-09-25T16:48:10Z", "2031-09-25T16:48+00:00"),
        ("Published: 2031-09-25T16:48-03:30", "2031-09-25T16:48-03:30"),
    ],
)
def test_a_stamp_is_read_as_printed_and_in_the_given_zone_where_it_names_none(stamp, moment):
    found = article(f"Mill closed\n\n{stamp}\n\nIt shut.").stamped("published")
    assert found == datetime.fromisoformat(moment)
    assert found.utcoffset() == datetime.fromisoformat(moment).utcoffset()


def test_the_zone_of_a_stamp_is_the_callers(dairy_text):
    found = article(dairy_text, timezone="Asia/Kolkata").stamped("published")
    assert found.utcoffset() == timedelta(hours=5, minutes=30)


@pytest.mark.parametrize("stamp", ["31/02/2031", "09/25/2031", "25/09/2031 - 24:10", "25/09/2031 - 9:61"])
def test_an_impossible_stamp_is_an_error_that_names_its_line(stamp):
    with pytest.raises(ArticleError, match=r"line 3: .*day first"):
        article(f"Mill closed\n\nPublished: {stamp}\n\nIt shut.")


@pytest.mark.parametrize("zone", ["Europe/Fernbank", "", "../x", "Europe", "a\x00b"])
def test_an_unknown_zone_is_an_error_with_an_example(zone):
    with pytest.raises(ArticleError, match="Europe/London"):
        article("Mill closed", timezone=zone)


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
    assert isinstance(found.authors, tuple)
    for moment in (found.stamped("published"), found.stamped("updated")):
        assert moment is None or moment.tzinfo


# The seed


def test_the_seed_is_read_into_its_parts(seed_article):
    assert seed_article.sha256 == SEED
    assert Counter(part.kind for part in seed_article.parts) == {
        **{"headline": 1, "byline": 2, "published": 1, "updated": 1, "standfirst": 1},
        **{"paragraph": 22, "caption": 6, "credit": 3},
    }
    assert [part.text for part in seed_article.parts_of("credit")] == ["GETTY", "GETTY", "JLR"]
    assert seed_article.authors == ("Hemma Visavadia",)
    assert seed_article.stamped("published") == datetime.fromisoformat("2025-09-25T16:48+01:00")
    assert seed_article.stamped("updated") == datetime.fromisoformat("2025-09-25T17:12+01:00")
