"""Phrases: the rules that make a date of a source's words, and what each of them needs."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebound.facts.dates.edtf import MONTHS, DateError, parse
from casebound.facts.dates.phrases import RULES, resolved

BASE = date(2025, 9, 25)
NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("rule", "phrase", "text"),
    [
        ("exact-date", "25/09/2025", "2025-09-25"),
        ("exact-date", "Published: 08/09/2025", "2025-09-08"),
        ("exact-date", "on Thursday 25 September 2025", "2025-09-25"),
        ("named-day", "until October 1", "2025-10-01"),
        ("named-day", "on 31 August", "2025-08-31"),
        ("from-named-day", "since 3 September", "2025-09-03/.."),
        ("named-week", "in the week of 8 September", "[2025-09-08..2025-09-14]"),
        ("named-week", "in the week of Wednesday 10 September", "[2025-09-10..2025-09-14]"),
        ("named-week", "in the week of 14 September", "2025-09-14"),  # a Sunday
        ("named-month", "in August", "2025-08"),
        ("named-month", "May", "2025-05"),
        ("more-than-a-month-ago-in", "more than a month ago in August", "[2025-08-01..2025-08-24]"),
        ("more-than-a-month-ago-in", "over a month ago, in July", "[2025-07-01..2025-07-31]"),
        ("over-a-month", "for over a month", "[..2025-08-24]"),
        ("over-a-month", f"more{NBSP}than a month", "[..2025-08-24]"),
        ("today", "Earlier today", "2025-09-25"),
        ("yesterday", "yesterday evening", "2025-09-24"),
        ("this-week", "this week", "[2025-09-22..2025-09-25]"),
        ("by-publication", "is open again", "../2025-09-25"),
        ("at-publication", "", "2025-09-25"),
        ("from-publication", "has begun", "2025-09-25/.."),
        ("since-named-month", "since August", "2025-08/2025-09-25"),
    ],
)
def test_a_rule_resolves_a_phrase_from_its_base(rule, phrase, text):
    assert resolved(rule, phrase, BASE) == text


@pytest.mark.parametrize(
    ("rule", "phrase", "reason"),
    [
        ("exact-date", "25 September", "no day and month and year"),
        ("exact-date", "09/25/2025", "not in the calendar"),
        ("exact-date", "1 to 24 August 2025", "more than one date"),
        ("named-day", "in October", "no day and month"),
        ("named-month", "weeks ago", "no month"),
        ("named-month", "August or September", "more than one date"),
        ("more-than-a-month-ago-in", "more than a month ago", "no month"),
        ("more-than-a-month-ago-in", "in August", "more than a month"),
        ("more-than-a-month-ago-in", "more than a month ago in September", "no day of 2025-09"),
        ("over-a-month", "for weeks", "more than a month"),
        ("named-week", "on 8 September", '"week"'),
        ("named-week", "in that week", "no day"),
        ("today", "now", '"today"'),
        ("this-week", "week", '"this week"'),
        ("since-named-month", "since October", "ends before it starts"),
    ],
)
def test_a_phrase_must_hold_what_its_rule_needs(rule, phrase, reason):
    with pytest.raises(DateError) as caught:
        resolved(rule, phrase, BASE)
    message = str(caught.value)
    assert reason in message
    assert repr(rule) in message
    assert repr(phrase) in message
    assert "\n" not in message


def test_an_unknown_rule_is_an_error_that_lists_the_rules():
    with pytest.raises(DateError) as caught:
        resolved("last-week", "last week", BASE)
    assert "'last-week'" in str(caught.value)
    assert all(rule in str(caught.value) for rule in RULES)


def test_this_week_is_one_day_on_a_monday():
    assert resolved("this-week", "this week", date(2025, 9, 22)) == "2025-09-22"
    assert resolved("this-week", "this week", date(2025, 9, 28)) == "[2025-09-22..2025-09-28]"


@pytest.mark.parametrize(
    ("base", "month", "text"),
    [
        (date(2025, 3, 31), "February", "[2025-02-01..2025-02-27]"),
        (date(2025, 9, 2), "August", "2025-08-01"),
        (date(2026, 1, 20), "December 2025", "[2025-12-01..2025-12-19]"),
    ],
)
def test_a_month_ago_is_counted_in_calendar_months(base, month, text):
    assert resolved("more-than-a-month-ago-in", f"more than a month ago in {month}", base) == text


@settings(deadline=None)
@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_more_than_a_month_ago_is_never_within_a_month(base):
    for number, name in enumerate(MONTHS, 1):
        try:
            found = parse(resolved("more-than-a-month-ago-in", f"over a month ago in {name}", base))
        except DateError:
            assert (base.year, number) >= (base.year, base.month - 1)
            continue
        assert found.latest.month == number
        months = (base.year - found.latest.year) * 12 + base.month - found.latest.month
        assert months > 1 or (months == 1 and found.latest.day < base.day)
