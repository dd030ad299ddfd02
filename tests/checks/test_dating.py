"""Dating: each date is worked out again from its rule, its phrase and its base; the article says the words quoted."""

import pytest


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
        problem.startswith(f"data/dairy-2031/{file}:{line}: {fact}: when is ") and f"gives {expected}\n" in problem
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
        ("impacts.yaml", "since the attack, base: 2031-03-20,", "since the attack,", "pressure: the rule needs a base"),
        ("timeline.yaml", EVENT, EVENT.replace("began", "begun"), "did you mean 'attack-began'?"),
        ("timeline.yaml", EVENT, "event: attack-began", "needs the phrase that ties the fact"),
        ("timeline.yaml", EVENT, EVENT.replace("at once", "promptly"), "“promptly” stands in none of the evidence"),
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
