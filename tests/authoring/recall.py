"""How much of a ledger `suggest` finds: `python tests/authoring/recall.py [--list]`, on every invented text.

A fact is found if a suggestion's quotation overlaps the fact's own and their dates agree: they are the same, or no
words date either, and both go by the day of publication. A suggestion is kept if it overlaps the quotation of a fact.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from casebound.authoring.suggest.suggestions import Suggested, Suggestion, suggested
from casebound.facts.evidence.anchors import NotFoundError, spans_of
from casebound.facts.ledger.casefile import casefile
from casebound.facts.text.normalisation import plain

TESTS = Path(__file__).resolve().parents[1]
SPARE = ("articles", "true.yaml", "false.yaml", "narrative.md")


@dataclass
class Measured:
    """Facts that rest on some texts, those found (and with just the same date), suggestions, and those kept."""

    facts: int = 0
    found: int = 0
    same_date: int = 0
    suggestions: int = 0
    kept: int = 0
    missed: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()

    def __add__(self, other: Measured) -> Measured:
        return Measured(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))


def compared(case: str, source: str, made: Suggested) -> Measured:
    """Return how the suggestions from a source compare with the ledger of its case."""
    text, result, kept = plain(made.article.text), Measured(suggestions=len(made.suggestions)), set()
    facts: dict[str, bool] = {}
    for entry, _, piece in casefile(case).pieces():
        fact = entry.record
        if piece.source != source or not piece.quote or fact.dated.rule == "stamp":  # a stamp is no sentence
            continue
        try:
            spans = spans_of(piece.quote, text)
        except NotFoundError:
            continue
        near = [i for i, each in enumerate(made.suggestions) if _overlap(each, spans)]
        kept.update(near)
        dates = [made.suggestions[i].fact for i in near]
        same = any(each["when"] == fact.when for each in dates)
        agrees = same or any(_published(fact.dated.rule, each["dated"]["rule"]) for each in dates)
        facts[fact.id] = facts.get(fact.id, False) or agrees
        result.same_date += same
        if not agrees:
            why = [f"{each['when']} ({each['dated']['rule']})" for each in dates] or ["no suggestion"]
            result.missed += (f"{fact.id}: {fact.when} ({fact.dated.rule}), {'; '.join(why)}: {piece.quote}",)
    result.facts, result.found, result.kept = len(facts), sum(facts.values()), len(kept)
    quotes = (each.fact["evidence"][0]["quote"] for i, each in enumerate(made.suggestions) if i not in kept)
    result.rest = tuple(f"{source}: {quote}" for quote in quotes)
    return result


def _overlap(suggestion: Suggestion, spans: tuple[tuple[int, int], ...]) -> bool:
    return any(a < d and c < b for a, b in suggestion.spans for c, d in spans)


def _published(*rules: str) -> bool:
    return all(rule in ("at-publication", "by-publication", "from-publication") for rule in rules)


def project(root: Path) -> list[tuple[str, str, Path]]:
    """Make a project of the invented cases; return each source with a text: case, source, folder of its text."""
    (root / "notebooks").mkdir(parents=True)
    folders = {path.parent: path.parent / "articles" for path in TESTS.glob("corpus/*/case.yaml")}
    folders |= {path.parent: path.parents[1] for path in TESTS.glob("invented/*/case.yaml")}
    for folder in folders:
        shutil.copytree(folder, root / "data" / folder.name, ignore=shutil.ignore_patterns(*SPARE))
    shutil.copy(TESTS.parent / "data" / "terms.yaml", root / "data")
    os.environ["CASEBOUND_ROOT"] = str(root)
    return [
        (folder.name, name, texts)
        for folder, texts in sorted(folders.items())
        for name, entry in casefile(folder.name).sources.items()
        if entry.record.sha256 and (entry.record.language or "en").startswith("en")
    ]


def main(arguments: list[str]) -> int:
    """Print both rates for each case and in sum; return 0."""
    results: dict[str, Measured] = {}
    with tempfile.TemporaryDirectory(prefix="recall-") as root:
        for case, source, folder in project(Path(root) / "made"):
            results[case] = results.get(case, Measured()) + compared(
                case, source, suggested(case, source, folder=folder)
            )
    for name, each in (*results.items(), ("in sum", sum(results.values(), Measured()))):
        print(row(name, each))
        if "--list" in arguments and name != "in sum":
            print(*(f"  missed {line}" for line in each.missed), *(f"  rest   {line}" for line in each.rest), sep="\n")
    return 0


def row(name: str, each: Measured) -> str:
    """Return a line with recall and precision."""
    recall, precision = each.found / each.facts, each.kept / each.suggestions
    return (
        f"{name:22} recall {each.found:3}/{each.facts:<3} {recall:.2f} (same date: {each.same_date})  "
        f"precision {each.kept:3}/{each.suggestions:<3} {precision:.2f}"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
