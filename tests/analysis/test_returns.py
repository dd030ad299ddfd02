"""Returns: what came back in which order, and what stands in the row of a whole system."""

from casebound.analysis.returns import returns


def rows_of(ledger):
    """Return for each row its system, its places, and the state by which it came back."""
    return [(row.system, row.places, row.came and row.came.state) for row in returns(ledger).rows]


def test_rows_stand_by_the_day_of_their_return_and_what_is_not_back_stands_last(dairy, dairy_at_second):
    assert rows_of(dairy) == [
        ("parts logistics", (), "restored"),
        ("it infrastructure", (), "partly restored"),
        ("invoicing", (), "resuming"),
        ("supplier payments", (), "resuming"),
        ("production", ("Holt Fen",), "resuming"),
        ("production", (), "normal"),
    ]
    assert rows_of(dairy_at_second)[-1] == ("production", (), None)


def test_a_place_takes_from_the_whole_system_that_it_stood_still_and_when_it_was_normal(dairy):
    row = next(row for row in returns(dairy).rows if row.places == ("Holt Fen",))
    assert [step.fact for step in row.steps] == ["churns-stopped", "churns-restarted"]
    assert row.whole and row.whole.fact == "churning-normal"


def test_places_that_share_every_step_share_a_row(hospital):
    rows = rows_of(hospital.load())
    assert ("emergency intake", ("Merrowfield General", "Quillan Bay Hospital"), "restored") in rows
    assert ("emergency intake", ("St. Odrun's Hospital",), "restored") in rows


def test_a_whole_system_of_which_places_alone_came_back_has_no_row_that_reads_as_if_it_stayed_down(hospital):
    rows = rows_of(hospital.load())
    assert [places for system, places, _ in rows if system == "health records"] == [
        *(("Merrowfield General",), ("Quillan Bay Hospital",), ("St. Odrun's Hospital",))
    ]


def test_a_place_without_a_return_of_its_own_stands_in_the_row_of_the_whole_system(hospital):
    known = returns(hospital.load())
    assert known.within == (("scheduling", "Dunmarsh"), ("scheduling", "Fallow Point"))
    assert ("scheduling", (), None) in rows_of(hospital.load())


def test_a_place_that_stopped_after_the_whole_system_had_come_back_has_a_row(project):
    project.append("recovery.yaml", STOPPED_AGAIN)
    assert ("production", ("Mere End",), None) in rows_of(project.load())


STOPPED_AGAIN = """
- id: mere-end-stops
  statement: Churning stopped at Mere End on 12 April 2031.
  when: 2031-04-12
  dated: {rule: named-day, phrase: on 12 April, base: 2031-04-12}
  status: done
  system: production
  state: stopped
  places: [mere-end]
  evidence:
    - {source: audit-2031-04-12, says: on 12 April churning stopped at Mere End, read: 2031-05-01, basis: official}
"""


def test_what_was_normal_when_a_source_first_spoke_of_it_never_came_back(project):
    project.edit(
        "recovery.yaml", "  system: parts logistics\n  state: restored", "  system: parts logistics\n  state: normal"
    )
    known = returns(project.load())
    assert known.untouched == ("Cold store",) and "parts logistics" not in {row.system for row in known.rows}
