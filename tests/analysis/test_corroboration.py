"""Corroboration: what counts is how many independent origins say a thing, never how often it is printed."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebound.analysis.corroboration import corroboration
from casebound.facts.ledger.ledger import ledger_of
from casebound.facts.records.models import Evidence


def graded(project, fact):
    return corroboration(project.load()).loc[fact]


def test_a_fact_has_the_credibility_that_its_origins_and_conflicts_give_it(dairy):
    table = corroboration(dairy)
    assert list(table.columns) == ["origins", "grade", "disputed", "credibility"]
    assert dict(table["credibility"][["bills-unpaid", "first-cheque", "cold-store-empty", "clerks-left"]]) == {
        "bills-unpaid": "2",  # one source graded B
        "first-cheque": "3",  # one graded C
        "cold-store-empty": "4",  # one graded D
        "clerks-left": "6",  # one graded F
    }


@pytest.mark.parametrize(
    ("fact", "credibility"),
    [
        ("shops-lost-145", "5"),  # the auditor corrects it
        ("inside-job", "5"),  # the expert takes it back
        ("opening-slips", "3"),  # overtaken, not wrong: one source graded C
        ("shops-lost-120", "4"),  # the report follows another account
        ("whey-gang-named", "3"),  # graded A, and another account names another
        ("addresses-unconfirmed", "2"),  # a hedge beside it disputes nothing
    ],
)
def test_what_became_of_a_fact_counts(dairy, fact, credibility):
    assert corroboration(dairy).at[fact, "credibility"] == credibility


def test_several_origins_confirm_a_fact_that_nobody_disputes(project):
    # two papers print the firm's statement, and the auditor says so as well; a forecast of another day disputes nothing
    row = graded(project, "churns-restarted")
    assert (row["origins"], row["disputed"], row["credibility"]) == (2, False, "1")
    piece = "    - {source: churn-notes, says: the churns stood still, basis: reporter, stance: disputes}\n"
    old = "      says: churning restarted at Holt Fen on 9 April\n      read: 2031-05-01\n      basis: official\n"
    project.edit("recovery.yaml", old, old + piece)
    row = graded(project, "churns-restarted")
    assert (row["origins"], row["disputed"], row["credibility"]) == (2, True, "2")


def test_reprints_of_one_statement_are_one_origin(project):
    pieces = "".join(
        f"    - {{source: {source}, says: churning was back to normal, origin: audit-2031-04-12, basis: official}}\n"
        for source in ("gill-2031-04-10", "marsh-2031-04-10", "oak-2031-03-24", "quill-2031-03-20", "churn-notes")
    )
    assert graded(project, "churning-normal")["credibility"] == "2"
    project.edit(
        "recovery.yaml",
        "      says: on 11 April churning was back to normal\n      read: 2031-05-01\n      basis: official\n",
        f"      says: on 11 April churning was back to normal\n      read: 2031-05-01\n      basis: official\n{pieces}",
    )
    ledger = project.load()
    assert ledger.facts.at["churning-normal", "sources"] == 6
    row = corroboration(ledger).loc["churning-normal"]
    assert (row["origins"], row["credibility"]) == (1, "2")


def test_one_source_is_one_origin_at_most(project):
    # a paper that prints a statement and repeats it in its own voice is one witness, not two
    says = "says: on 11 April churning was back to normal"
    piece = f"    - {{source: audit-2031-04-12, {says}, origin: firm, basis: company}}\n"
    old = "      says: on 11 April churning was back to normal\n      read: 2031-05-01\n      basis: official\n"
    project.edit("recovery.yaml", old, old + piece)
    assert graded(project, "churning-normal")["origins"] == 1


def test_an_attacker_s_claim_is_doubtful_however_many_print_it(dairy):
    pieces = dairy.evidence[dairy.evidence["fact"] == "claimed-by-club"]
    assert pieces["origin"].nunique() == 3 and set(pieces["basis"]) == {"attacker"}
    row = corroboration(dairy).loc["claimed-by-club"]
    assert (row["origins"], row["credibility"]) == (0, "4")


def test_a_piece_that_disputes_carries_nothing(dairy):
    # the second paper repeats the first figure to say that it is wrong
    assert corroboration(dairy).at["shops-lost-120", "origins"] == 1


pieces = st.lists(
    st.fixed_dictionaries(
        {
            "source": st.sampled_from(["quill-2031-03-20", "oak-2031-03-24", "audit-2031-04-12", "churn-notes"]),
            "origin": st.sampled_from(["a", "b", "c"]),
            "basis": st.sampled_from(["company", "official", "reporter", "attacker"]),
            "stance": st.sampled_from(["supports", "disputes"]),
        }
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=40, deadline=None)
@given(printed=pieces)
def test_confirmed_takes_two_independent_origins(dairy, printed):
    # `odd-logins`, on which nobody is at odds, with any evidence in the place of its own
    printed = [*printed, {**printed[0], "stance": "supports"}]
    evidence = tuple(Evidence(says="odd logins", **piece) for piece in printed)
    entry = dairy.records.facts["odd-logins"]
    entry = replace(entry, record=entry.record.model_copy(update={"evidence": evidence}))
    records = replace(dairy.records, facts={**dairy.records.facts, "odd-logins": entry})
    kept = {name: source.record for name, source in records.sources.items()}
    row = corroboration(ledger_of(records, kept)).loc["odd-logins"]
    speaking = [piece for piece in printed if piece["stance"] == "supports" and piece["basis"] != "attacker"]
    independent = min(len({piece[field] for piece in speaking}) for field in ("origin", "source"))
    assert row["origins"] == independent
    if row["credibility"] == "1":
        assert independent >= 2 and not any(piece["stance"] == "disputes" for piece in printed)
    if not independent:
        assert row["credibility"] == "4"
