"""Zones: the time zone of a moment in prose."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_name

from casebound.facts.dates.locales import locale_of


def zone_name(moment: datetime, timezone: str = "", language: str = "en-GB") -> str:
    """Return a moment's zone: CLDR's short name of `timezone` if the moment has its offset, as BST; else UTC−04:00."""
    named = moment.astimezone(ZoneInfo(timezone)) if timezone else moment
    if timezone and named.utcoffset() == moment.utcoffset():
        name = get_timezone_name(named, width="short", locale=locale_of(language))
        if re.fullmatch("[A-Z]{2,5}", name):
            return name
    offset = f"{moment:%z}"
    return "UTC" if offset == "+0000" else f"UTC{offset[0].replace('-', '−')}{offset[1:3]}:{offset[3:5]}"
