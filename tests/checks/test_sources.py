"""Sources: types and names of CSL, and origins that are declared once, on the invented case."""

import pytest

OAK = "{family: Oak, given: Ben}"
PAPER = "type: report"  # of one source alone


@pytest.mark.parametrize("kind", ["webpage", "article-newspaper", "legal_case", "broadcast", "post-weblog", "hearing"])
def test_a_type_of_csl_passes(project, kind):
    project.edit("sources.yaml", PAPER, f"type: {kind}")
    assert project.problems() == []


@pytest.mark.parametrize(
    ("kind", "near"),
    [
        ("newspaper-article", "data/README.md lists them all"),
        ("article-newspapr", "'article-newspaper'"),
        ("web-page", "'webpage'"),
        ("Report", "'report'"),
        ("legal-case", "'legal_case'"),
    ],
)
def test_a_type_that_csl_has_not_is_refused_with_the_nearest(project, kind, near):
    line = project.edit("sources.yaml", PAPER, f"type: {kind}")
    [problem] = project.problems()
    assert f"sources.yaml:{line}: audit-2031-04-12: there is no type '{kind}' in CSL [CB108]" in problem
    assert near in problem


@pytest.mark.parametrize(
    "name",
    [
        "{literal: The Hill Post Desk}",
        "{family: Oak}",
        "{family: Oak, given: Ben, non-dropping-particle: van}",
        "{family: Oak, given: Ben, suffix: Jr., comma-suffix: yes}",
        "{family: Oak, given: Ben, static-ordering: true, parse-names: no}",
        "{literal: The Hill Post Desk, parse-names: false}",
    ],
)
def test_a_name_of_csl_passes_in_every_field_of_names(project, name):
    project.edit("sources.yaml", OAK, f"{name}\n  editor: [{name}]")
    assert project.problems() == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("{given: Ben}", "a name without family or literal"),
        ("{non-dropping-particle: van}", "a name without family or literal"),
        ("{literal: The Desk, family: Oak}", "the literal “The Desk” stands beside family"),
        ("{literal: The Desk, given: Ben, suffix: Jr.}", "the literal “The Desk” stands beside given, suffix"),
        ("{family: Oak, comma-suffix: yes}", "comma-suffix without a suffix"),
    ],
)
@pytest.mark.parametrize("field", ["author", "editor"])
def test_a_name_that_csl_has_not_is_refused_at_its_line(project, field, name, said):
    line = project.edit("sources.yaml", OAK, name if field == "author" else f"{OAK}\n  editor: [{name}]")
    [problem] = project.problems()
    line += field == "editor"
    assert problem.startswith(f"data/dairy-2031/sources.yaml:{line}: oak-2031-03-24: {field}: {said} [CB108]")


@pytest.mark.parametrize("names", ["author: Ben Oak", "author: [Ben Oak]", "editor: The Desk", "translator: [X]"])
def test_a_name_that_is_mere_text_is_refused_with_the_form(project, names):
    line = project.edit("sources.yaml", f"  author:\n    - {OAK}", f"  {names}")
    [problem] = project.problems()
    assert f"sources.yaml:{line}: " in problem
    assert "holds no name of CSL" in problem and "[{literal: …}] for a body" in problem


# Origins

DECLARED = "  brightwater-2031-04-10: the firm's statement of 10 April 2031\n"
GRADE = "  grade_reason: An invented paper that seldom names"  # of one source alone


@pytest.mark.parametrize("origin", ["brightwater-2031-04-10", "quill-2031-03-20", "churn-notes", "gill-2031-04-10"])
@pytest.mark.parametrize("at", ["source", "evidence"])
def test_an_origin_that_is_declared_or_a_source_passes(project, origin, at):
    if at == "source":
        project.edit("sources.yaml", GRADE, f"  origin: {origin}\n{GRADE}")
    else:
        project.edit("context.yaml", "      basis: reporter", f"      origin: {origin}\n      basis: reporter")
    assert project.problems() == []


@pytest.mark.parametrize(
    ("origin", "near"),
    [
        ("brightwater-2031-04-01", "'brightwater-2031-04-10'"),
        ("brightwatr-2031-04-10", "'brightwater-2031-04-10'"),
        ("quill-2031-03-02", "'quill-2031-03-20'"),
        ("fen-courier", "known: "),
        ("brightwater", "'brightwater-2031-04-10'"),
    ],
)
@pytest.mark.parametrize("at", ["source", "evidence"])
def test_an_origin_that_nothing_declares_is_refused_with_the_nearest(project, origin, near, at):
    if at == "source":
        line = project.edit("sources.yaml", GRADE, f"  origin: {origin}\n{GRADE}")
    else:
        line = project.edit("context.yaml", "      basis: reporter", f"      origin: {origin}\n      basis: reporter")
    [problem] = project.problems()
    assert f":{line}: " in problem and f"there is no origin '{origin}' [CB109]" in problem
    assert near in problem and "declared under origins in case.yaml" in problem


@pytest.mark.parametrize("name", ["mill-2031-04-10", "brightwater-2031-04-01", "fen-courier", "x", "county"])
def test_a_declared_origin_that_nothing_names_is_refused(project, name):
    line = project.edit("case.yaml", DECLARED, f"{DECLARED}  {name}: a statement of 10 April 2031\n") + 1
    [problem] = project.problems()
    assert problem.startswith(f"data/dairy-2031/case.yaml:{line}: {name}: nothing has this origin [CB109]")


@pytest.mark.parametrize(
    "name", ["quill-2031-03-20", "oak-2031-03-24", "gill-2031-04-10", "audit-2031-04-12", "churn-notes"]
)
def test_a_declared_origin_that_has_the_id_of_a_source_is_refused(project, name):
    line = project.edit("case.yaml", DECLARED, f"{DECLARED}  {name}: what the source says\n") + 1
    [problem] = project.problems()
    assert problem.startswith(f"data/dairy-2031/case.yaml:{line}: {name}: the origin has the id of a source")


def test_an_origin_that_is_misspelt_in_one_of_two_papers_raises_no_count(project):
    text = project.text("recovery.yaml").replace("origin: brightwater-2031-04-10", "origin: brightwater-2031-04-01", 1)
    project.path("recovery.yaml").write_text(text, "utf-8")
    assert any("[CB109]" in problem for problem in project.problems())
