"""Proofreading: a sentence says what its facts hold, or is refused with file, line and what would fix it."""

import shutil

import nbformat
import pytest

NARRATIVE = "data/dairy-2031/narrative.md"


@pytest.fixture(scope="module")
def shared(make_project):
    """A project for all tests, and a copy of it: where only prose differs, its records are read once."""
    made = make_project()
    return made, shutil.copytree(made.root, made.root.with_name("copy"))


@pytest.fixture
def project(shared, restore, monkeypatch):
    """That project, which a test may change: it is put back."""
    made, copy = shared
    monkeypatch.setenv("CASEBOUND_ROOT", str(made.root))
    yield made
    restore(made.root, copy)


def only(project):
    said = project.problems()
    assert len(said) == 1, "\n".join(said)
    return said[0]


def problems_of(project, sentence):
    """Return the problems of a sentence at the end of the narrative, whose file and line are asserted here."""
    line = project.append("narrative.md", f"\n{sentence}\n") + 1
    said = project.problems()
    assert all(problem.startswith(f"{NARRATIVE}:{line}: limits: ") for problem in said)
    return "\n".join(said)


def noted(project, *cells):
    """Write a reader's notebook of Markdown cells."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text) for text in cells])
    nbformat.write(notebook, project.root / "notebooks" / "45-my-question.ipynb")


def test_the_invented_narrative_is_bound(project):
    assert project.problems() == []


# One change each, in the narrative as it stands


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("- **1 April 2031** was", "- **7 April 2031** was", "the date “7 April 2031” stands in none of the facts"),
        ("open until 8 April 2031", "open until 1 April 2031", "the date “1 April 2031” stands in none of the facts"),
        ("lost track of 120 village", "lost track of 210 village", "the number “210” stands in none of the facts"),
        ("had hired 12 more", "had hired thirteen more", "the number “thirteen” stands in none of the facts"),
        ("Nora Reed said", "Norah Reed said", "the name “Norah” stands in none of the facts"),
        ("Farmers' bills lay", "Cawdale's bills lay", "the name “Cawdale” stands in none of the facts"),
        (
            '"Robbed of its order books"',
            '"Robbed of all its books"',
            "the quotation “Robbed of all its books”",
        ),
        ("crowd may have copied", "crowd copied", "'addresses-possible' is possible, and the sentence tells it as"),
        ("Lark promised to stand", "Lark stood", "'mayor-promise' is pledged, and the sentence tells it as settled"),
        ("Nora Reed said that it", "To Nora Reed it", "'inside-job' is claimed, and the sentence tells it as settled"),
        ("that it had not paid a", "that it had paid a", "'no-ransom' denies something, and the sentence does not"),
        ("desks were answering", "desks were not answering", "says “not”, and none of its facts denies anything"),
        ("[@odd-logins]", "[@odd-login]", "there is no fact 'odd-login'"),
        ("[@odd-logins]", "", "the sentence cites nothing"),
        ("lasted {stop.at-publication}", "lasted {stop.at-publicaton}", "there is no finding 'stop.at-publicaton'"),
    ],
)
def test_one_wrong_word_is_refused_with_its_line(project, old, new, said):
    line = project.edit("narrative.md", old, new)
    found = [problem for problem in project.problems() if said in problem]
    assert len(found) == 1, project.problems()
    assert found[0].startswith(f"{NARRATIVE}:{line}: ")
    assert "\n    in: " in found[0] and "\n    fix: " in found[0]


def test_a_sentence_keeps_the_possibility_of_a_claim(project):
    project.edit(
        "impacts.yaml", "statement: Officials fear that small farms", "statement: Officials claim that small farms"
    )
    project.edit("impacts.yaml", "  status: possible", "  status: claimed")
    said = "'small-farms' says “could”, and the sentence tells it as settled"
    line = project.edit(
        "narrative.md", "desks were answering", "officials claim that farms close [@small-farms]; desks were answering"
    )
    assert any(said in problem and f":{line}: " in problem for problem in project.problems())
    project.edit("narrative.md", "officials claim that farms close", "officials claim that farms could close")
    assert not any(said in problem for problem in project.problems())


def test_a_sentence_on_a_line_of_its_own_has_its_own_line(project):
    line = project.edit("narrative.md", "It will not open until 8 April 2031,", "It will not open until\n9 April 2031,")
    assert only(project).startswith(f"{NARRATIVE}:{line}: what happened: the date “9 April 2031”")


def test_two_sentences_on_one_line_are_read_apart(project):
    project.edit("narrative.md", "again [@cold-store-back].", "again.")
    assert only(project).splitlines()[1] == "    in: The cold store at Cawdale was humming again."


# What each kind of sentence needs


def test_every_unknown_fact_is_named_with_the_nearest(project):
    said = problems_of(project, "Churning stopped [@churns-stoped; @odd-logins; @bill-unpaid].")
    assert "no fact 'churns-stoped'" in said and "no fact 'bill-unpaid'" in said
    assert "fix: did you mean 'churns-stopped'?" in said


def test_the_fact_that_holds_it_is_proposed(project):
    said = problems_of(project, "Brightwater hired 12 clerks and lost track of 120 shops [@twelve-clerks].")
    assert "the number “120” stands in none of the facts that the sentence cites (twelve-clerks)" in said
    assert "fix: it stands in shops-lost-120: cite that" in said


@pytest.mark.parametrize("words", ["It was a quarter of them", "It took almost four hours"])
def test_no_fact_is_proposed_that_does_not_hold_it(project, words):
    assert "it stands in" not in problems_of(project, f"{words} [@churns-stopped].")


@pytest.mark.parametrize(
    ("sentence", "fix"),
    [
        ("It lost track of 120,000 shops [@shops-lost-120].", "'shops-lost-120' holds it as “120”: write it so"),
        ("Then Brightwatr stopped [@churns-stopped].", "'churns-stopped' holds it as “Brightwater”: write it so"),
        ("Then Larke stopped [@churns-stopped].", "'mayor-promise' holds “Lark”: cite that and write it so"),
        ('It was "All Stopped" [@churns-stopped].', "fix: no fact of the ledger holds it: correct or drop it"),
        ('It was "Right beside" [@churns-stopped].', "fix: it stands in mayor-promise: cite that"),
        ("Then Ramblewick stopped [@churns-stopped].", "a name of the case's own goes under `names` in case.yaml"),
    ],
)
def test_another_form_of_what_a_fact_holds_is_named(project, sentence, fix):
    assert fix in problems_of(project, sentence)


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        (
            "It was the first creamery to stop [@churns-stopped].",
            "says “the first”, and its facts have no word of that",
        ),
        ("Only Brightwater stopped [@churns-stopped].", "says “only”, and its facts have no word of that kind (only)"),
        ("It was the first creamery to stop in these sources [@churns-stopped].", ""),
        ("Was it the first creamery to stop? [question: @churns-stopped]", ""),
    ],
)
def test_a_claim_of_scope_needs_facts_with_that_scope(project, sentence, said):
    found = problems_of(project, sentence)
    assert said in found if said else found == ""


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Brightwater said that it had not paid a ransom [@no-ransom]. A spokeswoman said so [@no-ransom].", ""),
        ("A spokeswoman of Brightwater spoke [@no-ransom].", "denies something, and the sentence does not"),
        (
            "Brightwater said that it had not paid a ransom [@no-ransom]. It paid the ransom, it said [@no-ransom].",
            "denies something, and the sentence does not",
        ),
        ("Every source was seen in part [analysis].", ""),
        ("Every town was seen in part [analysis].", "says “every”"),
    ],
)
def test_a_sentence_may_lean_on_the_one_before_it_and_speak_of_our_sources(project, sentence, said):
    found = problems_of(project, sentence)
    assert said in found if said else found == ""


def test_the_cure_of_a_finding_says_what_it_needs(project):
    said = problems_of(project, "It was {cost.bookd} [@cost-march].")
    assert "fix: declare it in case.yaml, under lengths or sums; did you mean 'cost.booked'?" in said
    project.edit("narrative.md", "\nIt was {cost.bookd} [@cost-march].\n", "")
    project.edit("costs.yaml", "period: 2031-02}", "period: 2031-03}")
    said = next(problem for problem in project.problems() if "the finding 'cost.booked' cannot" in problem)
    assert "fix: give each of cost-february, cost-march a quantity of one unit, measure and scope, and another" in said


def test_what_no_fact_holds_is_to_be_dropped(project):
    said = problems_of(project, "It lost 77 shops [@shops-lost-120].")
    assert "fix: no fact of the ledger holds it: correct or drop it" in said


@pytest.mark.parametrize("words", ["Stannet said so", "Stannet's churns stopped", "Then Stannet stopped"])
def test_a_name_that_no_cited_fact_holds_is_refused_as_first_word_too(project, words):
    assert "the name “Stannet” stands in none" in problems_of(project, f"{words} [@churns-stopped].")


def test_an_uncited_sentence_is_refused(project):
    said = problems_of(project, "Milk is white.")
    assert "fix: cite what it rests on ([@fact-id]), or mark it [analysis: @fact-id] or [question]" in said


@pytest.mark.parametrize(
    "sentence",
    [
        "What the firm lost is not told [analysis].",
        "The firm had no luck [analysis: @churns-stopped].",
        "Was it insured? [question]",
        "Perhaps the addresses were copied [analysis: @addresses-possible].",
        "The stop lasted {stop.length} [analysis: @churns-stopped; @churns-restarted].",
        "It had lasted {stop.at-publication} [analysis: @churns-stopped; until @churns-restarted].",
        "Churning stopped at once. [@churns-stopped]",
        "Brightwater's churning stopped [@churns-stopped].",
        "*Churning* **stopped** `at once` [@churns-stopped].",
    ],
)
def test_what_may_stand(project, sentence):
    assert problems_of(project, sentence) == ""


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("It cost 77 churns [analysis].", "the number “77”"),
        ("It was 5 May 2031 [analysis: @churns-stopped].", "the date “5 May 2031”"),
        ("Did Stannet pay? [question]", "the name “Stannet”"),
        # {stop.at-publication} gives 33 to 51 days; typed, it would stay behind when a date changes
        ("The stop had lasted 33 to 51 days [analysis: @churns-stopped].", "the number “33 days”"),
    ],
)
def test_analysis_and_questions_may_not_bring_in_what_no_fact_holds(project, sentence, said):
    assert said in problems_of(project, sentence)


def test_a_citation_behind_a_full_stop_does_not_cover_the_sentence_after_it(project):
    said = problems_of(project, "Churning stopped. [@churns-stopped] The bills are lost.")
    assert "the sentence cites nothing [CB607]\n    in: The bills are lost." in said


def test_list_items_quotations_and_notes_are_read_too(project):
    text = "\n- Milk is white.\n- Milk is cold.\n\n> Milk is old.\n\n[^a]: Milk is new.\n"
    line = project.append("narrative.md", text) + 1
    said = project.problems()
    assert [problem.split(":")[1] for problem in said] == [str(line + below) for below in (0, 1, 3, 5)]
    assert all("the sentence cites nothing" in problem for problem in said)


@pytest.mark.parametrize(
    ("heading", "states"),
    [
        ("Stopped for 33 days", "33 days"),
        ("From 1 April 2031", "1 April 2031"),
        ("What Petra Lark promised", "Petra"),
        ('"Robbed of its order books"', "Robbed of its order books"),
    ],
)
def test_a_heading_that_cites_nothing_states_no_number_date_name_or_quotation(project, heading, states):
    line = project.append("narrative.md", f"\n### {heading}\n") + 1
    said = f"{NARRATIVE}:{line}: limits: the heading states “{states}” and cites nothing [CB601]"
    assert any(problem.startswith(said) for problem in project.problems())


@pytest.mark.parametrize("heading", ["What it cost", "What Brightwater did", "## Farmers went unpaid"])
def test_a_heading_may_cite_nothing_where_it_states_nothing_but_the_case_s_own_names(project, heading):
    project.append("narrative.md", f"\n## {heading}\n")
    assert project.problems() == []


def test_a_heading_of_the_recommendations_may_name_whom_it_addresses_but_no_number(project):
    line = project.edit("narrative.md", "### Dairies", "### Petra Lark, by 2040")
    assert only(project).startswith(f"{NARRATIVE}:{line}: recommendations: the heading states “2040” and cites nothing")


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        (
            "Lark stood by the farmers [@mayor-promise]",
            "'mayor-promise' is pledged, and the sentence tells it as settled",
        ),
        ("Lark promised to stand by 120 farmers [@mayor-promise]", "the number “120” stands in none of the facts"),
        ("Lark promised help {help.money} on [@mayor-promise]", "the finding 'help.money' rests on"),
        ("Lark promised help [@mayor-promis]", "there is no fact 'mayor-promis'"),
        ("Lark promised help [@mayor_promise]", "[@mayor_promise] is not a citation"),
        ("Lark promised help after { help.money} [@mayor-promise]", "“{ help.money}” would be printed as it stands"),
        ("Lark promised help {help.money} on", "the sentence cites nothing"),
        ("Lark promised to stand by farmers [@mayor-promise]", ""),
        ("Lark stood by farmers [analysis: @mayor-promise]", ""),
        ("It could stop again [analysis]", ""),
    ],
)
def test_a_heading_that_cites_is_read_as_a_sentence(project, heading, said):
    below = "Petra Lark promised to stand by farmers [@mayor-promise]."
    line = project.append("narrative.md", f"\n### {heading}\n\n{below}\n") + 1
    found = project.problems()
    assert (
        any(problem.startswith(f"{NARRATIVE}:{line}: ") and said in problem for problem in found) if said else not found
    )


def test_the_bold_name_that_opens_an_answer_is_not_read_with_it(project):
    project.edit("narrative.md", "- **context** The ordering", "- **context** Ordering")
    assert project.problems() == []
    line = project.edit("narrative.md", "- **context** Ordering", "- **context** Ordering 77 times")
    assert only(project).startswith(f"{NARRATIVE}:{line}: answers: the number “77”")
    assert "\n    in: Ordering 77 times" in only(project)


def test_what_is_wrong_with_facts_and_prose_comes_at_once(project):
    project.edit("narrative.md", "[@odd-logins]", "[@odd-login]")
    project.edit("narrative.md", "lost track of 120 village", "lost track of 210 village")
    project.edit("timeline.yaml", "when: 2031-04-01", "when: 2031-04-07")
    said = project.problems()
    assert sum(problem.startswith(NARRATIVE) for problem in said) >= 2
    assert any("timeline.yaml" in problem for problem in said)


def test_no_section_need_be_written_nor_the_narrative_itself(project):
    text = project.text("narrative.md")
    project.path("narrative.md").write_text(
        "# Timeline" + text.partition("# Timeline")[2].partition("\n# ")[0], "utf-8"
    )
    assert project.problems() == []
    project.path("narrative.md").unlink()
    assert project.problems() == []


def test_a_question_asks_something(project):
    assert "marked as a question and asks nothing" in problems_of(project, "Nobody knows [question].")


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Churning stopped `[@churns-stopped]`.", "the citation of 'churns-stopped' would not be printed"),
        ("Churning stopped \\[@churns-stopped].", "the citation of 'churns-stopped' would not be printed"),
        ("It took { stop.at-publication} [@churns-stopped].", "“{ stop.at-publication}” would be printed as it stands"),
        ("Churning stopped [@churns-stopped, @odd-logins].", "fix: write [@fact-id] or [@one; @two]"),
    ],
)
def test_what_would_not_be_printed_as_it_was_meant_is_refused(project, sentence, said):
    assert said in problems_of(project, sentence)


def test_a_key_fact_may_open_with_words_and_a_colon(project):
    project.edit("narrative.md", "- **1 April 2031** was", "- **1 April 2031**: it was")
    assert project.problems() == []


@pytest.mark.parametrize("text", ["", '{"cells": 1}'])
def test_a_notebook_that_cannot_be_read_is_said_plainly(project, text):
    (project.root / "notebooks" / "45-my-question.ipynb").write_text(text, "utf-8")
    assert any(said.startswith("notebooks/45-my-question.ipynb: not a notebook") for said in project.problems())


# Judgements


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        (
            "It is Highly Likely that churning stopped [@churns-stopped].",
            "“highly likely” is a judgement",
        ),
        ("It is likely that churning stopped [analysis: @churns-stopped].", ""),
        (
            *("It is likely, with high confidence, that churning stopped [analysis: @churns-stopped].",),
            "“likely” and “high confidence” stand in one sentence",
        ),
        ("We hold this with high confidence [analysis: @churns-stopped].", ""),
    ],
)
def test_a_judgement_of_likelihood_is_marked_and_stands_apart_from_confidence(project, sentence, said):
    found = problems_of(project, sentence)
    assert said in found if said else found == ""


# Sentences that give way to a later fact


def test_a_sentence_gives_way_only_to_a_fact_that_there_is(project):
    said = problems_of(project, "Churning stopped [@churns-stopped; until @churns-restartet].")
    assert "there is no fact 'churns-restartet'" in said


@pytest.mark.parametrize(
    ("cited", "until"),
    [
        ("churning-normal", "churns-restarted"),  # the auditor reports both, the papers reported one before
        ("disclosure", "disclosure"),
    ],
)
def test_a_sentence_that_gives_way_before_its_facts_are_known_is_never_shown(project, cited, until):
    said = problems_of(project, f"So it was [analysis: @{cited}; until @{until}].")
    assert f"never shown: '{cited}' is not known before {until}" in said
    assert "fix: drop `until`, or cite what was known then" in said


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        # there is no such finding any more once production is back, and there was one before
        ("It lasted {stop.at-publication} [analysis: @churns-stopped].", "the finding 'stop.at-publication' cannot be"),
        ("It lasted {stop.at-publication} [analysis: @churns-stopped; until @churns-restarted].", ""),
        # there is one now, and was none before
        ("It lasted {stop.length} [analysis: @churns-stopped; @churns-restarted].", ""),
        (
            "It lasted {stop.length} [analysis: @churns-stopped; until @churns-restarted].",
            "the finding 'stop.length' cannot be worked out from what is known while the sentence stands",
        ),
        # the plan of then is the one to cite
        ("{plan.ahead} were left [analysis: @opening-slips; until @churns-restarted].", ""),
        # cited for neither time, neither that of 24 March nor that of the first article
        (
            *("{plan.ahead} were left [analysis: @odd-logins; until @churns-restarted].",),
            "the finding 'plan.ahead' rests on opening-slips, not cited here",
        ),
        ("{plan.ahead} were left [analysis: @no-opening-until-april; until @opening-slips].", ""),
    ],
)
def test_a_finding_is_worked_out_for_the_time_at_which_the_sentence_stands(project, sentence, said):
    found = problems_of(project, sentence)
    assert said in found if said else found == ""


# A reader's notebook


def test_in_a_notebook_a_sentence_may_stand_uncited_and_one_that_cites_may_hold_a_number(project):
    noted(project, "# My question\n\nWhat next? The firm lost track of 120 shops [@shops-lost-120].")
    assert project.problems() == []


@pytest.mark.parametrize("words", ["It lost 120 shops.", "Since April it stood."])
def test_a_number_or_date_in_a_notebook_is_cited(project, words):
    noted(project, "# My question", f"Milk came. {words}")
    problem = only(project)
    assert problem.startswith("notebooks/45-my-question.ipynb: cell 2: the sentence states “")
    assert f"and cites nothing [CB601]\n    in: {words}\n    fix: say it in a sentence that cites" in problem


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("It lost 121 shops [@shops-lost-120].", "the number “121”"),
        ("It lost 120 shops [@shops-lost-12].", "there is no fact 'shops-lost-12'"),
        ("## Stopped for 33 days", "the heading states “33” and cites nothing"),
        (
            "It took {stop.at-publication} [@churns-stopped].",
            "the finding 'stop.at-publication' can be inserted only in data/dairy-2031/narrative.md",
        ),
    ],
)
def test_a_notebook_is_bound_like_the_narrative(project, words, said):
    noted(project, f"# My question\n\n{words}")
    assert only(project).startswith(f"notebooks/45-my-question.ipynb: cell 1: {said}")


def test_an_until_whose_fact_has_no_known_source_is_no_traceback(project):
    until = "[analysis: @first-cheque; @attack-began; until @disclosure]"
    project.append("narrative.md", f"\nShe paid after {{help.money}} {until}.\n")
    known = "    - source: gill-2031-04-10\n      says: on 20 February Brightwater made the attack public"
    project.edit("timeline.yaml", known, known.replace("gill-2031-04-10", "nobody-2031"))
    assert any("nobody-2031" in problem for problem in project.problems())
