"""Fields: one value of what the places of a file give for each; where they differ, that is a doubt."""

from __future__ import annotations

from casebound.authoring.sources.addresses import address, is_address
from casebound.authoring.sources.files.metadata import without_site
from casebound.authoring.sources.files.reading import Claim, Reading, same
from casebound.authoring.sources.language import language_of as language_of_words
from casebound.authoring.sources.names import is_doubtful, shown
from casebound.facts.evidence.printed import author_missing
from casebound.facts.records.models import Case, Name

_ALIKE = ({"no", "nb", "nn", "da"},)  # whose commonest words are nearly the same


def title_of(reading: Reading) -> str:
    """Return the title that the text prints; in brackets one that only the metadata give."""
    claims = reading.claims.get("title", [])
    sites = [claim.value for claim in reading.claims.get("publisher", [])]
    printed = next((claim.value for claim in claims if claim.place == "printed"), "")
    others = [claim._replace(value=without_site(claim.value, sites)) for claim in claims if claim.place != "printed"]
    if not printed:
        if others:
            reading.doubt("title", f"the text does not print it; {others[0].place} gives it, so it stands in […]")
        return f"[{others[0].value}]" if others else "[untitled]"
    for claim in others:
        rest = claim.value[len(printed) :].lstrip() if same(claim.value[: len(printed)], printed) else claim.value
        if not same(claim.value, printed) and rest[:1] not in "|-–—·:":
            reading.doubt("title", f"the text prints “{printed}”, but {claim.place} gives “{claim.value}”")
    return printed


def language_of(reading: Reading, case: Case) -> str:
    """Return the language that the page names, unless the words of the text are those of another."""
    named = [_code(claim.value) for claim in reading.claims.get("language", [])]
    words = language_of_words(reading.text)
    if not named:
        if words == _root(case.language):
            why = f"not stated; the words are of '{words}', so checks read them as the case's {case.language}"
            reading.doubt("language", why)
            return ""
        if words:
            reading.doubt("language", f"not stated; the commonest words are those of '{words}'")
        else:
            reading.doubt(
                "language", f"neither stated nor told by the words; without it, checks read '{case.language}'"
            )
        return words
    best = max((code for code in named if _root(code) == _root(named[0])), key=len)
    if len({_root(code) for code in named}) > 1:
        reading.doubt("language", f"the page names {' and '.join(dict.fromkeys(named))}")
    if words and not _alike(words, best):
        reading.doubt("language", f"the page says '{best}', but the commonest words are those of '{words}'")
        return words
    return best


def _code(language: str) -> str:
    root, *rest = language.split("-")
    return "-".join([root.lower(), *(part.upper() if len(part) == 2 else part for part in rest)])


def _root(language: str) -> str:
    return language.partition("-")[0]


def _alike(one: str, other: str) -> bool:
    roots = {_root(one), _root(other)}
    return len(roots) == 1 or any(roots <= alike for alike in _ALIKE)


def authors_of(reading: Reading) -> list[dict[str, str]]:
    """Return the authors whom the text prints; those whom only the metadata name are a doubt."""
    places = {place: names for place, names in reading.authors.items() if names}
    order = [place for place in ("byline", "From", "JSON-LD", *places) if place in places]
    if not order:
        return []
    sets = {place: {shown(name).casefold() for name in names} for place, names in places.items()}
    if len({frozenset(names) for names in sets.values()}) > 1:
        said = "; ".join(f"{place}: {', '.join(map(shown, places[place]))}" for place in dict.fromkeys(order))
        reading.doubt("author", f"the places differ ({said})")
    elif order[0] == "trafilatura":
        reading.doubt("author", "only trafilatura's guess from the layout")
    byline = reading.printed.get("byline")
    authors = []
    for name in places[order[0]]:
        if author_missing(Name.model_validate(name), byline or reading.text):
            reading.doubt("author", f"{order[0]} names {shown(name)}, whom the text does not print: left out")
            continue
        if is_doubtful(name):
            reading.doubt("author", f"which part of “{shown(name)}” is the family name?")
        houses = [claim.value for claim in reading.claims.get("publisher", [])]
        authors.append({"literal": shown(name)} if any(same(shown(name), house) for house in houses) else name)
    return authors


def publisher_of(reading: Reading) -> str:
    """Return the publisher that the metadata name; empty if they name none."""
    claims = [claim for claim in reading.claims.get("publisher", []) if claim.place != "trafilatura"]
    guesses = [claim for claim in reading.claims.get("publisher", []) if "." not in claim.value]
    chosen = next(iter(claims or guesses), None)
    if chosen is None:
        return ""
    if differing := [claim for claim in claims if not same(claim.value, chosen.value)]:
        said = "; ".join(f"{claim.place}: {claim.value}" for claim in [chosen, *differing])
        reading.doubt("publisher", f"the places differ ({said})")
    if not claims:
        reading.doubt("publisher", "only trafilatura's guess")
    return chosen.value


def url_of(reading: Reading, given: str) -> str:
    """Return the address that was given, else the page's own; a page that gives two is a doubt."""
    claims = [claim for claim in reading.claims.get("url", []) if is_address(claim.value)]
    all_of = [Claim("--url", given)] * bool(given) + sorted(claims, key=lambda claim: claim.place != "canonical link")
    if len({address(claim.value) for claim in all_of}) > 1:
        reading.doubt("URL", f"the places differ ({'; '.join(f'{claim.place}: {claim.value}' for claim in all_of)})")
    return all_of[0].value if all_of else ""
