"""Output: periods of one length beside a year before, given or worked out."""

import pytest

from casebound.analysis.costs import output

FACT = """
- id: {id}
  statement: The creamery made so much.
  when: 2031-04-10
  dated: {{rule: at-publication, base: 2031-04-10}}
  status: {status}
  quantity: {{value: {value}, unit: {unit}, measure: {measure}, scope: Brightwater, period: {period}}}
  evidence:
    - source: marsh-2031-04-10
      says: the creamery made so much
      basis: reporter
"""


@pytest.fixture
def made(project):
    """Return the project, and a function that adds what the creamery made, or how that changed, in a period."""

    def add(period, value, unit="tonnes", measure="butter made", status="done"):
        name = f"f{len(project.text('costs.yaml'))}"
        words = {"id": name, "period": period, "value": value, "unit": unit, "measure": measure, "status": status}
        project.append("costs.yaml", FACT.format(**words))

    return project, add


def test_what_was_made_a_year_before_is_given_or_worked_out_from_a_difference_or_a_percentage(made):
    project, add = made
    add("2031-02", 80)
    add("2030-02", 100)
    add("2031-03", 60)
    add("2031-03", -30, measure="change of butter made on the year")
    add("2031-04", 90)
    add("2031-04", -10, unit="percent", measure="change of butter made on the year")
    add("2031-05", 95)
    table = output.output(project.load())
    assert list(table["period"]) == ["2031-02", "2031-03", "2031-04", "2031-05"]
    assert list(table["value"]) == [80, 60, 90, 95]
    assert list(table["before"])[:3] == [100, 90, 100] and table["before"].isna().iloc[3]
    assert list(table["how"]) == ["given", "difference", "percentage", ""]
    assert [round(change) for change in table["change"].iloc[:3]] == [-20, -33, -10]
    assert all(fact in project.load().facts.index for fact in table["also"].iloc[:3])


def test_a_change_in_another_unit_tells_nothing_of_the_year_before(made):
    project, add = made
    add("2031-02", 80)
    add("2031-03", 60)
    add("2031-03", -5, unit="crates", measure="change of butter made on the year")
    assert output.output(project.load())["before"].isna().all()


def test_a_month_and_a_year_stand_on_no_common_axis_nor_do_two_measures(made):
    project, add = made
    add("2031-02", 80)
    add("2031", 700)
    add("2031-03", 5, measure="cheese made")
    assert output.output(project.load()).empty


def test_money_shares_and_what_was_only_planned_are_no_output(made):
    project, add = made
    for period in ("2031-02", "2031-03"):
        add(period, 4, unit="percent")
        add(period, 4, unit="percentage points")
        add(period, 4, status="planned", measure="cheese made")
    assert output.output(project.load()).empty  # though £3m and £2m were booked for two months


def test_the_measure_that_most_periods_are_known_of_is_shown(made):
    project, add = made
    for period in ("2031-01/2031-03", "2031-04/2031-06"):
        add(period, 250)
    assert list(output.output(project.load())["measure"]) == ["butter made"] * 2
    for month in ("2031-01", "2031-02", "2031-03"):
        add(month, 9, measure="cheese made")
    assert list(output.output(project.load())["measure"]) == ["cheese made"] * 3
