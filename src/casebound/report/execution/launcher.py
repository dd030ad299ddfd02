"""Launcher: `python -m ipykernel_launcher` for a build: quicker to start, and it never outlives its parent."""

import gc
import os
import runpy
import signal
import sys
import threading
import time
from contextlib import suppress


def without_debugger() -> None:
    """Have ipykernel go without the debugger, which takes its time to import; a notebook may import it still."""
    sys.modules["debugpy"] = None
    with suppress(ImportError):
        import ipykernel.debugger  # noqa: F401 (it asks once whether there is one)
    del sys.modules["debugpy"]


def without_working_folder() -> None:
    """Take the working folder out of `sys.path`, as `ipykernel_launcher` does: no file in it replaces a library."""
    if not sys.flags.safe_path:  # with PYTHONSAFEPATH Python itself leaves it out
        del sys.path[0]


def collect_rarely() -> None:
    """Have garbage in circles looked for after 100,000 new objects, not 700; imports, which make none, gain a tenth."""
    gc.set_threshold(100_000)


def end_with(parent: int) -> None:
    """Have this process killed when its parent is gone, with all in its group if it leads one.

    ipykernel's own watch does not end a kernel whose parent was gone before it began, and spares what cells started.
    """

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        if os.getpgrp() == os.getpid():
            os.killpg(0, signal.SIGKILL)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


if __name__ == "__main__":
    if os.name == "posix" and (parent := os.environ.pop("JPY_PARENT_PID", None)):  # or ipykernel would watch as well
        end_with(int(parent))
    without_working_folder()
    collect_rarely()
    without_debugger()
    runpy.run_module("ipykernel_launcher", run_name="__main__", alter_sys=True)
