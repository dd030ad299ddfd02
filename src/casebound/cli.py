"""The program `casebound`. Exit code 1 for what is wrong in the case, 2 for wrong usage."""

from __future__ import annotations

import argparse
import difflib
import gc
import os
import sys
import threading
from collections.abc import Iterator, Sequence, Sized
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import NoReturn

from casebound import paths
from casebound.report.build import PAPERS, Request
from casebound.report.progress import Progress


def main(argv: Sequence[str] | None = None) -> NoReturn:
    """Run the program and exit with its code."""
    options = _parser().parse_args(argv)
    if argv is None and options.run is not _watch:
        gc.disable()  # as a program that is soon done, whose memory goes with it
    try:
        code = options.run(options)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read it has seen enough
        os._exit(1)
    except paths.ProjectNotFoundError as error:
        _complain(str(error))
        sys.exit(1)
    except KeyboardInterrupt:
        _complain("stopped; the last report that was finished stays")
        sys.exit(130)
    if argv is None and code == 0:  # as a program, with all done and nothing to tidy up
        sys.stderr.flush()
        os._exit(0)  # the memory goes with the process; to take it apart first takes a third of a second
    sys.exit(code)


class _Parser(argparse.ArgumentParser):
    """argparse with a "did you mean" for an option or a command that it does not know."""

    def error(self, message: str) -> NoReturn:
        wrong = message.rpartition(": ")[2].split(" ")[0].split("=")[0].strip("'")
        known = [name for action in self._actions for name in action.option_strings or list(action.choices or ())]
        near = difflib.get_close_matches(wrong, known, n=1)
        super().error(message + (f"; did you mean {near[0]}?" if near and near[0] != wrong else ""))

    def parse_args(self, args=None, namespace=None):
        found, rest = self.parse_known_args(args, namespace)
        if rest:
            parser = getattr(found, "parser", self)
            parser.error(f"unrecognized arguments: {rest[0]}")
        return found


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="casebound", description="Case studies in which every claim is bound to its evidence.", allow_abbrev=False
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND", title="commands")
    report = _command(commands, "report", "build reports/CASE/report.html and report.pdf", _report)
    report.add_argument("--timings", action="store_true", help="say where the time went, stage by stage")
    watch = _command(commands, "watch", "build at every change, and show the report in the browser as it is", _watch)
    watch.add_argument("--port", type=_port, default=8640, metavar="N", help="on 127.0.0.1 (default: %(default)s)")
    for built in (report, watch):
        _add_building(built)
    why = _command(commands, "why", "say what made a notebook run, and what would now", _why)
    why.add_argument("notebook", metavar="NOTEBOOK", help="its name, such as 10-timeline")
    why.add_argument("--as-of", default="", metavar="MOMENT", help="in the report as known then")
    why.add_argument("--sources", default="", metavar="A,B", help="in the report that rests on these sources")
    _command(commands, "check", "check the facts and the prose", _check)
    verify = _command(commands, "verify", "check every quotation against the sources' texts", _verify)
    verify.add_argument("--articles", type=Path, metavar="FOLDER", help="where the texts are (default: articles/)")
    changes = _command(commands, "changes", "list what came to be known between two moments", _changes)
    changes.add_argument("--from", required=True, dest="start", metavar="MOMENT", help="2025-09-25 or 2025-09-25T17:12")
    changes.add_argument("--to", default="", dest="end", metavar="MOMENT", help="default: all that is known")
    return parser


def _add_building(command: argparse.ArgumentParser) -> None:
    """Add the options that say what report is asked for and how it is built; see `casebound.report.build.Request`."""
    add = command.add_argument
    add("--as-of", default="", metavar="MOMENT", help="as known then: 2025-09-25 or 2025-09-25T17:12")
    add("--sources", default="", metavar="A,B", help="rest on these sources only")
    add("--paper", default=PAPERS[0], choices=PAPERS, help="the PDF's paper (default: %(default)s)")
    add("--no-cache", action="store_false", dest="cached", help="run every notebook, whether or not anything changed")
    add("--jobs", type=_count_of, metavar="N", help="run so many notebooks at once (default: the cores)")
    add("--cold", action="store_true", help="start every kernel anew instead of forking it")


def _requested(options: argparse.Namespace) -> Request:
    return Request(**{field.name: getattr(options, field.name) for field in fields(Request)})


def _command(commands, name: str, means: str, run) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=means, description=means[0].upper() + means[1:] + ".", allow_abbrev=False)
    command.add_argument("--case", default="jlr-2025", help="a folder of data/ (default: jlr-2025)")
    command.set_defaults(run=run, parser=command)
    return command


def _count_of(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 on")
    return int(text)


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port: a number up to 65535, 0 for any that is free")
    return int(text)


def _count(things: Sized, noun: str) -> str:
    return f"{len(things)} {noun}{'s' * (len(things) != 1)}"


def _complain(text: str) -> None:
    print(text, file=sys.stderr)


def _report(options: argparse.Namespace) -> int:
    from casebound.report.build import report

    progress = Progress()
    try:
        with _shown(progress):
            made = report(_requested(options), progress)
    except Exception as error:
        return _failed(error)
    folder = os.path.relpath(made.folder)
    for line in progress.left_out:
        _complain(line)
    if options.timings:
        _complain("\n".join(progress.timings()))
    if made.built:
        print(f"{folder}/report.html and report.pdf built in {progress.elapsed:.1f} s")
    else:
        print(f"{folder}/report.html and report.pdf are up to date: nothing to do")
    return 0


def _watch(options: argparse.Namespace) -> int:
    import asyncio

    from casebound.report.serve.watch import WatchError, watch

    try:
        asyncio.run(watch(_requested(options), options.port, lambda line: print(line, flush=True)))
    except WatchError as error:
        _complain(str(error))
        return 1
    return 0


def _failed(error: Exception) -> int:
    """Say a failure that a user can fix in plain lines; anything else keeps its traceback."""
    from casebound.report.errors import told

    _complain("\n".join(told(error)))
    return 1


def _why(options: argparse.Namespace) -> int:
    from casebound.facts.problems import CaseError
    from casebound.report.cache.why import why

    try:
        lines = why(options.notebook, {"case": options.case, "as_of": options.as_of, "sources": options.sources})
    except CaseError as error:
        return _failed(error)
    print("\n".join(lines))
    return 0


def _check(options: argparse.Namespace) -> int:
    from casebound.checks.case import problems_of
    from casebound.facts.ledger.ledger import load
    from casebound.facts.problems import CaseError

    try:
        if problems := problems_of(options.case):
            raise CaseError(problems)
        ledger = load(options.case)
    except CaseError as error:
        return _failed(error)
    print(f"{options.case}: {_count(ledger.facts, 'fact')}, {_count(ledger.evidence, 'piece')} of evidence, "
          f"{_count(ledger.sources, 'source')}: all well")  # fmt: skip
    return 0


def _verify(options: argparse.Namespace) -> int:
    from casebound.checks.verification import verification
    from casebound.facts.evidence.lock import NAME, write
    from casebound.facts.ledger.casefile import casefile
    from casebound.facts.problems import CaseError

    try:
        case = casefile(options.case)
        found = verification(case, options.articles or paths.articles_dir())
    except CaseError as error:
        return _failed(error)
    if not found.found and found.unchecked:
        _complain("\n".join(["no quotation could be checked", *found.unchecked]))
        return 1
    changed = case.lock != found.lock.encode()
    if changed:
        try:
            write(case.folder / NAME, found.lock)
        except OSError as error:
            _complain(f"{case.file(NAME)}: cannot be written, so it is as it was: {error.strerror}")
            return 1
    print(f"{_count(range(found.found), 'quotation')} found word for word in {_count(range(found.texts), 'text')}; "
          f"{case.file(NAME)} {'written' if changed else 'unchanged'}")  # fmt: skip
    for line in found.unchecked:
        print(line)
    return 0


def _changes(options: argparse.Namespace) -> int:
    from casebound.analysis.changes import changes
    from casebound.facts.ledger.ledger import load
    from casebound.facts.problems import CaseError

    if not options.start:
        _complain("name the moment from which to tell: --from 2025-09-25, or make changes FROM=2025-09-25")
        return 2
    try:
        earlier, later = load(options.case, options.start), load(options.case, options.end)
    except CaseError as error:
        return _failed(error)
    if later.as_of and later.as_of < earlier.as_of:
        _complain(f"--to {options.end} lies before --from {options.start}: give the earlier moment first")
        return 2
    found = changes(earlier, later)
    for _, row in found.iterrows():
        known = f"{row['known']:%Y-%m-%d}" if row["known"] == row["known"] else "no day known"
        by = f" (by {row['by']})" if row["by"] else ""
        print(f"{known:12}  {row['how']:10}  {row['fact']}{by}: {row['statement']}")
    counts = found["how"].value_counts()
    print(", ".join(f"{counts[how]} {how}" for how in counts.index) or "nothing came to be known between the two")
    return 0


@contextmanager
def _shown(progress: Progress) -> Iterator[None]:
    """Show how far a build is: one line that is written over on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty() or os.environ.get("CI"):
        yield
        return
    ended = threading.Event()

    def show() -> None:
        while not ended.wait(0.1):
            print(f"\r\033[K{progress.line()}", end="", file=sys.stderr, flush=True)

    shower = threading.Thread(target=show, daemon=True)
    shower.start()
    try:
        yield
    finally:
        ended.set()
        shower.join()
        print("\r\033[K", end="", file=sys.stderr, flush=True)
