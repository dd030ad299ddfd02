"""Figures: words for every drawing, the same bytes twice, the data behind, no label over another or cut off."""

from itertools import combinations

import matplotlib as mpl
import pandas as pd
import pytest
from lxml import etree
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import FancyBboxPatch

from casebound.pages import figures
from casebound.pages.display import Figure, Prose, Table
from casebound.pages.markup import cited_ids
from casebound.pages.style import STATUS, mark, styled

EACH = ["timeline", "cascade", "matrix", "ladder", "responses"]
LEDGERS = ["dairy", "dairy_at_first", "seed"]


@pytest.fixture(params=LEDGERS)
def ledger(request):
    return request.getfixturevalue(request.param)


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


@pytest.mark.parametrize("missing", ["alt", "caption"])
def test_alt_text_and_caption_cannot_be_left_out(missing):
    words = {"alt": "a", "caption": "c"}
    del words[missing]
    with pytest.raises(TypeError):
        figures.show(drawn(), **words)


def test_a_data_frame_becomes_the_table_behind_the_figure():
    frame = pd.DataFrame(
        {"shops": [120, 145], "said by": ["Quill", "Oak"]}, index=pd.Index(["first", "second"], name="article")
    )
    shown = figures.show(drawn(), alt="a", caption="Shops lost", data=frame)
    assert shown.table == Table(
        "data",
        "Shops lost",
        ("article", "shops", "said by"),
        (("first", "120", "Quill"), ("second", "145", "Oak")),
        ("shops",),
    )


def test_a_character_that_the_typeface_lacks_is_no_empty_box():
    with styled():
        canvas = drawn()
        canvas.axes[0].set_title("\u4e2d")
    with pytest.raises(UserWarning, match="missing"):
        figures.show(canvas, alt="a", caption="c")


@pytest.mark.parametrize("name", EACH)
def test_a_figure_has_alt_text_caption_and_a_table_that_cites(ledger, name):
    figure = getattr(figures, name)(ledger)
    assert isinstance(figure, Figure)
    assert figure.key == name
    assert len(figure.alt) > 80 and figure.caption.endswith(".")
    for row in figure.table.rows:
        assert cited_ids(" ".join(row)) and set(cited_ids(" ".join(row))) <= set(ledger.facts.index)


@pytest.mark.parametrize("name", EACH)
def test_a_figure_is_the_same_bytes_twice_whatever_the_reader_s_settings_are(dairy, name):
    first = getattr(figures, name)(dairy)
    with mpl.rc_context({"font.size": 30, "svg.hashsalt": "other", "axes.facecolor": "red", "font.family": "serif"}):
        second = getattr(figures, name)(dairy)
        assert mpl.rcParams["font.size"] == 30
    assert first == second


@pytest.mark.parametrize("name", EACH)
def test_a_figure_is_an_svg_without_date_address_or_script(dairy, name):
    svg = getattr(figures, name)(dairy).svg
    root = etree.fromstring(svg.encode())
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert "<dc:date>" not in svg and "<script" not in svg and "<image" not in svg
    addresses = [value for element in root.iter() for key, value in element.attrib.items() if key.endswith("href")]
    assert all(value.startswith("#") for value in addresses)


@pytest.mark.parametrize("name", ["cascade", "matrix", "ladder", "responses"])
def test_where_there_is_nothing_to_draw_a_sentence_says_so(project, name):
    for file in ("impacts.yaml", "recovery.yaml", "response.yaml"):
        project.edit(file, project.text(file), "[]\n")
    known = project.load(sources="oak-2031-03-24")
    shown = getattr(figures, name)(known)
    assert isinstance(shown, Prose)
    assert shown.markdown.startswith("The sources at hand say nothing of ")


def test_a_timeline_without_a_labelled_event_is_a_sentence(project):
    lines = [line for line in project.text("timeline.yaml").splitlines() if not line.startswith("  label:")]
    project.path("timeline.yaml").write_text("\n".join(lines), "utf-8")
    for file in ("impacts.yaml", "recovery.yaml", "response.yaml", "attribution.yaml"):
        project.edit(file, project.text(file), "[]\n")
    assert isinstance(figures.timeline(project.load()), Prose)


# What a figure says


def test_the_timeline_counts_what_is_only_known_to_have_happened_by_a_day(dairy):
    figure = figures.timeline(dairy)
    events = figure.table.rows
    open_starts = sum("by 2" in row[2] for row in events)
    assert f"{open_starts} events are only known to have happened by some day" in figure.alt
    assert f"{len(events)} events" in figure.alt


def test_the_cascade_tells_what_is_quoted_from_what_is_inferred(dairy):
    figure = figures.cascade(dairy)
    assert "4 of 6 links stand in the source’s own words, 2 are our inference" in figure.caption
    assert "“Order books emptied” leads to “Farmers’ bills unpaid” (inferred)." in figure.alt


def test_the_matrix_names_what_each_party_bore(dairy):
    assert (
        "Retailers: delays and backlogs (Rounds from paper lists); lost systems (120 shops lost from view)."
        in figures.matrix(dairy).alt
    )


def test_the_ladder_counts_what_was_restored(dairy, seed):
    assert "1 of 5 were restored" in figures.ladder(dairy).caption
    assert "3 of 6 were restored" in figures.ladder(seed).caption
    # a caption does not restart the churns: "Churning stopped at once"
    assert "Vehicle production: stopped." in figures.ladder(dairy).alt


def test_the_responses_are_counted_by_kind(dairy):
    assert "2 done, 1 under way, 2 said or promised" in figures.responses(dairy).caption


def test_a_status_has_a_shape_of_its_own_or_a_filling():
    looks = {(mark(status)["marker"], mark(status)["markerfacecolor"]) for status in STATUS}
    assert len(looks) == len(STATUS)


def test_every_status_of_the_terms_has_a_mark(dairy):
    assert set(dairy.terms["status"]) == set(STATUS)


# Labels


def shown_texts(canvas):
    """Every text that is drawn, with its box in points of the drawing."""
    texts = list(canvas.texts)
    for axes in canvas.axes:
        texts += axes.texts
        if axes.get_legend():
            texts += axes.get_legend().get_texts()
        if axes.axison:
            for axis in (axes.xaxis, axes.yaxis):
                low, high = sorted(axis.get_view_interval())
                texts += [
                    t.label1 for t in axis.get_major_ticks() if low <= t.get_loc() <= high and t.label1.get_visible()
                ]
                texts += [
                    t.label2 for t in axis.get_major_ticks() if low <= t.get_loc() <= high and t.label2.get_visible()
                ]
                texts.append(axis.label)
    return [(text.get_text(), text.get_window_extent()) for text in texts if text.get_text() and text.get_visible()]


@pytest.fixture
def canvas_of(monkeypatch):
    """Return a function from a figure's name and a ledger to the drawing that was saved for it."""
    saved = []
    save = Canvas.savefig
    monkeypatch.setattr(Canvas, "savefig", lambda self, *a, **k: (saved.append(self), save(self, *a, **k))[1])

    def drawn_for(name, ledger):
        getattr(figures, name)(ledger)
        with styled():
            FigureCanvasAgg(saved[-1]).draw()
        return saved[-1]

    return drawn_for


def is_box(patch):
    return isinstance(patch, FancyBboxPatch)


def faults(canvas):
    """The pairs of labels that overlap by more than a hair, and those that leave the drawing."""
    shown, sheet = shown_texts(canvas), canvas.bbox
    assert len(shown) > 5
    found = [(a, b) for (a, box), (b, other) in combinations(shown, 2) if box.padded(-0.7).overlaps(other.padded(-0.7))]
    boxes = [patch.get_window_extent() for axes in canvas.axes for patch in axes.patches if is_box(patch)]
    found += ["two boxes" for a, b in combinations(boxes, 2) if a.overlaps(b)]
    beyond = [
        a for a, box in shown if box.x0 < sheet.x0 - 1 or box.x1 > sheet.x1 + 1 or box.y0 < -1 or box.y1 > sheet.y1 + 1
    ]
    return found + beyond


@pytest.mark.parametrize("name", EACH)
def test_no_label_overlaps_another_or_is_cut_off(ledger, canvas_of, name):
    assert faults(canvas_of(name, ledger)) == []


@pytest.mark.parametrize("name", ["dairy", "seed"])
def test_the_words_of_the_cascade_stand_inside_their_boxes(request, canvas_of, name):
    canvas = canvas_of("cascade", request.getfixturevalue(name))
    [axes] = canvas.axes
    boxes = [patch.get_window_extent() for patch in axes.patches if is_box(patch)]
    inside = [text for text, box in shown_texts(canvas) if any(contains(outer, box) for outer in boxes)]
    key = {"the source says so", "we infer it"}
    assert {text for text, _ in shown_texts(canvas)} - set(inside) == key
    assert len(inside) == len(boxes)


def contains(outer, box):
    return outer.x0 <= box.x0 and box.x1 <= outer.x1 and outer.y0 <= box.y0 and box.y1 <= outer.y1


def test_labels_that_overlap_are_found():
    with styled():
        canvas = Canvas(figsize=(3, 2))
        axes = canvas.add_subplot()
        axes.text(0.5, 0.5, "first label")
        axes.text(0.52, 0.5, "second label")
        axes.text(0.95, 0.9, "a label that leaves the drawing")
        FigureCanvasAgg(canvas).draw()
    assert faults(canvas) == [("first label", "second label"), "a label that leaves the drawing"]
