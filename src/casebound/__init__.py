"""Casebound: reproducible case studies in which every claim is bound to its evidence.

The face for authors: `import casebound as cb` gives `cb.load`, `cb.figures`, `cb.tables`, `cb.narrative`,
`cb.findings` and `cb.suggest`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casebound.analysis import findings
    from casebound.authoring.suggest.printing import suggest
    from casebound.facts.ledger.ledger import load
    from casebound.pages import figures, narrative, tables

__all__ = ["figures", "findings", "load", "narrative", "suggest", "tables"]
_MODULES = {
    "figures": "casebound.pages.figures",
    "findings": "casebound.analysis.findings",
    "narrative": "casebound.pages.narrative",
    "tables": "casebound.pages.tables",
}


def __getattr__(name: str):
    """Import a part of the face when it is first used: the program `casebound` needs none of pandas to start."""
    if name == "load":
        from casebound.facts.ledger.ledger import load

        return load
    if name == "suggest":
        from casebound.authoring.suggest.printing import suggest

        return suggest
    if name in _MODULES:
        return import_module(_MODULES[name])
    raise AttributeError(f"module 'casebound' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
