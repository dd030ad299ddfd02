"""Proved: what a report takes from a case that is sound; a builder to which it is handed needs no pandas."""

from __future__ import annotations

from dataclasses import dataclass

from casebound.binding.blocks import Entry, SourceEntry


@dataclass(frozen=True)
class Proved:
    """What is said `about` the report, its appendix, and the files of its data by name."""

    about: dict
    entries: dict[str, Entry]
    sources: dict[str, SourceEntry]
    data: dict[str, bytes]
