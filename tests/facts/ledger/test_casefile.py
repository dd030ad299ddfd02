"""Casefile: whatever is wrong in a case's files is said at once, each with its file and line."""

import sys

import pytest

from casebound import paths
from casebound.facts.ledger.casefile import casefile
from casebound.facts.problems import CaseError

FACT = """
- id: {id}
  statement: Milk came.
  when: 2031-03-20
  dated: {{rule: at-publication, base: 2031-03-20}}
  status: done
  evidence:
    - {{source: quill-2031-03-20, quote: milk, basis: reporter}}
"""


def refused(project):
    with pytest.raises(CaseError) as caught:
        casefile(project.case)
    return [str(problem) for problem in caught.value.problems]


def test_a_case_holds_its_facts_in_the_order_of_themes_and_files(project):
    case = casefile(project.case)
    assert [next(iter(case.facts)), [*case.facts][-1]] == ["odd-logins", "system-bought"]
    assert list(dict.fromkeys(entry.theme for entry in case.facts.values())) == [
        *("timeline", "impacts", "costs", "response", "recovery", "attribution", "context")
    ]
    assert list(case.sources)[:2] == ["quill-2031-03-20", "oak-2031-03-24"]
    assert len(case.sources) == 6


def test_an_entry_knows_its_file_and_lines(project):
    entry = casefile(project.case).facts["churns-stopped"]
    lines = project.text("timeline.yaml").splitlines()
    assert entry.file == "data/dairy-2031/timeline.yaml"
    assert lines[entry.line() - 1] == "- id: churns-stopped"
    assert lines[entry.line("evidence", 0, "quote") - 1].strip() == "quote: Churning stopped at once"


def test_yes_is_read_as_yes_and_no_as_text(project):
    project.edit("timeline.yaml", "label: Churns stop", "label: NO")
    project.edit("timeline.yaml", "label: First odd logins", "label: 12:30")
    facts = casefile(project.case).facts
    assert facts["churns-stopped"].record.label == "NO"
    assert facts["odd-logins"].record.label == "12:30"
    assert facts["no-ransom"].record.evidence[0].direct is True


# What is refused


def test_an_unknown_case_is_refused_with_the_nearest(project):
    assert paths.case_names() == ["dairy-2031", "hydro-2019", "jlr-2025"]
    for name, fix in [
        ("dairy-2013", "did you mean 'dairy-2031'?"),
        ("zzz", "known: dairy-2031, hydro-2019, jlr-2025"),
        ("../x", "known"),
    ]:
        with pytest.raises(CaseError, match=f"data: there is no case '{name}'") as caught:
            casefile(name)
        assert fix in str(caught.value)
    with pytest.raises(CaseError, match="no case is named"):
        casefile("")


@pytest.mark.parametrize(
    ("file", "old", "new", "fix"),
    [
        ("timeline.yaml", "  label: Churns stop\n", "  labl: Churns stop\n", "label"),
        ("timeline.yaml", "quote: Churning stopped", "qoute: Churning stopped", "quote"),
        ("timeline.yaml", "phrase: at once, event", "phrase: at once, evnt", "event"),
        (
            "impacts.yaml",
            "{value: 120, unit: shops, measure",
            "{value: 120, unit: shops, mesure",
            "measure",
        ),
        ("sources.yaml", "container-title: The Fen", "container_titel: The Fen", "container-title"),
        ("sources.yaml", "{family: Quill, given: Ada}", "{family: Quill, givn: Ada}", "given"),
        ("case.yaml", "subtitle:", "subtitel:", "subtitle"),
        ("case.yaml", "{name: The county, group", "{name: The county, grup", "group"),
        (
            "data/terms.yaml",
            '{label: done, means: "The source',
            '{labl: done, means: "The source',
            "label",
        ),
    ],
)
def test_an_unknown_field_at_any_depth_is_refused_with_the_nearest(project, file, old, new, fix):
    line = project.edit(file, old, new)
    [problem] = [problem for problem in refused(project) if "unknown field" in problem]
    assert problem.startswith(f"{file if '/' in file else f'data/dairy-2031/{file}'}:{line}: ")
    assert problem.endswith(f"fix: did you mean '{fix}'?")


def test_a_missing_field_is_named(project):
    project.edit("timeline.yaml", "  statement: Churning stopped at once.\n", "")
    line = project.text("timeline.yaml").splitlines().index("- id: churns-stopped") + 1
    [problem] = refused(project)
    assert problem.startswith(f"data/dairy-2031/timeline.yaml:{line}: churns-stopped: the field 'statement' is missing")


@pytest.mark.parametrize("name", ["Churns-Stopped", "-churns", "x" * 61])
def test_an_id_that_is_no_slug_is_refused(project, name):
    line = project.edit("timeline.yaml", "- id: odd-logins", f"- id: {name}")
    [problem] = refused(project)
    assert problem.startswith(f"data/dairy-2031/timeline.yaml:{line}: ")


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("sources.yaml", "grade: B", "grade: G"),
        ("sources.yaml", "sha256: f9", "sha256: F9"),
        ("impacts.yaml", "value: 120", "value: many"),
        ("timeline.yaml", "link: quoted", "link: guessed"),
        ("attribution.yaml", "direct: yes", "direct: maybe"),
        ("context.yaml", "statement: The firm bought its ordering system in 2029, on 3 June.", "statement: ' '"),
        ("context.yaml", "  evidence:\n    - source", "  evidence: none\n  note:\n    - source"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_with_its_line(project, file, old, new):
    line = project.edit(file, old, new)
    said = refused(project)
    assert any(problem.startswith(f"data/dairy-2031/{file}:{line}: ") for problem in said), said
    assert not any("pydantic" in problem or "http" in problem for problem in said)


def test_an_id_that_stands_twice_names_both_places(project):
    line = project.append("context.yaml", FACT.format(id="churns-stopped")) + 1
    first = project.text("timeline.yaml").splitlines().index("- id: churns-stopped") + 1
    assert refused(project) == [
        f"data/dairy-2031/context.yaml:{line}: churns-stopped: this id stands twice [CB004]\n"
        f"    fix: it stands first at data/dairy-2031/timeline.yaml:{first}"
    ]


def test_a_key_that_stands_twice_is_refused(project):
    line = project.edit("timeline.yaml", "  label: Churns stop\n", "  label: Churns stop\n  label: Still\n") + 1
    [problem] = refused(project)
    assert problem.startswith(f"data/dairy-2031/timeline.yaml:{line}: the field 'label' stands twice")


@pytest.mark.parametrize("name", ["data/dairy-2031/sources.yaml", "data/terms.yaml"])
def test_a_missing_file_is_named(project, name):
    project.path(name).unlink()
    [problem] = refused(project)
    assert problem.startswith(f"{name}: the file is missing")


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own there")
def test_a_link_that_leads_nowhere_is_a_missing_file(project):
    project.path("attribution.yaml").unlink()
    project.path("attribution.yaml").symlink_to("nowhere.yaml")
    [problem] = refused(project)
    assert problem.startswith("data/dairy-2031/attribution.yaml: the file is missing")


def test_a_missing_file_is_named_beside_one_that_is_no_yaml(project):
    project.path("sources.yaml").unlink()
    project.append("case.yaml", "a: [\n")
    assert [problem.split(":")[0] for problem in refused(project)] == [
        *("data/dairy-2031/case.yaml", "data/dairy-2031/sources.yaml")
    ]


@pytest.mark.parametrize(
    ("name", "fix"), [("timline.yaml", "did you mean 'timeline'?"), ("timeline.yml", "files end in .yaml")]
)
def test_a_file_of_no_theme_is_refused(project, name, fix):
    project.path("timeline.yaml").rename(project.path(name))
    [problem] = refused(project)
    assert problem.startswith(f"data/dairy-2031/{name}: the file is named for no theme")
    assert fix in problem


def test_a_file_that_is_no_list_is_refused(project):
    project.path("context.yaml").write_text("id: a\nstatement: b\n", "utf-8")
    [problem] = refused(project)
    assert problem.startswith("data/dairy-2031/context.yaml:1: the file is not a list of entries")


@pytest.mark.parametrize("entry", ["- words only\n", "-\n"])
def test_an_entry_that_is_no_record_is_refused(project, entry):
    line = project.append("context.yaml", entry)
    [problem] = refused(project)
    assert problem.startswith(f"data/dairy-2031/context.yaml:{line}: ")


@pytest.mark.parametrize("text", ["", "- a\n"])
def test_a_case_that_is_no_record_is_refused(project, text):
    project.path("case.yaml").write_text(text, "utf-8")
    assert all(problem.startswith("data/dairy-2031/case.yaml:") for problem in refused(project))


def test_an_empty_file_of_facts_holds_none(project):
    project.path("context.yaml").write_text("# nothing yet\n", "utf-8")
    assert "system-bought" not in casefile(project.case).facts


def test_a_vocabulary_that_is_none_is_refused(project):
    line = project.append("data/terms.yaml", "colours:\n  red: {label: red, means: a colour}\n")
    [problem] = refused(project)
    assert problem.startswith(f"data/terms.yaml:{line}: colours: this is not a vocabulary")


def test_all_problems_of_all_files_come_at_once(project):
    at = [
        ("timeline.yaml", project.edit("timeline.yaml", "label: Churns stop", "labl: Churns stop")),
        ("sources.yaml", project.edit("sources.yaml", "grade: B", "grade: G")),
        ("case.yaml", project.edit("case.yaml", "subtitle:", "subtitel:")),
        ("data/terms.yaml", project.edit("data/terms.yaml", "{label: restored,", "{lable: restored,")),
    ]
    project.path("impacts.yaml").write_bytes("- id: é\n".encode("latin-1"))
    project.append("recovery.yaml", "- id: [open\n")
    said = "\n".join(refused(project))
    for file, line in at:
        assert f"{file}:{line}: " in said
    assert "data/dairy-2031/impacts.yaml: not UTF-8" in said
    assert "data/dairy-2031/recovery.yaml:" in said
