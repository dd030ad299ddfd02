"""Relations: what joins facts to each other is sound; each test breaks one join of the invented case."""

import pytest

from casebound.facts.ledger.relations import CONFLICTS


def found(project, said):
    """The problems that say these words, each as it is printed."""
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
    [problem] = found(project, f"data/dairy-2031/{file}:{line}: {fact}: there is no fact '")
    assert "fix: did you mean '" in problem


@pytest.mark.parametrize(
    ("file", "old", "new", "fact"),
    [
        ("recovery.yaml", "{fact: opening-slips, how", "{fact: churns-restarted, how", "churns-restarted"),
        ("recovery.yaml", "{fact: cold-store-back, kind", "{fact: cold-store-empty, kind", "cold-store-empty"),
        ("response.yaml", "outcome_of: first-cheque", "outcome_of: cheque-uncashed", "cheque-uncashed"),
    ],
)
def test_a_fact_does_not_name_itself(project, file, old, new, fact):
    line = project.edit(file, old, new)
    assert found(project, f"data/dairy-2031/{file}:{line}: {fact}: the fact names itself")


@pytest.mark.parametrize("kind", ["statuss", "revision"])
def test_what_is_at_odds_has_a_kind_that_a_person_records(project, kind):
    # a revision is worked out from what corrects what
    line = project.edit("recovery.yaml", "kind: status, reason", f"kind: {kind}, reason")
    said = f"recovery.yaml:{line}: cold-store-empty: '{kind}' is not a kind of conflict that a person records"
    assert len(found(project, said)) == 1


@pytest.mark.parametrize("kind", [kind for kind in CONFLICTS if kind != "revision"])
def test_every_other_kind_may_be_recorded(project, kind):
    project.edit("recovery.yaml", "kind: status, reason", f"kind: {kind}, reason")
    assert project.problems() == []


def test_a_way_of_overtaking_is_one_of_three(project):
    line = project.edit("impacts.yaml", "how: corrected", "how: corected")
    assert found(project, f"data/dairy-2031/impacts.yaml:{line}: shops-lost-133: ")


# Circles


def test_facts_do_not_supersede_each_other_in_a_circle(project):
    steps = "  supersedes:\n    - {fact: churns-restarted, how: superseded}\n"
    before = "  opens: production\n  when: 2031-04-01\n"
    project.edit("timeline.yaml", before, before.replace("  when", f"{steps}  when"))
    [problem] = found(project, "facts supersede each other in a circle: ")
    assert all(fact in problem for fact in ("no-opening-until-april", "opening-slips", "churns-restarted"))


# Forecasts


@pytest.mark.parametrize("day", ["2031-04-21", "2031-05", "2031"])
def test_a_forecast_stands_in_its_evidence(project, day):
    line = project.edit("recovery.yaml", "forecast: 2031-04-20", f"forecast: {day}")
    said = found(project, f"data/dairy-2031/recovery.yaml:{line}: union-forecast: the forecast ")
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
    assert found(project, "churns-restarted: the phase 'production' is opened twice")


# Resolutions


@pytest.mark.parametrize("fact", ["disclosure", "shops-lost-1333"])
def test_a_resolution_follows_an_answer_to_its_question(project, fact):
    line = project.edit("case.yaml", "follow: [shops-lost-133, shops", f"follow: [{fact}, shops")
    [problem] = found(project, f"the resolution follows '{fact}', which does not answer the question")
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
    assert found(project, f"shops-lost: {said} of the resolution stands in no answer to the question")


def test_what_the_answers_hold_may_stand_in_a_resolution(project):
    reason = "reason: 'The auditor counted 133 of them, against 120.'"
    project.edit("case.yaml", "reason: The first figure came before anybody had counted.", reason)
    assert project.problems() == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("arises_from: cost-february", "arises_from: cost-febuary"),
        ("arises_from: first-cheque", "arises_from: first-chequ"),
    ],
)
def test_what_a_question_or_a_word_of_the_glossary_arises_from_is_a_fact(project, old, new):
    line = project.edit("case.yaml", old, new)
    fact = new.removeprefix("arises_from: ")
    [problem] = found(project, f"there is no fact '{fact}'")
    assert problem.startswith(f"data/dairy-2031/case.yaml:{line}: ")


def test_a_question_is_of_a_known_kind(project):
    line = project.edit("case.yaml", "kind: places, asks", "kind: place, asks")
    assert found(project, f"data/dairy-2031/case.yaml:{line}: ")
