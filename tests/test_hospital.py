"""A case of another kind, with all its texts: US hospitals that went on by hand, a regulator, lawsuits, stolen data."""

import re

import pandas as pd
import pytest

from casebound.analysis import recovery, timeline
from casebound.facts.evidence.lock import NAME as LOCK
from casebound.report.build import Request, report
from casebound.report.progress import Progress

# Words of the repository's other cases, and of their countries and trades
OTHERS = (
    r"\b(?:cars?|carmaker|vehicles?|plants?|factory|factories|dealerships?|Jaguar|JLR|Visavadia|Chancellor|ministers?|Government|"
    r"GBP|churns?|creamer(?:y|ies)|dairy|Brightwater|milk|smelters?|aluminium|Hydro|NOK)\b|£|€"
)


def words_of(page):
    """Return the words that a page prints, without its styles, scripts and tags."""
    bare = re.sub(r"<(style|script|head)\b.*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)
    return " ".join(bare.split())


def test_the_case_is_well(hospital):
    assert hospital.problems() == []


def test_every_quotation_is_verified_in_its_text(hospital):
    before = hospital.text(LOCK)
    assert hospital.refused() == []
    hospital.relock()
    assert hospital.text(LOCK) == before
    evidence = hospital.load().evidence
    assert len(evidence) > 80 and set(evidence["state"]) == {"verified"} and evidence["says"].isna().all()


def test_what_went_on_through_a_day_is_printed_until_that_day_and_not_as_known_by_it(hospital):
    ledger = hospital.load()
    assert ledger.facts.at["surgery-canceled", "date"].replace("\u00a0", " ") == "until September 16, 2033"
    events = timeline.events(ledger).query("theme == 'impacts'")
    assert events.at["surgery-canceled", "lasts"] and pd.isna(events.at["surgery-canceled", "start_from"])


def test_it_uses_every_theme_and_every_group(hospital):
    ledger = hospital.load()
    assert set(ledger.facts["theme"]) == set(ledger.terms["theme"])
    groups = {ledger.case.actors[actor].group for actor in ledger.facts["actor"].dropna()}
    assert groups == set(ledger.terms["group"])


def test_a_hospital_that_took_ambulances_before_the_others_did_so_since_its_own_day(hospital):
    steps = recovery.steps(hospital.load())
    back = steps[steps["state"] == "restored"].set_index("thing")["fact"]
    assert back["Ambulance intake, St. Odrun's Hospital"] == "odruns-takes-ambulances"
    assert back["Ambulance intake, Merrowfield General"] == "diversion-ended"


def test_its_report_holds_no_word_of_another_case(hospital):
    made = report(Request(hospital.case), Progress())
    page = words_of((made.folder / "report.html").read_text("utf-8"))
    assert "1.24 million" in page and "$14.6M" in page.replace("\u00a0", " ")
    assert [page[max(0, found.start() - 40) : found.end() + 40] for found in re.finditer(OTHERS, page)] == []


@pytest.mark.parametrize("limit", [{"as_of": "2033-09-14T23:00"}, {"sources": "ward-2033-10-12"}])
def test_a_limited_ledger_holds_nothing_that_came_later(hospital, limit):
    facts = hospital.load(**limit).facts
    assert 0 < len(facts) < 25 and "all-normal" not in facts.index and "on-paper" not in facts.index
