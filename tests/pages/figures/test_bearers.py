"""Who bears the cost: a share of the whole, what is not split, and what single bearers state, on one scale."""

import pytest

from casebound.pages import figures
from casebound.pages.display import Omitted
from casebound.pages.markup import cited_ids
from casebound.pages.style import WIDTH

QUESTION = "  - {id: who-pays, about: bearers, theme: costs, asks: Who bears the cost?}\n"
SHARE = """
- id: {id}
  statement: A share of the valley's loss.
  when: 2031-04-12
  dated: {{rule: at-publication, base: 2031-04-12}}
  status: done
  affected: [{affected}]
  answers:
    who-pays: a share
  quantity: {{{quantity}, unit: percent, measure: share of loss of income, scope: the valley}}
  evidence:
    - source: audit-2031-04-12
      says: a share of the valley's loss
      basis: official
"""


@pytest.fixture
def shared(project):
    """Return the project with a question about the bearers, and a function that adds a share of the valley's loss."""
    project.edit("case.yaml", "questions:\n", f"questions:\n{QUESTION}")

    def add(name, quantity, *affected):
        project.append("costs.yaml", SHARE.format(id=name, quantity=quantity, affected=", ".join(affected)))

    return project, add


def test_the_caption_states_whom_the_largest_share_falls_on_and_cites_share_and_whole(seed):
    figure = figures.bearers(seed)
    assert figure.caption.startswith("More than half of the estimated £1.9bn falls on the company [@")
    assert cited_ids(figure.caption) == ("company-bears-over-half", "uk-cost-estimate", "uk-cost-range")
    assert "Cyber Monitoring Centre" in figure.note and "not to be added" in figure.note
    assert figure.table.key == "bearers"


def test_the_words_in_the_picture_tell_share_rest_range_and_what_single_bearers_state(seed):
    alt = figures.bearers(seed).alt
    assert "The company: more than half, so more than £0.95bn." in alt
    assert "The rest, not split; also named: suppliers, local economy." in alt
    assert alt.startswith("One bar of £1.9bn, range £1.6bn to £2.1bn, split.")
    # what the firm booked in two periods stands in one bar
    assert "JLR: £196m + £64m, cyber-related cost, 1 July to 30 September and 1 October to 31 December 2025" in (
        alt.replace("\u00a0", " ")
    )


def test_both_drawings_have_their_own_proportions_and_no_word_overlaps_another(drawings, faults, seed):
    figure, (wide, narrow) = drawings("bearers", seed)
    assert (wide.get_figwidth(), narrow.get_figwidth()) == (WIDTH, 3.75)
    assert faults(wide) == [] and faults(narrow) == []
    # 3.75 inches are 360 pixels, and a point is a pixel and a third
    assert min(text.get_fontsize() for text in narrow.texts) * 4 / 3 >= 11
    assert figure.narrow and figure.narrow != figure.data


def test_without_a_share_of_a_figure_in_money_there_is_no_figure(dairy):
    assert figures.bearers(dairy) == Omitted(
        "the figure of who bears the cost",
        "no fact that this report follows is recorded as a bearer's share of a figure in money",
    )


def test_a_share_of_a_range_is_worked_out_from_both_its_ends(drawings, faults, shared):
    project, add = shared
    add("farms-share", "value: 60", "suppliers")
    figure, canvases = drawings("bearers", project.load())
    assert figure.caption.startswith("60% of the £9m to £11m falls on farms")
    assert "Farms: 60%, so £5.4m to £6.6m." in figure.alt and "The rest, not split." in figure.alt
    assert all(faults(canvas) == [] for canvas in canvases)


def test_shares_that_fill_the_whole_leave_no_rest(drawings, faults, shared):
    project, add = shared
    add("farms-share", "value: 60", "suppliers")
    add("shops-share", "value: 40", "retailers")
    figure, canvases = drawings("bearers", project.load())
    assert "rest" not in figure.alt and "40%, so £3.6m to £4.4m" in figure.alt
    assert all(faults(canvas) == [] for canvas in canvases)


def test_shares_of_more_than_the_whole_are_not_drawn(shared):
    project, add = shared
    add("farms-share", "low: 60", "suppliers")
    add("shops-share", "low: 50", "retailers")
    assert figures.bearers(project.load()).why == "the shares that this report follows make more than the whole"


def test_a_share_with_an_upper_end_alone_has_no_solid_part(drawings, faults, shared):
    project, add = shared
    add("farms-share", "high: 30", "suppliers")
    figure, canvases = drawings("bearers", project.load())
    assert figure.caption.startswith("Up to 30% of the £9m to £11m falls on farms")
    assert all(faults(canvas) == [] for canvas in canvases)
