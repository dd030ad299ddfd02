import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebound.pages.markup import (
    MarkupError,
    cited,
    cited_ids,
    cleaned,
    escaped,
    in_language,
    parsed,
    parsed_inline,
    plain_text,
    text_tokens,
    walked,
)


def kinds(text):
    return [token.type for token in walked(parsed(text))]


def marks(text):
    return [(t.meta["kind"], t.meta["ids"]) for t in walked(parsed(text)) if t.type == "mark"]


def test_a_citation_holds_its_fact_ids_in_order():
    assert cited_ids("Milk stopped [@milk-stopped; @orders-2]. Then [@orders-2].") == ("milk-stopped", "orders-2")


def test_a_citation_that_is_written_is_read_again():
    assert cited_ids(cited("milk-stopped", "orders-2")) == ("milk-stopped", "orders-2") and cited() == ""


def test_citations_are_found_in_tables_lists_and_notes():
    text = "- a [@in-list]\n\n| x |\n|---|\n| [@in-cell] |\n\nb[^1]\n\n[^1]: c [@in-note]\n"
    assert cited_ids(text) == ("in-list", "in-cell", "in-note")


def test_marks_are_read_with_and_without_facts():
    assert marks("So. [analysis] Why? [question] Thus. [analysis: @a; @b]") == [
        ("analysis", ()),
        ("question", ()),
        ("analysis", ("a", "b")),
    ]


def labels(text):
    return [t.meta.get("name") or t.meta["names"] for t in walked(parsed(text)) if t.type in ("label", "rests")]


def test_a_label_and_what_a_statement_rests_on_are_read_by_name():
    assert labels("1. [#milk-first] **Milk ran out.** So. [rests: slip; help-late; slip]") == [
        "milk-first",
        ("slip", "help-late"),
    ]


@pytest.mark.parametrize("text", ["`[#a]`", r"\[#a]", "[#a](https://x.example)", "`[rests: a]`", "[rests](#a)"])
def test_code_escapes_and_links_are_neither_labels_nor_rests(text):
    assert not {"label", "rests"} & set(kinds(text))


def test_a_mark_may_touch_what_the_statement_rests_on():
    assert kinds("So.[analysis][rests: slip][@a]")[-5:-1] == ["mark", "text", "rests", "citation"]


def test_a_label_leaves_no_blank_and_what_it_rests_on_stands_behind_the_full_stop():
    [inline] = [token for token in parsed("- [#milk]\n  Buy milk [@a][rests: slip].") if token.type == "inline"]
    assert [(token.type, token.content) for token in inline.children if token.type != "citation"] == [
        ("label", "[#milk]"),
        ("text", "Buy milk"),
        ("text", "."),
        ("text", " "),
        ("rests", "[rests: slip]"),
    ]


@pytest.mark.parametrize(
    "text", ["`[@a]`", r"\[@a]", "```\n[@a]\n```", "`[analysis]`", "[analysis](https://x.example)"]
)
def test_code_escapes_and_links_are_not_citations(text):
    assert not {"citation", "mark"} & set(kinds(text))


BAD_CITATIONS = ["[@]", "[@Bad Id]", "[@a, @b]", "[@a;]", "[@a; b]", "[@-a]", "[analysis: a]"]
BAD_LABELS = ["[#]", "[# a]", "[#Milk]", "[#a b]", "[rests:]", "[rests: a, b]", "[rests: a;]", "[rests: #a]"]


@pytest.mark.parametrize("bad", BAD_CITATIONS + BAD_LABELS)
def test_a_malformed_citation_or_label_is_refused_with_its_line(bad):
    with pytest.raises(MarkupError) as caught:
        parsed(f"First.\n\nSecond\nthird {bad}.")
    assert caught.value.line == 4
    assert bad in str(caught.value)


def test_raw_html_is_text():
    assert "html_inline" not in kinds("<b>x</b>") and "html_block" not in kinds("<div>\nx\n</div>")


def test_a_javascript_link_is_no_link():
    assert "link_open" not in kinds("[x](javascript:alert(1))")


def test_quotation_marks_stay_as_they_are_written():
    assert plain_text(parsed("\"a\" -- 'b'... (c)")) == "\"a\" -- 'b'... (c)"


def test_a_footnote_in_a_caption_is_refused():
    with pytest.raises(MarkupError):
        parsed_inline("a^[note]")


def test_plain_text_leaves_citations_out():
    assert plain_text(parsed_inline("[#z] A *b* `c` [@d] [analysis] [rests: y]")) == "A b c"


@given(st.text(alphabet="[]@#;:!()^*`\\ \nab-analysisquestionrests|", max_size=60))
def test_any_text_is_parsed_or_refused_plainly(text):
    try:
        parsed(text)
    except MarkupError as error:
        assert error.line >= 1


@given(st.text(max_size=20))
def test_escaped_words_are_printed_as_they_stand(text):
    words = " ".join(text.split())
    found = [(token.type, token.content) for token in parsed_inline(escaped(words))]
    assert found == [(token.type, token.content) for token in text_tokens(cleaned(words).strip())]


def test_words_of_another_language_are_marked_and_stand_as_they_are():
    tokens = parsed_inline(f"from {in_language('“[a] *b* `c`', 'de-AT')} {in_language('d', '')}")
    assert plain_text(tokens) == "from “[a] *b* `c` d"
    [opened] = [token for token in tokens if token.type == "foreign_open"]
    assert opened.attrs == {"lang": "de-AT"} and [t.type for t in tokens].count("foreign_close") == 1
