"""Suggestions: what sentences give, that it passes the checks once written, and how much of a ledger it holds."""

from __future__ import annotations

import hashlib
import importlib.util
import re
import sys
from pathlib import Path

import pytest

import casebound as cb
from casebound import cli
from casebound.authoring.suggest.printing import as_yaml
from casebound.authoring.suggest.quantities import _thing
from casebound.authoring.suggest.speakers import is_speaker
from casebound.authoring.suggest.suggestions import suggested
from casebound.authoring.suggest.words import status_of
from casebound.checks import facts
from casebound.checks.texts.verification import verification
from casebound.facts.ledger.casefile import casefile
from casebound.facts.problems import CaseError
from casebound.facts.text.measures import measures_in

HERE = Path(__file__).parent
ARTICLE, LATER = "quill-2031-03-20", "oak-2031-03-24"


@pytest.fixture(scope="module")
def recall():
    spec = importlib.util.spec_from_file_location("recall", HERE / "recall.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["recall"] = module  # where its data classes look up their types
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def suggestions(recall, tmp_path_factory):
    """Return every invented text, in a project of the invented cases: case, source, its folder and suggestions."""
    root = tmp_path_factory.mktemp("invented") / "made"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASEBOUND_ROOT", str(root))
        texts = recall.project(root)
        return root, [(*text, suggested(*text[:2], folder=text[2])) for text in texts]


@pytest.fixture
def invented(suggestions, monkeypatch):
    """Return those texts with their suggestions, in that project, which `CASEBOUND_ROOT` names."""
    root, made = suggestions
    monkeypatch.setenv("CASEBOUND_ROOT", str(root))
    return made


def quoting(project, words, source=ARTICLE):
    """Return the fact of the suggestion whose quotation holds some words."""
    made = suggested(project.case, source, folder=project.articles).suggestions
    [found] = [each.fact for each in made if words in each.evidence["quote"]]
    return found


# What a sentence gives.

SENTENCES = {
    "from now on": ("are paid by hand", "from-publication", "2031-03-20/..", "under way", "the spokeswoman", "company"),
    "promise": ("promised to stand", "yesterday", "2031-03-19", "pledged", "Petra Lark", "official"),
    "not before": ("would not open", "named-day", "2031-04-01", "planned", "the firm", "company"),
    "attacker": ("claimed the attack", "at-publication", "2031-03-20", "claimed", "The Sour Cream Club", "attacker"),
    "perhaps": ("may have copied", "at-publication", "2031-03-20", "possible", "Experts", "expert"),
    "not confirmed": (
        "has not confirmed",
        "at-publication",
        "2031-03-20",
        "unconfirmed",
        "Brightwater Dairies",
        "company",
    ),
    "denied": ("not paid a ransom", "at-publication", "2031-03-20", "denied", "the spokeswoman", "company"),
    "caption": ("stood still", "over-a-month", "[..2031-02-19]", "done", None, "caption"),
    "own voice": ("on 3 June 2029", "exact-date", "2029-06-03", "done", None, "reporter"),
    "since": ("has sat with Brightwater", "since-event", "2031-02/2031-03-20", "under way", "Petra Lark", "official"),
}


@pytest.mark.parametrize("name", SENTENCES)
def test_a_sentence_gives_date_status_speaker_and_basis(project, name):
    words, *expected = SENTENCES[name]
    fact = quoting(project, words)
    [piece] = fact["evidence"]
    given = [fact["dated"]["rule"], fact["when"], fact["status"], piece.get("speaker"), piece["basis"]]
    assert given == expected


def test_a_quotation_is_the_clause_and_direct_speech_is_marked(project):
    fact = quoting(project, "12 more clerks")
    assert fact["evidence"][0]["quote"] == "We have hired 12 more clerks for the bills"
    assert fact["evidence"][0]["direct"] == "yes"
    assert fact["quantity"] == {"value": "12", "unit": "clerks", "measure": "TODO", "scope": "TODO"}
    assert quoting(project, "Cawdale works", LATER)["places"] == ["cawdale"]


@pytest.mark.parametrize(
    ("printed", "quantity"),
    [
        ("£5m", {"value": "5", "unit": "GBP million"}),
        ("between NZ$6 million and NZ$8 million", {"low": "6", "high": "8", "unit": "NZD million"}),
        ("more than 4,200 tonnes", {"low": "4200", "unit": "tonnes"}),
        ("about 3 per cent", {"qualifier": "about", "value": "3", "unit": "per cent"}),
        ("312 of the 468 shops", {"value": "312", "unit": "shops"}),
    ],
)
def test_a_figure_has_its_value_unit_and_range(project, printed, quantity):
    text = project.path("articles/second-article.txt").read_text("utf-8")
    changed = text.replace("a spokesman said.", f"a spokesman said.\n\nThe stop cost the firm {printed} on March 20.")
    project.path("articles/second-article.txt").write_text(changed, "utf-8")
    sha256 = hashlib.sha256(changed.encode()).hexdigest()
    project.edit("sources.yaml", "a3b711abf7839afad04732dec970afa549cc8461be6812ae44888a13ab655eca", sha256)
    assert quoting(project, "The stop cost", LATER)["quantity"] == {**quantity, "measure": "TODO", "scope": "TODO"}


@pytest.mark.parametrize(
    ("words", "speaks"),
    [
        *((words, True) for words in ("Ada Quill", "Dr Ada Quill", "county returning officer Ada Quill", "Lark")),
        *((words, True) for words in ("the council", "a spokesman for the firm", "two police officers")),
        *((words, False) for words in ("but", "She did", "the machine", "the lamp that the council lit last night")),
        *((words, False) for words in ("logs seen by the union", "The", "council")),
    ],
)
def test_a_speaker_is_a_name_or_people_with_a_determiner(project, words, speaks):
    assert is_speaker(casefile(project.case), words) == speaks


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("A record is believed to be lost", "possible"),
        ("It is understood that the lamp fell", "possible"),
        ("The keeper believed it", "done"),
    ],
)
def test_what_is_believed_by_nobody_who_is_named_is_possible(project, words, status):
    assert status_of(casefile(project.case), words, "reporter") == status


@pytest.mark.parametrize(("words", "unit"), [("198 as having come back", ""), ("198 voters came back", "voters")])
def test_a_unit_is_no_small_word(words, unit):
    [figure] = [each for each in measures_in(words) if each.value == 198]
    assert _thing(words, figure) == unit


def test_a_sentence_that_tells_nothing_gives_no_suggestion(project):
    made = suggested(project.case, ARTICLE, folder=project.articles)
    told = " ".join(each.evidence["quote"] for each in made.suggestions)
    assert "By Ada Quill" not in told and "RIVER PRESS" not in told
    assert [each.problem for each in made.failing] == ["the quotation stands 2 times in the text; quote more words"]


def test_ids_are_new_and_facts_that_quote_the_same_words_are_named(project):
    made = suggested(project.case, ARTICLE, folder=project.articles).suggestions
    ids = [each.fact["id"] for each in made]
    assert len({*ids, *casefile(project.case).facts}) == len(ids) + len(casefile(project.case).facts)
    assert {"twelve-clerks"} == {
        n for each in made if "12 more clerks" in each.evidence["quote"] for n in each.recorded
    }


# Suggestions pass the checks once they are written.


def written(suggestion):
    """Return a suggestion as a person would leave it, with the source's own words as its statement."""
    quote = suggestion.evidence["quote"]
    statement = quote.replace('"', "") if '"' in quote else f'"{quote}"'
    entry = as_yaml({**suggestion.fact, "statement": statement})
    return (
        entry.replace("measure: TODO", "measure: m").replace("scope: TODO", "scope: s").replace(": TODO", ": somebody")
    )


def test_every_suggestion_from_an_invented_text_passes_check_and_verify_once_written(invented):
    checked = 0
    for name, _, folder, made in invented:
        case = casefile(name).folder
        kept = {path: path.read_text("utf-8") for path in case.glob("*.yaml")}
        for path in (
            path for path in kept if path.name not in ("case.yaml", "terms.yaml", "sources.yaml", "timeline.yaml")
        ):
            path.unlink()
        opening = re.findall(r"(?ms)^- id: attack-began\n.*?(?=^- id: )", kept[case / "timeline.yaml"])
        entries = [*opening, *map(written, made.suggestions)]
        (case / "timeline.yaml").write_text("\n".join(entries) + "\n", "utf-8")
        found = verification(casefile(name), folder)
        (case / "evidence.lock").write_text(found.lock, "utf-8")
        problems = [*found.problems, *facts.problems_of(casefile(name))]
        own = {each.fact["id"] for each in made.suggestions}
        assert [str(each) for each in problems if each.id in own and each.code != "CB111"] == []  # our words are theirs
        checked += len(own)
        for path, text in kept.items():
            path.write_text(text, "utf-8")
    assert checked > 650


def test_check_refuses_what_a_suggestion_leaves_to_a_person(project):
    made = suggested(project.case, ARTICLE, 14, project.articles).suggestions
    project.append(
        "recovery.yaml", "\n" + as_yaml({**made[0].fact, "id": "new"}).replace("a spokeswoman", "TODO") + "\n"
    )
    problems = [each for each in project.problems() if ": new: " in each and "CB413" in each]
    told = sorted(re.search(r"new: the (\w+) is", each)[1] for each in problems)
    assert told == ["measure", "scope", "speaker", "statement"]


# Recall and precision.


def test_suggestions_hold_most_of_the_facts_of_the_invented_cases(recall, invented):
    results = sum((recall.compared(name, source, made) for name, source, _, made in invented), recall.Measured())
    assert results.found / results.facts >= 0.87  # 395 of 450
    assert results.kept / results.suggestions >= 0.54  # 475 of 866; the ledgers of the corpus are not whole


def test_suggestions_hold_most_of_the_facts_of_the_seed(recall, seed_project):
    name, source = seed_project.case, "visavadia-2025-09-25"
    results = recall.compared(name, source, suggested(name, source, folder=seed_project.articles))
    assert results.found / results.facts >= 0.8  # 47 of 55
    assert results.kept / results.suggestions >= 0.9  # 34 of 34


# The command, the notebook and the errors.


@pytest.fixture
def run(project, capsys):
    def ran(*command):
        with pytest.raises(SystemExit) as ended:
            cli.main(["suggest", *command, "--case", project.case])
        return ended.value.code, *capsys.readouterr()

    return ran


def test_the_command_prints_the_paragraph_and_its_suggestions(run, project):
    code, out, _ = run(ARTICLE, "--paragraph", "16")
    assert code == 0 and out.startswith("Paragraph 16: Farmers spoke of empty accounts")
    assert "- id: milkmen-driven-paper-lists\n  statement: TODO\n  when: 2031-02/2031-03-20\n" in out
    assert "# its words are recorded: paper-lists\n" in out


def test_a_notebook_shows_the_same_as_a_table(project):
    table = cb.suggest(ARTICLE, case=project.case)
    made = suggested(project.case, ARTICLE).suggestions
    assert list(table["id"]) == [each.fact["id"] for each in made]
    assert table["yaml"][0] == as_yaml(made[0].fact)
    assert set(cb.suggest(ARTICLE, project.case, paragraph=12)["paragraph"]) == {12}


def test_a_case_without_facts_gets_suggestions(project):
    for name in ("timeline", "impacts", "costs", "response", "recovery", "attribution", "context"):
        project.path(f"{name}.yaml").write_text("", "utf-8")
    assert len(suggested(project.case, ARTICLE).suggestions) > 25


WRONG = {
    "source": (["quil-2031-03-20"], "there is no source 'quil-2031-03-20'", "did you mean 'quill-2031-03-20'?"),
    "paragraph": ([ARTICLE, "--paragraph", "99"], "there is no paragraph 99", "name one from 1 to 37"),
    "text": (["gill-2031-04-10"], "its text is not at hand", "save its text in articles/"),
    "folder": ([ARTICLE, "--articles", "nowhere"], "nowhere: there is no such folder", "--articles"),
    "file": ([ARTICLE, "--articles", "data"], "no text with sha256", "put the text into the folder"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_had_is_said_with_a_fix(run, project, monkeypatch, name):
    monkeypatch.chdir(project.root)
    command, what, fix = WRONG[name]
    code, _, errors = run(*command)
    said, _, cure = errors.partition("\n    fix: ")
    assert code == 1 and what in said and fix in cure


def test_a_text_in_another_language_is_refused(project):
    project.edit("sources.yaml", "language: en-GB\n  issued: 2031-03-24", "language: de\n  issued: 2031-03-24")
    with pytest.raises(CaseError, match="suggestions are made from English words, and the source is in de"):
        suggested(project.case, LATER, folder=project.articles)
