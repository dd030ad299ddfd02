"""Reuse: each notebook's outputs, taken from the cache where nothing that they depend on has changed.

Only code cells are executed, so what they gave is kept and put into the notebook as it stands today.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
from nbformat import NotebookNode

from casebound.report.cache import store
from casebound.report.cache.ingredients import Surroundings, ingredients, key_of, of_section, reach_of
from casebound.report.cache.reach import Reach, Shown, prose_shown
from casebound.report.document.joining import notebook

if TYPE_CHECKING:
    from casebound.report.execution.kernels import Executed

GONE = "the cache no longer holds its outputs"
ASKED = "the build was told to run every notebook"


@dataclass(frozen=True)
class Kept:
    """A notebook with the outputs of an earlier run, and what of the prose in them reads otherwise now."""

    notebook: NotebookNode
    outdated: list[Shown]

    def restated(self, prose: Mapping[Shown, dict]) -> NotebookNode:
        """Return the notebook with its prose as it reads now; what a run gave stays kept as it was."""
        for cell in self.notebook.cells if self.outdated else ():
            shown = prose_shown(cell.source) if cell.cell_type == "code" and not _is_added(cell) else None
            for output in cell.outputs if shown in self.outdated else ():
                if output.output_type == "execute_result":
                    output.data = nbformat.from_dict(prose[shown])
        return self.notebook


class Notebook:
    """A notebook of a report: what it depends on as its files stand now, and what is kept of it."""

    def __init__(self, path: Path, parameters: dict[str, str], around: Surroundings | None = None) -> None:
        self.path, self.parameters = path, parameters
        around = around or Surroundings(parameters)
        self.reach: Reach = reach_of(path, around)
        self.parts = {} if self.reach.not_plain else ingredients(path, self.reach, around)
        of = json.dumps([path.stem, parameters], sort_keys=True)
        self._record = f"last-{hashlib.sha256(of.encode()).hexdigest()}"

    @property
    def key(self) -> str:
        """The fingerprint under which the outputs are kept."""
        return key_of(self.parts)

    def kept(self) -> Kept | None:
        """Return the notebook with the outputs that were kept, or None if it has to run."""
        found = self.found()
        if found is None:
            return None
        cells, outdated = found
        # what `nbformat.read` does, but for the schema: see `notebook`
        source = nbformat.convert(nbformat.reader.reads(self.path.read_text("utf-8")), 4)
        executed = [nbformat.from_dict(cell) for cell in cells]
        if _code(source.cells) != _code(cell for cell in executed if not _is_added(cell)):
            return None  # it was edited a moment ago
        if not outdated:
            self.remember(self.record())
        return Kept(grafted(source, executed), outdated)

    def found(self) -> tuple[list[dict], list[Shown]] | None:
        """Return the executed code cells that are kept, and what of the prose in them reads otherwise now.

        Those of the last run will do where nothing has changed but prose that the notebook shows.
        """
        if self.reach.not_plain:
            return None
        if (cells := store.read(self.key)) is not None:
            return cells, []
        before = self.record().get("parts", {})
        changed = dict(before.items() ^ self.parts.items()).keys()
        sections = {one: of_section(self.parameters["case"], one.section) for one in self.reach.shown}
        if not changed or not changed <= set(sections.values()) or (cells := store.read(key_of(before))) is None:
            return None
        return cells, sorted(one for one, name in sections.items() if name in changed)

    def run(self, executed: Callable[[], Executed]) -> Ran:
        """Return the notebook as a run leaves it, which `keep` is to be given."""
        because = self.reasons() if store.read(self.key) is None else [ASKED]
        return Ran(self, because, executed())

    @property
    def seconds(self) -> float:
        """How long its cells took in the last run; for ever if not known: what takes longest is best begun first."""
        return self.record().get("seconds", math.inf)

    def reasons(self) -> list[str]:
        """Return why the notebook has to run, one line a reason; none where its outputs are kept."""
        if self.reach.not_plain:
            return list(self.reach.not_plain)
        before = self.record().get("parts")
        if not before:
            return ["nothing is kept of an earlier run with these parameters"]
        return changes(before, self.parts) or [GONE]

    def record(self) -> dict:
        """Return what is known of the last build: its `parts`, and of the last run `because` (why) and `seconds`."""
        return store.read(self._record) or {}

    def remember(self, run: dict) -> None:
        """Keep what is known of the last run."""
        record = {**run, "parts": self.parts}
        if record != self.record():
            store.write(self._record, record)


@dataclass(frozen=True)
class Ran:
    """A notebook that ran: what it was `before`, why it ran, and what the run left."""

    before: Notebook
    because: list[str]
    executed: Executed


def keep(runs: list[Ran]) -> None:
    """Keep what the notebooks of a report gave when they ran, each if its ingredients are still those of before."""
    around = Surroundings(runs[0].before.parameters)
    for ran in runs:
        one = ran.before
        if not one.reach.not_plain and Notebook(one.path, one.parameters, around).parts == one.parts:
            store.write(one.key, [cell for cell in ran.executed.notebook.cells if cell.cell_type == "code"])
        one.remember({"because": ran.because, "seconds": ran.executed.seconds})


def changes(before: dict[str, str], now: dict[str, str]) -> list[str]:
    """Return which ingredients differ, one line each."""
    names = dict.fromkeys([*before, *now])
    return [f"{name} {_how(name, before, now)}" for name in names if before.get(name) != now.get(name)]


def _how(name: str, before: dict[str, str], now: dict[str, str]) -> str:
    return "is new" if name not in before else "is gone" if name not in now else "changed"


def grafted(source: NotebookNode, executed: list[NotebookNode]) -> NotebookNode:
    """Return the source with its code cells as they were executed; the cell that papermill adds stands behind the
    parameters, or first where there are none, as papermill puts it.
    """
    waiting, cells = list(executed), []
    while waiting and _is_added(waiting[0]):
        cells.append(waiting.pop(0))
    for cell in source.cells:
        cells.append(cell if cell.cell_type != "code" else waiting.pop(0))
        while cell.cell_type == "code" and waiting and _is_added(waiting[0]):
            cells.append(waiting.pop(0))
    for number, cell in enumerate(cells):
        cell.id = f"c{number}"
    return notebook(cells)


def _code(cells: Iterable[NotebookNode]) -> list[str]:
    return [cell.source for cell in cells if cell.cell_type == "code"]


def _is_added(cell: NotebookNode) -> bool:
    return "injected-parameters" in cell.metadata.get("tags", [])
