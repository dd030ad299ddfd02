"""Stamps: read by the text's language, wholly or not at all, and compared with what sources.yaml says."""

from datetime import date, datetime, time

import pytest

from casebound.facts.dates.edtf import parse
from casebound.facts.dates.stamps import read_stamp, stamps_in

LONDON = "Europe/London"


@pytest.mark.parametrize(
    ("words", "language", "moment"),
    [
        ("Published: 25/09/2031 - 16:48", "en-GB", "2031-09-25T16:48+01:00"),
        ("Published: 25/12/2031 - 16:48", "en-GB", "2031-12-25T16:48+00:00"),
        ("PUBLISHED 25 September 2031 4:48 pm", "en-GB", "2031-09-25T16:48+01:00"),
        ("First published on Thursday 25 September 2031 at 12.05am", "en-GB", "2031-09-25T00:05+01:00"),
        ("Published September 25, 2031, 12:05pm", "en-US", "2031-09-25T12:05+01:00"),
        ("16:48 on 25 September 2031", "en-GB", "2031-09-25T16:48+01:00"),
        ("- Published 3 September 2025, 10:15 BST", "en-GB", "2025-09-03T10:15+01:00"),
        ("Published: 25/09/2031 16:48 GMT", "en-GB", "2031-09-25T16:48+00:00"),
        ("Published: 2031-09-25T16:48:10Z", "en-GB", "2031-09-25T16:48+00:00"),
        ("Published: 2031-09-25T16:48-03:30", "en-GB", "2031-09-25T16:48-03:30"),
        ("Updated 25 Sept 2025 16:48 UTC+1", "en-GB", "2025-09-25T16:48+01:00"),
        ("Published: 09/10/2025 - 4:48 pm", "en-US", "2025-09-10T16:48+01:00"),
        ("Published: 09/10/2025 - 4:48 pm", "en-GB", "2025-10-09T16:48+01:00"),
        ("Sept. 25, 2025, 3:04 p.m. ET", "en-US", "2025-09-25T15:04-04:00"),
        ("Dec. 25, 2025, 3:04 p.m. ET", "en-US", "2025-12-25T15:04-05:00"),
        ("Posted On: Mar. 25, 2019 2:14 PM CST", "en-US", "2019-03-25T14:14-06:00"),
        ("Posted On: Mar. 25, 2019 2:14 PM CST", "en-US", "2019-03-25T14:14-05:00"),  # what the clocks showed
        ("Aktualisiert: 25.09.2025, 16:48 Uhr", "de-DE", "2025-09-25T16:48+01:00"),
        ("Stand: Donnerstag, 25. September 2025, 16.48 Uhr MESZ", "de", "2025-09-25T16:48+02:00"),
        ("Publié le 3 septembre 2025 à 10h15", "fr", "2025-09-03T10:15+01:00"),
        ("Publisert 25. september 2025 kl. 14.30", "nb", "2025-09-25T14:30+01:00"),
        ("25 September 2025 12:00 IST", "en-IN", "2025-09-25T12:00+05:30"),
    ],
)
def test_a_stamp_is_read_in_its_language_and_in_the_case_s_zone_where_it_names_none(words, language, moment):
    stamp = read_stamp(words, language)
    assert stamp.agrees(parse(moment), LONDON)
    for other in ("2031-09-25T16:47+01:00", "2025-09-25T16:49+01:00"):
        assert not stamp.agrees(parse(other), LONDON)


@pytest.mark.parametrize(
    ("words", "day"), [("Published: 25/09/2031", 25), ("25. September 2031", 25), ("September 2, 2031", 2)]
)
def test_a_stamp_may_print_a_day_alone(words, day):
    stamp = read_stamp(words, "de" if "." in words else "en-GB")
    assert (stamp.day, stamp.clock) == (date(2031, 9, day), None)


@pytest.mark.parametrize(
    "words",
    [
        *("31/02/2031", "25/09/2031 - 24:10", "25/09/2031 - 9:61", "25/09/2031 - 13:00 pm"),
        *("Published 25/09/2031 by the mill", "Posted September 25", "two days ago", "Updated 16:48"),
        *("25 September 2031, 16:48 XYZT", "25 to 26 September 2031", "25/09/2031 16:48, 17:00"),
        *("Published 24/09/2031, updated 25/09/2031", "3 comments 25/09/2031", "25/09/2031 16:48 +99:00"),
        *("25/09/2031, 16:48 GMT BST", "25/09/2031, noon"),
    ],
)
def test_what_is_not_wholly_understood_is_not_read(words):
    assert read_stamp(words, "en-GB") is None


@pytest.mark.parametrize(
    ("stated", "agrees"),
    [
        *(("2031-09-25", True), ("2031-09", True), ("2031", True), ("2031-09-25~", True)),
        *(("[2031-09-24..2031-09-25]", True), ("[2031-09-25..]", True), ("2031-09-25T16:48:30+01:00", True)),
        *(("2031-09-24", False), ("2031-10", False), ("[..2031-09-24]", False), ("2031-09-25T16:48+00:00", False)),
    ],
)
def test_a_moment_is_compared_with_a_moment_and_a_day_with_a_day(stated, agrees):
    assert read_stamp("25/09/2031 - 16:48", "en-GB").agrees(parse(stated), LONDON) == agrees


@pytest.mark.parametrize(("stated", "agrees"), [("2031-09-24", True), ("2031-09-25", True), ("2031-09-26", False)])
def test_the_day_of_a_stamp_is_its_own_or_that_of_the_case_s_zone(stated, agrees):
    assert read_stamp("Sept. 24, 2031, 8:30 p.m. ET", "en-US").agrees(parse(stated), LONDON) == agrees


def test_a_day_without_time_is_compared_with_the_day_of_a_moment():
    stamp = read_stamp("25/09/2031", "en-GB")
    assert stamp.agrees(parse("2031-09-25T16:48+01:00"), LONDON)
    assert not stamp.agrees(parse("2031-09-24T16:48+01:00"), LONDON)


def test_lines_that_open_like_a_stamp_and_are_wholly_understood_are_stamps():
    lines = ["Mill closed", "Published: 25/09/2031", "- 16:48", "Updated plans", "Published 1 May 2031 by the mill"]
    found = stamps_in(lines, "published", "en-GB")
    assert [(words, stamp.clock) for words, stamp in found.items()] == [("Published: 25/09/2031 - 16:48", time(16, 48))]
    assert stamps_in(lines, "updated", "en-GB") == {}
    german = stamps_in(["Aktualisiert: 25.09.2031, 16:48 Uhr"], "updated", "de-DE")
    assert next(iter(german.values())).agrees(parse(datetime(2031, 9, 25, 15, 48).isoformat()[:16] + "Z"), LONDON)


@pytest.mark.parametrize(
    ("words", "zone", "moment"),
    [
        ("Published Fri 21 May 2032, 08:52 IST", "Europe/Dublin", "2032-05-21T08:52+01:00"),
        ("Issued: Monday 24 May 2032, 16:30 IST", "Europe/Dublin", "2032-05-24T16:30+01:00"),
        ("Issued: 24 January 2032, 16:30 GMT", "Europe/Dublin", "2032-01-24T16:30+00:00"),
        ("Published 24 May 2032, 16:30 EAT", "Africa/Nairobi", "2032-05-24T16:30+03:00"),
    ],
)
@pytest.mark.parametrize("language", ["en-IE", "en-GB", "en"])
def test_the_abbreviation_of_the_case_s_own_zone_is_understood(words, zone, moment, language):
    assert read_stamp(words, language, zone).agrees(parse(moment), zone)
    assert not read_stamp(words, language, zone).agrees(parse(moment.replace(":30", ":31").replace(":52", ":53")), zone)


def test_an_abbreviation_that_the_case_s_zone_has_on_other_days_is_not_understood():
    assert read_stamp("24 January 2032, 16:30 IST", "en-GB", "Europe/Dublin") is None
    assert read_stamp("24 May 2032, 16:30 IST", "en-GB", "Europe/London") is None
