"""Forks: what a build runs beside itself, forked by Python's own fork server, which has imported `preload`.

Without a fork server, or if it refuses, functions are called in a thread and kernels are started anew.
"""

from __future__ import annotations

import importlib
import json
import multiprocessing
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from multiprocessing import forkserver, resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import ModuleType
from typing import Any

from casebound import paths
from casebound.report.execution.launcher import end_with_parent

_starting = threading.Lock()  # meanwhile this process passes on another environment, and has another program


def available() -> bool:
    """Tell whether kernels can be forked here; macOS has fork, but its own libraries do not survive it."""
    return sys.platform == "linux"


def environment() -> dict[str, str]:
    """Return the environment of every kernel, forked or not: the reader's own settings change no report."""
    matplotlib = paths.cache_dir() / "matplotlib"
    matplotlib.mkdir(parents=True, exist_ok=True)
    one_thread = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return {
        **os.environ,
        **one_thread,  # threads do not survive a fork, and a sum must not depend on how many cores there are
        "CASEBOUND_ROOT": str(paths.project_root()),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "MPLCONFIGDIR": str(matplotlib),
        "PYTHONHASHSEED": "0",
    }


class Forks:
    """The fork server of a build; as a context, neither the server nor a function that it forked outlives it.

    The server reads the case, limited as the `parameters` say, or what a draft can show of it, and imports what
    `kernels` need if it is to fork any.
    """

    def __init__(self, parameters: dict[str, str], kernels: bool = True, is_draft: bool = False) -> None:
        self._options = json.dumps({"limits": parameters, "kernels": kernels, "is_draft": is_draft})
        self._threads, self._calls = ThreadPoolExecutor(), list[BaseProcess]()
        self._refuses, self._has_ended = not available(), False
        if available():
            with _starting:
                self._start_server()  # at once, so that its imports overlap the builder's

    def __enter__(self) -> Forks:
        return self

    def __exit__(self, *_) -> None:
        self._has_ended = True
        self._threads.shutdown(wait=False, cancel_futures=True)
        for process in self._calls:
            process.kill()
        if available():
            end_server()

    def call(self, function: str, **arguments) -> Future:
        """Return the future value of a function (`module:name`), which is called in a fork of its own."""
        return self._threads.submit(self._value, function, arguments)

    def start(self, work: Callable, *arguments) -> BaseProcess | None:
        """Return a fork that has begun to do some work; None if there is none."""
        with _starting:
            program = sys.modules["__main__"]
            if self._refuses or _has_refused():
                return None
            try:
                self._start_server()
                context = multiprocessing.get_context("forkserver")
                # it has the name of a process that was not forked
                process = context.Process(target=work, args=arguments, name="MainProcess")
                sys.modules["__main__"] = ModuleType("__main__")  # or the fork would run a reader's program again
                process.start()
            except (EOFError, OSError):
                self._refuses = True
                return None
            finally:
                sys.modules["__main__"] = program
        return process

    def _value(self, function: str, arguments: dict) -> Any:
        pipe, its_pipe = multiprocessing.Pipe(duplex=False)
        with pipe:
            with its_pipe:
                process = self.start(_answer, its_pipe, environment(), function, arguments)
            try:
                self._calls += [process] if process else []
                value, error = pipe.recv()
            except Exception:  # there is no fork, or it died, or its answer cannot be sent
                if self._has_ended:
                    raise
                value, error = _outcome(function, arguments)
        if error:
            raise error
        return value

    def _start_server(self) -> None:
        """Start the fork server unless it runs."""
        resource_tracker.ensure_running()  # or Python would start it below, and then let Ctrl-C through
        # what the server inherits; `os.environ` stays as it is, for other threads read what the report depends on there
        inherited = {**environment(), "CASEBOUND_PRELOAD": self._options}
        # Ctrl-C is for the builder alone: the server's waits until `preload` ignores it
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            for name, value in inherited.items():
                os.putenv(name, value)
            forkserver.set_forkserver_preload(["casebound.report.execution.preload"])
            forkserver.ensure_running()
        finally:
            for name in inherited:
                os.putenv(name, os.environ[name]) if name in os.environ else os.unsetenv(name)
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)


def end_server() -> None:
    """Kill this process's fork server, if it has one, so that nobody waits for its imports and the next reads anew."""
    if pid := _server():
        with suppress(OSError):
            os.kill(pid, signal.SIGKILL)
            os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)  # Python itself takes its exit code


def _has_refused() -> bool:
    """Tell whether the fork server ended by itself, and would again; one that was killed is started again."""
    pid = _server()
    ended = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT | os.WNOHANG) if pid else None
    return ended is not None and ended.si_code == os.CLD_EXITED


def _server() -> int | None:
    return vars(forkserver._forkserver).get("_forkserver_pid")  # it has no public name


def _answer(pipe: Connection, env: dict[str, str], function: str, arguments: dict) -> None:
    """Call a function in this process, just forked, and send what comes of it."""
    end_with_parent()
    os.environ.update(env)
    with suppress(Exception):  # what cannot be sent is not answered
        pipe.send(_outcome(function, arguments))


def _outcome(function: str, arguments: dict) -> tuple[Any, Exception | None]:
    """Return a function's value, and what it raised with where it was raised, which is lost on the way."""
    module, _, name = function.partition(":")
    try:
        return getattr(importlib.import_module(module), name)(**arguments), None
    except Exception as error:
        error.add_note(traceback.format_exc())
        return None, error
