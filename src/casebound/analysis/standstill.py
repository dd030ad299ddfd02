"""Standstill: which system the case asks about, and how long it stood still."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from casebound.analysis import conflicts, lengths, recovery
from casebound.facts.dates import edtf
from casebound.facts.dates.edtf import Length
from casebound.facts.ledger.ledger import Ledger


@dataclass(frozen=True)
class Standstill:
    """How long a system stood still: `length` runs from the fact `stopped` to the fact `returned`.

    `returned` is None where no return is known; the length then runs to the day of the newest source.
    """

    system: str
    stopped: str
    returned: str | None
    length: Length


@lru_cache(maxsize=8)
def standstill(ledger: Ledger) -> Standstill | None:
    """Return how long the system stood still that the case asks about; None where the ledger does not show it.

    It is the first that a length of the case names as `still`, else the first that came back with a phase, of which
    somebody had said when it would be back.
    """
    return next(filter(None, (_of(ledger, *one) for one in (*_asked(ledger), *_of_phases(ledger)))), None)


def _asked(ledger: Ledger) -> Iterator[tuple[str, str]]:
    """Yield each system that a length names as still, with the fact by which it stopped."""
    for length in ledger.case.lengths.values():
        start, _ = lengths.ends(ledger, length)
        if length.still and start and start.fact:
            yield length.still, start.fact


def _of_phases(ledger: Ledger) -> Iterator[tuple[str, str]]:
    """Yield each foretold system that came back with a phase, with the fact by which it stopped."""
    foretold = {system for system, _ in recovery.forecast(ledger)}
    known = recovery.states(ledger)
    stopped = known[(known["rung"] == 0) & (known["at"] == "") & (known["basis"] != "caption")]
    for opener in ledger.openers.values():
        system = ledger.facts.at[opener, "system"]
        of_it = stopped[stopped["system"] == (system if system in foretold else "")]
        if len(of_it) and opener not in conflicts.set_aside(ledger):
            yield system, of_it.sort_values("latest", kind="stable")["fact"].iloc[0]


def _of(ledger: Ledger, system: str, stopped: str) -> Standstill | None:
    returned, known = recovery.returned(ledger, system), ledger.known
    if returned:
        end = ledger.when(returned)
    elif known and recovery.stood_still(ledger, system, known.date()):
        end = ledger.dated(known)
    else:
        return None
    length = edtf.length_between(ledger.when(stopped), end)
    return Standstill(system, stopped, returned, length) if length and (length.shortest or length.longest) else None
