"""Fork server: one process, warm with imports, that forks each notebook's kernel instead of starting it anew.

Both ends are here. The builder asks over a socket, one message in JSON for each request and each answer. The server
has one thread, so that what it forks is whole, and ends every fork when the builder closes the socket or is gone.
"""

from __future__ import annotations

import builtins
import gc
import importlib.util
import json
import os
import pickle
import signal
import socket
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import SimpleNamespace

from casebound import paths

LONGEST = 1 << 18  # bytes of a message; the longest is a kernel's environment
WARM = (
    *("ipykernel.ipkernel", "ipykernel.kernelapp", "ipykernel.debugger", "IPython.core.debugger", "sqlite3"),
    *("pandas", "matplotlib.pyplot", "matplotlib.backends.backend_svg"),
    *("casebound.facts.ledger", "casebound.pages.figures", "casebound.pages.narrative", "casebound.pages.tables"),
)


def available() -> bool:
    """Tell whether kernels can be forked here; macOS has fork, but its own libraries do not survive it."""
    return sys.platform == "linux"


def environment() -> dict[str, str]:
    """Return the environment of every kernel, forked or not: settings of the reader's own change no report."""
    matplotlib = paths.cache_dir() / "matplotlib"
    matplotlib.mkdir(parents=True, exist_ok=True)
    one_thread = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return {
        **os.environ,
        **one_thread,  # threads do not survive a fork, and a sum must not depend on how many cores there are
        "CASEBOUND_ROOT": str(paths.project_root()),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "MPLCONFIGDIR": str(matplotlib),
        "PYDEVD_USE_FRAME_EVAL": "NO",  # the debugger sets it, which a forked kernel goes without
        "PYTHONHASHSEED": "0",
    }


# The builder's end


class ForkServer:
    """The server as its builder sees it; as a context, all kernels are gone when it ends."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            program = f"from casebound.binding.forkserver import main; main({theirs.fileno()})"
            # in a session of its own, so that Ctrl-C reaches the builder alone, which then ends all
            self.process = subprocess.Popen(
                [sys.executable, "-c", program],
                **{"env": environment(), "stdin": subprocess.DEVNULL, "pass_fds": [theirs.fileno()]},
                **{"start_new_session": True, "cwd": paths.notebooks_dir()},
            )
        self._has_forked = False

    def __enter__(self) -> ForkServer:
        return self

    def __exit__(self, *_) -> None:
        if not self._has_forked:
            self.process.kill()  # it may be importing still, and has nothing to end
        self._socket.shutdown(socket.SHUT_RDWR)  # closing alone would not wake a thread that waits for an answer
        self.process.wait()
        self._socket.close()

    def ask(self, *descriptors: int, **request):
        """Return the server's answer to a request, which may hand over open files; EOFError if the server is gone."""
        with self._lock, suppress(OSError):
            socket.send_fds(self._socket, [json.dumps(request).encode()], descriptors)
            if answer := self._socket.recv(LONGEST):
                return json.loads(answer)
        raise EOFError("the fork server is gone")

    def call(self, function: str, **arguments: str):
        """Return what a function (`module:name`) returns in a fork of its own, or raise what it raises.

        Raises EOFError where the fork ends without an answer.
        """
        self._has_forked = True
        reading, writing = os.pipe()
        with os.fdopen(reading, "rb") as pipe:
            try:
                pid = self.ask(writing, function=function, arguments=arguments)
            finally:
                os.close(writing)
            answer = pipe.read()
        self.ask(wait=pid, options=0)
        if not answer:
            raise EOFError(f"{function} ended without an answer")
        value, error = pickle.loads(answer)
        if error is not None:
            raise error
        return value

    def fork(self, arguments: list[str], cwd: str, env: dict[str, str]) -> ForkedKernel:
        """Return a kernel that is just starting, given the arguments of `ipykernel_launcher`."""
        self._has_forked = True
        return ForkedKernel(self, self.ask(arguments=arguments, cwd=cwd, env=env))


class ForkedKernel:
    """A kernel's process, with the part of `subprocess.Popen` that jupyter_client uses; it is the server's child."""

    stdin = stdout = stderr = None

    def __init__(self, server: ForkServer, pid: int) -> None:
        self.server, self.pid, self.returncode = server, pid, None

    def poll(self) -> int | None:
        return self._waited(os.WNOHANG)

    def wait(self) -> int | None:
        return self._waited(0)

    def _waited(self, options: int) -> int | None:
        if self.returncode is None:
            try:
                self.returncode = self.server.ask(wait=self.pid, options=options)
            except EOFError:
                self.returncode = -signal.SIGKILL
        return self.returncode

    def send_signal(self, signum: int) -> None:
        if self.poll() is None:  # so its number is not another's yet
            with suppress(ProcessLookupError):
                os.kill(self.pid, signum)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


# The server's end


def main(descriptor: int) -> None:
    """Import what notebooks need, then fork a kernel whenever the builder asks, until it is gone."""
    sys.path.remove("")  # as `ipykernel_launcher` does: no file beside the notebooks stands in for a library
    builder = socket.socket(fileno=descriptor)
    _warm_up()
    if _is_single_threaded() and (forked := _serve(builder)):
        forked()


def _warm_up() -> None:
    gc.disable()
    # pandas asks at its import whether it is in a kernel, and lays out tables accordingly
    builtins.get_ipython = lambda: SimpleNamespace(kernel=None)
    sys.modules["debugpy"] = None  # nobody debugs here; ipykernel goes without what it cannot import
    for name in WARM:
        importlib.import_module(name)
    del builtins.get_ipython, sys.modules["debugpy"]
    gc.freeze()  # or the kernels' collectors would copy every page that they share


def _is_single_threaded() -> bool:
    for thread in threading.enumerate():  # Matplotlib's, on its first run, which is just ending
        if thread is not threading.current_thread():
            thread.join()
    return len(list(Path("/proc/self/task").iterdir())) == 1


def _serve(builder: socket.socket) -> Callable[[], None] | None:
    """Answer requests until the builder is gone, then end what is left; in a new fork, return what it is to do."""
    forks = set()
    with builder:
        while (received := socket.recv_fds(builder, LONGEST, 1))[0]:
            request, descriptors = json.loads(received[0]), received[1]
            if "wait" in request:
                answer = _waited(forks, request["wait"], request["options"])
            elif answer := os.fork():
                forks.add(answer)
            else:
                return partial(_answer if "function" in request else _become, *descriptors, **request)
            for descriptor in descriptors:
                os.close(descriptor)
            with suppress(OSError):
                builder.send(json.dumps(answer).encode())
    for pid in forks:
        for kill in (os.killpg, os.kill):  # a kernel that was forked just now leads no group yet
            with suppress(ProcessLookupError):
                kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    return None


def _waited(forks: set[int], pid: int, options: int) -> int | None:
    ended, status = os.waitpid(pid, options)
    if not ended:
        return None
    forks.discard(pid)
    return os.waitstatus_to_exitcode(status)


def _become(arguments: list[str], cwd: str, env: dict[str, str]) -> None:
    """Turn this process, just forked, into a kernel as `python -m ipykernel_launcher` starts one."""
    import numpy
    from ipykernel.kernelapp import IPKernelApp

    os.setsid()
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env, JPY_PARENT_PID=str(os.getppid()))
    sys.argv = [str(Path(importlib.util.find_spec("ipykernel_launcher").origin)), *arguments]
    numpy.random.seed()  # Python's own `random` does this at every fork
    gc.enable()
    IPKernelApp.launch_instance([*arguments, f"--IPKernelApp.parent_handle={os.getppid()}"])


def _answer(descriptor: int, function: str, arguments: dict) -> None:
    """Call a function in this process, just forked, and write what comes of it: its value, and what it raised."""
    module, _, name = function.partition(":")
    try:
        answer = getattr(importlib.import_module(module), name)(**arguments), None
    except Exception as error:
        error.add_note(traceback.format_exc())  # where it was raised is lost on the way
        answer = None, error
    with os.fdopen(descriptor, "wb") as pipe:
        pickle.dump(answer, pipe)
    os._exit(0)
