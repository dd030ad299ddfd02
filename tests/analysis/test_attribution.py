"""Attribution: a claim, an allegation and an attribution are different rungs."""

import pytest

from casebound.analysis import attribution


def test_the_rungs_go_from_the_weakest_to_the_strongest(dairy):
    table = attribution.ladder(dairy)
    assert list(table.index) == ["claimed", "alleged", "assessed", "attributed"]
    assert list(table.columns) == ["means", "facts"]


def test_a_claim_and_an_expert_s_guess_stand_apart(dairy):
    # "A crowd calling itself the Sour Cream Club claimed the attack."; "Nora Reed ... said that
    # it looked like an inside job."
    assert list(attribution.ladder(dairy)["facts"]) == [("claimed-by-club",), ("inside-job",), (), ()]


@pytest.mark.parametrize(
    ("basis", "rung"), [("official", "attributed"), ("company", "assessed"), ("reporter", "alleged")]
)
def test_the_rung_follows_from_who_says_so(project, basis, rung):
    project.edit(
        "attribution.yaml", "speaker: Nora Reed\n      basis: expert", f"speaker: Nora Reed\n      basis: {basis}"
    )
    assert attribution.ladder(project.load()).at[rung, "facts"] == ("inside-job",)


def test_a_fact_on_other_matters_stands_on_no_rung(dairy):
    named = {fact for facts in attribution.ladder(dairy)["facts"] for fact in facts}
    assert named == {"claimed-by-club", "inside-job"}


def test_what_a_later_source_says_is_not_on_the_ladder_before_it(dairy_at_first):
    assert attribution.ladder(dairy_at_first).at["alleged", "facts"] == ()


def test_data_exposure_tells_a_possibility_from_a_matter_not_confirmed(dairy):
    table = attribution.data_exposure(dairy)
    assert list(table.columns) == ["fact", "statement", "status", "date", "latest", "speaker"]
    # "Experts believe that the crowd may have copied customer addresses, although Brightwater has not confirmed ..."
    assert list(zip(table["fact"], table["status"], table["speaker"], strict=True)) == [
        ("addresses-possible", "possible", "experts"),
        ("addresses-unconfirmed", "unconfirmed", "Brightwater"),
    ]


def test_nothing_is_said_of_data_in_the_second_source(project):
    assert len(attribution.data_exposure(project.load(sources="oak-2031-03-24"))) == 0


def test_the_seed_has_a_claim_and_a_link_and_no_attribution(seed):
    # "claimed by an English-speaking hacking collective", which is "also linked to breaches": no claim of this one
    table = attribution.ladder(seed)
    assert table.at["claimed", "facts"] == ("claimed-by-collective",)
    assert table.at["assessed", "facts"] == table.at["attributed", "facts"] == ()


def test_the_seed_s_customer_data_is_not_confirmed(seed):
    # "JLR has not confirmed whether customer information was compromised"
    table = attribution.data_exposure(seed).set_index("fact")
    assert table.at["customer-data-unconfirmed", "status"] == "unconfirmed"
    assert table.at["data-may-be-accessed", "status"] == "possible"
