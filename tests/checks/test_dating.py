"""Dating: each date is worked out again from its rule, its phrase and its base; the article says the words quoted."""

import pytest

from casebound.checks import dating
from casebound.facts.ledger.casefile import casefile


@pytest.mark.parametrize(
    ("file", "fact", "old", "new", "expected"),
    [
        ("timeline.yaml", "no-opening-until-april", "when: 2031-04-01", "when: 2031-04-07", "2031-04-01"),
        ("timeline.yaml", "odd-logins", "when: 2031-01\n", "when: 2031-01-15\n", "2031-01"),
        (
            *("timeline.yaml", "churns-stopped", 'opens: stoppage\n  when: "[2031-02-01..2031-02-19]"'),
            *("opens: stoppage\n  when: 2031-02-19", "[2031-02-01..2031-02-19]"),
        ),
        (
            *("timeline.yaml", "article-updated", "when: 2031-03-20T09:40+00:00", "when: 2031-03-20T09:41+00:00"),
            "2031-03-20T08:15+00:00 or 2031-03-20T09:40+00:00",
        ),
        (
            *("impacts.yaml", "pressure", "when: 2031-02/2031-03-20\n  dated: {rule: since-event"),
            *("when: 2031-02-01/2031-03-20\n  dated: {rule: since-event", "2031-02/2031-03-20"),
        ),
        ("recovery.yaml", "paid-by-hand", "when: 2031-03-20/..", "when: 2031-03-20", "2031-03-20/.."),
        ("context.yaml", "system-bought", "when: 2029-06-03", "when: 2029-03-06", "2029-06-03"),
    ],
)
def test_a_date_that_its_rule_does_not_give_is_refused(project, file, fact, old, new, expected):
    line = project.edit(file, old, new) + new.count("\n", 0, new.index("when"))
    assert any(
        problem.startswith(f"data/dairy-2031/{file}:{line}: {fact}: when is ")
        and f"gives {expected} [CB302]\n" in problem
        for problem in project.problems()
    )


NAMED = "phrase: until April 1, base: 2031-03-20"
EVENT = "phrase: at once, event: attack-began"


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("timeline.yaml", "when: 2031-04-01", "when: 2031-04-31", "names a day that is not in the calendar"),
        ("timeline.yaml", f"rule: named-day, {NAMED}", f"rule: nameday, {NAMED}", "there is no rule 'nameday'"),
        (
            "timeline.yaml",
            NAMED,
            f"{NAMED[:-1]}1",
            "was issued or updated on its base, 2031-03-21",
        ),
        ("timeline.yaml", NAMED, "phrase: until April 1", "the rule needs a base"),
        (
            "impacts.yaml",
            "since the attack, base: 2031-03-20,",
            "since the attack,",
            "the attack': the rule needs a base",
        ),
        ("timeline.yaml", EVENT, EVENT.replace("began", "begun"), "did you mean 'attack-began'?"),
        ("timeline.yaml", EVENT, "event: attack-began", "the rule needs the phrase"),
        ("timeline.yaml", EVENT, EVENT.replace("at once", "promptly"), "“promptly” stands in none of the evidence"),
        ("timeline.yaml", ", event: attack-began}\n  status: done", "}\n  status: done", "the rule needs an `event`"),
        (
            "timeline.yaml",
            f"{{rule: named-day, {NAMED}}}",
            "{rule: person}",
            "a person names the date, but gives no reason",
        ),
        ("recovery.yaml", "phrase: From now on", "phrase: rom now on", "“rom now on” stands in none of the evidence"),
    ],
)
def test_a_date_that_cannot_be_followed_is_refused(project, file, old, new, said):
    line = project.edit(file, old, new)
    found = [problem for problem in project.problems() if said in problem]
    assert len(found) == 1
    assert found[0].split(":")[1] in (str(line), str(line - 1))


def test_facts_that_are_dated_by_each_other_are_refused(project):
    words = "phrase: more than a month ago"
    before = f"dated: {{rule: more-than-a-month-ago-in, {words} in February, base: 2031-03-20}}"
    project.edit("timeline.yaml", before, f"dated: {{rule: with-event, {words}, event: churns-stopped}}")
    said = "'churns-stopped' is dated by 'attack-began', which is dated by it in turn"
    assert any(said in line for line in project.problems())


def test_a_fact_dated_by_another_follows_it(project):
    before = 'opens: attack\n  when: "[2031-02-01..2031-02-19]"'
    project.edit("timeline.yaml", before, before.replace("-19]", "-18]"))
    said = "churns-stopped: when is [2031-02-01..2031-02-19], but the rule 'with-event' gives [2031-02-01..2031-02-18]"
    assert any(said in line for line in project.problems())


DAY = "  when: 2031-04-01\n  dated: {rule: named-day, phrase: until April 1, base: 2031-03-20}\n"
PLAN = "no-opening-until-april"


@pytest.mark.parametrize(
    ("old", "new", "fix"),
    [
        ("rule: named-day", "rule: yesterday", "the rule 'named-day' gives 2031-04-01; name it, or date it with"),
        ("rule: named-day", "rule: nameday", "the rule 'named-day' gives 2031-04-01; name it, or date it with"),
        ("rule: named-day", "rule: through", "the rule 'named-day' gives 2031-04-01; name it, or correct `when`"),
        ("when: 2031-04-01", "when: 2030-04-01", "a date that is 'planned' lies not before its base: correct `when`"),
        ("when: 2031-04-01", "when: 2031-04-03", "correct `when`, or name the rule that was followed"),
        ("base: 2031-03-20", "base: 2031-03-21", "write base: 2031-03-20"),
    ],
)
def test_the_fix_names_the_rule_that_fits(project, old, new, fix):
    project.edit("timeline.yaml", DAY, DAY.replace(old, new))
    assert any(f": {PLAN}: " in problem and f"\n    fix: {fix}" in problem for problem in project.problems())


@pytest.mark.parametrize("reason", [None, "The poster on the gate names this day."])
def test_a_person_may_name_a_date_with_a_reason(project, reason):
    dated = f'{{rule: person, reason: "{reason}"}}' if reason else "{rule: person}"
    project.edit("timeline.yaml", DAY, f"  when: 2031-04-01\n  dated: {dated}\n")
    assert len(project.problems()) == (0 if reason else 1)
    assert list(project.load().facts.query("rule == 'person'").index) == [PLAN]


LAMP = """
- id: lamp-lit
  statement: A lamp was lit.
  when: {when}
  dated: {dated}
  status: {status}
  evidence:
    - source: lamp
      says: a lamp was lit {phrase}
      speaker: the keeper
      basis: reporter
"""
SOURCE = """
- id: lamp
  type: article-newspaper
  title: A lamp
  issued: {issued}
  available: {available}
  origin: lamp
  grade: B
  grade_reason: An invented paper.
  access: excerpt
"""


def of_lamp(project, when, dated, status, issued="2031-01-06", available=None, phrase=""):
    """Return the problems with the date of a fact that has one source of its own."""
    project.append("context.yaml", LAMP.format(when=when, dated=dated, status=status, phrase=phrase))
    project.append("sources.yaml", SOURCE.format(issued=issued, available=available or issued))
    problems = map(str, dating.problems_of(casefile(project.case)))
    return [problem.partition("lamp-lit: ")[2] for problem in problems if "lamp-lit" in problem]


@pytest.mark.parametrize(
    ("when", "status", "issued", "available", "side"),
    [
        ("2031-01-07", "done", "2031-01-06", "2031-01-06", "after"),
        ("2031-02", "done", "2031-01", "2031-01", "after"),
        ("2031-01-07/..", "under way", "2031-01-06", "2031-01-06", "after"),
        ("2031-01-06T12:01+00:00", "done", "2031-01-06T12:00+00:00", "2031-01-06T12:00+00:00", "after"),
        ("2031-01-05", "planned", "2031-01-06", "2031-01-06", "before"),
        ("2030-12", "planned", "2031-01", "2031-01", "before"),
        ("2031-01-06", "done", "2031-01-06", "2031-01-06", None),
        ("2031-01-08", "done", "2031-01-06", "2031-01-08", None),  # told in an update
        ("2031-01", "done", "2031-01-06", "2031-01-06", None),
        ("2031-01-07", "done", "2031-01-06T20:00-05:00", "2031-01-06T20:00-05:00", None),  # 01:00 in the case's zone
        ("2031-01-06", "done", "2031-01-06T23:00-05:00", "2031-01-06T23:00-05:00", None),
        ("2031-01-31", "done", "2031-01", "2031-01", None),
        ("../2031-01-07", "done", "2031-01-06", "2031-01-06", None),
        ("2031-01", "planned", "2031-01-06", "2031-01-06", None),
        ("2031-01-06", "planned", "2031-01-06T20:00-05:00", "2031-01-06T20:00-05:00", None),
        ("2030-12-24", "pledged", "2031-01-06", "2031-01-06", None),  # the day of the promise
        ("2031-01-09", "claimed", "2031-01-06", "2031-01-06", None),
    ],
)
def test_what_is_done_does_not_lie_after_its_sources_nor_what_is_planned_before(
    project, when, status, issued, available, side
):
    found = of_lamp(project, f'"{when}"', "{rule: stamp}", status, f'"{issued}"', f'"{available}"')
    outside = [problem for problem in found if f"lies {side} each of its sources" in problem]
    assert len(outside) == (side is not None)
    assert all("fix: correct `when` or `status`, or say in `dated.reason` why it is so" in line for line in outside)
    assert side or not any("each of its sources" in problem for problem in found)


@pytest.mark.parametrize(("when", "status"), [("2031-01-07", "done"), ("2031-01-05", "planned")])
def test_a_reason_admits_a_date_on_the_other_side_of_its_sources(project, when, status):
    assert of_lamp(project, when, "{rule: person, reason: The paper carries a wrong day.}", status) == []


@pytest.mark.parametrize(
    ("when", "rule", "issued", "right"),
    [
        ("2031-02", "at-publication", "2031-02", True),
        ("../2031-02", "by-publication", "2031-02", True),
        ("2031", "at-publication", "2031", True),
        ("2031-02", "at-publication", "2031-02~", True),
        ("2031-02-28", "at-publication", "2031-02", False),
        ("../2031-02-28", "by-publication", "2031-02", False),
    ],
)
def test_the_month_of_a_source_is_never_its_last_day(project, when, rule, issued, right):
    found = of_lamp(project, f'"{when}"', f"{{rule: {rule}, base: {issued.rstrip('~')}}}", "done", issued)
    assert (found == []) == right
    if not right:  # neither by the day as a base
        project.edit("context.yaml", f"base: {issued}", "base: 2031-02-28")
        assert any("write base: 2031-02\n" in f"{problem}\n" for problem in project.problems())


@pytest.mark.parametrize(
    ("when", "phrase", "status", "right"),
    [
        ("2030-12-29", "on 29 December", "done", True),
        ("2031-12-29", "on 29 December", "done", False),
        ("2031-12-29", "on 29 December", "planned", True),
        ("2030-12-29", "on 29 December", "planned", False),
        ("2031-01-05", "on Sunday evening", "done", True),
        ("2030-12-29", "on Sunday evening", "done", False),
        ("2031-01-12", "on Sunday evening", "planned", True),
        ("2031-01-06", "on Sunday evening", "done", False),
    ],
)
def test_a_year_or_week_is_that_of_the_status(project, when, phrase, status, right):
    dated = f"{{rule: named-day, phrase: {phrase}, base: 2031-01-06}}"
    assert (of_lamp(project, when, dated, status, phrase=phrase) == []) == right


@pytest.mark.parametrize(
    ("rule", "phrase", "when", "wrong"),
    [
        ("weekday", "on Sunday evening", "2031-04-06", "2031-04-13"),
        ("part-of-month", "in late March", "[2031-03-21..2031-03-31]", "2031-03"),
        ("quarter", "in the first quarter", "[2031-01..2031-03]", "2031-01"),
        ("named-year", "in 2030", "2030", "2031"),
        ("period", "last week", "[2031-03-31..2031-04-06]", "[2031-04-07..2031-04-12]"),
        ("overnight", "overnight", "[2031-04-11..2031-04-12]", "2031-04-12"),
        ("weekend", "over the weekend", "[2031-04-12..2031-04-13]", "2031-04-05"),
        ("counted", "two days ago", "2031-04-10", "2031-04-11"),
        ("through", "through April 9", "../2031-04-09", "2031-04-09/.."),
        ("between", "between 3 and 9 April", "2031-04-03/2031-04-09", "2031-04-03"),
    ],
)
def test_a_fact_is_dated_by_the_words_of_its_source(project, rule, phrase, when, wrong):
    dated = f"{{rule: {rule}, phrase: {phrase}, base: 2031-04-12}}"
    assert of_lamp(project, f'"{when}"', dated, "done", "2031-04-12", phrase=phrase) == []
    project.edit("context.yaml", f'when: "{when}"', f'when: "{wrong}"')
    assert any(f"lamp-lit: when is {wrong}, but the rule '{rule}' gives" in problem for problem in project.problems())


@pytest.mark.parametrize(("language", "when"), [("en-US", "2031-03-10"), ("en-GB", "2031-10-03")])
@pytest.mark.parametrize("quoted", [True, False])
def test_a_date_in_figures_is_read_in_the_order_of_its_source_and_in_our_words_of_the_case(
    project, language, when, quoted
):
    dated = "{rule: exact-date, phrase: on 03/10/2031, base: 2031-12-01}"
    project.edit("case.yaml", "language: en-GB", f"language: {'en-GB' if quoted else language}")
    of_lamp(project, when, dated, "done", "2031-12-01", phrase="on 03/10/2031")
    if quoted:
        project.edit("sources.yaml", "title: A lamp\n", f"title: A lamp\n  language: {language}\n")
        project.edit("context.yaml", "says: a lamp was lit", "quote: a lamp was lit")
    assert [problem for problem in dating.problems_of(casefile(project.case)) if problem.id == "lamp-lit"] == []


def test_a_fact_may_be_counted_from_another(project):
    dated = "{rule: counted, phrase: two days later, event: churns-restarted}"
    assert of_lamp(project, "2031-04-11", dated, "done", "2031-04-12", phrase="two days later") == []
    project.edit("context.yaml", "when: 2031-04-11", "when: 2031-04-12")
    assert any("gives 2031-04-11" in problem for problem in project.problems())
