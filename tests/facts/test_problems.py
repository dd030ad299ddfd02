"""Problems: a plain line for each, all at once, and the nearest known word."""

import pytest

from casebound.facts.problems import CaseError, Problem, did_you_mean


def test_a_problem_names_file_line_id_what_and_cure():
    problem = Problem("data/x/timeline.yaml", 7, "milk-stopped", "no source 'b'", "did you mean 'a'?")
    assert str(problem) == "data/x/timeline.yaml:7: milk-stopped: no source 'b'\n    fix: did you mean 'a'?"


def test_what_is_not_known_is_left_out():
    assert str(Problem("data", 0, "", "there is no case ''")) == "data: there is no case ''"


def test_an_error_holds_each_problem_once_in_the_order_of_files_and_lines():
    a, b, c = Problem("a", 2, "", "x"), Problem("a", 10, "", "x"), Problem("b", 1, "", "x")
    assert CaseError([c, b, a, b]).problems == [a, b, c]
    assert str(CaseError([c, a])) == "a:2: x\nb:1: x"


@pytest.mark.parametrize(
    ("word", "known", "proposal"),
    [
        ("churns-stoped", ["churns-stopped", "bills-unpaid"], "did you mean 'churns-stopped'?"),
        ("zzz", ["b", "a"], "known: a, b"),
        ("zzz", [], "none is known"),
        ("", ["a"], "known: a"),
        ("zzz", [f"a{n}" for n in range(41)], "none of the 41 known names is similar"),
    ],
)
def test_the_nearest_known_word_is_proposed_or_all_are_listed(word, known, proposal):
    assert did_you_mean(word, known) == proposal
