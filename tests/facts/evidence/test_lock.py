"""Lock: what it holds comes back as it was, and a lock that was tampered with does not pass."""

import pytest

from casebound.checks.texts.verification import verification
from casebound.facts.evidence.anchors import Anchor
from casebound.facts.evidence.lock import NAME, Compared, Lock, Locked, lock_in, lock_text
from casebound.facts.ledger.casefile import casefile
from casebound.facts.problems import CaseError

ENTRIES = [
    (("fact-b", 0), "source-2", Locked("0" * 16, "b" * 64, Anchor(((3, 9),), "paragraph 2", False, {}))),
    (
        ("fact-a", 1),
        "source-1",
        Locked("12345678901234e5", "a" * 64, Anchor(((0, 4), (7, 12)), "caption 1", True, {"plan": ("no", "will")})),
    ),
    (("fact-a", 3), "source-2", Locked("f" * 16, "b" * 64, Anchor(((1, 2),), "headline", True, {"report": ("y",)}))),
]


TEXTS = {
    "source-1": Compared("a" * 64, "0" * 16, {"issued": 'no words: "printed"', "title": "a description"}),
    "source-2": Compared("b" * 64, "12345678901234e5"),
}


def test_a_lock_comes_back_as_it_was_written():
    text = lock_text(TEXTS, ENTRIES)
    assert lock_in(text.encode(), "x") == Lock(TEXTS, {key: entry for key, _, entry in ENTRIES})


def test_a_lock_keeps_the_ledger_s_order_and_names_each_text_once():
    text = lock_text(TEXTS, ENTRIES)
    assert text.index("fact-b") < text.index("fact-a")
    assert text.count("b" * 64) == text.count("a" * 64) == 1


def test_a_lock_holds_no_sentence(project):
    text = project.text(NAME)
    for entry, _, piece in casefile(project.case).pieces():
        if piece.quote and len(piece.quote.split()) > 2:
            assert piece.quote not in text, entry.record.id


def test_a_case_without_a_lock_has_no_entries(project):
    project.path(NAME).unlink()
    assert casefile(project.case).locked == {}


def test_a_missing_lock_verifies_nothing_and_does_not_pass(project):
    project.path(NAME).unlink()
    [problem] = project.problems()
    assert problem.startswith("data/dairy-2031/evidence.lock: no quotation was ever verified")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- a",
        "texts: {}\nquotations: [a]",
        "quotations: {a: {0: {source: s}}}",
        "texts: {s: abc}\nquotations: {}",
        "texts: {s: {sha256: a, register: b, unchecked: {}}}\n"
        "quotations: {a: {0: {digest: d, source: s, part: p, spans: [], direct: no, hedges: {plan: [[x]]}}}}",
    ],
)
def test_a_lock_that_cannot_be_read_is_refused_with_the_cure(text):
    with pytest.raises(CaseError) as caught:
        lock_in(text.encode(), "data/x/evidence.lock")
    assert str(caught.value).startswith("data/x/evidence.lock: the lock cannot be read")
    assert "make verify" in str(caught.value)


def test_the_invented_case_s_lock_is_what_verifying_makes(project):
    assert verification(casefile(project.case), project.articles).lock == project.text(NAME)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("  churns-stopped:\n", "  churns-turned:\n", "churns-stopped: the quotation was never verified"),
        ("  churns-stopped:\n", "  churns-turned:\n", "churns-turned: evidence.lock still holds the quotation 0"),
        ("ccce26fee6ea847b", "0" * 16, "churns-stopped: the quotation was changed after it was last verified"),
        (
            "  quill-2031-03-20: {sha256: f965",
            "  quill-2031-03-20: {sha256: 0000",
            "verified against another text than the source's sha256",
        ),
    ],
)
def test_a_lock_that_was_tampered_with_does_not_pass(project, old, new, message):
    project.edit(NAME, old, new)
    assert any(message in problem for problem in project.problems())


def test_a_hedge_recorded_in_the_lock_must_agree_with_the_status(project):
    line = next(line for line in project.text(NAME).splitlines() if "'ccce26fee6ea847b'" in line)
    project.edit(NAME, line, line.replace("hedges: {}", "hedges: {negation: [not]}"))
    [problem] = project.problems()
    assert "paragraph 12: “not” beside the quotation is a negation, the status is 'done'" in problem
