"""Zones: the time zone of a moment in prose."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_name

from casebound.facts.dates.locales import locale_of


def zone_name(moment: datetime, timezone: str = "", language: str = "en-GB") -> str:
    """Return a moment's zone: the short name of `timezone` if the moment has its offset, as BST; else UTC−04:00.

    The name is that of the tz database, where the language's CLDR has it too: by CLDR alone, Irish summer time is GMT.
    """
    named = moment.astimezone(ZoneInfo(timezone)) if timezone else moment
    if timezone and named.utcoffset() == moment.utcoffset():
        name, short = named.tzname() or "", partial(get_timezone_name, named, "short", locale=locale_of(language))
        if name.isalpha() and name in (short(zone_variant="standard"), short(zone_variant="daylight")):
            return name
    offset = f"{moment:%z}"
    return "UTC" if offset == "+0000" else f"UTC{offset[0].replace('-', '−')}{offset[1:3]}:{offset[3:5]}"
