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

from casebound.pages.display import TABLE
from casebound.pages.style import WIDTH
from casebound.paths import FONTS
from casebound.report.document.htmltable import table_of
from casebound.report.document.printable import excess
from casebound.report.errors import BuildProblems
from casebound.report.pdf.exporter import annex, body_files, pdf
from casebound.report.pdf.source import PART, TEMPLATES, body_source
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
    """Return the left, right, top and bottom of each word, as if the pages stood one below the other."""
    pages = text_of(pdf(doc), "-bbox").split("<page ")[1:]
    sides = r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">'
    found = [(1000 * n, map(float, word)) for n, page in enumerate(pages) for word in re.findall(sides, page)]
    return [(left, right, at + top, at + bottom) for at, (left, top, right, bottom) in found]


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
def annex_data(whole):
    return annex(whole)


@pytest.fixture(scope="module")
def opened_annex(annex_data):
    with pikepdf.open(io.BytesIO(annex_data)) as document:
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


@pytest.mark.parametrize(
    ("file", "title"),
    [("opened", "When the milk stood still"), ("opened_annex", "Annex to When the milk stood still")],
)
def test_both_files_are_tagged_and_claim_pdf_ua(file, title, request):
    opened = request.getfixturevalue(file)
    assert opened.Root.MarkInfo.Marked
    assert "/StructTreeRoot" in opened.Root
    assert str(opened.Root.Lang) == "en-GB"
    with opened.open_metadata() as meta:
        assert meta["pdfuaid:part"] == "1"
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "A")
        assert meta["dc:title"] == title
        assert "dairy" in str(meta["pdf:Keywords"]) and meta["dc:description"].startswith("What is known")


def test_no_part_of_the_pdf_is_suspect_and_no_reader_complains_of_it(opened, pdf_file):
    assert not opened.Root.MarkInfo.get("/Suspects", False)
    for program in (["pdfinfo", pdf_file], ["pdftotext", pdf_file, "-"], ["qpdf", "--check", pdf_file]):
        if shutil.which(program[0]):
            assert subprocess.run(program, check=True, capture_output=True).stderr == b""


def test_the_pdf_bears_the_report_s_own_moment(opened):
    assert str(opened.docinfo.CreationDate).startswith("D:20310322171200")
    assert str(opened.docinfo.ModDate).startswith("D:20310322171200")


def bookmarks(opened) -> list[str]:
    with opened.open_outline() as outline:
        [title] = outline.root
        return [title.title, *(item.title for item in title.children)]


def test_bookmarks_lead_to_the_chapters(opened, opened_annex):
    assert bookmarks(opened) == [
        "When the milk stood still",
        "What stopped, and for how long?",
        "Timeline: when did what happen?",
        "Impacts: who was affected?",
        "My own question",
        "About this report",
    ]
    assert bookmarks(opened_annex) == [
        "Annex to When the milk stood still",
        *(
            "About this report",
            "Data behind the figures",
            "Evidence",
            "Recorded, but not told in the report",
            "Sources",
        ),
    ]


def test_figures_have_alternative_text_and_tables_have_header_cells(opened):
    figures = [node for node in structure(opened) if node.S == "/Figure"]
    assert len(figures) == 3 and all(str(node.get("/Alt", "")).strip() for node in figures)
    kinds = {str(node.S) for node in structure(opened)}
    assert {"/Table", "/TH", "/TD", "/L", "/Link", "/H2", "/TOC"} <= kinds


def test_text_can_be_selected_and_heads_and_page_numbers_stand_there(text):
    assert "In which order did things come back?" in text
    pages = text.split("\f")
    assert re.search(rf"\n\s+3 ?/ ?{len(pages)}\s*$", pages[2])
    assert re.match(r"\s*When the milk stood still +Impacts: who was affected\?\n", pages[2])
    assert "figures.steps(case)" not in text


def test_no_page_is_blank_and_the_first_is_the_summary_and_what_there_is_room_for(text):
    pages = text.split("\f")
    assert min(len(squeezed(page)) for page in pages) > 100
    assert all(words in pages[0] for words in ("As known on", "What happened", "11 farms", "The cause is not public"))
    assert "Contents" in pages[0]


def test_a_first_page_that_is_nearly_full_stays_alone_and_its_size_is_chosen_to_fill_it(bound, sample):
    def first(lines: int) -> str:
        summary = sample.markdown(
            "00-a", "# S\n\n## What happened\n\n" + "It stopped.\n\n" * lines, tags=["first-page"]
        )
        return text_of(pdf(bound(summary, sample.markdown("10-b", "# B\n\nIt ended.")))).split("\f")[0]

    assert "Contents" in first(5)
    for lines in (35, 44, 54):
        assert first(lines).count("It stopped.") == lines and "Contents" not in first(lines)


def test_a_part_of_the_first_page_that_is_a_column_stands_beside_the_other(text):
    assert re.search(r"^ *Sure +Not known$", text.split("\f")[0], re.M)


def test_the_contents_hold_each_chapter_with_its_answer_and_the_parts_of_the_annex(text):
    contents = text.split("\f")[0]
    assert re.search(r"What stopped, and for how long\? .*1\n+ *Eleven farms poured milk away before", contents)
    assert re.search(r"In the annex\n+ *About this report · Data behind the figures · Evidence · Sources", contents)


def links_of(opened) -> list[str]:
    links = [a for page in opened.pages for a in page.get("/Annots", []) if a.Subtype == "/Link"]
    return [str(a.A.URI) for a in links if "/A" in a and "/URI" in a.A]


def names_of(opened) -> set[str]:
    """Return the names by which other files find a place."""
    found, stack = set(), [opened.Root.Names.Dests]
    while stack:
        node = stack.pop()
        stack += list(node.get("/Kids", []))
        found |= {str(name) for name in list(node.get("/Names", []))[::2]}
    return found


def test_each_file_leads_into_the_other_by_names_that_are_there(opened, opened_annex):
    to_annex = {uri.removeprefix("annex.pdf#") for uri in links_of(opened) if uri.startswith("annex.pdf")}
    to_body = {uri.removeprefix("report.pdf#") for uri in links_of(opened_annex) if uri.startswith("report.pdf")}
    assert {"evidence-orders-stopped", "evidence", "sources"} <= to_annex <= names_of(opened_annex)
    assert {"05-findings", "report"} <= to_body <= names_of(opened)


def words_on(data: bytes, page: int) -> list[tuple[str, float, float]]:
    """Return the words of a page, each with its left side and its foot."""
    found = text_of(data, "-bbox", "-f", str(page), "-l", str(page))
    words = re.findall(r'<word xMin="(.*?)" yMin=".*?" xMax=".*?" yMax="(.*?)">(.*?)</word>', found)
    return [(word, float(left), float(foot)) for left, foot, word in words]


def test_a_note_stands_in_the_margin_beside_the_text_that_cites_it(pdf_file):
    words = words_on(pdf_file.read_bytes(), 1)
    [(_, left, foot)] = [each for each in words if each[0] == "promised,"]
    beside = [word for word, at, below in words if at > MARGIN - 1 and abs(below - foot) < 4]
    assert left < MARGIN and beside == ["11", "herald-2031-03-10", "E4"]


def test_what_a_writer_notes_counts_among_the_notes_and_is_printed_whole(pdf_file):
    said = "9 The forecast was “two or three days” when it was first given. E6"
    assert said in squeezed_lines(pdf_file.read_bytes())


def test_an_entry_names_the_notes_that_rest_on_it(annex_data):
    entry = re.search(r"E3 Eleven farms poured milk away.*?E4 ", squeezed_lines(annex_data))
    assert entry and "Notes 2, 6, 8 and 19 E4" in entry[0]


def squeezed_lines(data: bytes) -> str:
    return re.sub(r"\s+", " ", text_of(data, "-raw"))


@pytest.mark.parametrize("lines", range(0, 44, 4))
def test_no_row_of_a_table_stands_alone_on_a_page(bound, sample, lines):
    before = "\n\n".join(["One line of text."] * lines)
    cells = [
        sample.markdown("00-a", f"# A\n\n{before}"),
        sample.code("00-a", "x", {TABLE: sample.table_bundle(rows=34)}),
    ]
    pages = text_of(pdf(bound(*cells))).split("\f")
    assert not {1} & {len(re.findall(r"^ *Farm \d+ ", page, re.M)) for page in pages}


def test_a_point_in_a_figure_is_a_point_on_paper():
    margin = float(re.search(r"#let side-margin = (\d+)mm", (TEMPLATES / "preamble.typ").read_text("utf-8"))[1])
    assert pytest.approx((210 - 2 * margin) / 25.4) == WIDTH


def test_a_raised_number_moves_no_line(bound, sample):
    words = "Farms poured milk away and nobody came to fetch it " * 3
    paragraph = f"{words} [@farm-5]. {words} {words} [analysis: @farm-6]. {words} {words}"
    doc = bound(sample.markdown("00-a", f"# A\n\n{paragraph}\n\n{paragraph}"))
    feet = re.findall(r'yMax="([\d.]+)">(?:nobody|fetch)</word>', text_of(pdf(doc), "-bbox"))
    steps = {round((float(b) - float(a)) / 7.15, 2) for a, b in pairwise(sorted(set(feet), key=float))}
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
        body_files(bound(other[0], sample.markdown("10-b", words), other[1])) for words in ("# B", "# B\n\nNo.")
    )
    assert before.keys() == after.keys()
    assert [before[name] == after[name] for name in before].count(False) == 1


def test_what_divides_the_source_stands_in_no_string(bound, sample):
    doc = bound(sample.markdown("10-a", f"# A\n\n    one{PART}\n    #pagebreak(weak: true)\n\ntwo{PART}three"))
    assert sum(name.startswith("part-") for name in body_files(doc)) == body_source(doc).count(PART)
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
        annex(doc)


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
    doc = bound(sample.markdown("00-a", "# A\n\nMilk [@farm-7] came, as was [said above](#ref-1)."))
    assert "said above" in text_of(pdf(doc))


LEFT, RIGHT = (side / 25.4 * 72 for side in (21, 210 - 21))  # of an A4 page, in points
MARGIN = RIGHT - 47 / 25.4 * 72  # where the notes begin
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
    assert min(left for left, *_ in words) > LEFT - 1
    assert max(right for _, right, *_ in words) < RIGHT + 1
    over = [
        (one, other)
        for one, other in combinations(words, 2)
        if one[0] < other[1] - 0.5 and other[0] < one[1] - 0.5 and one[2] < other[3] - 3 and other[2] < one[3] - 3
    ]
    assert not over


def test_a_line_of_output_without_blanks_stays_on_the_page(bound, sample):
    long = {"text/plain": "m" * 1000 + " end"}
    words = boxes(bound(sample.markdown("10-a", "# A"), sample.code("10-a", "x", long)))
    assert max(right for _, right, *_ in words) < RIGHT + 1


def test_an_address_is_given_no_place_to_break_that_a_reader_would_copy():
    assert breaking("https://a.example/" + "a/long/way/" * 9, 40) == "https://a.example/" + "a/long/way/" * 9
    assert breaking("short " + "m" * 41, 40).count("\u200b") == 4
    assert breaking("m" * 40, 40) == "m" * 40
