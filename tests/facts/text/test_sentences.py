"""Sentences: where they begin and end, and which words are quoted, on invented texts with the traps of real ones."""

from unicodedata import category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebound.facts.text.articles import ArticleError, read_article
from casebound.facts.text.sentences import sentence_span, sentences
from casebound.facts.text.speech import spoken_spans

NBSP, ZERO = "\u00a0", "\u200b"


def article(text):
    return read_article(text.encode())


def quoted_in(text):
    """Return the words in quotation marks of a paragraph under a headline."""
    found = article(f"Mill closed\n\n{text}")
    return [found.text[start:end] for start, end in spoken_spans(found)]


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
        (" ", "Mill closed"),
        (". The mill", "The wheel stopped. The mill has not said why."),
        ("open.\n\nThe owner", "It may open.\n\nThe owner left."),
        ("back", "He is back."),
    ],
)
def test_a_span_lies_in_the_sentence_or_sentences_round_it(words, sentence):
    found = article(TWO)
    start = found.text.index(words)
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


def test_the_quoted_words_are_the_same_in_every_dress(raw, bare):
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
        ("He said 'we 'shut' it' today", ["we 'shut"]),
        ("The mill's wheel and the millers' pay aren't back.", []),
        ("The mill’s wheel and the millers’ pay aren’t back.", []),
        ("Rock 'n' roll in the '90s and '31 at the millers' hall, 'tis said of owners' sons", []),
        ("Rock ’n’ roll in the ’90s at the millers’ hall", []),
        ('A 12" pipe burst.', []),
        ('A 12" pipe "burst" here.', ["burst"]),
        ('He said: "It shut.', []),
        ('It was " ".', []),
    ],
)
def test_words_in_quotation_marks_are_found_without_the_marks(text, quoted):
    assert quoted_in(text) == quoted


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('He said: "One.\n\n"Two.\n\n"Three." She left.', ["One.", "Two.", "Three."]),
        ("He said: “One.\n\n“Two.\n\n“Three.” She left.", ["One.", "Two.", "Three."]),
        ('He said: "One.\n\nA wheel\n\nThe wheel\n\n|\nPRESS\n\n"Two," and left.', ["One.", "Two,"]),
        ('He said: "One.\n\nTwo is "three" here.', ["three"]),
        ('"One," he said. "Two.\n\n"Three."', ["One,", "Two.", "Three."]),
    ],
)
def test_a_quotation_runs_over_paragraphs_that_open_it_again(text, quoted):
    assert quoted_in(text) == quoted


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
@given(st.data())
def test_quoted_words_lie_within_the_sentences_round_them_in_any_article(any_bytes, data):
    try:
        found = read_article(data.draw(any_bytes))
    except ArticleError:
        return
    for start, end in spoken_spans(found):
        first, last = sentence_span(found, start, end)
        assert first <= start < end <= last


def sentences_of_parts(found):
    return [sentences(part.text) for part in found.parts]


@pytest.mark.parametrize(
    "unit",
    [
        *('He said: "It shut.\n\nA wheel\n\n|\nPRESS\n\n', "|\n\n", "Published: 25/09/2031\n\nx\n\n", "Updated\n\n"),
        *("By Bo Reed\n\n", "x\n", "It shut. ", " 'a", "\"' ", "."),
    ],
)
def test_a_text_four_times_as_long_is_about_four_times_the_work(unit, steps):
    few, many = (f"Mill closed\n\n{unit * times}".encode() for times in (100, 400))
    assert steps(read_article, many) < 5 * steps(read_article, few)
    for work in (spoken_spans, sentences_of_parts):
        assert steps(work, read_article(many)) < 5 * steps(work, read_article(few))


@pytest.mark.parametrize("sign", [".", ". ", '."', "'", " '", '"', " ", "1 ", "\n", "Mr. ", ZERO])
def test_a_long_row_of_one_sign_does_not_hang(sign):
    text = "Mill closed\n\n" + sign * 300_000 + "x"
    found = article(text)
    assert found.headline == "Mill closed"
    assert sentences(text)
    spoken_spans(found)


# The seed


def test_the_quoted_words_of_the_seed_are_found(seed_article):
    words = [seed_article.text[start:end] for start, end in spoken_spans(seed_article)]
    assert len(words) == 11
    assert words[:2] == ["phased restart"] * 2
    assert "very closely" in words
    assert "doing everything we can" in words
