"""Names: the authors whom a byline or a page's metadata names, as CSL has them."""

from __future__ import annotations

import re

from casebound.authoring.sources.files.reading import tidy

_LABEL = re.compile(
    r"^\W*(?:(?:written|reported)\s+by|by|von|par|por|av|af|di|door|tekst|text|texte|autor(?:in)?|author|from)\b:?\s+",
    re.I,
)
_BETWEEN = re.compile(r"\s*[,;|•·/]\s*|\s+(?:and|und|et|y|og|och|en|e|&)\s+", re.I)
_ADDRESS = re.compile(r"\s*[<(]?[\w.+-]+@[\w.-]+[>)]?")
_CAPITAL = r"[^\W\d_a-z]"
_PARTICLE = r"(?:van|von|de|den|der|del|della|di|da|das|do|dos|du|la|le|ten|ter|zu|af|av|al|bin|ibn)"
_NAME = re.compile(rf"{_CAPITAL}[\w.’'-]*(?:\s+(?:{_PARTICLE}\s+)*{_CAPITAL}[\w.’'-]*){{1,4}}")
_ROLES = re.compile(
    r"\b(?:editor|correspondent|reporter|staff|writer|desk|newsroom|team|journalist|redaktion|agency|press|news)\b",
    re.I,
)


def opens_as_byline(line: str) -> bool:
    """Tell whether a line opens as a byline does: *By Ada Quill*."""
    return bool(_LABEL.match(line)) and "/s/" not in line and bool(names_in(line))  # the mark of a signature


def names_in(byline: str) -> list[str]:
    """Return the persons whom a byline names."""
    rest = _ADDRESS.sub("", _LABEL.sub("", tidy(byline)))
    rest = re.split(r"\s+(?:in|at|for|[–—-])\s+", rest, maxsplit=1)[0]
    parts = [part.strip(" .") for part in _BETWEEN.split(rest)]
    return [part for part in parts if _NAME.fullmatch(part) and not _ROLES.search(part)]


def name_of(words: str, body: bool = False) -> dict[str, str]:
    """Return a name in CSL's parts: a body as a literal, a person by family and given names."""
    words = tidy(words)
    parts = (words.title() if words.isupper() else words).split()
    if body or len(parts) < 2 or _ROLES.search(words):
        return {"literal": words}
    if words.count(",") == 1:
        family, given = (part.strip() for part in words.split(","))
        return {"family": family, "given": given}
    first = len(parts) - 1
    while first > 1 and re.fullmatch(_PARTICLE, parts[first - 1]):
        first -= 1
    particle = {"non-dropping-particle": " ".join(parts[first:-1])} if first < len(parts) - 1 else {}
    return {"family": parts[-1], "given": " ".join(parts[:first]), **particle}


def is_doubtful(name: dict[str, str]) -> bool:
    """Tell whether the parts of a person's name are a guess: of four words or more, or in no alphabet."""
    words = " ".join(name.values())
    return "literal" not in name and (len(words.split()) > 3 and "non-dropping-particle" not in name)


def shown(name: dict[str, str]) -> str:
    """Return a name as prose has it."""
    order = ("given", "non-dropping-particle", "family")
    return name.get("literal") or " ".join(name[part] for part in order if part in name)
