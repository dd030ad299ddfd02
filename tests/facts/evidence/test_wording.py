"""Wording: right English passes, whatever words it takes; a lost or an added denial does not, nor a wider claim."""

from pathlib import Path

import pytest
import yaml

from casebound.facts.evidence.anchors import hedges_in
from casebound.facts.evidence.wording import beyond_scope, denies, denies_too, tells_denial, undone
from casebound.facts.records.reading import yaml_in
from casebound.facts.records.terms import terms_in

ROOT = Path(__file__).parents[3]
TERMS = terms_in(yaml_in((ROOT / "data" / "terms.yaml").read_bytes(), "data/terms.yaml"), [])


@pytest.mark.parametrize(
    ("kind", "keeps", "loses"),
    [
        ("negation", "It has yet to pay", "It had to pay"),
        ("negation", "It is too early to say", "It is early"),
        ("negation", "They declined to comment", "Sales declined"),
        ("negation", "They failed to reach it", "The tank failed"),
        ("negation", "It lacked a licence", "It not only churned but also sold"),
        ("negation", "Sabotage was ruled out", "It opens no later than noon, in no fewer than 3 towns"),
        ("possibility", "It seems so", "May's fall was theirs in May"),
        ("possibility", "Addresses are believed to have left", "They could not turn"),
        ("plan", "It hopes to open", "It opened with new hoops"),
        ("plan", "It was due to open", "It is open"),
        ("expectation", "It forecast a loss", "It lost"),
        ("expectation", "A loss is projected", "A loss was booked"),
        ("report", "It allegedly churned", "It churned an estimated 300 litres"),
        ("report", "By the firm's account it churned", "The account was open"),
    ],
)
def test_a_hedge_is_kept_by_any_word_of_its_class(kind, keeps, loses):
    assert kind in hedges_in(keeps, TERMS.keepers)
    assert kind not in hedges_in(loses, TERMS.keepers)


@pytest.mark.parametrize(
    ("text", "other", "tells"),
    [
        ("The firm refused to pay", "The firm did not pay", True),
        ("The bridge remained closed", "The bridge did not reopen", True),
        ("The bridge was closed", "The bridge was not closed", False),  # its own word turned round
        ("The firm paid", "The firm declined to pay", False),
    ],
)
def test_a_denial_may_be_told_in_other_words(text, other, tells):
    assert denies(TERMS, other)
    assert denies_too(TERMS, text, [other]) == tells


@pytest.mark.parametrize(("text", "tells"), [("Sales fell", False), ("They paid", True), ("A ransom was paid", True)])
def test_only_who_speaks_of_what_was_denied_must_deny_it(text, tells):
    assert tells_denial(TERMS, text, "Sales fell by a third, and the firm paid no ransom") == tells
    assert tells_denial(TERMS, text, "The firm paid no ransom")


@pytest.mark.parametrize(
    ("text", "evidence", "claims"),
    [
        ("It was the first town to close", "the town closed", [("the first", "first")]),
        ("It was the first town to close", "the first of many towns closed", []),
        ("Officials first counted 41, in the first three months", "41 were counted", []),
        ("The last line to stop was theirs last year", "the line stopped", [("the last", "last")]),
        ("Its only plant stood, not only for a day", "the plant stood", [("its only", "only")]),
        ("It was only partly open", "it was open in part", []),
        ("Only Lark came", "Lark came", [("only", "only")]),
        ("None of it was drawn", "it was not drawn", []),
        ("Nobody saw it", "they did not see it", [("nobody", "nobody")]),
        ("No one was hurt", "there were no injuries", []),
        ("It never came", "it came on Monday", [("never", "never")]),
        ("All towns closed, after all", "both towns closed", []),
        ("Every town closed", "three towns closed", [("every", "all")]),
        ("The worst fire and a record loss", "a fire and a loss", [("worst", "most")]),
        ("None of these sources names all towns", "", []),
    ],
)
def test_a_text_claims_no_more_than_its_evidence(text, evidence, claims):
    assert list(beyond_scope(TERMS, text, evidence)) == claims


def test_every_class_says_what_it_means_and_every_entry_is_in_small_letters():
    content = yaml.safe_load((ROOT / "data" / "terms.yaml").read_text("utf-8"))
    for entry in (*content["hedges"].values(), *content["scope"].values()):
        words = [word for field in ("words", "kept_by", "harmless") for word in entry.get(field, ())]
        assert entry["means"] and words == [str(word).lower() for word in words]


@pytest.mark.parametrize(
    ("text", "fact", "word"),
    [
        ("The board has ruled out a fault", "The board has not ruled out a fault", "ruled out"),
        ("The firm denied it", "The firm did not deny it", "denied"),
        ("The firm refused to pay", "The firm has never refused to pay", "refused"),
        ("The board has not yet ruled out a fault", "The board has not ruled out a fault", ""),
        ("The board has ruled out a fault", "The board ruled out a fault", ""),
        ("The firm denied it", "The firm denied it; the board did not deny it", ""),
        ("The churn did not turn", "The churn did not turn", ""),
    ],
)
def test_a_denial_that_the_facts_only_take_back_is_found(text, fact, word):
    assert undone(TERMS, text, [fact]) == word


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The tests were negative", True),
        ("He tested negative", True),
        ("The outlook is negative", False),
        ("It had a negative effect", False),
    ],
)
def test_a_negative_test_denies(text, word):
    assert denies(TERMS, text) is word
