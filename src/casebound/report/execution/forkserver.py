"""Fork server: one process, warm with imports, that forks kernels, and what is called beside them, from itself.

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
import select
import signal
import socket
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import BinaryIO

from casebound import paths
from casebound.facts.memory import keep_for_forks
from casebound.report.execution.launcher import collect_rarely, end_with, without_debugger, without_working_folder

LONGEST = 1 << 18  # bytes of a message; the longest is a kernel's environment, and sockets take no more in one piece
CASES = ("casebound.report.evidence.extract", "casebound.checks.case")  # whose functions are called in forks
WARM = {"warm": "kernels"}  # a request to be ready for kernels, which is not answered
KERNELS = (  # and what kernels need besides
    *("ipykernel.ipkernel", "ipykernel.kernelapp"),
    *("matplotlib.backends.backend_svg", "casebound.pages.figures", "casebound.pages.tables"),
)
OPTIONAL = (  # what these versions import at a kernel's start or at its first table or figure; others may lack it
    *("IPython.core.completerlib", "IPython.core.debugger", "IPython.core.oinspect", "IPython.extensions.storemagic"),
    *("tornado.platform.asyncio", "pandas.core.methods.to_dict", "matplotlib.style", "babel.numbers"),
    *("sqlite3", "faulthandler", "encodings.utf_8_sig"),
)
JOIN = 10  # seconds to wait for a thread that an import began


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
        "PYTHONHASHSEED": "0",
    }


# The builder's end


class ForkServer:
    """The server as its builder sees it; as a context, all that it forked is gone when it ends."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            program = f"from casebound.report.execution.forkserver import main; main({theirs.fileno()})"
            # in a session of its own, so that Ctrl-C reaches the builder alone, which then ends all
            self.process = subprocess.Popen(
                [sys.executable, "-c", program],
                **{"env": environment(), "stdin": subprocess.DEVNULL, "pass_fds": [theirs.fileno()]},
                **{"start_new_session": True, "cwd": paths.notebooks_dir()},
            )
        self._has_kernels = self._ends = self._has_said = False
        self._unanswered: set[Call] = set()

    def __enter__(self) -> ForkServer:
        return self

    def __exit__(self, *_) -> None:
        self._ends = True
        self.abandon()
        if not self._has_kernels:
            with suppress(ProcessLookupError):  # it may be importing still, and leads all that it forked
                os.killpg(self.process.pid, signal.SIGKILL)
        self._socket.shutdown(socket.SHUT_RDWR)  # closing alone would not wake a thread that waits for an answer
        self.process.wait()
        self._socket.close()

    def call(self, function: str, **arguments) -> Call:
        """Have a function (`module:name`) called in a fork of its own, with what CASES names imported before."""
        reading, writing = os.pipe()
        call = Call(os.fdopen(reading, "rb"), self._unanswered.discard)
        self._unanswered.add(call)
        with self._lock, suppress(OSError):  # if the server is gone, the answer will be none
            request = {"function": function, "arguments": arguments}
            socket.send_fds(self._socket, [json.dumps(request).encode()], [writing])
        os.close(writing)
        return call

    def abandon(self) -> None:
        """Take no answer any more of the functions that were called and have not answered yet."""
        for call in list(self._unanswered):
            call.close()

    def read(self, **limits: str) -> None:
        """Have the server read a case as limited, so that what it forks from then on need not; errors are theirs."""
        with self._lock, suppress(OSError):
            self._socket.send(json.dumps({"read": limits}).encode())

    def warm_up(self) -> None:
        """Have the server import what kernels need, of which some are going to be asked for."""
        with self._lock, suppress(OSError):
            self._socket.send(json.dumps(WARM).encode())

    def fork(self, arguments: list[str], cwd: str, env: dict[str, str]) -> ForkedKernel:
        """Return a kernel that is just starting, given the arguments of its launcher.

        Raises EOFError where the server forks none, and says why in one line, once.
        """
        self._has_kernels = True
        try:
            answer = self.ask(arguments=arguments, cwd=cwd, env=env)
            if isinstance(answer, str):
                raise EOFError(answer)
        except EOFError as error:
            with self._lock:  # two notebooks may be refused at once
                if not (self._has_said or self._ends):
                    self._has_said = True
                    print(f"kernels are started anew, which takes longer, and not forked: {error}", file=sys.stderr)
            raise
        return ForkedKernel(self, answer)

    def ask(self, **request):
        """Return the server's answer; raise EOFError if it gives none."""
        try:
            with self._lock:
                self._socket.send(json.dumps(request).encode())
                if answer := self._socket.recv(LONGEST):
                    return json.loads(answer)
        except OSError as error:
            raise EOFError(f"the fork server cannot be reached: {error.strerror or error}") from None
        raise EOFError("the fork server ended")


class Call:
    """A function that is called in a fork, until its answer is taken."""

    def __init__(self, pipe: BinaryIO, answered: Callable[[Call], None]) -> None:
        self._pipe, self._answered = pipe, answered

    @property
    def is_answered(self) -> bool:
        """Whether the answer has begun to come, or never will."""
        poll = select.poll()
        poll.register(self._pipe, select.POLLIN)
        return bool(poll.poll(0))

    def result(self):
        """Wait for what the function returns and return it, or raise what it raised.

        Raises EOFError where its process ends, or the server is gone, before it has done either.
        """
        answer = self._pipe.read()
        self.close()
        try:
            value, error = pickle.loads(answer)
        except (EOFError, pickle.UnpicklingError):
            raise EOFError("the fork ended before it had answered") from None
        if error is not None:
            raise error
        return value

    def close(self) -> None:
        """Take no answer any more; a fork that writes one is not kept waiting."""
        self._pipe.close()
        self._answered(self)


class ForkedKernel:
    """A kernel's process, with the part of `subprocess.Popen` that jupyter_client uses; it is the server's child."""

    stdin = stdout = stderr = None

    def __init__(self, server: ForkServer, pid: int) -> None:
        self.server, self.pid, self.returncode = server, pid, None
        self._lock = threading.Lock()

    def poll(self) -> int | None:
        return self._waited(os.WNOHANG)

    def wait(self) -> int | None:
        return self._waited(0)

    def _waited(self, options: int) -> int | None:
        with self._lock:  # the server can tell of an end only once
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
    """Import what is needed, and fork whatever the builder asks for, until it is gone."""
    without_working_folder()
    gc.disable()
    forks = _Forks()
    work = None
    with socket.socket(fileno=descriptor) as builder:
        try:
            forks.refusal = _failure(_warm_up, CASES)
            keep_for_forks()
            work = forks.serve(builder)
        except ConnectionResetError:  # the builder was killed before it had read an answer
            pass
        finally:
            if work is None:
                forks.end()
    if work is None:
        os._exit(0)  # what is left goes with the process; to put it in order first takes a while
    work()


def _warm_up(names: Iterable[str], optional: Iterable[str] = ()) -> None:
    """Import modules; of the optional ones those that are there."""
    # pandas asks at its import whether it is in a kernel, and lays out tables accordingly
    builtins.get_ipython = lambda: SimpleNamespace(kernel=None)
    for name in names:
        importlib.import_module(name)
    for name in optional:
        with suppress(ImportError):
            importlib.import_module(name)
    del builtins.get_ipython
    gc.freeze()  # or the kernels' collectors would copy every page that they share


def _failure(work: Callable, *arguments) -> str:
    """Return what work raises, on one line; nothing if it is done."""
    try:
        work(*arguments)
    except Exception as error:
        return " ".join(f"{type(error).__name__}: {error}".split())
    return ""


def _read(case: str, as_of: str, sources: str) -> None:
    """Read a case, so that forks find it read, as long as its files are the same; what is wrong they say themselves."""
    from casebound.facts.ledger.casefile import casefile
    from casebound.facts.ledger.ledger import limited

    with suppress(Exception):
        limited(casefile(case), as_of, sources)
    gc.freeze()


def _warm_up_for_kernels() -> None:
    """Import what only kernels need; raise RuntimeError if this process then has threads, and cannot be forked."""
    without_debugger()
    _warm_up(KERNELS, OPTIONAL)
    for thread in threading.enumerate():  # Matplotlib's, on its first run, which is just ending
        if thread is not threading.current_thread():
            thread.join(JOIN)
    if len(list(Path("/proc/self/task").iterdir())) > 1:
        raise RuntimeError("the process to be forked has more than one thread")


def _requests(builder: socket.socket) -> Iterator[tuple[dict, list[int]]]:
    """Yield what the builder asks for, with the files that it hands over, until it is gone."""
    while (received := socket.recv_fds(builder, LONGEST, 1))[0]:
        yield json.loads(received[0]), received[1]


class _Forks:
    """The processes that were forked and have not been seen to end; nothing is forked if there is a `refusal`."""

    def __init__(self) -> None:
        self.server, self.refusal = os.getpid(), ""
        self.kernels: set[int] = set()
        self.calls: set[int] = set()

    def serve(self, builder: socket.socket) -> Callable[[], None] | None:
        """Answer the builder until it is gone; in a new fork, return its work."""
        is_warm_for_kernels = False
        for request, descriptors in _requests(builder):
            self.calls -= {pid for pid in self.calls if os.waitpid(pid, os.WNOHANG)[0]}
            if "read" in request:
                _read(**request["read"])
                continue
            if "function" not in request and not (is_warm_for_kernels or self.refusal):
                self.refusal, is_warm_for_kernels = _failure(_warm_up_for_kernels), True
            if request == WARM:
                continue
            if "wait" in request:
                answer = self._waited(request["wait"], request["options"])
            elif answer := self.refusal or self._forked(self.calls if "function" in request else self.kernels):
                pass
            elif "function" in request:
                return partial(_answer, *descriptors, **request)
            else:
                return partial(_become, self.server, **request)
            for descriptor in descriptors:
                os.close(descriptor)
            if "function" not in request:  # whose answer comes from the fork itself
                with suppress(OSError):
                    builder.send(json.dumps(answer).encode())
        return None

    def _forked(self, among: set[int]) -> int | str:
        """Return the number of a new fork, in that itself 0; why there is none, where the system refuses."""
        try:
            pid = os.fork()
        except OSError as error:
            return f"{type(error).__name__}: {error}"
        if pid:
            among.add(pid)
        return pid

    def _waited(self, pid: int, options: int) -> int | None:
        ended, status = os.waitpid(pid, options)
        if not ended:
            return None
        self.kernels.discard(pid)
        return os.waitstatus_to_exitcode(status)

    def end(self) -> None:
        """Kill all that are left."""
        for pid in self.kernels | self.calls:
            for kill in (os.killpg, os.kill):  # a kernel that was forked just now leads no group yet
                with suppress(ProcessLookupError):
                    kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


def _become(server: int, arguments: list[str], cwd: str, env: dict[str, str]) -> None:
    """Turn this process, just forked from the server, into a kernel as `launcher` starts one."""
    import numpy
    from ipykernel.kernelapp import IPKernelApp

    os.setsid()
    end_with(server)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env)
    os.environ.pop("JPY_PARENT_PID", None)  # as the launcher does, so that cells see the same
    sys.argv = [str(Path(importlib.util.find_spec("ipykernel_launcher").origin)), *arguments]
    numpy.random.seed()  # Python's own `random` does this at every fork
    collect_rarely()  # as every kernel
    gc.enable()
    IPKernelApp.launch_instance([*arguments, "--IPKernelApp.parent_handle=0"])  # `end_with` watches for it


def _answer(descriptor: int, function: str, arguments: dict) -> None:
    """Call a function in this process, just forked, and write what comes of it: its value, and what it raised."""
    module, _, name = function.partition(":")
    try:
        answer = pickle.dumps((getattr(importlib.import_module(module), name)(**arguments), None))
    except Exception as error:
        answer = _pickled(error, traceback.format_exc())
    with suppress(BrokenPipeError), os.fdopen(descriptor, "wb") as pipe:
        pipe.write(answer)
    os._exit(0)


def _pickled(error: Exception, told: str) -> bytes:
    """Return an error with where it was raised, which is lost on the way; only that, if it is not fit to travel."""
    error.add_note(told)
    try:
        answer = pickle.dumps((None, error))
        pickle.loads(answer)
    except Exception:
        return pickle.dumps((None, RuntimeError(told)))
    return answer
