"""Narrative: sentences with their lines, with findings inserted and without what is not known yet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebound.pages.display import TEXT, Answer, Omitted
from casebound.pages.drafting import MARK
from casebound.pages.markup import parsed
from casebound.pages.narrative import answer, key_facts, section, sentences_of, statements, told


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
            "no sentence there rests on The Hill Post, 18:05\u00a0GMT on 24\u00a0March\u00a02031 alone",
        ),
        ({"as_of": "2031-03-24"}, "no sentence there was fully known on 24 March 2031"),
        ({}, "the sources at hand bear out nothing that is said there"),
    ],
)
def test_a_section_of_which_nothing_is_left_is_omitted_with_the_reason(project, limits, why):
    project.append("narrative.md", "\n# Late\n\nHalf of the desks answered [@cheque-uncashed; until @odd-logins].\n")
    assert section(project.load(**limits), "late") == Omitted(TEXT, why)


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
    assert [value for value, _ in key_facts(dairy).items] == ["49 to 67 days", "£5m", "£9m to £11m"]


# Headings that cite, labelled items and answers


def shown(project, text, **limits):
    """Return a section of this text, which stands alone in the narrative, as a ledger limited so shows it."""
    project.path("narrative.md").write_text(f"# Findings\n\n{text}\n", "utf-8")
    found = section(project.load(**limits), "findings")
    return "" if isinstance(found, Omitted) else found.markdown


def test_a_heading_states_one_thing_whatever_stops_it_holds():
    [heading] = statements(4, "### Mr. Lark came. He left [@a; until @b]")
    assert (heading.text, heading.line) == ("Mr. Lark came. He left [@a]", 4)
    assert (heading.cited, heading.until, heading.bare) == (("a",), ("b",), "Mr. Lark came. He left")
    assert statements(1, "###") == []


def test_a_heading_that_cites_stands_as_a_sentence_does(project):
    text = (
        "### Stopped [@churns-stopped; until @churns-restarted]\n### Stopped {stop.length} "
        "[@churns-stopped; @churns-restarted]\n\nIt stopped [@churns-stopped]."
    )
    below = "\n\nIt stopped [@churns-stopped]."
    assert shown(project, text, as_of="2031-03-20") == "### Stopped [@churns-stopped]" + below
    assert shown(project, text) == "### Stopped 49 to 67 days [@churns-stopped; @churns-restarted]" + below


def test_a_heading_whose_facts_are_not_known_leaves_the_text_below_it(project):
    text = (
        "### Early [@churns-stopped]\n\nSo [@churns-stopped].\n\n### Late [@churns-restarted]\n\nIt [@churns-stopped]."
    )
    early = "### Early [@churns-stopped]\n\nSo [@churns-stopped].\n\nIt [@churns-stopped]."
    assert shown(project, text, as_of="2031-03-20") == early and shown(project, text) == text


def test_what_a_heading_cites_is_told(project):
    shown(project, "### It began again [@churns-restarted]\n\nIt stopped [@churns-stopped].")
    assert told(project.load()) == {"churns-restarted", "churns-stopped"}
    assert told(project.load(as_of="2031-03-20")) == {"churns-stopped"}


def test_the_words_of_a_sentence_lack_its_label_and_what_it_rests_on():
    [sentence] = statements(1, "1. [#a-b] **Milk [x](y) came.** [@a] [rests: slip; c]")
    assert (sentence.text, sentence.bare) == ("**Milk [x](y) came.** [@a] [rests: slip; c]", "Milk x came.")


def test_a_citation_behind_bold_words_belongs_to_them():
    first, second = statements(7, "1. [#a]\n   **Milk came.** [@a] [rests: b]\n   It left [@c].")
    assert (first.cited, first.line, second.cited, second.line) == (("a",), 8, ("c",), 9)


ITEM = (
    "1. [#own] **It stopped** [@churns-stopped; until @churns-restarted]. **It runs** [@churns-restarted]. "
    "It stood [@churns-stopped]. *Against:* It reopens late [@opening-slips]. It stood [@churns-stopped]."
)


def test_a_labelled_item_stands_as_long_as_one_of_the_bold_sentences_that_open_it(project):
    assert shown(project, ITEM).startswith("1. [#own] **It runs** [@churns-restarted]. It stood")
    assert shown(project, ITEM, as_of="2031-03-20").startswith("1. [#own] **It stopped** [@churns-stopped]. It stood")
    late = ITEM.replace("[@churns-stopped; until @churns-restarted]", "[@opening-slips]")
    assert shown(project, late, as_of="2031-03-20") == ""


def test_an_item_that_falls_takes_along_what_is_inside_it_and_the_others_are_numbered_on(project):
    inside = "\n\n   - *When:* soon [analysis].\n"
    falls = f"1. [#late] It reopened [@churns-restarted].{inside}\n"
    stays = f"2. [#stays] It stopped [@churns-stopped].{inside}"
    text = f"{falls}{stays}\n### The county\n\n3. [#also] It stood [@churns-stopped]."
    early = shown(project, text, as_of="2031-03-20").split("\n\n")
    assert early == [
        *("1. [#stays] It stopped [@churns-stopped].", "   - *When:* soon [analysis].", "### The county"),
        *("2. [#also] It stood [@churns-stopped].",),
    ]
    assert "3. [#also]" in shown(project, text)


def test_what_is_inside_an_item_moves_with_its_number(project):
    items = "\n".join(f"{n}. [#a-{n}] It stopped [@churns-stopped]." for n in range(1, 11))
    inside = f"{items}\n\n    Then [@churns-stopped]."
    assert shown(project, inside).endswith(
        "\n\n10. [#a-10] It stopped [@churns-stopped].\n\n    Then [@churns-stopped]."
    )
    fewer = inside.replace("[#a-1] It stopped [@churns-stopped]", "[#a-1] It reopened [@churns-restarted]")
    early = shown(project, fewer, as_of="2031-03-20")
    assert early.endswith("\n\n9. [#a-10] It stopped [@churns-stopped].\n\n   Then [@churns-stopped].")


def test_the_word_that_leads_several_sentences_passes_to_the_first_that_stands(project):
    against = "*Against:* It reopens late [@opening-slips]. It stood [@churns-stopped]."
    assert shown(project, ITEM).endswith(against)
    assert shown(project, ITEM, as_of="2031-03-20").endswith(
        "It stood [@churns-stopped]. *Against:* It stood [@churns-stopped]."
    )
    two = "It [@churns-stopped]. *When:* now [@opening-slips]. *Test:* again [@opening-slips]. So [@churns-stopped]."
    assert shown(project, two, as_of="2031-03-20") == "It [@churns-stopped]. *Test:* So [@churns-stopped]."


def test_what_an_item_rests_on_does_not_go_with_the_sentence_before_it(project):
    late = "1. [#own] **It stopped** [@churns-stopped]. *Test:* It runs [@churns-restarted]. [rests: slip]"
    early = shown(project, late, as_of="2031-03-20")
    assert early == "1. [#own] **It stopped** [@churns-stopped]. [rests: slip]"
    assert shown(project, late).endswith("It runs [@churns-restarted]. [rests: slip]")
    assert shown(
        project, "It stood [@churns-stopped]. It runs [@churns-restarted]. [rests: slip]", as_of="2031-03-20"
    ) == ("It stood [@churns-stopped].")


def answers(project, *items, **limits):
    project.path("narrative.md").write_text("\n".join(["# Answers", "", *items]), "utf-8")
    return answer(project.load(**limits), "Own")


def test_the_items_of_an_answer_join_and_its_name_is_no_part_of_its_first_sentence(project):
    items = [
        "- **own:** It runs [@churns-restarted]. It stood [@churns-stopped].",
        "- **other** It stood [@churns-stopped].",
        "- **Own** It stopped [@churns-stopped; until @churns-restarted].",
        '- **own** It was "Robbed of its order books" [@shops-lost-120].',
    ]
    robbed = "It was “Robbed of its order books” [@shops-lost-120]."
    both = f"It stood [@churns-stopped]. It stopped [@churns-stopped]. {robbed}"
    assert answers(project, *items, as_of="2031-03-20") == Answer(both)
    assert answers(project, *items).text.startswith("It runs [@churns-restarted]. It stood [@churns-stopped]. It was")


def test_an_answer_that_is_written_and_not_known_yet_is_not_said_to_be_unwritten(project):
    item = "- **own** It runs [@churns-restarted]."
    late = answers(project, item, as_of="2031-03-20")
    assert late == Omitted("the opening answer", "no sentence there was fully known on 20 March 2031")
    assert answers(project, item.replace("own", "other")).why == "nobody wrote it"


# As a draft shows it


@pytest.fixture
def draft(project, monkeypatch):
    """Return a function from a paragraph, and limits, to what a draft without one fact shows of it."""
    monkeypatch.setenv("CASEBOUND_DRAFT", '["cheque-uncashed"]')

    def shown(paragraph, **limits):
        name = f"draft {len(project.text('narrative.md'))}"
        project.append("narrative.md", f"\n# {name}\n\n{paragraph}\n")
        text = MARK.sub("", section(project.load(**limits), name).markdown)
        parsed(text)  # what is wrong with it does not stop a draft
        return " ".join(text.split())

    return shown


def test_a_draft_shows_a_sentence_as_written_where_it_cites_what_is_not_there(draft):
    text = draft(
        "It stood [@churns-stopped; @cheque-uncashed]. It fell [@no-such-fact]. It took {no.such} [#Wrong One]."
    )
    assert text == (
        r"It stood [@churns-stopped] \[@cheque-uncashed is left out\]. It fell \[@no-such-fact is not there\]."
        r" It took {no.such} \[#Wrong One\]."
    )


def test_a_draft_leaves_out_what_a_known_fact_takes_the_place_of_and_what_is_not_known_yet(draft):
    paragraph = (
        "It stood [@churns-stopped; until @first-cheque]. She paid [@first-cheque]. It was late [@no-such-fact]."
    )
    assert draft(paragraph).startswith("She paid [@first-cheque].")
    assert draft(paragraph.replace("stood", "lay"), as_of="2031-03-20").startswith(
        "It lay [@churns-stopped]. It was late"
    )
