"""Reckoning: periods about a base, and days counted from it or from another fact's date."""

import pytest

from casebound.facts.dates.edtf import DateError, parse
from casebound.facts.dates.phrases import resolved
from casebound.facts.dates.said import Said


def read(rule, phrase, base="2025-09-25", direction="past", event=None):
    return resolved(rule, Said(phrase, parse(base), direction, parse(event) if event else None))


@pytest.mark.parametrize(
    ("phrase", "direction", "texts"),
    [
        ("last week", "past", ["[2025-09-15..2025-09-21]", "2025-09-15/2025-09-21"]),
        ("next week", "future", ["[2025-09-29..2025-10-05]", "2025-09-29/2025-10-05"]),
        ("this week", "future", ["[2025-09-25..2025-09-28]"]),
        ("later this week", "either", ["[2025-09-25..2025-09-28]"]),
        ("last month", "past", ["2025-08"]),
        ("next month", "future", ["2025-10"]),
        ("this month", "past", ["[2025-09-01..2025-09-25]", "2025-09"]),
        ("earlier this month", "past", ["[2025-09-01..2025-09-25]"]),
        ("this year", "future", ["[2025-09-25..2025-12-31]", "2025"]),
        ("last year", "past", ["2024"]),
        ("last quarter", "past", ["[2025-04..2025-06]", "2025-04/2025-06"]),
    ],
)
def test_a_period_lies_about_the_base(phrase, direction, texts):
    assert read("period", phrase, direction=direction) == texts


def test_a_period_about_new_year_or_a_month():
    assert read("period", "last month", "2026-01-06") == ["2025-12"]
    assert read("period", "last quarter", "2026-01-06")[0] == "[2025-10..2025-12]"
    assert read("period", "last month", "2024-02") == ["2024-01"]
    assert read("yesterday", "yesterday", "2024-02") == ["[2024-01-31..2024-02-28]"]


@pytest.mark.parametrize("base", ["2025-09-22", "2025-09-28"])
def test_this_week_is_from_its_monday_to_the_base(base):
    assert read("this-week", "this week", base) == [{"2025-09-22": base}.get(base, f"[2025-09-22..{base}]")]


@pytest.mark.parametrize(
    ("phrase", "base", "months"),
    [
        ("Q3 2025", "2026-02-05", "2025-07/2025-09"),
        ("in the third quarter", "2025-11-14", "2025-07/2025-09"),
        ("the third quarter of 2024", "2025-11-14", "2024-07/2024-09"),
        ("first-quarter", "2025-05-14", "2025-01/2025-03"),
        ("the fourth quarter", "2026-02-05", "2025-10/2025-12"),
        ("Q4", "2025-11-14", "2025-10/2025-12"),
    ],
)
def test_a_quarter_is_three_months_of_the_calendar_year(phrase, base, months):
    assert read("quarter", phrase, base) == [f"[{months.replace('/', '..')}]", months]


@pytest.mark.parametrize("phrase", ["Q2 FY26", "the second quarter of its financial year", "a quarter of staff", "Q5"])
def test_another_quarter_is_not_read(phrase):
    with pytest.raises(DateError, match="quarter"):
        read("quarter", phrase)


@pytest.mark.parametrize(
    ("phrase", "event", "texts"),
    [
        ("a day after", "2025-09-20", ["2025-09-21"]),
        ("two days before", "2025-09-20", ["2025-09-18"]),
        ("the following day", "2025-12-31", ["2026-01-01"]),
        ("the day before", "2025-09-20", ["2025-09-19"]),
        ("a week later", "[2025-09-01..2025-09-03]", ["[2025-09-08..2025-09-10]"]),
        ("Three days later", "2025-09-01/2025-09-03", ["2025-09-04", "2025-09-06"]),  # after its beginning or its end
        ("the following week", "2025-09-03", ["[2025-09-08..2025-09-14]", "2025-09-08/2025-09-14"]),
        ("a month later", "2025-12-01", ["2026-01"]),
        ("three months earlier", "2025-09", ["2025-06"]),
        ("hours later", "2025-09-01", ["2025-09-01", "[2025-09-01..2025-09-02]"]),
        ("48 hours before", "2025-09-10", ["2025-09-08", "[2025-09-07..2025-09-08]"]),
        ("two days later", "[..2025-09-01]", ["[..2025-09-03]"]),
        ("two days ago", None, ["2025-09-23"]),
        ("in three days", None, ["2025-09-28"]),
        ("two months ago", None, ["2025-07"]),
        ("hours ago", None, ["2025-09-25", "[2025-09-24..2025-09-25]"]),
    ],
)
def test_days_are_counted_from_an_event_or_the_base(phrase, event, texts):
    assert read("counted", phrase, event=event) == texts


@pytest.mark.parametrize(
    ("phrase", "event", "reason"),
    [
        ("a day later", None, "name that fact as `event`"),
        ("days later", "2025-09-01", "exactly"),
        ("about a week later", "2025-09-01", "exactly"),
        ("more than two days later", "2025-09-01", "exactly"),
        ("for three days", "2025-09-01", "exactly"),
        ("soon after", "2025-09-01", "exactly"),
        ("a month later", "../2025-09-01", "no first or no last day"),
    ],
)
def test_what_is_not_counted_exactly_is_refused(phrase, event, reason):
    with pytest.raises(DateError, match=reason):
        read("counted", phrase, event=event)
