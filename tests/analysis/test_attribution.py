"""Attribution: a claim, an allegation and an attribution are different rungs."""

import pytest

from casebound.analysis import attribution


def on_rungs(ledger):
    """The facts on each rung, in the order of the table."""
    table = attribution.ladder(ledger)
    return {rung: list(of_it["fact"].dropna()) for rung, of_it in table.groupby("rung", sort=False)}


def test_the_rungs_go_from_the_weakest_to_the_strongest(dairy_at_second):
    table = attribution.ladder(dairy_at_second)
    assert list(table["rung"]) == ["claimed", "alleged", "named by those attacked", "officially attributed"]
    # no source reaches the last
    assert list(table.iloc[-1][["fact", "named", "by", "date"]]) == [None, "", "", ""]
    assert list(table.columns) == ["rung", "means", "fact", "named", "by", "date"]


def test_a_claim_and_an_expert_s_guess_stand_apart(dairy_at_second):
    # "A crowd calling itself the Sour Cream Club claimed the attack."; "Nora Reed ... said that
    # it looked like an inside job."
    assert list(on_rungs(dairy_at_second).values()) == [["claimed-by-club"], ["inside-job"], [], []]


def test_a_rung_has_a_row_a_fact_with_whom_it_names_and_by_whom(project):
    table = attribution.ladder(project.load()).set_index("fact")
    assert list(table.loc["claimed-by-club", ["rung", "named", "by"]]) == [
        *("claimed", "The Sour Cream Club", "the Sour Cream Club")
    ]
    # "the Whey Gang was behind the attack", says the county's auditor; the expert names nobody
    assert list(table.loc["whey-gang-named", ["rung", "named", "by"]]) == [
        "officially attributed",
        "The Whey Gang",
        "Ida Moss",
    ]
    assert list(table.loc["inside-job", ["rung", "named", "by"]]) == ["alleged", "", "Nora Reed"]
    project.edit(
        "attribution.yaml",
        "says the county's auditor\n  accused",
        "says the county's auditor\n  actor: club\n  accused",
    )
    project.edit("attribution.yaml", "Moss\n      basis: official", "Moss\n      basis: expert")
    assert on_rungs(project.load())["alleged"] == ["inside-job", "whey-gang-named"]  # by date


@pytest.mark.parametrize(
    ("basis", "rung"),
    [("official", "officially attributed"), ("company", "named by those attacked"), ("reporter", "alleged")],
)
def test_the_rung_follows_from_who_says_so(project, basis, rung):
    project.edit(
        *("attribution.yaml", "it looked like an inside job\n      speaker: Nora Reed\n      basis: expert"),
        f"it looked like an inside job\n      speaker: Nora Reed\n      basis: {basis}",
    )
    assert "inside-job" in on_rungs(project.load())[rung]


def test_statements_about_data_stand_by_date_with_their_status_and_when_they_were_reported(dairy):
    table = attribution.data_exposure(dairy)
    assert list(table.columns) == [*("fact", "statement", "status", "date", "latest", "reported", "speaker")]
    # "Experts believe that the crowd may have copied customer addresses, although Brightwater has not confirmed ..."
    assert list(zip(table["fact"], table["status"], table["speaker"], strict=True)) == [
        ("addresses-possible", "possible", "experts"),
        ("addresses-unconfirmed", "unconfirmed", "Brightwater"),
        ("addresses-admitted", "claimed", "Brightwater"),  # it overtakes the one before, which stays
    ]
    assert [f"{moment:%d %b}" for moment in table["reported"]] == ["20 Mar", "20 Mar", "10 Apr"]


def test_the_seed_has_a_claim_and_a_link_and_no_attribution(article):
    # "claimed by an English-speaking hacking collective", which is "also linked to breaches": no claim of this one
    rungs = on_rungs(article)
    assert rungs["claimed"] == ["claimed-by-collective"]
    assert rungs["named by those attacked"] == rungs["officially attributed"] == []
    # "JLR has not confirmed whether customer information was compromised"
    statuses = attribution.data_exposure(article).set_index("fact")["status"]
    assert statuses["customer-data-unconfirmed"] == "unconfirmed" and statuses["data-may-be-accessed"] == "possible"
