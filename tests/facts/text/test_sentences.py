"""Sentences: where they begin and end, on invented texts with the traps of real ones."""

from unicodedata import category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebound.facts.text.articles import read_article
from casebound.facts.text.sentences import sentence_span, sentences

NBSP, ZERO = "\u00a0", "\u200b"


def article(text):
    return read_article(text.encode())


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


WIDE = [
    # a stop that may end an abbreviation ends no sentence
    "There is no sign, Sen. Ada Quill said, that files were copied.",
    "No files, Gov. Oak and Rep. Lark told Supt. Fern, were copied.",
    "Nobody, said Cllr. Eve Holt of Fresno, Calif. Mayor Penn agreed, has paid.",
    "The Dept. Store on Oak Ave. Bridge and Moss Bros. Harbour did not shut.",
    "It is not clear, Ph.D. Student Tom Fern and Lt.-Gov. Una Holt said.",
    "J. A. Quill and A. B. Oak of the U.S. Army came at 4 a.m. Monday.",
    "Harbour Ltd. Chief Vic Reed, Messrs. Oke and Sen. “Buddy” Oak denied it.",
    "NO FILES, SEN. QUILL SAID, WERE COPIED.",
    "It shows in Art. 9, Ch. 3 and Reg. 12 that no files were copied.",
    '"Were files copied?" Quill asked, and "Never!" Ms Lark said.',
    # an ordinary end is one
    "He works at JLR.¦ The firm said nothing.",
    "It shut in the UK.¦ It hit the NHS.¦ Suppliers were not paid.",
    'They met Quill.¦ She denied it.¦ In Leeds.¦ "We know," she said.',
    "It shut at 4 a.m.¦ No files were lost at Harbour Ltd.¦ The mill stays shut.",
    "They work for M&S.¦ Harbour was not hit.¦ Executives agreed.",
    'Did it shut?¦ Yes!¦ "Is it?"¦ The mill is.',
]


@pytest.mark.parametrize("marked", WIDE)
def test_a_doubtful_stop_ends_no_sentence_of_a_context(marked):
    text = marked.replace("¦", "")
    assert [text[start:end] for start, end in sentences(text, wide=True)] == [s.strip() for s in marked.split("¦")]


def test_our_own_prose_is_cut_at_a_doubtful_stop():
    assert len(sentences("It shut in Leeds. Harbour was not hit.")) == 2
    assert len(sentences("It shut in Leeds. Harbour was not hit.", wide=True)) == 1


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


def sentences_of_parts(found):
    return [sentences(part.text, wide) for part in found.parts for wide in (False, True)]


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
    assert steps(sentences_of_parts, read_article(many)) < 5 * steps(sentences_of_parts, read_article(few))


@pytest.mark.parametrize("sign", [".", ". ", '."', "'", " '", '"', " ", "1 ", "\n", "Mr. ", ZERO])
def test_a_long_row_of_one_sign_does_not_hang(sign):
    text = "Mill closed\n\n" + sign * 300_000 + "x"
    found = article(text)
    assert found.parts[0].text == "Mill closed"
    assert sentences(text)
    assert sentences(text, wide=True)
