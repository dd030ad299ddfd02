"""The program `casebound`. Exit code 1 for errors in the case, 2 for wrong usage, 130 for Ctrl-C."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable, Sequence, Sized
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from casebound import paths
from casebound.report.build import PAPERS, Request
from casebound.report.progress import Progress

if TYPE_CHECKING:
    from casebound.facts.problems import Unchecked

STOPPED = "stopped; the last report that was finished stays"


def main(argv: Sequence[str] | None = None) -> NoReturn:
    """Run the program and exit with its code."""
    if argv is not None:
        sys.exit(_code(list(argv)))
    gc.disable()  # the process is soon done, and its memory goes with it: to free it first takes a third of a second
    code = _code(sys.argv[1:])
    sys.stderr.flush()
    os._exit(code)


def _code(argv: list[str]) -> int:
    try:
        with program.make_context("casebound", argv) as context:
            code = program.invoke(context)
        sys.stdout.flush()
        return code or 0
    except click.exceptions.Exit as ended:  # after --help
        return ended.exit_code
    except click.ClickException as wrong:
        wrong.show()
        return wrong.exit_code
    except BrokenPipeError:  # whoever reads the output has seen enough
        return 1
    except KeyboardInterrupt:
        _complain(STOPPED)
        return 130
    except Exception as error:
        from casebound.report.errors import lines_of

        _complain("\n".join(lines_of(error)))
        return 1


class _InOrder(click.Group):
    """Lists the commands in the order in which they stand here."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group(cls=_InOrder, context_settings={"max_content_width": 100})
def program() -> None:
    """Case studies in which every claim is bound to its evidence."""


case = click.option("--case", default=lambda: paths.usual_case(), show_default="the only one, or CASEBOUND_CASE",
                    metavar="CASE", help="A folder of data/.")  # fmt: skip
as_of = click.option("--as-of", default="", metavar="MOMENT", help="As known then: 2025-09-25 or 2025-09-25T17:12.")
strict = click.option("--strict", is_flag=True, help="Fail if anything could not be checked.")


def _naming(context: click.Context, option: click.Parameter, ids: str) -> str:
    """Return ids of sources; one that is only commas would stand for all of them."""
    if ids and not ids.strip(", "):
        raise click.BadParameter("it names no source: give ids with commas between them, or drop the option")
    return ids


sources = click.option("--sources", default="", metavar="A,B", callback=_naming, help="From these sources only.")


def building(command: Callable) -> Callable:
    """Add the options that say which report to build and how; see `casebound.report.build.Request`."""
    options = [
        click.option("--paper", type=click.Choice(PAPERS), help="For the PDF.  [default: the case's, or a4]"),
        click.option("--no-cache", "cached", is_flag=True, default=True, flag_value=False, help="Run every notebook."),
        click.option("--jobs", type=click.IntRange(1), metavar="N", help="Run N notebooks at once, else one per core."),
        click.option("--cold", is_flag=True, help="Start every kernel anew instead of forking it."),
    ]
    for option in reversed([case, as_of, sources, *options]):
        command = option(command)
    return command


@program.command()
@building
@click.option("--draft", is_flag=True, help="Build reports/CASE-draft/ although problems remain, and show them in it.")
@click.option("--timings", is_flag=True, help="Say where the time went, stage by stage.")
def report(timings: bool, draft: bool, **request) -> None:
    """Build reports/CASE/report.html, report.pdf and annex.pdf."""
    from casebound.report.build import report as built
    from casebound.report.draft.drafting import draft as drafted

    progress = Progress()
    with progress.shown():
        made = (drafted if draft else built)(Request(**request), progress)
    for line in [*progress.left_out, *(progress.timings() if timings else ())]:
        _complain(line)
    files = f"{os.path.relpath(made.folder)}/report.html, report.pdf and annex.pdf"
    print(f"{files} built in {progress.elapsed:.1f} s" if made.built else f"{files} are up to date: nothing to do")
    if draft:
        print(f"a draft: {_count(range(made.problems), 'problem')} left")


@program.command()
@building
@click.option("--port", type=click.IntRange(0, 65535), default=8640, show_default=True, metavar="N",
              help="On 127.0.0.1; 0 takes any free port.")  # fmt: skip
@click.option("--no-drafts", "drafts", is_flag=True, default=True, flag_value=False,
              help="Show the last report, and no draft, while the case is wrong.")  # fmt: skip
def watch(port: int, drafts: bool, **request) -> None:
    """Build at every change, and show the report, or a draft while problems remain, in the browser."""
    from casebound.report.serve.watch import watch as watched

    gc.enable()  # unlike the other commands, this one goes on
    signal.signal(signal.SIGINT, _end)
    watched(Request(**request), port, lambda line: print(line, flush=True), drafts)


@program.command()
@case
@click.argument("notebook")
@as_of
@sources
def why(notebook: str, **parameters: str) -> None:
    """Say why a notebook, such as 10-timeline, ran last and would run now."""
    from casebound.report.cache.why import why as reasons

    print("\n".join(reasons(notebook, parameters)))


@program.command()
@click.argument("case")
@click.option("--subject", default="", help="Whom or what it is about.  [default: the case's name]")
def new(case: str, subject: str) -> None:
    """Begin a case: make data/CASE with the least that `check` passes."""
    from casebound.authoring import schema
    from casebound.authoring.new import new as made
    from casebound.facts.ledger.casefile import readable

    folder = os.path.relpath(made(case, subject))
    schema.write(readable(case))
    print(f"{folder} made; next:\n"
          f"  make source CASE={case} FILE=saved-page.html URL=https://…   take in a source\n"
          f"  make suggest CASE={case} SOURCE=its-id                       find its facts\n"
          f"  make report CASE={case}                                      build the report")  # fmt: skip


@program.command("schema")
@case
def schemas(case: str) -> None:
    """Write the JSON Schemas by which an editor completes and checks the case's files."""
    from casebound.authoring import schema
    from casebound.facts.ledger.casefile import readable

    print(f"{os.path.relpath(schema.write(readable(case)))} written")


@program.command()
@case
@strict
def check(case: str, strict: bool) -> int:
    """Check the facts and the prose, and say what could not be checked."""
    from casebound.checks.case import problems_of
    from casebound.checks.states import counts, not_checked
    from casebound.facts.ledger.casefile import casefile
    from casebound.facts.ledger.ledger import load
    from casebound.facts.problems import CaseError
    from casebound.pages.tables.asides import set_aside

    if problems := problems_of(case):
        raise CaseError(problems)
    ledger, read = load(case), casefile(case)
    print(f"{case}: {_count(ledger.facts, 'fact')}, {_count(ledger.evidence, 'piece')} of evidence, "
          f"{_count(ledger.sources, 'source')}: no problem found")  # fmt: skip
    print(counts(read, read.evidence_lock))
    print(f"set aside by people: {_count(set_aside(ledger), 'check')}; "
          f"dates named by people: {(ledger.facts['rule'] == 'person').sum()}")  # fmt: skip
    return _say_unchecked(not_checked(read, read.evidence_lock, {}), strict)


@program.command()
@click.argument("file", required=False)
@case
@click.option("--url", default="", help="Where the file is from.")
@click.option("--fetch", default="", metavar="URL", help="Fetch this page instead of a file, as its robots.txt allows.")
@click.option("--id", "name", default="", help="The source's id.  [default: author or publisher, and day]")
def source(file: str | None, case: str, url: str, fetch: str, name: str) -> None:
    """Take a FILE in as a source: a saved page, PDF, e-mail or text, or - for pasted words.

    The text goes into articles/, its entry into the case's sources.yaml. Nothing is fetched without --fetch.
    """
    from casebound.authoring.source import take

    if bool(file) == bool(fetch):
        raise click.UsageError("name a file (- for pasted words), or a page to fetch: --fetch URL")
    print("\n".join(take(case, file or "", url, fetch, name)))


@program.command()
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Say what the check of a CODE such as CB401 guards against; without one, print docs/checks.md.

    `casebound explain fields` lists which fields fill which figures, tables and sections.
    """
    from casebound.authoring import filling
    from casebound.facts import catalogue

    if code == "fields":
        print(filling.page(), end="")
    else:
        print(catalogue.explained(code) if code else catalogue.page(), end="\n" if code else "")


@program.command()
@case
@click.option("--articles", type=Path, metavar="FOLDER", help="Where the texts are.  [default: articles/]")
@strict
def verify(case: str, articles: Path | None, strict: bool) -> int:
    """Check every quotation against the sources' texts, and say what could not be checked."""
    from casebound.checks.texts.verification import verification
    from casebound.facts.evidence.lock import NAME, write
    from casebound.facts.ledger.casefile import casefile
    from casebound.facts.problems import CaseError

    read = casefile(case)
    result, lock = verification(read, articles or paths.articles_dir()), read.file(NAME)
    changed = read.lock != result.lock.encode()
    if not result.texts and not result.problems and result.unchecked:
        _complain("\n".join(["no quotation could be checked", *map(str, result.unchecked)]))
        return 1
    if changed:
        try:
            write(read.folder / NAME, result.lock)
        except OSError as error:
            _complain(f"{lock}: cannot be written, so it is as it was: {error.strerror}")
            return 1
    quotations, texts = _count(range(result.quotations), "quotation"), _count(range(result.texts), "text")
    print(f"{quotations} found word for word in {texts}; {lock} {'written' if changed else 'unchanged'}")
    print(result.states)
    for name, share in result.shares.items():
        print(f"quoted of {name}: {share:.0f} % of its words")
    code = _say_unchecked(result.unchecked, strict)
    if result.problems:
        raise CaseError(result.problems)
    return code


@program.command()
@case
@click.argument("source")
@click.option("--paragraph", type=click.IntRange(1), metavar="N", help="Of this paragraph only.")
@click.option("--articles", type=Path, metavar="FOLDER", help="Where the texts are.  [default: articles/]")
def suggest(case: str, source: str, paragraph: int | None, articles: Path | None) -> None:
    """Print the paragraphs of a SOURCE, and a fact for each sentence that tells one; nothing is written."""
    from casebound.authoring.suggest.printing import printed
    from casebound.authoring.suggest.suggestions import suggested

    print("\n".join(printed(suggested(case, source, paragraph, articles), paragraph)))


@program.command()
@case
@click.option("--from", "start", required=True, metavar="MOMENT", help="2025-09-25 or 2025-09-25T17:12.")
@click.option("--to", "end", default="", metavar="MOMENT", help="[default: all that is known]")
def changes(case: str, start: str, end: str) -> None:
    """List what became known between two moments."""
    from casebound.analysis.changes import changes as changes_between
    from casebound.facts.ledger.ledger import load

    if not start:
        raise click.UsageError("name the earlier moment: --from 2025-09-25, or make changes FROM=2025-09-25")
    earlier, later = load(case, start), load(case, end)
    if earlier.as_of and later.as_of and later.as_of < earlier.as_of:
        raise click.UsageError(f"--to {end} lies before --from {start}: give the earlier moment first")
    table = changes_between(earlier, later)
    for _, row in table.iterrows():
        known = later.dated(row["known"]).text if row["known"] == row["known"] else "no day known"
        by = f" (by {row['by']})" if row["by"] else ""
        print(f"{known:12}  {row['how']:10}  {row['fact']}{by}: {row['statement']}")
    counts = table["how"].value_counts()
    print(", ".join(f"{counts[how]} {how}" for how in counts.index) or "nothing became known between the two")


def _end(*_) -> NoReturn:
    """End at once, even during an import; all that this process has started ends with it."""
    os.write(2, f"{STOPPED}\n".encode())
    os._exit(130)


def _say_unchecked(unchecked: Sequence[Unchecked], strict: bool) -> int:
    """Print what could not be checked; return the exit code."""
    if unchecked:
        print(f"not checked: {len(unchecked)}", *unchecked, sep="\n")
    return int(strict and bool(unchecked))


def _count(things: Sized, noun: str) -> str:
    return f"{len(things)} {noun}{'s' * (len(things) != 1)}"


def _complain(text: str) -> None:
    print(text, file=sys.stderr)
