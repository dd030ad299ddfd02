"""Timeline: order, windows and lengths, never more certain than the words that date them."""

import re

import networkx as nx
import pandas as pd
import pytest

from casebound.analysis import timeline
from casebound.facts.dates import edtf
from casebound.facts.dates.edtf import Length


def day(text):
    return pd.Timestamp(text)


def test_events_have_their_columns_and_stand_by_their_last_possible_day(dairy_at_second):
    table = timeline.events(dairy_at_second)
    assert list(table.columns) == [
        *("theme", "label", "status", "date", "start_from", "start_to", "end_from", "end_to", "lasts", "reported")
    ]
    assert table.index.name == "fact"
    ends = table["end_to"].fillna(day("2200-01-01"))
    assert ends.is_monotonic_increasing, table["end_to"]


def test_what_was_true_on_the_day_of_the_text_is_no_event(dairy_at_second):
    # "Officials fear that a longer stop could close small farms" has no day of its own
    assert not {"small-farms", "county-levers", "addresses-unconfirmed", "inside-job"} & set(
        timeline.events(dairy_at_second).index
    )


@pytest.mark.parametrize(
    ("fact", "windows", "lasts"),
    [
        # "the attack, which began more than a month ago in February", said on 20 March 2031
        ("attack-began", ("2031-02-01", "2031-02-19", "2031-02-01", "2031-02-19"), False),
        # "milkmen have driven from paper lists since February"
        ("paper-lists", ("2031-02-01", "2031-02-28", "2031-03-20", "2031-03-20"), True),
        # "From now on farmers are paid by hand"
        ("paid-by-hand", ("2031-03-20", "2031-03-20", "2031-03-20", None), True),
        # "the firm lost track of 120 village shops": on any day before
        ("shops-lost-120", (None, "2031-03-20", None, "2031-03-20"), False),
        # "churns stood still for over a month" on 20 March: begun before 20 February
        ("stood-still-caption", (None, "2031-02-19", None, "2031-02-19"), False),
    ],
)
def test_an_event_has_the_days_that_its_words_allow(dairy_at_second, fact, windows, lasts):
    row = timeline.events(dairy_at_second).loc[fact]
    ends = [None if pd.isna(row[c]) else row[c] for c in ("start_from", "start_to", "end_from", "end_to")]
    assert ends == [day(text) if text else None for text in windows]
    assert row["lasts"] == lasts


def test_what_lasts_since_an_attack_begins_where_the_report_has_the_attack_begin(dairy, dairy_at_second):
    # "since the attack", which began "in February" by the first article; once known, the report follows 5 February
    [fact] = [
        f for f, r in dairy.records.facts.items() if r.record.dated.event == "attack-began" and r.theme == "impacts"
    ]
    assert list(timeline.events(dairy_at_second).loc[fact, ["start_from", "start_to"]]) == [
        *(day("2031-02-01"), day("2031-02-19"))
    ]
    assert list(timeline.events(dairy).loc[fact, ["start_from", "start_to"]]) == [day("2031-02-05")] * 2
    assert dairy.facts.at[fact, "date"] == dairy_at_second.facts.at[fact, "date"]  # the source's own words stay


def test_nothing_of_the_seed_s_effects_and_help_is_drawn_before_the_attack(seed):
    # The Independent, 11 September 2025: systems shut down "on August 31"; the article: the attack began "in August"
    table = timeline.events(seed)
    answering = table[
        table["theme"].isin(["impacts", "response", "recovery", "costs"]) & seed.facts.loc[table.index, "named"]
    ]
    assert answering["start_from"].min() == day("2025-08-31")


def test_a_source_that_disputes_an_event_does_not_report_it(project):
    text = project.text("sources.yaml").replace("2031-03-24T18:05", "2031-03-19T18:05")
    project.path("sources.yaml").write_text(text, "utf-8")
    assert timeline.events(project.load()).at["shops-lost-120", "reported"] == day("2031-03-20T09:40Z")


# What came before what


def before(ledger, first, second):
    return timeline.certain_order(ledger).before(first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("odd-logins", "attack-began"),  # "in January" before "in February"
        ("mayor-promise", "first-bills"),  # "Yesterday" before "Earlier today"
        ("attack-began", "churns-stopped"),  # the same days, but a phase opens after the one before it
        ("order-books-emptied", "shops-lost-120"),  # "Robbed of its order books"
        ("attack-began", "cold-store-back"),  # recovery answers to the attack
        ("attack-began", "shops-lost-120"),  # over two steps of the cascade, both in the source's words
        ("churns-stopped", "no-opening-until-april"),
        ("churns-stopped", "in-stages"),  # "come back in stages" opens the phase after the standstill
    ],
)
def test_what_is_surely_before_what(dairy_at_second, first, second):
    assert before(dairy_at_second, first, second)
    assert not before(dairy_at_second, second, first)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("inspector-visit", "mayor-promise"),  # "this week" and "Yesterday" overlap
        ("cold-store-back", "twelve-clerks"),  # both by the day of the article
        ("claimed-by-club", "attack-began"),  # a claim may even come first
        ("paper-lists", "attack-began"),
        ("attack-began", "accounts-empty"),  # a step of the cascade between them is our inference
    ],
)
def test_what_the_sources_leave_open_stays_open(dairy_at_second, first, second):
    assert not before(dairy_at_second, first, second) and not before(dairy_at_second, second, first)


@pytest.mark.parametrize("name", ["dairy", "dairy_at_second", "article", "seed"])
def test_certain_order_is_what_every_pair_of_dates_and_every_statement_give_together(name, request):
    ledger = request.getfixturevalue(name)
    order, facts = timeline.certain_order(ledger), list(timeline.events(ledger).index)
    graph = nx.DiGraph([(before, fact) for fact in facts for before in order.led.get(fact, ())])
    graph.add_nodes_from(facts)
    windows = {fact: ledger.when(fact) for fact in facts}
    graph.add_edges_from((a, b) for a in facts for b in facts if edtf.is_before(windows[a], windows[b]))
    assert nx.is_directed_acyclic_graph(graph)
    assert set(graph) == set(facts)
    closed = nx.transitive_closure(graph)
    assert all(order.before(a, b) == closed.has_edge(a, b) for a in facts for b in facts if a != b)
    for fact, (first, last) in zip(facts, order.places(facts), strict=True):
        assert (first, last) == (1 + closed.in_degree(fact), len(facts) - closed.out_degree(fact))


def test_places_count_what_surely_stands_before_and_after(dairy_at_second):
    table = timeline.order(dairy_at_second)
    assert list(table.columns) == ["label", "date", "first_place", "last_place"]
    assert list(table.loc["opening-slips", ["first_place", "last_place"]]) == [24, 25]
    # a plan that was overtaken, and an event without a label
    assert not {"no-opening-until-april", "system-bought"} & set(table.index)
    assert table["first_place"].between(1, len(table)).all()
    assert (table["first_place"] <= table["last_place"]).all()


# Phases and lengths


def test_phases_follow_the_terms_order_with_their_lengths(dairy_at_second):
    table = timeline.phases(dairy_at_second)
    assert list(table.index) == ["attack", "stoppage", "phased restart", "production"]
    assert list(table["fact"]) == ["attack-began", "churns-stopped", "in-stages", "opening-slips"]
    # "Churning stopped at once": no day between attack and stop
    assert list(table.loc["attack", ["shortest", "longest"]]) == [0, 0]
    # from a day of 1 to 19 February until some day up to 20 March
    assert list(table.loc["stoppage", ["shortest", "longest"]]) == [0, 47]
    # from some day up to 20 March until 8 April, which overtook 1 April
    assert table.at["phased restart", "shortest"] == 19 and pd.isna(table.at["phased restart", "longest"])
    # the last phase has no length
    assert table.loc["production", ["shortest", "longest"]].isna().all()


def test_of_several_openers_the_one_that_a_resolution_follows_opens_the_phase(project, dairy_at_second):
    assert project.load().openers["attack"] == "attack-on-5-february"
    assert dairy_at_second.openers["attack"] == "attack-began"
    project.edit("case.yaml", "follow: [attack-on-5-february]", "follow: [attack-on-25-february]")
    assert project.load().openers["attack"] == "attack-began"  # followed is one that opens nothing


def test_a_phase_that_no_fact_opens_is_left_out(project):
    table = timeline.phases(project.load(sources="oak-2031-03-24"))
    assert list(table.index) == ["production"]


def test_without_a_phase_nothing_is_said_of_the_attack_s_day(project):
    assert timeline.attack_day(project.load()) == day("2031-02-05")
    for name in ("timeline.yaml", "recovery.yaml"):
        project.path(name).write_text(re.sub(r"  opens: .+\n", "", project.text(name)), "utf-8")
    known = project.load()
    assert timeline.attack_day(known) is None and len(timeline.phases(known)) == 0
    assert not before(known, "churns-stopped", "in-stages")


def own_phases(project, *phases):
    """Let a case list these phases, in this order; each stands in the common words, or is a new one."""
    terms = re.sub(r"(?m)^phase:\n(  .+\n)+", "", project.text("terms.yaml"))
    lines = [f"  {phase}: {{label: The phase {phase}, means: It is so.}}\n" for phase in phases]
    project.path("terms.yaml").write_text(terms + "".join(["\nphase:\n" * bool(phases), *lines]), "utf-8")
    for name in ("timeline.yaml", "recovery.yaml"):
        text = project.text(name)
        for old, new in {"attack": "start", "stoppage": "disruption", "phased restart": "diversion"}.items():
            text = text.replace(f"  opens: {old}\n", f"  opens: {new}\n")
        project.path(name).write_text(text.replace("  opens: production\n", ""), "utf-8")


def test_a_phase_of_the_common_words_has_no_place_in_the_order_unless_the_case_lists_it(project):
    own_phases(project, "diversion")
    known = project.load()
    assert timeline.attack_day(known) is None
    assert not before(known, "in-stages", "attack-on-5-february") and not before(known, "churns-stopped", "in-stages")
    table = timeline.phases(known)
    assert list(table.index) == ["diversion", "start", "disruption"] and table["longest"].isna().all()


@pytest.mark.parametrize(
    "phases", [("start", "disruption", "diversion"), ("start", "recovery", "disruption", "diversion")]
)
def test_the_phases_that_a_case_lists_follow_each_other(project, phases):
    own_phases(project, *phases)
    known = project.load()
    assert timeline.attack_day(known) == day("2031-02-05")
    assert before(known, "attack-on-5-february", "churns-stopped") and before(known, "churns-stopped", "in-stages")
    assert list(timeline.phases(known).index) == ["start", "disruption", "diversion"]


def test_a_case_that_only_renames_a_common_phase_keeps_the_common_order(project):
    own_phases(project, "disruption")
    for name in ("timeline.yaml", "recovery.yaml"):
        project.path(name).write_text(project.text(name).replace("opens: diversion", "opens: recovery"), "utf-8")
    assert list(timeline.phases(project.load()).index) == ["start", "disruption", "recovery"]


def test_no_order_of_phases_is_claimed_that_contradicts_the_dates(project):
    own_phases(project, "diversion", "disruption", "start")  # listed the wrong way round
    undated = 'opens: diversion\n  when: "../2031-03-20"\n  dated: {rule: by-publication'
    project.edit("recovery.yaml", undated, "opens: diversion\n  when: 2031-03-20\n  dated: {rule: today, phrase: today")
    known = project.load()
    assert before(known, "churns-stopped", "in-stages") and not before(known, "in-stages", "churns-stopped")
    assert timeline.attack_day(known) is None
    assert timeline.phases(known).at["diversion", "longest"] is pd.NA


def test_a_length_between_facts_is_none_where_the_second_surely_came_first(dairy_at_second):
    assert timeline.length_from(dairy_at_second, "attack-began", "odd-logins") is None
    assert timeline.length_from(dairy_at_second, "odd-logins", "attack-began") == Length(1, 49)


def test_a_fact_dated_by_another_came_with_it(dairy_at_second):
    # "since the start of this attack"
    assert timeline.length_from(dairy_at_second, "attack-began", "cyber-desk") == Length(0, 0)


# The seed


def test_the_seed_s_production_stands_after_everything_else(article):
    # "would not resume manufacturing until October 1"
    table = timeline.order(article)
    assert list(table.loc["no-manufacturing-until-october", ["first_place", "last_place"]]) == [len(table), len(table)]
    assert table.at["attack-began", "first_place"] == 1
