"""Impacts: who bore what, and what led to what, by the source's words or by ours."""

from casebound.analysis import impacts


def test_an_effect_stands_once_for_every_party(dairy_at_second):
    table = impacts.effects(dairy_at_second)
    assert list(table.columns) == ["fact", "party", "effect"]
    assert len(table) == 7
    [row] = table[table["fact"] == "small-farms"].to_dict("records")
    assert (row["party"], row["effect"]) == ("suppliers", "outlook")


def test_an_account_that_the_report_sets_aside_is_no_effect(dairy_at_first, dairy_at_second):
    # "the firm lost track of 120 village shops", until others counted
    assert "shops-lost-120" in set(impacts.effects(dairy_at_first)["fact"])
    assert "shops-lost-120" not in set(impacts.effects(dairy_at_second)["fact"])


def test_a_fact_on_two_parties_counts_for_both(article):
    table = impacts.effects(article)
    # "this is a difficult time for all connected with JLR"
    assert set(table.loc[table["fact"] == "difficult-time", "party"]) == {
        "suppliers",
        "retailers",
        "customers",
        "staff",
    }


def test_a_party_named_without_an_effect_is_no_effect(dairy_at_second):
    # addresses-unconfirmed names the customers, and nothing is known to have befallen them
    assert "customers" not in set(impacts.effects(dairy_at_second)["party"])


def test_a_link_has_its_words_or_its_reason(dairy_at_first, dairy_at_second):
    table = impacts.cascade(dairy_at_second).set_index(["cause", "effect"])
    assert len(table) == 5
    # "Robbed of its order books, the firm lost track of 120 village shops"
    assert ("order-books-emptied", "shops-lost-120") not in table.index  # another count is followed
    before = impacts.cascade(dairy_at_first).set_index(["cause", "effect"])
    quoted = before.loc[("order-books-emptied", "shops-lost-120")]
    assert (quoted["link"], quoted["words"]) == ("quoted", "Robbed of its order books")
    assert quoted["cause_label"] == "Order books emptied"
    inferred = table.loc[("order-books-emptied", "bills-unpaid")]
    assert inferred["link"] == "inferred" and inferred["reason"].startswith("A firm that has lost")


def test_what_made_recovery_possible_is_told_apart_from_the_damage(dairy_at_second):
    # "We have hired 12 more clerks for the bills"; "From now on farmers are paid by hand"
    [edge] = impacts.enablers(dairy_at_second).to_dict("records")
    assert (edge["cause"], edge["effect"], edge["link"]) == ("twelve-clerks", "paid-by-hand", "inferred")
    assert (edge["cause_label"], edge["effect_label"]) == ("Clerks hired", "Farmers paid by hand")
    damage = impacts.cascade(dairy_at_second)
    assert not {"twelve-clerks", "paid-by-hand"} & {*damage["cause"], *damage["effect"]}


def test_the_seed_s_cascade_begins_with_the_attack_alone(article):
    # "left critical systems offline for weeks, causing delays across its supply chain"
    edges = impacts.cascade(article)
    assert set(edges["cause"]) - set(edges["effect"]) == {"attack-began"}
    edges = edges.set_index(["cause", "effect"])
    assert edges.at[("systems-offline-for-weeks", "supply-chain-delays"), "link"] == "quoted"
    # the article joins the outage and the unpaid invoices nowhere
    assert edges.at[("systems-offline-for-weeks", "invoices-unpaid"), "link"] == "inferred"


def test_a_cause_that_the_report_sets_aside_stands_only_where_there_is_no_other(seed):
    edges = impacts.cascade(seed)
    assert list(edges.loc[edges["effect"] == "systems-paralysed", "cause"]) == ["attack-began"]
    assert list(edges.loc[edges["effect"] == "fears-for-industry", "cause"]) == ["plants-worldwide-stopped"]
    back = impacts.enablers(seed)
    assert list(back.loc[back["effect"] == "repairs-possible", "cause"]) == ["parts-centre-on-its-way"]
