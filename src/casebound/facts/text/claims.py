"""Claims: the numbers, dates, names and quotations that a sentence states, and whether facts hold them."""

from __future__ import annotations

import re
from collections.abc import Container
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import combinations

from casebound.facts.dates.edtf import When
from casebound.facts.dates.locales import DEFAULT
from casebound.facts.dates.mentions import Mention, dates_in, without_dates
from casebound.facts.text.normalisation import plain_words
from casebound.facts.text.numbers import Value, numbers_in, without_numbers

_QUOTED = re.compile(r'"([^"]+)"')
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_LATER = re.compile(r"([\w-]+) (day|week)s? (?:later|earlier|after|before|on)\b", re.IGNORECASE)
_SENTENCE_ENDS = re.compile(r"[.!?:]\W*$")
# Words that open a sentence without being a name; every other opening word must be known from elsewhere.
_OPENERS = frozenset(
    """a about according after again against all already although among an and another any as asked at because before
    behind besides between both but by counted each either elsewhere even every everything few finally first for from
    given had has have he here his how however if in instead is it its just last later less like long many meanwhile
    more most much neither never next no nobody none nor not nothing now of on once one only or other others our out
    over perhaps read reported several she since so some somebody still such taken than that the their them then there
    these they this those three through thus to together too towards two under unlike until up was we were what whatever
    when where whether which while who whose why with within without would yet""".split()
)


Date = tuple[int | None, int | None, int | None, int | None]  # day, month, year, weekday from Monday (1)


@dataclass
class Held:
    """What a set of facts holds: every number, date, word and quotation that a sentence citing them may use.

    `language` is that of the sentences (BCP 47); every text that is held is read in its own.
    """

    numbers: set[Value] = field(default_factory=set)
    dates: set[Date] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    quotations: list[str] = field(default_factory=list)
    language: str = DEFAULT

    @classmethod
    def of(cls, text: str, *others: Held) -> Held:
        """Return all that a text and others hold; the text is in the language of the others' sentences."""
        held = cls(language=others[0].language if others else DEFAULT)
        held.add_text(text)
        for other in others:
            held.numbers |= other.numbers
            held.dates |= other.dates
            held.words |= other.words
            held.quotations += other.quotations
        return held

    def add_text(self, text: str | None, language: str | None = None) -> None:
        """Hold all that a text states, read in its language, or in that of the sentences."""
        dates, numbers, words = _stated_in(plain_words(text or ""), language or self.language)
        self.dates |= dates
        self.numbers |= numbers
        self.words |= words

    def add_quotation(self, text: str | None, language: str | None = None) -> None:
        """Hold a quotation, and all that it states."""
        self.add_text(text, language)
        self.quotations.extend(plain_words(piece).strip() for piece in (text or "").split("…") if piece.strip())

    def add_date(self, when: When) -> None:
        """Hold the days that bound a date, as exact as it is written."""
        for window in (when.start, when.end):
            whole_month = (
                window.earliest and window.latest and window.earliest.day == 1 and window.earliest != window.latest
                and "-" in when.text and not re.search(r"\d{4}-\d{2}-01", when.text)
            )  # fmt: skip
            for day in (day for day in (window.earliest, window.latest) if day):
                if whole_month:
                    self.dates.add((None, day.month, day.year, None))
                else:
                    self.dates.add((day.day, day.month, day.year, day.isoweekday()))
                    self.numbers.add(f"{day.day}th")
        if when.moment:
            self.numbers.add(f"{when.moment:%H:%M}")

    def holds_date(self, mention: Mention) -> bool:
        """Tell whether one date holds every part that a mention states."""
        wanted = (mention.day, mention.month, mention.year, mention.weekday)
        if wanted == (None, None, mention.year, None) and mention.year in self.numbers:
            return True
        return any(all(w is None or w == h for w, h in zip(wanted, held, strict=True)) for held in self.dates)

    def holds_number(self, value: Value) -> bool:
        """Tell whether a number is held: as such, or as the year of a date."""
        return value in self.numbers or (
            (1500 <= float(value) < 2100 if not isinstance(value, str) else False)
            and any(value == year for _, _, year, _ in self.dates)
        )

    def days_apart(self) -> set[int]:
        """Return by how many days any two dates lie apart."""
        days = sorted(date(y, m, d) for d, m, y, w in self.dates if d and m and y and w)
        return {(later - earlier).days for earlier, later in combinations(days, 2)}

    def holds_quotation(self, words: str) -> bool:
        """Tell whether words in quotation marks stand in one quotation, in this order and untouched."""
        words = re.sub(r"^\W+|\W+$", "", words)
        return any(stands_in(words, held) for held in self.quotations)


@lru_cache(maxsize=2**16)  # several checks ask for the same texts
def _stated_in(text: str, language: str) -> tuple[frozenset, frozenset, frozenset]:
    """Return the dates, numbers and words that a text states."""
    mentions = dates_in(text, language)
    numbers: set[Value] = {value for _, value in numbers_in(text, language)}
    numbers |= {f"{mention.day}th" for mention in mentions if mention.day}
    return frozenset(map(_date_of, mentions)), frozenset(numbers), frozenset(words_in(text))


def _date_of(mention: Mention) -> Date:
    """Return the date of a mention, with the weekday of the calendar if it names none."""
    day, month, year, weekday = mention.day, mention.month, mention.year, mention.weekday
    if day and month and year and weekday is None:
        with suppress(ValueError):  # 30 February
            weekday = date(year, month, day).isoweekday()
    return day, month, year, weekday


def stands_in(words: str, text: str) -> bool:
    """Tell whether whole words stand in a text, after the normalisation of quotations."""
    words, text = plain_words(words).strip(), plain_words(text)
    return words in text and re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) is not None


def words_in(text: str) -> set[str]:
    """Return the words of a text, case-folded, each also without a possessive ending."""
    words = {word.casefold() for word in _WORD.findall(plain_words(text))}
    return words | {_bare(word) for word in words} | {part for word in words for part in word.split("-")}


def _bare(word: str) -> str:
    return word.removesuffix("'s").removesuffix("'")


def figures_in(text: str) -> list[str]:
    """Return the dates and numbers that a text states, as written."""
    return [mention.text for mention in dates_in(text)] + [shown for shown, _ in numbers_in(text)]


def names_in(sentence: str, *ordinary: Container[str]) -> list[str]:
    """Return the words of a sentence that are written as names, without possessive endings.

    The opening word counts as one unless it is an ordinary word: one of a short list, or of those given.
    """
    text = without_numbers(without_dates(plain_words(sentence)))
    known = (_OPENERS, *ordinary)  # not joined: a case has many words and looks up few
    names = []
    for i, match in enumerate(_WORD.finditer(text)):
        word = _bare(match[0])
        opens = i == 0 or bool(_SENTENCE_ENDS.search(text[: match.start()]))
        is_ordinary = opens and any(word.casefold() in words for words in known)
        if any(c.isupper() for c in word) and word != "I" and not is_ordinary:
            names.append(word)
    return names


def _apart(text: str, held: Held) -> set[float]:
    """Return the numbers of days and weeks by which a sentence puts two dates apart, where two that are held lie so."""
    numbers = [
        (value, 7 if unit == "week" else 1)
        for words, unit in _LATER.findall(text)
        for _, value in numbers_in(words, held.language)
        if not isinstance(value, str)
    ]
    known = held.days_apart() if numbers else set()
    return {value for value, days in numbers if value * days in known}


def unheld(sentence: str, held: Held, *ordinary: Container[str]) -> list[tuple[str, str]]:
    """Return the claims of a sentence that the facts do not hold: kind (date, number, quotation, name) and words."""
    text = plain_words(sentence)
    missing = [("date", m.text) for m in dates_in(text, held.language) if not held.holds_date(m)]
    apart = _apart(text, held)
    missing += [
        ("number", shown)
        for shown, value in numbers_in(text, held.language)
        if not held.holds_number(value) and value not in apart
    ]
    missing += [("quotation", words) for words in _QUOTED.findall(text) if not held.holds_quotation(words)]
    missing += [
        ("name", name) for name in dict.fromkeys(names_in(text, *ordinary)) if name.casefold() not in held.words
    ]
    return missing


def typeset(text: str) -> str:
    """Return our own words with typographic apostrophes and quotation marks; never used on a source's words."""
    text = re.sub(r"(?<=\w)'|'(?=\d0s)", "’", text)
    return re.sub(r'(^|[\s(\[—–])"', r"\1“", text).replace('"', "”")
