"""The seed case is sound, and whoever changes one word of it against its evidence gets an error with file and line."""

import re

import pytest

# A file, words in it, a change, and the error: each a change of meaning in one word or figure.
CHANGES = """
timeline.yaml | quote: would not resume manufacturing until October [1 -> 7]
    the quotation was changed after it was last verified
timeline.yaml | when: 2025-10-0[1 -> 7]↵  dated: {rule: named-day, phrase: until October 1,
    when is 2025-10-07, but the rule 'named-day' gives 2024-10-01 or 2025-10-01
timeline.yaml | resume manufacturing until [1 -> 7] October 2025.
    the date “7 October 2025” of the statement
narrative.md | - **[1 -> 7] October:** JLR would
    the date “7 October” stands in none of the facts
attribution.yaml | statement: JLR had [not -> ] confirmed
    status is 'unconfirmed', but the statement keeps no word of negation
narrative.md | at this stage there was [no -> ] evidence of stolen
    'no-customer-data-evidence' denies something, and the sentence does not
narrative.md | JLR warned that it would [not -> ] resume manufacturing
    'no-manufacturing-until-october' denies something
attribution.yaml | statement: Experts said that the group [may have -> had] accessed
    keeps no word of possibility
context.yaml | statement: JLR employs more than [3 -> 4]0,000
    the number “40,000” of the statement
"""


def test_the_seed_is_sound(seed_copy):
    assert seed_copy.problems() == []


@pytest.mark.parametrize(("file", "change", "error"), re.findall(r"(.+) \| (.+)\n +(.+)\n", CHANGES))
def test_one_changed_word_is_refused_with_file_and_line(seed_copy, file, change, error):
    before, old, new, after = re.fullmatch(r"(.*)\[(.*) -> (.*)\](.*)", change.replace("↵", "\n"), re.S).groups()
    line = seed_copy.edit(file, f"{before}{old}{after}", f"{before}{new}{after}")
    problems = seed_copy.problems()
    assert any(each.startswith(f"data/jlr-2025/{file}:{line}: ") and error in each for each in problems), problems


def test_the_article_names_no_sum_and_its_publisher_is_inferred(article):
    # the further sources name both
    assert not article.facts["statement"].str.contains(r"£|\b[mb]illion\b").any()
    assert list(article.sources["publisher"]) == ["[GB News]"]  # in brackets: inferred from the layout


def test_only_the_article_was_read_whole_and_each_source_is_cited(seed):
    assert set(seed.sources.index) == set(seed.evidence["source"])
    assert list(seed.sources.index[seed.sources["access"] == "full"]) == ["visavadia-2025-09-25"]
    assert set(seed.evidence.dropna(subset=["quote"])["source"]) == {"visavadia-2025-09-25"}
