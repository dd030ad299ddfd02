"""Relations: the kinds of conflict between facts, the facts that a report follows, and those that open a phase."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from casebound.facts.ledger.casefile import Casefile
from casebound.facts.records.models import Resolution

# The kinds of conflict: worked out by `casebound.analysis.conflicts`, or recorded by a person (`at_odds`).
CONFLICTS = {
    "value": "figures of the same thing that do not meet",
    "date": "dates of the same event that do not meet",
    "forecast": "a forecast beside what came, or beside another forecast",
    "scope": "figures or lists of different things, which cannot be set against each other",
    "status": "states of the same thing that exclude each other",
    "hedge": "firm words beside a possibility, a denial or a matter not confirmed",
    "name": "different names for the same role",
    "wording": "words that read as if the other were not so",
    "revision": "a figure and the later one that replaced it",
}


def followed(case: Casefile, known: Collection[str] | None = None) -> set[str]:
    """Return the facts that the resolutions follow: of those known, or of all if `known` is None."""
    known = set(case.facts) if known is None else known
    resolutions = (question.resolution for question in case.case.questions if question.resolution)
    return {fact for resolution in resolutions if (fact := follows(resolution, known))}


def follows(resolution: Resolution, known: Collection[str]) -> str | None:
    """Return the first fact of a resolution that is known, None if none is."""
    return next((fact for fact in resolution.follow if fact in known), None)


def openers(facts: dict[str, str], superseded: set[str], followed: set[str]) -> dict[str, list[str]]:
    """Return for each phase the facts that may open it (`facts`: id to phase): none that another fact supersedes,
    and of several only those that a resolution follows, if it follows any."""
    by_phase: dict[str, list[str]] = defaultdict(list)
    for fact, phase in facts.items():
        if fact not in superseded:
            by_phase[phase].append(fact)
    return {phase: [fact for fact in ids if fact in followed] or ids for phase, ids in by_phase.items()}
