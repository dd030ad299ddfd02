"""Chapters: every notebook with its outputs, run anew only where something that it rests on has changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from casebound import paths
from casebound.binding import cache, fingerprints
from casebound.binding.grounds import Grounds, grounds
from casebound.binding.reasons import reasons, remember, remembered
from casebound.facts.problems import CaseError, Problem, did_you_mean

Run = Callable[[list[Path], Callable[[str, NotebookNode], None]], object]


class ChangedMeanwhileError(Exception):
    """Something that the report is made from changed while it was made."""


@dataclass
class Chapters:
    """The chapters of one report: what each rests on, which are at hand, and `notes` for whoever builds it."""

    parameters: dict[str, str]
    cached: bool = True
    way: str = ""
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.stamps = fingerprints.stamps(self.parameters["case"])
        self.files = {path.stem: path for path in paths.notebooks()}
        self.sources = {name: nbformat.read(path, as_version=4) for name, path in self.files.items()}
        self.grounds = grounds(self.sources, self.parameters, self.way)
        self.outputs: dict[str, NotebookNode] = {}
        self.reasons: dict[str, list[str]] = {}
        for name, ground in self.grounds.items():
            if found := self._at_hand(name, ground):
                self.outputs[name] = found
                remember(self.parameters, name, ground.things, remembered(self.parameters, name)["ran"])

    def executed(self, run: Run) -> dict[str, NotebookNode]:
        """Return every notebook with its outputs, by name and in order; `run` runs those that are not at hand.

        Each is kept as soon as it has run. Raises ChangedMeanwhileError where an edit came between.
        """
        if missing := [path for name, path in self.files.items() if name not in self.outputs]:
            run(missing, self._ran)
        return {name: self.outputs[name] for name in self.files}

    def _at_hand(self, name: str, ground: Grounds) -> NotebookNode | None:
        """Return the notebook with outputs from the cache; None, with the reasons noted, where it must run."""
        if not self.cached:
            self.reasons[name] = ["the cache was not asked"]
            return None
        try:
            if not ground.doubt and (cells := cache.stored(ground.key)) is not None:
                return cache.grafted(self.sources[name], cells)
        except cache.DamagedEntryError:
            self.notes.append(f"the cache's entry for {name} was altered or cut short: the notebook was run again")
            self.reasons[name] = ["the cache's entry was altered or cut short"]
            return None
        changed = reasons(remembered(self.parameters, name)["things"], ground)
        self.reasons[name] = changed or ["the cache no longer had its outputs"]
        return None

    def _ran(self, name: str, notebook: NotebookNode) -> None:
        """Take a notebook that has run; what it gave is kept only if nothing changed while it ran."""
        cells, ground = cache.ran(notebook), self.grounds[name]
        if fingerprints.stamps(self.parameters["case"]) != self.stamps:
            raise ChangedMeanwhileError
        self.outputs[name] = cache.grafted(self.sources[name], cells)
        if self.cached and not ground.doubt:
            cache.store(ground.key, cells)
        remember(self.parameters, name, ground.things, self.reasons[name])


def why(notebook: str, parameters: dict[str, str], way: str = "") -> tuple[list[str], list[str]]:
    """Return why the notebook ran last, and why it would run now; none where it would not.

    Raises CaseError where there is no such notebook.
    """
    name = Path(notebook).name.removesuffix(".ipynb")
    files = {path.stem: path for path in paths.notebooks()}
    if name not in files:
        what = f"there is no notebook '{name}'"
        raise CaseError([Problem("notebooks", 0, "", what, did_you_mean(name, files))])
    try:
        source = nbformat.read(files[name], as_version=4)
    except (OSError, ValueError, TypeError, AttributeError, nbformat.ValidationError):
        what = "not a notebook that can be read"
        raise CaseError([Problem(f"notebooks/{name}.ipynb", 0, "", what, "save it anew from Jupyter")]) from None
    ground = grounds({name: source}, parameters, way)[name]
    before = remembered(parameters, name)
    try:
        if not ground.doubt and (cells := cache.stored(ground.key)) is not None:
            cache.grafted(source, cells)
            return before["ran"], []
    except cache.DamagedEntryError:
        return before["ran"], ["the cache's entry was altered or cut short"]
    return before["ran"], reasons(before["things"], ground) or ["the cache no longer has its outputs"]
