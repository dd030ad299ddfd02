"""Narrative: sentences with their lines, with findings inserted and without what is not known yet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebound.pages.display import Omitted
from casebound.pages.narrative import key_facts, section, sentences_of


def sentences(text):
    return list(sentences_of(1, text))


# Sentences


def test_a_sentence_has_its_line_its_facts_and_its_words():
    first, second = sentences_of(5, "First one [@a]. Second one,\nover a line [@b; @c].")
    assert (first.line, first.cited, first.bare) == (5, ("a",), "First one.")
    assert (second.line, second.cited) == (5, ("b", "c"))
    assert list(sentences_of(5, "First one [@a].\nSecond one [@b]."))[1].line == 6
    # a citation behind a full stop belongs to the sentence before it
    assert [sentence.cited for sentence in sentences("Milk came. [@a] Cheese came [@b].")] == [("a",), ("b",)]


@pytest.mark.parametrize(
    ("text", "cited", "mark", "findings"),
    [
        ("Milk [@a].", ("a",), None, ()),
        ("Milk [@a; @b] and cheese [@a; @c].", ("a", "b", "c"), None, ()),
        ("Milk [analysis].", (), "analysis", ()),
        ("Milk [analysis: @a; @b].", ("a", "b"), "analysis", ()),
        ("Milk? [question]", (), "question", ()),
        ("Milk? [question: @a]", ("a",), "question", ()),
        ("It took {stop.at-publication} [@a].", ("a",), None, ("stop.at-publication",)),
        ("Milk [and more] (a@b).", (), None, ()),
    ],
)
def test_a_sentence_says_what_it_cites_and_how_it_is_marked(text, cited, mark, findings):
    [sentence] = sentences(text)
    assert (sentence.cited, sentence.mark, sentence.findings) == (cited, mark, findings)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Milk came [@a]. {stop.at-publication} later it stopped [@b].", 2),
        ("Milk came [@a]. *Cheese* came [@b].", 2),
        ("Mr Ashe came at 7 a.m. on foot [@a].", 1),
        ("Dr. Oke came [@a].", 1),
        ("Milk came? Cheese came! Butter.", 3),
    ],
)
def test_sentences_are_parted(text, count):
    assert len(sentences(text)) == count


@given(st.text(alphabet='Ab. ?!*{}[]@;\n"', max_size=60))
def test_no_word_of_a_paragraph_is_lost(text):
    assert "".join("".join(s.text.split()) for s in sentences(text)) == "".join(text.split())


# As the ledger bears it


def test_a_finding_is_put_in_as_the_ledger_has_it(dairy_at_first, dairy_at_second):
    # from between 1 and 19 February ("more than a month ago in February") to 20 and to 24 March 2031
    assert "The stop had lasted 29 to 47 days when the newest" in section(dairy_at_first, "recovery").markdown
    assert "The stop had lasted 33 to 51 days when the newest" in section(dairy_at_second, "recovery").markdown


@pytest.mark.parametrize(
    ("words", "known"),
    [
        # "until @opening-slips", known from 24 March; "until @churns-restarted", known from 10 April
        ("By the day held out for the opening", [True, False, False]),
        ("The stop had lasted", [True, True, False]),
        ("From the stop to the restart", [False, False, True]),
    ],
)
def test_a_sentence_stands_until_the_fact_that_takes_its_place_is_known(
    dairy, dairy_at_second, dairy_at_first, words, known
):
    ledgers = (dairy_at_first, dairy_at_second, dairy)
    assert [words in section(ledger, "recovery").markdown for ledger in ledgers] == known


def test_until_is_no_citation_and_is_not_printed(dairy_at_first):
    [sentence] = sentences("It stood still [@churns-stopped; until @churns-restarted; until @churning-normal].")
    assert sentence.cited == ("churns-stopped",)
    assert sentence.until == ("churns-restarted", "churning-normal")
    assert sentence.bare == "It stood still."
    assert "until @" not in section(dairy_at_first, "recovery").markdown
    assert "[analysis: @churns-stopped]" in section(dairy_at_first, "recovery").markdown


def test_one_of_several_facts_is_enough_to_take_a_sentence_s_place(project):
    project.append(
        "narrative.md", "\nChurning stopped [@churns-stopped; until @first-cheque; until @cheque-uncashed].\n"
    )
    assert project.problems() == []
    known = [project.load(as_of=day) for day in ("2031-03-20", "2031-03-24", "2031-04-12")]
    assert ["Churning stopped" in section(ledger, "limits").markdown for ledger in known] == [True, False, False]


def test_a_sentence_goes_where_its_finding_rests_on_other_facts_than_it_cites(project):
    # the cheque is counted from the disclosure once that is known, and from the attack before
    project.edit(
        "case.yaml", "from: disclosure, to: first-cheque", "from: [disclosure, attack-began], to: first-cheque"
    )
    project.append(
        "narrative.md", "\nShe paid after {help.money} [analysis: @first-cheque; @attack-began; until @disclosure].\n"
    )
    assert project.problems() == []
    assert "She paid after 31 to 49 days" in section(project.load(as_of="2031-03-24"), "limits").markdown
    assert "She paid after" not in section(project.load(), "limits").markdown


def test_a_sentence_goes_with_its_facts(dairy, dairy_at_first):
    whole, early = (section(ledger, "impacts").markdown for ledger in (dairy, dairy_at_first))
    assert "120 village shops" in whole and "145" in whole
    assert "120 village shops" in early and "145" not in early


@pytest.mark.parametrize(
    ("limits", "why"),
    [
        (
            {"sources": "oak-2031-03-24"},
            "no sentence of it rests on The Hill Post, 18:05\u00a0GMT on 24\u00a0March\u00a02031 alone",
        ),
        ({"as_of": "2031-03-24"}, "no sentence of it was known whole on 24 March 2031"),
        ({}, "the sources at hand bear out nothing that it says"),
    ],
)
def test_a_section_of_which_nothing_is_left_is_omitted_with_the_reason(project, limits, why):
    project.append("narrative.md", "\n# Late\n\nHalf of the desks answered [@cheque-uncashed; until @odd-logins].\n")
    assert section(project.load(**limits), "late") == Omitted("the section “late”", why)


@pytest.mark.parametrize("name", ["sumary", "summary", "key facts"])
def test_a_section_that_nobody_wrote_is_omitted_and_so_is_one_of_headings(project, name):
    project.path("narrative.md").write_text("# Summary\n\n### What happened\n", "utf-8")
    assert section(project.load(), name) == Omitted(f"the section “{name}”", "nobody wrote it")
    project.path("narrative.md").unlink()
    assert key_facts(project.load()) == Omitted("the section “key facts”", "nobody wrote it")


def test_our_prose_is_typeset(dairy):
    shown = section(dairy, "impacts").markdown
    assert "It was “Robbed of its order books” that" in shown and "[@shops-lost-120]" in shown


def test_a_heading_with_nothing_left_below_is_left_out(project):
    late = "### Late\n\nThe firm churns again [@churns-restarted]."
    early = "### Early\n\nThe attack emptied its books [@order-books-emptied]."
    project.append("narrative.md", f"\n# Lessons in order\n\n{late}\n\n{early}\n")
    known = section(project.load(as_of="2031-03-20T09:40"), "lessons in order").markdown
    assert "### Late" not in known and known.startswith("### Early")
    assert "### Late" in section(project.load(), "lessons in order").markdown


def test_paragraphs_stay_apart_and_headings_stay(project):
    project.append(
        "narrative.md",
        "\n## Smaller\n\nChurning stopped [@churns-stopped].\nFarmers' bills lay unpaid [@bills-unpaid].\n",
    )
    assert section(project.load(), "limits").markdown.endswith(
        "\n\n## Smaller\n\nChurning stopped [@churns-stopped]. Farmers’ bills lay unpaid [@bills-unpaid]."
    )


def test_key_facts_are_pairs_of_bold_words_and_the_rest(dairy_at_first):
    items = key_facts(dairy_at_first).items
    assert [value for value, _ in items] == ["29 to 47 days", "1 April 2031", "Not confirmed"]
    assert items[2][1] == "whether addresses left the building [@addresses-unconfirmed]."


def test_a_key_fact_over_two_lines_is_one(project):
    project.edit("narrative.md", "whether addresses left the building", "whether addresses\n  left the building")
    assert key_facts(project.load(as_of="2031-03-20")).items[2][1].startswith("whether addresses left the building [@")


def test_a_sentence_in_a_later_source_s_words_is_not_known_before_it(project):
    # cold-store-back rests on both sources, "works as before" stands in the second alone
    project.append("narrative.md", '\nBrightwater\'s cold store at Cawdale "works as before" [@cold-store-back].\n')
    assert project.problems() == []
    assert "works as before" in section(project.load(), "limits").markdown
    assert "works as before" not in section(project.load(as_of="2031-03-20"), "limits").markdown
    assert "works as before" in section(project.load(sources="oak-2031-03-24"), "limits").markdown


def test_a_note_goes_with_its_facts_and_so_does_its_mark(project):
    note = "[^a]: The opening slips by a week, so not until 8 April 2031 [@opening-slips]."
    text = f"\nChurning stopped [@churns-stopped].[^a]\n\n{note}\n"
    project.append("narrative.md", text)
    assert project.problems() == []
    assert section(project.load(), "limits").markdown.count("[^a]") == 2
    assert "[^a]" not in section(project.load(as_of="2031-03-20"), "limits").markdown


def test_key_facts_give_way_as_sentences_do(dairy, dairy_at_second):
    assert [value for value, _ in key_facts(dairy_at_second).items] == ["33 to 51 days", "Not confirmed"]
    assert [value for value, _ in key_facts(dairy).items] == ["49 to 67 days", "£5 million", "£9m to £11m"]
