"""Tables: every row with its citation, nothing cited that the ledger lacks, and what is not known said in words."""

import inspect
import re

import pytest

from casebound.analysis import timeline
from casebound.pages import tables
from casebound.pages.markup import cited_ids, parsed_inline

# every function of the module that takes a ledger alone, so that a new table is tried too
EACH = [
    name
    for name, made in inspect.getmembers(tables, inspect.isfunction)
    if made.__module__ == tables.__name__
    and list(inspect.signature(made).parameters) == ["ledger"]
    and name != "status"
    and name[0] != "_"
]
# the rows of these count or explain, and rest on no single fact
UNCITED = ("counts", "statuses")
EMPTY = re.compile(r"\b(?:nan|NaT|None)\b|<NA>")
LEDGERS = ["dairy", "dairy_at_first", "seed"]


@pytest.fixture(params=LEDGERS)
def ledger(request):
    return request.getfixturevalue(request.param)


def row_with(table, words):
    [row] = [row for row in table.rows if any(words in cell for cell in row)]
    return row


def test_the_tables_are_found():
    assert {"phases", "durations", "order", "links", "acts", "disagreements", "open_questions"} <= set(EACH)


@pytest.mark.parametrize("name", EACH)
def test_a_table_is_complete_and_cites_only_what_is_known(ledger, name):
    table = getattr(tables, name)(ledger)
    assert table.key and table.caption and table.rows
    assert all(len(row) == len(table.columns) for row in table.rows)
    assert set(table.right) <= set(table.columns)
    for row in table.rows:
        cells = " ".join(row)
        parsed_inline(cells)
        assert set(cited_ids(cells)) <= set(ledger.facts.index)
        assert not EMPTY.search(cells), row


@pytest.mark.parametrize("name", [name for name in EACH if name not in UNCITED])
def test_a_row_cites_its_facts_or_says_that_there_is_none(ledger, name):
    for row in getattr(tables, name)(ledger).rows:
        cells = " ".join(row)
        assert cited_ids(cells) or "nothing in these sources" in cells, row


@pytest.mark.parametrize("name", EACH)
def test_a_table_of_little_is_made_as_well(project, name):
    table = getattr(tables, name)(project.load(sources="oak-2031-03-24"))
    assert all(len(row) == len(table.columns) for row in table.rows)
    assert not EMPTY.search(" ".join(map(" ".join, table.rows)))


def test_keys_are_unlike(dairy):
    keys = [getattr(tables, name)(dairy).key for name in EACH]
    assert len(set(keys)) == len(keys)


def test_a_citation_names_its_facts():
    assert tables.cited("a", "b") == "[@a; @b]"
    assert tables.cited() == ""


def test_the_status_box_says_what_the_report_rests_on(dairy, dairy_at_first):
    assert dict(tables.status(dairy).items) == {
        "As known on": "24 March 2031, 18:05 GMT",
        "Sources": "2, of 2 independent origins",
        "Facts": "32, 31 resting on one origin only",  # "Our cold store at Cawdale works as before" stands in both
        "Quotations": "36 of 36 verified word for word against the source’s text",
        "Conflicts": "3 pairs of statements at odds, 1 leaving a question open",
        "Open questions": "no answer in these sources to 1 of 8",
    }
    assert dict(tables.status(dairy_at_first).items)["As known on"] == "20 March 2031, 09:40 GMT"
    assert dict(tables.status(dairy_at_first).items)["Sources"].startswith("1: Ada Quill, “Creameries stir again as")


def test_phases_say_how_long_until_the_next(dairy):
    table = tables.phases(dairy)
    assert [row[3] for row in table.rows] == ["at once", "up to 47 days", "at least 12 days", "—"]
    # "until April 1": a plan opens nothing
    assert table.rows[3][2] == "not before 1\u00a0April\u00a02031"


def test_durations_say_how_they_were_worked_out(dairy):
    row = row_with(tables.durations(dairy), "How long had production been stopped")
    assert row[1] == "33 to 51 days"
    assert row[2].startswith("From the stop (between 1 and 19") and "churns-stopped" in cited_ids(row[2])


def test_order_gives_each_event_its_places(dairy):
    row = row_with(tables.order(dairy), "No opening before this day")
    assert row[0] == "25 to 26"


def test_links_show_the_source_s_words_or_our_reason(dairy):
    table = tables.links(dairy)
    # "Robbed of its order books, the firm lost track of 120 village shops"
    assert row_with(table, "[@shops-lost-120]")[2:] == ("quoted", "“Robbed of its order books”")
    assert row_with(table, "[@bills-unpaid]")[2:] == (
        "inferred",
        "A firm that has lost its books cannot tell what it owes.",
    )


def test_what_made_recovery_possible_has_its_own_table(dairy):
    [row] = tables.enablers(dairy).rows
    assert row[:3] == ("Clerks hired", "Farmers paid by hand [@paid-by-hand]", "inferred")


def test_acts_done_and_acts_promised_are_told_apart(dairy):
    table = tables.acts(dairy)
    assert row_with(table, "[@inspector-visit]")[2:4] == ("done", "done")
    assert row_with(table, "[@mayor-promise]")[2:4] == ("said or promised", "pledged")


def test_lags_are_ranges(dairy):
    table = tables.lags(dairy)
    assert row_with(table, "[@inspector-visit]")[3] == "26 to 47 days"
    assert row_with(table, "[@cyber-desk]")[3] == "from the start"


def test_systems_say_where_no_lower_state_is_told_of(dairy):
    table = tables.systems(dairy)
    assert row_with(table, "[@cold-store-back]")[1] == "not stated"
    assert row_with(table, "[@paid-by-hand]")[1] == "impaired [@bills-unpaid]"


def test_forecasts_are_listed_by_vintage(dairy):
    assert [(row[0], row[2]) for row in tables.forecasts(dairy).rows] == [
        ("1\u00a0April\u00a02031", "20\u00a0March\u00a02031"),
        ("8\u00a0April\u00a02031", "24\u00a0March\u00a02031"),
    ]


def test_an_empty_rung_of_attribution_says_so(dairy):
    assert [row[2] for row in tables.attributions(dairy).rows][2:] == ["nothing in these sources"] * 2


def test_counts_add_up(ledger):
    *words, total = tables.counts(ledger).rows
    supporting = ledger.evidence[ledger.evidence["stance"] == "supports"]
    assert total[2:4] == (str(len(ledger.facts)), str(len(supporting)))
    assert total[3:] == tuple(str(sum(int(row[i]) for row in words)) for i in (3, 4))
    assert all(int(row[2]) <= int(row[3]) for row in words)  # a fact may rest on two pieces of one kind
    assert sum(int(row[2]) for row in tables.statuses(ledger).rows) == len(ledger.facts)


def test_disagreements_show_both_sides_and_whether_one_source_contradicts_itself(dairy):
    table = tables.disagreements(dairy)
    row = row_with(table, "[@shops-lost-145]")
    assert "[@shops-lost-120]" in row[1] and row[3] == "value, between sources"
    assert row_with(table, "[@churns-turning-caption]")[3] == "status"
    assert (
        all(f"*{kind}*" in table.note for kind in ("value", "status", "hedge", "wording"))
        and "*date*" not in table.note
    )


def test_questions_that_nobody_answers_come_first(dairy):
    table = tables.open_questions(dairy)
    assert table.rows[0] == ("What did the attack cost?", "not answered", "nothing in these sources")
    assert [row[1] for row in table.rows] == sorted(
        (row[1] for row in table.rows), key=["not answered", "in conflict", "partly"].index
    )
    assert "When did the attack begin?" not in [row[0] for row in table.rows]  # answered, so not open


def test_events_say_when_they_were_first_reported_where_that_differs(dairy, dairy_at_first):
    table = tables.events(dairy, timeline.events(dairy))
    assert row_with(table, "[@first-cheque]")[1:] == (
        "done",
        "22\u00a0March\u00a02031",
        "24\u00a0March\u00a02031, 18:05",
    )
    table = tables.events(dairy_at_first, timeline.events(dairy_at_first))
    assert len(table.columns) == 3 and table.note == "All first reported: 20\u00a0March\u00a02031, 09:40."


def test_the_seed_s_stop_is_a_range(seed):
    assert row_with(tables.durations(seed), "How long had production been stopped")[1] == "32 to 55 days"
