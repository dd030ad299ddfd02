"""Tables: every row with its citation, nothing cited that the ledger lacks, and a gap in words."""

import inspect
import re

import pytest

from casebound.analysis import conflicts, timeline
from casebound.pages import tables
from casebound.pages.display import Prose
from casebound.pages.markup import cited_ids, parsed_inline


def needed(parameter):
    return parameter.default is parameter.empty and parameter.kind is not parameter.VAR_POSITIONAL


# every table that a ledger alone makes, so that a new one is tried too
EACH = [
    name
    for name in tables.__all__
    if inspect.signature(getattr(tables, name)).return_annotation == "Table"
    and [p for p in inspect.signature(getattr(tables, name)).parameters.values() if needed(p)][1:] == []
]
# the rows of these count or explain, and rest on no single fact
UNCITED = ("counts", "responders", "statuses", "credibility", "sources", "growth", "glossary")
# these say why they have no rows, or that this is the answer
MAY_BE_EMPTY = ("answers", "asides", "bearers", "changes", "estimates", "output", "outcomes", "glossary")
EMPTY = re.compile(r"\b(?:nan|NaT|None)\b|<NA>")
LEDGERS = ["dairy", "dairy_at_second", "dairy_at_first", "article", "seed"]


@pytest.fixture(params=LEDGERS)
def ledger(request):
    return request.getfixturevalue(request.param)


def row_with(table, words):
    [row] = [row for row in table.rows if any(words in cell for cell in row)]
    return row


def test_each_table_is_tried():
    assert {"phases", "durations", "order", "links", "response_by_day", "open_questions", "changes"} <= set(EACH)
    assert not {"status", "register", "corrections"} & set(EACH)


@pytest.mark.parametrize("name", EACH)
def test_a_table_is_complete_and_cites_only_what_is_known(ledger, name):
    table = getattr(tables, name)(ledger)
    assert table.key and table.caption
    assert table.rows or (name in MAY_BE_EMPTY and (table.none or table.note))
    assert all(len(row) == len(table.columns) for row in table.rows)
    for row in table.rows:
        cells = " ".join(row)
        parsed_inline(cells)
        assert set(cited_ids(cells)) <= set(ledger.facts.index)
        assert not EMPTY.search(cells), row
    frame = table.frame
    assert list(frame["facts"]) == [tuple(cited_ids(" ".join(row))) for row in table.rows]
    assert len(frame.columns) == len(table.columns) + 1 and not re.search(r"\[@|\\[*\[]", frame.to_csv())


@pytest.mark.parametrize("name", [name for name in EACH if name not in UNCITED])
def test_a_row_cites_its_facts_or_says_that_there_is_none(ledger, name):
    for row in getattr(tables, name)(ledger).rows:
        cells = " ".join(row)
        assert cited_ids(cells) or re.search("none recorded|no answer recorded", cells), row


@pytest.mark.parametrize("name", EACH)
def test_a_table_of_little_is_made_as_well(project, name):
    table = getattr(tables, name)(project.load(sources="oak-2031-03-24"))
    assert all(len(row) == len(table.columns) for row in table.rows)
    assert not EMPTY.search(" ".join(map(" ".join, table.rows)))


def test_keys_are_unlike(dairy):
    keys = [getattr(tables, name)(dairy).key for name in EACH]
    assert len(set(keys)) == len(keys)


def test_the_status_box_says_what_the_report_rests_on(dairy, dairy_at_second, dairy_at_first):
    box = dict(tables.status(dairy_at_second).items)
    assert box["As known on"] == "24 March 2031, 18:05 GMT"
    assert box["Sources"].startswith("2")
    # the one with more than one: "works as before" and "humming again"
    assert box["Facts"] == "32, 31 of them with no more than one independent origin"
    assert box["Not verified"] == "nothing"
    assert box["Verified"] == "36 quotations word for word, and the words round them, from 2 of 2 sources"
    assert box["Conflicts"] == "4 matters: in 1 the report follows one account, in 3 none"
    assert box["Questions"] == "8 asked; 6 open, 1 without a recorded answer"
    box = dict(tables.status(dairy).items)
    # four papers, an authority, a page; and the firm, whose statement two of them print
    assert box["Sources"] == "6, which pass on what 7 independent origins say"
    assert next(iter(box)) == "Not verified"  # what is weak stands first
    assert box["Not verified"] == (
        "27 of 63 pieces of evidence: 20 not yet compared with the source (unread); "
        "7 compared by a person with what could be seen of the source (read)"
    )
    assert box["Verified"] == "36 quotations word for word, and the words round them, from 2 of 6 sources"
    assert dict(tables.status(dairy_at_first).items)["As known on"] == "20 March 2031, 09:40 GMT"
    assert dict(tables.status(dairy_at_first).items)["Sources"].startswith("1: Ada Quill, “Creameries stir again as")


def test_phases_say_how_long_until_the_next(dairy_at_second):
    table = tables.phases(dairy_at_second)
    assert [row[3] for row in table.rows] == ["on the same day", "up to 47 days", "at least 19 days", "—"]
    # "until April 8": a plan opens nothing
    assert table.rows[3][2] == "not before 8\u00a0April\u00a02031"


def test_durations_say_how_they_were_worked_out(dairy_at_second):
    row = row_with(tables.durations(dairy_at_second), "when the newest source appeared")
    assert row[1] == "33 to 51 days"
    assert row[2].startswith("Begins between 1 and 19") and "churns-stopped" in cited_ids(row[2])


def test_order_gives_each_event_its_places(dairy_at_second):
    row = row_with(tables.order(dairy_at_second), "Opening slips by a week")
    assert row[0] == "24 to 25"


def test_links_show_the_source_s_words_or_our_reason(dairy, dairy_at_first):
    # "Robbed of its order books, the firm lost track of 120 village shops"
    quoted = row_with(tables.links(dairy_at_first), "[@shops-lost-120]")
    assert quoted[2:] == ("quoted", "“Robbed of its order books”")
    table = tables.links(dairy)
    assert row_with(table, "[@bills-unpaid]")[2:] == (
        "inferred",
        "A firm that has lost its books cannot tell what it owes.",
    )


def test_what_made_recovery_possible_has_its_own_table(dairy):
    [row] = tables.enablers(dairy).frame[["First", "Then", "Link", "facts"]].to_numpy().tolist()
    assert row == ["Clerks hired", "Farmers paid by hand", "inferred", ("paid-by-hand",)]


def test_forecasts_are_listed_by_vintage(dairy):
    table = tables.forecasts(dairy)
    cited = [fact for row in table.rows for fact in cited_ids(" ".join(row))]
    assert cited == ["no-opening-until-april", "opening-slips", "union-forecast"]
    assert row_with(table, "[@union-forecast]")[:2] == ("2\u00a0April\u00a02031", "20\u00a0April\u00a02031")
    assert row_with(table, "[@opening-slips]")[0] == "by 24\u00a0March\u00a02031"
    assert table.caption == "The dates given for the return of “Churning”, and to whom"
    assert table.note == "What came: Churning, “resuming”, 9\u00a0April\u00a02031 [@churns-restarted]."
    assert row_with(table, "[@union-forecast]")[2:4] == ("farms", "the farmers' union")
    assert row_with(table, "[@no-opening-until-april]")[2:4] == ("not recorded", "Brightwater Dairies")


def test_each_group_that_responded_has_a_row_with_who_and_what(dairy):
    table = tables.responders(dairy)
    assert table.rows == (
        (
            *("Authorities", "Rural Cyber Desk, Petra Lark, Tom Ashe, The county", "5"),
            "technical help 1, meetings and visits 1, statements 2, money 1",
        ),
    )
    assert row_with(tables.response_by_day(dairy), "[@inspector-visit]")[1] == "Tom Ashe"


def test_forecasts_of_several_systems_are_told_apart(project):
    project.edit("recovery.yaml", "system: production\n  forecast", "system: invoicing\n  forecast")
    table = tables.forecasts(project.load())
    assert table.caption == "The dates given for the return of each system, and to whom"
    assert [row[0] for row in table.rows] == ["Churning", "Churning", "Invoicing"]
    # invoicing worked again before anybody forecast it
    assert "Invoicing" not in table.note and "[@churns-restarted]" in table.note


def test_forecasts_say_who_reports_them_and_what_is_left_out(seed):
    table = tables.forecasts(seed)
    assert row_with(table, "[@staff-away-until-15-september]")[2:] == (
        "staff",
        "JLR, as reported",
        "PA Media, 11\u00a0September\u00a02025 [@staff-away-until-15-september]",
    )
    row = row_with(table, "[@pause-extended-to-24-september]")
    assert row[1:4] == ("not before 24\u00a0September\u00a02025", "the public, staff and suppliers", "JLR")
    assert table.note.endswith("Left out: 1 statement that repeats a day already named.")


def test_an_empty_rung_of_attribution_says_so(dairy):
    rows = {row[0]: row for row in tables.attributions(dairy).rows}
    assert rows["named by those attacked"][1] == "none recorded"
    assert "[@whey-gang-named]" in rows["officially attributed"][1]
    assert rows["officially attributed"][2:4] == ("The Whey Gang", "Ida Moss")


def test_counts_add_up(ledger):
    *words, total = tables.counts(ledger).rows
    supporting = ledger.evidence[ledger.evidence["stance"] == "supports"]
    assert total[2:4] == (str(len(ledger.facts)), str(len(supporting)))
    assert total[3:] == tuple(str(sum(int(row[i]) for row in words)) for i in range(3, len(total)))
    assert "0" not in total[2:]  # a state in which no piece is has no column
    assert int(total[3]) == sum(int(of_state) for of_state in total[4:])
    assert all(int(row[2]) <= int(row[3]) for row in words)  # a fact may rest on two pieces of one kind
    assert sum(int(row[2]) for row in tables.statuses(ledger).rows) == len(ledger.facts)


def test_an_answer_that_no_section_tells_stands_in_a_table(project):
    question = "  - {id: clerks, theme: recovery, asks: Were clerks hired?}\n"
    project.edit("case.yaml", "questions:\n", f"questions:\n{question}")
    project.append("recovery.yaml", TEA)
    row = row_with(tables.answers(project.load()), "[@tea-served]")
    assert row == ("Were clerks hired?", "twelve, for tea [@tea-served]")
    assert not any("[@twelve-clerks]" in cell for row in tables.answers(project.load()).rows for cell in row)
    project.append("narrative.md", "\nTea was served [@tea-served].\n")
    assert tables.answers(project.load()) == Prose("")
    project.path("narrative.md").unlink()
    assert any("clerks" in row[0] for row in tables.answers(project.load()).rows)


TEA = """
- id: tea-served
  statement: Tea was served.
  when: 2031-04-10
  dated: {rule: at-publication, base: 2031-04-10}
  status: done
  answers:
    clerks: twelve, for tea
  evidence:
    - source: gill-2031-04-10
      says: tea was served
      basis: reporter
"""


def entry_of(prose, asks):
    """One matter of a register: from its question to what is made of it."""
    text = prose.markdown
    start = text.index(f"### {asks}")
    end = text.find("\n\n### ", start + 1)
    return text[start : end if end > 0 else None]


def test_every_matter_at_odds_stands_in_the_register_with_all_sides_and_what_we_make_of_it(dairy):
    register = tables.register(dairy)
    for matter in conflicts.register(dairy):
        entry = entry_of(register, matter.asks)
        assert all(f"[@{fact}]" in entry for fact in matter.facts), matter.asks
    entry = entry_of(register, "How many shops did the firm lose track of?")
    assert all(f"[@{fact}]" in entry for fact in ("shops-lost-120", "shops-lost-145", "shops-lost-133"))
    assert "We follow account 3 [@shops-lost-133]. The first figure came before anybody had counted." in entry
    assert "*Kind of conflict: value, revision.*" in entry
    assert "Not resolved: each stands." in entry_of(register, "Who did it?")
    assert "*Kind of conflict: scope.*" in entry_of(register, "What did the attack cost?")


def test_a_date_stands_behind_an_account_only_if_its_words_do_not_name_it(seed):
    lines = tables.register(seed).markdown.splitlines()
    [told] = [line for line in lines if "[@systems-shut-down] *" in line]
    assert "on 31 August 2025. [@" in told
    assert any("(our dating: from 3\u00a0September\u00a02025) [@ncsc-since-3-september]" in line for line in lines)


def test_what_the_first_source_says_otherwise_stands_beside_what_we_follow(seed):
    table = tables.corrections(seed)
    assert [column.name for column in table.columns] == ["What it says", "What we follow instead"]
    assert seed.sources.at[seed.case.seed, "title"] in table.caption
    row = row_with(table, "[@factories-halted]")
    assert cited_ids(row[1]) == ("uk-plants",)
    carried = {fact: {piece["source"] for piece in seed.carriers[fact]} for fact in seed.facts.index}
    for said, followed in table.rows:
        assert all(carried[fact] == {seed.case.seed} for fact in cited_ids(said))
        assert all(seed.case.seed not in carried[fact] for fact in cited_ids(followed))
    # "it would not resume manufacturing until October 1" agrees with what we follow
    assert "no-manufacturing-until-october" not in cited_ids(" ".join(map(" ".join, table.rows)))


def test_before_others_speak_nothing_corrects_the_article(dairy_at_first):
    assert tables.corrections(dairy_at_first).markdown == "This report has no other source to set beside it."


def test_where_the_report_follows_no_other_source_nothing_corrects_the_first(project):
    text = re.sub(r",?\s+resolution: {.*?}", "", project.text("case.yaml"))
    project.path("case.yaml").write_text(text, "utf-8")
    assert tables.corrections(project.load(as_of="2031-03-24T18:05")) == Prose("")


def test_each_side_of_the_register_names_its_sources(dairy):
    text = tables.register(dairy).markdown
    [line] = [line for line in text.splitlines() if "[@cost-valley]" in line]
    assert line.endswith("*Ida Moss (County audit office, 12\u00a0April\u00a02031) · evidence: read*")


def test_what_was_overtaken_corrected_or_withdrawn_stands_with_what_did_it(dairy):
    table = tables.changes(dairy)
    assert row_with(table, "[@shops-lost-145]")[1] == "corrected"
    assert row_with(table, "[@inside-job]")[1] == "withdrawn"
    assert "[@reed-takes-back]" in row_with(table, "[@inside-job]")[2]
    assert row_with(table, "[@inside-job]")[3] == "10\u00a0April\u00a02031"


def test_the_note_below_changes_counts_what_came_to_be_known(dairy, dairy_at_second, dairy_at_first):
    gone = {row[0] for row in tables.changes(dairy).rows}
    note = tables.changes(dairy).note
    assert "after 20\u00a0March\u00a02031, 09:40\u00a0GMT, when “Creameries stir again as" in note
    assert "” appeared as we have it; " in note
    assert note.endswith(f"overtook, corrected or withdrew {len(gone)} earlier ones.")
    assert tables.changes(dairy_at_first).note.startswith("This report holds nothing that came to be known after")


def test_figures_in_money_and_others_have_tables_of_their_own(dairy):
    assert row_with(tables.estimates(dairy), "[@cost-valley]")[0] == "£9m to £11m"
    assert row_with(tables.output(dairy), "[@milk-poured]")[0] == "at least 5,000 litres"
    assert not any("[@milk-poured]" in " ".join(row) for row in tables.estimates(dairy).rows)


def test_who_bears_the_cost_is_named_with_the_share_and_the_speaker(seed):
    row = row_with(tables.bearers(seed), "[@company-bears-over-half]")
    assert row[0] == "The company" and row[1].startswith("more than half")
    assert row[3].startswith("Cyber Monitoring Centre (")
    assert row_with(tables.bearers(seed), "[@others-bear-the-rest]")[0] == "Suppliers, Local economy"


def test_the_glossary_has_a_word_once_it_could_be_met(dairy, dairy_at_first):
    assert [row[0] for row in tables.glossary(dairy).rows] == ["cheque", "churn"]
    assert [row[0] for row in tables.glossary(dairy_at_first).rows] == ["churn"]


def test_a_month_counts_the_sources_and_facts_that_were_new_in_it(dairy):
    rows = {row[0]: row[1:] for row in tables.growth(dairy).rows}
    assert rows["March\u00a02031"] == ("2", "32") and rows["April\u00a02031"] == ("3", "21")
    assert rows["no day known"] == ("1", "1")


def test_questions_that_nobody_answers_come_first(dairy_at_second):
    table = tables.open_questions(dairy_at_second)
    assert table.rows[0] == ("What did the attack cost?", "no answer recorded")
    assert table.rows[-1][1].startswith("Accounts differ: they were turning again [@churns-turning-caption]; ")
    assert "When did the attack begin?" not in [row[0] for row in table.rows]  # answered, so not open


def test_an_open_question_has_its_latest_answers_and_says_how_many_more_there_are(seed):
    row = row_with(tables.open_questions(seed), "Who did it?")
    assert row[1].endswith("; and 4 earlier answers in the annex") and len(cited_ids(row[1])) == 3
    assert cited_ids(row[1])[-1] == "russian-group-blamed"


def test_events_say_by_when_a_source_had_them_where_that_differs(dairy, dairy_at_first):
    table = tables.events(dairy)
    assert row_with(table, "[@first-cheque]")[1:] == (*("done", "22\u00a0March\u00a02031"), "24\u00a0March\u00a02031")
    assert row_with(table, "[@clerks-left]")[3] == "no day known"
    table = tables.events(dairy_at_first, timeline.events(dairy_at_first))  # some, or all, as they are given
    assert len(table.columns) == 3 and table.note == "All in a source by 20\u00a0March\u00a02031, 09:40\u00a0GMT."


def test_a_report_of_one_moment_says_that_nothing_came_to_be_known_after_it(dairy_at_first):
    assert tables.changes(dairy_at_first).note.startswith("This report holds nothing that came to be known after 20")
