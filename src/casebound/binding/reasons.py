"""Reasons: why a notebook was run, and what would make it run now."""

from __future__ import annotations

import contextlib
import hashlib
import json
from pathlib import Path

from casebound.binding import cache
from casebound.binding.grounds import Grounds

_SHOWN = 12


def reasons(before: dict[str, str] | None, now: Grounds) -> list[str]:
    """Return in words what differs between what a notebook rested on when it was built last and what it does now."""
    if now.doubt:
        return [f"it runs in every build: {now.doubt}"]
    if before is None:
        return ["no build of this report with this notebook is known"]
    gone = [f"{name} is gone" for name in sorted(before.keys() - now.things.keys())]
    new = [f"{name} is new" for name in sorted(now.things.keys() - before.keys())]
    other = sorted(name for name in before.keys() & now.things.keys() if before[name] != now.things[name])
    found = [f"{name} changed" for name in other] + new + gone
    more = len(found) - _SHOWN
    return found if more <= 0 else [*found[:_SHOWN], f"and {more} more"]


def remembered(parameters: dict[str, str], name: str) -> dict:
    """Return what the notebook rested on in the last build of this report (`things`) and why it last ran (`ran`)."""
    try:
        found = json.loads(_path(parameters, name).read_text("utf-8"))
        return {"things": dict(found["things"]), "ran": [str(line) for line in found["ran"]]}
    except (OSError, ValueError, KeyError, TypeError):
        return {"things": None, "ran": []}


def remember(parameters: dict[str, str], name: str, things: dict[str, str], ran: list[str]) -> None:
    """Keep both for the next build; where that cannot be done the next build only knows less."""
    path = _path(parameters, name)
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        cache.place(path, json.dumps({"things": things, "ran": ran}).encode())


def _path(parameters: dict[str, str], name: str) -> Path:
    report = hashlib.sha256(json.dumps(parameters, sort_keys=True).encode()).hexdigest()[:16]
    return cache.folder() / "last" / report / f"{name}.json"
