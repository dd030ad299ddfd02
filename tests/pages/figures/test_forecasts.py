"""Forecasts: the days named for a return, and how much later it came."""

import pytest
from matplotlib.patches import Rectangle

from casebound.pages import figures
from casebound.pages.figures import slips
from casebound.pages.markup import parsed_inline, plain_text


def finding(figure):
    return plain_text(parsed_inline(figure.caption)).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ("dairy", "Churning came back 8 days after the first date that these sources give for it."),
        ("hospital", "Patient portal came back 21 days after the first date that these sources give for it, "
         "the longest delay of 6."),
        ("dairy at second", "The day named for the return of churning moved once, from 1 April 2031 to 8 April 2031."),
        ("early", "The day named for the return of production moved 3 times, "
         "from 9 September 2025 to 17 September 2025."),
    ],
)  # fmt: skip
def test_the_title_says_how_late_the_return_was_or_how_often_the_day_moved(ledgers, known, said):
    assert finding(figures.forecasts(ledgers[known])) == said


def test_a_row_says_to_whom_the_day_was_named_and_how_much_later_the_return_came(ledgers, look):
    made = look("forecasts", ledgers["dairy"])
    assert {"By 20 Mar", "2 Apr, to farms", "8 days later", "11 days sooner", "resuming 9 Apr"} <= set(made.words())
    assert "On 2 April 2031, to farms: 20 April 2031. The return came 11 days sooner." in made.shown.alt.replace(
        "\u00a0", " "
    )


def test_no_restart_is_promised_where_a_pause_was_extended(ledgers, look):
    made = look("forecasts", ledgers["seed"])
    assert {"By 5 Sep, to staff", "not before 9 Sep", "16 Sep, to the public", "not before 24 Sep"} <= set(made.words())
    assert "“Not before” gives the earliest day, not a promised one." in made.shown.note
    assert "Not before" not in look("forecasts", ledgers["dairy"]).shown.note


def test_without_a_return_the_figure_says_that_none_is_recorded(ledgers, look):
    assert "no return recorded" in look("forecasts", ledgers["early"]).words()


def test_places_with_the_same_days_and_the_same_return_share_a_row(ledgers, look):
    words = look("forecasts", ledgers["hospital"]).words()
    assert (
        "Radiology, Merrowfield General, Quillan Bay Hospital" in words and "Radiology, St. Odrun's Hospital" in words
    )


def test_a_return_within_the_days_named_came_as_named(ledgers):
    told = {slip.label: slip for slip in slips.slips(ledgers["hospital"])}
    first = told["Electronic health records, Quillan Bay Hospital"]
    assert first.late(first.table.iloc[0]) == (-6, 0) and first.later(first.table.iloc[0]) == "as named"
    later = told["Electronic health records, St. Odrun's Hospital"]
    assert later.later(later.table.iloc[0]) == "2 to 8 days later"


def test_of_more_days_than_a_page_holds_the_first_and_the_last_are_drawn(dairy, monkeypatch):
    monkeypatch.setattr(slips, "MOST", 3)  # room for the system's name and two
    figure = figures.forecasts(dairy)
    assert "Left out: 1 statement." in figure.note and "24\u00a0March" not in figure.alt


def test_days_named_for_two_systems_stand_under_their_names(project, look, faults):
    project.edit("recovery.yaml", "system: production\n  forecast", "system: invoicing\n  forecast")
    made = look("forecasts", project.load())
    assert {"Churning", "Invoicing", "no return recorded"} <= set(made.words())
    assert all(faults(canvas) == [] for canvas in made.drawings)


def test_days_named_on_one_day_keep_their_words_apart(project, look, faults):
    project.edit("recovery.yaml", "when: 2031-04-02\n", "when: 2031-03-24\n")
    project.edit("recovery.yaml", "forecast: 2031-04-20", "forecast: 2031-04-09")
    made = look("forecasts", project.load())
    assert all(faults(canvas) == [] for canvas in made.drawings)


def test_a_return_on_any_of_several_days_is_a_pale_band(project, look):
    def bands():
        made = look("forecasts", project.load())
        return [patch for patch in made.wide.findobj(Rectangle) if patch.get_alpha() == 0.12]

    assert bands() == []
    named = "  opens: production\n  when: 2031-04-09"
    project.edit("recovery.yaml", named, named.replace("2031-04-09", '"[2031-04-09..2031-04-11]"'))
    assert len(bands()) == 1
