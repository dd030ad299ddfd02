"""The seed case: whoever changes one word of it against its evidence is told so, with file and line."""

import pytest

CHECKED = "the quotation was changed after it was last verified"


def said_at(project, file, line):
    """What `make check` says of one line of the seed."""
    start = f"data/jlr-2025/{file}:{line}: "
    return "\n".join(problem for problem in project.problems() if problem.startswith(start))


def test_the_seed_is_well(seed_copy):
    assert seed_copy.problems() == []


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        # "... warning that it would not resume manufacturing until October 1."
        (
            "timeline.yaml",
            "quote: would not resume manufacturing until October 1",
            "quote: would not resume manufacturing until October 7",
            CHECKED,
        ),
        (
            "timeline.yaml",
            "when: 2025-10-01\n  dated: {rule: named-day, phrase: until October 1,",
            "when: 2025-10-07\n  dated: {rule: named-day, phrase: until October 1,",
            "when is 2025-10-07, but the rule 'named-day' gives 2025-10-01",
        ),
        (
            "timeline.yaml",
            "resume manufacturing until 1 October 2025.",
            "resume manufacturing until 7 October 2025.",
            "the date “7 October 2025” of the statement",
        ),
        (
            "narrative.md",
            "- **1 October 2025**",
            "- **7 October 2025**",
            "the date “7 October 2025” stands in none of the facts",
        ),
        # "JLR has not confirmed whether customer information was compromised"
        ("attribution.yaml", "quote: JLR has not confirmed", "quote: JLR has confirmed", CHECKED),
        (
            "attribution.yaml",
            "statement: JLR had not confirmed",
            "statement: JLR had confirmed",
            "status is 'unconfirmed', but the statement keeps no word of negation",
        ),
        (
            "narrative.md",
            "- **Not confirmed:** whether",
            "- **Confirmed:** whether",
            "'customer-data-unconfirmed' denies something, and the sentence does not",
        ),
        # "the group may have gained access to sensitive data"
        (
            "attribution.yaml",
            "statement: Experts said that the group may have gained",
            "statement: Experts said that the group had gained",
            "keeps no word of possibility",
        ),
        # "JLR employs more than 30,000 people"
        (
            "context.yaml",
            "statement: JLR employs more than 30,000",
            "statement: JLR employs more than 40,000",
            "the number “40,000” of the statement",
        ),
    ],
)
def test_one_changed_word_is_refused_with_file_and_line(seed_copy, file, old, new, said):
    line = seed_copy.edit(file, old, new)
    assert said in said_at(seed_copy, file, line), seed_copy.problems()


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("JLR employs more than 30,000 people [@workforce].", ""),
        ("JLR employs more than 40,000 people [@workforce].", "the number “40,000” stands in none of the facts"),
        ("JLR employs more than 30,000 people [@work-force].", "there is no fact 'work-force'"),
        ("JLR employs more than 30,000 people.", "the sentence cites nothing"),
        ("Toyota employs more than 30,000 people [@workforce].", "the name “Toyota” stands in none of the facts"),
    ],
)
def test_a_sentence_says_what_its_fact_holds(seed_copy, sentence, said):
    # "JLR employs more than 30,000 people"
    line = seed_copy.append("narrative.md", f"\n{sentence}\n") + 1
    found = said_at(seed_copy, "narrative.md", line)
    assert said in found if said else found == ""


def test_a_not_that_is_dropped_from_the_narrative_is_missed(seed_copy):
    line = seed_copy.edit(
        "narrative.md",
        "JLR warned that it would not resume manufacturing",
        "JLR warned that it would resume manufacturing",
    )
    assert "'no-manufacturing-until-october' denies something" in said_at(seed_copy, "narrative.md", line)


def test_the_article_names_no_sum_and_its_publisher_is_inferred(article):
    # the further sources name both
    assert not article.facts["statement"].str.contains(r"£|\b[mb]illion\b").any()
    assert list(article.sources["publisher"]) == ["[GB News]"]  # in brackets: inferred from the layout


def test_the_seed_has_its_sources(seed):
    assert set(seed.sources.index) == set(seed.evidence["source"])  # each is cited
    assert list(seed.sources.index[seed.sources["access"] == "full"]) == ["visavadia-2025-09-25"]
    assert set(seed.evidence.dropna(subset=["quote"])["source"]) == {"visavadia-2025-09-25"}
