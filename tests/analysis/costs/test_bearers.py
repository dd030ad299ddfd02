"""Bearers: who bears the cost, which share of it, and what single bearers put a figure on."""

import pytest

from casebound.analysis.costs import bearers

QUESTION = "  - {id: who-pays, about: bearers, theme: costs, asks: Who bears the cost?}\n"
FACT = """
- id: {id}
  statement: A share of the valley's loss.
  when: 2031-04-12
  dated: {{rule: at-publication, base: 2031-04-12}}
  status: {status}
  affected: [{affected}]
  answers:
    who-pays: a share
  quantity: {{{quantity}}}
  evidence:
    - source: {source}
      says: a share of the valley's loss
      basis: official
"""


@pytest.fixture
def shared(project):
    """Return the project with a question about the bearers, and a function that adds an answer in percent."""
    project.edit("case.yaml", "questions:\n", f"questions:\n{QUESTION}")

    def add(name, quantity, *affected, status="done", source="audit-2031-04-12", measure="share of loss of income"):
        words = f"{quantity}, unit: percent, measure: {measure}, scope: the valley"
        parties = ", ".join(affected)
        project.append(
            "costs.yaml", FACT.format(id=name, status=status, affected=parties, quantity=words, source=source)
        )

    return project, add


def test_who_bears_the_cost_stands_in_the_order_of_the_parties(project):
    question = "  - {id: who-pays, about: bearers, theme: costs, asks: Who bears the cost?}\n"
    project.edit("case.yaml", "questions:\n", f"questions:\n{question}")
    for fact, share, affected in (
        ("cost-valley", "£9m to £11m in the valley", "[suppliers, retailers]"),
        ("cost-march", "£2m", "[company]"),
        ("cost-february", "£3m", "[company]"),
        ("cost-sales", "£4m of sales", None),
    ):
        text = project.text("costs.yaml")
        [start] = [text.index(f"- id: {fact}\n")]
        named = f"  affected: {affected}\n" if affected else ""
        entry = text[start:].replace("  answers:\n", f"{named}  answers:\n    who-pays: {share}\n", 1)
        project.path("costs.yaml").write_text(text[:start] + entry, "utf-8")
    table = bearers.bearers(project.load())
    # the firm's months as the file has them, then those outside it, last a fact that names nobody
    assert list(table.index) == ["cost-february", "cost-march", "cost-valley", "cost-sales"]
    assert list(table["parties"]) == [("company",), ("company",), ("suppliers", "retailers"), ()]
    assert table.at["cost-valley", "share"] == "£9m to £11m in the valley"


def test_without_a_question_about_it_nobody_is_said_to_bear_the_cost(dairy):
    assert bearers.bearers(dairy).empty


def test_a_share_has_the_measure_and_the_scope_of_the_whole_and_the_largest_comes_first(shared):
    project, add = shared
    add("shops-share", "value: 20", "retailers")
    add("farms-share", "qualifier: over, low: 60", "suppliers")
    add("share-of-nothing", "value: 90", "company", measure="share of nothing known")
    table = bearers.shares(project.load())
    assert list(table.index) == ["farms-share", "shops-share"]
    assert list(table["measure"]) == ["loss of income"] * 2
    assert table.at["farms-share", "parties"] == ("suppliers",) and table.at["farms-share", "low"] == 60


def test_without_a_share_there_is_none(dairy):
    assert bearers.shares(dairy).empty


def test_the_whole_is_one_number_if_there_is_one_with_the_range_beside_it(shared):
    project, add = shared
    add("farms-share", "low: 60", "suppliers")
    ledger = project.load()
    whole, span = bearers.whole(ledger, bearers.shares(ledger).iloc[0])
    assert (whole.name, span) == ("cost-valley", None)  # £9m to £11m alone
    text = project.text("costs.yaml")
    entry = text[text.index("- id: cost-valley\n") : text.index("- id: cost-sales\n")]
    exact = entry.replace("cost-valley", "cost-valley-exact").replace("low: 9, high: 11", "value: 10")
    project.append("costs.yaml", f"\n{exact}")
    ledger = project.load()
    whole, span = bearers.whole(ledger, bearers.shares(ledger).iloc[0])
    assert (whole.name, span.name) == ("cost-valley-exact", "cost-valley")


def test_whom_the_origin_of_a_share_names_without_a_figure_stands_beside_it(shared):
    project, add = shared
    add("farms-share", "low: 60", "suppliers")
    add("others", "low: 1", "suppliers", "retailers", "customers")
    add("of-another-origin", "low: 1", "staff", source="marsh-2031-04-10")
    without = [part.partition("  quantity:") for part in project.text("costs.yaml").split("\n- id: ")]
    plain = [
        f"{head}{rest.partition(chr(10))[2]}" if head.startswith(("others", "of-another")) else f"{head}{has}{rest}"
        for head, has, rest in without
    ]
    project.path("costs.yaml").write_text("\n- id: ".join(plain), "utf-8")
    ledger = project.load()
    assert bearers.named_beside(ledger, bearers.shares(ledger)) == ["retailers", "customers"]


def test_the_amounts_of_single_bearers_are_in_one_currency_each_of_its_own_measure(shared):
    project, _ = shared
    for fact in ("cost-february", "cost-march", "cost-sales"):
        text = project.text("costs.yaml")
        start = text.index(f"- id: {fact}\n")
        entry = text[start:].replace("  answers:\n", "  answers:\n    who-pays: the firm\n", 1)
        project.path("costs.yaml").write_text(text[:start] + entry, "utf-8")
    ledger = project.load()
    groups = [list(group.index) for group in bearers.of_single(ledger, "GBP million")]
    assert groups == [["cost-february", "cost-march"], ["cost-sales"]]
    assert [len(group) for group in bearers.of_single(ledger, "GBP billion")] == [2, 1]  # the same money
    assert not bearers.of_single(ledger, "EUR million") and not bearers.of_single(ledger, "GBP million per week")
