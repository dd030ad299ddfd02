"""As known: a report of an earlier moment, bound whole, holds nothing that came to be known later."""

import base64
import re
import shutil
import subprocess

import pandas as pd
import pytest

from casebound.facts.ledger.ledger import load
from casebound.report.build import Request, report

MOMENT = "2025-09-25T17:12"  # "Updated: 25/09/2025 - 17:12", when the article could first be read


@pytest.fixture(scope="module")
def earlier(make_project):
    """The whole case as it could have stood when the article appeared: every file of the report, as plain text."""
    project = make_project(case="jlr-2025")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASEBOUND_ROOT", str(project.root))
        folder = report(Request("jlr-2025", as_of=MOMENT)).folder
    texts = {
        path.name: path.read_text("utf-8") for path in folder.rglob("*.*") if path.is_file() and path.suffix != ".pdf"
    }
    for number, svg in enumerate(re.findall(r"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)", texts["report.html"])):
        texts[f"figure {number}"] = base64.b64decode(svg).decode()
    if shutil.which("pdftotext") and shutil.which("pdfinfo"):
        for name in ("report.pdf", "annex.pdf"):
            for program in (["pdftotext", folder / name, "-"], ["pdfinfo", folder / name]):
                texts[f"{program[0]} {name}"] = subprocess.check_output(program, text=True)
    return folder, {name: words_of(text) for name, text in texts.items()}


def words_of(text):
    return " ".join(text.replace("\u00ad", "").replace("&#39;", "'").split()).casefold()


def test_a_report_as_known_stands_in_a_folder_of_its_own(earlier):
    folder, texts = earlier
    assert folder.parts[-2:] == ("reports", "jlr-2025-as-of-2025-09-25T1712")
    assert "as known on 25 september 2025, 17:12 bst" in re.sub("<[^>]*>", " ", texts["report.html"]).replace("  ", " ")


@pytest.mark.parametrize(
    "later",
    [
        "guarantee",  # announced on 28 September 2025
        "Export Finance",
        "8 October",  # when manufacturing began again
        "£1.9bn",  # the estimate of 22 October 2025
        "New York Times",  # the report of June 2026
    ],
)
def test_what_came_later_is_in_no_file_of_an_earlier_report(earlier, later):
    _, texts = earlier
    assert not [name for name, text in texts.items() if later.casefold() in text]


def test_no_fact_stands_in_a_report_of_before_its_first_source(earlier, seed):
    _, texts = earlier
    moment = pd.Timestamp(MOMENT, tz="Europe/London")
    late = [fact for fact in seed.facts.index if not seed.reported[fact] <= moment]
    assert len(late) > 80
    for fact in late:
        row = seed.facts.loc[fact]
        own = [row["statement"], *([row["label"]] if row["named"] else [])]
        for words in (f"@{fact}", f">{fact}<", f"\n{fact},", *own):
            found = [name for name, text in texts.items() if words_of(words) in text]
            assert not found, (fact, words, found)


def test_what_was_known_then_is_there(earlier):
    _, texts = earlier
    known = load("jlr-2025", as_of=MOMENT)
    for fact in ("disclosure", "pause-extended-to-1-october", "some-data-affected", "suppliers-lay-off"):
        assert words_of(known.facts.at[fact, "statement"]) in texts["report.html"]
