"""The seed case says what its sources say, with hedge, scope, speaker and day, and records where they differ."""

import pytest

from casebound.analysis import conflicts

# A fact, words of its statement, its status, and a source that says so.
READ = [
    # the attack and the stop
    ("disclosure", "at once shut down its own systems to limit the impact", "done", "independent-2025-09-02"),
    ("staff-told-to-stay-home", "were told on 1 September", "done", "lbndaily-2025-09-02"),
    ("production-stopped-september", "stood still from 1 September", "done", "ft-2025-09-25"),
    ("china-running", "possibly", "possible", "ndtv-2025-09-25"),  # "appears to be"
    ("stop-five-weeks", "PA Media gave", "done", "car-dealer-2025-11-14"),
    # what staff were told, and then the public: a pause extended is no restart promised
    ("staff-away-until-9-september", "told production staff not to return", "done", "pa-2025-09-05"),
    ("staff-away-until-17-september", "Wednesday 17 September 2025 as the earliest", "done", "car-dealer-2025-09-12"),
    ("pause-extended-to-1-october", "still building the timeline", "done", "pti-2025-09-23"),
    ("restart-within-days", "some sections", "planned", "shropshire-star-2025-09-29"),
    # the restart
    ("sales-faster", "JLR said that", "done", "insurance-times-2025-09-26"),
    ("wolverhampton-testing-6-october", "reported on 7 October 2025", "under way", "car-dealer-2025-10-07"),
    ("production-restarts", "in phases on 8 October 2025", "under way", "jlr-2025-11-14-body"),
    ("halewood-planned", "JLR said that", "planned", "rte-2025-10-09"),
    ("stamping-restart", "began again on 8 October", "under way", "independent-2025-10-08"),
    ("normal-in-early-january", "by early January", "planned", "investing-2025-10-22"),
    ("normal-in-mid-november", "by mid-November", "done", "jlr-2026-02-05"),
    # effects
    ("members-laid-off-on-reduced-pay", "reduced or zero pay", "claimed", "pa-2025-09-17"),
    ("suppliers-staff-sent-home", "employ over 6,000 people", "claimed", "lbndaily-2025-09"),
    # costs: the causes of revenue, volumes and loss, and what the joint venture is in
    ("causes-of-lower-revenue", "two causes of its lower revenue", "claimed", "jlr-2025-11-14"),
    ("wholesales-to-september", "without its joint venture in China", "done", "jlr-2025-10-07-volumes"),
    ("retail-sales-to-september", "its joint venture in China included", "done", "jlr-2025-10-07-volumes"),
    ("lost-profit-a-day", "could be costing", "possible", "bbc-2025-09-10"),
    ("most-damaging-event", "appears to be", "possible", "reuters-2025-10-22"),
    ("uk-cost-could-rise", "could be higher", "possible", "professional-security-2025-10"),
    ("vehicles-lost", "finance chief, Richard Molyneux, said", "claimed", "jlr-results-report-2026-02"),
    ("gdp-september-revised", "pharmaceutical", "done", "pa-2026-01-15"),
    # the response
    ("ncsc-since-3-september", "since 3 September 2025", "claimed", "hansard-2025-09-09"),
    ("gaydon-meeting", "On 23 September 2025", "done", "dbt-2025-09-24"),
    ("jlr-leads-on-suppliers", "taking the lead on support for its own", "claimed", "computer-weekly-2025-09-19"),
    ("ukef-outside-its-rules", "overall risk of JLR was acceptable", "claimed", "gtr-2025-10-31"),
    ("ukef-outside-its-rules", "outside the agency's normal underwriting criteria", "claimed", "gtr-2025-10-31"),
    ("ministerial-instruction", "exceeded the agency's normal risk appetite", "done", "gtr-2025-10-31"),
    ("guarantee-covers-part", "typically up to 80 per cent", "done", "ft-2025-09-28"),
    ("guarantee-to-protect-jobs", "would help support the supply chain and protect", "pledged", "dbt-2025-09-29"),
    ("chancellor-words-vary", "in a different sentence", "done", "shropshire-star-2025-09-25"),
    # attribution and data
    ("group-claims-attack", "Scattered Lapsus$ Hunters", "claimed", "bbc-2025-09-03"),
    ("extortion-claimed", "One who claims to be the group's spokesperson", "claimed", "bbc-2025-09-03"),
    ("images-from-inside", "introduced this as what an expert had speculated", "claimed", "bbc-2025-09-03"),
    ("linked-as-fact", "is also responsible", "done", "bbc-2025-09-03"),
    ("rey-claims-attack", "calls himself Rey", "claimed", "inkl-2025-09-11"),
    ("hostile-state-likely", "reasonably likely that there could be", "possible", "ft-2025-10"),
    ("hostile-state-likely", "did not yet know either way", "possible", "ft-2025-10"),
    ("targeted-a-year-before", "appears to have been targeted by hackers more than a year", "possible", "ft-2025-10"),
    ("organised-crime-not-ruled-out", "A person with direct knowledge", "unconfirmed", "ft-2025-10"),
    ("russia-line-of-enquiry", "no final assessment had been made", "possible", "telegraph-2025-10-13"),
    ("russian-group-not-official", "investigators say that they cannot", "unconfirmed", "cti-pilot-2026-06-28"),
    ("gchq-asks-not-to-speculate", "told The Telegraph", "claimed", "cyber-daily-2025-10"),
    ("tcs-asked", "unconfirmed", "unconfirmed", "computer-weekly-2025-09-30"),
    ("russian-group-blamed", "as a digest passes on", "claimed", "cti-pilot-2026-06-28"),
    ("no-customer-data-evidence", "at this stage there was no evidence", "unconfirmed", "independent-2025-09-02"),
    ("some-data-affected", "it now believed that some data", "claimed", "pymnts-2025-09-16"),
    ("customer-data-reported", "some customer data had been compromised", "claimed", "bloomberg-2025-09-10"),
    ("staff-data-affected", "it believed that certain data", "claimed", "mint-2025-12-18"),
    # who led the company, and when
    ("chief-executive-balaji", "in November 2025", "done", "car-dealer-2026-02-06"),
]

# Accounts that differ: the question, two facts that answer it, the kind of conflict.
AGAINST_THE_ARTICLE = [
    ("attack-date", "attack-began", "systems-shut-down", "date"),
    ("stop-date", "halted-over-a-month-caption", "staff-told-to-stay-home", "date"),
    ("plants", "factories-halted", "uk-plants", "scope"),
    ("production-state", "production-resuming-caption", "factories-still-shut", "status"),
    ("parts-state", "parts-centre-back", "parts-centre-on-its-way", "status"),
    ("countries", "factory-shutdowns-countrywide", "plants-worldwide-stopped", "scope"),
    ("ncsc-start", "ncsc-involved", "ncsc-since-3-september", "date"),
    ("chancellor-words", "chancellor-words-vary", "ncsc-involved", "wording"),
    ("october-named", "october-warned-at-once", "pause-extended-to-1-october", "date"),
    ("data-taken", "customer-data-unconfirmed", "some-data-affected", "hedge"),
]
INSIDE_THE_ARTICLE = [
    ("halt-over", "halted-over-a-month-caption", "no-manufacturing-until-october", "wording"),
    ("production-state", "no-manufacturing-until-october", "production-resuming-caption", "status"),
    ("data-taken", "data-may-be-accessed", "customer-data-unconfirmed", "hedge"),
]
BETWEEN_THE_OTHERS = [
    ("attack-date", "systems-shut-down", "systems-shut-down-september", "date"),
    ("stop-length", "stop-five-weeks", "stop-almost-six-weeks", "scope"),
    ("china-state", "china-stopped", "china-running", "status"),
    ("wolverhampton-state", "wolverhampton-restarted-6-october", "wolverhampton-testing-6-october", "status"),
    ("guarantee-date", "guarantee-announced", "guarantee-on-27-september", "date"),
    ("guarantee-use", "guarantee-undrawn-october", "guarantee-to-protect-jobs", "status"),
    ("supply-chain-jobs", "supply-chain-jobs-104000", "supply-chain-jobs-100000", "value"),
    ("loss-rate", "modelled-loss-a-week", "loss-a-week", "scope"),
    ("normal-date", "normal-in-early-january", "production-normal", "forecast"),
    ("gdp-september", "gdp-september-first", "gdp-september-revised", "revision"),
    ("whose-data", "customer-data-reported", "some-data-affected", "scope"),
    ("insurance", "insurance-declined", "insurance-not-finalised", "status"),
    ("staff-effects", "suppliers-staff-sent-home", "suppliers-lay-off", "scope"),
    ("attacker", "group-claims-attack", "russian-group-blamed", "name"),
    ("help-in-money", "talks-on-support-planned", "no-talk-of-money", "status"),
    ("support-reaches-suppliers", "finance-not-reaching-suppliers", "small-firms-receive-support", "status"),
]


@pytest.mark.parametrize(("fact", "words", "status", "source"), READ)
def test_a_fact_says_what_its_source_was_read_to_say(seed, fact, words, status, source):
    record = seed.records.facts[fact].record
    assert words in record.statement and record.status == status
    assert source in {piece.source for piece in record.evidence if piece.stance == "supports"}


def test_nothing_names_the_tariffs_as_a_cause_of_the_lower_revenue(seed):
    assert "tariff" not in " ".join(piece["says"] for piece in seed.carriers["causes-of-lower-revenue"])


def test_no_statement_of_a_pause_is_called_a_restart_put_back(seed):
    statements = seed.facts["statement"][["staff-away-until-9-september", "pause-extended-to-1-october"]]
    assert not statements.str.contains("promise|put the restart").any()


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("normal-in-mid-november", "production-normal"),  # "by mid-November", and "now" on 14 November
        ("no-manufacturing-until-october", "production-restarts"),  # "not until", and a week later
        ("chief-executive-mardell", "chief-executive-balaji"),  # one followed the other
    ],
)
def test_what_was_so_at_two_times_is_no_conflict(seed, earlier, later):
    table = conflicts.conflicts(seed)
    assert {earlier, later} not in [set(pair) for pair in zip(table["first"], table["second"], strict=True)]


def test_nothing_is_dated_before_the_attack_because_it_lasts_since_then(seed):
    assert f"{seed.when('ncsc-since-3-september').start.earliest}" == "2025-09-03"
    assert f"{seed.when('ncsc-involved').start.earliest}" == "2025-09-25"  # the day on which it was said


def test_a_paper_and_one_that_passes_on_its_words_are_one_origin(seed):
    supports = seed.supports.query("fact in ['gchq-asks-not-to-speculate', 'russia-line-of-enquiry']")
    assert set(supports["origin"]) == {"telegraph-2025-10-13"}


@pytest.fixture(scope="module")
def kinds(seed):
    """Return the kind of each conflict by its question and its two facts."""
    rows = conflicts.conflicts(seed).itertuples()
    return {(row.question, frozenset((row.first, row.second))): row.kind for row in rows}


@pytest.mark.parametrize(
    ("question", "first", "second", "kind"), AGAINST_THE_ARTICLE + INSIDE_THE_ARTICLE + BETWEEN_THE_OTHERS
)
def test_a_conflict_between_accounts_is_found_and_stands_in_the_register(seed, kinds, question, first, second, kind):
    assert kinds.get((question, frozenset((first, second)))) == kind
    [asks] = [each.asks for each in seed.case.questions if each.id == question]
    matters = [each for each in conflicts.register(seed) if each.asks == asks]
    assert any({first, second} <= set(each.facts) and kind in each.kinds for each in matters)


def test_the_article_alone_is_at_odds_with_itself_only(article):
    table = conflicts.conflicts(article)
    pairs = {frozenset(pair) for pair in zip(table["first"], table["second"], strict=True)}
    assert pairs == {frozenset((first, second)) for _, first, second, _ in INSIDE_THE_ARTICLE}
