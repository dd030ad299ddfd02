"""Mentions: calendar expressions found in prose, with the parts that they state, and what only looks like one."""

from datetime import date

import pytest
from babel import Locale
from babel.dates import format_date
from hypothesis import given, settings
from hypothesis import strategies as st

from casebound.facts.dates.edtf import MONTHS
from casebound.facts.dates.mentions import dates_in

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("prose", "found"),
    [
        ("on 25 September 2025.", [("25 September 2025", 25, 9, 2025)]),
        (f"on 25{NBSP}September{NBSP}2025.", [(f"25{NBSP}September{NBSP}2025", 25, 9, 2025)]),
        ("by September 25, again", [("September 25", 25, 9, None)]),
        ("September 25, 2025", [("September 25, 2025", 25, 9, 2025)]),
        ("until 1 October", [("1 October", 1, 10, None)]),
        ("the 22nd of September", [("22nd of September", 22, 9, None)]),
        ("September 2025", [("September 2025", None, 9, 2025)]),
        ("October's figures", [("October", None, 10, None)]),
        ("Sept. 25 and Oct 2025", [("Sept. 25", 25, 9, None), ("Oct 2025", None, 10, 2025)]),
        ("2025-09-25", [("2025-09-25", 25, 9, 2025)]),
        ("2025-09-25T16:48+01:00", [("2025-09-25", 25, 9, 2025)]),
        ("25/09/2025", [("25/09/2025", 25, 9, 2025)]),
        ("1–24 August 2025", [("1", 1, 8, 2025), ("24 August 2025", 24, 8, 2025)]),
        ("between 1 and 24 August 2025", [("1", 1, 8, 2025), ("24 August 2025", 24, 8, 2025)]),
        ("10 or 12 September 2025", [("10", 10, 9, 2025), ("12 September 2025", 12, 9, 2025)]),
        ("August 1–24, 2025", [("August 1", 1, 8, 2025), ("24, 2025", 24, 8, 2025)]),
        ("31 August to 2 September", [("31 August", 31, 8, None), ("2 September", 2, 9, None)]),
        ("30 February 2025", [("30 February 2025", 30, 2, 2025)]),
        ("in 2025, since 2019", [("2025", None, None, 2025), ("2019", None, None, 2019)]),
        ("in May, mid-March", [("May", None, 5, None), ("March", None, 3, None)]),
        ("May 2025, 12 March", [("May 2025", None, 5, 2025), ("12 March", 12, 3, None)]),
        ("Mrs May said it may march on. March! Jan left.", []),
        ("an august body, the second december", []),
        ("2025 people, £25, 30,000 homes, 16:48, 9/11", []),
        ("August 30,000", [("August", None, 8, None)]),
        ("October 30% and October 7 per cent", [("October", None, 10, None)] * 2),
        ("back in October. 25 people left", [("October", None, 10, None)]),
        ("£25 September", [("September", None, 9, None)]),
        ("32 September", [("September", None, 9, None)]),
        ("Augustan, Mayor, Decoy 5", []),
    ],
)
def test_dates_in_prose_are_found_with_their_parts(prose, found):
    assert [(m.text, m.day, m.month, m.year) for m in dates_in(prose)] == found


@pytest.mark.parametrize(
    ("prose", "weekday"),
    [
        ("on Friday", 5),
        ("Friday 26 September 2025", 5),
        ("on Monday, September 1", 1),
        ("on Wednesday the 1st of October", 3),
        ("a Thursday filing", 4),
        ("Tuesday evening", 2),
        ("Sat, 4 Oct 2025", 6),
        ("Sunday 05/10/2025", 7),
    ],
)
def test_a_weekday_is_part_of_a_date_or_one_by_itself(prose, weekday):
    assert [m.weekday for m in dates_in(prose)] == [weekday]


@pytest.mark.parametrize("prose", ["Fridays", "he sat down", "the sun", "Mon ami", "a friday"])
def test_what_only_looks_like_a_weekday_is_none(prose):
    assert dates_in(prose) == ()


def test_each_day_of_a_span_has_its_weekday():
    found = dates_in("from Monday 22 to Friday 26 September 2025")
    assert [(m.text, m.day, m.month, m.weekday) for m in found] == [
        ("Monday 22", 22, 9, 1),
        ("Friday 26 September 2025", 26, 9, 5),
    ]


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en-US", "09/10/2025", (10, 9, 2025, None)),
        ("en-GB", "09/10/2025", (9, 10, 2025, None)),
        ("en-US", "9/25/25", (25, 9, 2025, None)),
        ("en-CA", "09/10/2025", (10, 9, 2025, None)),
        ("en-ZA", "09/10/2025", (9, 10, 2025, None)),
        ("sv", "9/10/2025", (9, 10, 2025, None)),
        ("de", "25.09.2025", (25, 9, 2025, None)),
        ("cs", "25. 9. 2025", (25, 9, 2025, None)),
        ("nl", "25-09-2025", (25, 9, 2025, None)),
        ("ja", "2025/09/25", (25, 9, 2025, None)),
        ("de", "Freitag, 26. September 2025", (26, 9, 2025, 5)),
        ("nb", "fredag 26. september", (26, 9, None, 5)),
        ("fr", "le 25 septembre 2025", (25, 9, 2025, None)),
        ("fr", "vendredi 1er août", (1, 8, None, 5)),
        ("es", "25 de septiembre de 2025", (25, 9, 2025, None)),
        ("pt-BR", "setembro de 2025", (None, 9, 2025, None)),
        ("ca", "25 d’octubre", (25, 10, None, None)),
        ("ru", "25 сентября 2025 г.", (25, 9, 2025, None)),
        ("hu", "2025. szeptember 25.", (25, 9, 2025, None)),
        ("ja", "は2025年9月25日に", (25, 9, 2025, None)),
        ("ko", "2025년 9월 25일", (25, 9, 2025, None)),
        ("ar", "٢٥ سبتمبر ٢٠٢٥", (25, 9, 2025, None)),
        ("de", "im Oktober. 25 Leute", (None, 10, None, None)),
        ("de", "im Jahr 2025", (None, None, 2025, None)),
        ("fr", "en SEPTEMBRE", (None, 9, None, None)),
    ],
)
def test_dates_are_read_by_their_language(language, text, found):
    assert [(m.day, m.month, m.year, m.weekday) for m in dates_in(text, language)] == [found]


@pytest.mark.parametrize(
    "language", "en-GB en-US en-CA de fr es it pt nl da sv nb fi pl cs ro el ru uk tr hi ja zh ko".split()
)
@pytest.mark.parametrize("width", ["full", "long", "medium"])
@pytest.mark.parametrize("moment", [date(2025, 9, 25), date(2024, 5, 1), date(2026, 12, 12)])
def test_a_date_that_cldr_writes_is_read_again(language, width, moment):
    text = format_date(moment, width, locale=Locale.parse(language, sep="-"))
    assert (moment.day, moment.month, moment.year) in [(m.day, m.month, m.year) for m in dates_in(text, language)]


@pytest.mark.parametrize("language", [None, "", "xx", "x", "de-XX", "1", "-", "nonsense"])
def test_a_code_that_cldr_does_not_know_is_no_error(language):
    assert [m.day for m in dates_in("2025-09-25", language)] == [25]


@settings(deadline=None)
@given(st.text() | st.lists(st.sampled_from([*"0125 -–/,.", "May", "in ", "October", "2025", "to"])).map("".join))
def test_mentions_stand_where_they_say_in_order_and_apart(text):
    ended = 0
    for mention in dates_in(text):
        assert text[mention.start : mention.end] == mention.text
        assert ended <= mention.start < mention.end
        ended = mention.end


@settings(deadline=None)
@given(
    st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["%Y-%m-%d", "%d/%m/%Y", "{d} {m} {y}", "{m} {d}, {y}"]),
)
def test_a_written_date_is_found_again(moment, shape):
    names = {"d": moment.day, "m": MONTHS[moment.month - 1], "y": moment.year}
    text = moment.strftime(shape) if "%" in shape else shape.format(**names)
    assert [(m.day, m.month, m.year) for m in dates_in(f"On {text}.")] == [(moment.day, moment.month, moment.year)]
