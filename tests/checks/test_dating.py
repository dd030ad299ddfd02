"""Dating: each date is worked out again from its rule, its phrase and its base; the article says the words quoted."""

import pytest


@pytest.mark.parametrize(
    ("file", "fact", "old", "new", "expected"),
    [
        ("timeline.yaml", "no-opening-until-april", "when: 2031-04-01", "when: 2031-04-07", "2031-04-01"),
        ("timeline.yaml", "odd-logins", "when: 2031-01\n", "when: 2031-01-15\n", "2031-01"),
        (
            "timeline.yaml",
            "attack-began",
            'opens: attack\n  when: "[2031-02-01..2031-02-19]"',
            'opens: attack\n  when: "[2031-02-01..2031-02-20]"',
            "[2031-02-01..2031-02-19]",
        ),
        (
            "timeline.yaml",
            "churns-stopped",
            'opens: stoppage\n  when: "[2031-02-01..2031-02-19]"',
            "opens: stoppage\n  when: 2031-02-19",
            "[2031-02-01..2031-02-19]",
        ),
        (
            "timeline.yaml",
            "article-updated",
            "when: 2031-03-20T09:40+00:00",
            "when: 2031-03-20T09:41+00:00",
            "2031-03-20T08:15+00:00 or 2031-03-20T09:40+00:00",
        ),
        (
            "impacts.yaml",
            "pressure",
            "when: 2031-02/2031-03-20\n  dated: {rule: since-event",
            "when: 2031-02-01/2031-03-20\n  dated: {rule: since-event",
            "2031-02/2031-03-20",
        ),
        ("response.yaml", "mayor-promise", "when: 2031-03-19", "when: 2031-03-20", "2031-03-19"),
        (
            "response.yaml",
            "inspector-visit",
            'when: "[2031-03-17..2031-03-20]"',
            'when: "[2031-03-16..2031-03-20]"',
            "[2031-03-17..2031-03-20]",
        ),
        (
            "recovery.yaml",
            "first-bills",
            "when: 2031-03-20\n  dated: {rule: today",
            "when: 2031-03-21\n  dated: {rule: today",
            "2031-03-20",
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


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("timeline.yaml", "when: 2031-04-01", "when: 2031-04-31", "names a day that is not in the calendar"),
        (
            "timeline.yaml",
            "rule: named-day, phrase: until April 1",
            "rule: nameday, phrase: until April 1",
            "there is no rule 'nameday'",
        ),
        (
            "timeline.yaml",
            "phrase: until April 1, base: 2031-03-20",
            "phrase: until April 1, base: 2031-03-21",
            "no source of the fact was issued or updated on its base, 2031-03-21",
        ),
        ("timeline.yaml", "phrase: until April 1, base: 2031-03-20", "phrase: until April 1", "the rule needs a base"),
        (
            "timeline.yaml",
            "phrase: at once, event: attack-began",
            "phrase: at once, event: attack-begun",
            "did you mean 'attack-began'?",
        ),
        (
            "timeline.yaml",
            "{rule: with-event, phrase: at once, event",
            "{rule: with-event, event",
            "needs the phrase that ties the fact",
        ),
        (
            "timeline.yaml",
            "phrase: at once, event: attack-began",
            "phrase: promptly, event: attack-began",
            "the phrase “promptly” stands in none of the evidence",
        ),
        (
            "recovery.yaml",
            "phrase: Earlier today",
            "phrase: Later today",
            "the phrase “Later today” stands in none of the evidence",
        ),
    ],
)
def test_a_date_that_cannot_be_followed_is_refused(project, file, old, new, said):
    line = project.edit(file, old, new)
    found = [problem for problem in project.problems() if said in problem]
    assert len(found) == 1
    assert found[0].split(":")[1] in (str(line), str(line - 1))


def test_facts_that_are_dated_by_each_other_are_refused(project):
    project.edit(
        "timeline.yaml",
        "dated: {rule: more-than-a-month-ago-in, phrase: more than a month ago in February, base: 2031-03-20}",
        "dated: {rule: with-event, phrase: more than a month ago, event: churns-stopped}",
    )
    assert any("'churns-stopped' is dated by 'attack-began', which is dated by it in turn" in line
               for line in project.problems())  # fmt: skip


def test_a_state_since_an_event_needs_the_day_from_which_the_source_speaks(project):
    project.edit("impacts.yaml", "phrase: since the attack, base: 2031-03-20, event", "phrase: since the attack, event")
    assert any("pressure: the rule needs a base" in line for line in project.problems())


def test_a_phrase_stands_in_whole_words(project):
    project.edit("recovery.yaml", "phrase: From now on", "phrase: rom now on")
    assert any("the phrase “rom now on” stands in none of the evidence" in line for line in project.problems())


def test_a_fact_dated_by_another_follows_it(project):
    project.edit(
        "timeline.yaml",
        'opens: attack\n  when: "[2031-02-01..2031-02-19]"',
        'opens: attack\n  when: "[2031-02-01..2031-02-18]"',
    )
    assert any(
        "churns-stopped: when is [2031-02-01..2031-02-19], but the rule 'with-event' gives [2031-02-01..2031-02-18]"
        in line
        for line in project.problems()
    )
