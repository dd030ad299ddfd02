"""Holding: what a fact holds is what its evidence prints, quotes or paraphrases, no more."""

import pytest

from casebound.facts.dates.mentions import dates_in
from casebound.facts.ledger.casefile import casefile
from casebound.facts.ledger.holding import held_by, is_held_by, is_held_in

GILL, MARSH, AUDIT = "gill-2031-04-10", "marsh-2031-04-10", "audit-2031-04-12"


@pytest.fixture
def case(project):
    return casefile(project.case)


def test_a_figure_as_printed_holds_its_numbers_and_dates(case):
    # the paraphrase names no number; "133 shops" is printed
    held = held_by(case, case.facts["shops-lost-133"], with_statement=False)
    assert 133 in held.numbers
    # "20 April 2031"
    held = held_by(case, case.facts["union-forecast"], with_statement=False)
    [day] = dates_in("20 April 2031")
    assert held.holds_date(day)


def test_without_its_figure_as_printed_a_number_is_not_held(project):
    project.edit("impacts.yaml", "      figure_as_printed: 133 shops\n", "")
    said = [problem for problem in project.problems() if "shops-lost-133: " in problem]
    assert any("the number “133” of the statement stands in none of its evidence" in problem for problem in said)
    assert any("the quantity 133 shops stands in none of its evidence" in problem for problem in said)


def test_a_figure_is_no_quotation(case):
    held = held_by(case, case.facts["shops-lost-133"])
    assert not held.holds_quotation("133 shops")
    assert held_by(case, case.facts["no-ransom"]).holds_quotation("We have not paid a ransom")


def test_a_phrase_in_a_figure_dates_a_fact_and_one_in_a_piece_that_disputes_it_does_not(project):
    project.edit("impacts.yaml", "says: milk has gone by rail since 3 March\n", "says: milk has gone by rail\n")
    rail, reporter = "by rail\n", "      basis: reporter\n"
    printed = f"      figure_as_printed: since 3 March\n{reporter}"
    project.edit("impacts.yaml", rail + reporter, rail + printed)
    assert project.problems() == []
    disputing = f"    - {{source: {MARSH}, says: since 3 March, basis: reporter, stance: disputes}}\n"
    project.edit("impacts.yaml", printed, reporter + disputing)
    assert any("milk-by-rail: the phrase “since 3 March”" in problem for problem in project.problems())


@pytest.mark.parametrize("sources", [(GILL,), (MARSH,), (AUDIT,), (GILL, MARSH, AUDIT)])
def test_each_piece_that_says_it_all_holds_a_fact_alone(case, sources):
    assert is_held_by(case, case.facts["churns-restarted"], sources)


def test_a_fact_is_not_held_by_sources_that_say_less(project):
    project.edit("recovery.yaml", "says: churning restarted at Holt Fen on", "says: churning restarted on")
    case = casefile(project.case)
    assert not is_held_by(case, case.facts["churns-restarted"], (AUDIT,))  # Holt Fen is not named
    assert is_held_by(case, case.facts["churns-restarted"], (AUDIT, GILL))


def test_a_text_is_held_by_what_the_sources_at_hand_say_of_the_facts(case):
    facts = ("shops-lost-120", "shops-lost-133")
    assert is_held_in(case, "The auditor counted 133.", facts, (AUDIT, GILL))
    assert not is_held_in(case, "The auditor counted 134.", facts, (AUDIT, GILL))


def test_words_that_only_another_source_prints_are_not_held(case):
    # "Our cold store at Cawdale works as before"
    text = 'The cold store "works as before".'
    assert is_held_in(case, text, ("cold-store-back",), ("oak-2031-03-24",))
    assert not is_held_in(case, text, ("cold-store-back",), ("quill-2031-03-20",))
