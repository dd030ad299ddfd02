"""Recovery: what came back when, by date."""

import re
from importlib import import_module

from matplotlib.lines import Line2D

from casebound.pages import figures
from casebound.pages.markup import parsed_inline, plain_text

module = import_module("casebound.pages.figures.recovery")  # the package has a function of this name


def finding(figure):
    return plain_text(parsed_inline(figure.caption)).replace("\u00a0", " ")


def test_the_title_says_what_came_back_first_and_when_what_had_stood_still(ledgers):
    said = {known: finding(figures.recovery(ledgers[known])) for known in ("dairy", "hydro")}
    assert said == {
        "dairy": "By 20 March 2031, 4 of 6 systems and places worked again, at least in part; "
        "churning (Holt Fen) on 9 April 2031.",
        "hydro": "Extruded Solutions worked again, at least in part, on 21 March 2019; "
        "financial reporting on 5 June 2019.",
    }


def test_the_title_says_that_what_stood_still_is_not_back(ledgers):
    assert finding(figures.recovery(ledgers["with the article"])).endswith("; production did not.")


def test_without_a_return_there_is_no_figure(ledgers):
    why = "no fact that this report follows is recorded as the return of a system"
    assert figures.recovery(ledgers["early"]).why == why


def test_rows_stand_by_the_date_of_the_return_each_with_its_first_and_last_step(ledgers, look):
    made = look("recovery", ledgers["dairy"])
    assert {"Cold store", "restored by 20 Mar", "Churning, Holt Fen", "resuming 9 Apr"} <= set(made.words())
    assert [word for word in made.words() if word.startswith(("Cold", "Churning"))] == [
        *("Cold store", "Churning, Holt Fen", "Churning")
    ]
    assert made.shown.alt.index("Cold store") < made.shown.alt.index("Churning, Holt Fen")


def test_a_place_without_a_return_of_its_own_does_not_read_as_if_it_had_stayed_down(ledgers, look):
    made = look("recovery", ledgers["seed"])
    said = "No day is reported on which these places were back as a whole, so they have no row: Production ("
    assert said in made.shown.note
    assert not any("China" in word for word in made.words())


def test_a_row_whose_whole_system_came_back_later_ends_there(ledgers, look):
    made = look("recovery", ledgers["dairy"])
    assert "whole system works" in made.words()  # on 11 April, two days after Holt Fen's own word
    strokes = [line for line in made.wide.findobj(Line2D) if line.get_marker() == "|"]
    assert len(strokes) == 2  # one in its row, one in the key


def test_what_a_source_first_has_as_normal_has_no_row_and_the_note_says_so(ledgers, look):
    made = look("recovery", ledgers["hydro"])
    assert "Reported as normal: Energy; Bauxite" in made.shown.note and "Energy" not in made.words()


def test_a_step_long_after_all_returns_stands_at_the_edge_and_the_note_says_so(ledgers, look):
    made = look("recovery", ledgers["hydro"])
    assert "normal by 14 Oct 2020" in made.words() and "Marks at the right edge lie further off." in made.shown.note
    assert not any("2020" in word for word in made.words() if len(word) < 9)


def test_of_many_rows_those_that_came_back_last_are_counted(dairy, look, monkeypatch):
    monkeypatch.setitem(vars(module), "MOST", 3)
    made = look("recovery", dairy)
    assert "Left out: 3 rows that came back later or not at all." in made.shown.note


def test_the_steps_of_a_row_are_named_but_of_many_only_the_first_return_and_the_last(ledgers, look, monkeypatch):
    words = look("recovery", ledgers["seed"]).words()
    assert [word for word in ("resuming 8 Oct", "restored Oct", "normal 14 Nov") if word in words] == words[
        words.index("restored Oct") - 1 : words.index("restored Oct") + 2
    ]
    monkeypatch.setitem(vars(module), "LINES", 2)
    assert "restored Oct" not in look("recovery", ledgers["seed"]).words()


def test_the_title_names_the_one_system_that_came_back(project):
    text = project.text("recovery.yaml")
    for fact in re.findall(r"(?m)^- id: (\S+)", text):
        if fact != "cold-store-back":
            start = text.index(f"- id: {fact}\n")
            end = text.find("\n- id: ", start + 1) + 1 or len(text)
            text = text[:start] + re.sub(r"(?m)^  (system|state): .*\n", "", text[start:end]) + text[end:]
    project.path("recovery.yaml").write_text(text, "utf-8")
    assert finding(figures.recovery(project.load())).startswith(
        "Cold store worked again, at least in part, by 20 March"
    )
