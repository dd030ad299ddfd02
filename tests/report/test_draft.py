"""A draft: built while problems remain, marked on every page, and each problem shown where it stands."""

import io
import re
from html import unescape

import pytest
from pypdf import PdfReader

from casebound.cli import main
from casebound.facts.problems import CaseError
from casebound.report.build import Request, report
from casebound.report.draft.drafting import draft

PARAMETERS = 'case = ""\nas_of = ""\nsources = ""'
SETUP = "import casebound as cb\n\nledger = cb.load(case, as_of, sources)"
NOTEBOOKS = {
    "10-what": [
        "# What happened?",
        PARAMETERS,
        SETUP,
        "## In short",
        'cb.narrative.section(ledger, "recovery")',
        "## Whom it hit",
        'cb.narrative.answer(ledger, "impacts")',
        'cb.narrative.section(ledger, "impacts")',
        "## Until when",
        'cb.narrative.section(ledger, "forecasts")',
        "cb.tables.credibility(ledger)",
    ],
    "20-own": ["# My own", "1 / 0", "print('still runs')", "## A link\n\nIt leads [away](nowhere.md)."],
}
FAULTS = [
    ("timeline.yaml", "quote: Churning stopped at once", "quote: Churning stopped at twice"),
    ("timeline.yaml", "label: First article updated\n", "label: First article updated\n  colour: red\n"),
    ("timeline.yaml", "label: Attack made public\n", "label: Attack made public\n  system: churnery\n"),
    ("timeline.yaml", "source: marsh-2031-04-10", "source: mursh-2031-04-10"),
    ("narrative.md", "lost track of 120 village", "lost track of 210 village"),
    ("narrative.md", "bills lay unpaid, and farmers said", "bills[^bills] lay unpaid, and farmers said"),
    ("narrative.md", "# Response\n", "[^bills]: The papers count 31 bills [@bills-unpaid].\n\n# Response\n"),
    ("narrative.md", "and farmers went unpaid", "and 310 farmers went unpaid"),
    ("narrative.md", "**£9m to £11m**", "**£9m to £12m**"),
    ("narrative.md", "[@cold-store-back]", "[@cold-store]"),
    ("narrative.md", "### Desks came back", "### Desks came 77 times back"),
    ("narrative.md", "# Forecasts\n", "# Forecasts\n\nThe order was clear.\n"),
    ("narrative.md", "# Discussion\n", "# Our thanks\n\nWe thank the farmers.\n\n# Discussion\n"),
    ("narrative.md", "This study rests on invented articles", "This study rests on 7 invented articles"),
]
PLACED = {  # what stands before a problem on the page, and what the problem says
    "a sentence of a section that no chapter shows, at the start": (
        "We thank the farmers.",
        "The sentence cites nothing",
    ),
    "a citation of no fact": ("[@cold-store is not there].", "There is no fact 'cold-store'"),
    "a number": ("210 village shops.[N] Problem:", "The number “210” stands in none of the facts"),
    "a heading": (
        "Desks came 77 times back before churns # Problem:",
        "The number “77” stands in none of the facts",
    ),
    "a footnote, with its words, behind the sentence that refers to it": (
        "said that their accounts were empty.[N] Problem: The papers count 31 bills.",
        "The number “31” stands in none of the facts",
    ),
    "an answer": ("and 310 farmers went unpaid.[N] Problem:", "The number “310” stands in none"),
    "a key fact": (
        "is the loss of the valley, as the county’s auditor put it.[N] Problem:",
        "The number “£12m” stands in none",
    ),
    "a sentence that cites nothing": ("The order was clear.", "The sentence cites nothing"),
    "a link of a notebook, at its head": ("My own", "a link leads to 'nowhere.md'"),
    "a cell that fails": ("", "ZeroDivisionError: division by zero"),
    "a word that is not defined": ("Brightwater made the attack public on 20 February 2031.", "There is no system"),
    "an entry that cannot be read": ("", "Unknown field 'colour'"),
    "a source that is not there": ("By the Holt Echo the attack began", "There is no source 'mursh-2031-04-10'"),
    "a fact": ("Churning stopped at once. between 1 and 19 February 2031", "The phrase “at once” stands in none"),
}


class Drafted:
    """A project of a wrong case, and its draft."""

    def __init__(self, project):
        self.root = project.root
        for name, cells in NOTEBOOKS.items():
            project.write(name, *cells, tagged=1 if PARAMETERS in cells else None)
        for fault in FAULTS:
            project.edit(*fault)
        self.first = self.made()
        self.folder = self.first.folder
        self.page = (self.folder / "report.html").read_text("utf-8")
        text = re.sub(r"<style>.*?</style>|<details class=.(?:data|code).*?</details>", "", self.page, flags=re.S)
        text = re.sub(r"<sup>.*?</sup>(<span class=\"aside\".*?</span>)?", "[N]", text, flags=re.S)
        words = " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())
        self.text = re.sub(r"Problem \d+ next", "Problem:", words)

    def made(self, build=draft):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("CASEBOUND_ROOT", str(self.root))
            return build(Request("dairy-2031"))


@pytest.fixture(scope="module")
def drafted(make_project):
    return Drafted(make_project(chapters=("00-summary",)))


@pytest.mark.parametrize("before, problem", PLACED.values(), ids=PLACED)
def test_a_problem_stands_where_it_is(drafted, before, problem):
    befores = [
        drafted.text[max(found.start() - 260, 0) : found.start()]
        for found in re.finditer(re.escape(problem), drafted.text)
    ]
    assert any(before in text for text in befores), befores


def test_the_entry_that_a_number_opens_has_the_problem_of_its_fact(drafted):
    entry = next(card for card in drafted.page.split('class="entry"')[1:] if "Churning stopped at once." in card)
    assert "The quotation was changed after" in entry.partition("</article>")[0]


def test_what_is_not_wrong_is_shown_as_in_a_report(drafted):
    assert "Half of the order desks were answering again." in drafted.text
    assert "still runs" in drafted.text and "[@order-books-emptied" not in drafted.text
    assert "\ue000" not in drafted.page


def test_a_quotation_that_was_changed_is_no_longer_called_verified(drafted):
    assert "unread: the quotation was not looked up" in drafted.text.partition("“Churning stopped at twice”")[2][:200]


def test_every_page_says_that_it_is_a_draft_and_how_many_problems_are_left(drafted):
    words = f"Draft · {drafted.first.problems} problems left"
    assert f'<p class="draft" role="note" aria-label="Draft">{words}' in drafted.page
    assert "<title>Draft: The empty order books" in drafted.page and '"creativeWorkStatus":"Draft"' in drafted.page
    for name in ("report.pdf", "annex.pdf"):
        printed = PdfReader(io.BytesIO((drafted.folder / name).read_bytes()))
        assert len(printed.pages) > 2 and all(words in page.extract_text() for page in printed.pages)
        (draft, _), *others = heights(printed.pages[0])
        title, size = next(each for each in others if each[0] != draft)
        assert draft - title > size  # it stands clear of the title
        assert printed.metadata.title.startswith("Draft: ")


def heights(page):
    """Return how high each text of a printed page stands, and the size of its letters, in points."""
    found = []

    def seen(text, matrix, _, font, size):
        found.append((matrix[5], size))

    page.extract_text(visitor_text=lambda text, *about: seen(text, *about) if text.strip() else None)
    return found


def test_each_problem_is_a_note_that_can_be_gone_to_once_in_the_page_and_once_in_the_print(drafted):
    numbers = re.findall(r'role="note" aria-label="Problem \d+" id="problem-(\d+)"', drafted.page)
    assert numbers == [str(n) for n in range(1, drafted.first.problems + 1)]
    assert {f"#problem-{n}" for n in numbers} <= set(re.findall(r'href="(#[^"]+)"', drafted.page))
    ids = re.findall(r'\bid="([^"]+)"', drafted.page)
    assert len(ids) == len(set(ids))
    files = (PdfReader(drafted.folder / name) for name in ("report.pdf", "annex.pdf"))
    printed = "".join(page.extract_text() for file in files for page in file.pages)
    assert sorted(map(int, re.findall(r"Problem (\d+)", printed))) == list(map(int, numbers))


def test_a_report_is_refused_meanwhile_and_a_draft_takes_the_place_of_none(drafted):
    with pytest.raises(CaseError):
        drafted.made(report)
    assert [path.name for path in (drafted.root / "reports").iterdir()] == ["dairy-2031-draft"]
    assert {path.name for path in drafted.folder.glob("*.*")} >= {
        "report.html",
        "report.pdf",
        "annex.pdf",
        "build.json",
    }
    assert not (drafted.folder / "data").exists()


def test_a_case_that_cannot_be_read_is_a_list_of_its_problems(make_project, monkeypatch, capsys):
    project = make_project(chapters=("90-evidence-and-limits",))
    project.append("case.yaml", ": [\n")
    monkeypatch.setenv("CASEBOUND_ROOT", str(project.root))
    for said in ("built in ", "up to date: nothing to do"):
        with pytest.raises(SystemExit) as caught:
            main(["report", "--case", "dairy-2031", "--draft"])
        out = capsys.readouterr().out
        assert caught.value.code == 0 and said in out and out.endswith("\na draft: 1 problem left\n")
    page = (project.root / "reports" / "dairy-2031-draft" / "report.html").read_text("utf-8")
    assert "Not valid YAML" in page and "data/dairy-2031/case.yaml, line " in page and 'class="chapter"' not in page


def test_the_marks_of_a_draft_can_be_read_by_day_and_by_night(drafted, contrast):
    colours = [
        dict(re.findall(r"--(\w+): (#\w+)", part)) for part in re.findall(r":root \{(.*?)\}", drafted.page, re.S)
    ]
    for day in colours[:2]:
        assert contrast(day["ground"], day["warm"]) >= 4.5 and contrast(day["panel"], day["warm"]) >= 4.5
