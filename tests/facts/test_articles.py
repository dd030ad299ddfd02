"""Articles: parts, stamps, sentences, quoted words, on invented texts that hold every trap of real ones."""

import hashlib
import sys
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from unicodedata import category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebound.facts.articles import (
    Article,
    ArticleError,
    article_at,
    read_article,
    sentence_span,
    sentences,
    spoken_spans,
)

NBSP, SOFT, ZERO = "\u00a0", "\u00ad", "\u200b"

DAIRY = """\
Dairy starts 'gentle return' of its churns after flood

Ada Quill

By Ada Quill


Published: 04/11/2031

- 16:48

Updated: 05/11/2031

- 07:02

The county's oldest creamery has turned two of its churns again

Fernbank Dairy (FD) says its yard is dry, a fortnight after the river came in.

The county’s oldest creamery called it a "gentle return" for its 300 people.


A spokeswoman said: "The pumps did their work all night.

"We have milk for every school, and we'll pay our farmers' bills as fast as we can."

Vans stood idle at 4.30am, and £1.9bn of cheese was said to be at risk.

A churn  and a Fernbank churn

The dairy stood still for over a week

|
RIVER PRESS

The cold store is open again, the firm said.

The mayor, Ms P. Lark, said it was" doing everything it must" to help Dr. Oke and others.

Fernbank gate

Fernbank has 300 people

|
FERNBANK

"It's a firm I know. It's a firm we all know," the mayor said."""

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


def spoken(text):
    found = article(text)
    return [found.text[start:end] for start, end in spoken_spans(found)]


def said_in(text):
    """The words in quotation marks of a paragraph under a headline."""
    return spoken(f"Mill closed\n\n{text}")


DRESSES = {
    "as it is": lambda text: text.encode(),
    "Windows line ends": lambda text: text.replace("\n", "\r\n").encode(),
    "old Mac line ends": lambda text: text.replace("\n", "\r").encode(),
    "line separators": lambda text: text.replace("\n", "\u2028").encode(),
    "a byte order mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "non-breaking spaces": lambda text: text.replace(" ", NBSP).encode(),
    "blank lines that hold blanks": lambda text: text.replace("\n\n", f"\n{NBSP} \t{ZERO}\n").encode(),
    "blanks at the ends of lines": lambda text: text.replace("\n", f" {NBSP}\n\t{ZERO}").encode(),
    "blank lines before and after": lambda text: f"\n\n {ZERO}\n{text}\n\n\n".encode(),
    "soft hyphens": lambda text: text.replace("e", f"e{SOFT}").encode(),
    "zero-width blanks": lambda text: text.replace(" ", f"{ZERO} {ZERO}").encode(),
    "triple blank lines": lambda text: text.replace("\n\n", "\n\n\n\n").encode(),
}


def bare(text):
    return " ".join(text.replace(SOFT, "").replace(ZERO, "").split())


@pytest.fixture(params=DRESSES)
def raw(request):
    return DRESSES[request.param](DAIRY)


# Parts


def test_the_parts_are_told_apart_in_every_dress(raw):
    assert [part.kind for part in read_article(raw).parts] == KINDS


def test_the_words_of_the_parts_are_the_same_in_every_dress(raw):
    found = [bare(part.text) for part in read_article(raw).parts]
    assert found == [bare(part.text) for part in article(DAIRY).parts]


def test_every_part_is_a_slice_of_the_text_in_order_and_apart(raw):
    found = read_article(raw)
    assert found.text == raw.decode("utf-8-sig")
    ended = 0
    for part in found.parts:
        assert found.text[part.start : part.end] == part.text
        assert part.text.strip() == part.text != ""
        assert ended <= part.start
        ended = part.end


def test_what_lies_in_no_part_is_blank_or_a_bar(raw):
    found = read_article(raw)
    inside = set().union(*(range(part.start, part.end) for part in found.parts))
    outside = Counter(char for place, char in enumerate(found.text) if place not in inside)
    assert outside.pop("|") == 2
    assert not [char for char in outside if not (char.isspace() or char in SOFT + ZERO)]


def test_headline_author_and_stamps_are_the_same_in_every_dress(raw):
    found = read_article(raw)
    assert found.headline == "Dairy starts 'gentle return' of its churns after flood"
    assert found.authors == ("Ada Quill",)
    assert found.standfirst.startswith("The county's oldest creamery has")
    assert found.published == datetime(2031, 11, 4, 16, 48, tzinfo=UTC)
    assert found.updated == datetime(2031, 11, 5, 7, 2, tzinfo=UTC)
    assert found.published_on == date(2031, 11, 4)


def test_parts_are_numbered_from_one_within_their_kind():
    found = article(DAIRY)
    for kind in set(KINDS):
        assert [part.number for part in found.parts_of(kind)] == list(range(1, KINDS.count(kind) + 1))
    assert [part.text for part in found.parts_of("caption")][2:] == [
        "Fernbank gate",
        "Fernbank has 300 people",
    ]
    assert [part.text for part in found.parts_of("credit")] == ["RIVER PRESS", "FERNBANK"]
    assert found.paragraphs == found.parts_of("paragraph")


def test_a_stamp_reaches_from_its_word_to_its_time():
    assert article(DAIRY).parts_of("published")[0].text == "Published: 04/11/2031\n\n- 16:48"


def test_a_stamp_without_a_time_takes_no_line_after_it():
    found = article("Mill closed\n\nPublished: 25/09/2031\n\n***\n\nIt shut.")
    assert found.parts_of("published")[0].text == "Published: 25/09/2031"


def test_the_fingerprint_is_that_of_the_raw_bytes(raw):
    assert read_article(raw).sha256 == hashlib.sha256(raw).hexdigest()


def test_a_part_is_found_by_any_of_its_characters_and_by_no_other():
    found = article(DAIRY)
    for place in range(len(found.text) + 2):
        holders = [part for part in found.parts if part.start <= place < part.end]
        assert found.part_at(place) == (holders[0] if holders else None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mill closed", ["headline"]),
        ("Mill closed\n\nIt shut.\n\nIt stays shut.", ["headline", "paragraph", "paragraph"]),
        ("Mill closed\n\nno full stops here\n\nnor here", ["headline", "paragraph", "paragraph"]),
        ("Mill closed\nIt shut.\nIt stays shut.", ["headline", "paragraph", "paragraph"]),
        ("Mill\nclosed\n\nIt shut,\nand stays\nshut.", ["headline", "paragraph"]),
        ("Mill closed\n\nBy Bo Reed\n\nIt shut.\n\nYes.", ["headline", "byline", "paragraph", "paragraph"]),
        (
            "Mill closed\n\nBo Reed\n\nPublished: 1 May 2031 at 9.15am\n\nIt shut.",
            ["headline", "byline", "published", "paragraph"],
        ),
        (
            "Mill closed\n\nThe wheel stopped.\n\nBy Bo Reed\n\nIt shut.",
            ["headline", "standfirst", "byline", "paragraph"],
        ),
        (
            "Mill closed\nBy Bo Reed\nPublished: 01/05/2031\n- 09:15\nIt shut.\nIt did.",
            ["headline", "byline", "published", "paragraph", "paragraph"],
        ),
        (
            "Mill closed\nBy Bo Reed\n\nIt shut,\nand stays shut.\n\nYes.",
            ["headline", "byline", "paragraph", "paragraph"],
        ),
        ("Mill closed\n\nIt shut.\n\nUpdated: 01/05/2031", ["headline", "paragraph", "updated"]),
        ("Published: 01/05/2031\n\nMill closed\n\nIt shut.", ["published", "headline", "paragraph"]),
        ("Published: 01/05/2031", ["published"]),
        ("Published figures fall\n\nUpdated plans\n\nx.", ["headline", "paragraph", "paragraph"]),
        ("Mill closed\n\nBy Monday it was dry.\n\nYes.", ["headline", "paragraph", "paragraph"]),
        ("Mill closed\n\nBy the weir\n\nYes.", ["headline", "paragraph", "paragraph"]),
        (
            "Mill closed\n\nIt shut.\n\nThe wheel\n\n|\n\nWEIR PRESS\n\nYes.",
            ["headline", "paragraph", "caption", "credit", "paragraph"],
        ),
        (
            "Mill closed\n\nIt shut.\n\nA wheel\nThe wheel stopped.\n|\nWeir Press\n\nYes.",
            ["headline", "paragraph", "caption", "caption", "credit", "paragraph"],
        ),
        (
            "Mill closed\n\nIt shut.\n\nThe wheel\n\n| WEIR PRESS\n\nYes.",
            ["headline", "paragraph", "caption", "credit", "paragraph"],
        ),
        (
            "Mill closed\n\nIt shut.\n\nThe wheel\n\n|\n\nThe owner left.",
            ["headline", "paragraph", "caption", "paragraph"],
        ),
        (
            "Mill closed\n\nIt shut.\n\nThe wheel\n\n|\n\nWhat comes next\n\nYes.",
            ["headline", "paragraph", "caption", "paragraph", "paragraph"],
        ),
        (f"Mill closed\n\nIt shut.\n\n{'It rained ' * 30}\n\n|", ["headline", "paragraph", "paragraph"]),
        ("Mill closed\n\nBy Heron Weir.\n\nYes.", ["headline", "paragraph", "paragraph"]),
        ("Mill closed\n\nBy Heron Weir all is dry\n\nYes.", ["headline", "paragraph", "paragraph"]),
        (
            "Mill closed\n\nIt may open.\n\nBy Bo Reed\n\nThe flood\n\nIt came.",
            ["headline", "standfirst", "byline", "paragraph", "paragraph"],
        ),
        ("Mill closed\n\nBy Bo Reed\n\nIt shut", ["headline", "byline", "paragraph"]),
        (
            "Mill closed\n\nIt shut.\n\nPublished 25/09/2031 by the mill\n\nYes.",
            ["headline", "paragraph", "paragraph", "paragraph"],
        ),
        ("|\n\n|", []),
    ],
)
def test_a_text_may_lack_any_part(text, expected):
    assert kinds(text) == expected


def test_a_byline_may_name_several_and_their_posts():
    front = "By Bo Reed and Cy Holt, Business Editor\n\nBo Reed\n\nPublished: 01/05/2031"
    assert article(f"Mill closed\n\n{front}\n\nIt shut.").authors == ("Bo Reed", "Cy Holt")


def test_a_text_without_front_has_no_authors_and_no_stamps():
    found = article("Mill closed\n\nIt shut.")
    assert (found.authors, found.published, found.updated) == ((), None, None)
    assert (found.published_on, found.standfirst) == (None, "")


# Stamps


@pytest.mark.parametrize(
    ("stamp", "moment"),
    [
        ("Published: 25/09/2031\n\n- 16:48", "2031-09-25T16:48+01:00"),
        ("Published: 25/12/2031\n\n- 16:48", "2031-12-25T16:48+00:00"),
        ("Published: 25/09/2031 - 16:48", "2031-09-25T16:48+01:00"),
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
    found = article(f"Mill closed\n\n{stamp}\n\nIt shut.").published
    assert found == datetime.fromisoformat(moment)
    assert found.utcoffset() == datetime.fromisoformat(moment).utcoffset()


def test_the_zone_of_a_stamp_is_the_callers():
    found = article(DAIRY, timezone="Asia/Kolkata").published
    assert found.utcoffset() == timedelta(hours=5, minutes=30)


def test_a_stamp_without_a_time_gives_a_day_and_no_moment():
    found = article("Mill closed\n\nPublished: 25/09/2031\n\nIt shut.")
    assert found.published is None
    assert found.published_on == date(2031, 9, 25)


@pytest.mark.parametrize("stamp", ["31/02/2031", "09/25/2031", "25/09/2031 - 24:10", "25/09/2031 - 9:61"])
def test_an_impossible_stamp_is_an_error_that_names_its_line(stamp):
    with pytest.raises(ArticleError, match=r"line 3: .*day first"):
        article(f"Mill closed\n\nPublished: {stamp}\n\nIt shut.")


@pytest.mark.parametrize("zone", ["Europe/Fernbank", "", "../x", "Europe", "/etc/hosts", "a\x00b"])
def test_an_unknown_zone_is_an_error_with_an_example(zone):
    with pytest.raises(ArticleError, match="Europe/London"):
        article("Mill closed", timezone=zone)


# What cannot be read


@pytest.mark.parametrize(("line_end", "offset"), [("\n", 20), ("\r\n", 22), ("\r", 20)])
def test_latin_1_is_an_error_that_names_byte_offset_line_and_cure(line_end, offset):
    raw = f"Mill closed{line_end}{line_end}The café shut.".encode("latin-1")
    with pytest.raises(ArticleError) as caught:
        read_article(raw)
    told = f"the byte 0xE9 at offset {offset} (line 3) is not UTF-8; save the article as UTF-8"
    assert str(caught.value) == told


@pytest.mark.parametrize("raw", [b"", b"\xef\xbb\xbf", b" \r\n\t\n", f"{NBSP}\n{ZERO}{SOFT}\n".encode()])
def test_an_empty_text_is_an_error(raw):
    with pytest.raises(ArticleError, match=r"empty; save its text"):
        read_article(raw)


@pytest.mark.parametrize(
    "raw",
    [
        b"Mill\x00closed",
        "Mill closed".encode("utf-16-le"),
        "Mill closed".encode("utf-16"),
        b"\x89PNG\r\n\x1a\n",
        b"%PDF-1.7\n\x01\x02",
        b"Mill \x1b[1mclosed",
    ],
)
def test_what_is_no_text_is_an_error_that_says_how_to_save_it(raw):
    with pytest.raises(ArticleError, match=r"at offset \d+ \(line \d+\).*; save the article as UTF-8"):
        read_article(raw)


def test_a_file_is_read_and_its_errors_name_it(tmp_path):
    path = tmp_path / "mill.txt"
    path.write_bytes(b"Mill closed\r\n\r\nIt shut.")
    assert article_at(path) == read_article(path.read_bytes())
    assert article_at(path, "Asia/Kolkata").timezone == "Asia/Kolkata"
    path.write_bytes(b"\xff")
    for broken in (path, tmp_path / "none.txt", tmp_path):
        with pytest.raises(ArticleError, match=r"; ") as caught:
            article_at(broken)
        assert str(caught.value).startswith(f"{broken}: ")
        assert "\n" not in str(caught.value)
        assert "Errno" not in str(caught.value)


# Sentences


@pytest.mark.parametrize(
    "marked",
    [
        "It shut.¦ It stays shut.",
        "Did it shut?¦ Yes!¦ It did…¦ 40 left.",
        'He said: "It shut."¦ "It did."¦ She left.',
        "He said: “It shut.”¦ ‘It did.’¦ She left.",
        '"Is it shut?" he asked.¦ No.¦ It is open.',
        "It shut (for good.)¦ £3 was left.",
        "Mr. Holt, Ms. Reed, Mrs. Oke and Dr. Lark met Prof. Fern at St. Mary's.¦ They sat.",
        "Flood vs. Drought, e.g. Rain, i.e. Water, etc. Yes.¦ No. 5 shut at 4 a.m. Monday.",
        "The U.K. Mill and the U.S. Mill shut, said J. R. Reed.¦ It did.",
        "It lost £1.9bn at 4.30am on Sept. 25.¦ It did.",
        "wait... for it.¦ Go.",
        "no capital. after it",
        f"It shut.{NBSP}¦{NBSP}It did.{ZERO}¦ {ZERO}Yes.",
        "It shut.   ¦   It did.",
        "It shut.\n¦It stays\nshut.",
        "Ends without a stop",
        'He knew it was" doing all" there.¦ Then it shut.',
        "The Ltd. Co. Inc. Mill.¦ It shut.",
    ],
)
def test_a_paragraph_is_cut_into_sentences(marked):
    text = marked.replace("¦", "")
    expected = [piece.strip(f" \n{NBSP}{ZERO}") for piece in marked.split("¦")]
    assert [text[start:end] for start, end in sentences(text)] == expected


@pytest.mark.parametrize("text", ["", " ", f"{NBSP}{ZERO}\n"])
def test_a_blank_part_has_no_sentences(text):
    assert sentences(text) == []


TWO = "Mill closed\n\nThe wheel stopped. The mill has not said why. It may open.\n\nThe owner left. He is back."


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("said why", "The mill has not said why."),
        ("The mill has not said why.", "The mill has not said why."),
        ("why. It", "The mill has not said why. It may open."),
        (
            "stopped. The mill has not said why. It",
            "The wheel stopped. The mill has not said why. It may open.",
        ),
        (" ", "Mill closed"),
        (". The mill", "The wheel stopped. The mill has not said why."),
        ("open.\n\nThe owner", "It may open.\n\nThe owner left."),
        ("back", "He is back."),
        ("closed", "Mill closed"),
    ],
)
def test_a_span_lies_in_the_sentence_or_sentences_round_it(words, sentence):
    found = article(TWO)
    start = found.text.index(words)
    assert found.sentence_round(start, start + len(words)) == sentence
    first, last = sentence_span(found, start, start + len(words))
    assert found.text[first:last] == sentence


def test_a_span_outside_every_part_stays_as_it_is():
    found = article("Mill closed\n\n\n\nIt shut.")
    assert sentence_span(found, 12, 13) == (12, 13)
    assert sentence_span(found, 999, 1000) == (999, 1000)


@settings(deadline=None)
@given(st.text(alphabet="aB1 .!?\"'”)\n\u00a0\u200b") | st.text())
def test_sentences_hold_every_word_once_in_order(text):
    ended, outside = 0, ""
    for start, end in sentences(text):
        assert ended <= start < end
        assert text[start:end].strip() == text[start:end]
        outside += text[ended:start]
        ended = end
    assert all(char.isspace() or category(char) == "Cf" for char in outside + text[ended:])


# Quoted words


def test_the_quoted_words_are_the_same_in_every_dress(raw):
    found = read_article(raw)
    assert [bare(found.text[start:end]) for start, end in spoken_spans(found)] == [
        "gentle return",
        "gentle return",
        "The pumps did their work all night.",
        "We have milk for every school, and we'll pay our farmers' bills as fast as we can.",
        "doing everything it must",
        "It's a firm I know. It's a firm we all know,",
    ]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('It was "shut" and "dry".', ["shut", "dry"]),
        ("It was “shut” and “dry”.", ["shut", "dry"]),
        ('It was “shut" and "dry”.', ["shut", "dry"]),
        ('It was" shut for good" he said.', ["shut for good"]),
        ('It was "shut "and dry.', ["shut"]),
        ("He said \"she called it 'shut' today\" and left.", ["she called it 'shut' today"]),
        ("He called it 'shut' and ‘dry’.", ["shut", "dry"]),
        ("'Shut' it was", ["Shut"]),
        ("it was 'shut'", ["shut"]),
        ("('shut')", ["shut"]),
        ("He said 'we 'shut' it' today", ["we 'shut"]),
        ("The mill's wheel and the millers' pay aren't back.", []),
        ("The mill’s wheel and the millers’ pay aren’t back.", []),
        ("Rock 'n' roll in the '90s and '31 at the millers' hall, 'tis said of owners' sons", []),
        ("Rock ’n’ roll in the ’90s at the millers’ hall", []),
        ('A 12" pipe burst.', []),
        ('A 12" pipe "burst" here.', ["burst"]),
        ('He said: "It shut.', []),
        ('It was "".', []),
        ('It was " ".', []),
        ("No marks.", []),
    ],
)
def test_words_in_quotation_marks_are_found_without_the_marks(text, quoted):
    assert said_in(text) == quoted


@pytest.mark.parametrize(("on", "off"), ['""', "“”"])
def test_a_quotation_may_run_over_paragraphs_that_open_it_again(on, off):
    text = f"He said: {on}One.\n\n{on}Two.\n\n{on}Three.{off} She left."
    assert said_in(text) == ["One.", "Two.", "Three."]


def test_a_quotation_may_run_on_past_a_picture():
    text = 'He said: "One.\n\nA wheel\n\nThe wheel\n\n|\nPRESS\n\n"Two," and left.'
    assert said_in(text) == ["One.", "Two,"]


def test_an_open_quotation_that_is_not_opened_again_does_not_count():
    assert said_in('He said: "One.\n\nTwo is "three" here.') == ["three"]


def test_a_quotation_closed_and_opened_again_within_a_paragraph_runs_on():
    assert said_in('"One," he said. "Two.\n\n"Three."') == ["One,", "Two.", "Three."]


@settings(deadline=None)
@given(st.lists(st.sampled_from([*"\"'“”‘’ \n.a1", "\n\n", "it's "])).map("".join) | st.text())
def test_quoted_spans_are_in_order_and_apart_and_hold_no_outer_blanks(text):
    try:
        found = article(f"Mill closed\n\n{text}")
    except ArticleError:
        return
    ended = 0
    for start, end in spoken_spans(found):
        assert ended <= start < end
        assert found.text[start:end].strip() == found.text[start:end]
        assert found.part_at(start) == found.part_at(end - 1) is not None
        ended = end


# Any text, and long ones


@settings(deadline=None)
@given(
    st.binary()
    | st.text().map(str.encode)
    | st.lists(
        st.sampled_from(
            [
                *(
                    "\n",
                    "\n\n",
                    "\r\n\r\n",
                    "|",
                    "By Bo Reed",
                    "Bo Reed",
                    "Published: ",
                    "Updated ",
                    "- 16:48",
                ),
                *(
                    "25/09/2031",
                    "31/02/2031",
                    "It shut. ",
                    'He said "',
                    "A caption",
                    "PRESS",
                    ZERO,
                    NBSP,
                    " ",
                ),
                *("16:48 +99:99", "0000", "1/1/0000", "1/1/9999 23:59 -14:00"),
            ]
        )
    ).map(lambda pieces: "".join(pieces).encode())
)
def test_any_bytes_are_an_article_or_an_article_error(raw):
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
    for moment in (found.published, found.updated):
        assert moment is None or moment.tzinfo
    for start, end in spoken_spans(found):
        assert sentence_span(found, start, end)[0] <= start < end <= sentence_span(found, start, end)[1]


BODY = DAIRY[DAIRY.index("Fernbank Dairy (FD)") :] + "\n\n"


def test_five_megabytes_are_read_like_a_short_text():
    times = 5_000_000 // len(BODY.encode()) + 1
    raw = (DAIRY[: -len(BODY) + 2] + BODY * times).encode()
    assert len(raw) > 5_000_000
    found = read_article(raw)
    counted = Counter(part.kind for part in found.parts)
    assert counted["paragraph"] == KINDS.count("paragraph") * times
    assert counted["credit"] == 2 * times
    assert counted["standfirst"] == counted["headline"] == 1
    assert len(spoken_spans(found)) == 1 + 5 * times


def steps(raw):
    """The lines of Python that are run while an article is read: a measure of work that no clock disturbs."""
    count = 0

    def tracer(frame, event, argument):
        nonlocal count
        count += event == "line"
        return tracer

    before = sys.gettrace()
    sys.settrace(tracer)
    try:
        found = read_article(raw)
        spoken_spans(found)
        for part in found.parts:
            sentences(part.text)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize(
    "unit",
    [
        BODY,
        "|\n\n",
        "Published: 25/09/2031\n\nx\n\n",
        "Updated\n\n",
        "By Bo Reed\n\n",
        "x\n",
        "It shut. ",
        " 'a",
        "\"' ",
        ".",
    ],
)
def test_twice_the_text_is_at_most_about_twice_the_work(unit):
    few = steps(f"Mill closed\n\n{unit * 100}".encode())
    many = steps(f"Mill closed\n\n{unit * 400}".encode())
    assert many < 5 * few


@pytest.mark.parametrize("unit", [".", ". ", '."', "'", " '", '"', " ", "1 ", "\n", "Mr. ", "\u200b"])
def test_a_long_row_of_one_sign_does_not_hang(unit):
    text = "Mill closed\n\n" + unit * 300_000 + "x"
    found = article(text)
    assert found.headline == "Mill closed"
    assert sentences(text)
    spoken_spans(found)


# The seed: its text is its publisher's and is not kept here, so only what counts is asserted.

SEED = "5f91e85a39813948fd0a776a87f0e9df4a5a139f06fa5829703add3454a15ef2"


@pytest.fixture
def seed():
    root = Path(__file__).resolve().parents[2]
    for folder in (root / "articles", root.parent / "shared" / "articles"):
        for path in sorted(folder.glob("**/*.txt")):
            if hashlib.sha256(path.read_bytes()).hexdigest() == SEED:
                return article_at(path)
    return pytest.skip("the seed article's text is not in articles/ (it is its publisher's and not kept here)")


def test_the_seed_is_read_into_its_parts(seed):
    assert seed.sha256 == SEED
    assert Counter(part.kind for part in seed.parts) == {
        **{"headline": 1, "byline": 2, "published": 1, "updated": 1, "standfirst": 1},
        **{"paragraph": 22, "caption": 6, "credit": 3},
    }
    assert [part.text for part in seed.parts_of("credit")] == ["GETTY", "GETTY", "JLR"]
    assert seed.authors == ("Hemma Visavadia",)
    assert seed.published == datetime.fromisoformat("2025-09-25T16:48+01:00")
    assert seed.updated == datetime.fromisoformat("2025-09-25T17:12+01:00")


def test_the_quoted_words_of_the_seed_are_found(seed):
    words = [seed.text[start:end] for start, end in spoken_spans(seed)]
    assert len(words) == 11
    assert words[:2] == ["phased restart"] * 2
    assert "very closely" in words
    assert "doing everything we can" in words


def test_an_article_made_by_hand_needs_no_zone():
    assert Article("Mill", "0" * 64, ()).published is None
