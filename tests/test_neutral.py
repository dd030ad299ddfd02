"""Neutral: no case is in the walls; a report prints nothing of a case that its own ledger does not bear out."""

import json
import re
from pathlib import Path

import pytest

from casebound.analysis.costs import amounts
from casebound.analysis.findings import findings
from casebound.pages import figures, narrative, tables
from casebound.pages.display import Figure
from casebound.pages.figures import drawing
from casebound.report.build import Request, report
from casebound.report.progress import Progress

ROOT = Path(__file__).parents[1]
CURRENCIES = {
    "NOK": ("NOK {} million", "nb-NO", "NOK 5 million", "NOK 9 million to NOK 11 million"),
    "USD": ("${} million", "en-US", "$5M", "$9M to $11M"),
}
QUESTION = "  - {id: who-pays, about: bearers, theme: costs, asks: Who bears the cost?}\n"
SHARE = """
- id: farms-share
  statement: Farms bear 60% of the valley's loss.
  when: 2031-04-12
  dated: {rule: at-publication, base: 2031-04-12}
  status: done
  affected: [suppliers]
  answers:
    who-pays: 60% for farms
  quantity: {value: 60, unit: percent, measure: share of loss of income, scope: the valley}
  evidence:
    - source: audit-2031-04-12
      says: farms bear 60% of the valley's loss
      read: 2031-05-01
      figure_as_printed: 60%
      speaker: Ida Moss
      basis: official
"""


def priced_in(project, currency):
    """Give the invented case another currency: in its figures, in the words of its sources and in its prose."""
    written, language, *_ = CURRENCIES[currency]
    for name in ("costs.yaml", "narrative.md", "case.yaml", "impacts.yaml"):
        text = re.sub(r"£(\d+)m", lambda match: written.format(match[1]), project.text(name))
        text = re.sub("(unit|currency): GBP", rf"\1: {currency}", text).replace(
            "language: en-GB", f"language: {language}"
        )
        project.path(name).write_text(text, "utf-8")
    return project


@pytest.mark.parametrize("currency", CURRENCIES)
def test_money_in_any_currency_is_drawn_and_summed_and_printed(make_project, monkeypatch, currency):
    project = make_project(chapters=("05-findings", "25-costs"))
    monkeypatch.setenv("CASEBOUND_ROOT", str(project.root))
    *_, booked, valley = CURRENCIES[currency]
    project.edit("case.yaml", "questions:\n", f"questions:\n{QUESTION}")
    project.append("costs.yaml", SHARE)
    ledger = priced_in(project, currency).load()
    assert project.problems() == []
    assert amounts.figures(ledger)["is_money"].sum() == 4
    drawn = figures.bearers(ledger)
    assert isinstance(drawn, Figure)
    assert drawn.caption.replace("\u00a0", " ").startswith(f"60% of the {valley} falls on farms")
    assert valley in drawn.alt.replace("\u00a0", " ") and "£" not in drawn.data and "GBP" not in drawn.data
    assert findings(ledger)["cost.booked"].text.replace("\u00a0", " ") == booked
    assert any(valley in row[0].replace("\u00a0", " ") for row in tables.estimates(ledger).rows)
    monkeypatch.chdir(project.root)
    made = report(Request(project.case), Progress())
    page = re.sub("\u00a0|&nbsp;", " ", (made.folder / "report.html").read_text("utf-8"))
    assert booked in page and f"60% of the {valley} falls on farms" in page


def test_two_currencies_never_share_an_axis(project):
    project.edit("costs.yaml", "value: 2, unit: GBP million", "value: 2, unit: EUR million")
    project.edit("costs.yaml", "booked £2m for the attack for March 2031.", "booked €2m for the attack for March 2031.")
    booked = amounts.figures(project.load()).loc[["cost-february", "cost-march"]]
    assert set(booked["measure"]) == {"cost booked"} and len(amounts.axes(booked)) == 2
    assert "cost.booked" not in findings(project.load())


# How long a stop lasted


def unended(project):
    """Return a ledger in which a stop begins whose end no fact records."""
    for fact in ("churns-restarted", "churning-normal"):
        text = project.text("recovery.yaml")
        project.path("recovery.yaml").write_text(re.sub(rf"(?ms)^- id: {fact}\n.*?(?=^- id: |\Z)", "", text), "utf-8")
    return project.load()


def test_a_stop_whose_end_no_fact_records_has_no_length(project):
    ledger = unended(project)
    assert not {"stop.length", "stop.to-normal"} & findings(ledger).keys()
    [row] = [row for row in tables.durations(ledger).rows if row[0] == "How long did the churns stand still?"]
    assert row[1] == "not known" and row[2].endswith("; no fact is recorded as its end [@churns-stopped]")
    assert "at least" not in narrative.key_facts(ledger)._repr_mimebundle_()["text/plain"]


@pytest.mark.parametrize("end", ["seed", "attack-on-25-february"])
def test_an_end_that_is_no_fact_or_that_is_not_followed_is_not_said_to_be_unrecorded(project, end):
    project.edit("case.yaml", "seed: quill-2031-03-20\n", "seed: churn-notes\n")  # a source without a day
    project.edit("case.yaml", 'churns stand still?", from: churns-stopped, to: churns-restarted',
                 f'churns stand still?", from: churns-stopped, to: {end}')  # fmt: skip
    asked = [row[0] for row in tables.durations(project.load()).rows]
    assert asked and "How long did the churns stand still?" not in asked


def test_a_length_of_which_nothing_is_known_is_none(project):
    for fact in ("attack-began", "churns-stopped"):
        opened = project.text("timeline.yaml").partition(f"- id: {fact}\n")[2].partition("dated:")[0]
        project.edit("timeline.yaml", opened, opened.replace('"[2031-02-01..2031-02-19]"', '"../2031-03-20"'))
    assert "at least 0 days" not in {finding.text for finding in findings(project.load()).values()}


# What takes the place of a figure


def test_a_day_held_out_for_any_system_is_drawn(project):
    project.edit("recovery.yaml", "system: production\n  forecast", "system: invoicing\n  forecast")
    for name in ("timeline.yaml", "recovery.yaml"):
        project.path(name).write_text(project.text(name).replace("  opens: production\n", ""), "utf-8")
    ledger = project.load()
    # too few for a figure: invoicing worked again before anybody said when it would
    assert "only one fact" in figures.forecasts(ledger).why
    assert [row[1].replace("\u00a0", " ") for row in tables.forecasts(ledger).rows] == ["20 April 2031"]


@pytest.mark.parametrize("some", [True, False])
def test_a_missing_figure_blames_the_record_and_not_the_sources(some):
    words = drawing.nothing("the figure", "a state of a system", some=some).markdown
    assert "recorded as a state of a system" in words and "source" not in words


def test_without_a_seed_nothing_mentions_an_article(project):
    project.edit("case.yaml", "seed: quill-2031-03-20\n", "")
    ledger = project.load()
    assert tables.corrections(ledger).markdown == ""
    assert not {"stop.at-article", "attack.at-article"} & findings(ledger).keys()
    assert "article" not in tables.changes(ledger).note


def test_an_answer_to_how_they_got_in_is_denied_nowhere(project):
    """A chapter once stated for every case that no source explained how the attackers had got in."""
    for path, text in paragraphs(project):
        assert not re.search(r"because no source|no source says|at hand|not told|the sources (say|tell|do)", text), (
            f"{path.name}: {text}"
        )


def test_the_prose_of_the_chapters_names_nothing_that_belongs_to_one_case(project):
    terms = project.load().terms
    own = {term.label.casefold() for kind in ("system", "party", "act") for term in terms[kind].values()}
    own = own - {"money"} | {*"government minister official vehicle jlr".split()}
    for path, text in paragraphs(project):
        names = [word for word in own if re.search(rf"\b{re.escape(word)}", text.casefold())]
        assert not names, f"{path.name}: {names} in “{text}”"


def paragraphs(project):
    """Yield what the chapters say in Markdown, but for their headings."""
    for path in sorted((project.root / "notebooks").glob("*.ipynb")):
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            if cell["cell_type"] == "markdown":
                for line in "".join(cell["source"]).splitlines():
                    if line and not line.startswith("#"):
                        yield path, line


# Units of money


def test_money_in_another_form_is_refused_with_its_cure(project):
    line = project.edit("costs.yaml", "value: 4, unit: GBP million", "value: 4, unit: £ million")
    [problem] = [problem for problem in project.problems() if "is money" in problem]
    assert f"costs.yaml:{line}: cost-sales: the unit '£ million' is money" in problem and "NOK million" in problem
    project.edit("costs.yaml", "value: 4, unit: £ million", "value: 4, unit: NOK thousand")
    assert not any("is money" in problem for problem in project.problems())


# Words of one case

WALLS = [
    *(path for kind in ("py", "yaml", "j2", "html", "css", "typ") for path in (ROOT / "src").rglob(f"*.{kind}")),
    ROOT / "data" / "terms.yaml",
]
OF_A_CASE = r"\b(?:cars?|vehicles?|plants?|factory|factories|jaguar|jlr|governments?)\b"
THE_ARTICLE, STERLING = r"\bthe article\b", "GBP|£"
MAY_SAY = {
    OF_A_CASE: ["authoring/suggest/speakers.py"],  # any source may quote a government
    THE_ARTICLE: ["authoring/", "facts/text/articles.py"],  # which read a saved text
    STERLING: [  # which speak of currencies in general
        *(
            "facts/records/money.py",
            "facts/text/",
            "facts/dates/mentions.py",
            "facts/catalogue.yaml",
            "checks/facts.py",
        ),
        *(
            "analysis/costs/amounts.py",
            "report/document/htmltable.py",
            "authoring/suggest/quantities.py",
            "authoring/template/",
        ),
    ],
}


@pytest.mark.parametrize("words", MAY_SAY, ids=["of a case", "the article", "sterling"])
def test_no_word_of_one_case_is_in_the_walls(project, words):
    walls = {path: path.relative_to(ROOT).as_posix() for path in WALLS}
    walls |= {path: path.name for path in (project.root / "notebooks").glob("*.ipynb")}
    assert len(walls) > 200
    said = {name: re.findall(words, path.read_text("utf-8"), re.I) for path, name in walls.items()}
    allowed = tuple(f"src/casebound/{place}" for place in MAY_SAY[words])
    assert {path: found for path, found in said.items() if found and not path.startswith(allowed)} == {}
