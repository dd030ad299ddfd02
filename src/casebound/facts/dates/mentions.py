"""Mentions: calendar expressions in English prose, so that a sentence's dates can be compared with the facts'."""

import re
from dataclasses import dataclass
from functools import lru_cache

from casebound.facts.dates.edtf import MONTHS


@dataclass(frozen=True)
class Mention:
    """A calendar expression in prose: its characters (``text[start:end]``) and those parts that it states."""

    text: str
    start: int
    end: int
    day: int | None
    month: int | None
    year: int | None


_NUMBER_OF = {name[:length]: number for number, name in enumerate(MONTHS, 1) for length in (3, 9)}
_NUMBER_OF |= {"Sept": 9} | {name.upper(): number for name, number in _NUMBER_OF.items()}
# Words that are also names or verbs, or too short to be trusted alone.
_NEEDS_COMPANY = {name for name in _NUMBER_OF if len(name) <= 4 or name.title() == "March"}
_NEEDS_COMPANY -= {"June", "July", "JUNE", "JULY"}
_COMPANY = re.compile(r"\b(?:in|of|since|until|by|during|last|next|early|late|mid)[\s-]+\Z", re.IGNORECASE)

_MONTH = r"\b(?:" + "|".join(sorted(_NUMBER_OF, key=len, reverse=True)) + r")\b"
_DOT = r"(?:(?<=\b\w{3})\.|(?<=\bSept)\.)?"  # "Sept. 25", but not "in October. 25 people"
_FREE = r"(?<![\w.,:/£$€-])"
_WHOLE = r"(?!\w|[.,:/-][0-9]|\s?%|\s+per\s?cent)"
_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?(?!\w|[.,:/][0-9]|\s?%|\s+per\s?cent)"
_DAYS = rf"{_DAY}(?:(?:\s*[-–—]\s*|\s+(?:to|and|or|until)\s+){_DAY})?"
_YEAR = rf"(?:1[5-9]|20)[0-9]{{2}}{_WHOLE}"
_CALENDAR = re.compile(
    r"(?P<iso>(?<![\w-])[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9-]))"
    r"|(?P<slashed>(?<![\w/])[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}(?![\w/]))"
    rf"|{_FREE}{_DAYS}\s+(?:of\s+)?{_MONTH}(?:{_DOT},?\s+{_YEAR})?"
    rf"|{_MONTH}{_DOT}\s+{_DAYS}(?:,?\s+{_YEAR})?"
    rf"|{_MONTH}(?:{_DOT},?\s+(?:of\s+)?{_YEAR})?"
    rf"|{_FREE}{_YEAR}"
)
_DAY_IN = re.compile(r"(?<![0-9])([0-9]{1,2})(?:st|nd|rd|th)?(?![0-9])")


def _in_words(match: re.Match) -> list[Mention]:
    text, start = match[0], match.start()
    month = re.search(_MONTH, text)
    year = re.search(r"[0-9]{4}", text)
    days = list(_DAY_IN.finditer(text))
    alone = not days and not (month and year) and (month is None or month[0] in _NEEDS_COMPANY)
    if alone and not _COMPANY.search(match.string[max(0, start - 12) : start]):
        return []
    stated = (_NUMBER_OF[month[0]] if month else None, int(year[0]) if year else None)
    if len(days) < 2:
        number = int(days[0][1]) if days else None
        return [Mention(text, start, match.end(), number, *stated)]
    cuts = [(0, days[0].end()), (days[1].start(), len(text))]
    return [
        Mention(text[a:b], start + a, start + b, int(day[1]), *stated) for (a, b), day in zip(cuts, days, strict=True)
    ]


@lru_cache(maxsize=2**16)  # the checks ask for the same words again and again
def dates_in(text: str) -> tuple[Mention, ...]:
    """Every calendar expression in English prose, in order, with the parts that it states.

    Two days of one month (1 to 24 August 2025) give two mentions that share month and year. Numeric dates
    are read day first. May, March and abbreviations count beside a day or a year, or after a word such as
    "in"; a year (1500 to 2099) alone only after such a word. Numbers are taken as they stand, so 30 February
    is a mention too.
    """
    mentions: list[Mention] = []
    for match in _CALENDAR.finditer(text):
        if match["iso"] or match["slashed"]:
            numbers = [int(number) for number in re.split("[-/]", match[0])]
            parts = numbers if match["slashed"] else numbers[::-1]
            mentions.append(Mention(match[0], match.start(), match.end(), *parts))
        else:
            mentions.extend(_in_words(match))
    return tuple(mentions)


def without_dates(text: str) -> str:
    """Return the text with blanks where its calendar expressions stand."""
    for mention in dates_in(text):
        text = text[: mention.start] + " " * (mention.end - mention.start) + text[mention.end :]
    return text
