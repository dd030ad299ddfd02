"""Context: which sentences and lines a sentence cannot be read without, and which words are a question's."""

import re

import pytest

from casebound.facts.text.articles import Named, read_article
from casebound.facts.text.context import context, is_asked


def spans_of(text, words):
    found = read_article(f"Mill closed\n\nThe wheel stopped.\n\n{text}\n\nAnother paragraph ends here.".encode())
    start = found.text.index(words)
    return found, start, start + len(words)


def context_of(text, words):
    found, start, end = spans_of(text, words)
    return [found.text[a:b] for a, b in context(found, start, end)]


# Lists and headings

LEAD = "The following was not copied:"


@pytest.mark.parametrize(
    "items",
    [
        "\n- card data\n- FILES",
        "\n\n- card data\n\n- FILES",
        "\n\n• Card data.\n\n• FILES.",
        "\n\n1. Card data.\n\n2. FILES.",
        "\n\n(a) card data;\n\n(b) old FILES",
        "\n\n– Card data. They hold names.\n\n– Many FILES. They too.",
        "\n\ncard data\n\nFILES",
        "\n\ncard data;\n\nFILES.",
        "\n\ncard data, and\n\nFILES.",
        "\n\n✓ card data\n\n✓ FILES",
        "\n\n- cards:\n\n  - numbers\n\n  - FILES",
        "\n\nFILES were old. More is known.",
    ],
)
def test_a_colon_reaches_into_its_list(items):
    assert any(LEAD in words for words in context_of(f"It shut. {LEAD}{items}", "FILES"))
    assert not any("It shut" in words for words in context_of(f"It shut. {LEAD}{items}", "FILES"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"{LEAD}\n\n- card data\n\nThe firm has FILES.", "FILES"),
        (f"{LEAD}\n\nCard data was old. The firm has FILES.", "FILES"),
        (f"{LEAD}\n\n- card data\n\nThis was copied:\n\n- FILES", "FILES"),
        (f"{LEAD}\n\ncard data\n\nThis was copied:\n\nFILES", "FILES"),
        (f"{LEAD}\n\ncard data\n\nnames\n\nThe firm has FILES.", "FILES"),
        ("It was not copied.\n\n- FILES", "FILES"),
    ],
)
def test_a_colon_reaches_no_farther_than_its_list(text, words):
    assert not any("not copied" in found for found in context_of(text, words))


@pytest.mark.parametrize(
    ("heading", "below", "leads"),
    [
        ("What was not copied", "FILES were old. It shut.", True),
        ("What was not copied", "- FILES", True),
        ("What was not copied", "FILES", True),
        ("Were files copied?", "The FILES were old. It shut.", True),
        ("What was not copied", "It shut. FILES were old.", False),
        ("The mill on the river has not said why it stopped its old wheel", "FILES were old.", False),
        ("It was not copied.", "FILES were old.", False),
    ],
)
def test_a_heading_leads_into_the_first_sentence_below_it(heading, below, leads):
    assert (heading in context_of(f"{heading}\n\n{below}", "FILES")) == leads


def test_a_headline_a_standfirst_and_a_caption_stand_alone():
    text = (
        b"No end\n\nBy Ada Quill\n\nNobody knows why\n\nIt shut.\n\nNot a wheel\n\nThe wheel\n\n|\nPRESS\n\nIt is on."
    )
    found = read_article(text)
    alone = {"headline": "No end", "standfirst": "Nobody knows why", "caption 1": "The wheel"}
    places = {label: found.text.index(words) for label, words in alone.items()}
    found = found.naming(Named(label, place, place + len(alone[label])) for label, place in places.items())
    for words in alone.values():
        start = found.text.index(words)
        assert context(found, start, start + 3) == [(start, start + len(words))]


# Questions


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[Were FILES copied?][No.] It shut, and stays shut today.", "FILES"),
        ("[Were FILES copied?][Not yet.][Not ever.] It shut, and stays shut today.", "FILES"),
        ("[Were FILES copied?][The firm says that it does not know.] It shut.", "FILES"),
        ("[Were files copied?][NO.] It shut, and stays shut today.", "NO"),
        ("[Were files copied?][No.][Not ONE.] It shut, and stays shut today.", "ONE"),
        ("[Were files copied?]\n\n[NO.]", "NO"),
        ("Were files copied? No. [It shut, and stays SHUT today.]", "SHUT"),
        ("Were files copied? No. Not one. Not today. [FILES came.]", "FILES"),
        ("It shut. [FILES came.]", "FILES"),
    ],
)
def test_a_question_and_its_short_answers_are_read_together(text, words):
    assert context_of(text.replace("][", " ").translate({91: None, 93: None}), words) == re.findall(r"\[(.+?)]", text)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Were FILES copied? No.", True),
        ("Were old FILES copied?! Nobody knows.", True),
        ('Quill asked: "Were FILES copied?"', True),
        ('"Were FILES copied?" Quill asked.', True),
        ("Quill asked if it shut and were FILES copied?", True),
        ("Were, as “Crow” says, FILES copied?", True),
        ("¿Copiaron FILES? No.", True),
        ("「FILES？」", True),
        ("FILES were copied. Was it you?", False),
        ('FILES were copied, Quill asked: "Why?"', False),
        ('In "Who are you?" Quill says that FILES were copied.', False),
        ("In ‘Who are you?’ Quill says that FILES were copied.", False),
        ("The page x.org/?q=1 says that FILES were copied.", False),
    ],
)
def test_words_are_a_question_s_where_they_end_in_its_mark(text, asked):
    assert is_asked(*spans_of(text, "FILES")) == asked
