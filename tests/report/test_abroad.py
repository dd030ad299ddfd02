"""A case whose sources are in other languages and scripts, and in which a person decided some things: all is printed.

Sources: one in German, whose quotations are found and not verified; one with a Japanese title; one with an Arabic title
and name, of which only the month is known.
"""

import re
from pathlib import Path

import matplotlib
import pytest

from casebound.cli import main
from casebound.pages import figures, tables
from casebound.report.errors import BuildProblems
from casebound.report.evidence import appendix
from casebound.report.evidence.extract import extract
from casebound.report.html.exporter import ReportHTMLExporter
from casebound.report.pdf.exporter import annex, pdf

ARABIC, PAPER, JAPANESE = "هجوم إلكتروني على شركة الألبان عام 2031", "صدى هولت", "酪農場のシステム障害"
GERMAN = "“Our cold store at Cawdale works as before”"
WHY = "The paper names the month and no year."


@pytest.fixture
def abroad(project):
    for old, new in {
        "container-title: The Hill Post\n  language: en-GB": "container-title: The Hill Post\n  language: de-AT",
        "title: Churns turn again at Holt Fen": f"title: {JAPANESE}",
        "container-title: The River Press\n  language: en-GB": "container-title: The River Press\n  language: ja",
        "title: Dairy's long standstill ends": f"title: {ARABIC}",
        "container-title: The Holt Echo\n  language: en-GB": f"container-title: {PAPER}\n  language: ar",
        "available: 2031-04-10\n  grade: D": "available: 2031-04\n  grade: D",
        "- id: oak-2031-03-24\n": '- id: oak-2031-03-24\n  aside: {CB103: "The text is with its publisher."}\n',
    }.items():
        project.edit("sources.yaml", old, new)
    dated = "{rule: named-month, phrase: in January, base: 2031-03-20}"
    project.edit("timeline.yaml", dated, f'{{rule: person, reason: "{WHY}"}}')
    project.edit(
        "timeline.yaml", "- id: odd-logins\n", '- id: odd-logins\n  aside: {CB403: "The text is short here."}\n'
    )
    project.edit("case.yaml", "language: en-GB\n", 'language: en-GB\naside: {CB412: "The firm calls itself so."}\n')
    project.edit(
        "narrative.md",
        "Churning stopped at once [@churns-stopped]",
        "Churning stopped at once [@churns-stopped; aside CB613: It has no other name.]",
    )
    return project


def box(ledger):
    return dict(tables.status(ledger).items)


def document_of(bound_by, ledger, sample):
    from casebound.report.document.assemble import document

    cells = [sample.code("10-a", "cb.tables.status(ledger)", tables.status(ledger)._repr_mimebundle_())]
    text = sample.markdown("10-a", "# A\n\nIt works [@cold-store-back]. It stopped [@odd-logins; @cost-sales].")
    return bound_by(document(sample.joined(text, *cells), appendix.entries(ledger), appendix.sources(ledger)))


def test_the_status_box_counts_each_state_the_asides_and_the_dates_set_by_a_person(abroad, dairy):
    shown = box(abroad.load())
    assert shown["Not verified"] == (
        "34 of 63 pieces of evidence: 20 not yet compared with the source (unread); "
        "7 compared by a person with what could be seen of the source (read); "
        "7 in the source word for word, the words round them not checked (found)"
    )
    assert shown["Verified"].startswith("29 quotations word for word, and the words round them, from 1 of ")
    assert shown["Dates set by a person"] == "1, with the reason"
    assert shown["Checks set aside"] == "4, with reasons"
    assert box(dairy)["Dates set by a person"] == "none; each follows from a source’s words"
    assert box(dairy)["Checks set aside"] == "none"


def test_the_table_of_asides_says_where_which_and_why(abroad, dairy):
    frame = tables.asides(abroad.load()).frame
    assert [row.split(":")[0] for row in frame["Check"]] == ["CB403", "CB103", "CB412", "CB613"]
    assert all(": " in row and row.endswith(".") for row in frame["Check"])
    assert list(frame["Reason"]) == [
        "The text is short here.",
        "The text is with its publisher.",
        "The firm calls itself so.",
        "It has no other name.",
    ]
    assert list(frame["facts"]) == [("odd-logins",), (), (), ("churns-stopped",)]
    assert frame["Where"][1].startswith("source oak-2031-03-24 (The Hill Post, ")
    assert not tables.asides(dairy).rows and tables.asides(dairy).note.startswith("No check was set aside")


def test_a_limited_report_lists_the_asides_of_what_it_holds_and_no_reason_that_names_more(abroad):
    abroad.edit("timeline.yaml", "The text is short here.", "The Hill Post of 24 March has the name.")
    frame = tables.asides(abroad.load(as_of="2031-03-20T09:40")).frame
    assert [row[:5] for row in frame["Check"]] == ["CB403", "CB412", "CB613"]
    assert frame["Reason"][0] == "the reason names what is not in this report"
    assert "Hill Post" not in frame.to_csv()


def test_tables_cards_and_exports_tell_found_from_verified(abroad, dairy):
    names = [[column.name for column in tables.counts(ledger).columns] for ledger in (abroad.load(), dairy)]
    assert names[0][-4:] == ["Verified", "Found", "Read", "Unread"] and "Found" not in names[1]  # none was only found
    [total] = [row for row in tables.counts(abroad.load()).rows if row[0] == "all"]
    assert total[-4:] == ("29", "5", "7", "20")
    why = "the checks read English, and the source is in de-AT"
    piece = appendix.entries(abroad.load())["cold-store-back"].pieces[1]
    assert piece.state == f"found; the words round it are not checked: {why}"
    exported = extract("dairy-2031", "", "").data["data/evidence.csv"].decode()
    assert exported.splitlines()[0].endswith(",state,unchecked") and f',found,"{why}"' in exported
    assert "· evidence: 1 verified, 1 found*" in tables.register(abroad.load()).markdown


def test_an_entry_says_why_a_person_dates_the_fact_so(abroad, seed):
    assert appendix.entries(abroad.load())["odd-logins"].dated == f"Date named by a person: {WHY}"
    given = [entry.dated for entry in appendix.entries(seed).values() if entry.dated]
    assert given and all(text.startswith("Date: ") for text in given)


def test_a_source_of_a_month_is_printed_with_its_month_alone(abroad, capsys):
    entry = appendix.sources(abroad.load())["marsh-2031-04-10"]
    assert entry.available == "April\u00a02031"
    ledger = abroad.load(sources="marsh-2031-04-10")
    shown = [getattr(tables, name)(ledger) for name in tables.__all__]
    shown += [getattr(figures, name)(ledger) for name in figures.__all__ if name not in ("show", "table_of")]
    assert "30\u00a0April" not in repr(shown) and "30 April" not in repr(shown)
    assert box(ledger)["As known on"].startswith("a day in April 2031,")
    assert extract("dairy-2031", "", "marsh-2031-04-10").about["newest"] == "April 2031"
    with pytest.raises(SystemExit):
        main(["changes", "--case", "dairy-2031", "--from", "2031-03-25"])
    shown = capsys.readouterr().out
    assert "2031-04 " in shown and "2031-04-30" not in shown


def test_the_page_marks_titles_and_quotations_with_their_language(abroad, sample):
    page = document_of(ReportHTMLExporter().bound, abroad.load(), sample)
    assert f'<bdi lang="ja">“{JAPANESE}”</bdi>, The River Press' in page
    assert f'<bdi lang="ar">“{ARABIC}”</bdi>, \u2068{PAPER}\u2069, 10' in page
    assert f'<bdi lang="de-AT">{GERMAN}</bdi>' in page
    assert not re.search('lang="en', page.split("<body>")[1])
    alone = abroad.load(sources="marsh-2031-04-10")
    assert alone.sources["short"].item() == f"\u2068{PAPER}\u2069, 10\u00a0April\u00a02031"
    assert f"[“{ARABIC}”]{{lang=ar}}" in box(alone)["Sources"]


def test_the_annex_names_the_typeface_that_it_lacks(abroad, sample):
    with pytest.raises(BuildProblems) as caught:
        document_of(annex, abroad.load(), sample)
    [line] = caught.value.lines
    assert line.startswith("source gill-2031-04-10: no font of the PDF has 酪 (U+916A), ")
    assert "such as Noto Sans JP, SC or TC, into fonts/, as TTF or OTF" in line


def test_both_pdfs_name_where_a_title_stands_that_they_cannot_show(abroad, bound, sample):
    for prints in (pdf, annex):
        with pytest.raises(BuildProblems, match=r"^case.yaml: no font of the PDF has 牛"):
            prints(bound(sample.markdown("10-a", "# A\n\nIt works."), title="牛"))


@pytest.mark.parametrize("prints", [pdf, annex])
def test_a_typeface_in_the_folder_of_the_project_prints_what_the_report_s_own_lack(abroad, sample, prints):
    pikepdf = pytest.importorskip("pikepdf")
    abroad.edit("sources.yaml", JAPANESE, "Milch")
    ttf = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
    before = document_of(prints, abroad.load(), sample)
    (abroad.root / "fonts").mkdir()
    (abroad.root / "fonts" / ttf.name).write_bytes(ttf.read_bytes())
    after = document_of(prints, abroad.load(), sample)
    fonts = [fonts_of(pikepdf, content) for content in (before, after)]
    assert "DejaVuSansMono" in fonts[0] and "DejaVuSans" not in fonts[0]
    assert "DejaVuSans" in fonts[1] and "DejaVuSansMono" not in fonts[1]


def fonts_of(pikepdf, content: bytes) -> set[str]:
    import io

    with pikepdf.open(io.BytesIO(content)) as opened:
        return {
            str(each.BaseFont).split("+")[-1].removesuffix("-Identity-H")
            for each in opened.objects
            if isinstance(each, pikepdf.Dictionary) and "/BaseFont" in each
        }


@pytest.mark.parametrize("language", ["de-AT", "ar", "no language", "x"])
def test_any_language_of_a_source_prints(abroad, sample, language):
    abroad.edit("sources.yaml", JAPANESE, "Milch")
    abroad.edit("sources.yaml", "language: ja", f"language: {language}")
    assert document_of(annex, abroad.load(), sample).startswith(b"%PDF")
