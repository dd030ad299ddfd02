"""Draft: the entry of sources.yaml that a reading gives; where places differ, it says so instead of choosing unseen."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from casebound.authoring.sources.fields import authors_of, language_of, publisher_of, title_of, url_of
from casebound.authoring.sources.files.reading import Claim, Reading, same
from casebound.authoring.sources.language import readings_of
from casebound.authoring.sources.stamps import dates_of
from casebound.facts.dates.edtf import parse
from casebound.facts.dates.mentions import dates_in
from casebound.facts.evidence.printed import holds
from casebound.facts.records.models import Case

_AGAIN = re.compile(
    r"[^.\n]*\b(?:(?:first|originally) (?:appeared|published|posted) (?:in|on|by|at)|distributed by)\b[^.\n]*", re.I
)
SHORTEST = 700  # characters of a text, below which it may be a stub
UNGRADED = "Not yet graded."
_TYPES = {"web page": "webpage", "PDF": "document", "plain text": "document", "e-mail": "personal_communication"}


@dataclass
class Draft:
    """The fields of an entry, in the order of the file; what nobody found; what a person should look at."""

    fields: dict[str, Any]
    content: bytes
    doubts: list[Claim]
    missing: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return self.content.decode("utf-8", "replace").removeprefix("\ufeff")


def draft_of(reading: Reading, case: Case, url: str, today: date, fetched: bool = False) -> Draft:
    """Return the entry that a reading gives, all but its id and fingerprint."""
    kind = next((claim.value for claim in reading.claims.get("type", [])), "")
    if not kind:
        reading.doubt("type", f"not stated; {_TYPES[reading.kind]} is what any {reading.kind} is")
    kind = kind or _TYPES[reading.kind]
    language, publisher = language_of(reading, case), publisher_of(reading)
    if again := _AGAIN.search(reading.text):
        reading.doubt("origin", f"the text says “{again[0]}”: name whose it is (origin), so that the two count as one")
    house = "publisher" if kind in ("report", "document") else "container-title"
    title = title_of(reading)
    issued, available = dates_of(reading, language, case.timezone, today)
    from_page = ["the publisher"] if publisher and not holds(reading.text, publisher) else []
    from_page += (
        ["the day of issue"] if not issued.startswith("[..") and not _prints_day(reading, issued, language) else []
    )
    fields = {
        "type": kind,
        "title": title,
        "author": authors_of(reading),
        house: publisher,
        "URL": url_of(reading, url),
        "language": language,
        "issued": issued,
        "available": available,
        "accessed": today.isoformat() if fetched else "",
        "printed": _printed(reading, title, publisher),
        **_standing(reading),
        "note": f"From the page's metadata, not from its text: {', '.join(from_page)}." if from_page else "",
    }
    missing = [name for name in ("author", house, "URL") if not fields[name]]
    missing += ["issued"] if issued.startswith("[..") else []
    return Draft({name: value for name, value in fields.items() if value}, reading.content, reading.doubts, missing)


def _printed(reading: Reading, title: str, publisher: str) -> dict[str, Any]:
    printed: dict[str, Any] = {
        name: words for name in ("standfirst", "byline", "published", "updated") if (words := reading.printed.get(name))
    }
    if publisher and (words := next((words for words in reading.text.splitlines() if same(words, publisher)), "")):
        printed["publisher"] = words.strip()
    return printed | ({"captions": reading.captions} if reading.captions else {})


def _prints_day(reading: Reading, issued: str, language: str) -> bool:
    """Tell whether the text prints the day of issue, as its stamp or anywhere."""
    days = {(m.year, m.month, m.day) for each in readings_of(language) for m in dates_in(reading.text, each)}
    first = parse(issued).earliest
    return "published" in reading.printed or bool(first and (first.year, first.month, first.day) in days)


def _standing(reading: Reading) -> dict[str, str]:
    """Return grade and access: nobody has judged the source yet, and a stub is an excerpt."""
    length = len(reading.text)
    if reading.stub:
        reading.doubt("text", f"a wall stands before the rest ({length} characters), so access is excerpt")
    elif length < SHORTEST:
        reading.doubt("text", f"only {length} characters: is it all of the text?")
    return {"grade": "F", "grade_reason": UNGRADED, "access": "excerpt" if reading.stub else "full"}
