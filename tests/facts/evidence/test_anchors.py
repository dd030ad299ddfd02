"""Evidence: exact anchoring, and what the words round a quotation say. The sentences are from tests/invented."""

import re
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from casebound.facts.evidence.anchors import (
    NotFoundError,
    anchor,
    digest,
    hedges_in,
    nearest,
    pieces,
    spans_of,
    unchecked,
)
from casebound.facts.records.models import Evidence, Source
from casebound.facts.records.terms import Hedge
from casebound.facts.text.articles import Named, read_article
from casebound.facts.text.normalisation import plain

RAW = Path(__file__).parents[2].joinpath("invented", "article.txt").read_bytes()
_PRINTED = {
    "headline": "Creameries stir again as dairy's ordering system wakes 'in stages'",
    "standfirst": "The valley's biggest milk firm takes its first orders in weeks",
    "published": "Published: 20/03/2031\n\n- 08:15",
    "updated": "Updated: 20/03/2031\n\n- 09:40",
    "caption 1": "Brightwater's churns stood still for over a month",
}
ARTICLE = read_article(RAW)
ARTICLE = ARTICLE.naming(
    Named(label, ARTICLE.text.index(words), ARTICLE.text.index(words) + len(words)) for label, words in _PRINTED.items()
)
TEXT = plain(ARTICLE.text)
WORDS = {
    "negation": ("not", "no", "denied", "*n't", "yet to", "refus*"),
    "possibility": ("may", "could", "fear", "possible"),
    "plan": ("will", "would", "until", "promised"),
    "report": ("said", "revealed", "warned", "stating", "confirmed", "shared"),
    "first": ("^only", "first"),
}
HARMLESS = {"negation": ("not only", "no later than"), "first": ("* first name",)}
HEDGES = {
    kind: Hedge(means=kind, words=words, harmless=HARMLESS.get(kind, ())).asking() for kind, words in WORDS.items()
}


def evidence(quote, **more):
    return Evidence(source="a", basis="reporter", quote=quote, **more)


def found(quote, text=ARTICLE.text):
    """Return the words of a raw text that a quotation matches, one string a piece."""
    return [text[start:end] for start, end in spans_of(quote, plain(text))]


def anchored(quote, **more):
    return anchor(evidence(quote, **more), ARTICLE, TEXT, HEDGES)


def in_text(text, quote, **more):
    article = read_article(f"Mill closed\n\n{text}\n\nAnother paragraph ends here.".encode())
    article = article.naming([Named("headline", 0, len("Mill closed"))])
    return anchor(evidence(quote, **more), article, plain(article.text), HEDGES)


# Exact, or not at all


@pytest.mark.parametrize(
    "quote",
    [
        "The valley's biggest milk firm announced",
        "Brightwater milk floats",  # two blanks in the article
        "promised to stand “right beside” the farmers",
    ],
)
def test_a_quotation_is_found_whatever_its_marks_and_blanks(quote):
    assert [plain(words).text for words in found(quote)] == [plain(quote).text]


@pytest.mark.parametrize(
    ("quote", "near"),
    [
        ("Brightwater has now confirmed whether", "Brightwater has not confirmed whether"),
        ("the Holt Fen creamery until April 7", "the Holt Fen creamery until April 1."),
        ("Churning stopped at Once", "Churning stopped at once,"),
        ("lost track of 121 village shops", "lost track of 120 village shops,"),
        ("bank in stages", 'back "in stages",'),
    ],
)
def test_what_is_nearly_right_is_refused_and_the_nearest_words_are_named(quote, near):
    with pytest.raises(NotFoundError, match="is not in the text") as caught:
        found(quote)
    assert f"nearest: “{near}”" in str(caught.value)


@pytest.mark.parametrize("quote", ["hurning stopped", "stopped at onc", "20 village shops", "lost track of 12"])
def test_a_quotation_neither_begins_nor_ends_inside_a_word_or_number(quote):
    with pytest.raises(NotFoundError):
        found(quote)


@pytest.mark.parametrize(("quote", "times"), [("Thank you for waiting", 2), ("the attack", 4)])
def test_an_ambiguous_quotation_is_refused(quote, times):
    with pytest.raises(NotFoundError, match=f"stands {times} times in the text; quote more words"):
        found(quote)


@pytest.mark.parametrize("quote", ["", " … … "])
def test_a_quotation_without_words_is_refused(quote):
    with pytest.raises(NotFoundError):
        found(quote)


def test_signs_of_regular_expressions_are_taken_as_they_stand():
    assert found("costs £3.50 (net)", "It costs £3.50 (net) a churn.") == ["costs £3.50 (net"]
    with pytest.raises(NotFoundError):
        found("costs £3x50", "It costs £3.50 (net) a churn.")


def test_the_outer_marks_of_a_quotation_do_not_count():
    assert found('"right beside"') == ["right beside"]
    assert found('come back "in stages",') == ['come back "in stages']


WORDS = [match.span() for match in re.finditer(r"\w+", TEXT.text)]


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(WORDS) - 1), st.integers(1, 25))
def test_any_unique_run_of_whole_words_is_found_at_exactly_its_place(first, count):
    start, end = WORDS[first][0], WORDS[min(first + count, len(WORDS)) - 1][1]
    quote = TEXT.text[start:end]
    times = len(re.findall(f"(?=(?<!\\w){re.escape(quote)}(?!\\w))", TEXT.text))
    if times > 1:
        with pytest.raises(NotFoundError, match=f"{times} times"):
            spans_of(quote, TEXT)
    else:
        assert spans_of(quote, TEXT) == ((TEXT.places[start], TEXT.places[end - 1] + 1),)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(WORDS) - 12), st.integers(0, 11), st.sampled_from(["x", "not", "7"]))
def test_a_quotation_with_one_word_changed_is_never_found(first, which, word):
    spans = WORDS[first : first + 12]
    a, b = spans[which]
    assume(TEXT.text[a:b] != word)
    with pytest.raises(NotFoundError):
        spans_of(TEXT.text[spans[0][0] : a] + word + TEXT.text[b : spans[-1][1]], TEXT)


# Ellipses


def test_an_ellipsis_joins_pieces_in_order():
    assert found("The firm … saw the first odd logins") == ["The firm", "saw the first odd logins"]


@pytest.mark.parametrize(
    "quote",
    ["saw the first odd logins … The firm bought", "saw the first odd logins … odd logins in January"],
    ids=["in the wrong order", "one over the other"],
)
def test_pieces_must_follow_each_other(quote):
    with pytest.raises(NotFoundError):
        found(quote)


def test_a_piece_that_stands_several_times_is_taken_where_the_whole_is_tightest():
    [date, clock] = spans_of("20/03/2031 … 09:40", TEXT)
    assert ARTICLE.part_at(date[0]).kind == "updated"
    assert ARTICLE.text[slice(*clock)] == "09:40"


def test_pieces_that_fit_equally_tightly_in_two_places_are_ambiguous():
    with pytest.raises(NotFoundError, match="2 times"):
        found("milk … cold", "milk is cold. Then milk is cold.")


def test_pieces_are_what_ellipses_part():
    assert pieces(" a  b … c’s …") == ["a b", "c's"]


# Where it stands


@pytest.mark.parametrize(
    ("quote", "part"),
    [
        ("ordering system wakes", "headline"),
        ("takes its first orders in weeks", "standfirst"),
        ("20/03/2031 … 08:15", "published"),
        ("Churning stopped at once", "paragraph 12"),
        ("churns stood still for over a month", "caption 1"),
        ("Brightwater employs more than 300 people", "paragraph 24"),
    ],
)
def test_an_anchor_names_the_part(quote, part):
    assert anchored(quote).part == part


@pytest.mark.parametrize(
    ("quote", "direct"),
    [
        ("The groundwork of our repair is well in hand", True),  # a quotation that runs over two paragraphs:
        ("We have hired 12 more clerks for the bills", True),  # its first half is closed by no mark
        ("pulling every lever", True),  # its opening mark has the blank on the wrong side
        ("right beside", True),
        ("Churning stopped at once", False),
        ('come back "in stages"', False),
        ("a breath of fresh air … right beside", True),
        ("Churning stopped … right beside", False),
    ],
)
def test_direct_speech_is_what_lies_inside_the_source_s_own_marks(quote, direct):
    assert anchored(quote).direct is direct


# The sentence round it


@pytest.mark.parametrize(
    ("quote", "apart", "hedges"),
    [
        # "although Brightwater has not confirmed whether addresses left the building"
        ("addresses left the building", [], {"possibility": ("may",), "negation": ("not",), "report": ("confirmed",)}),
        ("Brightwater has not confirmed whether addresses left the building", [], {"possibility": ("may",)}),
        ("Brightwater has not confirmed whether addresses left the building", ["may have copied"], {}),
        # "the firm warned that it would not open the Holt Fen creamery until April 1"
        ("open the Holt Fen creamery", [], {"report": ("warned",), "plan": ("would", "until"), "negation": ("not",)}),
        ("would not open the Holt Fen creamery until April 1", [], {"report": ("warned",)}),
        # "Officials fear that a longer stop could close small farms for good."
        ("close small farms for good", [], {"possibility": ("fear", "could")}),
        # "Yesterday Mayor Petra Lark promised to stand ..., with the county stating that ..."
        ('stand "right beside" the farmers', [], {"plan": ("promised",), "report": ("stating",)}),
        ('stand "right beside" the farmers', ["the county stating", "promised"], {}),
    ],
)
def test_each_class_of_hedge_is_found_in_the_sentence_outside_the_quotation(quote, apart, hedges):
    assert anchored(quote, apart=tuple(apart)).hedges == hedges


@pytest.mark.parametrize(
    ("text", "quote", "hedges", "sentence"),
    [
        ("Milk came. It may not last. Churns turn.", "Churns turn", {}, "Churns turn."),
        ("No word from Dr. Oke of the mill came.", "of the mill came", {"negation": ("no",)}, None),
        (
            "Milk may come, they said. Churns will turn.",
            "they said. Churns",
            {"possibility": ("may",), "plan": ("will",)},
            None,
        ),
        (
            "Milk may come today. Cheese came. Butter will come.",
            "Milk … Butter",
            {"possibility": ("may",), "plan": ("will",)},
            "Milk may come today. … Butter will come.",
        ),
    ],
    ids=["it ends where the next begins", "not at an abbreviation", "two sentences", "one for each piece"],
)
def test_the_sentence_round_a_quotation_is_whole(text, quote, hedges, sentence):
    kept = in_text(text, quote)
    assert kept.hedges == hedges
    assert kept.sentence == (sentence or text)


@pytest.mark.parametrize(
    ("text", "quote", "words"),
    [
        ("There is no sign, Sen. Ada Quill said, that milk was lost.", "milk was lost", ("no",)),
        ("It was not, Supt. Ben Oak said, lost milk.", "lost milk", ("not",)),
        ("The following was not lost:\n\n- milk churns\n\n- milk floats", "milk floats", ("not",)),
        ("What was not lost\n\nMilk floats were old.", "Milk floats", ("not",)),
        ("Was it lost? No. Not at all. It is back today, they say.", "at all", ("no", "not")),
        ("Milk was lost. No float was.", "Milk was lost", None),
    ],
)
def test_hedges_are_found_in_all_that_the_sentence_leans_on(text, quote, words):
    assert in_text(text, quote).hedges.get("negation") == words


def test_words_of_a_lead_in_can_be_set_apart():
    kept = in_text("The following was not lost:\n\n- milk floats", "milk floats", apart=("was not lost",))
    assert kept.hedges == {}


def test_a_quotation_in_a_question_is_said_to_be_asked():
    text = "Was milk lost? No. It is back."
    assert in_text(text, "milk lost").asked
    assert in_text(text, "milk lost").sentence == "Was milk lost? … No. … It is back."
    assert not in_text(text, "It is back").asked


@pytest.mark.parametrize(("dashes", "direct"), [(True, True), (False, False)])
def test_words_behind_a_dash_are_direct_speech_where_the_language_writes_so(dashes, direct):
    article = read_article("Havna stengt\n\n– Vi booker for hånd, sier Quill.".encode())
    place = anchor(evidence("Vi booker for hånd"), article, plain(article.text), HEDGES, dashes)
    assert place.direct is direct


@pytest.mark.parametrize(
    ("language", "why"),
    [
        *(("en", ""), ("en-GB", ""), ("EN-us", "")),
        *(
            (tag, f"the checks read English, and the source is in {tag}")
            for tag in ("de-DE", "nb", "ja", "enm", "fr-CA")
        ),
        (None, "sources.yaml names no language for it"),
    ],
)
def test_the_language_of_a_source_tells_whether_its_context_is_checked(language, why):
    assert unchecked(Source.model_construct(language=language)) == why


def test_what_an_ellipsis_leaves_out_of_a_sentence_still_counts():
    # "Brightwater has … confirmed" would turn the denial round.
    assert anchored("Brightwater has … confirmed whether addresses").hedges["negation"] == ("not",)


def test_a_caption_does_not_belong_to_the_paragraph_beside_it():
    assert anchored("Brightwater employs more than 300 people").hedges == {}


@pytest.mark.parametrize("words", ["has now confirmed", "Officials fear"])
def test_words_set_apart_must_stand_in_the_sentence(words):
    with pytest.raises(NotFoundError, match=f"set apart, “{words}”, are not in the sentence"):
        anchored("Experts believe that the crowd", apart=(words,))


def test_words_set_apart_that_stand_twice_in_the_sentence_are_refused():
    with pytest.raises(NotFoundError, match="set apart"):
        in_text("It may come and it may go, the mill", "the mill", apart=("may",))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("It won't turn", {"negation": ("won't",)}),
        ("It doesn’t turn", {"negation": ("doesn't",)}),
        ("NOT so", {"negation": ("not",)}),
        ("notable, another, nowhere, Maynard, goodwill", {}),
        ("They work as fast as possible", {}),
        ("It may, it MAY", {"possibility": ("may",)}),
        ("On 5 May 2031, in May or by May 7 it turned", {}),
        ("May it turn, in May it may", {"possibility": ("may",)}),
        ("They said no", {"report": ("said",), "negation": ("no",)}),
        ("their May bookings, in mid-May; May's fall", {}),
        ("Hackers May Have Come", {"possibility": ("may",)}),
        ("It has yet  to turn, he'll refuse", {"negation": ("yet to", "refuse"), "plan": ("will",)}),
        ("Not only milk came, and no later than noon", {}),
        ("nobody's notion, yet today", {}),
        ("It has only come. Only milk came, the first name of her first", {"first": ("only", "first")}),
    ],
)
def test_hedges_are_whole_words_in_any_case(words, found):
    assert hedges_in(words, HEDGES) == found


# Fingerprints and proposals


@pytest.mark.parametrize(
    ("change", "counts"),
    [
        ({"quote": "Churning stopped at Once"}, True),
        ({"source": "b"}, True),
        ({"direct": True}, True),
        ({"apart": ("until",)}, True),
        ({"stance": "disputes"}, True),
        ({"basis": "company", "speaker": "Brightwater"}, False),
    ],
)
def test_a_digest_covers_what_verifying_reads_and_nothing_else(change, counts):
    fields = {"source": "a", "basis": "reporter", "quote": "Churning stopped at once"}
    assert (digest(Evidence(**fields)) != digest(Evidence(**{**fields, **change}))) == counts


@pytest.mark.parametrize("text", ["", "one"])
def test_the_nearest_words_of_a_short_text_are_the_text(text):
    assert nearest("some words here", text) == text


@pytest.mark.parametrize(
    ("text", "quote", "found"),
    [
        ("損失は1億9000万円だった。", "1億9000万円", True),
        ("9月3日にシステムが停止した。", "システムが停止した", True),
        ("ระบบหยุดทำงานเมื่อวันพุธ", "หยุดทำงาน", True),
        ("The recovery began.", "covery", False),
        ("Die Wiederherstellung begann.", "herstellung", False),
    ],
)
def test_only_whole_words_match_where_a_script_parts_its_words(text, quote, found):
    try:
        assert spans_of(quote, plain(text)) and found
    except NotFoundError:
        assert not found
