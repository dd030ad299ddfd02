"""Watch: the report, or a draft while the case is wrong, is built again at every change, and the browser shows it.

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
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import watchfiles

from casebound import paths
from casebound.facts.problems import CaseError
from casebound.report.build import Report, Request, report
from casebound.report.cache import key
from casebound.report.draft.drafting import draft
from casebound.report.errors import BuildProblems, lines_of
from casebound.report.execution.forks import Forks
from casebound.report.serve.server import Server

SETTLE = 25  # milliseconds: an editor may write a file in several steps
BEGIN = 100  # milliseconds until the first build begins
STARTS = [sys.executable, "-c", "import casebound.cli, casebound.report.serve.watch"]


@dataclass(frozen=True)
class _Outcome:
    """What came of a build: its problems as lines, a traceback for a mistake of ours; whether there was anything to do,
    and whether it is the case that is wrong."""

    problems: tuple[str, ...] = ()
    built: bool = False
    is_wrong: bool = False


def watch(request: Request, port: int, say: Callable[[str], None], drafts: bool = True) -> None:
    """Serve a report and build it at every change, until Ctrl-C; raises BuildProblems if it cannot be watched.

    While the case is wrong a draft is served, or, without `drafts`, the last report.
    """
    package = key.package()
    try:
        server = Server(request.folder / "report.html", port)
    except OSError as error:
        problem = f"port {port} is not available: {error.strerror}; choose another with --port"
        raise BuildProblems([problem]) from None
    say(f"the report is at {server.address}, and is built again at every change; Ctrl-C ends this")
    before: tuple[str, ...] = ()
    with request.forks() as forks:
        for _ in _changes():
            began = time.monotonic()
            if key.package() == package:
                outcome = _built(report, request, forks, server)
            elif problems := _problems_at_start():
                outcome = _Outcome(problems)
            else:
                break
            if outcome.built or outcome.problems != before:
                say("\n".join(outcome.problems) or f"built in {time.monotonic() - began:.2f} s")
            before = outcome.problems
            server.finish(_drafted(request, forks, server, before) if drafts and outcome.is_wrong else before)
    again = ["--port", str(server.port)]
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:], *(again if sys.orig_argv[-2:] != again else ())])


def _built(build: Callable[..., Report], request: Request, forks: Forks, server: Server) -> _Outcome:
    """Build, and serve what was built."""
    try:
        made = build(request, forks=forks, preview=server.show)
        for module in ("html.exporter", "pdf.exporter", "document.joining", "execution.kernels"):
            import_module(f"casebound.report.{module}")  # warm before the first change
        server.report = made.folder / "report.html"
        return _Outcome(built=made.built)
    except Exception as error:
        try:
            return _Outcome(tuple(lines_of(error)), is_wrong=isinstance(error, CaseError))
        except Exception:
            return _Outcome(tuple(traceback.format_exception(error)))


def _drafted(request: Request, forks: Forks, server: Server, problems: tuple[str, ...]) -> tuple[str, ...]:
    """Build and serve a draft of a case with problems; return what to say beside it, or the problems if it fails."""
    if _built(draft, request, forks, server).problems:
        return problems
    return (f"{problems[-1]}: this draft shows where",)


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
