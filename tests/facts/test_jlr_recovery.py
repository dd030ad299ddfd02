"""The attack, the stop and the restart in the seed case: what its sources were read to say stands in the ledger."""

import pytest

from casebound.analysis import conflicts

# A fact, words that its statement holds, its status, and a source that bears it out, whose words stand above each.
READ = [
    # "We took immediate action to mitigate its impact by proactively shutting down our systems"
    ("disclosure", "to limit the impact", "done", "independent-2025-09-02"),
    # "our retail and production activities have been severely disrupted"
    (
        "disruption-disclosed",
        "its retail and production activities were severely disrupted",
        "done",
        "independent-2025-09-02",
    ),
    # "not to return before September 9, with the situation remaining under review"
    ("staff-away-until-9-september", "told production staff not to return", "done", "independent-2025-09-05"),
    # "now being kept on standby until at least Thursday"
    ("staff-away-until-11-september", "on standby, not to return before Thursday 11", "done", "independent-2025-09-09"),
    # "to stay off work until Monday at the earliest"
    ("staff-away-until-15-september", "Monday 15 September 2025 as the earliest", "done", "pa-2025-09-11"),
    # "to stay off work until Wednesday at the earliest"
    ("staff-away-until-17-september", "Wednesday 17 September 2025 as the earliest", "done", "car-dealer-2025-09-12"),
    # "we have extended the current pause in our production until Wednesday 24th September 2025"
    ("pause-extended-to-24-september", "extended its pause in production", "done", "collisionweek-2025-09-17"),
    # "as we build the timeline for the phased restart of our operations"
    ("pause-extended-to-1-october", "still building the timeline", "done", "pti-2025-09-23"),
    # "some sections of our manufacturing operations will resume in the coming days"
    ("restart-within-days", "some sections", "planned", "new-indian-express-2025-09-29"),
    # "sent home last Thursday, with no firm return date"
    ("staff-sent-home-4-september", "Thursday 4 September 2025", "done", "bbc-2025-09-10"),
    # "Only the company's joint venture in China appears to be operating normally"
    ("china-running", "possibly", "possible", "ndtv-2025-09-25"),
    # "This will enable our retail partners to continue to service our clients' vehicles"
    ("servicing-to-go-on", "would enable its retailers", "planned", "insurance-times-2025-09-26"),
    # "workers were carrying out 'testing' with production earmarked to return tomorrow (Oct 8)"
    ("wolverhampton-testing-6-october", "were testing on 6 October", "under way", "car-dealer-2025-10-07"),
    # "will provide qualifying JLR suppliers with cash-up-front"
    ("suppliers-paid-early", "announced a scheme to pay qualifying suppliers", "done", "jlr-2025-10-07"),
    # "manufacturing restarted on a phased basis from 8 October 2025"
    ("production-restarts", "in phases on 8 October 2025", "under way", "jlr-2025-11-14-body"),
    # "Today we've welcome back 1,000 employees to Wolverhampton", Luis Vara of JLR; the BBC has "about"
    ("wolverhampton-staff-return", "JLR said that about 1,000", "done", "independent-2025-10-08"),
    # "This began with the Wolverhampton engine plant and Birmingham battery centre"
    ("batteries-restart", "began again on 8 October", "under way", "autocar-2025-10-08"),
    # "stamping operations in Castle Bromwich, Halewood in Merseyside, and Solihull, have also resumed production"
    ("stamping-restart", "began again on 8 October", "under way", "independent-2025-10-08"),
    # "stopped production across its UK factories for five weeks"
    ("stop-five-weeks", "for five weeks", "done", "car-dealer-2025-11-14"),
    # the estimate rests on full production "by" early January 2026, and a full rate was expected "by" early December
    ("normal-in-early-january", "by early January", "planned", "investing-2025-10-22"),
    ("normal-in-early-december", "full rate by early December", "planned", "guardian-2025-10-31"),
    # "vehicle production returned to normal levels by mid-November"
    ("normal-in-mid-november", "by mid-November", "done", "jlr-2026-02-05"),
]


@pytest.mark.parametrize(("fact", "words", "status", "source"), READ, ids=[row[0] for row in READ])
def test_a_fact_says_what_its_source_was_read_to_say(seed, fact, words, status, source):
    row = seed.facts.loc[fact]
    assert words in row["statement"] and row["status"] == status
    pieces = seed.evidence[(seed.evidence["fact"] == fact) & (seed.evidence["stance"] == "supports")]
    assert source in set(pieces["source"])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("normal-in-mid-november", "production-normal"),  # "by mid-November", and "now" on 14 November
        ("no-manufacturing-until-october", "production-restarts"),  # "not until October 1", and 8 October
    ],
)
def test_what_was_so_by_a_day_is_not_at_odds_with_the_day(seed, one, other):
    table = conflicts.conflicts(seed)
    assert {one, other} not in [set(pair) for pair in zip(table["first"], table["second"], strict=True)]


@pytest.mark.parametrize("fact", ["staff-away-until-9-september", "pause-extended-to-1-october", "production-restarts"])
def test_no_statement_of_a_pause_is_called_a_promise_to_restart(seed, fact):
    assert (
        "promise" not in seed.facts.at[fact, "statement"] and "put the restart" not in seed.facts.at[fact, "statement"]
    )
