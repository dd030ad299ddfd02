"""Lead: the case on one axis, with the finding in its title."""

import pandas as pd
import pytest

from casebound.analysis.timeline import phases
from casebound.pages.figures.axis import ACTS, Axis
from casebound.pages.markup import parsed_inline, plain_text


def finding(figure):
    return plain_text(parsed_inline(figure.caption)).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ("dairy", "No churning for 49 to 67 days; first cheque for farmers 31 to 49 days into the stoppage."),
        (
            "hospital",
            "No electronic health records for 16 days; "
            "insurer pays a first $4 million 26 days after the stoppage began.",
        ),
        # no system stood still as a whole of which anybody had said when it would be back
        ("hydro", "It took 207 days from “Attackers get in” to “Largely normal”."),
        # no help in money was known yet
        (
            "early",
            "No production for 11 days by 12 September 2025; the day named for the return moved 3 times.",
        ),
    ],
)
def test_the_title_says_how_long_the_standstill_was_and_what_came_with_it(ledgers, look, known, said):
    made = look("lead", ledgers[known])
    assert finding(made.shown) == said and made.shown.alt.replace("\u00a0", " ").startswith(said)


def test_the_length_of_the_standstill_stands_in_its_bar_and_goes_on_until_a_return_is_known(ledgers, look):
    assert "No churning: 49 to 67 days" in look("lead", ledgers["dairy"]).words()
    assert "No production: 11 days so far" in look("lead", ledgers["early"]).words()


def test_the_slip_from_the_first_day_named_to_the_return_is_written_once(ledgers, look):
    made = look("lead", ledgers["seed"])
    later = [[word for word in made.words(canvas) if "29 days" in word] for canvas in made.drawings]
    assert later == [["came back 29 days later"], ["29 days"]]


def test_phases_and_acts_stand_in_it_with_their_days(ledgers, look):
    words = look("lead", ledgers["dairy"]).words()
    assert {"Churns stopped between 1 and 19 Feb", "Back in stages by 20 Mar", "Churning again 9 Apr"} <= set(words)
    assert {"22 Mar: First cheque for farmers", "What was done: authorities", "Churning normal 11 Apr"} <= set(words)
    # what was only said or promised is no act
    assert not any("Mayor promises" in word or "lever" in word for word in words)


def test_the_phases_are_bands_where_no_system_stood_still(ledgers, look):
    words = look("lead", ledgers["hydro"]).words()
    assert {"103 days", "96 days", "Largely normal 30 Jun"} <= set(words)


def test_it_is_left_out_where_less_is_recorded_than_a_sentence_says(ledgers, look):
    made = look("lead", ledgers["first days"])
    assert made.is_omitted and made.shown.why.startswith("fewer than 4 phases, days named for a return and acts")


def test_the_axis_ends_with_what_is_drawn_and_not_years_later(ledgers):
    axis = Axis(ledgers["seed"])
    assert (axis.first, axis.end.date().isoformat()[:7]) == (pd.Timestamp("2025-08-31"), "2025-11")
    assert len(axis.acts) == ACTS and axis.acts["day"].between(axis.first, axis.end).all()


def test_it_shows_every_phase_that_has_a_day(ledgers):
    for known in ("seed", "dairy", "hospital", "hydro"):
        firm = phases(ledgers[known])
        assert list(Axis(ledgers[known]).phases["fact"]) == list(firm["fact"])
