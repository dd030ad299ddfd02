"""Items: findings and recommendations are labelled, hold what they are weighed by, and rest on what there is."""

import pytest

NARRATIVE = "data/dairy-2031/narrative.md"
FINDING = "[#own] **Churning stopped** [@churns-stopped]. *Against:* It restarted [@churns-restarted]."
ADVICE = (
    "[#paper] **Keep lists on paper** [analysis: @paper-lists].\n   *When:* by the next spring [analysis].\n"
    "   *Test:* a shop is found without a computer [analysis]. [rests: own]"
)
WHOLE = f"# Findings\n\n1. {FINDING}\n\n# Recommendations\n\n### Dairies\n\n1. {ADVICE}\n"


def said_of(project, text):
    """Return the problems of a narrative of this text."""
    project.path("narrative.md").write_text(text, "utf-8")
    return project.problems()


def test_findings_and_recommendations_that_hold_all_they_need_are_no_problem(project):
    assert said_of(project, WHOLE) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "said", "fix"),
    [
        ("1. [#own] ", "1. ", 3, "findings: the item has no label [CB621]", "begin it '1. [#short-name] '"),
        ("1. [#own] ", "- [#own] ", 3, "findings: the item has no label [CB621]", "begin it '1. [#short-name] '"),
        ("*Against:* ", "Also: ", 3, "the item does not say what speaks against it [CB621]", "'*Against:* …'"),
        ("### Dairies\n", "", 8, "under no heading that names its addressee [CB622]", "put '### the addressee' above"),
        ("### Dairies", "### Dairies [analysis: @paper-lists]", 7, "and may go while the items", "drop the citation"),
        ("*When:* ", "Now: ", 9, "the item names no day or event by which [CB622]", "add a sentence '*When:* …'"),
        ("*Test:* ", "Also: ", 9, "does not say how to tell that it was followed [CB622]", "'*Test:* …'"),
        (" [rests: own]", "", 9, "names no finding that it rests on [CB622]", "add '[rests: label-of-a-finding]'"),
        ("[rests: own]", "[rests: own; owm]", 11, "no finding is labelled 'owm' [CB620]", "did you mean 'own'?"),
        ("[rests: own]", "[rests: paper]", 11, "no finding is labelled 'paper' [CB620]", "known: own"),
        ("#paper", "#own", 9, "the label 'own' stands twice: first in line 3 [CB619]", "give this item another"),
        ("by the next", "by [#a] the next", 10, "the label [#a] labels no numbered item [CB619]", "drop it here"),
        ("### Dairies", "### Dairies [#a]", 7, "the label [#a] labels no numbered item [CB619]", "drop it here"),
        ("### Dairies", "### Dairies [rests: own]", 7, "[rests: own] stands in a heading [CB620]", "the text below"),
        ("#paper", "#Paper lists", 9, "[#Paper lists] is not a label [CB602]", "write [#small-letters-and-hyphens]"),
        ("[rests: own]", "[rests: own, a]", 9, "[rests: own, a] names no labels [CB602]", "write [rests: one-label;"),
        ("[rests: own]", "[Rest: own]", 9, "“[Rest: own]” would be printed as it stands [CB602]", "write [rests: one"),
    ],
)
def test_what_an_item_lacks_is_told_with_its_line_and_the_fix(project, old, new, line, said, fix):
    assert WHOLE.count(old) == 1 or old == "1. [#own] "
    found = [problem for problem in said_of(project, WHOLE.replace(old, new)) if said in problem]
    assert len(found) == 1, "\n".join(project.problems())
    assert found[0].startswith(f"{NARRATIVE}:{line}: ") and fix in found[0].partition("\n    fix: ")[2]


def test_the_parts_of_an_item_may_stand_in_paragraphs_inside_it(project):
    parts = ADVICE.replace("\n   *", "\n\n   *").replace("[analysis]. [rests", "[analysis].\n\n   - [rests")
    assert [problem for problem in said_of(project, WHOLE.replace(ADVICE, parts)) if "CB622" in problem] == []


def test_a_list_in_another_section_and_a_paragraph_among_findings_need_no_label(project):
    among = "Churning stopped [@churns-stopped].\n\n> It stopped [@churns-stopped].\n"
    assert said_of(project, f"{WHOLE}\n# Limits\n\n1. It stopped [@churns-stopped].\n") == []
    assert said_of(project, WHOLE.replace("# Recomm", f"{among}\n# Recomm")) == []


def test_a_notebook_may_rest_on_a_finding_and_labels_nothing(project):
    project.write("45-own", "# Own\n\nSo it is [rests: own; slips]. [#own] Labelled [rests: own].")
    found = [problem.splitlines()[0].partition(".ipynb: ")[2] for problem in said_of(project, WHOLE)]
    assert found == [
        "cell 1: no finding is labelled 'slips' [CB620]",
        "cell 1: the label [#own] labels no numbered item [CB619]",
    ]
