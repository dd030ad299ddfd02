"""Mentions: calendar expressions in prose, so that a sentence's dates can be compared with the facts'."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from casebound.facts.dates.locales import (
    DEFAULT,
    ascii_digits,
    day_comes_first,
    is_english,
    locale_of,
    names_of,
    one_of,
)


@dataclass(frozen=True)
class Mention:
    """A calendar expression in prose: its characters (``text[start:end]``) and those parts that it states.

    ``weekday`` counts from Monday (1) to Sunday (7).
    """

    text: str
    start: int
    end: int
    day: int | None
    month: int | None
    year: int | None
    weekday: int | None = None


@dataclass(frozen=True)
class _Calendar:
    """How a language writes dates: the pattern of them all, its names with their numbers, its order of numbers."""

    dates: re.Pattern[str]
    months: dict[str, int]
    weekdays: dict[str, int]
    month: re.Pattern[str]
    weekday: re.Pattern[str]
    day: re.Pattern[str]
    needs_company: frozenset[str]
    english: bool
    day_first: bool


# English months and years that count alone only after such a word: they are also names, verbs or plain numbers.
_COMPANY = re.compile(r"\b(?:in|of|since|until|by|during|last|next|early|late|mid)[\s-]+\Z", re.IGNORECASE)
_NO_SHARE = r"\s?%|\s+per\s?cent"
_YEAR = rf"(?:1[5-9]|20)[0-9]{{2}}(?!\w|[.,:/-][0-9]|{_NO_SHARE})"
_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])"
_FREE = r"(?<![\w.,:/£$€-])"
_NUMERIC = (
    r"(?:(?P<iso>(?<![\w-])[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9-]))"
    r"|(?P<year_first>(?<![\w/.-])[0-9]{4}(?P<a>[/.-])\s?[0-9]{1,2}(?P=a)\s?[0-9]{1,2}(?![\w/]|[.-][0-9]))"
    r"|(?P<year_last>(?<![\w/.-])[0-9]{1,2}(?P<b>[/.-])\s?[0-9]{1,2}(?P=b)\s?(?:[0-9]{4}|(?<=/)[0-9]{2})"
    r"(?![\w/]|[.-][0-9])))"
)


@cache
def _calendar(language: str | None) -> _Calendar:
    english = is_english(language)
    wide, short = (names_of(language, "months", width) for width in ("wide", "abbreviated"))
    full, brief = (names_of(language, "days", width) for width in ("wide", "abbreviated"))
    brief = {name: number for name, number in brief.items() if len(name) > 1}
    months, weekdays = wide | short, full | brief
    if english:  # "an august body" is no month; "AUGUST 2025" is one
        month = rf"\b{one_of({*months, *map(str.upper, months)})}\b"
        weekday = rf"\b{one_of(weekdays)}\b"
        dates = _english(month, weekday, rf"\b{one_of(full)}\b")
        alone = {*(short.keys() - wide.keys()), "May", "March"}
    else:
        left, right = (r"(?<![0-9])0?", "") if _glued(language) else (r"(?<!\w)", r"(?!\w)")
        month, weekday = (rf"{left}(?i:{one_of(names)}){right}" for names in (months, weekdays))
        dates = _of_cldr(language, month, weekday, rf"{left}(?i:{one_of(full)}){right}")
        alone = short.keys() - wide.keys()
    return _Calendar(
        re.compile(dates),
        {name.casefold(): number for name, number in months.items()},
        {name.casefold(): number for name, number in weekdays.items()},
        re.compile(month),
        re.compile(weekday),
        re.compile(r"([0-9]{1,2})[日일]" if _glued(language) else r"(?<![0-9])([0-9]{1,2})(?![0-9])"),
        frozenset(map(str.casefold, alone)),
        english,
        day_comes_first(language),
    )


def _english(month: str, weekday: str, full_weekday: str) -> str:
    dot = r"(?:(?<=\b\w{3})\.|(?<=\bSept)\.)?"  # "Sept. 25", but not "in October. 25 people"
    named = rf"(?:{weekday}\.?,?\s+(?:the\s+)?)?"
    day = rf"{_DAY}(?:st|nd|rd|th)?(?!\w|[.,:/][0-9]|{_NO_SHARE})"
    days = rf"{day}(?:(?:\s*[-–—]\s*|\s+(?:to|and|or|until|through)\s+){named}{day})?"
    return (
        rf"{named}(?:(?=[0-9])(?:{_NUMERIC}"
        rf"|{_FREE}{days}\s+(?:of\s+)?{month}(?:{dot},?\s+{_YEAR})?"
        rf"|{_FREE}{_YEAR})"
        rf"|{month}(?:{dot}\s+(?:the\s+)?{days}(?:,?\s+{_YEAR})?|{dot},?\s+(?:of\s+)?{_YEAR})?)"
        rf"|{full_weekday}"
    )


def _glued(language: str | None) -> bool:
    """Tell whether no blank parts words from numbers, as in 2025年9月25日."""
    return bool(re.search(r"y[年년]", locale_of(language).date_formats["long"].pattern))


def _of_cldr(language: str | None, month: str, weekday: str, full_weekday: str) -> str:
    """The pattern of dates in another language: any order of the parts, with the small words that CLDR puts there."""
    forms, glued = locale_of(language), _glued(language)
    long = forms.date_formats["long"].pattern
    quotations = re.findall(r"'([^']+)'", f"{long} {forms.datetime_skeletons['yMMMM'].pattern}")
    small = {word for quoted in quotations for word in quoted.split()}
    lists = [forms.list_patterns[kind]["2"] for kind in ("standard", "or") if kind in forms.list_patterns]
    joins = {re.sub(r"\{\d\}", "", pattern).strip() for pattern in lists}  # and, or
    free, suffix, end = (
        (r"(?<![0-9])", "[日일]", "") if glued else (_FREE, r"(?:[^\W\d_]{1,2}|[.º°])?", r"(?!\w|[,:/][0-9])")
    )
    named, between = rf"(?:{weekday}\.?,?\s+)?", rf"\s*(?:{one_of(small)}\.?\s*)?"
    year = r"(?:1[5-9]|20)[0-9]{2}[年년]" if glued else _YEAR
    leading = r"(?:1[5-9]|20)[0-9]{2}[年년]?\.?"
    day = _DAY + suffix + end
    days = rf"{day}(?:(?:\s*[-–—]\s*|\s+{one_of(joins)}\s+){day})?"
    return (
        rf"{named}{_NUMERIC}"
        rf"|{free}{leading}{between}(?:{month}\.?\s*{days}|{day}\s*{month})"
        rf"|{named}{free}{days}{between}{month}(?:\.?,?{between}{_YEAR})?"
        + (rf"|{named}{month}\.?\s*{days}(?:,?\s+{_YEAR})?" if re.search("[ML].*d", re.sub("'.*?'", "", long)) else "")
        + rf"|(?:{free}{leading}{between})?{month}(?:\.?,?{between}{_YEAR})?"
        rf"|{free}{year}"
        rf"|{full_weekday}"
    )


def _weekday_in(text: str, calendar: _Calendar) -> int | None:
    found = calendar.weekday.search(text)
    return calendar.weekdays[found[0].casefold()] if found else None


def _in_numbers(match: re.Match, text: str, calendar: _Calendar) -> Mention:
    numeric = match["iso"] or match["year_first"] or match["year_last"]
    first, second, third = (int(number) for number in re.findall("[0-9]+", numeric))
    if not match["year_last"]:
        year, month, day = first, second, third
    else:
        day, month = (first, second) if calendar.day_first else (second, first)
        year = third if third > 99 else 2000 + third
    return Mention(text[slice(*match.span())], *match.span(), day, month, year, _weekday_in(match[0], calendar))


def _in_words(match: re.Match, text: str, calendar: _Calendar) -> list[Mention]:
    words, (start, end) = match[0], match.span()
    found, year = calendar.month.search(words), re.search(r"[0-9]{4}", words)
    name = found[0].casefold() if found else ""
    days = list(calendar.day.finditer(words))
    if not name and not year:
        return [Mention(text[start:end], start, end, None, None, None, _weekday_in(words, calendar))]
    if not days and not (name and year) and (not name or name in calendar.needs_company):
        before = text[max(0, start - 12) : start]
        if (name and not calendar.english) or (calendar.english and not _COMPANY.search(before)):
            return []
    stated = (calendar.months[name.lstrip("0")] if name else None, int(year[0]) if year else None)
    if len(days) < 2:
        day = int(days[0][1]) if days else None
        return [Mention(text[start:end], start, end, day, *stated, _weekday_in(words, calendar))]
    middle = days[0].end()
    second = calendar.weekday.search(words, middle, days[1].start()) or days[1]
    return [
        Mention(
            text[start + a : start + b], start + a, start + b, int(day[1]), *stated, _weekday_in(words[a:b], calendar)
        )
        for (a, b), day in zip([(0, middle), (second.start(), len(words))], days, strict=False)
    ]


@lru_cache(maxsize=2**16)  # the checks ask for the same words again and again
def dates_in(text: str, language: str | None = DEFAULT) -> tuple[Mention, ...]:
    """Every calendar expression in a text of a language (BCP 47), in order, with the parts that it states.

    Two days of one month (1 to 24 August 2025) give two mentions that share month and year. Numeric dates are read in
    the language's order. A weekday is a mention, or part of one. In English, May, March and abbreviations count beside
    a day or a year, or after a word such as "in"; a year (1500 to 2099) alone only after such a word. In other
    languages, a year alone counts. Numbers are taken as they stand, so 30 February is a mention too.
    """
    calendar, mentions = _calendar(language), []
    for match in calendar.dates.finditer(ascii_digits(text)):
        if match["iso"] or match["year_first"] or match["year_last"]:
            mentions.append(_in_numbers(match, text, calendar))
        else:
            mentions.extend(_in_words(match, text, calendar))
    return tuple(mentions)


def without_dates(text: str, language: str | None = DEFAULT) -> str:
    """Return the text with blanks where its calendar expressions stand."""
    for mention in dates_in(text, language):
        text = text[: mention.start] + " " * (mention.end - mention.start) + text[mention.end :]
    return text
