"""Abridged: what is printed of a large report, and what is said of the rest. The page keeps all of it."""

from dataclasses import replace

import pytest

from casebound.pages.display import TABLE
from casebound.pages.markup import plain_text
from casebound.report.document.model import Table
from casebound.report.html.exporter import ReportHTMLExporter
from casebound.report.pdf import abridged as module
from casebound.report.pdf.abridged import ROWS, abridged
from casebound.report.pdf.exporter import annex
from casebound.report.pdf.source import PART, annex_source


def bundle(sample, rows: int) -> dict:
    """Return a table whose last row cites a fact that nothing else cites."""
    table = sample.table_bundle(rows=rows)
    table["rows"][-1][1] = "The last one [@farm-7]"
    return {TABLE: table}


@pytest.fixture
def of_rows(bound, sample):
    """Return a function from a number of rows to a document with such a table."""
    return lambda rows: bound(sample.markdown("00-a", "# A"), sample.code("00-a", "x", bundle(sample, rows)))


def table_of(doc) -> Table:
    return next(block for block in doc.chapters[0].blocks if isinstance(block, Table))


def test_a_report_of_common_size_is_printed_as_it_is(of_rows):
    doc = of_rows(ROWS)
    assert abridged(doc) == doc


def test_of_a_long_table_the_first_rows_are_printed_and_the_note_says_so(of_rows):
    doc = of_rows(1234)
    table = table_of(abridged(doc))
    assert table.rows == table_of(doc).rows[:ROWS]
    assert plain_text(table.note) == (
        f"Litres as the farms gave them. Printed are the first {ROWS} of 1,234 rows; report.html has all of them."
    )
    assert ReportHTMLExporter().bound(doc).count("<tr>") > 1234


def test_every_three_hundredth_entry_begins_a_page_so_that_they_are_laid_out_side_by_side(of_rows):
    doc = of_rows(3)
    few, one = annex_source(doc), doc.evidence.cited[0]
    doc.evidence.cited = [replace(one, number=n, anchor=f"evidence-{n}") for n in range(601)]
    many = annex_source(doc)
    assert many.count(PART) == few.count(PART) + 2
    assert '"evidence-300"' in many.partition('#entry(3, "evidence-299"')[2].partition(PART)[2]


def test_of_very_many_facts_those_are_printed_that_a_printed_page_cites(of_rows, monkeypatch):
    monkeypatch.setattr(module, "FACTS", 10)
    whole = of_rows(ROWS + 1)
    doc = abridged(whole)
    assert [entry.id for entry in doc.evidence.entries] == ["milk-poured-away", "farm-5"]
    used = {piece.source for entry in doc.evidence.entries for piece in entry.pieces}
    assert {entry.id for entry in doc.evidence.sources} == used
    assert "Printed are the 2 of 16 facts that the body cites; report.html has all of them." in annex_source(doc)
    assert annex(whole).startswith(b"%PDF")
