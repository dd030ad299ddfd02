"""Kernels: each notebook run by papermill, from top to bottom, in a clean kernel of this very Python."""

from __future__ import annotations

import logging
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar
from weakref import WeakSet

import nbformat
import papermill
from jupyter_client import AsyncKernelManager
from jupyter_client.kernelspec import KernelSpec
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from casebound import paths
from casebound.facts.ledger import LIMITS

_RUNNING: WeakSet[AsyncKernelManager] = WeakSet()


def stop_all() -> None:
    """End every kernel at once, so that a build which is stopped does not wait for the cells that run."""
    for manager in list(_RUNNING):
        process = getattr(manager.provisioner, "process", None)
        if process is not None and process.poll() is None:
            process.kill()


class ThisPython(AsyncKernelManager):
    """Starts the kernel with the interpreter that builds the report, whatever the notebook or the machine names."""

    folder = ""
    parameters: ClassVar[dict[str, str]] = {}

    def __init__(self, **options) -> None:
        # sockets in a folder that only this user can read; Windows has none and takes loopback ports
        transport = "ipc" if os.name == "posix" else "tcp"
        super().__init__(**{**options, "transport": transport, "connection_file": f"{self.folder}/kernel.json"})

    @property
    def kernel_spec(self) -> KernelSpec:
        argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}", "--log-level=50"]
        return KernelSpec(argv=argv, display_name="Python 3", language="python", metadata={"debugger": False})

    async def start_kernel(self, **options) -> None:
        # given to the kernel alone: papermill's own `cwd` changes that of the whole process, under every thread
        home = {"cwd": str(paths.notebooks_dir()), "env": _environment(self.folder, self.parameters)}
        await super().start_kernel(**{**options, **home})
        _RUNNING.add(self)


@dataclass(eq=False)
class NotebookError(Exception):
    """A notebook that stopped at a cell: which, under which heading, why, and where the failed copy is kept."""

    notebook: str
    heading: str
    cause: str
    kept: Path

    def __str__(self) -> str:
        under = f" under “{self.heading}”" if self.heading else ""
        return f"notebooks/{self.notebook}.ipynb: stopped{under}: {self.cause}"


def executed(path: Path, parameters: dict[str, str], keep: Path) -> NotebookNode:
    """Return the notebook with its outputs; raise NotebookError, with the failed copy in the folder `keep`.

    Times and random ids are taken out, so that the same inputs give the same notebook.
    """
    with tempfile.TemporaryDirectory(prefix="casebound-") as folder:
        # papermill warns of a notebook that has no cell for a parameter (a reader's own may need none) and of a kernel
        # that we end ourselves; what matters of its errors we say in words of our own
        logging.getLogger("papermill").setLevel(logging.CRITICAL)
        copy = Path(folder) / path.name
        manager = type("Manager", (ThisPython,), {"folder": folder, "parameters": parameters})
        try:
            papermill.execute_notebook(
                *(str(path), str(copy)),
                **{"parameters": parameters, "kernel_name": "python3", "language": "python"},
                **{"progress_bar": False, "autosave_cell_every": 0, "kernel_manager_class": manager},
            )
        except (DeadKernelError, CellTimeoutError) as error:
            raise NotebookError(path.stem, "", f"the kernel died: {error}".strip(), path) from None
        except PapermillExecutionError as error:
            keep.mkdir(parents=True, exist_ok=True)
            kept = keep / path.name
            kept.write_bytes(copy.read_bytes())
            cells = nbformat.read(copy, as_version=4).cells
            heading = _heading_above(cells, error.cell_index)
            raise NotebookError(path.stem, heading, f"{error.ename}: {error.evalue}", kept) from None
        notebook = nbformat.read(copy, as_version=4)
        for index, cell in enumerate(notebook.cells):
            if cell.cell_type == "code" and cell.source.strip() and cell.execution_count is None:
                heading = _heading_above(notebook.cells, index)
                raise NotebookError(path.stem, heading, "the notebook ended before this cell", path)
        return _without_traces(notebook)


def _environment(folder: str, parameters: dict[str, str]) -> dict[str, str]:
    """Return the kernel's environment: the reader's own IPython and Matplotlib settings change no report."""
    matplotlib = paths.cache_dir() / "matplotlib"
    matplotlib.mkdir(parents=True, exist_ok=True)
    return {
        **os.environ,
        "CASEBOUND_ROOT": str(paths.project_root()),
        **{name: parameters[field] for field, name in LIMITS.items()},
        "IPYTHONDIR": folder,
        "MPLCONFIGDIR": str(matplotlib),
        "PYTHONHASHSEED": "0",
    }


def _heading_above(cells: list[NotebookNode], index: int | None) -> str:
    above = cells[: (index or 0) + 1]
    lines = [line for cell in above if cell.cell_type == "markdown" for line in cell.source.splitlines()]
    headings = [line.lstrip("#").strip() for line in lines if line.startswith("#")]
    # papermill puts a heading of its own above the cell that failed
    return next((text for text in reversed(headings) if "papermill" not in text.lower() and text), "")


def _without_traces(nb: NotebookNode) -> NotebookNode:
    nb.metadata.pop("papermill", None)
    for number, cell in enumerate(nb.cells):
        cell.id = f"c{number}"
        for trace in ("papermill", "execution"):
            cell.metadata.pop(trace, None)
    return nb
