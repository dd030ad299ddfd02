"""Kernels: each notebook run by papermill, from top to bottom, in a clean kernel of this very Python."""

from __future__ import annotations

import json
import logging
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import papermill
from jupyter_client import AsyncKernelManager
from jupyter_client.kernelspec import KernelSpec
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from papermill.execute import ERROR_MARKER_TAG

from casebound import paths
from casebound.facts.ledger.limits import LIMITS
from casebound.facts.ledger.partial import DRAFT
from casebound.report.errors import NotebookError
from casebound.report.execution import launcher, provisioner
from casebound.report.execution.forks import Forks, environment
from casebound.report.execution.provisioner import KernelProvisioner

ENGINE = "casebound"  # of the entry point in pyproject.toml, by which papermill finds it


@dataclass
class Kernels:
    """The kernels of one build: forked where something forks them, and all of them ended with it.

    Those of a draft know what it has `left_out` of the case, and run on after a cell that fails.
    """

    parameters: dict[str, str]
    forks: Forks | None = None
    left_out: list[str] | None = None
    _running: list[KernelProvisioner] = field(default_factory=list)
    _stopped: bool = False

    def environment(self, folder: str) -> dict[str, str]:
        """Return the environment of a kernel whose files belong in the folder."""
        limits = {name: self.parameters[limit] for limit, name in LIMITS.items()}
        draft = "" if self.left_out is None else json.dumps(self.left_out)
        return {**environment(), **limits, DRAFT: draft, "IPYTHONDIR": folder}

    def add(self, kernel: KernelProvisioner) -> None:
        """Take note of a new kernel; end it if the build was stopped while it started."""
        self._running.append(kernel)  # before the question, so that either `stop` or this method ends it
        if self._stopped:
            kernel.stop()

    def stop(self) -> None:
        """End every kernel at once, so that a build which is stopped does not wait for the cells that run."""
        self._stopped = True
        for kernel in list(self._running):
            kernel.stop()


class ThisPython(AsyncKernelManager):
    """Starts a kernel with the Python that builds the report, whatever the notebook or the machine names."""

    def __init__(self, kernels: Kernels, folder: str) -> None:
        super().__init__(transport="ipc", connection_file=f"{folder}/kernel.json")  # where only this user can read
        self._ours = {"kernels": kernels, "folder": folder}

    @property
    def kernel_spec(self) -> KernelSpec:
        argv = [sys.executable, "-m", provisioner.LAUNCHER, "-f", "{connection_file}", "--log-level=50"]
        argv += ["--HistoryManager.enabled=False"]  # no database of what was typed, which nobody reads
        argv += [f"--InteractiveShellApp.extra_extensions={launcher.__name__}"]
        ours = {"provisioner_name": provisioner.NAME, "config": self._ours}
        return KernelSpec(argv=argv, display_name="Python 3", language="python", metadata={"kernel_provisioner": ours})


@contextmanager
def running(runs: Mapping[str, Callable], kernels: Kernels, jobs: int) -> Iterator[dict[str, Future]]:
    """Run notebooks, `jobs` at once; give the future of each by its name. No kernel outlives the block."""
    pool = ThreadPoolExecutor(max_workers=jobs)
    try:
        yield {name: pool.submit(run) for name, run in runs.items()}
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        kernels.stop()


def executed(path: Path, kernels: Kernels, keep: Path) -> NotebookNode:
    """Return a notebook with its outputs; raise NotebookError, with the failed copy in the folder `keep`.

    Times and random ids are taken out, so that the same inputs give the same notebook.
    """
    with tempfile.TemporaryDirectory(prefix="casebound-") as folder:
        # papermill warns of a notebook that has no cell for a parameter (a reader's own may need none) and of a kernel
        # that we end ourselves; what matters of its errors we say in words of our own
        logging.getLogger("papermill").setLevel(logging.CRITICAL)
        copy, file = Path(folder) / path.name, Path(os.path.relpath(path, paths.project_root())).as_posix()
        try:
            papermill.execute_notebook(
                *(str(path), str(copy)),
                **{"parameters": kernels.parameters, "kernel_name": "python3", "language": "python"},
                **{"engine_name": ENGINE, "kernel_manager": ThisPython(kernels, folder)},
                **{"progress_bar": False, "request_save_on_cell_execute": False, "autosave_cell_every": 0},
                allow_errors=kernels.left_out is not None,
            )
        except (DeadKernelError, CellTimeoutError) as error:
            raise NotebookError(file, "", f"the kernel died: {error}".strip(), path) from None
        except PapermillExecutionError as error:
            if kernels.left_out is not None:
                return _without_traces(nbformat.read(copy, as_version=4))
            keep.mkdir(parents=True, exist_ok=True)
            kept = keep / path.name
            kept.write_bytes(copy.read_bytes())
            cells = nbformat.read(copy, as_version=4).cells
            heading = _heading_above(cells, error.cell_index)
            raise NotebookError(file, heading, f"{error.ename}: {error.evalue}", kept) from None
        notebook = nbformat.read(copy, as_version=4)
        for index, cell in enumerate(notebook.cells):
            if cell.cell_type == "code" and cell.source.strip() and cell.execution_count is None:
                heading = _heading_above(notebook.cells, index)
                raise NotebookError(file, heading, "the notebook ended before this cell", path)
        return _without_traces(notebook)


def _heading_above(cells: list[NotebookNode], index: int | None) -> str:
    above = cells[: (index or 0) + 1]
    lines = [line for cell in above if cell.cell_type == "markdown" for line in cell.source.splitlines()]
    headings = [line.lstrip("#").strip() for line in lines if line.startswith("#")]
    # papermill puts a heading of its own above the cell that failed
    return next((text for text in reversed(headings) if "papermill" not in text.lower() and text), "")


def _without_traces(nb: NotebookNode) -> NotebookNode:
    nb.metadata.pop("papermill", None)
    nb.cells = [cell for cell in nb.cells if ERROR_MARKER_TAG not in cell.metadata.get("tags", [])]
    for number, cell in enumerate(nb.cells):
        cell.id = f"c{number}"
        for trace in ("papermill", "execution"):
            cell.metadata.pop(trace, None)
    return nb
