"""Reading: what a file says of itself, place by place, before anybody decides between the places."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from casebound.facts.text.normalisation import INVISIBLE, plain_words

_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
_DATES = ("published", "updated")


class Claim(NamedTuple):
    """A value of a field, and the place in the file that gives it."""

    place: str
    value: str


@dataclass
class Reading:
    """A file's text with what each place in it gives for each field.

    `raw` is the content of a text file, which is kept byte for byte; the others have `paragraphs`. `printed` holds the
    words of the text that print a field; `has_labels` tells whether a stamp among them has a word such as *Published*.
    `doubts` are fields with what a person should look at; a `stub` keeps the rest of its text behind a wall. A claim by
    the place `printed` is one that the text itself prints. `zone` is the case's time zone.
    """

    kind: str
    paragraphs: list[str] = field(default_factory=list)
    raw: bytes | None = None
    claims: dict[str, list[Claim]] = field(default_factory=dict)
    authors: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    printed: dict[str, str] = field(default_factory=dict)
    captions: list[str] = field(default_factory=list)
    doubts: list[Claim] = field(default_factory=list)
    zone: str = ""
    stub: bool = False
    has_labels: bool = False

    def claim(self, name: str, place: str, value: object) -> None:
        """Note what a place gives for a field, if it gives anything."""
        if isinstance(value, str) and (words := tidy(value)):
            self.claims.setdefault(name, []).append(Claim(place, words))

    def doubt(self, name: str, why: str) -> None:
        """Note what a person should look at."""
        if Claim(name, why) not in self.doubts:
            self.doubts.append(Claim(name, why))

    def prints(self, name: str, words: str, value: str = "") -> None:
        """Note words that print a field: the first stand for it, and each that is a stamp is a claim."""
        self.printed.setdefault(name, words)
        if name in _DATES or (name == "title" and words == self.printed[name]):
            self.claim(name, "printed", value or words)

    @property
    def content(self) -> bytes:
        """The bytes of the text: paragraphs with a blank line between them."""
        return self.raw if self.raw is not None else ("\n\n".join(self.paragraphs) + "\n").encode()

    @property
    def text(self) -> str:
        return self.content.decode("utf-8", "replace").removeprefix("\ufeff")


def tidy(words: str) -> str:
    """Return words on one line, without the characters that a text file may not hold."""
    words = _CONTROLS.sub("", words.replace("\u00ad", "").translate(dict.fromkeys(map(ord, INVISIBLE))))
    return re.sub(r"\s+", " ", words).strip()


def same(one: str, other: str) -> bool:
    """Tell whether two texts differ in nothing that counts, capitals included among what does not."""
    return plain_words(one).strip().casefold() == plain_words(other).strip().casefold()
