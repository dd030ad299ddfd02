"""Timeline: a dozen events, those that open a phase before any other."""

import pandas as pd

from casebound.analysis import conflicts
from casebound.pages import figures
from casebound.pages.figures import events
from casebound.pages.markup import cited_ids


def drawn_in(figure):
    """Return the facts in the table behind a figure."""
    return [fact for row in figure.table.rows for fact in cited_ids(" ".join(row))]


def test_a_dozen_events_are_drawn_and_those_that_open_a_phase_stand_in_bold(ledgers, look):
    for known in ("seed", "hydro", "dairy", "hospital"):
        ledger = ledgers[known]
        made = look("timeline", ledger)
        shown = drawn_in(made.shown)
        assert len(shown) == 12 and set(ledger.openers.values()) - conflicts.set_aside(ledger) <= set(shown)
        bold = {text.get_text() for text in made.wide.texts if text.get_fontweight() == 600}
        assert set(ledger.facts.loc[list(ledger.openers.values()), "label"]) <= bold


def test_what_the_report_does_not_follow_is_left_out(dairy):
    aside = conflicts.set_aside(dairy)
    assert "attack-on-25-february" in aside and not aside & set(drawn_in(figures.timeline(dairy)))


def test_what_only_began_before_or_went_on_for_long_is_no_event(ledgers):
    shown = set(drawn_in(figures.timeline(ledgers["seed"])))
    assert not {"retail-arrests", "pressure-on-jlr"} & shown


def test_no_more_than_two_events_of_a_day_are_drawn_unless_they_open_a_phase(ledgers):
    ledger = ledgers["hydro"]
    days = ledger.facts.loc[drawn_in(figures.timeline(ledger)), "date"]
    assert days[days == "19\u00a0March\u00a02019"].size == 2


def test_an_event_far_off_stands_beyond_the_axis_and_the_note_says_so(ledgers, look):
    made = look("timeline", ledgers["hydro"])
    assert "Events on the dotted part of the axis lie further off." in made.shown.note
    assert "26 Oct 2021" in made.words()
    assert "dotted" not in look("timeline", ledgers["hospital"]).shown.note


def test_nearly_all_events_set_the_axis_where_they_span_many_months():
    days = pd.to_datetime(["2031-03-01", *(f"2031-03-{day}" for day in range(10, 20)), "2031-04-10", "2034-05-06"])
    spots = pd.DataFrame({"spot": days})
    scale = events._scale(spots, 0, 1)
    assert (scale.first, scale.last) == (days[0], days[-2])
    assert events.lies_off(spots, 1) and not events.lies_off(spots, -1)


def test_the_standstill_is_a_bracket_beside_the_events_and_a_mark_in_the_key_where_there_is_no_room(ledgers, look):
    made = look("timeline", ledgers["dairy"])
    assert {"49 to 67 days without", "churning"} <= set(made.words())
    assert "49 to 67 days without churning" in made.words(made.narrow)


def test_the_note_says_how_many_events_there_are_and_what_by_means(ledgers, look):
    note = look("timeline", ledgers["seed"]).shown.note
    assert note.startswith("In bold: what opens a phase. A date with “by” is drawn")
    assert "Drawn: 12 of 1" in note and note.endswith(" dated events.")


def test_where_phases_give_no_length_the_title_names_the_first_event_and_the_last(ledgers):
    caption = figures.timeline(ledgers["first days"]).caption.replace("\u00a0", " ")
    assert caption.startswith("From “Halewood staff told to stay at home”, on 1 September 2025, to “")


def test_what_has_not_come_back_has_no_bracket(ledgers, look):
    assert not any("without" in word for word in look("timeline", ledgers["early"]).words())
