import io
import re
import shutil
import subprocess
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path

import nbformat
import pandas as pd
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from nbconvert.exporters import get_exporter

from casebound.pages.style import WIDTH
from casebound.paths import FONTS
from casebound.report.document.htmltable import table_of
from casebound.report.document.printable import excess
from casebound.report.errors import BuildProblems
from casebound.report.pdf.exporter import PART, TEMPLATES, annex, annex_source, body_files, body_source, pdf
from casebound.report.pdf.typst_markup import breaking, words

pikepdf = pytest.importorskip("pikepdf", reason="pikepdf is not installed")
NAMES = "casebound_html", "casebound_pdf"
HOSTILE = [
    "#set page(width: 1pt)", "$x^2$", "back\\slash \\\\ \\n", "@label <label>", "*bold* _em_ `raw`",
    "// line /* block */", "a~b -- c --- d ... e", "\"double\" 'single' “curly”", "= heading",
    "+ item", "- item", "1. item", "/ term: x",
    "[content] ](#", "{code} ;", "https://a.example/x", "#\"a\";#panic()", "\\u{41}", "ŷ ‑ £ ’ é Ж Ω → ≤",
]  # fmt: skip


def text_of(data: bytes, *options: str) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("no pdftotext on this machine")
    command = ["pdftotext", *(options or ("-layout",)), "-", "-"]
    return subprocess.run(command, input=data, check=True, capture_output=True).stdout.decode()


def boxes(doc) -> list[tuple[float, ...]]:
    """Return the left, right, top and bottom of each word on the second page."""
    text = text_of(pdf(doc), "-bbox", "-f", "2", "-l", "2")
    sides = re.findall(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">', text)
    return [(float(left), float(right), float(top), float(bottom)) for left, top, right, bottom in sides]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.fixture(scope="module")
def pdf_file(whole, tmp_path_factory) -> Path:
    file = tmp_path_factory.mktemp("pdf") / "report.pdf"
    file.write_bytes(pdf(whole))
    return file


@pytest.fixture(scope="module")
def opened(pdf_file):
    with pikepdf.open(pdf_file) as document:
        yield document


@pytest.fixture(scope="module")
def text(pdf_file):
    return text_of(pdf_file.read_bytes()).removesuffix("\f")


def structure(opened):
    stack, found = [opened.Root.StructTreeRoot], []
    while stack:
        node = stack.pop()
        if isinstance(node, pikepdf.Array):
            stack += list(node)
        elif isinstance(node, pikepdf.Dictionary):
            found.append(node)
            stack += [node.K] if "/K" in node else []
    return [node for node in found if "/S" in node]


def test_the_pdf_is_tagged_and_claims_pdf_ua(opened):
    assert opened.Root.MarkInfo.Marked
    assert "/StructTreeRoot" in opened.Root
    assert str(opened.Root.Lang) == "en-GB"
    with opened.open_metadata() as meta:
        assert meta["pdfuaid:part"] == "1"
        assert meta["dc:title"] == "When the milk stood still"
        assert "dairy" in str(meta["pdf:Keywords"]) and meta["dc:description"].startswith("What is known")


def test_no_part_of_the_pdf_is_suspect_and_no_reader_complains_of_it(opened, pdf_file):
    assert not opened.Root.MarkInfo.get("/Suspects", False)
    for program in (["pdfinfo", pdf_file], ["pdftotext", pdf_file, "-"], ["qpdf", "--check", pdf_file]):
        if shutil.which(program[0]):
            assert subprocess.run(program, check=True, capture_output=True).stderr == b""


def test_the_pdf_bears_the_report_s_own_moment(opened):
    assert str(opened.docinfo.CreationDate).startswith("D:20310322171200")
    assert str(opened.docinfo.ModDate).startswith("D:20310322171200")


def test_bookmarks_lead_to_the_chapters(opened):
    with opened.open_outline() as outline:
        [title] = outline.root
        assert title.title == "When the milk stood still"
        names = [item.title for item in title.children]
    assert names[:2] == ["What happened, in short", "Timeline: when did what happen?"]
    assert names[-3:] == ["Data behind the figures", "Evidence", "Sources"]


def test_figures_have_alternative_text_tables_have_header_cells_and_notes_are_notes(opened):
    figures = [node for node in structure(opened) if node.S == "/Figure"]
    assert len(figures) == 3 and all(str(node.get("/Alt", "")).strip() for node in figures)
    kinds = {str(node.S) for node in structure(opened)}
    assert {"/Table", "/TH", "/TD", "/Note", "/L", "/Link", "/H2"} <= kinds


def test_text_can_be_selected_and_heads_and_page_numbers_stand_there(text):
    assert "In which order did things come back?" in text
    pages = text.split("\f")
    assert re.search(rf"\n\s+4 ?/ ?{len(pages)}\s*$", pages[3])
    assert re.match(r"\s*When the milk stood still +Impacts: who was affected\?\n", pages[3])
    assert "figures.steps(case)" not in text


def test_a_chapter_begins_a_page_and_no_page_is_blank(text):
    pages = text.split("\f")
    assert len(pages) <= 11 and min(len(squeezed(page)) for page in pages) > 100
    titles = ("Timeline: when", "Impacts: who", "My own question", "Data behind the figures", "Evidence", "Sources")
    for title in titles:  # behind the running head, which holds the title too
        assert any(page.split("\n", 1)[1].lstrip().startswith(title) for page in pages[1:]), title


def test_links_lead_to_the_evidence_and_back(opened):
    names = {str(k) for k in opened.Root.get("/Dests", {})} if "/Dests" in opened.Root else set()
    links = [a for page in opened.pages for a in page.get("/Annots", []) if a.Subtype == "/Link"]
    inner = [a for a in links if "/Dest" in a or a.get("/A", {}).get("/S") == "/GoTo"]
    assert len(inner) > 60 and len(links) > len(inner)
    assert all("/Contents" in a for a in links) or names


def test_evidence_stands_in_a_note_at_the_foot_of_the_page_that_cites_it(text):
    page = text.split("\f")[2]
    assert re.search(r"^8 “we could not see a single order” · a dispatcher · company · herald.* · verified", page, re.M)
    assert page.index("[8]") < page.index("8 “we could not")


def test_notes_of_evidence_do_not_count_among_the_writer_s_own(text):
    page = squeezed(text)
    assert "Orderscamelast.2[1]" in page and "Seealso3this.3" in page
    assert "1Theforecastwas" in page and "2Thelastoffoursteps" in page and "3Again" in page


def test_a_point_in_a_figure_is_a_point_on_paper():
    margin = float(re.search(r"#let side-margin = (\d+)mm", (TEMPLATES / "preamble.typ").read_text("utf-8"))[1])
    assert pytest.approx((210 - 2 * margin) / 25.4) == WIDTH


def test_a_raised_number_moves_no_line(bound, sample):
    words = "Farms poured milk away and nobody came to fetch it " * 3
    paragraph = f"{words} [@farm-5] {words} {words} [@farm-6] {words} {words}"
    doc = bound(sample.markdown("00-a", f"# A\n\n{paragraph}\n\n{paragraph}"))
    feet = re.findall(r'yMax="([\d.]+)">(?:nobody|fetch)</word>', text_of(pdf(doc), "-bbox", "-f", "2", "-l", "2"))
    steps = {round((float(b) - float(a)) / 6.75, 2) for a, b in pairwise(sorted(set(feet), key=float))}
    assert steps and all(step == int(step) for step in steps), steps


@pytest.mark.parametrize(("paper", "size"), [("a4", (595, 842)), ("us-letter", (612, 792))])
def test_the_paper_is_the_one_that_is_asked_for(bound, sample, paper, size):
    data = pdf(bound(sample.markdown("10-a", "# A\n\ntext"), paper=paper))
    with pikepdf.open(io.BytesIO(data)) as opened:
        assert tuple(round(float(side)) for side in opened.pages[0].mediabox[2:]) == size


def test_the_pdf_has_the_same_bytes_twice(pdf_file, bound, sample):
    assert pdf(bound(*sample.cells())) == pdf_file.read_bytes()


def test_hostile_strings_come_back_verbatim(bound, sample):
    rows = [[re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", s)] for s in HOSTILE]
    columns = [{"name": "x", "align": "left"}]
    table = sample.table_bundle(caption="c") | {"columns": columns, "header_columns": 0, "rows": rows}
    code = {"text/plain": "\n".join(HOSTILE)}
    cells = [
        sample.markdown("10-a", "# A \\#set \\$x\\$\n\ntext"),
        sample.code("10-a", "x", {"application/vnd.casebound.table+json": table}, code),
    ]
    doc = bound(*cells, title=HOSTILE[0], subtitle=HOSTILE[9], keywords=['"', "\\"], description='"#x')
    text = squeezed(text_of(pdf(doc)))
    assert "A#set$x$" in text
    for string in HOSTILE:
        assert text.count(squeezed(string)) >= 2, string


ALPHABET = st.one_of(st.characters(min_codepoint=32, max_codepoint=126), st.sampled_from("£’“”–—…éŷΩЖ‑"))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(ALPHABET, min_size=1, max_size=40), min_size=1, max_size=12))
def test_any_words_come_back_verbatim(strings):
    head = '#set page(width: 3000pt, height: auto)\n#set text(font: ("DejaVu Sans Mono",), hyphenate: false)\n'
    source = head + "\n\n".join(words(f"|{s}|") for s in strings)
    data = typst.compile({"main": source.encode()}, format="pdf", ignore_system_fonts=True, font_paths=[str(FONTS)])
    assert squeezed(text_of(data)) == squeezed("".join(f"|{s}|" for s in strings))


def test_an_edit_changes_the_source_of_its_own_part_alone(bound, sample):
    other = sample.markdown("00-a", "# A\n\nMilk [@farm-7] came."), sample.markdown("20-c", "# C\n\nIt ended.")
    before, after = (
        sources(bound(other[0], sample.markdown("10-b", words), other[1])) for words in ("# B", "# B\n\nNo.")
    )
    assert before.keys() == after.keys()
    assert [before[name] == after[name] for name in before].count(False) == 1


def test_what_divides_the_source_stands_in_no_string(bound, sample):
    doc = bound(sample.markdown("10-a", f"# A\n\n    one{PAGE}\n    #pagebreak(weak: true)\n\ntwo{PAGE}three"))
    assert sum(name.startswith("part-") for name in sources(doc)) == source(doc).count(PAGE)
    assert "one#pagebreak(weak:true)twothree" in squeezed(text_of(pdf(doc)))


def test_a_character_that_no_font_has_is_named_with_its_place(bound, sample):
    with pytest.raises(BuildProblems) as caught:
        pdf(bound(sample.markdown("10-a", "# A\n\n## Where\n\nMilk 牛 and \U0001f42e.")))
    assert "notebook 10-a, under heading “Where”: no font of the PDF has 牛 (U+725B" in caught.value.lines[0]
    assert "U+1F42E, COW FACE" in caught.value.lines[1]


def test_a_character_of_a_fact_is_named_with_the_fact_and_not_with_the_text_that_cites_it(bound, sample):
    doc = bound(sample.markdown("00-a", "# A\n\nMilk [@farm-7] came."))
    cited = doc.evidence.cited[0]
    doc.evidence.cited[0] = replace(cited, entry=replace(cited.entry, statement="牛"))
    with pytest.raises(BuildProblems, match=r"^fact farm-7: no font of the PDF has 牛"):
        pdf(doc)


def test_no_letter_is_drawn_as_another_sign(bound, sample):
    if shutil.which("pdftoppm") is None:
        pytest.skip("no pdftoppm on this machine")

    def drawn(words: str) -> bytes:
        command = ["pdftoppm", "-r", "72", "-"]
        data = pdf(bound(sample.markdown("00-a", f"# A\n\n## {words}\n\nMilk.")))
        return subprocess.run(command, input=data, capture_output=True, check=True).stdout

    assert drawn("7x2") != drawn("7×2")  # which Inter's alternates make one


def test_nbconvert_binds_any_notebook_with_the_exporters_by_their_names(tmp_path):
    cells = [nbformat.v4.new_markdown_cell("# Only a title\n\ntext")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "own.ipynb")
    page, printed = (get_exporter(name)().from_filename(tmp_path / "own.ipynb")[0] for name in NAMES)
    assert "<title>Only a title</title>" in page and printed.startswith(b"%PDF")


def test_a_link_that_only_the_page_can_follow_is_its_words_on_paper(bound, sample):
    doc = bound(sample.markdown("00-a", "# A\n\nMilk [@farm-7] came, as was [said above](#ref-1-a)."))
    assert "said above" in text_of(pdf(doc))


RIGHT = (210 - 27) / 25.4 * 72 + 1  # where the text of an A4 page ends, in points
WIDE = {
    "numbers": lambda n: pd.DataFrame([[12345678.25, 0.5] * n][:1]).iloc[:, :n],
    "days": lambda n: pd.DataFrame({f"day {i}": pd.to_datetime(["2031-03-20", None]) for i in range(n)}),
    "ids": lambda n: pd.DataFrame({f"figure_as_printed_{i}": ["churns-turning-caption"] for i in range(n)}),
    "words": lambda n: pd.DataFrame({str(i): ["The county said that it was pulling every lever"] for i in range(n)}),
    "addresses": lambda n: pd.DataFrame({str(i): ["https://a.example/" + "long-way/" * 20] for i in range(n)}),
    "long words": lambda n: pd.DataFrame({str(i): ["mm" * 300] for i in range(n)}),
}


@pytest.mark.parametrize("kind", WIDE)
def test_in_the_widest_frame_that_is_printed_no_word_stands_over_another(bound, sample, kind):
    tables = (table_of(WIDE[kind](n).to_html()) for n in range(1, 16))
    widest = [n for n, table in enumerate(tables, 1) if excess(table) == 0][-1]
    with pd.option_context("display.max_colwidth", None):
        frame = WIDE[kind](widest)._repr_html_()
    doc = bound(sample.markdown("10-a", "# A"), sample.code("10-a", "x", {"text/html": frame}))
    words = boxes(doc)
    assert len(words) > widest
    assert min(left for left, *_ in words) > 27 / 25.4 * 72 - 1
    assert max(right for _, right, *_ in words) < RIGHT
    over = [
        (one, other)
        for one, other in combinations(words, 2)
        if one[0] < other[1] - 0.5 and other[0] < one[1] - 0.5 and one[2] < other[3] - 3 and other[2] < one[3] - 3
    ]
    assert not over


def test_a_line_of_output_without_blanks_stays_on_the_page(bound, sample):
    long = {"text/plain": "m" * 1000 + " end"}
    words = boxes(bound(sample.markdown("10-a", "# A"), sample.code("10-a", "x", long)))
    assert max(right for _, right, *_ in words) < RIGHT


def test_an_address_is_given_no_place_to_break_that_a_reader_would_copy():
    assert breaking("https://a.example/" + "a/long/way/" * 9, 40) == "https://a.example/" + "a/long/way/" * 9
    assert breaking("short " + "m" * 41, 40).count("\u200b") == 4
    assert breaking("m" * 40, 40) == "m" * 40
