"""Graphs of names, given as pairs that lead from one to the other: circles, groups, all that is before or after.

On the standard library's `graphlib`: NetworkX, which has them all, takes a tenth of a kernel's time to be imported.
"""

from __future__ import annotations

from collections.abc import Iterable
from graphlib import CycleError, TopologicalSorter

Pairs = Iterable[tuple[str, str]]


def circle(pairs: Pairs) -> list[str]:
    """Return names of which each leads to the next, and the last to the first; empty without a circle."""
    try:
        _sorter(pairs).prepare()
    except CycleError as error:
        return error.args[1][:-1]
    return []


def before(pairs: Pairs) -> dict[str, frozenset[str]]:
    """Return for each name that another leads to all that lead to it, over any number of steps, but never itself."""
    leading: dict[str, list[str]] = {}
    for first, then in pairs:
        leading.setdefault(then, []).append(first)
    return {name: frozenset(_reached(name, leading)) for name in leading}


def after(pairs: Pairs) -> dict[str, frozenset[str]]:
    """Return for each name that leads to another all to which it leads, over any number of steps, but never itself."""
    return before((then, first) for first, then in pairs)


def groups(pairs: Pairs) -> list[set[str]]:
    """Return the names in groups: those of a pair stand in one, whichever way it leads."""
    beside: dict[str, list[str]] = {}
    for first, second in pairs:
        beside.setdefault(first, []).append(second)
        beside.setdefault(second, []).append(first)
    grouped, seen = [], set()
    for name in beside:
        if name not in seen:
            grouped.append({name, *_reached(name, beside)})
            seen |= grouped[-1]
    return grouped


def _sorter(pairs: Pairs) -> TopologicalSorter:
    sorter: TopologicalSorter = TopologicalSorter()
    for first, then in pairs:
        sorter.add(then, first)
    return sorter


def _reached(start: str, next_to: dict[str, list[str]]) -> set[str]:
    reached, waiting = {start}, [start]
    while waiting:
        new = set(next_to.get(waiting.pop(), ())) - reached
        reached |= new
        waiting += new
    return reached - {start}
