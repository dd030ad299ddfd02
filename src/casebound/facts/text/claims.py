"""Claims: the numbers, dates, names and quotations that a sentence states, and whether facts hold them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Container
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache

from casebound.facts.dates.edtf import When
from casebound.facts.dates.locales import DEFAULT, is_english
from casebound.facts.dates.mentions import Mention, dates_in, without_dates
from casebound.facts.text.countries import forms_in
from casebound.facts.text.measures import COUNTS, QUARTERS, Measure, fits, implied_in, listed_in, measures_in
from casebound.facts.text.normalisation import places_of, plain_words, whole
from casebound.facts.text.numbers import Value, currency_codes, numbers_in, without_numbers

_QUOTED = re.compile(r'"([^"]+)"')
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_LISTED = re.compile(r"((?:[\w-]+ ){1,3})[\w-]+: ([^.;:]+)")  # four countries: A, B, C and D
_OPENS = re.compile(r"(?:[.!?:]\W*|(?:^|[^\w.,;)])[\"'])$")  # before a word that opens a sentence or a quotation
_RUN = re.compile(r"[A-Z][\w'-]*(?: (?:(?:of|and|for|the|on|in) )*[A-Z][\w'-]*)+")  # a name of several words
_FEW = {"two": 2, "three": 3, "four": 4}
_SOME_QUARTERS = re.compile(r"\b(two|three|four) quarters\b", re.IGNORECASE)
_CAPITALS = re.compile(r"[A-ZÀ-Þ][\w'-]*(?: [A-ZÀ-Þ][\w'-]*)*")
# An opening word with what shows that it is a name: *Ada Quill*, *Stannet's*, *Quill said*; not *Closing Stannet*
_NAMED = re.compile(r"(?!\w+(?:ing|ly) )[^\W\d_]+ [A-Z][a-z]|[^\W\d_]+'s\b|[^\W\d_]*[^\W\d_s] (?:said|says|told)\b")
# Capitals that name nobody
_ABBREVIATIONS = frozenset("a ai ceo ceos cfo dr hr it mr mrs ms ok pc pcs prof st the tv".split())
# Words that open a sentence without being a name, even before another name.
_OPENERS = frozenset(
    """a about above according across after again against ahead all almost along alongside already although amid
    among an and another any apart around as aside asked at away because before behind below beneath besides
    between beyond both but by certain certainly clearly congress counted despite down during each early either
    elsewhere even every everything except few finally first following for from further given had
    has have he hence her here herself him himself his how however i if in indeed inside instead into is it its
    itself just last late later less like long management many may maybe me meanwhile more moreover most
    much must my nearby nearly neither never new next no nobody none nonetheless nor not nothing now of
    off officials often old on once one only onto opposite or other others our out outside over overnight own
    parliament past people perhaps police prior probably quite rather read recently reported
    roughly same second several she should similarly since so some somebody something sometimes somewhere
    soon staff still such taken than that the their theirs them themselves then there thereafter therefore these
    they third this those though three through throughout thus to today together tomorrow tonight too top toward
    towards twice two under unless unlike until up us usually very via was we well were what whatever when where
    whether which while who whose why will with within without would yes yesterday yet you your""".split()
)


Date = tuple[int | None, int | None, int | None, int | None]  # day, month, year, weekday from Monday (1)


@dataclass
class Held:
    """What a set of facts holds: every number, date, word and quotation that a sentence citing them may use.

    `language` is that of the sentences (BCP 47); every text that is held is read in its own.
    """

    numbers: set[Value] = field(default_factory=set)
    measures: set[Measure] = field(default_factory=set)  # the same numbers with their units
    dates: set[Date] = field(default_factory=set)
    moments: set[datetime] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    quotations: list[str] = field(default_factory=list)
    sources: set[str] = field(default_factory=set)  # titles, authors and publishers, each to be named in full
    publishers: set[str] = field(default_factory=set)  # of which a part is a name, too: *BBC* of *BBC News*
    language: str = DEFAULT
    currency: str = ""  # the case's, as `measures.currency` writes it

    @classmethod
    def of(cls, text: str, *others: Held) -> Held:
        """Return all that a text and others hold; the text is in the language of the others' sentences."""
        held = cls(language=others[0].language, currency=others[0].currency) if others else cls()
        held.add_text(text)
        for other in others:
            held.numbers |= other.numbers
            held.measures |= other.measures
            held.dates |= other.dates
            held.moments |= other.moments
            held.words |= other.words
            held.quotations += other.quotations
            held.sources |= other.sources
            held.publishers |= other.publishers
        return held

    def add_text(self, text: str | None, language: str | None = None, issued: date | None = None) -> None:
        """Hold all that a text states, read in its language, or in that of the sentences.

        A date without a year is held in the year that brings it nearest to the day on which the text was issued, too.
        """
        dates, numbers, measures, words = _stated_in(plain_words(text or ""), language or self.language)
        self.dates |= dates
        self.numbers |= numbers
        self.measures |= measures
        self.words |= words
        if issued:
            self.dates |= {_in_year(stated, issued) for stated in dates if stated[1] and not stated[2]}

    def add_quotation(self, text: str | None, language: str | None = None, issued: date | None = None) -> None:
        """Hold a quotation, and all that it states."""
        self.add_text(text, language, issued)
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
            self.moments.add(when.moment)

    def holds_date(self, mention: Mention) -> bool:
        """Tell whether one date holds every part that a mention states."""
        wanted = (mention.day, mention.month, mention.year, mention.weekday)
        if wanted == (None, None, mention.year, None) and mention.year in self.numbers:
            return True
        return any(all(w is None or w == h for w, h in zip(wanted, held, strict=True)) for held in self.dates)

    def form_of(self, kind: str, words: str) -> str | None:
        """Return what it holds that may be another form of a claim: a like word, another unit or size, or capitals."""
        if kind == "name":
            like = difflib.get_close_matches(words.casefold(), sorted(self.words), n=1, cutoff=0.7)
            return like[0].title() if like else None
        if kind == "quotation":
            found = (re.search(whole(re.escape(words)), held, re.IGNORECASE) for held in self.quotations)
            return next((match[0] for match in found if match), None)
        stated = measures_in(words, self.language) if kind == "number" else ()
        numbers = [m for m in stated if not isinstance(m.value, str)]
        alike = ((m, n) for n in numbers for m in self.measures if m.kind and m.shown and m.value == n.value)
        units = sorted(
            m.shown for m, n in alike if n.kind in COUNTS or m.kind not in COUNTS
        )  # *4 shops*, not *4 hours*
        return units[0] if units else next(filter(None, map(self._other_size, numbers)), None)

    def _other_size(self, stated: Measure) -> str | None:
        """Return a held number of the same unit, or of none, that is a hundred, a thousand … times as big or small."""
        alike = sorted(held for held in self.measures if held.shown and held.kind in (stated.kind, *COUNTS))
        numbers = ((held.shown, held.value) for held in alike if not isinstance(held.value, str))
        sizes = (100, 1000, 10**6, 10**9)
        return next((shown for shown, n in numbers for size in sizes if stated.value in (n * size, n / size)), None)

    def holds_number(self, stated: Measure) -> bool:
        """Tell whether a number is held in its unit or without one, as a year, or as the time between two dates."""
        if stated.kind == "quarter":  # the quarter may be our reckoning, unless they name another
            held = {each.value for each in self.measures} & {*QUARTERS.values()}
            return stated.value in held or not held
        years = {year for _, _, year, _ in self.dates} if stated.kind in COUNTS else ()
        if stated.value in years or (stated.value in self.numbers and isinstance(stated.value, str)):
            return True
        return any(fits(stated, held, self.currency) for held in self.measures) or (
            stated.apart and self._lie_apart(stated)
        )

    def quarters(self) -> int:
        """Return how many different quarters are held."""
        return len({each.value for each in self.measures} & {*QUARTERS.values()})

    def _lie_apart(self, stated: Measure) -> bool:
        """Tell whether two dates or moments lie so far apart; a month has 28 to 31 days."""
        low, high = stated.low * stated.base, stated.high * stated.base
        lengths = ((b - a).total_seconds() for a in self.moments for b in self.moments)
        if stated.kind == "time" and any(low <= length <= high for length in lengths):
            return True
        days = {day.toordinal() for held in self.dates if (day := _day_of(*held[:3]))}
        shortest, longest = (low / 86400, high / 86400) if stated.kind == "time" else (28 * low, 31 * high)
        if any(shortest <= later - earlier <= longest for earlier in days for later in days):
            return True
        months = {12 * year + month for _, month, year, _ in self.dates if year and month}
        return stated.kind == "months" and any(low <= b - a <= high for a in months for b in months)

    def holds_quotation(self, words: str) -> bool:
        """Tell whether words in quotation marks stand in one quotation, in this order and untouched.

        Only their first letter may be large where the quotation's is small, or the other way round.
        """
        words = re.sub(r"^\W+|\W+$", "", words)
        forms = {words, words[:1].swapcase() + words[1:]}
        return any(stands_in(form, held) for held in self.quotations for form in forms)


@lru_cache(maxsize=2**16)  # several checks ask for the same texts
def _stated_in(text: str, language: str) -> tuple[frozenset, frozenset, frozenset, frozenset]:
    """Return the dates, numbers, measures and words that a text states."""
    mentions = dates_in(text, language)
    measures = frozenset(measures_in(text, language))
    measures |= implied_in(text) | listed_in(text) if is_english(language) else frozenset()
    numbers: set[Value] = {value for _, value in numbers_in(text, language)}
    numbers |= {f"{mention.day}th" for mention in mentions if mention.day}
    countries = " ".join(forms_in(text)) if is_english(language) else ""
    words = frozenset(words_in(f"{text} {countries}") | _acronyms(text))
    return frozenset(map(_date_of, mentions)), frozenset(numbers), measures, words


def _date_of(mention: Mention) -> Date:
    """Return the date of a mention, with the weekday of the calendar if it names none."""
    stated = (mention.day, mention.month, mention.year)
    day = _day_of(*stated)
    return *stated, mention.weekday or (day.isoweekday() if day else None)


def _in_year(stated: Date, issued: date) -> Date:
    """Return a day or month without a year in the year that brings it nearest to a day."""
    day, month, _, weekday = stated
    near = {
        abs((there - issued).days): year
        for year in (issued.year - 1, issued.year, issued.year + 1)
        if (there := _day_of(day or 15, month, year))
    }
    year = near[min(near)] if near else None
    there = _day_of(day, month, year)
    return day, month, year, weekday or (there.isoweekday() if there else None)


def _day_of(day: int | None, month: int | None, year: int | None) -> date | None:
    """Return the day of the calendar, None where a part is missing, and for 30 February."""
    with suppress(ValueError):
        return date(year, month, day) if day and month and year else None
    return None


def stands_in(words: str, text: str) -> bool:
    """Tell whether whole words stand in a text, after the normalisation of quotations."""
    return any(True for _ in places_of(plain_words(words).strip(), plain_words(text)))


def words_in(text: str) -> set[str]:
    """Return the words of a text, case-folded, each also without a possessive ending."""
    words = {word.casefold() for word in _WORD.findall(plain_words(text))}
    return words | {_bare(word) for word in words} | {part for word in words for part in re.split("[-']", word)}


def _acronyms(text: str) -> set[str]:
    """Return the initials of every name of several words: `ncsc` for *Britain's National Cyber Security Centre* too."""
    found = set()
    for run in _RUN.findall(text):
        initials = "".join(word[0] for word in run.split() if word[0].isupper()).lower()
        found |= {initials[start:] for start in range(len(initials) - 1)}
    return found


def _bare(word: str) -> str:
    return word.removesuffix("'s").removesuffix("'")


def figures_in(text: str) -> list[str]:
    """Return the dates and numbers that a text states, as written."""
    return [mention.text for mention in dates_in(text)] + [shown for shown, _ in numbers_in(text)]


def names_in(sentence: str, ordinary: Container[str] = (), known: Container[str] = ()) -> list[str]:
    """Return the words of a sentence that are written as names, without possessive endings.

    Every sentence and quotation opens with a capital. Its first word counts as a name if it is known as one or used as
    one (`_NAMED`); and not if it is an ordinary word, one of a short list or of those given.
    """
    written = plain_words(sentence)
    text = without_numbers(without_dates(written))
    names = []
    for i, match in enumerate(_WORD.finditer(text)):
        word, before = _bare(match[0]), text[: match.start()]
        low = word.casefold()
        is_sign = len(word) < 4 and written[match.end() : match.end() + 1] == "$"  # C$100M, US$100M
        if word == low or word == "I" or low in _ABBREVIATIONS or is_sign or _is_code(written, text, match):
            continue
        opens = word[1:].islower() and (i == 0 or _OPENS.search(before))
        ordinarily = low in _OPENERS or low in ordinary
        if opens and (ordinarily or not (low in known or _NAMED.match(text, match.start()))):
            continue
        names.append(word)
    return names


def _is_code(written: str, text: str, word: re.Match) -> bool:
    """Tell whether a word of `text`, which lacks the numbers of `written`, is a currency's code beside a number."""
    if len(word[0]) != 3 or word[0] not in currency_codes("en"):
        return False
    before = [len(each[: word.start()].rstrip()) for each in (written, text)]
    return before[0] > before[1] or re.match(r"\s?\d", written[word.end() :]) is not None


def _counted(text: str, language: str) -> set[str]:
    """Return the numbers, as written, that count the items of the list behind them."""
    found = set()
    for words, items in _LISTED.findall(text):
        count = len(re.split(r",\s(?:and\s|or\s)?|\s(?:and|or)\s", items))
        found |= {shown for shown, value in numbers_in(words, language) if value == count}
    return found


def unheld(
    sentence: str, held: Held, ordinary: Container[str] = (), known: Container[str] = ()
) -> list[tuple[str, str]]:
    """Return the claims of a sentence that the facts do not hold: kind (date, number, quotation, name) and words."""
    text = plain_words(sentence)
    missing = [("date", m.text) for m in dates_in(text, held.language) if not held.holds_date(m)]
    stated = [stated for stated in measures_in(text, held.language) if not held.holds_number(stated)]
    counted = _counted(text, held.language) if stated else set()
    counted |= {str(found[1]) for found in _SOME_QUARTERS.finditer(text) if held.quarters() == _FEW[found[1].lower()]}
    missing += [("number", number.shown) for number in stated if number.shown not in counted]
    missing += [("quotation", words) for words in _QUOTED.findall(text) if not held.holds_quotation(words)]
    for source in held.sources:
        if source.casefold() in text.casefold():  # most are not, and a pattern for each takes its time
            text = re.sub(whole(re.escape(source)), source.lower(), text, flags=re.IGNORECASE)
    names = dict.fromkeys(names_in(text, ordinary, known))
    missing += [
        ("name", name) for name in names if name.casefold() not in held.words and not _is_publisher(name, text, held)
    ]
    return missing


def _is_publisher(name: str, text: str, held: Held) -> bool:
    """Tell whether a name stands only as part of a publisher's: *Plains*, not *Plains Research*, of *Plains Wire*."""
    publishers = [{_bare(word) for word in _WORD.findall(publisher)} for publisher in held.publishers]
    runs = [{_bare(word) for word in _WORD.findall(run)} for run in _CAPITALS.findall(text)]
    named = [{word for word in run if word.casefold() not in _OPENERS} for run in runs if name in run]
    return bool(named) and all(any(run <= words for words in publishers) for run in named)


def typeset(text: str) -> str:
    """Return our own words with typographic apostrophes and quotation marks; never used on a source's words."""
    text = re.sub(r"(?<=\w)'|'(?=\d0s)", "’", text)
    return re.sub(r'(^|[\s(\[—–])"', r"\1“", text).replace('"', "”")
