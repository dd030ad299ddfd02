"""Annex: a footnote in it is read where it stands, on the page and in print."""

import re

import pytest

from casebound.report.html.exporter import ReportHTMLExporter
from casebound.report.pdf.exporter import annex_source, body_source

WORDS = "Counted by hand in the yard."


@pytest.fixture(scope="module")
def noted(bound, sample):
    text = f"## Tank by tank\n\nThere are nine.[^count]\n\n[^count]: {WORDS}"
    return bound(sample.markdown("10-tanks", "# The tanks"), sample.markdown("10-tanks", text, tags=["annex"]))


def test_the_number_of_a_footnote_opens_a_card_with_its_words(noted):
    page = ReportHTMLExporter().bound(noted)
    [number] = re.findall(r'class="n" popovertarget="([^"]+)"', page)
    assert WORDS in page.partition(f'class="card" id="{number}"')[2].partition("</div>")[0]


def test_the_words_of_a_footnote_stand_in_the_print_of_the_annex_alone(noted):
    words = WORDS.removesuffix(".")
    assert annex_source(noted).count(words) == 1 and words not in body_source(noted)
