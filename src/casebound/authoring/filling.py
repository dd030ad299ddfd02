"""Filling: which fields fill which chapter, figure and table, as the notebooks' calls say of themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from casebound import paths
from casebound.pages import figures, narrative, notebooks, tables

_CALL = re.compile(r"cb\.(figures|tables|narrative)\.(\w+)\(ledger((?:, *\"[^\"]+\")*)\)")
_HEADING = re.compile(r"##? (.+)")  # a chapter's title, or a heading in it
_PARTS = {"figures": (figures, "figure"), "tables": (tables, "table"), "narrative": (narrative, "prose")}


def page() -> str:
    """Return a table in Markdown: each chapter's headings, what stands under each, and the fields that fill it."""
    rows = [row for path in paths.notebooks() for row in _rows(path)]
    lines = ["| Chapter | Heading | What | Filled by |", "|---|---|---|---|"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)]) + "\n"


def _rows(path: Path) -> Iterator[tuple[str, ...]]:
    heading = ""
    for cell in notebooks.cells(path):
        if cell.kind == "markdown":
            heading = next((found[1] for line in cell.source.splitlines() if (found := _HEADING.match(line))), heading)
        for part, name, given in _CALL.findall(cell.source if cell.kind == "code" else ""):
            module, kind = _PARTS[part]
            words, named = filled_by(getattr(module, name)), re.findall(r'"([^"]+)"', given)
            if name == "section":
                words = f"`# {named[0].capitalize()}` in narrative.md"
            elif name == "answer":
                words = f"`- **{named[0]}** …` under `# Answers` in narrative.md"
            elif named:
                words += f" in {' and '.join(f'{theme}.yaml' for theme in named)}"
            if words:
                yield path.stem, heading, kind, words


def filled_by(call: object) -> str:
    """Return what a call says that fills it; empty if it says nothing, because it is never empty."""
    said = re.search(r"Filled by (.+?)\.\s*\n", (call.__doc__ or "") + "\n", re.DOTALL)
    return " ".join(said[1].split()) if said else ""
