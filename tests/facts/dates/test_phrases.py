"""Phrases: the rules that make a date of a source's words, and what each of them needs."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebound.facts.dates.edtf import MONTHS, DateError, parse
from casebound.facts.dates.phrases import RULES, fitting, resolved
from casebound.facts.dates.said import Said

BASE = "2025-09-25"  # a Thursday
NBSP = "\u00a0"


def read(rule, phrase, base=BASE, direction="past", event=None):
    return resolved(rule, Said(phrase, parse(base) if base else None, direction, parse(event) if event else None))


@pytest.mark.parametrize(
    ("rule", "phrase", "text"),
    [
        ("exact-date", "25/09/2025", "2025-09-25"),
        ("exact-date", "Published: 08/09/2025", "2025-09-08"),
        ("exact-date", "on Thursday 25 September 2025", "2025-09-25"),
        ("named-day", "on 31 August", "2025-08-31"),
        ("named-day", "on 31 August 2027", "2027-08-31"),
        ("from-named-day", "since 3 September", "2025-09-03/.."),
        ("from-named-day", "since Monday", "2025-09-22/.."),
        ("named-week", "in the week of 8 September", "[2025-09-08..2025-09-14]"),
        ("named-week", "in the week of Wednesday 10 September", "[2025-09-10..2025-09-14]"),
        ("named-week", "in the week of 14 September", "2025-09-14"),  # a Sunday
        ("named-month", "in August", "2025-08"),
        ("named-month", "May", "2025-05"),
        ("named-year", "in 2019", "2019"),
        ("more-than-a-month-ago-in", "more than a month ago in August", "[2025-08-01..2025-08-24]"),
        ("more-than-a-month-ago-in", "over a month ago, in July", "[2025-07-01..2025-07-31]"),
        ("over-a-month", "for over a month", "[..2025-08-24]"),
        ("over-a-month", f"more{NBSP}than a month", "[..2025-08-24]"),
        ("today", "Earlier today", "2025-09-25"),
        ("today", "this morning", "2025-09-25"),
        ("yesterday", "yesterday evening", "2025-09-24"),
        ("yesterday", "last night", "2025-09-24"),
        ("tomorrow", "tomorrow", "2025-09-26"),
        ("overnight", "overnight", "[2025-09-24..2025-09-25]"),
        ("overnight", "overnight on Wednesday", "[2025-09-24..2025-09-25]"),
        ("overnight", "in the early hours", "[2025-09-24..2025-09-25]"),
        ("named-day", "in the early hours of 24 September", "2025-09-24"),
        ("weekday", "in the early hours of Wednesday", "2025-09-24"),
        ("weekday", "a Wednesday filing", "2025-09-24"),
        ("this-week", "this week", "[2025-09-22..2025-09-25]"),
        ("by-publication", "is open again", "../2025-09-25"),
        ("at-publication", "", "2025-09-25"),
        ("from-publication", "has begun", "2025-09-25/.."),
        ("since-named-month", "since August", "2025-08/2025-09-25"),
        ("part-of-month", "early September", "[2025-09-01..2025-09-10]"),
        ("part-of-month", "in mid-September", "[2025-09-11..2025-09-20]"),
        ("part-of-month", "late August", "[2025-08-21..2025-08-31]"),
        ("part-of-month", "late February 2024", "[2024-02-21..2024-02-29]"),
        ("part-of-month", "Early in December", "[2024-12-01..2024-12-10]"),
    ],
)
def test_a_rule_resolves_a_phrase_from_its_base(rule, phrase, text):
    assert read(rule, phrase) == [text]


@pytest.mark.parametrize(
    ("rule", "phrase", "reason"),
    [
        ("exact-date", "25 September", "no day and month and year"),
        ("exact-date", "09/25/2025", "not in the calendar"),
        ("exact-date", "1 to 24 August 2025", "more than one date"),
        ("overnight", "overnight on Monday", "none of the days"),
        ("overnight", "in the early hours of Monday", "early hours"),
        ("weekend", "the weekend of 6 September", "none of the days"),
        ("part-of-month", "in the early hours of 3 September", "a day of the month"),
        ("counted", "the following Monday", "name that fact as `event`"),
        ("named-day", "in October", "no day and month"),
        ("named-day", "on 31 September", "not in the calendar"),
        ("named-month", "weeks ago", "no month"),
        ("named-month", "on Friday", "no month"),
        ("named-month", "August or September", "more than one date"),
        ("more-than-a-month-ago-in", "more than a month ago", "no month"),
        ("more-than-a-month-ago-in", "in August", "more than a month"),
        ("more-than-a-month-ago-in", "more than a month ago in September", "no day of 2025-09"),
        ("over-a-month", "for weeks", "more than a month"),
        ("named-week", "on 8 September", '"week"'),
        ("named-week", "at the weekend of 8 September", '"week"'),
        ("named-week", "in that week", "no day"),
        ("today", "now", '"today"'),
        ("this-week", "week", '"this week"'),
        ("part-of-month", "late on Friday", "no month"),
        ("part-of-month", "in September", '"early"'),
        ("since-named-month", "since Monday", "no month"),
        ("named-day", "", "needs the phrase"),
    ],
)
def test_a_phrase_must_hold_what_its_rule_needs(rule, phrase, reason):
    with pytest.raises(DateError) as caught:
        read(rule, phrase)
    message = str(caught.value)
    assert reason in message
    assert repr(rule) in message
    assert repr(phrase) in message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("phrase", "base", "direction", "texts"),
    [
        ("on 29 December", "2026-01-06", "past", ["2025-12-29"]),
        ("on 6 January", "2026-01-06", "past", ["2026-01-06"]),
        ("on 7 January", "2026-01-06", "lasting", ["2025-01-07"]),
        ("on 29 February", "2025-03-01", "past", ["2024-02-29"]),
        ("on 31 December", "2026-01", "past", ["2025-12-31"]),
        ("in February", "2025-12-12", "future", ["2026-02"]),
        ("in December", "2025-12-12", "future", ["2025-12"]),
        ("in December", "2025-12-12", "past", ["2025-12"]),
        ("until October 1", "2025-09-25", "future", ["2025-10-01"]),
        ("in February 2025", "2025-12-12", "future", ["2025-02"]),  # a year in the phrase wins
        ("on 29 December", "2026-01-06", "either", ["2025-12-29", "2026-12-29"]),
        ("in January", "2026-01-06", "either", ["2026-01"]),
    ],
)
def test_a_day_or_month_without_a_year_takes_it_from_its_direction(phrase, base, direction, texts):
    assert read("named-month" if phrase.startswith("in") else "named-day", phrase, base, direction) == texts


@pytest.mark.parametrize("rule", ["weekday", "named-day"])
@pytest.mark.parametrize(
    ("phrase", "direction", "texts"),
    [
        ("on Wednesday afternoon", "past", ["2025-09-24"]),
        ("on Friday", "past", ["2025-09-19"]),
        ("on Friday", "future", ["2025-09-26"]),
        ("on Friday", "either", ["2025-09-19", "2025-09-26"]),
        ("a Thursday filing", "past", ["2025-09-25", "2025-09-18"]),  # the base's own weekday
        ("on Thursday", "future", ["2025-09-25", "2025-10-02"]),
        ("Tuesday evening", "past", ["2025-09-23"]),
        ("last Friday", "past", ["2025-09-19"]),
        ("last Wednesday", "past", ["2025-09-17", "2025-09-24"]),
        ("next Monday", "future", ["2025-09-29"]),
        ("next Friday", "future", ["2025-09-26", "2025-10-03"]),
        ("this Friday", "future", ["2025-09-26"]),
        ("in the early hours of Tuesday", "past", ["2025-09-23"]),
        ("late on Tuesday", "past", ["2025-09-23"]),
        ("Tuesday night", "past", ["2025-09-23", "[2025-09-23..2025-09-24]"]),
        ("Friday, 26 September", "future", ["2025-09-26"]),
        ("Thu. Sept. 18", "past", ["2025-09-18"]),
        ("on Wednesday the 24th of September", "past", ["2025-09-24"]),
    ],
)
def test_a_weekday_is_the_last_or_the_next_one(rule, phrase, direction, texts):
    assert read(rule, phrase, BASE, direction) == texts


@pytest.mark.parametrize(
    ("phrase", "base", "direction", "reason"),
    [
        ("Friday, 26 September", BASE, "past", "2024-09-26 is a Thursday"),
        ("Thursday, Sept. 26", BASE, "future", "2025-09-26 is a Friday"),
        ("Monday 25 September 2025", BASE, "past", "2025-09-25 is a Thursday"),
        ("Sat., Sept. 26", BASE, "future", "2025-09-26 is a Friday"),
        ("the Tuesday 24 September notice", BASE, "past", "2025-09-24 is a Wednesday"),
        ("on Friday or Saturday", BASE, "past", "more than one date"),
        ("the sun set", BASE, "past", "no weekday"),
        ("on Friday", "2025-09", "past", "not a single day"),
    ],
)
def test_a_weekday_that_is_not_that_of_its_day_is_refused(phrase, base, direction, reason):
    with pytest.raises(DateError, match=reason):
        read("weekday", phrase, base, direction)


@pytest.mark.parametrize(
    ("phrase", "base", "direction", "event", "texts"),
    [
        ("through Sept. 24", BASE, "past", None, ["../2025-09-24"]),
        ("through Sept. 24", BASE, "past", "2025-09-01", ["../2025-09-24", "2025-09-01/2025-09-24"]),
        ("until at least 24 September", "2025-09-16", "future", None, ["../2025-09-24", "2025-09-16/2025-09-24"]),
        (
            *("until at least 24 September", "2025-09-16", "lasting", None),
            ["../2024-09-24", "../2025-09-24", "2025-09-16/2025-09-24"],
        ),
        ("through Friday", "2025-09-16", "future", None, ["../2025-09-19", "2025-09-16/2025-09-19"]),
        ("until October", BASE, "future", None, ["../2025-10", "2025-09-25/2025-10"]),
        ("by 24 September", BASE, "past", None, ["[..2025-09-24]"]),
    ],
)
def test_what_lasts_through_a_day_ends_with_it(phrase, base, direction, event, texts):
    assert read("through", phrase, base, direction, event) == texts


@pytest.mark.parametrize(
    ("phrase", "base", "first", "last"),
    [
        ("from 1 to 24 September", BASE, "2025-09-01", "2025-09-24"),
        ("between 3 and 9 September", BASE, "2025-09-03", "2025-09-09"),
        ("from 28 December to 3 January", "2026-01-06", "2025-12-28", "2026-01-03"),
        ("from 28 August until 3 September 2025", BASE, "2025-08-28", "2025-09-03"),
        ("between August and October", "2025-11-01", "2025-08", "2025-10"),
        ("between Friday and Sunday", BASE, "2025-09-19", "2025-09-21"),
    ],
)
def test_two_days_are_a_choice_or_a_span(phrase, base, first, last):
    assert read("between", phrase, base) == [f"[{first}..{last}]", f"{first}/{last}"]


def test_one_day_or_another_is_a_choice_of_two():
    assert read("between", "on 3 or 9 September") == ["[2025-09-03,2025-09-09]"]


@pytest.mark.parametrize(
    ("rule", "phrase", "reason"),
    [
        ("between", "on 3 September", "two dates"),
        ("between", "on 1 May, 2 June and 3 July", "two dates"),
        ("between", "between days", "two dates"),
        ("through", "on 24 September", '"through"'),
        ("through", "through the summer", "no month"),
        ("through", "from 1 to 24 September", "more than one date"),
    ],
)
def test_a_span_needs_its_ends(rule, phrase, reason):
    with pytest.raises(DateError, match=reason):
        read(rule, phrase)


@pytest.mark.parametrize(
    ("rule", "phrase", "language", "text"),
    [
        ("exact-date", "09/10/2025", "en-US", "2025-09-10"),
        ("exact-date", "09/10/2025", "en-GB", "2025-10-09"),
        ("exact-date", "25.09.2025", "de", "2025-09-25"),
        ("weekday", "am Mittwoch", "de", "2025-09-24"),
        ("named-day", "Mittwoch, 24. September", "de", "2025-09-24"),
        ("named-day", "8. augusta", "sk", "2025-08-08"),
    ],
)
def test_a_phrase_is_read_in_its_language(rule, phrase, language, text):
    assert resolved(rule, Said(phrase, parse(BASE), "past", None, language)) == [text]


@pytest.mark.parametrize(
    ("phrase", "base", "direction", "saturdays"),
    [
        ("over the weekend", "2025-09-25", "past", ["2025-09-20"]),
        ("last weekend", "2025-09-25", "past", ["2025-09-20"]),
        ("last weekend", "2025-09-21", "past", ["2025-09-13"]),  # said on a Sunday
        ("this weekend", "2025-09-21", "past", ["2025-09-20"]),
        ("this weekend", "2025-09-25", "future", ["2025-09-27"]),
        ("next weekend", "2025-09-25", "future", ["2025-09-27", "2025-10-04"]),
        ("at the weekend", "2025-09-25", "either", ["2025-09-20", "2025-09-27"]),
    ],
)
def test_a_weekend_is_one_of_its_days_or_both(phrase, base, direction, saturdays):
    both = [(day, str(date.fromisoformat(day) + timedelta(days=1))) for day in saturdays]
    texts = [text for first, last in both for text in (f"[{first}..{last}]", f"{first}/{last}")]
    assert resolved("weekend", Said(phrase, parse(base), direction)) == texts


@pytest.mark.parametrize(
    ("phrase", "event", "day"),
    [
        ("the following Monday", "2025-09-07", "2025-09-08"),
        ("the following Sunday", "2025-09-07", "2025-09-14"),
        ("the previous Friday", "2025-09-07", "2025-09-05"),
        ("the preceding Sunday", "2025-09-07", "2025-08-31"),
        ("the following Monday", "[2025-09-05..2025-09-07]", "2025-09-08"),
        ("the following Monday", "[2025-09-07..2025-09-08]", "[2025-09-08..2025-09-15]"),
    ],
)
def test_a_weekday_may_be_counted_from_an_event(phrase, event, day):
    assert resolved("counted", Said(phrase, event=parse(event))) == [day]


def test_a_message_proposes_the_rules_that_fit():
    assert dict(fitting(Said("on Wednesday afternoon", parse(BASE), "past")))["weekday"] == ["2025-09-24"]
    assert next(fitting(Said("last month", parse(BASE), "past"))) == ("period", ["2025-08"])
    assert list(fitting(Said("at some time", parse(BASE), "past"))) == []


def test_an_unknown_rule_is_an_error_that_lists_the_rules():
    with pytest.raises(DateError) as caught:
        read("last-week", "last week")
    assert "'last-week'" in str(caught.value)
    assert all(rule in str(caught.value) for rule in RULES)


@pytest.mark.parametrize("rule", sorted(rule for rule, known in RULES.items() if "base" in known.needs))
def test_a_rule_that_starts_from_a_base_needs_one(rule):
    with pytest.raises(DateError, match="needs a base"):
        read(rule, "more than a month ago in early August this week", base=None)


@pytest.mark.parametrize("base", ["2024", "2024-02", "2024-02~"])
def test_the_month_or_year_of_a_source_is_kept(base):
    assert read("at-publication", "", base) == [base]
    assert read("by-publication", "", base) == [f"../{base}"]
    assert read("from-publication", "", base) == [f"{base}/.."]


def test_a_stamp_gives_its_day_and_several_days_the_last():
    assert read("at-publication", "", "2025-09-25T16:48+01:00") == ["2025-09-25"]
    assert read("by-publication", "", "[2025-09-24..2025-09-25]") == ["../2025-09-25"]


@pytest.mark.parametrize(
    ("base", "month", "text"),
    [
        ("2025-03-31", "February", "[2025-02-01..2025-02-27]"),
        ("2025-09-02", "August", "2025-08-01"),
        ("2026-01-20", "December", "[2025-12-01..2025-12-19]"),
    ],
)
def test_a_month_ago_is_counted_in_calendar_months(base, month, text):
    assert read("more-than-a-month-ago-in", f"more than a month ago in {month}", base) == [text]


@settings(deadline=None)
@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_more_than_a_month_ago_is_never_within_a_month(base):
    for number, name in enumerate(MONTHS, 1):
        try:
            found = parse(read("more-than-a-month-ago-in", f"over a month ago in {name}", str(base))[0])
        except DateError:
            assert (base.month - number) % 12 in (0, 1)
            continue
        assert found.latest.month == number
        months = (base.year - found.latest.year) * 12 + base.month - found.latest.month
        assert months > 1 or (months == 1 and found.latest.day < base.day)
        assert months <= 12


@settings(deadline=None)
@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_day_without_a_year_lies_on_its_side_of_the_base_and_is_the_nearest(base, day):
    phrase = f"on {day.day} {MONTHS[day.month - 1]}"
    past, future = (parse(read("named-day", phrase, str(base), way)[0]).latest for way in ("past", "future"))
    assert past <= base <= future
    assert (past.month, past.day) == (future.month, future.day) == (day.month, day.day)
    assert past == future == base or 365 <= (future - past).days <= (
        366 if (day.month, day.day) != (2, 29) else 8 * 366
    )


MOVED = """
weekday: on the day after Wednesday; Wednesday week; the week before Wednesday; every Wednesday; Wednesday before last
named-day: the day before 3 September; two weeks after 3 September; some time after 3 September
named-month: the month before September; before last September
yesterday: the day before yesterday
tomorrow: the day after tomorrow
part-of-month: the week after early September
"""


@pytest.mark.parametrize(
    ("rule", "phrase"),
    [
        (line.split(":")[0], each.strip())
        for line in MOVED.strip().splitlines()
        for each in line.split(": ")[1].split(";")
    ],
)
def test_words_that_move_a_date_and_that_the_rule_does_not_read_are_refused(rule, phrase):
    with pytest.raises(DateError, match="the rule does not read"):
        resolved(rule, Said(phrase, parse("2025-09-25")))


@pytest.mark.parametrize(
    ("rule", "phrase", "date"),
    [
        ("named-day", "on 3 September last year", "2024-09-03"),
        ("named-month", "in September last year", "2024-09"),
        ("part-of-month", "at the end of September", "[2025-09-21..2025-09-30]"),
        ("part-of-month", "at the beginning of September", "[2025-09-01..2025-09-10]"),
        ("today", "earlier today", "2025-09-25"),
    ],
)
def test_words_that_the_rule_reads_move_the_date(rule, phrase, date):
    assert date in resolved(rule, Said(phrase, parse("2025-09-25")))
