"""Notebooks: each one's outputs, taken from the cache where nothing that they depend on has changed.

Only code cells are executed, so the cache keeps what they gave, and puts it into the notebook as it stands today. It
keeps no prose, which every build lays out anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING

from casebound.report.cache import key, plain, store
from casebound.report.cache.plain import INJECTED, PARAMETERS, Call, prose_call

if TYPE_CHECKING:
    from nbformat import NotebookNode


class Notebook:
    """A notebook of a report as its files stand now.

    `not_plain` says why it runs in every build, a line a reason. Of a plain one `parts` are the fingerprints of all
    that its outputs depend on, by name, and `prose` is what it shows of the prose, on which they do not.
    """

    def __init__(self, path: Path, parameters: dict[str, str], shared: dict[str, str] | None = None) -> None:
        self.path, self.parameters = path, parameters
        code, self.not_plain = plain.read(path)
        self.parts: dict[str, str] = {}
        self.prose: set[Call] = set()
        if not self.not_plain:
            own = key.of_value([(cell.source, cell.tags) for cell in code])
            self.parts = {"its code cells": own, **(shared or key.shared(parameters))}
            self.prose = {call for cell in code if (call := prose_call(cell.source))}
        self.key = key.of_value(self.parts)
        self.record = f"last-{key.of_value([path.stem, parameters])}"

    @property
    def is_kept(self) -> bool:
        """Whether the cache has its outputs, so that it need not run unless they are damaged."""
        return not self.not_plain and (store.folder() / self.key).is_file()

    def kept(self) -> NotebookNode | None:
        """Return the notebook with the outputs that were kept and no prose, or None if it has to run."""
        import nbformat  # imported here: what only asks whether outputs are kept needs none of it

        cells = None if self.not_plain else store.read(self.key)
        if cells is None:
            return None
        # what `nbformat.read` does, but for the schema: see `notebook`
        source = nbformat.convert(nbformat.reader.reads(self.path.read_text("utf-8")), 4)
        return _grafted(source.cells, [nbformat.from_dict(cell) for cell in cells])

    def run(self, execute: Callable[[], NotebookNode]) -> NotebookNode:
        """Return the notebook as a run leaves it, which `keep` keeps."""
        self.because = self.reasons() or ["the build was told to run every notebook"]
        self.executed = execute()
        return self.executed

    def with_prose(self, executed: NotebookNode, prose: Mapping[Call, dict]) -> NotebookNode:
        """Return the notebook with the prose that a plain one shows; a cell that ends in `;` shows nothing."""
        from nbformat import from_dict

        for cell in executed.cells:
            if not self.not_plain and cell.cell_type == "code" and (call := prose_call(cell.source)):
                for output in cell.outputs:
                    if output.output_type == "error":  # of a draft whose narrative was broken when the cell ran
                        output.update(output_type="execute_result", metadata={})
                    if output.output_type == "execute_result":
                        output.data = from_dict(prose.get(call, {}))
        return executed

    def reasons(self) -> list[str]:
        """Return why the notebook has to run, one line a reason; none where its outputs are kept."""
        if self.not_plain or store.read(self.key) is not None:
            return self.not_plain
        before = self.last.get("parts")
        if not before:
            return ["nothing is kept of an earlier run with these parameters"]
        return _changes(before, self.parts) or ["the cache no longer holds its outputs"]

    @property
    def last(self) -> dict:
        """The record of the last run: its `parts`, and `because`, why it ran; empty if there is none."""
        return store.read(self.record) or {}


def keep(ran: list[Notebook]) -> None:
    """Keep the outputs of notebooks of one report that have run, except where something they depend on has changed."""
    shared = key.shared(ran[0].parameters)
    for notebook in ran:
        is_unchanged = Notebook(notebook.path, notebook.parameters, shared).parts == notebook.parts
        if not notebook.not_plain and is_unchanged:
            without = notebook.with_prose(deepcopy(notebook.executed), {})
            store.write(notebook.key, [cell for cell in without.cells if cell.cell_type == "code"])
        store.write(notebook.record, {"because": notebook.because, "parts": notebook.parts})


def _changes(before: dict[str, str], now: dict[str, str]) -> list[str]:
    """Return which named fingerprints differ, one line each."""
    how = {(True, True): "changed", (False, True): "is new", (True, False): "is gone"}
    names = [name for name in dict.fromkeys([*before, *now]) if before.get(name) != now.get(name)]
    return [f"{name} {how[name in before, name in now]}" for name in names]


def _grafted(source: list[NotebookNode], executed: list[NotebookNode]) -> NotebookNode | None:
    """Return a notebook's cells, those of code as they were executed, None if other code was.

    The cell that papermill adds stands where papermill puts it: behind the parameters, or first if there are none.
    """
    from casebound.report.document.joining import notebook

    added = [cell for cell in executed if INJECTED in cell.metadata.get("tags", [])]
    ran = [cell for cell in executed if cell not in added]
    if [cell.source for cell in source if cell.cell_type == "code"] != [cell.source for cell in ran]:
        return None  # it was edited a moment ago
    waiting = iter(ran)
    cells = [next(waiting) if cell.cell_type == "code" else cell for cell in source]
    place = next((at for at, cell in enumerate(cells, 1) if PARAMETERS in cell.metadata.get("tags", [])), 0)
    cells[place:place] = added
    for number, cell in enumerate(cells):
        cell.id = f"c{number}"
    return notebook(cells)
