"""Figures: words for every drawing, the same bytes twice, the data behind, no label over another or cut off."""

import random
import re
import sys
import warnings
from itertools import combinations, product
from pathlib import Path
from xml.etree import ElementTree

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.dates import num2date
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import FancyBboxPatch
from matplotlib.text import Annotation, Text

from casebound.analysis import conflicts, timeline
from casebound.analysis.attribution import RUNGS
from casebound.facts.ledger.ledger import load
from casebound.pages import figures
from casebound.pages.display import Omitted
from casebound.pages.markup import cited_ids
from casebound.pages.style import STATUS, TALLEST, WIDTH, styled

ALL = ["timeline", "cascade", "matrix", "ladder", "forecasts", "attributions", "costs"]
KEYS = {"forecasts": "forecast-slip"}
EARLIER = {
    "early": {"as_of": "2025-09-10"},
    "with the article": {"as_of": "2025-09-25T17:12"},
    "after the restart": {"as_of": "2025-10-22"},
    "the article alone": {"sources": "visavadia-2025-09-25"},
}
LEDGERS = ["dairy at first", "priced", "seed", *EARLIER]
NOTHING = [("dairy at first", "costs"), ("early", "cascade"), ("the article alone", "costs")]
ONE_FACT = [("early", "attributions"), *product(("dairy at first", "the article alone"), ("forecasts", "attributions"))]
DRAWN = [(known, name) for known in LEDGERS for name in ALL if (known, name) not in NOTHING + ONE_FACT]


@pytest.fixture(scope="module")
def ledgers(dairy_at_first, priced, seed):
    """Return ledgers by name: of the invented case, and of the seed as it is and as it was earlier."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASEBOUND_ROOT", str(Path(__file__).parents[2]))
        earlier = {name: load("jlr-2025", **options) for name, options in EARLIER.items()}
    return {"dairy at first": dairy_at_first, "priced": priced, "seed": seed, **earlier}


@pytest.fixture(scope="module", params=DRAWN, ids="-".join)
def each(request, ledgers):
    """Return a figure's name, what it shows, the drawing that was saved for it, and the ledger, which has enough."""
    known, name = request.param
    return name, *drawn_for(name, ledgers[known]), ledgers[known]


def drawn_for(name, known, *of):
    """Return what a figure shows, and the drawing that was saved for it, with every text in its place."""
    saved, save = [], Canvas.savefig
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Canvas, "savefig", lambda self, *a, **k: (saved.append(self), save(self, *a, **k))[1])
        shown = getattr(figures, name)(known, *of)
    with styled():
        FigureCanvasAgg(saved[-1]).draw()
    return shown, saved[-1]


@pytest.fixture(scope="module")
def priced(make_project):
    """Return the ledger of the invented case with a cost below zero, and one of which the upper end is open."""
    project = make_project()
    project.edit("costs.yaml", "{value: 4,", "{value: -4,")
    project.edit("costs.yaml", "{value: 2,", "{low: 2,")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASEBOUND_ROOT", str(project.root))
        return project.load()


@pytest.fixture
def shorten(monkeypatch):
    """Return a function that sets the height in inches that a page leaves for a figure."""

    def to(name, height):
        for module in (name, "drawing"):
            monkeypatch.setattr(sys.modules[f"casebound.pages.figures.{module}"], "TALLEST", height)

    return to


def drawn():
    canvas = Canvas(figsize=(2, 1))
    canvas.add_subplot().plot([1, 3, 2])
    return canvas


# What every figure must bring


@pytest.mark.parametrize(
    ("words", "name"), [({"alt": "", "caption": "c"}, "alt"), ({"alt": "a", "caption": " \n"}, "caption")]
)
def test_a_figure_without_alt_text_or_caption_is_refused(words, name):
    with pytest.raises(ValueError, match=f"a figure needs {name}=…"):
        figures.show(drawn(), **words)


def test_a_whole_data_frame_becomes_the_table_behind_the_figure_and_its_days_stand_without_midnight():
    days = pd.date_range("2031-03-20", periods=100)
    frame = pd.DataFrame({"shops": range(100), "day": days}, index=days)
    table = figures.show(drawn(), alt="a", caption="Shops lost", data=frame).table
    assert (table.key, table.caption) == ("data", "Shops lost")
    assert len(table.rows) == 100 and table.rows[0] == ["2031-03-20", "0", "2031-03-20"]


def foreign():
    canvas = Canvas()
    axes = canvas.subplots()
    axes.bar(["$40m ashore", "$20m at sea"], [40, 2000])
    axes.set(title="Cargo: $40m ashore, $20m at sea", yscale="log")
    return canvas


def test_a_drawing_in_another_style_has_its_words_as_written_in_the_report_s_typeface():
    shown = figures.show(foreign(), alt="a", caption="c").data
    texts = ElementTree.fromstring(shown).iter("{http://www.w3.org/2000/svg}text")
    written = {" ".join("".join(text.itertext()).split()) for text in texts}
    assert {"Cargo: $40m ashore, $20m at sea", "$40m ashore", "$20m at sea", "1 0 2", "1 0 3"} <= written
    assert set(re.findall(r"font-family: ([^;\"]*)", shown)) == {"'Inter'"}


def test_a_label_beyond_the_edge_of_a_drawing_in_another_style_is_not_cut_off():
    canvas = foreign()
    inside = ElementTree.fromstring(figures.show(canvas, alt="a", caption="c").data).get("height")
    canvas.axes[0].set_ylabel("a label that is a good deal longer than the figure is high, " * 2)
    beyond = ElementTree.fromstring(figures.show(canvas, alt="a", caption="c").data).get("height")
    assert inside == "345.6pt" and float(beyond.removesuffix("pt")) > 500


def test_axes_are_shown_with_their_figure_and_anything_else_is_refused():
    canvas = drawn()  # shown twice, it is the same
    assert figures.show(canvas.axes[0], alt="a", caption="c") == figures.show(canvas, alt="a", caption="c")
    with pytest.raises(TypeError, match=r"figures\.show takes a Matplotlib figure or its axes, not a list"):
        figures.show([canvas], alt="a", caption="c")


def test_a_character_that_the_typeface_lacks_is_no_empty_box():
    with styled():
        canvas = drawn()
        canvas.axes[0].set_title("\u4e2d")
    with pytest.raises(UserWarning, match="missing"):
        figures.show(canvas, alt="a", caption="c")


def test_a_figure_has_alt_text_caption_and_a_table_that_cites(each):
    name, figure, _, ledger = each
    assert figure.key == KEYS.get(name, name)
    assert len(figure.alt) > 80 and figure.caption.endswith(".")
    for row in figure.table.rows:
        assert cited_ids(" ".join(row)) or "none recorded" in row
        assert set(cited_ids(" ".join(row))) <= set(ledger.facts.index)


@pytest.mark.parametrize("name", ALL)
def test_a_figure_is_the_same_bytes_twice_whatever_the_reader_s_settings_are(priced, name):
    first = getattr(figures, name)(priced)
    with mpl.rc_context({"font.size": 30, "svg.hashsalt": "other", "axes.facecolor": "red", "font.family": "serif"}):
        second = getattr(figures, name)(priced)
        assert mpl.rcParams["font.size"] == 30
    assert first == second


def test_a_figure_is_an_svg_without_date_address_or_script(each):
    svg = each[1].data
    root = ElementTree.fromstring(svg)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert "<dc:date>" not in svg and "<script" not in svg and "<image" not in svg
    addresses = [value for element in root.iter() for key, value in element.attrib.items() if key.endswith("href")]
    assert all(value.startswith("#") for value in addresses)


def test_a_figure_fits_its_page_and_no_label_overlaps_another_or_is_cut_off(each):
    assert_legible(each[2])


def assert_legible(canvas):
    wide, tall = canvas.get_size_inches()
    assert wide == WIDTH and tall <= TALLEST + 1e-6
    assert faults(canvas) == []
    assert min(text.get_fontsize() for text in canvas.findobj(Text) if text.get_text()) >= 7


@pytest.mark.parametrize(("known", "name"), NOTHING + ONE_FACT)
def test_a_figure_is_left_out_where_a_ledger_has_too_little_to_draw(ledgers, known, name):
    shown = getattr(figures, name)(ledgers[known])
    assert isinstance(shown, Omitted)
    number = "only one" if (known, name) in ONE_FACT else "no"
    assert shown.why.startswith(f"{number} fact that this report follows is recorded as ")


def test_every_figure_has_a_reason_for_a_ledger_with_nothing_to_draw(project):
    fields = ("  system:", "  state:", "  opens:", "  label:")
    lines = [line for line in project.text("timeline.yaml").splitlines() if not line.startswith(fields)]
    project.path("timeline.yaml").write_text("\n".join(lines), "utf-8")
    for file in ("impacts.yaml", "recovery.yaml", "response.yaml", "attribution.yaml"):
        project.path(file).write_text("[]\n", "utf-8")
    known = project.load(sources="oak-2031-03-24")
    for name in ALL:
        shown = getattr(figures, name)(known)
        assert isinstance(shown, Omitted)
        assert shown.why.startswith("no fact that this report follows is recorded as ")


# What a figure says


def test_the_timeline_counts_what_is_only_known_to_have_happened_by_a_day(dairy):
    figure = figures.timeline(dairy)
    events = timeline.events(dairy).loc[drawn_in(figure)]
    open_starts = int(events["start_from"].isna().sum())
    assert open_starts > 1
    assert f"{open_starts} of {len(events)} events are known only to have happened by some day" in figure.caption
    assert f"{len(events)} events" in figure.alt


def drawn_in(figure):
    """The facts in the table behind a figure."""
    return [fact for row in figure.table.rows for fact in cited_ids(" ".join(row))]


def test_a_timeline_of_some_themes_shows_those_only_and_has_a_key_of_its_own(dairy):
    figure = figures.timeline(dairy, "response", "recovery")
    assert set(dairy.facts.loc[drawn_in(figure), "theme"]) == {"response", "recovery"}
    assert figure.key == "timeline-response-recovery"
    assert "(Response, Recovery)" in figure.caption


def test_a_timeline_of_an_unknown_theme_is_refused_with_the_themes_there_are(dairy):
    with pytest.raises(ValueError, match="no theme 'respnse': write one of timeline, impacts"):
        figures.timeline(dairy, "respnse")


def test_the_timeline_leaves_out_what_the_report_does_not_follow_and_says_so(dairy):
    aside = conflicts.set_aside(dairy)
    assert "attack-on-25-february" in aside
    figure = figures.timeline(dairy)
    assert not aside & set(drawn_in(figure))
    assert "accounts that the report does not follow" in figure.caption
    assert "accounts that the report does not follow" in figure.table.note


def test_a_few_events_far_off_do_not_set_the_axis_of_the_timeline(project):
    project.edit("recovery.yaml", "when: 2031-03-20\n", "when: 2034-05-06\n")
    project.edit("recovery.yaml", "phrase: Earlier today, base: 2031-03-20", "phrase: Earlier today, base: 2034-05-06")
    known = project.load()
    figure = figures.timeline(known)
    assert "April\u00a02031. Beyond the axis, at its edge with an arrow and a date: 1 event." in figure.alt
    canvas = canvas_of("timeline", known)
    assert "6 May 2034" in [text for text, _ in shown_texts(canvas)]
    assert faults(canvas) == []


def test_every_row_of_the_timeline_has_its_mark(seed):
    axes = canvas_of("timeline", seed).axes[0]
    labels = [text.get_position()[1] for text in labels_of(axes)]
    marked = [y for line in axes.lines if line.get_marker() not in ("None", "|", "<", ">") for y in line.get_ydata()]
    assert len(labels) == len(drawn_in(figures.timeline(seed))) and sorted(marked) == sorted(labels)


def labels_of(axes):
    """The labels of a timeline's rows."""
    return [text for text in axes.texts if text.get_ha() == "right" and text.get_position()[0] < 0]


def test_an_event_has_a_stroke_where_the_day_of_its_report_is_known_and_on_the_axis(seed):
    axes = canvas_of("timeline", seed, "attribution").axes[0]
    stroked = {y for line in axes.lines if line.get_marker() == "|" for y in line.get_ydata()}
    left, right = (pd.Timestamp(num2date(edge)).tz_localize(None) for edge in axes.get_xlim())
    events, due, without_a_day = timeline.events(seed), set(), 0
    for text in labels_of(axes):
        [day] = events.loc[events["label"].str.startswith(text.get_text().removesuffix("…")), "reported"]
        without_a_day += pd.isna(day)
        if pd.notna(day) and left <= day.tz_localize(None) <= right:
            due.add(text.get_position()[1])
    assert stroked == due and due and without_a_day


@pytest.mark.parametrize("themes", [("timeline", "recovery"), ("impacts", "costs"), ("response",)])
def test_no_line_of_the_seed_s_timelines_begins_before_the_attack(seed, themes):
    axes = canvas_of("timeline", seed, *themes).axes[0]
    begins = [line.get_xdata()[0] for line in axes.lines if isinstance(line.get_xdata()[0], pd.Timestamp)]
    assert len(begins) > 20 and min(begins) >= pd.Timestamp("2025-08-31")


def test_a_timeline_too_long_for_a_page_keeps_what_rests_on_most_origins(dairy, shorten):
    shorten("timeline", 2.2)
    figure = figures.timeline(dairy)
    assert canvas_of("timeline", dairy).get_size_inches()[1] <= 2.2
    assert "events that rest on fewer origins" in figure.caption
    shown = set(drawn_in(figure))
    assert set(dairy.openers.values()) - conflicts.set_aside(dairy) <= shown  # what opens a phase stays
    assert "cold-store-back" in shown  # two papers tell of it


def test_the_forecasts_say_how_far_the_restart_slipped(dairy):
    figure = figures.forecasts(dairy)
    assert figure.caption == (
        "3 statements on when “Churning” could be back: "
        "in these sources first 1\u00a0April\u00a02031, last 20\u00a0April\u00a02031; "
        "“resuming”: 9\u00a0April\u00a02031."
    )
    assert "On 2\u00a0April\u00a02031, to farms: 20\u00a0April\u00a02031." in figure.alt
    assert "said 2\u00a0Apr to farms" in [text for text, _ in shown_texts(canvas_of("forecasts", dairy))]


def test_forecasts_of_two_systems_stand_in_one_figure_under_their_names(project):
    project.edit("recovery.yaml", "system: production\n  forecast", "system: invoicing\n  forecast")
    known = project.load()
    figure = figures.forecasts(known)
    assert figure.caption == (
        "3 statements on when each system could be back, 2 in all; "
        "recorded as working again, at least in part: “Churning”, “Invoicing”."
    )
    assert (
        figure.alt.index("Churning:") < figure.alt.index("Invoicing:")
        and figure.alt.count("An upright line: resuming") == 2
    )
    canvas = canvas_of("forecasts", known)
    assert {"Churning", "Invoicing"} <= {text for text, _ in shown_texts(canvas)} and faults(canvas) == []


def test_the_forecasts_promise_no_restart_where_a_pause_was_extended(seed):
    figure = figures.forecasts(seed)
    assert "first not before 9\u00a0September\u00a02025" in figure.caption
    shown = [text.replace("\u00a0", " ") for text, _ in shown_texts(canvas_of("forecasts", seed))]
    assert {"said by 5 Sep to staff", "not before 9 Sep", "said 16 Sep to the public", "not before 24 Sep"} <= set(
        shown
    )


def test_of_more_forecasts_than_a_page_holds_the_first_and_the_last_are_drawn(dairy, shorten):
    shorten("forecasts", 1.56)  # room for the system's name and two
    figure = figures.forecasts(dairy)
    assert figure.caption.endswith("; left out: 1 statement.")
    assert figure.alt.count(": ") == 4  # the name, two days held out, and the return


def test_without_a_restart_the_caption_of_the_forecasts_says_that_none_is_recorded(dairy_at_second):
    assert "no return is recorded" in figures.forecasts(dairy_at_second).caption


def test_forecasts_of_one_day_keep_their_labels_apart(project):
    project.edit("recovery.yaml", "when: 2031-04-02\n", "when: 2031-03-24\n")
    project.edit("recovery.yaml", "forecast: 2031-04-20", "forecast: 2031-04-09")
    canvas = canvas_of("forecasts", project.load())
    assert sum(text.startswith("said") and "Mar" in text for text, _ in shown_texts(canvas)) == 3
    assert faults(canvas) == []


def test_each_measure_has_a_panel_with_zero_on_its_axis(priced):
    figure = figures.costs(priced)
    assert "4 figures in money stand on 3 axes" in figure.caption
    scales = [axes.get_xlim() for axes in canvas_of("costs", priced).axes]
    assert len(scales) == 3 and all(low <= 0 <= high for low, high in scales)
    assert "at least £2m" in figure.alt and "−£4m" in figure.alt and "£9m to £11m" in figure.alt


def test_the_measures_with_fewest_figures_beyond_a_page_are_left_out_and_the_caption_says_so(priced, shorten):
    shorten("costs", 1.9)
    figure = figures.costs(priced)
    assert "drawn: 2 of the axes" in figure.caption
    assert "cost booked" in figure.alt and "sales lost" not in figure.alt


def test_of_a_measure_with_more_figures_than_a_page_holds_the_latest_are_drawn_and_the_caption_says_so(priced, shorten):
    shorten("costs", 1.1)
    caption = figures.costs(priced).caption
    assert caption.startswith("4 figures in money stand on 3 axes")
    assert caption.endswith("; of an axis with more figures than a page holds, the latest are drawn.")
    assert sum(len(axes.texts) > 0 for axes in canvas_of("costs", priced).axes) == 1


def test_every_rung_of_the_attribution_has_a_row_and_an_empty_one_says_so(dairy):
    figure = figures.attributions(dairy)
    assert figure.caption.startswith("Of 3 statements on who did it")
    assert "1 claimed, 1 alleged, none assessed by those hit, 1 officially attributed" in figure.caption
    assert "Officially attributed: Ida Moss: the Whey Gang, 12\u00a0April\u00a02031." in figure.alt
    shown = shown_texts(canvas_of("attributions", dairy))
    heights = {rung: box.y0 for text, box in shown if (rung := text.replace("\n", " ")) in RUNGS}
    assert sorted(heights, key=heights.get) == list(RUNGS)
    assert [text for text, _ in shown].count("none recorded") == 1


def test_the_cascade_separates_quoted_links_from_inferred_ones(dairy):
    figure = figures.cascade(dairy)
    assert "a source says so (3 of 5); broken arrows: we infer it (2); left out: 1 account" in figure.caption
    assert "“Order books emptied” leads to “Farmers’ bills unpaid” (inferred)." in figure.alt


def test_the_matrix_names_what_each_party_bore(dairy, dairy_at_first):
    assert (
        "Village shops: delays and backlogs (Rounds from paper lists); lost systems (120 shops lost from view)."
        in figures.matrix(dairy_at_first).alt
    )
    # another count of the shops is followed
    assert "120 shops" not in figures.matrix(dairy).alt
    assert figures.matrix(dairy).caption.endswith("; left out: 1 account that the report does not follow.")


def test_the_ladder_counts_what_was_restored(dairy, dairy_at_first, article):
    # what is back to normal was restored as well
    assert "2 of 6 were last restored or normal" in figures.ladder(dairy).caption
    assert "1 of 5 were last restored or normal" in figures.ladder(dairy_at_first).caption
    assert "3 of 11 were last restored or normal" in figures.ladder(article).caption
    # a caption does not restart the churns: "Churning stopped at once"
    assert "resuming" not in figures.ladder(dairy_at_first).alt.split("Churning: ")[1].split(".")[0]


def test_the_ladder_dates_every_step(dairy):
    figure = figures.ladder(dairy)
    assert "normal (11\u00a0April\u00a02031)" in figure.alt
    texts = [text for text, _ in shown_texts(canvas_of("ladder", dairy))]
    assert "11 Apr" in texts and "no year: 2031" in texts


def test_a_lower_step_without_a_sure_order_has_no_arrow(project):
    before = arrows(canvas_of("ladder", project.load()))
    project.edit("recovery.yaml", "when: 2031-04-11\n", 'when: "../2031-02-01"\n')  # normal before it ever stopped
    canvas = canvas_of("ladder", project.load())
    assert arrows(canvas) < before
    assert "no arrow: order not known" in [text for text, _ in shown_texts(canvas)]


@pytest.mark.parametrize(("normal", "rule", "drawn"), [("2031-03-22", "at", 1), ('"../2031-03-20"', "by", 0)])
def test_two_states_of_a_return_have_an_arrow_only_where_their_dates_say_which_came_first(project, normal, rule, drawn):
    project.edit("recovery.yaml", 'when: "../2031-03-20"\n  dated: {rule: by-publication, base: 2031-03-20}\n'
                 "  status: under way\n  actor", "when: 2031-03-20\n  dated: {rule: at-publication, base: 2031-03-20}\n"
                 "  status: under way\n  actor")  # fmt: skip
    before = arrows(canvas_of("ladder", project.load()))
    project.append("recovery.yaml", DESKS_NORMAL.format(when=normal, rule=rule))
    canvas = canvas_of("ladder", project.load())
    assert arrows(canvas) == before + drawn
    assert ("no arrow: order not known" in [text for text, _ in shown_texts(canvas)]) is (not drawn)


DESKS_NORMAL = """
- id: desks-normal
  statement: The order desks were back to normal.
  when: {when}
  dated: {{rule: {rule}-publication, base: 2031-03-20}}
  status: done
  system: it infrastructure
  state: normal
  evidence:
    - {{source: quill-2031-03-20, quote: half of its order desks are answering again, basis: reporter}}
"""


def arrows(canvas):
    return sum(
        text.arrow_patch is not None for axes in canvas.axes for text in axes.texts if isinstance(text, Annotation)
    )


# Labels


def shown_texts(canvas):
    """Every text that is drawn, with its box in points of the drawing."""
    texts = [*canvas.texts, *(text for key in canvas.legends for text in key.get_texts())]
    for axes in canvas.axes:
        texts += axes.texts
        if axes.axison:
            for axis in (axes.xaxis, axes.yaxis):
                low, high = sorted(axis.get_view_interval())
                ticks = [tick for tick in axis.get_major_ticks() if low <= tick.get_loc() <= high]
                texts += [axis.label, *(label for tick in ticks for label in (tick.label1, tick.label2))]
    return [(text.get_text(), text.get_window_extent()) for text in texts if text.get_text() and text.get_visible()]


def canvas_of(name, known, *of):
    return drawn_for(name, known, *of)[1]


def boxes_of(canvas):
    """The boxes of a cascade."""
    patches = (patch for axes in canvas.axes for patch in axes.patches)
    return [patch.get_window_extent() for patch in patches if isinstance(patch, FancyBboxPatch)]


def faults(canvas):
    """The pairs of labels that overlap by more than a hair, and those that leave the drawing."""
    shown = shown_texts(canvas)
    assert len(shown) > 5
    found = [(a, b) for (a, box), (b, other) in combinations(shown, 2) if box.padded(-0.7).overlaps(other.padded(-0.7))]
    found += ["two boxes" for a, b in combinations(boxes_of(canvas), 2) if a.overlaps(b)]
    return found + [text for text, box in shown if not holds(canvas.bbox.padded(1), box)]


def holds(outer, box):
    return outer.contains(*box.min) and outer.contains(*box.max)


@pytest.mark.parametrize("name", ["seed"])
def test_the_words_of_the_cascade_stand_inside_their_boxes(request, name):
    canvas = canvas_of("cascade", request.getfixturevalue(name))
    shown, boxes = shown_texts(canvas), boxes_of(canvas)
    inside = [text for text, box in shown if any(holds(outer, box) for outer in boxes)]
    assert {text for text, _ in shown} - set(inside) == {"the source says so", "we infer it"}
    assert len(inside) == len(boxes)


@pytest.mark.parametrize("steps", range(1, 10))
def test_however_many_steps_a_cascade_has_its_boxes_hold_their_words(project, steps):
    chain = "".join(STEP.format(n=n, cause=f"step-{n - 1}" if n > 1 else "milk-poured") for n in range(1, steps))
    project.append("impacts.yaml", chain)
    figure, canvas = drawn_for("cascade", project.load())
    assert_legible(canvas)
    shown, boxes = shown_texts(canvas), boxes_of(canvas)
    assert sum(any(holds(outer, box) for outer in boxes) for _, box in shown) == len(boxes) == len(shown) - 2
    assert ("which a page holds" in figure.caption) == (steps > 7)


STEP = """
- id: step-{n}
  statement: "Wholesalers noticed step {n}."
  label: "{n}: Misunderstandings with Wolverhampton’s firms"
  when: 2031-04-10
  dated: {{rule: at-publication, base: 2031-04-10}}
  status: done
  caused_by:
    - fact: {cause}
      link: inferred
      reason: One thing leads to another.
  evidence:
    - {{source: gill-2031-04-10, says: a step was noticed, basis: reporter}}
"""


def test_labels_that_overlap_are_found():
    with styled():
        canvas = Canvas(figsize=(3, 2))
        axes = canvas.add_subplot()
        axes.text(0.5, 0.5, "first label")
        axes.text(0.52, 0.5, "second label")
        axes.text(0.95, 0.9, "a label that leaves the drawing")
        FigureCanvasAgg(canvas).draw()
    assert faults(canvas) == [("first label", "second label"), "a label that leaves the drawing"]


# Many events

WORDS = (
    "Wolverhampton MMWW manufacturing suppliers at the of JLR stops orders warns illicit willing £1.9bn 5,000".split()
)


def crowd(number, days, longest):
    """Return invented events over some days, with labels of 5 to `longest` letters, the same in every run."""
    dice = random.Random(number * days + longest)
    rows = []
    for n in range(number):
        label = " ".join(dice.choices(WORDS, k=30))[: dice.choice([5, longest, dice.randint(5, longest)])].strip()
        first = pd.Timestamp("2031-03-01") + pd.Timedelta(days=dice.randrange(days))
        last = first + pd.Timedelta(days=dice.choice([0, 0, 1, days // 3]))
        start, end = dice.choice([(first, last), (pd.NaT, last), (first, pd.NaT), (first, first)])
        lasts = pd.notna(start) and dice.random() < 0.2
        reported = dice.choice([last.tz_localize("UTC"), pd.NaT])
        date = f"by {last:%-d\u00a0%B\u00a0%Y}"
        rows.append((f"invented-{n}", dice.choice(["timeline", "impacts", "response", "recovery"]), label,
                     dice.choice(list(STATUS)), date, start, first, start, end, lasts, reported))  # fmt: skip
    columns = "fact theme label status date start_from start_to end_from end_to lasts reported".split()
    table = pd.DataFrame(rows, columns=columns).set_index("fact")
    return table.sort_values(["end_to", "start_from"], kind="stable", na_position="last")


@pytest.mark.parametrize("longest", [5, 48, 90])
@pytest.mark.parametrize("days", [7, 1200, 3652], ids=["a week", "years", "ten years"])
@pytest.mark.parametrize("number", [10, 300])
def test_however_many_events_there_are_no_label_of_the_timeline_overlaps(dairy, number, days, longest):
    drawn = sys.modules["casebound.pages.figures.timeline"]
    events = drawn._fitting(dairy, crowd(number, days, longest))
    assert len(events) == number or len(events) > 40
    with styled():
        canvas = drawn._canvas(dairy, events, drawn._axis(events))
        with warnings.catch_warnings(action="error"):
            FigureCanvasAgg(canvas).draw()
    assert_legible(canvas)
