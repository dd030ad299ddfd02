"""Norsk Hydro: a real case of another kind is whole, checks clean, and shows what sets it apart from the seed."""

import pandas as pd
import pytest

from casebound.analysis import conflicts, recovery
from casebound.analysis.findings import findings
from casebound.checks.case import problems_of
from casebound.facts.ledger.ledger import load

HYDRO = "hydro-2019"


@pytest.fixture(scope="module")
def hydro():
    return load(HYDRO)


def test_the_case_checks_clean_at_its_size(hydro):
    assert list(map(str, problems_of(HYDRO))) == []
    assert len(hydro.facts) >= 130 and len(hydro.sources) >= 70
    assert set(hydro.evidence["read"].dropna()) == {"2026-11-30"}


def test_its_lengths_and_sums_are_those_that_it_asks_for(hydro):
    found = {name: finding.text.replace("\u00a0", " ") for name, finding in findings(hydro).items()}
    assert found["insurance.booked"] == "NOK 220 million"
    assert found["cost.by-quarter"] == "NOK 550 million to NOK 650 million"
    assert found["inside.length"] == "103 days" and found["report.delay"] == "36 days"


def test_smelters_run_by_hand_and_are_no_stop(hydro):
    last = recovery.systems(hydro)["state"]
    assert last["Primary Metal (smelters)"] == "manual operation" and last["Energy"] == "normal"
    assert not recovery.stood_still(hydro, "primary metal", pd.Timestamp("2019-03-26").date())


def test_the_two_days_of_the_attack_are_at_odds_and_the_later_account_is_followed(hydro):
    matter = next(m for m in conflicts.register(hydro) if "attack-early-tuesday" in m.facts)
    assert "date" in matter.kinds and "attack-monday-evening" in hydro.followed
