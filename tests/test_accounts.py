"""Where the accounts of the seed case differ: every conflict that its sources were found to hold is in the ledger."""

import pytest

from casebound.analysis import conflicts

# The article against better-placed sources
ARTICLE = [
    ("the month of the attack", "attack-date", "attack-began", "systems-shut-down", "date"),
    ("a halt of over a month", "stop-date", "halted-over-a-month-caption", "staff-told-to-stay-home", "date"),
    ("the factories that stood still", "plants", "factories-halted", "uk-plants", "scope"),
    ("production said to resume", "production-state", "production-resuming-caption", "factories-still-shut", "status"),
    ("the parts centre", "parts-state", "parts-centre-back", "parts-centre-on-its-way", "status"),
    ("one country or four", "countries", "factory-shutdowns-countrywide", "plants-worldwide-stopped", "scope"),
    ("since when the NCSC was involved", "ncsc-start", "ncsc-involved", "ncsc-since-3-september", "date"),
    ("the Chancellor's words", "chancellor-words", "chancellor-words-vary", "ncsc-involved", "wording"),
    ("when 1 October was named", "october-named", "october-warned-at-once", "pause-extended-to-1-october", "date"),
    ("data not confirmed, and admitted", "data-taken", "customer-data-unconfirmed", "some-data-affected", "hedge"),
]
# Inside the article
INSIDE = [
    ("a caption's halt", "halt-over", "halted-over-a-month-caption", "no-manufacturing-until-october", "wording"),
    (
        *("a caption's restart", "production-state", "no-manufacturing-until-october"),
        *("production-resuming-caption", "status"),
    ),
    ("data possible, and not confirmed", "data-taken", "data-may-be-accessed", "customer-data-unconfirmed", "hedge"),
]
# Between the other sources
OTHERS = [
    ("the day of the shutdown", "attack-date", "systems-shut-down", "systems-shut-down-september", "date"),
    ("the length of the stop", "stop-length", "stop-five-weeks", "stop-almost-six-weeks", "scope"),
    ("staff sent home", "stop-date", "staff-sent-home-4-september", "production-stopped-september", "date"),
    ("China", "china-state", "china-stopped", "china-running", "status"),
    (
        *("Wolverhampton", "wolverhampton-state", "wolverhampton-restarted-6-october"),
        *("wolverhampton-testing-6-october", "status"),
    ),
    ("two officials on the NCSC", "ncsc-start", "ncsc-involved", "ncsc-since-3-september", "date"),
    ("the day of the visit", "visit-date", "gaydon-meeting", "visit-on-24-september", "date"),
    ("the guarantee on the 27th", "guarantee-date", "guarantee-announced", "guarantee-on-27-september", "date"),
    ("the guarantee on the 29th", "guarantee-date", "guarantee-announced", "guarantee-on-29-september", "date"),
    ("whether it helped", "guarantee-use", "guarantee-undrawn-october", "guarantee-to-protect-jobs", "status"),
    ("100,000 jobs or 104,000", "supply-chain-jobs", "supply-chain-jobs-104000", "supply-chain-jobs-100000", "value"),
    ("104,000 jobs or 120,000", "supply-chain-jobs", "supply-chain-jobs-120000", "supply-chain-jobs-104000", "value"),
    ("120,000 jobs or 200,000", "supply-chain-jobs", "supply-chain-jobs-120000", "supply-chain-jobs-200000", "value"),
    ("a loss a week, measured twice", "loss-rate", "modelled-loss-a-week", "loss-a-week", "scope"),
    ("profit a day, sales a day", "loss-rate", "lost-profit-a-day", "lost-sales-a-day", "scope"),
    ("normal by January", "normal-date", "normal-in-early-january", "production-normal", "forecast"),
    ("normal by December", "normal-date", "normal-in-early-december", "production-normal", "forecast"),
    ("output in September", "gdp-september", "gdp-september-first", "gdp-september-revised", "revision"),
    ("whose data", "whose-data", "customer-data-reported", "some-data-affected", "scope"),
    ("insurance", "insurance", "insurance-declined", "insurance-not-finalised", "status"),
    ("talks on insurance", "insurance", "insurance-declined", "insurance-in-talks", "status"),
    ("the 6,000", "staff-effects", "suppliers-staff-sent-home", "suppliers-lay-off", "scope"),
    ("the headquarters", "headquarters", "coventry-headquarters", "gaydon-headquarters", "scope"),
    ("who did it", "attacker", "group-claims-attack", "russian-group-blamed", "name"),
    ("talks on money", "help-in-money", "talks-on-support-planned", "no-talk-of-money", "status"),
    (
        *("support for suppliers", "support-reaches-suppliers", "finance-not-reaching-suppliers"),
        *("small-firms-receive-support", "status"),
    ),
    ("who led the investigation", "investigation-lead", "crime-agency-leads", "cyber-centre-leads", "name"),
]


@pytest.fixture(scope="module")
def found(seed):
    """Return the kind of each conflict by its question and its two facts."""
    table = conflicts.conflicts(seed)
    rows = table.astype(object).where(table.notna(), None).itertuples()
    return {(row.question, frozenset((row.first, row.second))): row.kind for row in rows}


@pytest.mark.parametrize(
    ("question", "first", "second", "kind"),
    [pytest.param(*rest, id=name) for name, *rest in ARTICLE + INSIDE + OTHERS],
)
def test_the_ledger_holds_each_conflict_that_the_sources_hold(found, question, first, second, kind):
    assert found.get((question, frozenset((first, second)))) == kind


def test_each_conflict_stands_in_the_register_under_its_question(seed):
    asks = {question.id: question.asks for question in seed.case.questions}
    register = conflicts.register(seed)
    for _, question, first, second, kind in ARTICLE + INSIDE + OTHERS:
        of_it = [one for one in register if {first, second} <= set(one.facts) and kind in one.kinds]
        assert any(one.asks == asks[question] for one in of_it), (first, second)


def test_the_article_alone_is_at_odds_with_itself_only(article):
    table = conflicts.conflicts(article)
    pairs = {frozenset(pair) for pair in zip(table["first"], table["second"], strict=True)}
    assert pairs == {frozenset((first, second)) for _, _, first, second, _ in INSIDE}
