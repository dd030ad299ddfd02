"""Launcher: `python -m ipykernel_launcher` without the debugger, which no build needs and which takes its time."""

import runpy
import sys


def without_debugger() -> None:
    """Have ipykernel go without the debugger, for as long as this process lives; a notebook may import it still."""
    sys.modules["debugpy"] = None
    import ipykernel.debugger  # noqa: F401 (it asks once whether there is one)

    del sys.modules["debugpy"]


if __name__ == "__main__":
    del sys.path[0]  # as `ipykernel_launcher` does: no file beside the notebooks stands in for a library
    without_debugger()
    runpy.run_module("ipykernel_launcher", run_name="__main__", alter_sys=True)
