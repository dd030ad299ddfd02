"""Wording: right English passes, whatever words it takes; a lost or an added denial does not, nor a wider claim."""

from pathlib import Path

import pytest
import yaml

from casebound.facts.evidence.anchors import hedges_in
from casebound.facts.evidence.wording import (
    added_denial,
    beyond_scope,
    denies,
    denies_too,
    retells,
    tells,
    turned_round,
    undone,
)
from casebound.facts.records.reading import yaml_in
from casebound.facts.records.terms import terms_in

ROOT = Path(__file__).parents[3]
TERMS = terms_in(yaml_in((ROOT / "data" / "terms.yaml").read_bytes(), "data/terms.yaml"), None, [])


@pytest.mark.parametrize(
    ("kind", "keeps", "loses"),
    [
        ("negation", "It has yet to pay", "It had to pay"),
        ("negation", "It is too early to say", "It is early"),
        ("negation", "They declined to comment", "Sales declined"),
        ("negation", "They failed to reach it", "The tank failed"),
        ("negation", "Payment declined", "No. 4 ran on, as Digi.no reported"),
        ("possibility", "It can bring a penalty", "They can"),
        ("negation", "It lacked a licence", "It not only churned but also sold"),
        ("negation", "Sabotage was ruled out", "It opens no later than noon, in no fewer than 3 towns"),
        ("possibility", "It seems so", "May's fall was theirs in May"),
        ("possibility", "Addresses are believed to have left", "They could not turn"),
        ("plan", "It hopes to open", "It opened with new hoops"),
        ("plan", "It was due to open", "It is open"),
        ("expectation", "It forecast a loss", "It lost"),
        ("expectation", "A loss is projected", "A loss was booked"),
        ("expectation", "A note put the bill at €1.6m", "They put the lamp on the shelf at noon"),
        ("expectation", "It put the total cost at between €1m and €2m", "It put out the lamp at 9"),
        ("report", "The note put its bill at €1.6m", "They put lamps in at noon"),
        ("report", "It allegedly churned", "It churned an estimated 300 litres"),
        ("report", "By the firm's account it churned", "The account was open"),
        ("negation", "The crew was unhurt and the hull undamaged", "The hull was damaged in the United States"),
        ("possibility", "Rust appeared to spread", "Rust appeared"),
        ("plan", "It ran, as the firm had announced", "It ran on two of the four lines planned"),
        ("report", "The firm admitted that it churned", "It was warned and they were told of it"),
        ("report", "By one estimate it churned", "They filed a claim for 300 litres"),
        ("report", "On figures from the union it churned", "The claims against the firm were dropped"),
    ],
)
def test_a_hedge_is_kept_by_any_word_of_its_class(kind, keeps, loses):
    assert kind in hedges_in(keeps, TERMS.keepers)
    assert kind not in hedges_in(loses, TERMS.keepers)


@pytest.mark.parametrize(
    ("kind", "text", "asks"),
    [
        ("plan", "The firm planned two lines, which were expected to open in May", True),
        ("plan", "It cancelled two of the 1,400 flights planned, a day later than it had expected", False),
        ("possibility", "Rust appears to spread", True),
        ("possibility", "Rust appeared in the hold", False),
        ("negation", "Amazon.no sold furnace No. 4", False),
        ("negation", "The shop sold no. It had none", True),
        ("negation", "The hull was unscathed and undamaged", False),  # borne by a denial, and asks for none
    ],
)
def test_only_words_that_change_what_is_said_ask_for_a_hedge(kind, text, asks):
    assert (kind in hedges_in(text, TERMS.hedges)) == asks


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


@pytest.mark.parametrize(
    ("text", "fact", "word"),
    [
        ("Trains did not run until May", "Trains ran again in May", ""),
        ("No trains ran until May: the firm had suspended them all", "The firm suspended all trains until May", ""),
        ("The town was without power", "The blackout lasted a day", ""),
        ("Without a pump, the cellar could flood", "The cellar could flood unless it had a pump", ""),
        ("No traces were found", "Tests for traces were negative", ""),
        ("None of the boats was damaged", "All the boats were undamaged", ""),
        ("It was not quite three weeks later", "It was later", ""),
        ("The trains were not suspended", "The trains were suspended", "not"),
        ("The trains did not run", "The trains ran", "not"),
        ("The firm had never paid", "The firm had paid in May", "never"),
    ],
)
def test_a_denial_is_borne_by_what_says_that_nothing_was_there(text, fact, word):
    assert added_denial(TERMS, text, [fact]) == word


@pytest.mark.parametrize(
    ("text", "fact", "word"),
    [
        ("The boats were damaged", "The boats were undamaged", "damaged"),
        ("The boats were undamaged", "The boats were damaged", "undamaged"),
        ("None of the boats was damaged", "The boats were undamaged", ""),
        ("The boats were undamaged", "None of the boats was damaged", ""),
        ("The damaged boats sank", "Three boats were damaged, the others undamaged", ""),
        ("It is able to pay", "It is able to pay under the union's rules", ""),
    ],
)
def test_what_begins_with_un_is_the_opposite_of_the_rest(text, fact, word):
    assert turned_round(TERMS, text, [fact]) == word


@pytest.mark.parametrize(("text", "told"), [("Sales fell", False), ("They paid", True), ("A ransom was paid", True)])
def test_only_who_speaks_of_what_was_denied_must_deny_it(text, told):
    assert tells(TERMS, "negation", text, "Sales fell by a third, and the firm paid no ransom") == told
    assert tells(TERMS, "negation", text, "The firm paid no ransom")


@pytest.mark.parametrize(
    ("kind", "text", "statement", "told"),
    [
        ("report", "A week after the fire, Quill resigned", "Quill said on 3 May that a cable lit the roof", False),
        ("report", "A cable lit the roof, and Quill resigned", "Quill said on 3 May that a cable lit the roof", True),
        ("report", "They sold up", "Quill said that they closed, and that they sold the yard", True),
        ("possibility", "It closed the yard", "It closed the yard, and may sell it, says Quill", False),
        ("possibility", "It sold it", "It closed the yard, and may have sold the boats", True),
        ("plan", "The yard was back on 3 May", "The firm planned to reopen by 3 May", True),
    ],
)
def test_a_fact_that_only_dates_another_needs_no_hedge(kind, text, statement, told):
    assert tells(TERMS, kind, text, statement, "Ada Quill … manager", beside=True) == told
    if kind == "report":
        assert tells(TERMS, kind, text, statement, "Ada Quill … manager")


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
        ("Only one in three closed; only 12 opened", "two in three closed", []),
        ("On the first afternoon and in the last minutes it rained", "it rained", []),
        ("It was the lowest since 2010", "the coldest since 2010", []),
        ("The sum of the first and of the second quarter", "it was a sum", []),
    ],
)
def test_a_text_claims_no_more_than_its_evidence(text, evidence, claims):
    assert list(beyond_scope(TERMS, text, evidence)) == claims


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Only few of these name a day", []),
        ("Every source was seen in part", []),
        ("Every town was seen in part", [("every", "all")]),
    ],
)
def test_of_its_own_sources_a_judgement_may_claim_all(text, claims):
    assert list(beyond_scope(TERMS, text, "", is_ours=True)) == claims
    assert list(beyond_scope(TERMS, text, ""))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The sum was never named", False),
        ("The firm covered the ransom", True),  # all that was denied, without the "not"
        ("Ada Quill met them", False),
    ],
)
def test_a_sentence_says_again_what_was_denied_if_it_has_all_of_its_matter(text, told):
    assert retells(TERMS, text, "The firm said that it had not covered the ransom", "the firm") == told


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
