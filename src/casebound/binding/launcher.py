"""Launcher: `python -m ipykernel_launcher` without the debugger, which no build needs and which takes its time."""

import runpy
import sys

if __name__ == "__main__":
    del sys.path[0]  # as `ipykernel_launcher` does: no file beside the notebooks stands in for a library
    sys.modules["debugpy"] = None
    import ipykernel.debugger  # noqa: F401 (goes without what it cannot import)

    del sys.modules["debugpy"]
    runpy.run_module("ipykernel_launcher", run_name="__main__", alter_sys=True)
