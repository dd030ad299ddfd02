"""Zones: a time of day is never printed without its zone."""

from datetime import datetime

import pytest

from casebound.facts.dates.edtf import parse, readable
from casebound.facts.dates.zones import zone_name


@pytest.mark.parametrize(
    ("moment", "timezone", "language", "name"),
    [
        ("2025-09-25T16:48+01:00", "Europe/London", "en-GB", "BST"),
        ("2025-12-25T16:48+00:00", "Europe/London", "en-GB", "GMT"),
        ("2025-09-25T16:48+02:00", "Europe/Berlin", "en-GB", "CEST"),
        ("2025-09-24T20:30-04:00", "America/New_York", "en-US", "EDT"),
        ("2025-09-24T20:30-04:00", "America/New_York", "en-GB", "UTC−04:00"),  # CLDR has no short name there
        ("2025-09-24T20:30-04:00", "Europe/London", "en-GB", "UTC−04:00"),  # a source's own zone
        ("2025-09-25T16:48+05:30", "Asia/Kolkata", "en-GB", "UTC+05:30"),
        ("2025-09-25T16:48+00:00", "", "en-GB", "UTC"),
        ("2025-09-25T16:48+01:00", "Europe/London", "no such language", "UTC+01:00"),
    ],
)
def test_a_zone_has_the_name_that_its_readers_know_or_its_offset(moment, timezone, language, name):
    assert zone_name(datetime.fromisoformat(moment), timezone, language) == name


def test_a_date_with_a_time_names_the_zone():
    stamp = parse("2025-09-24T20:30-04:00")
    assert readable(stamp) == "20:30\u00a0UTC−04:00 on 24\u00a0September\u00a02025"
    assert readable(stamp, "America/New_York", "en-US") == ("8:30\u00a0p.m.\u00a0EDT on September\u00a024,\u00a02025")
