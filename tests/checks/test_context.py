"""Context: a quotation as it was verified, and what the sentence round it does to the fact that it carries."""

import hashlib

import pytest


def only(project, said=None):
    """The one problem that the case now has."""
    said = project.problems() if said is None else said
    assert len(said) == 1, "\n".join(said)
    return said[0]


def quote_of(project, file, fact):
    """The line on which the first quotation of a fact stands."""
    lines = project.text(file).splitlines()
    start = lines.index(f"- id: {fact}")
    return next(i for i, line in enumerate(lines, 1) if i > start and line.strip().startswith("quote:"))


@pytest.mark.parametrize(
    ("file", "fact", "old", "new"),
    [
        ("attribution.yaml", "no-ransom", "We have not paid", "We have paid"),
        (
            "attribution.yaml",
            "inside-job",
            "expert\n\n- id: addresses-p",
            "expert\n      direct: yes\n\n- id: addresses-p",
        ),
    ],
)
def test_a_quotation_that_changed_since_it_was_verified_is_refused_without_the_text(project, file, fact, old, new):
    project.edit(file, old, new)
    line = quote_of(project, file, fact)
    said = f"data/dairy-2031/{file}:{line}: {fact}: the quotation was changed after it was last verified"
    assert any(problem.startswith(said) for problem in project.problems())


@pytest.mark.parametrize(
    ("file", "fact", "left_out", "said"),
    [
        # "Brightwater has not confirmed whether addresses left the building"
        (
            *("attribution.yaml", "addresses-unconfirmed", "Brightwater has not confirmed whether "),
            "paragraph 34: “not” beside the quotation is a negation, the status is 'done'",
        ),
        # "Experts believe that the crowd may have copied customer addresses, although Brightwater has not ..."
        (
            *("attribution.yaml", "addresses-possible", "Experts believe that the crowd may have "),
            "paragraph 34: “may” beside the quotation is a possibility, the status is 'done'",
        ),
        # "Yesterday Mayor Petra Lark promised to stand ..."
        (
            *("response.yaml", "mayor-promise", "Yesterday Mayor Petra Lark promised "),
            "paragraph 26: “promised” beside the quotation is a plan, the status is 'done'",
        ),
    ],
)
def test_a_quotation_cut_out_of_its_hedge_does_not_pass_as_done(project, file, fact, left_out, said):
    project.edit(file, f"quote: {left_out}", "quote: ")
    block = project.text(file).split(f"- id: {fact}\n")[1].split("\n\n")[0]
    status = next(line for line in block.splitlines() if line.startswith("  status: "))
    project.edit(file, block, block.replace(status, "  status: done"))
    found = [problem for problem in project.refused() if said in problem]
    assert len(found) == 1
    assert found[0].startswith(f"data/dairy-2031/{file}:{quote_of(project, file, fact)}: {fact}: ")
    assert "\n    the sentence: " in found[0]


def test_words_that_somebody_passes_on_need_a_speaker(project):
    # "The cold store at Cawdale, ..., is humming again, the firm revealed."
    basis = "      basis: company\n    - source: oak"
    project.edit("recovery.yaml", f"      speaker: Brightwater\n{basis}", basis)
    assert "cold-store-back: paragraph 20: “revealed” beside the quotation passes on somebody's words" in only(project)


def test_direct_speech_is_said_to_be_direct(project):
    # "We have not paid a ransom, and we know who our friends are," the spokeswoman added.
    project.edit("attribution.yaml", "\n      direct: yes", "")
    assert "no-ransom: paragraph 22: the words are direct speech" in only(project, project.refused())


def test_what_is_said_to_be_direct_speech_lies_inside_quotation_marks(project):
    # Experts believe that the crowd may have copied customer addresses
    project.edit("attribution.yaml", "basis: expert\n      apart", "basis: expert\n      direct: yes\n      apart")
    said = "addresses-possible: paragraph 34: marked as direct speech, but not inside"
    assert said in only(project, project.refused())


def test_a_piece_that_quotes_nothing_needs_no_lock(project):
    sha256 = next(line for line in project.text("sources.yaml").splitlines() if "sha256: a3" in line)
    project.edit("sources.yaml", f"  access: full\n{sha256}\n", "  access: excerpt\n")
    project.edit("attribution.yaml", "quote: it looked like an inside job", "says: it looked like an inside job")
    assert any("evidence.lock still holds the quotation 0 of 'inside-job'" in line for line in project.problems())
    project.relock()
    assert project.problems() == []


# Questions and other languages

ENGLISH = "language: en-GB\n  issued: 2031-03-20"


def cut_out_of_its_denial(project):
    """Cut a quotation out of "Brightwater has not confirmed whether addresses left the building"."""
    project.edit("attribution.yaml", "quote: Brightwater has not confirmed whether ", "quote: ")


@pytest.mark.parametrize("language", ["language: de-DE\n", ""])
def test_hedges_round_a_text_that_is_not_known_to_be_english_are_not_read(project, language):
    cut_out_of_its_denial(project)
    status = "  status: unconfirmed"
    project.edit("attribution.yaml", status, "  status: done")
    assert any("is a negation" in problem for problem in project.refused())
    project.edit("sources.yaml", ENGLISH, f"{language}  issued: 2031-03-20".lstrip())
    assert project.refused() == []
    project.relock()
    project.edit("sources.yaml", f"{language}  issued: 2031-03-20".lstrip(), ENGLISH)
    assert any("is a negation, the status is 'done'" in problem for problem in project.problems())


def test_direct_speech_is_checked_in_every_language(project):
    project.edit("sources.yaml", ENGLISH, ENGLISH.replace("en-GB", "de-DE"))
    project.edit("attribution.yaml", "\n      direct: yes", "")
    assert "no-ransom: paragraph 22: the words are direct speech" in only(project, project.refused())


@pytest.mark.parametrize("language", ["en-GB", "de-DE"])
def test_a_question_is_no_evidence(project, language):
    path, old = project.articles / "article.txt", "f965ec816fcba05c7534c4dbed62d630025ab5c593ae5324b878f5dc2fad93fb"
    path.write_text(path.read_text("utf-8") + "\n\nWere the churns sold? No.\n", "utf-8")
    project.edit("sources.yaml", old, hashlib.sha256(path.read_bytes()).hexdigest())
    project.edit("sources.yaml", ENGLISH, ENGLISH.replace("en-GB", language))
    bought = "The firm bought its ordering system on 3 June 2029"
    project.edit("context.yaml", f"quote: {bought}", "quote: Were the churns sold")
    said = only(project, project.refused())
    assert "system-bought: paragraph 38: the quotation stands in a question, which asserts nothing" in said
    assert "the sentence: Were the churns sold? … No." in said
