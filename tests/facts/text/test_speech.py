"""Speech: which words are quoted, in the marks of many languages and behind dashes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebound.facts.text.articles import ArticleError, read_article
from casebound.facts.text.sentences import sentence_span
from casebound.facts.text.speech import spoken_spans


def article(text):
    return read_article(text.encode())


def quoted_in(text, dashes=False):
    """Return the words in quotation marks of a paragraph under a headline."""
    found = article(f"Mill closed\n\n{text}")
    return [found.text[start:end] for start, end in spoken_spans(found, dashes)]


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


@pytest.mark.parametrize(
    "said",
    [
        *(
            "„Wir buchen von Hand“, sagte Brandt.",
            "„Wir buchen von Hand”, sagte Brandt.",
            "»Wir buchen von Hand«, sagte",
        ),
        *(
            "‚Wir buchen von Hand‘, sagte Brandt.",
            "›Wir buchen von Hand‹, sagte Brandt.",
            '„Wir buchen von Hand", sagte',
        ),
        *("« Wir buchen von Hand », dit Brandt.", "«Wir buchen von Hand», dijo Brandt.", "‹Wir buchen von Hand›, dit."),
        *(
            "”Wir buchen von Hand”, sade Brandt.",
            "»Wir buchen von Hand», sanoi Brandt.",
            "Brandt: “Wir buchen von Hand”",
        ),
        *("「Wir buchen von Hand」とブラント", "『Wir buchen von Hand』とブラント", "«Wir buchen von Hand», сказала"),
    ],
)
def test_the_marks_of_every_language_are_known(said):
    assert quoted_in(said) == ["Wir buchen von Hand"]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("„Wir sagten ‚nein‘ dazu“ und „gut“.", ["Wir sagten ‚nein‘ dazu", "gut"]),
        ("« Elle a dit “non” hier » et « oui ».", ["Elle a dit “non” hier", "oui"]),
        ("„Eins.\n\n„Zwei“, sagte er.", ["Eins.", "Zwei"]),
        ("« Un.\n\n» Deux », dit-il.", ["Un.", "Deux"]),
        ("„Eins.\n\nZwei.", []),
        ("Die Mühle «steht.", []),
        ("He said shut” and left.", []),
    ],
)
def test_marks_in_marks_and_marks_without_a_partner(text, quoted):
    assert quoted_in(text) == quoted


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("– Vi booker for hånd, på papir, sier Anke Brandt. Havna er stengt.", ["Vi booker for hånd, på papir"]),
        ("– Er det trygt? spør havnesjefen.", ["Er det trygt"]),
        ("– Vi bokar för hand, säger Anke Brandt.", ["Vi bokar för hand"]),
        ("– Vi er trygge, men slitne.", ["Vi er trygge, men slitne."]),
        ("— Nous réservons à la main, a déclaré Mme Brandt.", ["Nous réservons à la main"]),
        ("—Reservamos a mano —dijo Brandt—. Es lento.", ["Reservamos a mano", ". Es lento."]),
        ("— Мы пишем от руки, — сказала Брандт. — Это медленно.", ["Мы пишем от руки", "Это медленно."]),
        ("– Rezerwujemy ręcznie – powiedziała Brandt.", ["Rezerwujemy ręcznie"]),
        ("– Vi stenger.\n– Vi åpner, sier hun.", ["Vi stenger.", "Vi åpner"]),
        ("– Hun sa «nei» i går, sier han, og «ja».", ["Hun sa «nei» i går", "ja"]),
        ("– kundefiler", []),
        ("Havna – den store – er stengt.", []),
    ],
)
def test_speech_behind_a_dash_runs_to_its_reporting_clause(text, quoted):
    assert quoted_in(text, dashes=True) == quoted
    assert not {"Vi booker for hånd", "Vi er trygge"} & set(quoted_in(text))


@settings(deadline=None)
@given(st.data())
def test_quoted_words_lie_within_the_sentences_round_them_in_any_article(any_bytes, data):
    try:
        found = read_article(data.draw(any_bytes))
    except ArticleError:
        return
    for start, end in spoken_spans(found, dashes=True):
        first, last = sentence_span(found, start, end)
        assert first <= start < end <= last


def with_dashes(found):
    return spoken_spans(found, dashes=True)


@pytest.mark.parametrize(
    "unit",
    ['He said: "It shut.\n\nA wheel\n\n|\nPRESS\n\n', " 'a", "\"' ", "« ", "„a“ ", "– A, – b.\n", "– A, sa b.\n"],
)
def test_a_text_four_times_as_long_is_about_four_times_the_work(unit, steps):
    few, many = (read_article(f"Mill closed\n\n{unit * times}".encode()) for times in (100, 400))
    assert steps(with_dashes, many) < 5 * steps(with_dashes, few)


@pytest.mark.parametrize("sign", ['."', "'", " '", '"', "”", "«", "„", "– ", " –", "–\n", ", "])
def test_a_long_row_of_one_sign_does_not_hang(sign):
    spoken_spans(article("Mill closed\n\n– A" + sign * 100_000 + "x."), dashes=True)


# The seed


def test_the_quoted_words_of_the_seed_are_found(seed_article):
    words = [seed_article.text[start:end] for start, end in spoken_spans(seed_article)]
    assert len(words) == 11
    assert words[:2] == ["phased restart"] * 2
    assert "very closely" in words
    assert "doing everything we can" in words
