"""Stamps: one date of what the places of a file give for it, or a choice of days if they differ."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

from casebound.authoring.sources.files.reading import Claim, Reading
from casebound.authoring.sources.language import readings_of
from casebound.facts.dates.edtf import parse
from casebound.facts.dates.stamps import Stamp, read_stamp
from casebound.facts.text.normalisation import plain_words


def stamps_of(claim: Claim, language: str | None) -> list[Stamp]:
    """Return what a claim may mean: a moment in ISO 8601, or words; or two days."""
    try:
        moment = datetime.fromisoformat(claim.value)
    except ValueError:
        read = [read_stamp(plain_words(claim.value), each) for each in readings_of(language)]
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
    read = [(claim, stamp) for claim in claims for stamp in stamps_of(claim, language)]
    if not read:
        return "", ""
    exact = sorted(read, key=lambda pair: len(written(pair[1])), reverse=True)[0][1]
    chosen = written(exact)
    days = sorted({stamp.day for _, stamp in read if not stamp.agrees(parse(chosen), zone)} | {exact.day})
    said = "; ".join(dict.fromkeys(f"{claim.place}: {claim.value}" for claim, _ in read))
    if all(stamp.agrees(parse(chosen), zone) for _, stamp in read):
        if exact.clock and chosen == exact.day.isoformat():
            return chosen, f"the time {exact.clock:%H:%M} has no certain zone, so only the day is written"
        return chosen, ""
    if len({(stamp.day, stamp.clock) for _, stamp in read}) == 1 and exact.clock:
        return (
            exact.day.isoformat(),
            f"the text prints no zone, and {zone} is another ({said}), so only the day is written",
        )
    if len(days) == 1 or all(stamp.day == exact.day for _, stamp in read):
        return exact.day.isoformat(), f"the times differ ({said}), so only the day is written"
    return f"[{','.join(day.isoformat() for day in days)}]", f"the days differ ({said}), so all are written as a choice"


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
        return f"[..{(updated or today.isoformat())[:10].lstrip('[')}]", updated or f"[..{today.isoformat()}]"
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
