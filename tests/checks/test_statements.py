"""Statements: what a source's words bear passes, in whatever form; what they do not bear is refused."""

import pytest

from casebound.checks import relations, statements
from casebound.facts.ledger.casefile import casefile

FACT = """
- id: lamp-told
  statement: {statement}
  when: "{when}"
  dated: {{rule: by-publication, base: 2019-01-06}}
  status: {status}
  evidence:
    - source: lamp
      says: {says}
      speaker: the keeper
      basis: reporter
"""
SOURCE = """
- id: lamp
  type: article-newspaper
  title: A lamp
  container-title: BBC News
  issued: 2019-01-06
  available: 2019-01-06
  origin: lamp
  grade: B
  grade_reason: An invented paper.
  access: excerpt
"""


def refused(project, statement, says, status="done", more="", when="../2019-01-06"):
    """Return what the checks of statements say of a fact with one source of its own, each with its code."""
    fact = FACT.format(statement=statement, says=says, status=status, when=when) + more
    project.append("context.yaml", fact)
    project.append("sources.yaml", SOURCE)
    return [f"{p.code}: {p.what}" for p in statements.problems_of(casefile(project.case)) if p.id == "lamp-told"]


@pytest.mark.parametrize(
    ("statement", "says", "status", "code"),
    [
        ("The keeper told BBC reporters of it.", "he told reporters of it", "done", ""),
        ("The keeper told ITV reporters of it.", "he told reporters of it", "done", "CB403"),
        ("The Norwegian keeper lit it.", "the keeper lit it in Norway", "done", ""),
        ("The Swedish keeper lit it.", "the keeper lit it in Norway", "done", "CB403"),
        ("It cost NOK 300 million.", "it cost 300 million kroner", "done", ""),
        ("It cost USD 300 million.", "it cost 300 million kroner", "done", "CB401"),
        ("Two lamps went out.", "the lamps at Lark and Holt Fen went out", "done", ""),
        ("Three lamps went out.", "the lamps at Lark and Holt Fen went out", "done", "CB401"),
        ("Lamp No. 4 was lit.", "the fourth lamp, No. 4, was lit", "done", ""),
        ("The keeper had no plans to pay.", "the keeper had no plans to pay", "done", ""),
        ("The keeper did not pay.", "the keeper had no plans to pay", "done", "CB407"),
        ("The keeper plans to pay.", "the keeper plans to pay", "done", "CB407"),
        (
            "The keeper offers a reward for a man suspected of it.",
            "the keeper offers a reward for a man suspected of it",
            "done",
            "",
        ),
        (
            "The keeper offers a reward for the man who did it.",
            "the keeper offers a reward for a man suspected of it",
            "done",
            "CB407",
        ),
        ("A dark lamp can bring a penalty.", "a dark lamp can bring a penalty", "possible", ""),
        ("A dark lamp brings a penalty.", "a dark lamp can bring a penalty", "possible", "CB406"),
    ],
)
def test_a_statement_may_say_in_another_form_what_its_evidence_says(project, statement, says, status, code):
    assert [problem[:5] for problem in refused(project, statement, says, status)] == [code] * bool(code)


@pytest.mark.parametrize(
    ("forecast", "says", "holds"),
    [
        *((f"'{form}'", "the lamp will not be lit before 2034", True) for form in ("[2034..]", "2034", "2034/..")),
        ("'[2034-06..]'", "the lamp will not be lit before June 2034", True),
        ("'[2035..]'", "the lamp will not be lit before 2034", False),
        ("'[2034..]'", "the lamp will not be lit before it has cost 2034 euros", False),
        ("2034-06-02", "the lamp will not be lit before 2034", False),
    ],
)
def test_a_forecast_may_be_a_year_or_month_that_the_evidence_names(project, forecast, says, holds):
    more = f"  system: production\n  forecast: {forecast}\n"
    refused(project, "The lamp will not be lit soon.", says, "expected", more)
    found = [p.code for p in relations.problems_of(casefile(project.case)) if p.id == "lamp-told"]
    assert found == [] if holds else ["CB506"]


@pytest.mark.parametrize(("day", "code"), [("16 January 2019", ""), ("17 January 2019", "CB402")])
def test_the_day_of_a_forecast_may_stand_where_the_source_says_by_friday(project, day, code):
    statement = f"The lamp was to be lit by {day}."
    found = refused(project, statement, "the lamp was to be lit by Wednesday", "planned", "  forecast: 2019-01-16\n")
    assert [problem[:5] for problem in found] == [code] * bool(code)
