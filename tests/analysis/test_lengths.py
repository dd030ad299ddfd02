"""Lengths: from point to point as the case names them, and none where the ledger does not bear it out."""

import pytest

from casebound.analysis import lengths
from casebound.analysis.findings import findings

SECOND = "2031-03-24T18:05"


def ask(project, **fields):
    """Let the case ask for one more length, `new`, with these fields; `begin` is its `from`."""
    written = ", ".join(f"{field.replace('begin', 'from')}: {words}" for field, words in fields.items())
    project.edit("case.yaml", "lengths:\n", f"lengths:\n  new: {{asks: How long?, {written}}}\n")


def found(project, **options):
    """Return the text of the length `new` and its facts; None where it is not known."""
    finding = findings(project.load(**options)).get("new")
    return finding and (finding.text, finding.facts)


@pytest.mark.parametrize(
    ("begin", "end", "at_second", "now"),
    [
        # from 5 February, else from a day of 1 to 19 February, to 9 April
        (
            *("[attack-on-5-february, attack-began]", "churns-restarted"),
            *(None, ("63 days", ("attack-on-5-february", "churns-restarted"))),
        ),
        # an account that the report does not follow is no point: it follows 5 February
        ("attack-on-25-february", "churns-restarted", None, None),
        # to the newest source: 24 March, then 12 April
        (
            *("first-cheque", "newest source"),
            *(("2 days", ("first-cheque",)), ("21 days", ("first-cheque",))),
        ),
        # from the source from which the case starts, 20 March, to the cheque of 22 March
        ("seed", "first-cheque", *(("2 days", ("first-cheque",)),) * 2),
        # from the first day that was held out, 1 April; where no restart is known, to the day held out last
        (
            *("first forecast of production", "[churns-restarted, opening-slips]"),
            ("7 days", ("no-opening-until-april", "opening-slips")),
            ("8 days", ("no-opening-until-april", "churns-restarted")),
        ),
        # of a system that nobody forecasts
        ("first forecast of email", "churns-restarted", None, None),
        # a point may stand behind facts: nobody knows of the restart yet, the newest source counts
        (
            *("first-cheque", "[churns-restarted, newest source]"),
            *(("2 days", ("first-cheque",)), ("18 days", ("first-cheque", "churns-restarted"))),
        ),
        # the end surely came before the beginning
        ("churns-restarted", "churns-stopped", None, None),
        # from some day up to 20 March: to 22 March at least two days; to 20 March "at least 0 days", which says nothing
        ("in-stages", "first-cheque", *(("at least 2 days", ("in-stages", "first-cheque")),) * 2),
        ("in-stages", "first-bills", None, None),
    ],
)
def test_a_length_runs_between_the_first_points_that_are_known_and_followed(project, begin, end, at_second, now):
    ask(project, begin=begin, to=end)
    assert (found(project, as_of=SECOND), found(project)) == (at_second, now)


def test_a_length_with_still_is_known_only_where_the_ledger_shows_that_the_system_stood_still(project):
    # on 24 March the opening was held out for 8 April; on 12 April the churns had turned for three days
    ask(project, begin="churns-stopped", to="newest source", still="production")
    assert found(project, as_of=SECOND) == ("33 to 51 days", ("churns-stopped",))
    assert found(project) is None


def test_a_length_is_asked_until_a_fact_overtakes_it(project):
    ask(project, begin="first-cheque", to="newest source", until="churns-restarted")
    assert "new" in lengths.asked(project.load(as_of=SECOND)) and "new" not in lengths.asked(project.load())


def test_without_the_source_from_which_the_case_starts_there_is_no_length_to_it(project):
    ask(project, begin="attack-on-5-february", to="seed")
    assert found(project) == ("43 days", ("attack-on-5-february",))
    assert found(project, sources="audit-2031-04-12") is None
    assert found(project, sources="churn-notes") is None  # nor a newest source where no day is known


def test_no_forecast_came_first_where_its_source_tells_of_an_earlier_one(project):
    assert "restart.slip" in findings(project.load())
    project.edit("timeline.yaml", "quote: would not open", "quote: would again not open")
    assert "restart.slip" not in findings(project.load())
