"""Dates: the EDTF subset of ISO 8601-2, windows, prose, lengths and order."""

import contextlib
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from casebound.facts.dates import edtf
from casebound.facts.dates.edtf import DateError, Length, Window, is_before, length_between, parse, readable
from casebound.facts.dates.mentions import dates_in

NBSP = "\u00a0"


def holds_for(*strategies):
    """Return `given` without a time limit for an example: a busy machine is no failure."""
    return lambda test: settings(deadline=None)(given(*strategies)(test))


def day(text):
    return date.fromisoformat(text) if text else None


# Parsing

POINTS = [
    ("2025", "2025-01-01", "2025-12-31"),
    ("2025-09", "2025-09-01", "2025-09-30"),
    ("2024-02", "2024-02-01", "2024-02-29"),
    ("2025-12", "2025-12-01", "2025-12-31"),
    ("2025-09-25", "2025-09-25", "2025-09-25"),
    ("2025-09-25T16:48+01:00", "2025-09-25", "2025-09-25"),
    ("2025-09-25T23:59:59Z", "2025-09-25", "2025-09-25"),
    ("[2025-08..2025-09-10]", "2025-08-01", "2025-09-10"),
    ("[2025-09-10,2025-09-12]", "2025-09-10", "2025-09-12"),
    ("[2025-11-14..]", "2025-11-14", None),
    ("[..2025-08-24]", None, "2025-08-24"),
    ("0001", "0001-01-01", "0001-12-31"),
    ("9999-12-31", "9999-12-31", "9999-12-31"),
]
SPANS = [
    ("2025-08/2025-09-25", ("2025-08-01", "2025-08-31"), ("2025-09-25", "2025-09-25")),
    ("2025-08-20/2025-08", ("2025-08-20", "2025-08-20"), ("2025-08-01", "2025-08-31")),
    ("2025-08-31/2025-08-31", ("2025-08-31", "2025-08-31"), ("2025-08-31", "2025-08-31")),
    ("../2025-09", (None, "2025-09-30"), ("2025-09-01", "2025-09-30")),
    ("2025-10-01/..", ("2025-10-01", "2025-10-01"), ("2025-10-01", None)),
    ("2025-09-25T16:48+01:00/2025-09-26", ("2025-09-25", "2025-09-25"), ("2025-09-26", "2025-09-26")),
]
REFUSED = [
    *("09/08/2025", "25/09/2025", "2025-13", "2025-00", "2025-02-30", "2025-02-29", "2025-9-5", "0000"),
    *("", " ", "2025 ", "2025-08-2X", "20X5", "last week", "1 October 2025", "20250925", "२०२५"),
    *("../..", "..", "/2025", "2025/", "2025/2026/2027", "2025-09-25/2025-09-24", "2026/2025"),
    *("[2025]", "[]", "[..]", "[,]", "[2025,]", "[,2025]", "[2025-08-24..2025-08-01]", "[2025-08~..2025-09]"),
    *("{2025,2026}", "[2025,2026", "2025-09-25T16:48", "2025-09-25T24:00Z", "2025-09-25T16:60Z"),
    *("2025-09-25T16:48+1:00", "2025-09-31T16:48Z", "2025??", "2025~?", "?2025", "2025-?09", "2025\n"),
    "2025-09-25T17:12Z/2025-09-25T16:48Z",
]


@pytest.mark.parametrize(("text", "earliest", "latest"), POINTS)
def test_a_point_lies_in_one_window(text, earliest, latest):
    when = parse(text)
    assert when.start == when.end == Window(day(earliest), day(latest))
    assert (when.earliest, when.latest) == (day(earliest), day(latest))
    assert when.span is False
    assert when.text == text


@pytest.mark.parametrize(("text", "start", "end"), SPANS)
def test_a_span_starts_in_one_window_and_ends_in_another(text, start, end):
    when = parse(text)
    assert when.start == Window(*map(day, start))
    assert when.end == Window(*map(day, end))
    assert when.span is True
    assert when.moment is None


@pytest.mark.parametrize("text", REFUSED)
def test_anything_else_is_refused_in_one_line_with_an_example(text):
    with pytest.raises(DateError) as caught:
        parse(text)
    message = str(caught.value)
    assert repr(text) in message
    assert "2025-09-25" in message.replace(repr(text), "")
    assert "\n" not in message


def test_every_example_in_an_error_is_accepted():
    for example in edtf.ACCEPTED.split(", "):
        assert parse(example).text == example


def test_a_refused_text_of_any_length_makes_a_short_message():
    with pytest.raises(DateError) as caught:
        parse("x" * 100_000)
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize(("text", "mark"), [("2025", "?"), ("2025-09", "~"), ("2025-09-25", "%")])
def test_a_qualifier_is_kept_and_never_widens_a_window(text, mark):
    when = parse(text + mark)
    assert when.qualifier == mark
    assert (when.start, when.end) == (parse(text).start, parse(text).end)


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("2025-08/2025-09?", "?"),
        ("2025-08?/2025-09?", "?"),
        ("2025-08?/2025-09~", "%"),
        ("2025-09%/..", "%"),
        ("2025-08/2025-09", ""),
    ],
)
def test_a_span_joins_the_qualifiers_of_its_ends(text, qualifier):
    assert parse(text).qualifier == qualifier


def test_a_stamp_keeps_its_moment_and_its_offset():
    when = parse("2025-09-25T16:48+01:00")
    assert when.moment == datetime(2025, 9, 25, 15, 48, tzinfo=UTC)
    assert when.moment.utcoffset() == timedelta(hours=1)
    assert parse("2025-09-25T16:48:07Z").moment == datetime(2025, 9, 25, 16, 48, 7, tzinfo=UTC)
    assert parse("2025-09-25").moment is None


def test_the_day_of_a_stamp_is_its_day_in_its_own_offset():
    when = parse("2025-09-26T00:30+05:00")
    assert when.earliest == date(2025, 9, 26)
    assert when.moment.astimezone(UTC).date() == date(2025, 9, 25)


# Prose


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        ("2025", "2025"),
        ("2025-09", "September_2025"),
        ("2025-09-25", "25_September_2025"),
        ("2025-09-25T16:48+01:00", "16:48_UTC+01:00 on 25_September_2025"),
        ("[2025-08-01..2025-08-24]", "between 1 and 24_August_2025"),
        ("[2025-08-01..2025-08-02]", "1 or 2_August_2025"),
        ("[2025-08-31..2025-09-01]", "31_August or 1_September_2025"),
        ("2025-08-01/2025-08-02", "1 to 2_August_2025"),
        ("[2025-08-30..2025-09-02]", "between 30_August and 2_September_2025"),
        ("[2025-08-01..2025-08-01]", "1_August_2025"),
        ("[2025-09-10,2025-09-12]", "10 or 12_September_2025"),
        ("[2025-11-14..]", "on or after 14_November_2025"),
        ("[..2025-08-24]", "on or before 24_August_2025"),
        ("2025-08/2025-09-25", "August to 25_September_2025"),
        ("2025-08-31/2025-09", "31_August to September_2025"),
        ("2025/2025-09-25", "2025 to 25_September_2025"),
        ("2024-12-30/2025-01-02", "30_December_2024 to 2_January_2025"),
        ("../2025-09-25", "by 25_September_2025"),
        ("2025-10-01/..", "from 1_October_2025"),
        ("2025-09~", "about September_2025"),
        ("2025-09-25?", "25_September_2025 (uncertain)"),
        ("2025%", "about 2025 (uncertain)"),
        ("2025-09-22~/2025-09-25", "about 22_September_2025 to 25_September_2025"),
        ("../2025-09?", "by September_2025 (uncertain)"),
        ("2025-09-25T16:48Z/2025-09-25T17:12Z", "16:48_UTC on 25_September to 17:12_UTC on 25_September_2025"),
    ],
)
def test_a_date_reads_as_british_prose_with_non_breaking_spaces(text, prose):
    assert readable(parse(text)) == prose.replace("_", NBSP)


# Lengths and order


@pytest.mark.parametrize(
    ("first", "second", "shortest", "longest"),
    [
        ("2025-08-31", "2025-10-08", 38, 38),
        ("[2025-08-01..2025-08-24]", "2025-09-25", 32, 55),
        ("2025-09", "2025-09-10", 0, 9),
        ("2025-08-31/2025-10-08", "2025-09-25/2025-11-01", 25, 25),
        ("2025-08-31", "../2025-09-25", 0, 25),
        ("2025-08-31", "[2025-09-10..]", 10, None),
        ("[..2025-08-24]", "2025-09-25", 32, None),
        ("2025-09-25", "2025-09-25", 0, 0),
    ],
)
def test_a_length_runs_from_start_to_start(first, second, shortest, longest):
    assert length_between(parse(first), parse(second)) == Length(shortest, longest)


def test_there_is_no_length_backwards():
    assert length_between(parse("2025-09-25"), parse("2025-09-24")) is None


@pytest.mark.parametrize(
    ("first", "second", "certain"),
    [
        ("2025-08-31", "2025-09-01", True),
        ("2025-08", "2025-09", True),
        ("[..2025-08-24]", "2025-08-25", True),
        ("2025-08-24", "[2025-08-25..]", True),
        ("2025-09-25T16:48+01:00", "2025-09-25T16:12Z", True),
        ("2025-09-25", "2025-09-25T16:48+01:00", False),
        ("2025-09-22/2025-09-25", "2025-09-25", False),
        ("2025-09", "2025-09-10", False),
        ("2025-09-25/..", "2025-10-01", False),
        ("[..2025-08-24]", "[2025-08-24..]", False),
    ],
)
def test_one_date_is_before_another_only_where_it_is_certain(first, second, certain):
    assert is_before(parse(first), parse(second)) == certain
    assert not is_before(parse(second), parse(first))


# Properties

DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))


@st.composite
def simple_texts(draw, within=DAYS, marks=("", "", "?", "~", "%")):
    moment = draw(within)
    shape = draw(st.sampled_from(["%Y", "%Y-%m", "%Y-%m-%d", "%Y-%m-%dT12:00Z", "%Y-%m-%dT12:00:59-03:30"]))
    return moment.strftime(shape) + ("" if "T" in shape else draw(st.sampled_from(marks)))


@st.composite
def edtf_texts(draw, within=DAYS):
    shape = draw(st.sampled_from(["{}", "{}/{}", "../{}", "{}/..", "[{},{}]", "[{}..{}]"]))
    marks = ("",) if shape.startswith("[") else ("", "", "?", "~", "%")
    ends = [draw(simple_texts(within, marks)), draw(simple_texts(within, marks))]
    ends.sort(key=lambda text: (parse(text).earliest, "Z" not in text))  # 12:00Z is before 12:00:59-03:30
    return shape.format(*ends[: shape.count("{}")])


def days_of(window):
    """Days inside a window; an open side is cut off near it."""
    earliest, latest = window.earliest, window.latest
    return st.dates(earliest or latest - timedelta(days=900), latest or earliest + timedelta(days=900))


@holds_for(edtf_texts())
def test_a_text_is_kept_with_its_windows_in_order_and_prose_that_states_no_other_day(text):
    when = parse(text)
    assert when.text == text
    for window in (when.start, when.end, Window(when.earliest, when.latest)):
        assert None in (window.earliest, window.latest) or window.earliest <= window.latest
    stated = [m for m in dates_in(f"in {readable(when)}") if m.day and m.year]
    known = {d for window in (when.start, when.end) for d in (window.earliest, window.latest) if d}
    assert {date(m.year, m.month, m.day) for m in stated} <= known


@holds_for(st.text())
def test_any_text_is_a_date_or_a_date_error(text):
    with contextlib.suppress(DateError):
        assert readable(parse(text))


@holds_for(edtf_texts(), edtf_texts(), st.data())
def test_a_length_holds_the_difference_of_any_days_in_the_windows(first, second, data):
    a, b = parse(first), parse(second)
    difference = (data.draw(days_of(b.start)) - data.draw(days_of(a.start))).days
    assume(difference >= 0)
    length = length_between(a, b)
    assert length.shortest <= difference
    assert length.longest is None or difference <= length.longest


NEAR = st.dates(date(2025, 7, 1), date(2025, 10, 31))


@holds_for(edtf_texts(NEAR), edtf_texts(NEAR), st.data())
def test_before_means_every_day_of_the_first_before_every_day_of_the_second(first, second, data):
    a, b = parse(first), parse(second)
    one = data.draw(days_of(Window(a.earliest, a.latest)))
    other = data.draw(days_of(Window(b.earliest, b.latest)))
    if is_before(a, b):
        assert one < other or (a.moment and b.moment)
    elif not (a.moment and b.moment):
        assert a.latest is None or b.earliest is None or b.earliest <= a.latest


# The edtf package as an oracle: its strict windows only, because it widens `~` and `?` otherwise. Left out is what
# it cannot read or reads wrongly: `X`, numeric dates, stamps inside spans or without seconds, sets with ends of
# mixed precision. It returns open ends as infinities.


@st.composite
def oracle_texts(draw):
    shapes = ["%Y", "%Y-%m", "%Y-%m-%d"]
    text = draw(st.sampled_from(["{a}", "{a}?", "{a}~", "{a}/{b}", "../{b}", "{a}/..", "[{a}..{b}]"]))
    shape = draw(st.sampled_from(shapes))
    other = shape if text.startswith("[") else draw(st.sampled_from(shapes))
    a, b = draw(DAYS).strftime(shape), draw(DAYS).strftime(other)
    text = text.format(a=a, b=b)
    try:
        parse(text)
    except DateError:
        assume(False)
    return text


def oracle_day(value):
    return None if isinstance(value, float) or not hasattr(value, "tm_year") else date(*value[:3])


@holds_for(oracle_texts())
def test_the_edtf_package_finds_the_same_windows(text):
    edtf = pytest.importorskip("edtf", reason="the edtf package, in the dev extra, is not installed")
    theirs, ours = edtf.parse_edtf(text), parse(text)
    assert (ours.earliest, ours.latest) == (oracle_day(theirs.lower_strict()), oracle_day(theirs.upper_strict()))
