"""Numbers: which numbers a text states, read by the signs and the words of size of its language (CLDR)."""

import re
import unicodedata
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from babel import Locale
from babel.numbers import list_currencies

from casebound.facts.dates.locales import DEFAULT, ascii_digits, is_english, locale_of, locales_of, one_of
from casebound.facts.dates.mentions import without_dates
from casebound.facts.text.normalisation import plain_words
from casebound.facts.text.number_words import GROUPS, WORDS, Worth, with_part, worth

Value = float | str  # a clock time, an ordinal, an identifier (A320, 24/7) or a sign (²) stays text


class Number(NamedTuple):
    """A number at `start` to `end` of a text, as written and as a value.

    `ranged`: it opens a range, whose other end follows; `weak`: it is a "one", perhaps a pronoun.
    """

    shown: str
    value: Value
    start: int
    end: int
    ranged: bool = False
    weak: bool = False


_SIGN = r"[$£€¥¢₠-⃀]"
_MONEY_BEFORE = re.compile(_SIGN + r"\s?\Z")
_CURRENCY = rf"(?:[A-Z]{{0,3}}{_SIGN}\s?|[A-Z]{{3}}\s?)?"
_ENGLISH_RANGE = re.compile(rf"\s?-\s?{_CURRENCY}|\s(?:to|or)\s{_CURRENCY}")
_BETWEEN = re.compile(rf"\bbetween\s{_CURRENCY}\Z", re.IGNORECASE)
_AND = re.compile(rf"\sand\s{_CURRENCY}")
_DASH = re.compile(rf"\s?-\s?{_CURRENCY}")
_UNIT = re.compile(r"[\s-]?[^\W\d_]+\Z")
_FARTHEST = 100  # how many times the second number of a range the first may be
_SHORT_WORD = re.compile(r"\s[^\W\d_]{1,4}\s")  # bis, à, til, y: CLDR does not list them


def _sizes_of(locale: Locale, width: str) -> dict[str, int]:
    """Return the words of size of a locale as CLDR writes them behind a number (" Mrd", "k"), with their values."""
    sizes = {}
    for forms in locale.compact_decimal_formats.get(width, {}).values():
        for power, pattern in forms.items():
            unit = plain_words(pattern.pattern.replace("'", ""))
            if "0" in unit and (word := unit.strip("0").rstrip(" .")).strip():
                sizes[word] = int(power) // 10 ** (unit.count("0") - 1)
    return sizes


@cache
def _sizes(language: str | None) -> dict[str, int]:
    """Return all words of size of a language: those of one letter as written, the others in small letters."""
    found: dict[str, int] = {}
    for locale in reversed(locales_of(language)):
        found |= _sizes_of(locale, "long") | _sizes_of(locale, "short")
    if is_english(language):  # lakh and crore, and what news agencies print
        found = _sizes_of(locale_of("en-IN"), "long") | GROUPS | {"mn": 10**6, "mln": 10**6, "bln": 10**9} | found
    return {word if len(word.strip()) == 1 else word.strip().casefold(): size for word, size in found.items()}


def _size_pattern(language: str | None) -> str:
    """Return the pattern of a word of size; one letter stands where CLDR writes it: 30k, and 30 M in French."""
    sizes = _sizes(language)
    glued = {word for word in sizes if ord(word[-1]) >= 0x2E80}  # 30万台: no blank follows
    letters = {word for word in sizes if len(word.strip()) == 1} - glued
    words = one_of(sizes.keys() - glued - letters)
    return rf"[\s-]?(?i:{words})(?!\w)|{one_of(letters)}(?!\w)|\s?{one_of(glued)}"


@cache
def _signs(language: str | None) -> tuple[str, str]:
    """Return the decimal and the group signs. Where a comma is decimal, three digits after a stop are a group."""
    symbols = [system for system in locale_of(language).number_symbols.values() if system.get("decimal")]
    decimals = {"."} if is_english(language) else {system["decimal"] for system in symbols}
    groups = {system["group"] for system in symbols if system.get("group")} | {"." if "," in decimals else ","}
    plain = {" " if sign.isspace() else plain_words(sign) for sign in groups}
    return "".join(sorted(decimals)), "".join(sorted(plain - decimals))


@cache
def _grouped(language: str | None) -> re.Pattern[str]:
    decimals, groups = (re.escape(signs) for signs in _signs(language))
    indian = r"[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}|" if "," in groups else ""
    whole = rf"(?:{indian}[0-9]{{1,3}}(?P<g>[{groups}])[0-9]{{3}}(?:(?P=g)[0-9]{{3}})*)(?![0-9])"
    return re.compile(rf"{whole}(?:[{decimals}][0-9]+)?")


@cache
def _pattern(language: str | None) -> re.Pattern[str]:
    decimals, _ = _signs(language)
    decimals = re.escape(decimals if "." in decimals else f"{decimals}.")
    english, clock = is_english(language), r"(?<![\w.:])(?P<clock>[0-9]{1,2}:[0-9]{2})(?!\w)"
    if english:
        clock = rf"(?<![\w.:])(?P<half_day>[0-9]{{1,2}}(?:[:.][0-9]{{2}})?\s?[ap]\.?m(?!\w)\.?)|{clock}"
    elif "H.mm" in locale_of(language).time_formats["short"].pattern:
        clock = clock.replace(":[0-9]{2}", "[:.][0-9]{2}(?![0-9])")
    ordinal = r"(?P<ordinal>(?:st|nd|rd|th)(?!\w))|" if english else ""
    return re.compile(
        rf"(?=[0-9])(?:{clock}|(?P<digits_token>(?<![^\W_])(?:[0-9]+[A-Za-z]+[0-9][A-Za-z0-9]*|[0-9]+(?:/[0-9]+)+(?!\w)))"
        r"|(?P<mixed>[0-9]+\s?[¼-¾⅐-⅞])"
        rf"|(?P<digits>{_grouped(language).pattern}|[0-9]+(?:\.[0-9]+){{2,}}|[0-9]+(?:[{decimals}][0-9]+)?)"
        rf"(?:{ordinal}(?P<size>{_size_pattern(language)}))?)"
        r"|(?P<token>(?<![^\W_])(?P<letters>[A-Za-z]+)[0-9][A-Za-z0-9]*(?!\w|[.,][0-9]))"
        r"|(?P<sign>[²³])|(?P<fraction>[¼-¾⅐-⅞])" + (rf"|(?i:{WORDS})" if english else "")
    )


@cache
def currency_codes(language: str | None) -> frozenset[str]:
    return frozenset(list_currencies()) | {s for s in locale_of(language).currency_symbols.values() if s.isalpha()}


def _clock(text: str) -> str:
    hour, minute = re.fullmatch(r"([0-9]+)(?:[:.]([0-9]{2}))?.*", text).groups()  # type: ignore[union-attr]
    if half := re.search("[ap]", text.lower()):
        hour = int(hour) % 12 + 12 * (half[0] == "p")
    return f"{int(hour):02}:{minute or '00'}"


def _of_digits(match: re.Match, language: str | None) -> Worth:
    """Return what digits are worth, with the word of size behind them."""
    digits, (start, end) = match["digits"], match.span()
    decimals, groups = _signs(language)
    if match.groupdict().get("ordinal"):
        return Worth(start, end, f"{digits}th")
    if _grouped(language).fullmatch(digits):
        digits = digits.translate(dict.fromkeys(map(ord, groups)))
    elif digits.count(".") > 1:
        return Worth(start, end, digits)
    sizes, unit = _sizes(language), match["size"]
    if not unit and _MONEY_BEFORE.search(match.string, 0, start):
        unit = (re.compile(r"\s?[a-z](?!\w)", re.IGNORECASE).match(match.string, end) or [""])[0]
        known = {letter.strip().casefold(): size for letter, size in sizes.items() if len(letter.strip()) == 1}
        size = known.get(unit.strip().casefold(), 1)
        end += len(unit) if size > 1 else 0
    else:
        word = re.sub(r"\s+", " ", unit or "")
        size = sizes.get(word) or sizes.get(word.strip(" -").casefold(), 1)
    number = Decimal(re.sub(f"[{re.escape(decimals)}]", ".", digits))
    return Worth(start, end, float(number * size), size)


def _read(text: str, language: str | None) -> list[Worth]:
    """Return the numbers of a text, each by itself."""
    found: list[Worth] = []
    pattern, place = _pattern(language), 0
    while match := pattern.search(text, place):
        start, place = match.span()
        if match["letters"] in currency_codes(language):
            place = start + len(match["letters"])
            match = pattern.match(text, place)
            if not match or not match["digits"]:
                continue
            place = match.end()
        if clock := match["clock"] or match.groupdict().get("half_day"):
            read = [Worth(start, place, _clock(clock))]
        elif match["token"] or match["digits_token"] or match["sign"]:
            read = [Worth(start, place, match[0].casefold())]
        elif match["mixed"] or match["fraction"]:
            value = int(match[0][:-1].strip() or 0) + unicodedata.numeric(match[0][-1])
            read = [Worth(start, place, value)]
        elif match["digits"]:
            read = [_of_digits(match, language)]
        else:
            read = worth(match)
        if is_english(language) and read:
            read[-1] = with_part(text, read[-1])
        found += read
        place = max(place, read[-1].end if read else 0)
        found[-2:] = _joined(found[-2:])
    return found


def _joined(last: list[Worth]) -> list[Worth]:
    """Return two numbers as one where the second goes on with the first: 3億5000万."""
    if len(last) == 2 and last[0].end == last[1].start and last[0].size > last[1].size:
        (start, _, first, *_), (_, end, second, size, _) = last
        if not (isinstance(first, str) or isinstance(second, str)):
            return [Worth(start, end, first + second, size)]
    return last


def _shared(text: str, numbers: list[Worth], language: str | None) -> list[Number]:
    """Return the numbers of a text: both ends of a range have its word of size (300 to 350 million)."""
    stated: list[Number] = []
    following: Worth | None = None
    for number in reversed(numbers):
        shown = text[number.start : number.end].strip()
        ranged = following is not None and _is_range(text, number, following, language)
        maybe = not is_english(language) and following and _SHORT_WORD.fullmatch(text[number.end : following.start])
        sized = following is not None and following.size > number.size == 1
        if (
            following
            and sized
            and (ranged or maybe)
            and not isinstance(number.value, str)
            and _may_share(number.value, following)
        ):
            if not ranged:  # it may be no range: both readings are held
                stated.append(Number(shown, number.value, number.start, number.end))
            size, unit = following.size, _UNIT.search(text, following.start, following.end)
            number = Worth(number.start, number.end, scaled(float(number.value), size), size)
            shown += unit[0] if unit else ""
        stated.append(Number(shown, number.value, number.start, number.end, ranged, number.weak))
        following = number
    return stated[::-1]


def _may_share(number: float, following: Worth) -> bool:
    """Tell whether a number may have the next one's word of size: not the first of *870,000 to 1.24 million*."""
    if isinstance(following.value, str):
        return False
    return scaled(number, following.size) < _FARTHEST * following.value


def _is_range(text: str, first: Worth, last: Worth, language: str | None) -> bool:
    between = text[first.end : last.start]
    if not is_english(language):
        return bool(_DASH.fullmatch(between))
    return bool(_ENGLISH_RANGE.fullmatch(between) or (_AND.fullmatch(between) and _BETWEEN.search(text[: first.start])))


@lru_cache(maxsize=2**16)  # the checks ask for the same words again and again
def placed_numbers(text: str, language: str | None = DEFAULT) -> tuple[Number, ...]:
    """Return the numbers of a plain text without dates, with their places; a weak "one" too."""
    return tuple(_shared(text, _read(ascii_digits(text), language), language))


def numbers_in(text: str, language: str | None = DEFAULT) -> list[tuple[str, Value]]:
    """Return the numbers of a text outside its dates: as written, and as a value.

    A clock time, an ordinal (24th), an identifier (A320, 24/7) and a sign (²) are text. "One" alone is no number, and
    ordinals in words are none. Number words are read in English alone.
    """
    found = placed_numbers(without_dates(plain_words(text), language), language)
    return [(number.shown, number.value) for number in found if not number.weak]


@lru_cache(maxsize=2**16)
def without_numbers(text: str, language: str | None = DEFAULT) -> str:
    """Return the text with blanks where its numbers and their words of size stand; identifiers stay."""
    for number in _read(ascii_digits(text), language):
        if not (isinstance(number.value, str) and number.value[:1].isalpha()):
            text = text[: number.start] + " " * (number.end - number.start) + text[number.end :]
    return text


def scaled(number: float, size: float) -> float:
    """Return a number of a size, without the error of binary fractions, as `numbers_in` reads it."""
    return float(Decimal(str(number)) * Decimal(size))
