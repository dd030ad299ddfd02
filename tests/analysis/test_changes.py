"""Changes: what came to be known between two moments, and what it changed."""

from casebound.analysis.changes import HOW, changes


def test_what_is_new_is_what_the_earlier_ledger_lacks(dairy_at_first, dairy_at_second):
    table = changes(dairy_at_first, dairy_at_second)
    assert list(table.columns) == ["how", "fact", "by", "statement", "known"]
    new = table[table["how"] == "new"]
    assert set(new["fact"]) == {"opening-slips", "shops-lost-145", "inside-job", "first-cheque"}
    assert {f"{moment:%Y-%m-%d %H:%M}" for moment in table["known"]} == {"2031-03-24 18:05"}


def test_what_became_of_a_fact_names_the_fact_that_did_it(dairy_at_second, dairy):
    table = changes(dairy_at_second, dairy)
    gone = table[table["how"] != "new"]
    assert set(zip(gone["how"], gone["fact"], gone["by"], strict=True)) == {
        ("superseded", "opening-slips", "churns-restarted"),
        ("superseded", "addresses-unconfirmed", "addresses-admitted"),
        ("corrected", "shops-lost-145", "shops-lost-133"),
        ("withdrawn", "inside-job", "reed-takes-back"),
    }
    assert set(table["how"]) == set(HOW)


def test_what_was_overtaken_before_is_no_change(dairy_at_first, dairy_at_second, dairy):
    # the first plan gave way on 24 March
    assert "no-opening-until-april" in set(changes(dairy_at_first, dairy_at_second).query("how != 'new'")["fact"])
    assert "no-opening-until-april" not in set(changes(dairy_at_second, dairy)["fact"])


def test_changes_stand_in_the_order_in_which_they_came_to_be_known(dairy_at_first, dairy):
    known = changes(dairy_at_first, dairy)["known"]
    assert known.dropna().is_monotonic_increasing
    assert known.isna().iloc[-1] and known.isna().sum() == 1  # the page of no known day


def test_between_the_same_moments_nothing_changes(dairy):
    assert len(changes(dairy, dairy)) == 0
