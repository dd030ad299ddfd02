"""Scripts: text of another language or direction, set apart from the words round it."""

from __future__ import annotations

import re
import unicodedata

_ISOLATE, _END = "\u2068", "\u2069"


def isolated(text: str) -> str:
    """Return text that keeps its direction to itself if some of it runs from right to left; else as it is."""
    runs_left = any(unicodedata.bidirectional(char) in ("R", "AL") for char in text)
    return f"{_ISOLATE}{text}{_END}" if runs_left else text


def foreign(language: str | None, own: str) -> str:
    """Return the language of a text that stands among words of another, `own`; empty if it is the same or unknown."""
    named = re.fullmatch(r"([A-Za-z]{2,3})(?:-[A-Za-z0-9]{2,8})*", language or "")
    return named[0] if named and named[1].lower() != own.partition("-")[0].lower() else ""
