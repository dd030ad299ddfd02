import pytest

from casebound.pages.display import TEXT, Omitted, Prose
from casebound.pages.markup import plain_text, walked
from casebound.report.document import model
from casebound.report.document.assemble import document
from casebound.report.document.numbering import lists_of, tokens_of
from casebound.report.errors import BuildProblems


def of_kind(doc, kind):
    return [b for part in doc.parts for b in part.blocks if isinstance(b, kind)]


def bounds(doc, *kinds):
    """The tokens of citations, marks and footnotes, in reading order."""
    kinds = kinds or ("citation", "mark", "footnote_ref")
    return [t for part in doc.parts for b in part.blocks for t in tokens_of(b) if t.type in kinds]


def numbers(doc):
    """The numbers that the body prints, None where a place prints none."""
    return [t.meta["note"].number if "note" in t.meta else None for t in bounds(doc)]


def lines(bound, *cells):
    with pytest.raises(BuildProblems) as caught:
        bound(*cells)
    return caught.value.lines


def test_facts_are_numbered_as_the_body_first_rests_on_them_then_as_the_annex_does(whole):
    assert [c.entry.id for c in whole.evidence.cited][:3] == ["orders-stopped", "orders-back", "milk-poured-away"]
    entries = [*whole.evidence.cited, *whole.evidence.uncited]
    assert [c.number for c in entries] == list(range(1, len(entries) + 1))


def test_sentences_of_a_chapter_that_rest_on_the_same_facts_share_a_note(bound, sample):
    doc = bound(
        sample.markdown("10-a", "# A\n\nx [@farm-5]. y [@farm-6; @farm-5]. z [@farm-5].\n\nw [analysis: @farm-5]."),
        sample.markdown("20-b", "# B\n\nv [@farm-5]."),
    )
    assert numbers(doc) == [1, 2, 1, 3, 4]
    assert [(n.kind, [link["number"] for link in n.links], n.refs) for c in doc.chapters for n in c.notes] == [
        ("", [1], ["ref-1", "ref-1-2"]), ("", [1, 2], ["ref-2"]), ("analysis", [1], ["ref-3"]), ("", [1], ["ref-4"]),
    ]  # fmt: skip
    assert [note.number for note in doc.evidence.cited[0].notes] == [1, 2, 3, 4]


def test_sentences_in_a_row_that_rest_on_the_same_facts_bear_one_number_behind_the_last(bound, sample):
    doc = bound(sample.markdown("10-a", "# A\n\nx [@farm-5]. y [@farm-5]. z [@farm-6].\n\nw [@farm-6]."))
    assert numbers(doc) == [None, 1, 2, 2]
    assert doc.chapters[0].notes[0].refs == ["ref-1-2"]


def test_a_judgement_on_no_single_fact_has_a_note_and_an_open_question_has_none(bound, sample):
    doc = bound(sample.markdown("10-a", "# A\n\nIt went well [analysis]. Did it [question]?"))
    assert numbers(doc) == [1, None]
    assert doc.chapters[0].notes[0].words == "Our own count or judgement"


def test_the_note_of_a_disputed_fact_leads_to_the_accounts_in_the_annex(whole):
    [accounts] = [h.anchor for h in of_kind(whole, model.Heading) if h.text == "Which of them overflowed?"]
    notes = [note for part in whole.parts for note in part.notes]
    disputed = {note.number for note in notes if any(link["entry"].id == "farm-7" for link in note.links)}
    assert disputed == {note.number for note in notes if note.accounts == accounts} != set()


def test_the_first_page_and_the_annex_stand_apart_from_the_body(whole):
    assert whole.cover.name == "00-summary" and whole.cover.title.anchor == "report"
    assert [h.text for h in whole.cover.blocks if isinstance(h, model.Heading) and h.is_column] == ["Sure", "Not known"]
    assert "00-summary" not in [chapter.name for chapter in whole.chapters]
    [annex] = whole.annex
    assert (annex.title.text, annex.title.anchor) == ("About this report", "annex-90-about")
    assert annex.blocks[0].text == "Tanks, one by one"
    assert "Tanks, one by one" not in [getattr(block, "text", "") for block in whole.chapters[-1].blocks]


def test_the_annex_leads_to_the_evidence_itself_and_has_no_notes(whole):
    [annex] = whole.annex
    marks = [token for block in annex.blocks for token in tokens_of(block) if token.type == "citation"]
    assert all(token.meta["links"] and "note" not in token.meta for token in marks) and not annex.notes


def test_the_table_behind_a_figure_is_of_the_annex(whole):
    figure = next(block for block in of_kind(whole, model.Figure) if block.table)
    assert any("note" in token.meta for token in figure.caption)
    cited = [token for tokens in lists_of(figure.table) for token in tokens if token.type == "citation"]
    assert cited and all(token.meta["links"] and "note" not in token.meta for token in cited)


def test_a_heading_for_the_annex_takes_what_is_below_it_to_the_next_of_its_level(bound, sample):
    doc = bound(
        sample.markdown("10-a", "# A\n\nBefore."),
        sample.markdown("10-a", "## Behind", tags=["annex"]),
        sample.markdown("10-a", "### Deeper\n\nStill behind."),
        sample.markdown("10-a", "## Back\n\nAfter."),
        sample.markdown("20-b", "# All of it", tags=["annex"]),
        sample.markdown("20-b", "Text."),
    )
    assert [chapter.name for chapter in doc.chapters] == ["10-a"]
    assert [h.text for h in doc.chapters[0].blocks if isinstance(h, model.Heading)] == ["Back"]
    assert [chapter.name for chapter in doc.annex] == ["10-a", "20-b"]


def test_a_chapter_opens_with_its_answer(whole):
    [findings] = [chapter for chapter in whole.chapters if chapter.name == "05-findings"]
    assert plain_text(findings.answer) == "Eleven farms poured milk away before orders came back."
    assert findings.answer[-1].meta["note"] is findings.notes[0]


def test_what_rests_on_items_gets_their_numbers_as_far_as_the_report_has_them(bound, sample):
    doc = bound(
        sample.markdown("10-a", "# A\n\n1. [#one] x [@farm-5].\n   - inside\n2. [#two] y [@farm-6]."),
        sample.markdown("20-b", "# B\n\nz [@farm-7]. [rests: two; lost; one]"),
    )
    [rests] = [t for b in doc.chapters[1].blocks for t in tokens_of(b) if t.type == "rests"]
    assert rests.meta["findings"] == [(1, "one"), (2, "two")]


def test_a_footnote_is_a_note_and_those_with_the_same_label_stay_apart(whole):
    notes = [note for part in whole.parts for note in part.notes if note.kind == "written"]
    assert [len(note.refs) for note in notes] == [1, 1, 2]
    assert [link["entry"].id for link in notes[0].links] == ["farm-6"]


def test_figures_and_tables_have_one_counter_each(whole):
    assert [f.number for f in of_kind(whole, model.Figure)] == [1, 2, None]
    assert [t.number for t in of_kind(whole, model.Table)] == [1, None, None, "A1"]


def test_headings_are_shifted_and_gaps_closed(bound, sample):
    doc = bound(sample.markdown("10-a", "# A\n\n#### Deep\n\n#### Again\n\n## Up\n\n##### Down\n\n# Late"))
    assert doc.chapters[0].title.level == 2
    assert [(h.text, h.level) for h in of_kind(doc, model.Heading)] == [
        ("Deep", 3), ("Again", 3), ("Up", 3), ("Down", 4), ("Late", 3),
    ]  # fmt: skip


def test_equal_headings_in_two_chapters_have_their_own_anchors(whole):
    ends = [h.anchor for h in of_kind(whole, model.Heading) if h.text == "What this cannot show"]
    assert ends == ["10-timeline-what-this-cannot-show", "20-impacts-what-this-cannot-show"]


def test_a_heading_under_which_cells_show_nothing_is_left_out(bound, sample):
    empty = {"text/markdown": "", "text/plain": ""}
    doc = bound(
        sample.markdown("10-a", "# A\n\n## Kept without a cell"),
        sample.markdown("10-a", "## Gone\n\n### Gone with it"),
        sample.code("10-a", "narrative.section(ledger, 'a')", empty),
        sample.markdown("10-a", "## Stays"),
        sample.code("10-a", "narrative.section(ledger, 'b')", empty),
        sample.markdown("10-a", "Some words."),
        sample.markdown("10-a", "## Gone too"),
        sample.code("10-a", "narrative.section(ledger, 'c')", empty),
    )
    assert headings(doc) == ["A", "Kept without a cell", "Stays"]


def omitted(what, why="Nobody wrote it."):
    return Omitted(what, why)._repr_mimebundle_()


def headings(doc):
    return [head.text for chapter in doc.chapters for head in [chapter.title, *of_kind_in(chapter, model.Heading)]]


def of_kind_in(chapter, kind):
    return [block for block in chapter.blocks if isinstance(block, kind)]


CLOSING = "## What this cannot show\n\nMuch."


def omitting(sample):
    """The cells of three chapters: of the first something is omitted, of the second all, the third is whole."""
    return (
        sample.markdown("10-a", "# A & B\n\nSee [costs](20-b.ipynb), [each](20-b.ipynb#each), [what](#what)."),
        sample.markdown("10-a", "## What"),
        sample.code("10-a", "x", omitted("the figure of what")),
        sample.markdown("10-a", "The figure shows more than it says.\n\n### Deeper\n\n#### Deepest"),
        sample.code("10-a", "x", omitted("the table “W”", "it is empty")),
        sample.markdown("10-a", "## Which"),
        sample.code("10-a", "x", omitted(TEXT)),
        sample.markdown("10-a", "This one stays."),
        sample.code("10-a", "x", {"text/plain": "1"}),
        sample.markdown("20-b", "# B\n\nOf costs."),
        sample.code("20-b", "y", omitted(TEXT)),
        sample.markdown("20-b", "## Each"),
        sample.code("20-b", "y", omitted("the section “costs”")),
        sample.markdown("20-b", CLOSING),
        sample.markdown("30-c", "# C\n\n## How\n\nBy hand."),
        sample.markdown("30-c", CLOSING),
    )


def test_what_is_omitted_is_listed_once_and_its_headings_and_chapters_go(bound, sample):
    doc = bound(*omitting(sample), limits="Nothing later is in it.", left_out={"40-d": ("D", "No source of 40 tells.")})
    assert headings(doc) == ["A & B", "Which", "C", "How", "What this cannot show", "What this report does not cover"]
    [behind] = doc.annex
    assert [behind.name, behind.blocks[0].text] == ["30-c", "What is left out"]
    said = doc.chapters[-1].blocks[-1].tokens[1].content
    assert said == "Nothing later is in it. The annex lists what is left out."
    first, last = of_kind(doc, model.Prose)[0], behind.blocks[-1]
    assert plain_text(first.tokens[1].children) == "See costs, each, what."
    assert not [t for t in walked(first.tokens) if t.type.startswith("link")]
    assert [t.content for t in last.tokens if t.type == "inline"] == [
        "**A \\& B**", "The figure of what and the text under “Which”: nobody wrote it.", "The table “W”: it is empty.",
        "**B**", "The opening text and the section “costs”: nobody wrote it.",
        "**D** (left out by this case). No source of 40 tells.",
    ]  # fmt: skip
    assert not any(isinstance(block, Omitted) for chapter in doc.chapters for block in chapter.blocks)
    assert "The figure shows more" not in str(doc.chapters) and "This one stays" in str(doc.chapters)


def test_a_report_with_nothing_to_show_still_says_so(bound, sample):
    [chapter] = bound(
        sample.markdown("20-b", "# B\n\n## Each"), sample.code("20-b", "y", omitted("the section “costs”"))
    ).chapters
    assert [chapter.title.text, chapter.blocks[0].text] == ["B", "What this report does not cover"]


def test_a_report_that_leaves_out_nothing_has_no_such_heading(whole):
    assert "What this report does not cover" not in headings(whole)


def test_a_case_gives_a_chapter_its_title_and_its_anchor_stays(bound, sample):
    doc = bound(sample.markdown("10-a", "# A\n\nText."), titles={"10-a": "What *now*?"})
    assert (doc.chapters[0].title.text, doc.chapters[0].title.anchor) == ("What *now*?", "10-a")


def test_a_link_to_a_chapter_that_nobody_knows_is_plain_text_and_named(bound, sample):
    doc = bound(sample.markdown("10-a", "# A\n\n[Costs](25-cost.ipynb#x) rose."))
    assert doc.left_out == [
        "notebook 10-a: a link leads to '25-cost.ipynb#x', which is not in this report; its words are plain text"
    ]


def test_a_link_to_another_notebook_leads_to_its_chapter(whole):
    links = [t.attrs["href"] for b in of_kind(whole, model.Prose) for t in walked(b.tokens) if t.type == "link_open"]
    assert links == ["#10-timeline", "#10-timeline-in-which-order-did-things-come-back"]


def test_a_citation_stands_after_the_full_stop(bound, sample):
    doc = bound(sample.markdown("10-a", "# A\n\nIt *stopped*\n[@farm-5] [@farm-6], twice [@farm-7]. Then [analysis]."))
    children = of_kind(doc, model.Prose)[0].tokens[1].children
    assert [t.content if t.type == "text" else t.type for t in children if t.content or t.type != "text"] == [
        "It ", "em_open", "stopped", "em_close", ",", "citation", " twice", ".", "citation", " Then",
        ".", "mark",
    ]  # fmt: skip


def test_a_data_frame_becomes_a_table_without_a_number(whole):
    frame = of_kind(whole, model.Table)[-2]
    assert [c.align for c in frame.columns] == ["left", "left", "right", "right", "right", "right", "left"]
    assert frame.header_columns == 1
    assert plain_text(frame.rows[0][1]) == "Ely [@not-a-citation]"


def test_parameters_setup_and_code_stand_in_one_list(whole):
    assert [c.label for c in whole.chapters[1].code] == [
        "Parameters", "Parameters of this report", "Setup", "In which order did things come back?",
    ]  # fmt: skip


def test_a_notebook_without_a_title_takes_its_name(bound, sample):
    assert bound(sample.markdown("45-my-question", "Only text.")).chapters[0].title.text == "My question"


def test_terminal_colours_are_left_out(whole):
    assert of_kind(whole, model.Preformatted)[0].text == "red  two  blanks"


def test_our_own_mime_types_come_before_html(bound, sample):
    bundle = {
        "text/html": "<table><tr><td>1</td></tr></table>",
        "application/vnd.casebound.table+json": sample.table_bundle(),
    }
    assert of_kind(bound(sample.code("10-a", "x", bundle)), model.Table)[0].number == 1


def test_all_problems_are_reported_at_once_with_notebook_and_heading(bound, sample):
    problems = lines(
        bound,
        sample.markdown("10-a", "# A\n\n## Where\n\n[@farm-55] [gone](#nowhere) lost[^9]"),
        sample.code("10-a", "x", {"image/png": sample.png()}),
        sample.markdown("20-b", "# B\n\n[@Bad Id]"),
    )
    text = "\n".join(problems)
    assert "notebook 10-a, under heading “Where”: a figure without alt text; show it with figures.show(" in text
    assert "[@farm-55] cites a fact that the ledger does not hold; did you mean [@farm-5]?" in text
    assert "a link leads to '#nowhere'" in text and "[^9]" in text and "notebook 20-b: line 3: [@Bad Id]" in text
    assert len(problems) == 5


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("![x](https://a.example/x.png)", "lies outside the report"),
        ("![](attachment:line.png)", "no alt text"),
        ("![x](attachment:none.png)", "not attached"),
        ("a ![x](attachment:line.png) b", "inside a sentence"),
        ("![x](data:image/png;base64,AAAA)", "called PNG but is not one"),
        ("## \n\nx", "heading without words"),
        ("## A [@farm-5]", "holds a citation"),
        ("- a\n\n  | x |\n  |---|\n  | y |\n", "table stands inside a list"),
        ("a[^1]\n\n[^1]: b[^2]\n\n[^2]: c", "stands inside a footnote"),
        ("[x](ftp://a.example)", "not in this report"),
    ],
)
def test_markdown_that_cannot_be_shown_is_refused_with_its_fix(bound, sample, text, problem):
    assert any(problem in line for line in lines(bound, sample.markdown("10-a", f"# A\n\n{text}")))


def test_a_heading_of_the_narrative_may_cite_and_prints_no_number(bound, sample):
    words = "*Milk* stopped [@farm-5; @farm-6] at farms. Tanks ran over [analysis: @farm-7]."
    prose = Prose(f"### {words}\n\n{words}")._repr_mimebundle_()
    doc = bound(sample.code("10-a", "narrative", prose))
    [heading] = [block for block in doc.chapters[0].blocks if isinstance(block, model.Heading)]
    assert heading.text == "Milk stopped at farms. Tanks ran over."
    assert {token.type for token in heading.tokens} == {"em_open", "em_close", "text"}
    assert [note.kind for note in doc.chapters[0].notes] == ["", "analysis"]


def test_the_one_heading_that_opens_a_section_takes_the_place_of_the_notebooks(bound, sample):
    def headings(shown, **cell):
        doc = bound(sample.markdown("10-a", "# A\n\n## Milk", **cell), sample.code("10-a", "narrative", shown))
        return [(h.text, h.level) for part in doc.parts for h in part.blocks if isinstance(h, model.Heading)]

    prose = Prose("### Farms poured it away\n\nFor a week.")._repr_mimebundle_()
    assert headings(prose) == [("Farms poured it away", 3)]
    two = Prose("### Farms poured it away\n\nSo.\n\n### Cheese ran out\n\nSo.")._repr_mimebundle_()
    assert headings(two) == [("Milk", 3), ("Farms poured it away", 4), ("Cheese ran out", 4)]
    later = Prose("So.\n\n### Farms poured it away\n\nFor a week.")._repr_mimebundle_()
    assert headings(later) == [("Milk", 3), ("Farms poured it away", 4)]
    of_a_reader = {"text/markdown": "### Farms poured it away\n\nFor a week."}
    assert headings(of_a_reader) == [("Milk", 3), ("Farms poured it away", 4)]


@pytest.mark.parametrize("wrong", ["[^1]\n\n[^1]: b", "[#label]", "[rests: label]", "![x](attachment:line.png)"])
def test_a_heading_of_the_narrative_holds_no_note_label_or_picture(bound, sample, wrong):
    prose = Prose(f"### Milk {wrong}\n\nText.")._repr_mimebundle_()
    assert any("holds a citation, a label" in line for line in lines(bound, sample.code("10-a", "x", prose)))


def test_without_evidence_there_is_no_appendix_and_no_citation(sample):
    assert document(sample.joined(sample.markdown("10-a", "# A\n\nText.")), {}, {}).evidence is None
    with pytest.raises(BuildProblems, match="ledger does not hold"):
        document(sample.joined(sample.markdown("10-a", "# A [x]\n\nText [@farm-5].")), {}, {})


def test_an_attached_picture_becomes_a_figure(whole):
    figure = of_kind(whole, model.Figure)[-1]
    assert (figure.alt, figure.mime) == ("Another line", "image/png")
    assert figure.data.startswith(b"\x89PNG")
