"""Watch: the report is built again whenever an input changes, and the browser shows it.

The main thread builds, so that imports stay warm; another serves the page. If the package itself has changed, the
program starts again on the same port.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import watchfiles

from casebound import paths
from casebound.report.build import Request, report
from casebound.report.cache import key
from casebound.report.errors import BuildProblems, lines_of
from casebound.report.execution.forks import Forks
from casebound.report.serve.server import Server

SETTLE = 25  # milliseconds: an editor may write a file in several steps
BEGIN = 100  # milliseconds until the first build begins
STARTS = [sys.executable, "-c", "import casebound.cli, casebound.report.serve.watch"]


def watch(request: Request, port: int, say: Callable[[str], None]) -> None:
    """Serve a report and build it at every change, until Ctrl-C; raises BuildProblems if it cannot be watched."""
    package = key.package()
    try:
        server = Server(request.folder / "report.html", port)
    except OSError as error:
        problem = f"port {port} is not available: {error.strerror}; choose another with --port"
        raise BuildProblems([problem]) from None
    say(f"the report is at {server.address}, and is built again at every change; Ctrl-C ends this")
    with request.forks() as forks:
        for _ in _changes():
            began = time.monotonic()
            if key.package() == package:
                problems, built = _built(request, forks, server.show)
            elif problems := _problems_at_start():
                built = False
            else:
                break
            if built or problems != server.problems:
                say("\n".join(problems) or f"built in {time.monotonic() - began:.2f} s")
            server.finish(problems)
    again = ["--port", str(server.port)]
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:], *(again if sys.orig_argv[-2:] != again else ())])


def _built(request: Request, forks: Forks, preview: Callable[[bytes], None]) -> tuple[tuple[str, ...], bool]:
    """Build; return the problems as lines, a traceback for a mistake of ours, and whether there was anything to do."""
    try:
        built = report(request, forks=forks, preview=preview).built
        for module in ("html.exporter", "pdf.exporter", "document.joining", "execution.kernels"):
            import_module(f"casebound.report.{module}")  # warm before the first change
        return (), built
    except Exception as error:
        try:
            return tuple(lines_of(error)), False
        except Exception:
            return tuple(traceback.format_exception(error)), False


def _problems_at_start() -> tuple[str, ...]:
    """Return why the package, as it is now, cannot be started; nothing if it can."""
    tried = subprocess.run(STARTS, capture_output=True, text=True)
    return tuple(tried.stderr.splitlines()) if tried.returncode else ()


class _Inputs(watchfiles.DefaultFilter):
    """Leaves out what editors and Python write beside the files that count."""

    ignore_dirs = (*watchfiles.DefaultFilter.ignore_dirs, ".ipynb_checkpoints")


def _changes() -> Iterator[None]:
    """Yield at once, then whenever an input file has changed since; raise BuildProblems if changes are not reported."""
    inputs = [paths.data_dir(), paths.notebooks_dir(), paths.PACKAGE]
    inputs += [paths.fonts_dir()] if paths.fonts_dir().is_dir() else []
    # without a time out they would be followed only from the first wait on, and not while the first build runs
    options: dict[str, Any] = {"step": SETTLE, "debounce": 4 * SETTLE, "rust_timeout": BEGIN, "yield_on_timeout": True}
    try:
        for number, changed in enumerate(watchfiles.watch(*inputs, watch_filter=_Inputs(), **options)):
            if changed or number == 0:
                yield
    except Exception as error:
        raise BuildProblems([_refused(error)]) from None


def _refused(error: Exception) -> str:
    what = f"changes to files cannot be followed: {error}".rstrip(".")
    if type(error) is not OSError:  # but a folder that is gone or may not be read
        return what
    return f"{what}; set WATCHFILES_FORCE_POLLING=1 to look for them again and again"
