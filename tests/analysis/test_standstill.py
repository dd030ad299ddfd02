"""Standstill: of which system, from which fact to which, and none that the ledger does not show."""

from casebound.analysis.standstill import standstill
from casebound.facts.dates.edtf import Length


def test_the_system_that_a_length_of_the_case_has_as_still_stood_still_until_its_return(dairy):
    still = standstill(dairy)
    assert (still.system, still.stopped, still.returned) == ("production", "churns-stopped", "churns-restarted")
    assert still.length == Length(49, 67)  # from a day of 1 to 19 February to 9 April


def test_without_a_return_it_lasts_until_the_day_of_the_newest_source(dairy_at_second):
    still = standstill(dairy_at_second)
    assert still.returned is None and still.length == Length(33, 51)  # to 24 March


def test_without_such_a_length_it_is_the_foretold_system_that_came_back_with_a_phase(hospital):
    still = standstill(hospital.load())
    assert (still.system, still.stopped, still.returned) == ("health records", "records-lost", "records-general")
    assert still.length == Length(16, 16)


def test_a_system_of_which_nobody_says_that_it_stopped_did_not_stand_still(project):
    timeline, case = project.path("timeline.yaml"), project.path("case.yaml")
    timeline.write_text(timeline.read_text("utf-8").replace("  state: stopped\n", "  state: impaired\n"), "utf-8")
    assert standstill(project.load()) is not None  # the case still asks about it
    case.write_text(case.read_text("utf-8").replace(", still: production", ""), "utf-8")
    assert standstill(project.load()) is None


def test_what_was_said_to_work_again_before_the_newest_source_did_not_stand_still(project):
    assert standstill(project.load(sources="quill-2031-03-20")) is not None
    project.edit("recovery.yaml", "turning again after the attack\n      basis: caption",
                 "turning again after the attack\n      basis: reporter")  # fmt: skip
    still = standstill(project.load(sources="quill-2031-03-20"))
    assert still is None or still.returned == "churns-turning-caption"
