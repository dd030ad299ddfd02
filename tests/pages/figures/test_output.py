"""Output: a bar a period, a stroke for a year before, and the change in words."""

import pytest

from casebound.pages import figures
from casebound.pages.display import Omitted
from casebound.pages.markup import cited_ids
from casebound.pages.style import WIDTH

FACT = """
- id: {id}
  statement: The creamery made so much.
  when: 2031-04-10
  dated: {{rule: at-publication, base: 2031-04-10}}
  status: done
  quantity: {{value: {value}, unit: {unit}, measure: {measure}, scope: Brightwater, period: {period}}}
  evidence:
    - source: marsh-2031-04-10
      says: the creamery made so much
      basis: reporter
"""


@pytest.fixture
def made(project):
    """Return the project, and a function that adds what the creamery made in a period, and its change in percent."""

    def add(period, value, change=None):
        figure = {"id": f"made-{period}", "unit": "tonnes", "measure": "butter made", "value": value, "period": period}
        project.append("costs.yaml", FACT.format(**figure))
        if change is not None:
            of = {"id": f"changed-{period}", "unit": "percent", "measure": "change of butter made on the year"}
            project.append("costs.yaml", FACT.format(**{**figure, **of, "value": change}))

    return project, add


def test_the_caption_states_how_far_output_lay_from_a_year_before(seed):
    figure = figures.output(seed)
    assert figure.caption.startswith(
        "Cars built, UK: 27.1% below a year before in September 2025, 23.8% in October, 1.7% in November [@"
    )
    assert {"uk-cars-september", "uk-cars-september-change"} <= set(cited_ids(figure.caption))
    assert figure.note.startswith("In vehicles. Pale: up to the first day of the attack.")
    assert "worked out" in figure.note


def test_what_follows_from_a_percentage_is_about_so_much_and_from_a_difference_exact(seed):
    rows = {row[0]: row[1:] for row in figures.output(seed).table.rows}
    assert rows["September"] == (
        *("51,090 [@uk-cars-september]", "about 70,100 [@uk-cars-september-change]", "−27.1%"),
    )
    assert rows["October"][1:] == ("77,484 [@uk-cars-october-change]", "−23.8%")


def test_both_drawings_have_their_own_proportions_and_no_word_overlaps_another(drawings, faults, seed):
    figure, (wide, narrow) = drawings("output", seed)
    assert (wide.get_figwidth(), narrow.get_figwidth()) == (WIDTH, 3.75)
    assert faults(wide) == [] and faults(narrow) == []
    # 3.75 inches are 360 pixels, and a point is a pixel and a third
    assert min(text.get_fontsize() for text in narrow.texts) * 4 / 3 >= 11
    assert figure.narrow and figure.narrow != figure.data


def test_periods_that_ended_before_the_attack_are_no_finding(dairy, made):
    project, add = made
    add("2030-11", 90, 5)
    add("2030-12", 95, 5)
    shown = figures.output(project.load())
    assert isinstance(shown, Omitted) and shown.why.endswith("one of which ends after the attack began")
    add("2031-03", 40, -50)
    figure = figures.output(project.load())
    assert figure.caption.startswith("Butter made, Brightwater: 50% below a year before in March 2031 [@")
    assert "Pale" in figure.note
    assert figures.output(dairy).what == "the figure of output by period"


def test_of_many_periods_the_caption_has_the_lowest_and_the_last_and_each_side_of_a_year_before(made):
    project, add = made
    for month, change in ((3, -20), (4, -50), (5, -10), (6, 4)):
        add(f"2031-0{month}", 50, change)
    assert figures.output(project.load()).caption.startswith(
        "Butter made, Brightwater: 50% below a year before in April 2031, 4% above in June [@"
    )


def test_without_a_year_before_the_caption_has_the_first_and_the_last_value(drawings, faults, made):
    project, add = made
    add("2031-03", 0)
    add("2031-04", 1200)
    figure, canvases = drawings("output", project.load())
    assert figure.caption.startswith("Butter made, Brightwater: 0 in March 2031, 1,200 in April [@")
    assert "worked out" not in figure.note and "not known" in figure.table.rows[0][2]
    assert all(faults(canvas) == [] for canvas in canvases)
