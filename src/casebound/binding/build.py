"""Build: from a case and the notebooks to the files of a report, all of them or none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from casebound import paths
from casebound.binding import fingerprints, forkserver, publishing
from casebound.binding.beside import begun, uninterrupted
from casebound.binding.forkserver import ForkServer
from casebound.binding.progress import Progress
from casebound.facts.memory import uncollected

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from casebound.binding.reuse import Kept, Notebook

PAPERS = ("a4", "us-letter")
TRIES = 3  # to build a report from files that are being edited


@dataclass(frozen=True)
class Request:
    """What report is asked for, on what paper its PDF, and how it is to be built.

    Without `cached` every notebook runs. As many run at once as `jobs` says, or as there are cores; `cold` starts
    each kernel anew instead of forking it.
    """

    case: str
    as_of: str = ""
    sources: str = ""
    paper: str = PAPERS[0]
    cached: bool = True
    jobs: int | None = None
    cold: bool = False

    @property
    def parameters(self) -> dict[str, str]:
        """The parameters of every notebook."""
        return {"case": self.case, "as_of": self.as_of, "sources": self.sources}

    @property
    def folder(self) -> Path:
        """Where the report belongs; one limited in time or sources never stands in the full one's place."""
        names = [self.case]
        if self.as_of:
            names.append("as-of-" + self.as_of.replace(":", "").replace(" ", "T"))
        if limited_to := sorted(filter(None, (name.strip() for name in self.sources.split(",")))):
            names.append("sources-" + "+".join(limited_to))
        return paths.reports_dir() / "-".join(names)

    def warm(self) -> AbstractContextManager[ForkServer | None]:
        """Return the server that forks the kernels, as a context; nothing where each is started anew."""
        return nullcontext() if self.cold or not forkserver.available() else ForkServer()


@dataclass(frozen=True)
class Report:
    """A report on disk: its folder, and whether it had to be built."""

    folder: Path
    built: bool


def report(request: Request, progress: Progress | None = None, server: ForkServer | None = None) -> Report:
    """Return the report that is asked for, built if its inputs changed; a `server` that is warm already is used.

    Raises CaseError for what is wrong in the case or in what is asked, NotebookError, or BuildProblems; the
    files of an earlier report then stay as they were.
    """
    if request.case not in paths.case_names():
        from casebound.facts.casefile import known_case  # imported here: a report that is up to date needs none of it

        known_case(request.case)
    made_from = _made_from(request)
    if request.cached and fingerprints.is_current(request.folder, made_from):
        publishing.tidy(request.folder.parent)
        return Report(request.folder, built=False)
    progress = progress or Progress()
    with uncollected():
        with nullcontext(server) if server else request.warm() as forks:  # first, so that its imports overlap ours
            outputs, made_from = _settled(request, forks, progress)
        outputs[fingerprints.RECORD] = fingerprints.record(made_from, outputs)
        with progress.doing("publishing"):
            publishing.publish(request.folder, outputs)
    shutil.rmtree(failed_dir(request.case), ignore_errors=True)
    return Report(request.folder, built=True)


def _settled(request: Request, server: ForkServer | None, progress: Progress) -> tuple[dict[str, bytes], dict]:
    """Return the files of a report and what they were made from; nothing that is in doubt is said to be that.

    Where a file that is checked was edited meanwhile, what was checked may not be what was bound: it is built again.
    """
    for _ in range(TRIES):
        made_from, checked = _made_from(request), fingerprints.checked(request.case)
        outputs = _outputs(request, made_from["inputs"], server, progress)
        if fingerprints.checked(request.case) == checked:
            return outputs, made_from if _made_from(request) == made_from else {}
    from casebound.binding.problems import BuildProblems

    what = f"data or notebooks changed while the report was built, {TRIES} times over"
    raise BuildProblems([f"{what}: wait until they are saved; no notebook may write into them"])


def _made_from(request: Request) -> dict[str, str]:
    inputs = fingerprints.inputs(request.case, request.parameters)
    return {"inputs": inputs, "tools": fingerprints.tools(), "paper": request.paper}


def failed_dir(case: str) -> Path:
    """Return where the copy of a failed notebook is kept for reading, until the case is built again."""
    return paths.cache_dir() / "failed" / case


def _outputs(request: Request, fingerprint: str, server: ForkServer | None, progress: Progress) -> dict[str, bytes]:
    """Return the files of a report by name; raises what `report` does, of several the one that explains the others."""
    prove = begun(server, "casebound.binding.proof:prove", case=request.case)
    try:
        files = _files(request, fingerprint, server, prove, progress)
        prove()
        return files
    except Exception:
        prove()  # what else is wrong may follow from what is wrong with the case
        raise
    finally:
        if server:
            server.abandon()


def _files(
    request: Request, fingerprint: str, server: ForkServer | None, prove: Callable[[], None], progress: Progress
) -> dict[str, bytes]:
    found = _found(request, progress)
    waiting = [one for one, kept in found.items() if kept is None]
    outdated = {shown for kept in found.values() if kept for shown in kept.outdated}
    extract = begun(server, "casebound.binding.extracting:extract", **request.parameters, prose=sorted(outdated))
    if server and waiting:
        server.warm_up()
    with _running(waiting, request, server, progress) as runs:
        with progress.doing("imports"), uninterrupted():
            from nbformat.v4 import new_notebook

            from casebound.binding.document import document
            from casebound.binding.html import ReportHTMLExporter
            from casebound.binding.joining import joined
            from casebound.binding.pdf import ReportPDFExporter

            exporters = {"PDF": ReportPDFExporter(), "HTML": ReportHTMLExporter()}
            for exporter in exporters.values():  # so that what each does at its first use is done while notebooks run
                exporter.from_notebook_node(new_notebook())
        if runs or not server:  # at once, so that nothing is done in vain; else while the PDF is set
            with progress.doing("checking the case"):
                prove()
        with progress.doing("evidence and data"):
            taken = extract()
        # in the notebooks' order, whichever ended first
        executed = {
            one.path.stem: one.restated(kept, taken.prose) if kept else runs[one.path.stem].result()
            for one, kept in found.items()
        }
    notebooks = joined(executed, taken.about, fingerprint, request.paper)
    given = {"entries": taken.entries, "sources": taken.sources}
    with progress.doing("document"):
        given["document"] = document(notebooks, **given)

    def bound(part: str) -> str | bytes:
        with progress.doing(part):
            return exporters[part].from_notebook_node(notebooks, resources={"casebound": given})[0]

    with ThreadPoolExecutor(max_workers=1) as beside:  # Typst runs outside Python, so both are made at once
        pdf = beside.submit(bound, "PDF")
        page = bound("HTML")
        return {"report.html": page.encode(), "report.pdf": pdf.result(), **taken.data}


def _found(request: Request, progress: Progress) -> dict[Notebook, Kept | None]:
    """Return every notebook with what is kept of it, None for each that has to run."""
    from casebound.binding.ingredients import Surroundings
    from casebound.binding.reuse import Notebook

    with progress.doing("what has changed"):
        around = Surroundings(request.parameters)
        notebooks = [Notebook(path, request.parameters, around) for path in paths.notebooks()]
        found = {one: one.kept() if request.cached else None for one in notebooks}
    progress.expect(len(found), sum(kept is not None for kept in found.values()))
    return found


def _running(
    waiting: list[Notebook], request: Request, server: ForkServer | None, progress: Progress
) -> AbstractContextManager[dict[str, Future]]:
    """Return what the notebooks that have to run will be, by name; as a context, no kernel outlives it."""
    if not waiting:
        return nullcontext({})
    from casebound.binding.kernels import Kernels, executed, running

    kernels, keep = Kernels(request.parameters, server), failed_dir(request.case)

    def run(one: Notebook) -> NotebookNode:
        with progress.doing(one.path.stem, notebook=True):
            return one.run(partial(executed, one.path, kernels, keep))

    longest_first = sorted(waiting, key=lambda one: -one.seconds)  # so that no core is left waiting for the last
    runs = {one.path.stem: partial(run, one) for one in longest_first}
    return running(runs, kernels, request.jobs or _cores())


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
