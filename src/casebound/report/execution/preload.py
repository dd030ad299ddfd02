"""Preload: what Python's fork server imports and reads before it forks. Only the server imports this module."""

from __future__ import annotations

import builtins
import gc
import importlib
import json
import os
import signal
import sys
import threading
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

from casebound.report.execution.launcher import without_working_folder

CASES = ("casebound.report.evidence.extract", "casebound.checks.case")  # whose functions are called in forks
KERNELS = (  # what kernels import at their start or at their first table or figure
    *("ipykernel.ipkernel", "ipykernel.kernelapp", "matplotlib.backends.backend_svg", "matplotlib.style"),
    *("casebound.pages.figures", "casebound.pages.tables", "pandas.core.methods.to_dict", "babel.numbers"),
    *("IPython.core.completerlib", "IPython.core.debugger", "IPython.core.oinspect", "IPython.extensions.storemagic"),
    *("tornado.platform.asyncio", "sqlite3", "faulthandler", "encodings.utf_8_sig"),
)
JOIN = 10  # seconds to wait for a thread that an import began


def _warm_up(limits: dict[str, str], kernels: bool, is_draft: bool) -> None:
    """Import what forks need, and read the case; raise RuntimeError if this process then cannot be forked."""
    # pandas asks at its import whether it is in a kernel, and lays out tables accordingly
    vars(builtins)["get_ipython"] = lambda: SimpleNamespace(kernel=None)
    for name in CASES + KERNELS * kernels:
        with suppress(ImportError):  # whoever needs it says so
            importlib.import_module(name)
    del vars(builtins)["get_ipython"]
    with suppress(Exception):  # whoever needs the case says what is wrong with it
        _read(limits, is_draft)
    for thread in threading.enumerate():  # Matplotlib's, on its first run, which is just ending
        if thread is not threading.current_thread():
            thread.join(JOIN)
    if len(list(Path("/proc/self/task").iterdir())) > 1:
        raise RuntimeError("the process to be forked has more than one thread")


def _read(limits: dict[str, str], is_draft: bool) -> None:
    """Lay out the case, or what can be laid out of it for a draft."""
    from casebound.checks.case import left_out
    from casebound.facts.ledger.ledger import limited, load
    from casebound.facts.ledger.partial import drafted

    if is_draft:
        records = drafted(limits["case"], left_out(limits["case"]))
        limited(records, limits["as_of"], limits["sources"])
    else:
        load(**limits)


def _refuse(kind: type, error: BaseException, _) -> None:
    """End this process and say why in one line; in a fork that fails because the builder is gone, say nothing."""
    if os.getpid() == _SERVER:
        what = " ".join(f"{kind.__name__}: {error}".split())
        print(f"kernels are started anew, which takes longer, and not forked: {what}", file=sys.stderr, flush=True)
    os._exit(1)


_SERVER = os.getpid()
sys.excepthook = _refuse  # Python's own loop may fail as well
signal.signal(signal.SIGINT, signal.SIG_IGN)
signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
_nothing = os.open(os.devnull, os.O_RDONLY)
os.dup2(_nothing, 0)
os.close(_nothing)
sys.stdin = None  # or Python would close it
without_working_folder()
os.environ.pop("JPY_PARENT_PID", None)  # of a kernel in which the builder may run
gc.disable()
try:
    _warm_up(**json.loads(os.environ.pop("CASEBOUND_PRELOAD")))
except Exception as error:
    _refuse(type(error), error, None)
gc.freeze()  # or the forks' collectors would copy every page that they share
