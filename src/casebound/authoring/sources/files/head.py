"""Head: the lines of a text that print its byline and its stamps."""

from __future__ import annotations

import re
from collections.abc import Sequence

from casebound.authoring.sources.files.reading import Reading
from casebound.authoring.sources.language import readings_of
from casebound.authoring.sources.names import name_of, names_in, opens_as_byline
from casebound.facts.dates.mentions import dates_in
from casebound.facts.dates.stamps import read_stamp, stamps_in
from casebound.facts.text.normalisation import plain_words, whole

LONGEST = 160  # characters of a byline, a stamp or a headline
_HEAD = 12  # lines of a text without markup among which they are looked for, and as many at its end
_LABEL = 3  # words of a label such as *Last updated*
_MOST = 12  # words of a stamp without a label
_NO_HEADLINE = re.compile(
    r"\b(?:press|news|media) (?:release|statement)\b|\bfor immediate release\b|\bembargo|\d/\d|@|^(?:contact|tel)\b",
    re.I,
)
_PARTS = re.compile(r"\s*[|•·]\s*|\s+[–—-]\s+(?=\D)|\s+(?=(?:Last )?(?:Updated|Modified|Aktualisiert|Oppdatert)\b)")


def note_stamps(
    words: str, following: str, reading: Reading, language: str | None, bare_kind: str = "published"
) -> int:
    """Note the stamps that a line prints, and return how many lines they fill: a time may stand on the next one.

    A line without such a word as *Published* counts if it is little more than a date, and no line before it had one.
    """
    filled, languages = 0, readings_of(language)
    if len(words.split()) <= _LABEL and not re.search(r"\d", words) and len(following) <= LONGEST:
        together = f"{words} {_PARTS.split(following)[0]}"  # a label on a line of its own
        for kind in ("published", "updated"):
            if any(stamps_in([together], kind, each, reading.zone) for each in languages):
                reading.prints(kind, together)
                reading.has_labels = True
                return 2
    for part in _PARTS.split(words) if len(words) <= LONGEST else []:
        labelled = {
            kind: [stamp for each in languages for stamp in stamps_in([part, following], kind, each, reading.zone)]
            for kind in ("published", "updated")
        }
        for kind, stamps in labelled.items():
            for stamp in dict.fromkeys(stamp for stamp in stamps if stamp.startswith(part)):
                reading.prints(kind, stamp)
                filled = max(filled, 2 if len(stamp) > len(part) else 1)
        is_bare = not any(labelled.values()) and not reading.has_labels and len(part.split()) <= _MOST
        if any(labelled.values()):
            reading.has_labels = True
        elif is_bare and any(read_stamp(plain_words(part), each, reading.zone) for each in languages):
            reading.prints(bare_kind, part)
            filled = max(filled, 1)
    return filled


def read_head(lines: Sequence[str], reading: Reading, language: str | None) -> None:
    """Note the title, byline and stamps of a text without markup, whose title is its first line or nothing.

    Below a letterhead it is the first line that is no reference, no stamp and no sentence.
    """
    if not reading.claims.get("title") and lines and len(lines[0]) <= LONGEST:
        title, name = lines[0], _letterhead(lines)
        if name:
            reading.claim("publisher", "the letterhead", name)
            title = next((words for words in lines[1:_HEAD] if _is_headline(words, language)), title)
        reading.prints("title", title)
        which = "this is its first line" + " below the letterhead that may be one" * (title != lines[0])
        reading.doubt("title", f"the text does not mark its title: {which}")
    for i, words in enumerate(lines):
        if _HEAD <= i < len(lines) - _HEAD or len(words) > LONGEST:
            continue
        if opens_as_byline(words):
            reading.prints("byline", words)
            reading.authors.setdefault("byline", [name_of(name) for name in names_in(words)])
        note_stamps(words, lines[i + 1] if i + 1 < len(lines) else "", reading, language)


def _letterhead(lines: Sequence[str]) -> str:
    """Return the name that a first line in capitals is, as the text below writes it; empty if it is no such name."""
    if not lines[0].isupper() or len(lines[0].split()) < 2:
        return ""
    found = re.search(whole(re.escape(lines[0].title())), "\n".join(lines[1:]))
    return found[0] if found else ""


def _is_headline(words: str, language: str | None) -> bool:
    """Tell whether a line may be a headline: no reference, no stamp, no sentence."""
    is_short = len(words.split()) >= 3 and len(words) <= LONGEST and words[-1] not in ".:;"
    return is_short and not _NO_HEADLINE.search(words) and not dates_in(words, language)
