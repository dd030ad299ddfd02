"""Stamps: one date of what the places of a file give for it, or a choice of days if they differ."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from casebound.authoring.sources.files.reading import Claim, Reading
from casebound.authoring.sources.language import readings_of
from casebound.facts.dates.edtf import parse
from casebound.facts.dates.stamps import Stamp, read_stamp
from casebound.facts.text.normalisation import plain_words


def stamps_of(claim: Claim, language: str | None, zone: str = "") -> list[Stamp]:
    """Return what a claim may mean: a moment in ISO 8601, or words; or two days. `zone` is the case's."""
    try:
        moment = datetime.fromisoformat(claim.value)
    except ValueError:
        read = [read_stamp(plain_words(claim.value), each, zone) for each in readings_of(language)]
        return list({stamp.day: stamp for stamp in read if stamp}.values())
    if len(claim.value) <= 10:
        return [Stamp(moment.date())]
    offset = moment.utcoffset()
    zones = () if offset is None else (UTC if offset == timedelta() else timezone(offset),)
    return [Stamp(moment.date(), moment.time().replace(second=0, microsecond=0), zones)]


def written(stamp: Stamp) -> str:
    """Return a stamp as EDTF: with its time only if its zone is certain."""
    moments = {datetime.combine(stamp.day, stamp.clock, zone) for zone in stamp.zones} if stamp.clock else set()
    if len({moment.astimezone(UTC) for moment in moments}) != 1:
        return stamp.day.isoformat()
    return moments.pop().isoformat(timespec="minutes")


def settled(claims: list[Claim], language: str | None, zone: str) -> tuple[str, str]:
    """Return the date that the claims give, in EDTF, and why it is doubtful; both empty if none gives one.

    The words that the text prints decide what `make verify` accepts: a moment that they exclude is written as a day.
    """
    read = [(claim, stamps) for claim in claims if (stamps := stamps_of(claim, language, zone))]
    if not read:
        return "", ""
    certain = [stamps[0] for _, stamps in read if len(stamps) == 1]
    exact = max(certain or read[0][1], key=lambda stamp: len(written(stamp)))
    chosen, day = written(exact), exact.day.isoformat()
    said = "; ".join(dict.fromkeys(f"{claim.place}: {claim.value}" for claim, _ in read))
    others = [stamps for _, stamps in read if not any(stamp.agrees(parse(chosen), zone) for stamp in stamps)]
    others += [] if certain else [read[0][1]]
    if not others:
        if not exact.clock or chosen != day:
            return chosen, ""
        here = datetime.combine(exact.day, exact.clock, ZoneInfo(zone)).isoformat(timespec="minutes")
        return day, f"{exact.clock:%H:%M} has no certain zone, so only the day is written; in the case's it is {here}"
    days = sorted({exact.day, *(stamp.day for stamps in others for stamp in stamps)})
    if len(days) > 1:
        choice = ",".join(each.isoformat() for each in days)
        return f"[{choice}]", f"more than one day is possible ({said}), so it is a choice of them"
    if all(stamp.clock == exact.clock for stamps in others for stamp in stamps):
        return day, f"the text prints no zone, and {zone} is not the page's ({said}), so only the day is written"
    return day, f"the times differ ({said}), so only the day is written"


def dates_of(reading: Reading, language: str, zone: str, today: date) -> tuple[str, str]:
    """Return `issued` and `available`; without any date both are some day up to today."""
    claims = {name: reading.claims.get(name, []) for name in ("published", "updated")}
    issued, doubt = settled(claims["published"], language, zone)
    updated, doubt_too = settled(claims["updated"], language, zone)
    for name, why in (("issued", doubt), ("available", doubt_too)):
        if why:
            reading.doubt(name, why)
    guesses = [
        claim for claim in reading.claims.get("guess", []) if not any(claim.value in day for day in (issued, updated))
    ]
    if guesses:
        what = "; ".join(f"{claim.place}: {claim.value}" for claim in guesses)
        reading.doubt("issued", f"{'another day is' if issued else 'a day is only'} guessed ({what}): not taken")
    if not issued:
        last = (parse(updated).latest if updated else None) or today
        return f"[..{last.isoformat()}]", updated or f"[..{today.isoformat()}]"
    if (parse(issued).latest or today) > today:
        reading.doubt("issued", "it lies in the future")
    return issued, _available(reading, issued, updated)


def _available(reading: Reading, issued: str, updated: str) -> str:
    """Return when the text could be read: when it was updated, or between that and its issue if it does not say."""
    first, last = parse(issued), parse(updated or issued)
    if not updated or updated == issued:
        return issued
    if (last.latest or date.min) < (first.earliest or date.min) or (
        first.moment and last.moment and last.moment < first.moment
    ):
        reading.doubt("available", f"updated ({updated}) before it was issued: not taken")
        return issued
    if "updated" in reading.printed or "published" not in reading.printed:
        return updated
    day, latest = str(first.earliest), str(last.latest)
    reading.doubt("available", f"the metadata say that the page was changed ({updated}), its text does not")
    return day if day == latest else f"[{day}..{latest}]"
