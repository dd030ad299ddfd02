"""Checks: on the invented case, which passes; each test breaks one thing and names the message that follows."""

import re

import pytest

from casebound.checks.states import not_checked
from casebound.facts.ledger.casefile import casefile
from casebound.facts.records.models import Case, Evidence, Fact
from casebound.facts.records.terms import OWN


def only(project, said=None):
    """The one problem that the case now has."""
    said = project.problems() if said is None else said
    assert len(said) == 1, "\n".join(said)
    return said[0]


def test_the_invented_case_is_well(project):
    assert project.problems() == []
    assert project.refused() == []


def test_the_invented_case_holds_every_status(project):
    text = "".join(path.read_text("utf-8") for path in project.path("case.yaml").parent.glob("*.yaml"))
    for status in ("done", "under way", "planned", "pledged", "claimed", "possible", "denied", "unconfirmed"):
        assert f"status: {status}\n" in text


def test_the_invented_case_holds_every_kind_of_what_the_records_may_hold(project):
    case = casefile(project.case)
    facts = [entry.record for entry in case.facts.values()]
    for field in Fact.model_fields:
        assert field in ("note", "aside") or any(getattr(fact, field) for fact in facts), field
    for field in Evidence.model_fields:
        assert any(getattr(piece, field) for fact in facts for piece in fact.evidence), field
    for field in Case.model_fields:
        assert field in ("aside", "chapters") or getattr(case.case, field), field
    assert {question.kind for question in case.case.questions} == {"date", "figure", "places", "state", "name", "words"}
    resolutions = [question.resolution for question in case.case.questions if question.resolution]
    assert {bool(one.follow) for one in resolutions} == {True, False}
    hows = {one.how for fact in facts for one in fact.supersedes}
    assert hows == {"superseded", "corrected", "withdrawn"}
    assert {entry.record.access for entry in case.sources.values()} == {"full", "excerpt"}
    # two papers print one statement, and a third source says so of its own knowledge
    origins = [piece.origin for piece in case.facts["churns-restarted"].record.evidence]
    assert origins == ["brightwater-2031-04-10", "brightwater-2031-04-10", None]


# Controlled words and names of records


@pytest.mark.parametrize(
    ("file", "field", "word", "slip", "kind"),
    [
        ("timeline.yaml", "status: ", "planned\n  answers:\n    churn", "plannd\n  answers:\n    churn", "status"),
        ("impacts.yaml", "system: ", "supplier payments", "suplier payments", "system"),
        ("impacts.yaml", "state: ", "impaired", "impared", "state"),
        ("timeline.yaml", "opens: ", "stoppage", "stopage", "phase"),
        ("impacts.yaml", "effect: ", "outlook", "outlok", "effect"),
        ("attribution.yaml", "affected: [", "customers", "customer", "party"),
        ("recovery.yaml", "told_to: [", "suppliers", "supplier", "party"),
        ("impacts.yaml", "stance: ", "disputes", "disputed", "stance"),
        ("attribution.yaml", "      basis: ", "attacker", "atacker", "basis"),
        ("response.yaml", "act: ", "money", "mony", "act"),
        ("recovery.yaml", "places: [", "holt-fen", "holt-fenn", "place"),
        ("attribution.yaml", "accused: ", "whey-gang", "whey-gng", "actor"),
        ("attribution.yaml", "actor: ", "club", "clubb", "actor"),
        ("attribution.yaml", "    ", "ransom:", "ransome:", "question"),
        ("response.yaml", "source: ", "oak-2031-03-24", "oak-2031-03-42", "source"),
        ("case.yaml", "seed: ", "quill-2031-03-20", "quill-2031-03-02", "source"),
        ("case.yaml", "cawdale: {name: Cawdale, kind: ", "creamery", "creamry", "kind of place"),
        ("case.yaml", "", "from: churns-stopped, to: churns-r", "from: churns-stoped, to: churns-r", "fact"),
        ("case.yaml", "", "until: opening-slips", "until: opening-slipped", "fact"),
        ("case.yaml", "to: seed, still: ", "production", "producton", "system"),
        ("case.yaml", "first forecast of ", "production", "producton", "system"),
        ("case.yaml", "of: [", "cost-february", "cost-febuary", "fact"),
        ("case.yaml", "timezone: ", "Europe/London", "Europe/Londn", "time zone"),
        ("case.yaml", "group: ", "attacker", "atacker", "group"),
        ("case.yaml", "{id: cost, theme: ", "impacts", "impact", "theme"),
    ],
)
def test_a_word_that_is_not_known_is_refused_with_line_and_nearest(project, file, field, word, slip, kind):
    line = project.edit(file, field + word, field + slip)
    line -= kind == "question"  # the field `answers` opens one line above its entry
    written, meant = (
        text.partition("\n")[0].partition(", ")[0].rstrip(":").rpartition(": ")[2] for text in (slip, word)
    )
    [problem] = [problem for problem in project.problems() if f"there is no {kind} '{written}'" in problem]
    assert problem.startswith(f"data/dairy-2031/{file}:{line}: ")
    assert f"did you mean '{meant}'?" in problem
    assert ("; or add it to data/dairy-2031/terms.yaml, with its label" in problem) == (
        kind in (*OWN, "kind of place", "party") and field != "places: ["
    )
    assert (" Or write newest source, seed or first forecast of …" in problem) == word.startswith("from: ")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("currency: GBP", "currency: GBX", "'GBX' is no currency of ISO 4217"),
        ("  cost.booked:", "  stop.length:", "stop.length: there is another finding of the name 'stop.length'"),
        ("  stop.length:", "  facts.weak:", "facts.weak: there is another finding of the name 'facts.weak'"),
        ("  plan.ahead:", "  Plan:", "pattern"),
        ("from: churns-stopped, to: churns-restarted}", "from: [], to: churns-restarted}", "at least 1 item"),
    ],
)
def test_what_a_case_declares_is_refused_at_its_line(project, old, new, said):
    line = project.edit("case.yaml", old, new)
    assert any(f"case.yaml:{line}: " in problem and said in problem for problem in project.problems())


def test_a_case_needs_no_phase_no_question_and_no_length(project):
    for name in ("timeline.yaml", "recovery.yaml"):
        project.path(name).write_text(re.sub(r"  opens: .+\n", "", project.text(name)), "utf-8")
    text = re.sub(r"lengths:\n(  .+\n)+sums:\n.+\n", "", project.text("case.yaml"))
    project.path("case.yaml").write_text(re.sub(r", about: \w+|about: \w+, ", "", text), "utf-8")
    project.path("narrative.md").write_text("# Timeline\n\nChurning stopped [@churns-stopped].\n", "utf-8")
    assert project.problems() == []


BOUGHT = "quote: The firm bought its"
REPORTER = "      basis: reporter"  # of the piece in context.yaml
SYSTEM = "  system: production\n"


@pytest.mark.parametrize(
    ("file", "old", "new", "below", "said"),
    [
        ("recovery.yaml", f"{SYSTEM}  forecast: 2031-04-20", "  forecast: 2031-04-20", 0, "forecast without a system"),
        ("recovery.yaml", "  system: parts logistics\n", "", 0, "cold-store-back: a state without a system"),
        ("recovery.yaml", "forecast: 2031-04-20", "forecast: late April", 0, "'late April' is not a date"),
        ("costs.yaml", "period: 2031-03}", "period: last March}", 0, "cost-march: 'last March' is not a date"),
        ("context.yaml", "  status: done\n", "  status: done\n  credibility: 1\n", 1, "unknown field 'credibility'"),
        ("context.yaml", REPORTER, f"      figure_as_printed: 3 June\n{REPORTER}", 0, "figure_as_printed beside a"),
        ("context.yaml", REPORTER, f"      read: 2031-05-01\n{REPORTER}", 0, "'read' beside a quotation"),
        ("context.yaml", REPORTER, f"      says: it bought\n{REPORTER}", -2, "the evidence needs either"),
        ("context.yaml", REPORTER, f"{REPORTER}\n      stance: disputes", -3, "no evidence supports the fact"),
        ("context.yaml", BOUGHT, "says: The firm bought its", 0, "a paraphrase, which nothing can verify"),
        ("context.yaml", BOUGHT, f"quote: {'very ' * 30}The firm bought its", 0, "has 40 words, more than 30"),
        ("attribution.yaml", "      speaker: a spokeswoman\n", "", 1, "a direct quotation without a speaker"),
    ],
)  # fmt: skip
def test_an_entry_that_is_not_well_formed_is_refused_at_its_line(project, file, old, new, below, said):
    line = project.edit(file, old, new) + below
    assert any(f"{file}:{line}: " in problem and said in problem for problem in project.problems()), project.problems()


@pytest.mark.parametrize(
    ("read", "wrong"),
    [
        ("2031-04", "'read: 2031-04' is not a day"),
        ("2031-05-01?", "'read: 2031-05-01?' is not a day"),
        ("in May", "'in May' is not a date"),
        ("2031-04-11", "read on 11 April 2031, before 'audit-2031-04-12' was issued"),
    ],
)
def test_a_paraphrase_was_read_on_a_day_not_before_its_source_was_issued(project, read, wrong):
    line = project.edit("costs.yaml", "read: 2031-05-01", f"read: {read}")
    [said] = project.problems()
    assert f"costs.yaml:{line}: cost-valley: {wrong}" in said.replace("\u00a0", " ")


@pytest.mark.parametrize("window", ["[2031-04-10..]", "[2031-03-24..2031-04-10]", "2031-04"])
def test_a_source_may_be_of_one_of_some_days(project, window):
    text = project.text("sources.yaml").replace('"[2031-04-10..]"', f'"{window}"')
    project.path("sources.yaml").write_text(text, "utf-8")
    project.edit("recovery.yaml", 'when: "[2031-04-10..]"', f'when: "{window}"')
    assert project.problems() == []


# Sources


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("issued: 2031-03-20T08:15+00:00", "issued: last Thursday", "'last Thursday' is not a date"),
        ("available: 2031-03-24T18:05+00:00", "available: 2031-02-30", "names a day that is not in the calendar"),
        ("available: 2031-03-24T18:05+00:00", "available: 2031-03-01", "available before it was issued"),
        ("available: 2031-03-24T18:05+00:00", "available: 2031-03-24/..", "available is a span"),
    ],
)
def test_a_stamp_that_cannot_be_is_refused(project, old, new, said):
    line = project.edit("sources.yaml", old, new)
    assert any(said in problem and f"sources.yaml:{line}:" in problem for problem in project.problems())


def test_a_source_seen_whole_has_a_fingerprint(project):
    sha256 = next(line for line in project.text("sources.yaml").splitlines() if "sha256: a3" in line)
    project.edit("sources.yaml", f"{sha256}\n", "")
    assert any("oak-2031-03-24: access is full, but no text is fingerprinted" in line for line in project.problems())


# Evidence


def test_an_attacker_s_word_stays_a_claim(project):
    answer = "\n  answers:\n    attacker: claimed"
    line = project.edit("attribution.yaml", f"  status: claimed{answer}", f"  status: done{answer}")
    [problem] = [problem for problem in project.problems() if "rests on an attacker's word" in problem]
    assert f"attribution.yaml:{line}: claimed-by-club: " in problem


# Statements


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("timeline.yaml", "in January 2031.", "in January 2030.", "the date “January 2030” of the statement"),
        ("timeline.yaml", "until 8 April 2031, a", "until 7 April 2031, a", "the date “7 April 2031” of the statement"),
        ("impacts.yaml", "auditor counted 133", "auditor counted 134", "the number “134” of the statement"),
        ("impacts.yaml", "label: 120 shops", "label: 121 shops", "the number “121” of the label"),
        ("recovery.yaml", "store at Cawdale was", "store at Stannet was", "the name “Stannet” of the statement"),
        (
            "recovery.yaml",
            "label: Clerks hired",
            "label: '\"many clerks\"'",
            "“many clerks” of the label",
        ),
    ],
)
def test_a_statement_says_no_more_than_its_evidence(project, file, old, new, said):
    line = project.edit(file, old, new)
    problem = only(project)
    assert problem.startswith(f"data/dairy-2031/{file}:{line}: ")
    assert said in problem


@pytest.mark.parametrize(
    ("old", "new", "fix"),
    [
        ("store at Cawdale was", "store at Stannet was", "a name of the case's own goes under `names` in case.yaml"),
        ("store at Cawdale was", "store at Cawdel was", "the evidence holds “Cawdale”: write it so"),
    ],
)
def test_the_cure_of_a_statement_names_the_form_of_its_evidence_and_where_names_go(project, old, new, fix):
    project.edit("recovery.yaml", old, new)
    assert fix in only(project)


@pytest.mark.parametrize(
    ("file", "old", "new", "status", "hedge"),
    [
        ("response.yaml", "statement: Mayor Petra Lark promised to", "statement: Mayor Petra Lark", "pledged", "plan"),
        ("attribution.yaml", "may have been copied by", "were copied by", "possible", "possibility"),
        ("attribution.yaml", "Nora Reed said it looked", "For Nora Reed it looked", "claimed", "report"),
        ("attribution.yaml", "that it had not paid", "that it had paid", "denied", "negation"),
    ],
)
def test_a_statement_keeps_the_hedge_of_its_status(project, file, old, new, status, hedge):
    line = project.edit(file, old, new)
    said = f"its status is '{status}', but the statement keeps no word of {hedge}"
    assert any(said in problem and f"{file}:{line}: " in problem for problem in project.problems())


def test_what_a_source_expects_is_told_as_expected(project):
    said = "its status is 'expected', but the statement keeps no word of expectation"
    answer = "\n  answers:\n    cost: £9m"
    project.edit("costs.yaml", f"  status: done{answer}", f"  status: expected{answer}")
    assert any(said in problem for problem in project.problems())
    project.edit(
        "costs.yaml", "auditor put the loss of the valley at £9m to £11m.", "auditor expected a loss of £9m to £11m."
    )
    assert not any("costs.yaml" in problem for problem in project.problems())


def test_a_statement_claims_no_more_than_its_evidence(project):
    line = project.edit("recovery.yaml", "statement: The cold store", "statement: The only cold store")
    said = f"recovery.yaml:{line}: cold-store-back: the statement says “the only”, and its evidence has no word of that"
    assert any(said in problem for problem in project.problems())


def test_the_year_of_a_fact_may_stand_in_the_title(project):
    title = next(line for line in project.text("case.yaml").splitlines() if line.startswith("title: "))
    project.edit("case.yaml", title, "title: The 2031 attack on Brightwater")
    assert project.problems() == []
    project.edit("case.yaml", "The 2031 attack", "The 2019 attack")
    assert "the number “2019” of the title stands in no fact" in only(project)


def test_a_statement_that_drops_the_not_of_its_evidence_is_refused(project):
    # "We have not paid a ransom": as a plain fact the hedge of the status does not help
    project.edit("attribution.yaml", "  status: denied", "  status: claimed")
    line = project.edit("attribution.yaml", "that it had not paid", "that it had paid")
    assert any(
        f"attribution.yaml:{line}: no-ransom: the evidence denies something, the statement does not" in problem
        for problem in project.problems()
    )


@pytest.mark.parametrize(("words", "word"), [("had no ordering", "no"), ("didn't buy its ordering", "didn't")])
def test_a_statement_that_denies_what_its_evidence_does_not_is_refused(project, words, word):
    line = project.edit("context.yaml", "statement: The firm bought its ordering", f"statement: The firm {words}")
    assert f"context.yaml:{line}: system-bought: the statement says “{word}”, its evidence does not" in only(project)


@pytest.mark.parametrize(
    ("file", "old", "status", "said"),
    [
        # "a longer stop could close"; "would not open ... until April 1"
        ("impacts.yaml", "  status: possible", "done", "“fear, could”, which is a possibility"),
        ("timeline.yaml", "  status: planned\n  answers:\n    churn", "under way", "“would”, which is a plan"),
    ],
)
def test_a_hedge_inside_the_quotation_counts_as_well(project, file, old, status, said):
    below = old.partition("\n")[2]
    line = project.edit(file, old, f"  status: {status}\n{below}")
    said = f"{said}, and the status is '{status}'"
    assert any(f"/{file}:{line}: " in problem and said in problem for problem in project.problems())


def test_a_claim_may_hold_a_possibility_that_its_statement_keeps(project):
    statement = "statement: Officials claim that small farms could close for good after a longer stop."
    project.edit("impacts.yaml", "statement: Officials fear that small farms could", statement.partition(" close")[0])
    project.edit("impacts.yaml", "  status: possible", "  status: claimed")
    assert not any("which is a possibility" in problem for problem in project.problems())
    project.edit("impacts.yaml", "claim that small farms could close", "claim that small farms closed")
    assert any("“fear, could”, which is a possibility" in problem for problem in project.problems())


def test_a_statement_says_how_likely_only_where_its_evidence_does(project):
    line = project.edit("context.yaml", "statement: The firm bought", "statement: It is probable that the firm bought")
    said = f"context.yaml:{line}: system-bought: the statement says “probable”, its evidence does not"
    assert any(said in problem for problem in project.problems())


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('label: "Brightwater: not confirmed"', "label: Addresses left", "the label keeps no word of negation"),
        ("ransom: not paid, says", "ransom: paid, says", "the answers keeps no word of negation"),
        ('"Experts: addresses may be gone"', "Addresses copied", "the label keeps no word of possibility"),
    ],
)
def test_a_label_and_an_answer_keep_the_hedge_as_well(project, old, new, said):
    # figures and tables print them without the statement
    project.edit("attribution.yaml", old, new)
    assert said in only(project)


def test_a_quantity_s_low_lies_below_its_high(project):
    project.edit("impacts.yaml", "{value: 145,", "{low: 150, high: 140,")
    assert any("shops-lost-145: the quantity's low lies above its high" in line for line in project.problems())


# Titles


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("title", "The empty order books of Stannet Dairies", "the name “Stannet” of the title"),
        ("subtitle", "Fifty days without milk", "the number “Fifty days” of the subtitle"),
        ("summary", "What happened until 9 May 2031", "the date “9 May 2031” of the summary"),
    ],
)
def test_the_case_s_title_says_no_more_than_its_facts(project, field, text, said):
    old = next(line for line in project.text("case.yaml").splitlines() if line.startswith(f"{field}: "))
    line = project.edit("case.yaml", old, f"{field}: {text}")
    problem = only(project)
    assert problem.startswith(f"data/dairy-2031/case.yaml:{line}: {said} stands in no fact of the case")


def test_a_question_is_asked_once(project):
    line = project.edit("case.yaml", "{id: churn-state, theme", "{id: ransom, theme")
    said = f"data/dairy-2031/case.yaml:{line + 6}: ransom: this id stands twice"
    assert any(problem.startswith(said) for problem in project.problems())


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("No clerk was hired, all twenty left.", ""),
        ("Brightwater hired 13 clerks.", "the number “13”"),
    ],
)
def test_of_a_quotation_in_another_language_only_digits_are_compared(project, statement, said):
    project.edit("recovery.yaml", "Brightwater had hired 12 more clerks for the bills.", statement)
    lines = project.text("sources.yaml").splitlines(keepends=True)
    at = next(i for i, line in enumerate(lines) if "quill-2031-03-20" in line)
    at = next(i for i in range(at, len(lines)) if "language: en-GB" in lines[i])
    lines[at] = lines[at].replace("en-GB", "de-DE")
    project.path("sources.yaml").write_text("".join(lines), "utf-8")
    found = [problem for problem in project.problems() if "twelve-clerks" in problem and "CB4" in problem]
    assert len(found) == bool(said) and all(said in problem for problem in found)
    case = casefile(project.case)
    assert any(one.id == "twelve-clerks" for one in not_checked(case, case.evidence_lock, {}))


# All at once


def test_all_problems_of_all_facts_come_at_once_in_the_order_of_files(project):
    project.edit("timeline.yaml", "when: 2031-04-01", "when: 2031-04-07")
    project.edit("impacts.yaml", "lost track of 120 village shops.\n", "lost track of 130 village shops.\n")
    project.edit("attribution.yaml", "that it had not paid", "that it had paid")
    places = [problem.split(":")[0].rpartition("/")[2] for problem in project.problems()]
    files = [file for file in places if file.endswith(".yaml")]
    assert files == sorted(files)
    assert set(files) == {"timeline.yaml", "impacts.yaml", "attribution.yaml"}


# What a second case found refused, though it is right: status, our words, the source's

RIGHT = [
    ("unconfirmed", "The firm was unable to estimate the cost.", "the company said it is unable to estimate the cost"),
    ("unconfirmed", "The firm found it too early to determine the cost.", "it is too early to determine the cost"),
    ("denied", "The firm declined to pay a ransom.", "the firm declined to pay the ransom"),
    ("done", "The firm refused to pay a ransom.", "the firm did not pay the ransom"),
    ("claimed", "The firm said that it was expected to cost $5m.", "it is expected to cost $5 million, the firm said"),
    ("expected", "The firm expected it to cost $5m.", "it is expected to cost $5 million"),
    ("done", "The loss was 300–350 million kroner.", "a loss of 300 million to 350 million kroner"),
    ("done", "The loss was 300 to 350 million kroner.", "a loss of 300 million to 350 million kroner"),
    ("done", "The loss was $100M.", "a loss of $100 million"),
    ("done", "The IT desk was hit, wrote Wired, the magazine.", "the information technology desk was hit"),
    ("done", "Pulling the plug cost a week.", "pulling the plug cost a week"),
    ("done", "Unplugging the servers cost a week.", "the servers were unplugged, which cost a week"),
    ("done", "Analysts counted the loss.", "the loss was counted"),
]


def test_right_english_of_a_second_case_passes_as_statement_and_as_prose(project):
    project.append("sources.yaml", SECOND)
    for number, (status, statement, words) in enumerate(RIGHT):
        text = RECORD.format(number=number, status=status, statement=statement, words=words)
        project.append("context.yaml", text)
        cited = f"[@right-{number}]."
        project.append("narrative.md", f"\n{statement[:-1]} {cited}\n\n1. {statement[:-1]} {cited}\n")
    assert project.problems() == []


SECOND = """
- id: wired
  type: article-magazine
  title: A week without screens
  container-title: WIRED
  issued: 2031-04-12
  available: 2031-04-12
  grade: B
  grade_reason: An invented magazine.
  access: excerpt
"""
RECORD = """
- id: right-{number}
  statement: {statement}
  when: 2031-04-12
  dated: {{rule: at-publication, base: 2031-04-12}}
  status: {status}
  evidence:
    - source: wired
      says: {words}
      speaker: the firm
      basis: company
"""
