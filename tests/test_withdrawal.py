"""Withdrawal: whichever source is deleted or left alone, the program names what falls, without a traceback."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from casebound.checks import prose
from casebound.cli import main
from casebound.facts.ledger.casefile import casefile
from casebound.facts.ledger.ledger import limited, load
from casebound.facts.problems import CaseError
from casebound.pages.narrative import UNTIL
from casebound.report.evidence.extract import extract

DAIRY, SEED = "dairy-2031", "jlr-2025"
REGISTER = Path(__file__).parent / "invented" / DAIRY / "sources.yaml"
IDS = [source["id"] for source in yaml.safe_load(REGISTER.read_text("utf-8"))]


def withdraw(project, source, *, pieces, bare):
    """Delete a source's entry, its pieces of evidence too if asked, and the facts that then have none left."""
    for path in sorted({*project.path("").glob("*.yaml")} - {project.path("case.yaml"), project.path("terms.yaml")}):
        content = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
        if path.name == "sources.yaml":
            content = [entry for entry in content if entry["id"] != source]
        elif pieces:
            for fact in content:
                fact["evidence"] = [piece for piece in fact["evidence"] if piece["source"] != source]
            content = [fact for fact in content if fact["evidence"] or not bare]
        path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")


@pytest.fixture
def run(project, capsys, monkeypatch):
    """Return a function that runs the program on the invented case: its exit code and its output."""
    monkeypatch.chdir(project.root)

    def ran(*words):
        with pytest.raises(SystemExit) as caught:
            main([*words, "--case", DAIRY])
        shown = capsys.readouterr()
        assert "Traceback" not in shown.out + shown.err
        return caught.value.code, shown.out + shown.err

    return ran


@pytest.mark.parametrize(
    ("pieces", "bare"), [(False, False), (True, False), (True, True)], ids=["entry", "evidence", "facts"]
)
@pytest.mark.parametrize("source", IDS)
def test_a_source_that_is_withdrawn_leaves_plain_lines_and_no_traceback(project, run, source, pieces, bare):
    withdraw(project, source, pieces=pieces, bare=bare)
    code, output = run("check")
    assert ": no problem found\n" in output if code == 0 else re.search(r"falls|no source|no fact|no evidence", output)
    if code and source == IDS[0]:  # of each kind one: a report says what `check` does, whatever that is (test_cli.py)
        assert run("report") == (code, output)
    for words in (["changes", "--from", "2031-03-21"], ["why", "10-timeline"], ["verify"]):
        run(*words)


def naming(narrative, facts):
    """Return the headings of a narrative's sections, and those of its paragraphs that name one of these facts."""
    named = re.compile(rf"@(?:{'|'.join(map(re.escape, facts))})(?![\w-])")
    parts = re.split(r"\n{2,}", narrative)
    return "\n\n".join(part for part in parts if part.startswith("# ") or named.search(part)) + "\n"


def test_each_source_of_the_seed_that_alone_carries_what_a_sentence_waits_for_can_be_withdrawn(seed_copy):
    records = casefile(SEED)
    awaited = {name for match in re.finditer(UNTIL, seed_copy.text("narrative.md")) for name in match.groups()}
    carriers = ({piece.source for piece in records.facts[name].record.evidence} for name in awaited)
    alone = {sources.pop() for sources in carriers if len(sources) == 1}
    assert alone
    narrative = seed_copy.text("narrative.md")
    for source in sorted(alone):
        left = {name: entry for name, entry in records.sources.items() if name != source}
        ledger = limited(replace(records, sources=left), "", "")
        lost = set(records.facts) - set(ledger.facts.index)
        seed_copy.path("narrative.md").write_text(naming(narrative, lost), "utf-8")  # the others stand as before
        problems = "\n".join(problem.what for problem in prose.problems_of(ledger, []))
        assert "the sentence falls" in problems and "is not known before \n" not in problems, source


def test_a_fact_whose_evidence_is_gone_is_one_problem_and_hides_no_other(project):
    withdraw(project, "audit-2031-04-12", pieces=True, bare=False)
    problems = "\n".join(project.problems())
    assert problems.count("churning-normal: ") == 1
    assert "no evidence supports the fact" in problems
    assert "the sentence falls: no source carries 'cost-valley'" in problems


def shown(project, **limits):
    """Run every cell of the chapters, without a kernel."""
    ledger = load(project.case, **limits)
    for path in sorted((project.root / "notebooks").glob("*.ipynb")):
        namespace = {"ledger": ledger}
        exec("import casebound as cb", namespace)
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            if cell["cell_type"] == "code" and not cell["metadata"].get("tags"):
                eval("".join(cell["source"]), namespace)._repr_mimebundle_()


@pytest.mark.parametrize("source", IDS)
def test_every_chapter_can_rest_on_one_source(project, source):
    shown(project, sources=source)


def test_a_case_whose_sources_carry_no_fact_has_nothing_to_report_of_one_of_them(project):
    for path in project.path("").glob("*.yaml"):
        if path.name not in ("case.yaml", "terms.yaml", "sources.yaml"):
            path.write_text("[]\n", "utf-8")
    with pytest.raises(CaseError) as refused:
        extract(project.case, "", "gill-2031-04-10")
    [problem] = refused.value.problems
    assert problem.what == "no fact rests on gill-2031-04-10 alone, so there is nothing to report"


def test_a_report_without_a_dated_source_says_that_its_day_is_unknown(project):
    ledger = load(project.case, sources="churn-notes")
    assert (ledger.known, ledger.as_known) == (None, "an unknown day")
    shown(project, sources="churn-notes")
