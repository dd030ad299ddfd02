"""Copying: how much of a text is quoted, and where our own words are a source's, on invented texts."""

import pytest

from casebound.checks.texts.copying import LIMIT, copied_runs, limit_of, own_words, quoted_share
from casebound.facts.ledger.casefile import casefile
from casebound.facts.problems import CaseError

MILL = "The mill at Ashford ground no flour from Monday until Friday, its owner said."  # 14 words
OWNER = "“It’s the pump’s\u00a0fault: 1,250 sacks were ground at 14:30 on 25/09/2031.”"  # 12 words


def spans(text, *quotations):
    return [(text.index(words), text.index(words) + len(words)) for words in quotations]


@pytest.mark.parametrize(
    ("text", "quotations", "words"),
    [
        (MILL, [], 0),
        (MILL, ["ground no flour"], 3),
        (MILL, ["ground no flour", "ground no flour"], 3),  # quoted twice
        (MILL, ["ground no flour", "no flour from Monday"], 5),  # they overlap
        (MILL, ["The mill", "its owner"], 4),
        (MILL, ["Friday, its"], 2),  # a mark is no word
        (MILL, [MILL], 14),
        (OWNER, ["It’s the pump’s\u00a0fault"], 4),
        (OWNER, ["1,250 sacks", "14:30", "25/09/2031"], 4),  # a figure is one word
    ],
)
def test_the_quoted_share_counts_each_word_once(text, quotations, words):
    of = 14 if text == MILL else 12
    assert quoted_share(spans(text, *quotations), text) == pytest.approx(words / of)


def test_a_text_without_blanks_is_quoted_by_the_length_of_what_is_quoted():
    text = "製粉所は月曜日から金曜日まで止まった。"
    assert quoted_share(spans(text, "月曜日から金曜日まで"), text) == pytest.approx(10 / 18)


@pytest.mark.parametrize("text", ["", " \n ", "— … —"])
def test_of_a_text_without_words_nothing_is_quoted(text):
    assert quoted_share([(0, len(text))], text) == 0


@pytest.mark.parametrize(
    ("ours", "runs"),
    [
        ("The owner said that the mill stood still from Monday until Friday.", []),
        ("A mill at Ashford ground no flour from Monday until Friday.", []),  # seven words, a name and two days
        ("The mill at Ashford ground no flour from Monday until Friday.", [MILL[:60]]),
        ("THE mill: at Ashford, ground no flour", []),
        # what is longer is one run
        (MILL, [MILL.rstrip(".")]),
        (f"{MILL} {MILL}", [MILL.rstrip(".")] * 2),
        # one word more, less, or another
        ("The mill at Ashford ground almost no flour from Monday until Friday.", []),
        ("The mill at Ashford ground no flour from Tuesday until Friday.", []),
        # our quotation marks show what is the source's, whichever they are
        ('The mill in Ashford "ground no flour from Monday until Friday, its owner said".', []),
        ("The mill at Ashford ground no „flour from Monday until Friday, its“ owner said.", []),
        ('"The" mill at Ashford ground no flour from Monday until Friday, its.', [MILL[4:65]]),
        ('The "mill" at Ashford ground no flour, "from" Monday until Friday, its owner said.', []),
        # a mark that is never closed takes nothing out
        ('The 5" mill at Ashford ground no flour from Monday until Friday, its', [MILL[4:65]]),
    ],
)  # fmt: skip
def test_eight_words_in_a_row_are_copied_besides_names_and_dates_and_seven_are_not(ours, runs):
    assert copied_runs(ours, MILL) == runs


def test_runs_from_different_places_of_the_text_are_told_apart():
    text = "a bee can dig each far. can dig each far hop inn."
    assert copied_runs("a bee can dig each far hop inn", text, length=6) == [
        "a bee can dig each far",
        "can dig each far hop inn",
    ]


@pytest.mark.parametrize(
    "ours",
    [
        "It was at Merrowfield General Hospital on September 26, 2033.",
        "It cost $9.4 million in September and $5.2 million in October 2033.",
        "So said Ruth Ellery, chief nursing officer of Merrowfield Health.",
    ],
)
def test_names_dates_numbers_and_offices_are_not_copied(ours):
    assert copied_runs(ours, f"We heard: {ours}", "Ruth Ellery … chief nursing officer") == []


def test_apostrophes_and_blanks_of_any_kind_are_the_same():
    ours = "It's the pump's fault: 1,250 sacks were ground and sold at 14:30, he said"
    text = OWNER.replace("ground", "ground and sold")
    assert copied_runs(ours, text) == ["It's the pump's fault: 1,250 sacks were ground and sold at 14:30"]


def test_our_own_words_of_a_fact_are_statement_label_answers_and_note(project):
    project.append("timeline.yaml", "  note: We count the day in full.\n")
    fact = next(entry.record for entry in casefile(project.case).facts.values() if entry.record.note)
    assert [text for _, text in own_words(fact)] == [fact.statement, fact.label, *fact.answers.values(), fact.note]


OWN = "{limit: 60, reason: Both texts are invented and belong to nobody.}"


def test_a_case_sets_its_own_limit_with_a_reason(project):
    assert limit_of(casefile(project.case).case) == 60
    project.edit("case.yaml", f"quoted: {OWN}\n", "")
    assert limit_of(casefile(project.case).case) == LIMIT == 45


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("{limit: 60}", "the field 'quoted.reason' is missing"),
        ("{limit: 101, reason: All of it}", "less than or equal to 100"),
        ("{limit: 0, reason: None of it}", "greater than 0"),
        ("{limit: 60, reasons: It is short}", "unknown field 'quoted.reasons' [CB003]\n    fix: did you mean 'reason'"),
    ],
)
def test_a_limit_without_a_reason_or_outside_a_hundred_is_refused(project, field, said):
    line = project.edit("case.yaml", OWN, field)
    with pytest.raises(CaseError) as refused:
        casefile(project.case)
    problems = [f"{problem}" for problem in refused.value.problems]
    assert any(f"case.yaml:{line}" in problem and said in problem for problem in problems), problems
