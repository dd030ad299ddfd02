"""Relations: what joins facts to each other is sound; each test breaks one join of the invented case."""

import pytest

from casebound.facts.ledger.relations import CONFLICTS


def problems_with(project, said):
    """Return the problems that hold these words, each as it is printed."""
    return [problem for problem in project.problems() if said in problem]


# Names of facts


@pytest.mark.parametrize(
    ("file", "old", "new", "fact"),
    [
        ("recovery.yaml", "{fact: opening-slips, how", "{fact: opening-slip, how", "churns-restarted"),
        ("recovery.yaml", "{fact: cold-store-back, kind", "{fact: cold-store-bak, kind", "cold-store-empty"),
        ("response.yaml", "outcome_of: first-cheque", "outcome_of: first-chequ", "cheque-uncashed"),
        ("impacts.yaml", "{fact: bills-unpaid, link", "{fact: bill-unpaid, link", "accounts-empty"),
    ],
)
def test_a_fact_that_another_names_exists(project, file, old, new, fact):
    line = project.edit(file, old, new)
    [problem] = problems_with(project, f"data/dairy-2031/{file}:{line}: {fact}: there is no fact '")
    assert "fix: did you mean '" in problem


@pytest.mark.parametrize(
    ("file", "old", "new", "fact"),
    [
        ("recovery.yaml", "{fact: opening-slips, how", "{fact: churns-restarted, how", "churns-restarted"),
        ("recovery.yaml", "{fact: cold-store-back, kind", "{fact: cold-store-empty, kind", "cold-store-empty"),
        ("response.yaml", "outcome_of: first-cheque", "outcome_of: cheque-uncashed", "cheque-uncashed"),
        ("impacts.yaml", "{fact: bills-unpaid, link", "{fact: accounts-empty, link", "accounts-empty"),
    ],
)
def test_a_fact_does_not_name_itself(project, file, old, new, fact):
    line = project.edit(file, old, new)
    assert problems_with(project, f"data/dairy-2031/{file}:{line}: {fact}: the fact names itself")


@pytest.mark.parametrize("kind", ["statuss", "revision"])
def test_what_is_at_odds_has_a_kind_that_a_person_records(project, kind):
    # a revision is worked out from what corrects what
    line = project.edit("recovery.yaml", "kind: status, reason", f"kind: {kind}, reason")
    said = f"recovery.yaml:{line}: cold-store-empty: '{kind}' is not a kind of conflict that a person records"
    assert len(problems_with(project, said)) == 1


@pytest.mark.parametrize("kind", [kind for kind in CONFLICTS if kind != "revision"])
def test_every_other_kind_may_be_recorded(project, kind):
    project.edit("recovery.yaml", "kind: status, reason", f"kind: {kind}, reason")
    assert project.problems() == []


def test_a_way_of_overtaking_is_one_of_three(project):
    line = project.edit("impacts.yaml", "how: corrected", "how: corected")
    assert problems_with(project, f"data/dairy-2031/impacts.yaml:{line}: shops-lost-133: ")


# Causes and reasons

REASON = "A firm that has lost its books cannot tell what it owes."


@pytest.mark.parametrize("words", [", words: attack which emptied", ""])
def test_the_words_of_a_quoted_cause_stand_in_a_quotation(project, words):
    line = project.edit("timeline.yaml", ", words: attack that emptied", words)
    [problem] = project.problems()
    said = f"timeline.yaml:{line}: order-books-emptied: a quoted link whose words stand in no quotation"
    assert said in problem


@pytest.mark.parametrize(
    ("words", "read", "right"),
    [
        ("put it down to", "2031-05-01", True),
        ("blamed it on", "2031-05-01", False),
        ("put it down to", "", False),  # nobody compared the paraphrase
    ],
)
def test_the_words_of_a_stated_cause_stand_in_a_paraphrase_that_was_read(project, words, read, right):
    project.edit("timeline.yaml", "link: quoted, words: attack that emptied", f"link: stated, words: {words}")
    evidence = "      quote: a cyber attack that emptied its order books\n      basis: reporter\n"
    more = (
        f"    - source: audit-2031-04-12\n      says: she put it down to the attack\n{read and f'      read: {read}'}\n"
    )
    text = project.text("timeline.yaml").replace(evidence, f"{evidence}{{}}", 1)
    at = text.index("{}")
    apart, rest = text[at + 2 :].split("\n\n", 1)
    project.path("timeline.yaml").write_text(f"{text[:at]}{apart}\n{more}      basis: official\n\n{rest}", "utf-8")
    assert any("a stated link whose words" in problem for problem in project.problems()) != right


def test_an_inferred_cause_needs_a_reason(project):
    project.edit("impacts.yaml", f", reason: {REASON}", "")
    [problem] = project.problems()
    assert "bills-unpaid: an inferred link without a reason" in problem


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("impacts.yaml", REASON, "A firm in Stannet lost its books.", "bills-unpaid: the name “Stannet” of a reason"),
        ("impacts.yaml", REASON, "A firm lost 77 books.", "bills-unpaid: the number “77” of a reason"),
        ("impacts.yaml", REASON, "It was after 5 May 2031.", "bills-unpaid: the date “5 May 2031” of a reason"),
        (
            *(
                "timeline.yaml",
                "no-opening-until-april, reason: It reads",
                "no-opening-until-april, reason: In Stannet it",
            ),
            "stood-still-caption: the name “Stannet” of a reason",
        ),
    ],
)
def test_a_reason_says_no_more_than_the_facts_that_it_joins(project, file, old, new, said):
    line = project.edit(file, old, new)
    [problem] = project.problems()
    assert f"{file}:{line}: {said} stands in none of the facts" in problem


# Circles


def test_causes_do_not_run_in_a_circle(project):
    cause = "  caused_by:\n    - {fact: order-books-emptied, link: inferred, reason: a trial}\n"
    before = "    attack-start: February 2031, no day named\n"
    project.edit("timeline.yaml", before, f"{before}{cause}")
    [problem] = project.problems()
    assert "causes run in a circle: " in problem
    assert "attack-began" in problem and "order-books-emptied" in problem


def test_facts_do_not_supersede_each_other_in_a_circle(project):
    steps = "  supersedes:\n    - {fact: churns-restarted, how: superseded}\n"
    before = "  opens: production\n  when: 2031-04-01\n"
    project.edit("timeline.yaml", before, before.replace("  when", f"{steps}  when"))
    [problem] = problems_with(project, "facts supersede each other in a circle: ")
    assert all(fact in problem for fact in ("no-opening-until-april", "opening-slips", "churns-restarted"))


# Forecasts


@pytest.mark.parametrize("day", ["2031-04-21", "2031-05", "2031"])
def test_a_forecast_stands_in_its_evidence(project, day):
    line = project.edit("recovery.yaml", "forecast: 2031-04-20", f"forecast: {day}")
    said = problems_with(project, f"data/dairy-2031/recovery.yaml:{line}: union-forecast: the forecast ")
    assert len(said) == 1  # "20 April 2031": no wider and no narrower


# Phases


def test_a_phase_is_opened_twice_only_where_a_resolution_follows_one(project):
    assert project.problems() == []  # attack-began and attack-on-5-february open the attack, and one is followed
    project.edit("case.yaml", "follow: [attack-on-5-february], reason", "reason")
    [problem] = project.problems()
    assert "attack-on-5-february: the phase 'attack' is opened twice" in problem
    assert "or let a resolution in case.yaml follow one of them" in problem


def test_a_phase_is_opened_twice_only_where_one_overtakes_the_other(project):
    project.edit("recovery.yaml", "  supersedes:\n    - {fact: opening-slips, how: superseded}\n", "")
    assert problems_with(project, "churns-restarted: the phase 'production' is opened twice")


# Resolutions


@pytest.mark.parametrize("fact", ["disclosure", "shops-lost-1333"])
def test_a_resolution_follows_an_answer_to_its_question(project, fact):
    line = project.edit("case.yaml", "follow: [shops-lost-133, shops", f"follow: [{fact}, shops")
    [problem] = problems_with(project, f"the resolution follows '{fact}', which does not answer the question")
    assert problem.startswith(f"data/dairy-2031/case.yaml:{line}: shops-lost: ")


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("The auditor counted 134 of them.", "the number “134”"),
        ("The count in Stannet came first.", "the name “Stannet”"),
        ("It was made on 5 May 2031.", "the date “5 May 2031”"),
        ('It is "a fair count".', "the quotation “a fair count”"),
    ],
)
def test_a_resolution_says_why_in_words_that_its_answers_hold(project, reason, said):
    project.edit("case.yaml", "reason: The first figure came before anybody had counted.", f"reason: '{reason}'")
    assert problems_with(project, f"shops-lost: {said} of the resolution stands in no answer to the question")


def test_what_the_answers_hold_may_stand_in_a_resolution(project):
    reason = "reason: 'The auditor counted 133 of them, against 120.'"
    project.edit("case.yaml", "reason: The first figure came before anybody had counted.", reason)
    assert project.problems() == []


@pytest.mark.parametrize("fact", ["cost-february", "first-cheque"])
def test_what_a_question_or_a_word_of_the_glossary_arises_from_is_a_fact(project, fact):
    line = project.edit("case.yaml", f"arises_from: {fact}", f"arises_from: {fact}s")
    [problem] = problems_with(project, f"there is no fact '{fact}s'")
    assert problem.startswith(f"data/dairy-2031/case.yaml:{line}: ")


def test_a_question_is_of_a_known_kind(project):
    line = project.edit("case.yaml", "kind: places, asks", "kind: place, asks")
    assert problems_with(project, f"data/dairy-2031/case.yaml:{line}: ")
