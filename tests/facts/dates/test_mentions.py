"""Mentions: calendar expressions found in prose, with the parts that they state, and what only looks like one."""

from datetime import date

import pytest
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
