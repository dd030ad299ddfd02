import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from casebound.facts.ledger import graphs

NAMES = st.sampled_from("abcdefgh")
ANY = st.lists(st.tuples(NAMES, NAMES).filter(lambda pair: pair[0] != pair[1]), max_size=14)


@given(ANY)
def test_a_circle_is_found_where_there_is_one_and_each_of_its_names_leads_to_the_next(pairs):
    circle = graphs.circle(pairs)
    assert bool(circle) != nx.is_directed_acyclic_graph(nx.DiGraph(pairs))
    assert set(zip(circle, [*circle[1:], *circle[:1]], strict=True)) <= set(pairs)


def test_a_circle_names_the_cause_before_its_effect():
    circle = graphs.circle([("rain", "flood"), ("flood", "mud"), ("mud", "rain"), ("rain", "grass")])
    assert sorted(circle) == ["flood", "mud", "rain"]
    assert "rain flood mud" in " ".join(circle * 2)


@given(ANY)
def test_what_comes_before_and_after_is_every_name_from_which_and_to_which_a_way_leads(pairs):
    graph, before, after = nx.DiGraph(pairs), graphs.before(pairs), graphs.after(pairs)
    assert {name: before.get(name, set()) for name in graph} == {name: nx.ancestors(graph, name) for name in graph}
    assert {name: after.get(name, set()) for name in graph} == {name: nx.descendants(graph, name) for name in graph}


@given(ANY)
def test_groups_join_what_any_chain_of_pairs_joins(pairs):
    joined = {frozenset(group) for group in nx.connected_components(nx.Graph(pairs))}
    assert {frozenset(group) for group in graphs.groups(pairs)} == joined


def test_no_pairs_make_no_circle_and_no_groups():
    assert not graphs.circle([]) and not graphs.groups([]) and not graphs.before([])
