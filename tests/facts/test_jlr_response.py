"""The response, the attribution and the data of the seed case keep the words of their sources."""

import pytest

# fact, words of its statement, its status, the source that has them
SAID = [
    # Hansard, 9 September 2025: "We are engaging with JLR on a daily basis"
    ("daily-contact", "in daily contact with JLR by 9 September 2025", "under way", "hansard-2025-09-09"),
    ("minister-spoke-to-company", "had spoken to JLR himself", "done", "hansard-2025-09-09"),
    ("ncsc-since-3-september", "since 3 September 2025", "claimed", "hansard-2025-09-09"),
    # The Chancellor, in direct speech, on 25 September: "yesterday"; not the paper
    ("visit-on-24-september", "The Chancellor said", "claimed", "shropshire-star-2025-09-25"),
    ("gaydon-meeting", "On 23 September 2025", "done", "dbt-2025-09-24"),
    # "Jaguar Land Rover are taking the lead on support for their own supply chain"
    ("jlr-leads-on-suppliers", "taking the lead on support for its own", "claimed", "computer-weekly-2025-09-19"),
    # "the overall risk … is acceptable"; "outside UKEF's normal underwriting criteria"
    ("ukef-outside-its-rules", "overall risk of JLR was acceptable", "done", "gtr-2025-10-31"),
    ("ukef-outside-its-rules", "outside the agency's normal underwriting criteria", "done", "gtr-2025-10-31"),
    ("ministerial-instruction", "exceeded the agency's normal risk appetite", "done", "gtr-2025-10-31"),
    # "will help support the supply chain and protect skilled jobs"
    ("guarantee-to-protect-jobs", "would help support the supply chain and protect", "pledged", "dbt-2025-09-29"),
    ("guarantee-an-unfortunate-precedent", "thought the guarantee an unfortunate", "claimed", "register-2026-03-20"),
    # "At this stage there is no evidence any customer data has been stolen"
    ("no-customer-data-evidence", "at this stage there was no evidence", "unconfirmed", "independent-2025-09-02"),
    # "we now believe that some data has been affected"
    ("some-data-affected", "it now believed that some data", "claimed", "evertiq-2025-09-23"),
    # "some customer data has been compromised", in the first sentence
    ("customer-data-reported", "some customer data had been compromised", "claimed", "bloomberg-2025-09-10"),
    # "JLR believes that certain data related to current and former JLR employees and contractors was affected"
    ("staff-data-affected", "it believed that certain data", "claimed", "mint-2025-12-18"),
    # "one of the criminals, who claims to be the spokesperson for the group"
    ("extortion-claimed", "One who claims to be the group's spokesperson", "claimed", "bbc-2025-09-03"),
    ("images-from-inside", "introduced this as what an expert had speculated", "claimed", "bbc-2025-09-03"),
    ("group-claims-attack", "Scattered Lapsus$ Hunters", "claimed", "bbc-2025-09-03"),
    ("linked-as-fact", "is also responsible", "done", "bbc-2025-09-03"),
    ("linked-by-guardian", "linked to", "done", "guardian-2025-09-03"),
    ("rey-claims-attack", "calls himself Rey", "claimed", "inkl-2025-09-11"),
    # "considered reasonably likely that there could be a hostile state behind this, although we don't yet know"
    ("hostile-state-likely", "reasonably likely that there could be", "possible", "ft-2025-10"),
    ("hostile-state-likely", "did not yet know either way", "possible", "ft-2025-10"),
    # "appears to have been targeted by hackers more than a year before"
    ("targeted-a-year-before", "appears to have been targeted by hackers more than a year", "possible", "ft-2025-10"),
    ("gchq-asks-not-to-speculate", "told The Telegraph", "claimed", "cyber-daily-2025-10"),
    ("tcs-asked", "unconfirmed", "unconfirmed", "computer-weekly-2025-09-30"),
    ("russian-group-blamed", "as a digest passes on", "claimed", "cti-pilot-2026-06-28"),
    # "who took over from former boss Adrian Mardell in November"
    ("chief-executive-balaji", "in November 2025", "done", "car-dealer-2026-02-06"),
    ("chief-executive-mardell", "Adrian Mardell was JLR's chief executive", "done", "car-dealer-2025-10-07"),
]

# What their sources contradict.
WITHDRAWN = [
    "other-transcriptions-agree",  # the two papers differ from each other
    "chief-executive-first-name",  # one name, of another time
    "chief-executive-second-name",
    "linked-as-blame",  # the Guardian says "linked to"; blamed is Scattered Spider
    "targeted-months-before",  # the text was stored: more than a year
    "guarantee-a-poor-precedent",  # "unfortunate"
]


@pytest.mark.parametrize(("fact", "words", "status", "source"), SAID)
def test_a_fact_keeps_hedge_and_speaker_of_its_source(seed, fact, words, status, source):
    record = seed.records.facts[fact].record
    assert words in record.statement
    assert record.status == status
    assert source in {piece.source for piece in record.evidence}


@pytest.mark.parametrize("fact", WITHDRAWN)
def test_what_a_source_contradicts_is_gone(seed, fact):
    assert fact not in seed.records.facts


def test_the_chief_executives_are_of_two_times_and_no_conflict(seed):
    [step] = seed.supersessions.query("new == 'chief-executive-balaji'")["old"]
    assert step == "chief-executive-mardell"


def test_the_centre_s_work_is_drawn_from_no_day_before_the_attack(seed):
    # shut down on 31 August 2025; the bar once began on 1 August
    assert f"{seed.when('ncsc-since-3-september').start.earliest}" == "2025-09-03"
    assert f"{seed.when('ncsc-involved').start.earliest}" == "2025-09-25"


def test_telegraph_and_its_reprint_are_one_origin(seed):
    told = seed.supports.query("fact in ['gchq-asks-not-to-speculate', 'russia-line-of-enquiry']")
    assert set(told["origin"]) == {"telegraph-2025-10-13"}
