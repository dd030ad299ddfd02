"""Terms: a case adds words and renames them; what the program reads stays as it is."""

import pytest

from casebound.facts.ledger.casefile import casefile, readable
from casebound.facts.problems import CaseError

RED = "{label: red, means: It is red.}"


def written(project, *vocabularies):
    """Add vocabularies, each with its words, to the case's own terms.yaml; return the line of the first."""
    return project.append("terms.yaml", "".join(f"\n{each}\n" for each in vocabularies)) + 1


def refused(project):
    with pytest.raises(CaseError) as caught:
        casefile(project.case)
    return [str(problem) for problem in caught.value.problems]


def test_a_case_s_words_stand_before_the_common_ones_in_its_own_order(project):
    systems = list(casefile(project.case).terms["system"])
    own = ["production", "it infrastructure", "invoicing", "supplier payments", "parts logistics"]
    assert systems == [*own, "email", "telephony", "website", "payments"]


def test_a_word_that_both_have_keeps_the_fields_that_the_case_leaves_alone(project):
    common = casefile(project.case).terms["state"]["stopped"]
    written(project, "state:\n  stopped: {label: dry}\n  sour: {label: sour, means: It is sour., rung: 1}")
    states = casefile(project.case).terms["state"]
    assert (states["stopped"].label, states["stopped"].means, states["stopped"].rung) == ("dry", common.means, 0)
    assert list(states)[:2] == ["stopped", "sour"] and "normal" in states


def test_a_word_of_the_program_may_get_another_label(project):
    written(project, "status:\n  done: {label: happened}")
    status = casefile(project.case).terms["status"]
    assert status["done"].label == "happened" and next(iter(status)) == "done" and "denied" in status


@pytest.mark.parametrize(
    ("vocabulary", "said"),
    [
        (f"status:\n  dune: {RED}", "there is no status 'dune'"),
        (f"basis:\n  hearsay: {RED}", "A case may add words only to system, state, phase"),
        ("status:\n  done: {admits: [plan]}", "a case may not change 'admits' of 'done'"),
        ("state:\n  sour: {label: sour, means: It is sour.}", "a state without its rung"),
        ("act:\n  churn: {label: churning}", "missing"),
        ("effect:\n  harm: worse", ""),
        (f"colour:\n  red: {RED}", "this is not a vocabulary"),
        (f"hedges:\n  negation: {RED}", "this is not a vocabulary"),
        ("group:", "the vocabulary 'group' holds no words"),
    ],
)
def test_what_a_case_may_not_write_is_refused_at_its_line(project, vocabulary, said):
    line = written(project, vocabulary)
    [problem] = refused(project)
    assert problem.startswith("data/dairy-2031/terms.yaml:") and said in problem
    assert int(problem.split(":")[1]) in (line, line + 1)


def test_a_case_without_words_of_its_own_has_the_common_ones(project):
    for words in (None, "# none yet\n"):
        project.path("terms.yaml").unlink() if words is None else project.path("terms.yaml").write_text(words, "utf-8")
        assert list(readable(project.case).terms["system"])[:2] == ["it infrastructure", "email"]
