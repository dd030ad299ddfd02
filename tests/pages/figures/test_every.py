"""Every figure: words beside it, a table that cites, the same bytes twice, two sizes, no word over another."""

from itertools import product
from xml.etree import ElementTree

import matplotlib as mpl
import pytest
from matplotlib.text import Text

from casebound.pages import figures
from casebound.pages.markup import cited_ids, parsed_inline, plain_text
from casebound.pages.style import WIDTH

EVERY = [name for name in figures.__all__ if name not in ("show", "table_of")]
LEDGERS = (
    *("seed", "hydro", "dairy", "dairy at first", "hospital"),
    *("first days", "early", "with the article", "the article alone"),
)
TALLEST = {WIDTH: 7.95, 3.75: 9}  # inches: what a page leaves beside a caption; what a phone scrolls once
SMALLEST = {WIDTH: 7, 3.75: 8.25}  # points: 11 pixels on a phone


@pytest.fixture(scope="module", params=[*product(EVERY, LEDGERS)], ids="-".join)
def each(request, ledgers, look):
    """Return a figure, its ledger and what is drawn of it; skip where the ledger has too little."""
    name, known = request.param
    made = look(name, ledgers[known])
    if made.is_omitted:
        assert made.shown.why and made.shown.what.startswith("the ")
        pytest.skip(made.shown.why)
    return made.shown, ledgers[known], made


def test_it_has_a_finding_a_note_an_alt_text_and_a_table_that_cites(each):
    figure, ledger, _ = each
    finding = plain_text(parsed_inline(figure.caption))
    assert finding.endswith(".") and cited_ids(figure.caption) and len(finding) < 200
    assert len(figure.alt) > len(finding) + 40
    assert figure.note and len(figure.note) < 330
    cited = [cited_ids(" ".join(row)) for row in figure.table.rows]
    assert all(cited) and {fact for facts in cited for fact in facts} <= set(ledger.facts.index)
    assert set(cited_ids(figure.caption)) <= set(ledger.facts.index)


def test_no_word_of_either_drawing_overlaps_another_or_is_cut_off_or_too_small(each, faults):
    _, _, made = each
    assert len(made.drawings) == 2
    for canvas in made.drawings:
        wide, tall = canvas.get_size_inches()
        assert tall <= TALLEST[wide]
        assert faults(canvas) == []
        assert min(text.get_fontsize() for text in canvas.findobj(Text) if text.get_text()) >= SMALLEST[wide]


def test_it_is_an_svg_without_date_address_or_script(each):
    figure, _, _ = each
    for svg in (figure.data, figure.narrow):
        root = ElementTree.fromstring(svg)
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        assert "<dc:date>" not in svg and "<script" not in svg and "<image" not in svg
        addresses = [value for element in root.iter() for key, value in element.attrib.items() if key.endswith("href")]
        assert all(value.startswith("#") for value in addresses)


@pytest.mark.parametrize("name", EVERY)
def test_it_is_the_same_bytes_twice_whatever_the_reader_s_settings_are(ledgers, name):
    first = getattr(figures, name)(ledgers["seed"])
    with mpl.rc_context({"font.size": 30, "svg.hashsalt": "other", "axes.facecolor": "red", "font.family": "serif"}):
        assert getattr(figures, name)(ledgers["seed"]) == first
        assert mpl.rcParams["font.size"] == 30


@pytest.mark.parametrize("name", EVERY)
def test_a_ledger_with_nothing_to_draw_has_a_reason_instead(project, name):
    fields = ("  system:", "  state:", "  opens:", "  label:")
    lines = [line for line in project.text("timeline.yaml").splitlines() if not line.startswith(fields)]
    project.path("timeline.yaml").write_text("\n".join(lines), "utf-8")
    for file in ("impacts.yaml", "recovery.yaml", "response.yaml", "attribution.yaml", "costs.yaml"):
        project.path(file).write_text("[]\n", "utf-8")
    shown = getattr(figures, name)(project.load(sources="oak-2031-03-24"))
    assert shown.what.startswith("the figure") or shown.what == "the timeline"
    assert "recorded" in shown.why
