"""The seed case: whoever changes one word of it against its evidence is told so, with file and line."""

import re

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
            "when: 2025-10-01",
            "when: 2025-10-07",
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
        (
            "narrative.md",
            "JLR employs more than 30,000 people [@workforce].",
            "JLR employs more than 40,000 people [@workforce].",
            "the number “40,000” stands in none of the facts",
        ),
        ("narrative.md", "people [@workforce].", "people [@work-force].", "there is no fact 'work-force'"),
        ("narrative.md", "people [@workforce].", "people.", "the sentence cites nothing"),
        (
            "narrative.md",
            "JLR employs more than 30,000 people [@workforce].",
            "Toyota employs more than 30,000 people [@workforce].",
            "the name “Toyota” stands in none of the facts",
        ),
    ],
)
def test_one_changed_word_is_refused_with_file_and_line(seed_copy, file, old, new, said):
    line = seed_copy.edit(file, old, new)
    assert said in said_at(seed_copy, file, line), seed_copy.problems()


def test_a_not_that_is_dropped_from_the_narrative_is_missed(seed_copy):
    text = seed_copy.text("narrative.md")
    place = re.search(r"It warned that it would not resume manufacturing until 1 October 2025", text)
    changed = text[: place.start()] + place[0].replace("would not resume", "would resume") + text[place.end() :]
    seed_copy.path("narrative.md").write_text(changed, "utf-8")
    line = text[: place.start()].count("\n") + 1
    assert "'no-manufacturing-until-october' denies something" in said_at(seed_copy, "narrative.md", line)


def test_the_seed_gives_no_sum_and_no_publisher(seed_copy):
    # the article names neither
    text = "".join(path.read_text("utf-8") for path in seed_copy.path("case.yaml").parent.iterdir())
    assert not re.search(r"£|\b[mb]illion\b", text)
    assert not re.search(r"container-title|publisher:|URL:", seed_copy.text("sources.yaml"))
