"""Stamps: the words by which a text says when it was published or updated, read by the text's language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

from babel.core import get_global

from casebound.facts.dates.edtf import When
from casebound.facts.dates.locales import locale_of, names_of
from casebound.facts.dates.mentions import dates_in

_OPENS = {
    "published": r"(?:(?:first|originally)\s+)?(?:published|posted|issued|released)|veröffentlicht|erschienen|publi[ée]"
    r"|publicado|pubblicato|gepubliceerd|publisert|publicera[dt]|publiceret",
    "updated": r"(?:last\s+)?(?:updated|modified|edited|revised)|aktualisiert|mis\s+à\s+jour|actualizado|aggiornato"
    r"|bijgewerkt|oppdatert|uppdatera[dt]|opdateret",
}
_LABEL = {kind: re.compile(rf"\W*(?:{words})\b", re.IGNORECASE) for kind, words in _OPENS.items()}
_CLOCK = re.compile(
    r"(?<![\w:.+−-])T?(?P<hour>[0-9]{1,2})(?:(?:[:.]|\s?h\s?)(?P<minute>[0-9]{2})(?::[0-9]{2}(?:\.[0-9]+)?)?)?(?![0-9:])"
    r"(?:\s*(?P<half>[ap])\.?\s?m\b\.?)?(?P<uhr>\s*Uhr\b)?",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"(?P<offset>[+−-][0-9]{1,2}(?::?[0-9]{2})?)(?![0-9])|[^\W\d_]+|[0-9]+")
_SMALL_WORDS = set("at on um kl à om alle las den local time".split())
_LONGEST = 100  # characters of a line that may be a stamp


@dataclass(frozen=True)
class Stamp:
    """A day, with the time of day and the zone that a text prints with it.

    `zones` is empty if the text names none. It holds two if the text names standard time on a day of daylight time, as
    many do: what the words mean, and what the clocks showed.
    """

    day: date
    clock: time | None = None
    zones: tuple[tzinfo, ...] = ()

    def agrees(self, stated: When, zone: str) -> bool:
        """Tell whether a date may be this stamp's: its moment if both have one, else its day, there or in `zone`."""
        clock, own = self.clock, ZoneInfo(zone)
        moments = {datetime.combine(self.day, clock, each) for each in self.zones or (own,)} if clock else set()
        if stated.moment and moments:
            return stated.moment.replace(second=0) in moments
        first, last = stated.earliest or date.min, stated.latest or date.max
        return any(first <= day <= last for day in {self.day, *(moment.astimezone(own).date() for moment in moments)})


def read_stamp(words: str, language: str | None, zone: str = "") -> Stamp | None:
    """Return the stamp that words are, None unless they are wholly understood: one day, at most one time, no more.

    Words that stand before both (Posted On:) are its label, and say anything but numbers. `zone` is one whose own
    abbreviations are understood whatever the language.
    """
    dates = [mention for mention in dates_in(words, language) if mention.day or mention.month or mention.year]
    if len(dates) != 1:
        return None
    mention = dates[0]
    around = words[: mention.start] + "\n" * (mention.end - mention.start) + words[mention.end :]
    clocks = [found for found in _CLOCK.finditer(around) if found["minute"] or found["half"] or found["uhr"]]
    if len(clocks) > 1:
        return None
    begins = min([mention.start, *(clock.start() for clock in clocks)])
    left = around[begins:].replace(clocks[0][0], "\n", 1) if clocks else around[begins:]
    try:
        day = date(mention.year or 0, mention.month or 0, mention.day or 0)  # none of them is 0 in the calendar
        clock = _clock_of(clocks[0]) if clocks else None
        zones = _zones_in(left, datetime.combine(day, clock or time(12)), language, zone)
        if mention.weekday and mention.weekday != day.isoweekday():
            return None
        if zones is None or re.search("[0-9]", around[:begins]):
            return None
        return Stamp(day, clock, zones)
    except ValueError:  # a day, a time or an offset that does not exist
        return None


def stamps_in(lines: list[str], kind: str, language: str | None, zone: str = "") -> dict[str, Stamp]:
    """Return the stamps of a kind (published, updated) among a text's lines, by their words.

    Such a line is short, opens with a word such as Posted, and is wholly understood; its time may have the next line.
    """
    found: dict[str, Stamp] = {}
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if len(line) <= _LONGEST and _LABEL[kind].match(line) and (stamp := read_stamp(line, language, zone)):
            longer = None if stamp.clock else read_stamp(f"{line} {following}", language, zone)
            found |= {f"{line} {following}": longer} if longer and longer.clock else {line: stamp}
    return found


def _clock_of(found: re.Match) -> time:
    hour, half = int(found["hour"]), (found["half"] or "").lower()
    if half and not 1 <= hour <= 12:
        raise ValueError("no such hour")
    return time(hour % 12 + 12 * (half == "p") if half else hour, int(found["minute"] or 0))


def _zones_in(left: str, when: datetime, language: str | None, zone: str) -> tuple[tzinfo, ...] | None:
    """Return the zones that words beside a day and a time name; None if one of the words is not known."""
    own = {when.replace(tzinfo=ZoneInfo(zone)).tzname(): (ZoneInfo(zone),)} if zone else {}
    weekdays = {name.casefold() for width in ("wide", "abbreviated") for name in names_of(language, "days", width)}
    zones: list[tuple[tzinfo, ...]] = []
    for token in _TOKEN.finditer(left):
        word = token[0]
        if token["offset"]:
            sign, hours, *minutes = re.findall(r"[+−-]|[0-9]{1,2}", word)
            offset = timedelta(hours=int(hours), minutes=int(minutes[0]) if minutes else 0)
            zones = [zone for zone in zones if zone != (UTC,)]  # UTC+1
            zones.append((timezone(offset if sign == "+" else -offset),))
        elif word in ("Z", "UTC", "GMT"):
            zones.append((UTC,))
        elif known := own.get(word, ()) + _zones(language, when.year).get(word, ()):
            zones.append(tuple(dict.fromkeys(known)))
        elif word.casefold() not in _SMALL_WORDS | weekdays:
            return None
    return None if len(zones) > 1 else next(iter(zones), ())


@cache
def _zones(language: str | None, year: int) -> dict[str, tuple[tzinfo, ...]]:
    """Return what the abbreviations of time zones in CLDR mean: in the text's locale, else in those of English."""
    members: dict[str, list[str]] = {}
    for zone, meta in get_global("meta_zones").items():
        members.setdefault(meta, []).append(zone)
    known: dict[str, tuple[tzinfo, ...]] = {}
    for locale in map(locale_of, (language, "en-GB", "en-US")):
        own: dict[str, list[tzinfo]] = {}
        for meta, names in locale.meta_zones.items():
            for kind, name in names.get("short", {}).items():
                if name.isalpha():  # the rest is CLDR's mark that a locale uses none
                    own.setdefault(name, []).extend(_meanings(members.get(meta, []), kind, year))
        known = {name: tuple(dict.fromkeys(zones)) for name, zones in own.items() if zones} | known
    return known


def _meanings(zones: list[str], kind: str, year: int) -> list[tzinfo]:
    """Return what the clocks of a group of zones show, and for standard or daylight time what that means all year."""
    leading = sorted(set(zones) & set(get_global("windows_zone_mapping").values()))  # one or few a group
    zone = next((zone for zone in leading if len(set(_offsets(zone, year))) == 2), next(iter(leading), None))
    if zone is None:
        return []
    two = _offsets(zone, year)
    fixed = {"standard": [timezone(min(two))], "daylight": [timezone(max(two))]}.get(kind, [])
    return [*fixed, ZoneInfo(zone)]


def _offsets(zone: str, year: int) -> tuple[timedelta, timedelta]:
    first, second = (datetime(year, month, 1, tzinfo=ZoneInfo(zone)).utcoffset() or timedelta() for month in (1, 7))
    return first, second
