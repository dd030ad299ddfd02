"""CSL: the fields that the Citation Style Language (1.0.2) gives a source, its names in print, and its CSL-JSON.

Left out of its fields are those that a citation processor sets (`citation-number`, `locator`, `year-suffix` …), those
that CSL has replaced (`event`, `shortTitle` …), `abstract` and `annote`, which would bring a source's text in, and
`categories` and `custom`, which have no meaning of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

from casebound.facts.dates import edtf

if TYPE_CHECKING:
    from casebound.facts.records.models import Name, Source

TYPES = """
    article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset
    document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation
    manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical
    personal_communication post post-weblog regulation report review review-book software song speech standard thesis
    treaty webpage""".split()
NAMES = """
    chair collection-editor compiler composer container-author contributor curator director editor editorial-director
    executive-producer guest host illustrator interviewer narrator organizer original-author performer producer
    recipient reviewed-author script-writer series-creator translator""".split()
DATES = "accessed available-date event-date original-date submitted".split()
TEXTS = """
    archive archive_collection archive_location archive-place authority call-number chapter-number collection-number
    collection-title container-title-short dimensions division DOI edition event-place event-title genre ISBN ISSN issue
    jurisdiction keyword medium number number-of-pages number-of-volumes original-publisher original-publisher-place
    original-title page page-first part part-title PMCID PMID printing publisher-place references reviewed-genre
    reviewed-title scale section source status supplement title-short version volume volume-title
    volume-title-short""".split()

# The fields of CSL that a source has under our own rules, which models.py holds
_OWN = ("id", "type", "title", "author", "container-title", "publisher", "URL", "language", "issued", "note")
# What a register prints of the further fields, and how
_PRINTED = {
    **{"editor": "edited by {}", "translator": "translated by {}", "edition": "edition {}"},
    **{"volume": "vol. {}", "issue": "no. {}", "page": "p. {}", "DOI": "doi:{}"},
}


def edtf_of(date: Any) -> Any:
    """Return a date that CSL gives in parts as EDTF text; anything else as it is.

    Raises ValueError if a mapping has other fields, or parts that are not one or two dates.
    """
    if not isinstance(date, dict):
        return date
    parts, approximate = date.get("date-parts"), "~" if _is_true(date.get("circa")) else ""
    dates = [_day(part) for part in parts] if isinstance(parts, list) else []
    if date.keys() - {"date-parts", "circa"} or len(dates) not in (1, 2) or not all(dates):
        raise ValueError("the date has neither EDTF text nor parts: write 2025-09-25, or date-parts: [[2025, 9, 25]]")
    return "/".join(day + approximate for day in dates)


def _day(parts: Any) -> str:
    """Return year, month and day, or the first of them, as EDTF; an empty text if they are not numbers."""
    numbers = [str(part) for part in parts] if isinstance(parts, list) else []
    if not 1 <= len(numbers) <= 3 or not all(number.isascii() and number.isdigit() for number in numbers):
        return ""
    year, *rest = numbers
    return "-".join([year.zfill(4), *(number.zfill(2) for number in rest)])


def _is_true(flag: Any) -> bool:
    return str(flag).casefold() in ("true", "yes", "1")


def printed(name: Name) -> str:
    """Return a name as prose has it: `Ludwig van Beethoven`, `Martin King, Jr.`, `毛泽东`, or the literal as it is."""
    if name.literal:
        return name.literal
    family, given = surname(name), name.given or ""
    if name.dropping_particle:
        family = _before(name.dropping_particle, family)
    if name.static_ordering or east_asian_width(family[:1] or " ") == "W":
        whole = f"{family}{'' if east_asian_width(family[:1]) == 'W' else ' '}{given}".strip()
    else:
        whole = f"{given} {family}".strip()
    return whole + (f"{',' * name.comma_suffix} {name.suffix}" if name.suffix else "")


def surname(name: Name) -> str:
    """Return the part of a name that stands for it in short: the literal, or the family name with its particle."""
    return name.literal or _before(name.non_dropping_particle, name.family or "")


def _before(particle: str | None, family: str) -> str:
    """Return a particle before a name: `van Beethoven`, `d'Alembert`, `al-Khwarizmi`."""
    return family if not particle else particle + family if particle[-1] in "'’-" else f"{particle} {family}"


def details(source: Source) -> list[str]:
    """Return what a register prints of a source's further fields: who edited or translated it, volume, page, DOI."""
    values = {field: value for field in _PRINTED if (value := getattr(source, field))}
    texts = {field: value if isinstance(value, str) else listed(value) for field, value in values.items()}
    return [_PRINTED[field].format(text) for field, text in texts.items()]


def listed(names: Iterable[Name]) -> str:
    """Return names as prose has them, joined by `and`."""
    return " and ".join(map(printed, names))


def item(source: Source) -> dict[str, Any]:
    """Return a source as an item of CSL-JSON, valid by csl-data.json of CSL 1.0.2."""
    fields = source.model_dump(by_alias=True, exclude_defaults=True)
    order = (*_OWN, *NAMES, *DATES, *TEXTS)
    dates = ("issued", *DATES)
    return {field: _parts(fields[field]) if field in dates else fields[field] for field in order if field in fields}


def _parts(date: str) -> dict[str, Any]:
    """Return a date in CSL's parts; one that they cannot hold, such as a choice of days, in words."""
    match = re.fullmatch(r"([0-9-]+)(?:T[^/]+)?([?~%]?)(?:/([0-9-]+)(?:T.+)?([?~%]?))?", date)
    if match is None:
        return {"literal": edtf.readable(edtf.parse(date)).replace("\u00a0", " ")}
    first, mark, last, mark_too = match.groups()
    parts = [[int(number) for number in day.split("-")] for day in (first, last) if day]
    return {"date-parts": parts} | ({"circa": True} if mark or mark_too else {})
