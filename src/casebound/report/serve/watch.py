"""Watching: the report made again whenever one of its inputs changes, and shown in the browser as it then is.

A process of its own builds, so that what it has imported stays warm; it is started anew when the package changes.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import signal
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path

from watchfiles import DefaultFilter, awatch

from casebound import paths
from casebound.paths import PACKAGE
from casebound.report.build import Request, report
from casebound.report.cache import fingerprints
from casebound.report.errors import told
from casebound.report.execution.forks import Forks
from casebound.report.execution.launcher import end_with_parent
from casebound.report.serve.server import Server

SETTLE = 25  # milliseconds: an editor may write a file in several steps


class WatchError(Exception):
    """Why a report cannot be watched, and what would fix it."""


@dataclass(frozen=True)
class Preview:
    """The page of a report whose case has been checked and whose PDF is still being set."""

    page: bytes


@dataclass(frozen=True)
class Outcome:
    """What came of a build: what is wrong, in lines, or nothing; how long it took; whether there was anything to do."""

    problems: tuple[str, ...]
    seconds: float
    built: bool = False


class Builder:
    """A warm process that builds one report again and again."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self._lock, self._stopped = threading.Lock(), False
        self._start()

    def _start(self) -> None:
        # not forked: this process has threads, and a changed package must be read anew
        context = multiprocessing.get_context("spawn")
        self._here, there = context.Pipe()
        self._process = context.Process(target=_serve, args=(there, self.request))
        self._process.start()
        there.close()

    def build(self) -> Iterator[Preview | Outcome | None]:
        """Yield the page as soon as it can be shown, and last what comes of a build; None where the package has
        changed, for which this is to be restarted.

        A process that dies over a build is an outcome too.
        """
        if not self._process.is_alive():
            self.restart()
        try:
            self._here.send(None)
            while isinstance(said := self._here.recv(), Preview):
                yield said
            yield said
        except (EOFError, OSError):
            yield Outcome(("the building process ended; it is started again at the next change",), 0.0)

    def restart(self) -> None:
        """Build from now on with the package as it is now; but not any more once this was stopped."""
        with self._lock:
            self._end()
            if not self._stopped:
                self._start()

    def stop(self) -> None:
        """End the process, which takes its kernels with it."""
        with self._lock:
            self._stopped = True
            self._end()

    def _end(self) -> None:
        self._process.kill()
        self._process.join()
        self._here.close()


def _serve(asked_for: Connection, request: Request) -> None:
    """Build whenever asked, until nobody can ask any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that watches, which then ends this one
    end_with_parent()  # amid a build too, and the kernels with it
    imported = fingerprints.package()
    for module in ("html.exporter", "pdf.exporter", "document.joining", "execution.kernels"):
        import_module(f"casebound.report.{module}")  # warm before the first change

    with suppress(EOFError, OSError), request.forks() as forks:
        while True:
            asked_for.recv()
            # what is imported is no more what is on disk: this process is about to be replaced
            stale = fingerprints.package() != imported
            asked_for.send(None if stale else _outcome(request, forks, lambda page: asked_for.send(Preview(page))))


def _outcome(request: Request, forks: Forks, preview: Callable[[bytes], None]) -> Outcome:
    started = time.monotonic()
    try:
        made = report(request, forks=forks, preview=preview)
    except Exception as error:
        return Outcome(tuple(_lines(error)), time.monotonic() - started)
    return Outcome((), time.monotonic() - started, made.built)


def _lines(error: Exception) -> list[str]:
    """Return the lines of a failure; of our own mistakes too, for which a watch does not end."""
    try:
        return told(error)
    except Exception:
        return traceback.format_exception(error)


class _Ours(DefaultFilter):
    """Leaves out what editors and Python write beside the files that count."""

    ignore_dirs = (*DefaultFilter.ignore_dirs, ".ipynb_checkpoints")


async def watch(request: Request, port: int, say: Callable[[str], None]) -> None:
    """Serve a report and build it whenever something changes, until cancelled; raises WatchError."""
    try:
        server = Server(request.folder / "report.html", port)
    except OSError as error:
        raise WatchError(f"port {port} cannot be had: {error.strerror}; choose another with --port") from None
    builder = Builder(request)
    changes = _Changes()
    say(f"the report is at {server.address}, and is built again at every change; Ctrl-C ends this")
    try:
        while True:
            if await changes.have_package():
                await asyncio.to_thread(builder.restart)
            said, previewed = builder.build(), False
            while isinstance(outcome := await asyncio.to_thread(next, said), Preview):
                await server.show(outcome.page)
                previewed = True
            if outcome is None:
                changes.note(package=True)
                continue
            if outcome.built or previewed or outcome.problems != server.problems:
                await server.tell(outcome.problems)
                say("\n".join(outcome.problems) or f"built in {outcome.seconds:.2f} s")
    finally:
        changes.end()
        builder.stop()
        server.stop()


class _Changes:
    """What has changed since it was last asked; at first everything has."""

    def __init__(self) -> None:
        self._any, self._package = asyncio.Event(), False
        self._any.set()
        self._listening = asyncio.create_task(self._listen())
        self._listening.add_done_callback(lambda _: self._any.set())

    async def _listen(self) -> None:
        inputs = (paths.data_dir(), paths.notebooks_dir(), PACKAGE)
        async for changed in awatch(*inputs, watch_filter=_Ours(), step=SETTLE, debounce=4 * SETTLE):
            self.note(package=any(Path(path).is_relative_to(PACKAGE) for _, path in changed))

    def note(self, *, package: bool) -> None:
        """Take note of a change: of the package, or of something else."""
        self._package |= package
        self._any.set()

    def end(self) -> None:
        """Take note of no more changes."""
        self._listening.cancel()

    async def have_package(self) -> bool:
        """Wait for a change; return whether the package is among what changed.

        Raises WatchError where the system refuses to tell of changes.
        """
        await self._any.wait()
        if self._listening.done():
            raise WatchError(_refused(self._listening.exception()))
        self._any.clear()
        package, self._package = self._package, False
        return package


def _refused(error: BaseException) -> str:
    what = f"changes to files cannot be followed: {error}".rstrip(".")
    if type(error) is not OSError:  # but a folder that is gone or may not be read
        return what
    return f"{what}; set WATCHFILES_FORCE_POLLING=1 to have them looked for again and again instead"
