"""Launcher: `python -m ipykernel_launcher` for a build: quicker to start, and it never outlives its parent."""

from __future__ import annotations

import gc
import multiprocessing
import os
import runpy
import signal
import sys
import threading
import time
from contextlib import suppress

_path, _stdin = sys.path, sys.stdin  # Python gives forks the builder's path, and closes their input


def _without_debugger() -> None:
    """Keep ipykernel from importing the debugger, which takes its time; a notebook may still import it."""
    sys.modules["debugpy"] = None  # type: ignore[assignment]
    with suppress(ImportError):
        import ipykernel.debugger  # noqa: F401 (it asks once whether there is one)
    del sys.modules["debugpy"]


def without_working_folder() -> None:
    """Take the working folder out of `sys.path`, as `ipykernel_launcher` does: no file in it replaces a library."""
    if not sys.flags.safe_path:  # with PYTHONSAFEPATH Python itself leaves it out
        del sys.path[0]


def end_with_parent(number: int = 0) -> None:
    """Have this process killed when its parent ends, whose `number` is needed if Python's multiprocessing did not
    start it; with its group if it leads one.

    ipykernel's own watch does not end a kernel whose parent was gone before it began, and spares what cells started.
    """
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent:
            parent.join()
        while number and os.getppid() == number:
            time.sleep(0.5)
        if os.getpgrp() == os.getpid():
            os.killpg(0, signal.SIGKILL)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def become_kernel(arguments: list[str], cwd: str, env: dict[str, str]) -> None:
    """Turn this process, which the fork server has just forked, into a kernel."""
    import numpy

    os.setsid()
    end_with_parent()
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env)
    sys.path, sys.stdin, sys.excepthook = _path, _stdin, sys.__excepthook__
    numpy.random.seed()  # Python's own `random` does this at every fork
    gc.enable()
    _run(arguments)


def _run(arguments: list[str]) -> None:
    _without_debugger()
    gc.set_threshold(100_000)  # new objects, not 700: imports, which make no garbage in circles, gain a tenth
    os.environ.pop("JPY_PARENT_PID", None)  # or ipykernel would watch for its parent as well
    sys.argv[1:] = arguments
    runpy.run_module("ipykernel_launcher", run_name="__main__", alter_sys=True)


# The launcher is an extension of every kernel's IPython too

# By name, so that a kernel whose cells need no pandas does not import it; before version 3 it stood elsewhere.
_FRAME = ("pandas", "pandas.core.frame")


def load_ipython_extension(shell) -> None:
    """Have data frames shown as tables of the report."""
    for module in _FRAME:
        shell.display_formatter.mimebundle_formatter.for_type_by_name(module, "DataFrame", shown)


def shown(frame) -> dict:
    """Return a data frame's bundle of MIME types."""
    from casebound.pages.frames import table_of

    return table_of(frame)._repr_mimebundle_()


if __name__ == "__main__":
    if parent := os.environ.get("JPY_PARENT_PID"):
        end_with_parent(int(parent))
    without_working_folder()
    _run(sys.argv[1:])
