"""Zones: the time zone of a moment in prose."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import get_timezone_name


def zone_name(moment: datetime, timezone: str = "", language: str = "en-GB") -> str:
    """Return a moment's zone: CLDR's short name of `timezone` if the moment has its offset, as BST; else UTC−04:00."""
    named = moment.astimezone(ZoneInfo(timezone)) if timezone else moment
    if timezone and named.utcoffset() == moment.utcoffset():
        try:
            name = get_timezone_name(named, width="short", locale=Locale.parse(language, sep="-"))
        except (UnknownLocaleError, ValueError, TypeError):
            name = ""
        if re.fullmatch("[A-Z]{2,5}", name):
            return name
    offset = f"{moment:%z}"
    return "UTC" if offset == "+0000" else f"UTC{offset[0].replace('-', '−')}{offset[1:3]}:{offset[3:5]}"
