"""Build: from a case and the notebooks to the files of a report, all of them or none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casebound import paths
from casebound.report import publish
from casebound.report.cache import fingerprints
from casebound.report.execution.forks import Forks
from casebound.report.progress import Progress

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from casebound.report.cache.reuse import Kept, Notebook, Ran

PAPERS = ("a4", "us-letter")
TRIES = 3  # to build a report from files that are being edited
TICK = 0.05  # seconds between looks at whether the case is wrong


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

    @property
    def failed_folder(self) -> Path:
        """Where the copy of a failed notebook is kept for reading, until this report is built."""
        return paths.cache_dir() / "failed" / self.folder.name

    def forks(self) -> Forks:
        """Return what forks the kernels, and what runs beside the builder, as a context."""
        return Forks(self.parameters, kernels=not self.cold)


@dataclass(frozen=True)
class Report:
    """A report on disk: its folder, and whether it had to be built."""

    folder: Path
    built: bool


def report(
    request: Request,
    progress: Progress | None = None,
    forks: Forks | None = None,
    preview: Callable[[bytes], None] = lambda page: None,
) -> Report:
    """Return the report that is asked for, built if its inputs changed or a notebook has to run in every build.

    `forks` that are warm already are used. `preview` is given the page once it is bound and the case is checked, while
    the PDF is being set. Raises CaseError for what is wrong in the case or in what is asked, NotebookError, or
    BuildProblems; the files of an earlier report then stay as they were.
    """
    if request.case not in paths.case_names():
        from casebound.facts.ledger.casefile import (
            known_case,  # imported here: a report that is up to date needs none of it
        )

        known_case(request.case)
    made_from = _made_from(request) if request.cached else None
    if made_from and fingerprints.is_current(request.folder, made_from) and not _has_to_run():
        publish.tidy(request.folder.parent)
        return Report(request.folder, built=False)
    progress = progress or Progress()
    with nullcontext(forks) if forks else request.forks() as ours:  # first, so that their imports overlap the builder's
        outputs, made_from = _Building(request, ours, progress, preview).settled(made_from)
    outputs[fingerprints.RECORD] = fingerprints.record(made_from, outputs)
    with progress.doing("publishing"):
        publish.publish(request.folder, outputs)
    shutil.rmtree(request.failed_folder, ignore_errors=True)
    return Report(request.folder, built=True)


@dataclass(frozen=True)
class _Building:
    """A report being built: what is asked for, what forks, and who is told how far it is."""

    request: Request
    forks: Forks
    progress: Progress
    preview: Callable[[bytes], None]
    ran: list[Ran] = field(default_factory=list)

    def settled(self, made_from: dict[str, str] | None) -> tuple[dict[str, bytes], dict]:
        """Return the files of the report and what they were made from; nothing that is in doubt is said to be that.

        `made_from` is what they would be made from just now, if that is known already. Where a file that is checked was
        edited meanwhile, what was checked may not be what was bound: it is built again. Raises what `report` does.
        """
        for _ in range(TRIES):
            made_from = made_from or _made_from(self.request)
            checked = fingerprints.checked(self.request.case)

            def stands(checked: str = checked) -> bool:
                return fingerprints.checked(self.request.case) == checked

            outputs, now = self._outputs(made_from["inputs"], stands), _made_from(self.request)
            if stands():
                return outputs, made_from if now == made_from else {}
            made_from = now
        from casebound.report.errors import BuildProblems

        what = f"data or notebooks changed while the report was built, {TRIES} times over"
        raise BuildProblems([f"{what}: wait until they are saved; no notebook may write into them"])

    def _outputs(self, fingerprint: str, stands: Callable[[], bool]) -> dict[str, bytes]:
        """Return the files by name; raises of several problems the one that explains the others."""
        proof = self.forks.call("casebound.checks.case:prove", case=self.request.case)
        try:
            return self._files(fingerprint, proof, stands)
        except Exception:
            proof.result()  # what else is wrong may follow from what is wrong with the case
            raise
        finally:
            self._keep()

    def _files(self, fingerprint: str, proof: Future, stands: Callable[[], bool]) -> dict[str, bytes]:
        found = self._found()
        waiting = [one for one, kept in found.items() if kept is None]
        outdated = {shown for kept in found.values() if kept for shown in kept.outdated}
        wanted = {**self.request.parameters, "prose": sorted(outdated)}
        extract = self.forks.call("casebound.report.evidence.extract:extract", **wanted)
        with self._running(waiting) as runs:
            beside = ThreadPoolExecutor(max_workers=1)
            with self.progress.doing("imports"):
                # amid an import Ctrl-C may leave Python's own lock closed; it reaches only the main thread
                exporters = beside.submit(_exporters).result()
            with self.progress.doing("evidence and data"):
                taken = extract.result()
            # in the notebooks' order, whichever ended first
            executed = {
                one.path.stem: kept.restated(taken.prose) if kept else _unless_wrong(runs[one.path.stem], proof)
                for one, kept in found.items()
            }
        from casebound.report.document.assemble import document  # imported already, by the exporters
        from casebound.report.document.joining import joined

        notebooks = joined(executed, taken.about, fingerprint, self.request.paper)
        given = {"entries": taken.entries, "sources": taken.sources}
        with self.progress.doing("document"):
            given["document"] = document(notebooks, **given)
        self.progress.left_out = [*given["document"].left_out, *_given_way(found)]

        def bound(part: str) -> Any:
            with self.progress.doing(part):
                return exporters[part].from_notebook_node(notebooks, resources={"casebound": given})[0]

        if proof.done():
            proof.result()
        try:
            pdf = beside.submit(bound, "PDF")  # Typst runs outside Python, so both are made at once
            pdf.add_done_callback(lambda _: exporters["PDF"].under_way.set())  # it may fail before Typst begins
            exporters["PDF"].under_way.wait()  # until then it needs Python itself
            page = bound("HTML").encode()
            with self.progress.doing("checking the case"):
                proof.result()
            if stands():
                self.preview(page)
            self._keep()  # while the PDF is being set
            return {"report.html": page, "report.pdf": pdf.result(), **taken.data}
        finally:
            beside.shutdown(wait=False)  # what is wrong is said at once, whatever the PDF still takes

    def _found(self) -> dict[Notebook, Kept | None]:
        """Return every notebook with what is kept of it, None for each that has to run."""
        from casebound.report.cache.ingredients import Surroundings
        from casebound.report.cache.reuse import Notebook

        parameters, progress = self.request.parameters, self.progress
        with progress.doing("what has changed"):
            around = Surroundings(parameters)
            notebooks = [Notebook(path, parameters, around) for path in paths.notebooks()]
            found = {one: one.kept() if self.request.cached else None for one in notebooks}
        progress.expect(len(found), sum(kept is not None for kept in found.values()))
        return found

    def _running(self, waiting: list[Notebook]) -> AbstractContextManager[dict[str, Future]]:
        """Return what the notebooks that have to run will be, by name; as a context, no kernel outlives it."""
        if not waiting:
            return nullcontext({})
        from casebound.report.execution.kernels import Kernels, executed, running

        kernels = Kernels(self.request.parameters, None if self.request.cold else self.forks)

        def run(one: Notebook) -> NotebookNode:
            with self.progress.doing(one.path.stem, notebook=True):
                ran = one.run(partial(executed, one.path, kernels, self.request.failed_folder))
            self.ran.append(ran)
            return ran.executed.notebook

        longest_first = sorted(waiting, key=lambda one: -one.seconds)  # so that no core is left waiting for the last
        runs = {one.path.stem: partial(run, one) for one in longest_first}
        return running(runs, kernels, self.request.jobs or _cores())

    def _keep(self) -> None:
        """Keep what those notebooks gave that have run, for the next build."""
        if self.ran:
            from casebound.report.cache.reuse import keep

            with suppress(OSError):  # of a file that went while it was looked at: nothing is known of what it was
                keep([self.ran.pop(0) for _ in range(len(self.ran))])


def _exporters() -> dict[str, Any]:
    """Return the two exporters, each used once, so that what it does at its first use is done while notebooks run."""
    from casebound.report.document.joining import notebook
    from casebound.report.html.exporter import ReportHTMLExporter
    from casebound.report.pdf.exporter import ReportPDFExporter

    pdf, html = ReportPDFExporter(), ReportHTMLExporter()
    for exporter in (pdf, html):
        exporter.from_notebook_node(notebook([]))
    pdf.under_way.clear()
    return {"PDF": pdf, "HTML": html}


def _given_way(notebooks: Iterable[Notebook]) -> list[str]:
    """Return in which notebooks papermill puts the report's parameters in place of an earlier run's, a line each."""
    from casebound.report.cache.ingredients import OF_EARLIER_RUN

    earlier = (one.path.stem for one in notebooks if OF_EARLIER_RUN in one.reach.not_plain)
    return [
        f"notebook {name}: an earlier run's cell “injected-parameters” gives way to this report's" for name in earlier
    ]


def _has_to_run() -> bool:
    """Tell whether a notebook runs in every build: of a report with one it is never known that it is up to date."""
    from casebound.report.cache.ingredients import runs_always

    return any(map(runs_always, paths.notebooks()))


def _made_from(request: Request) -> dict[str, str]:
    inputs = fingerprints.inputs(request.case, request.parameters)
    return {"inputs": inputs, "tools": fingerprints.tools(), "paper": request.paper}


def _unless_wrong(run: Future, proof: Future) -> NotebookNode:
    """Return what a notebook is once it has run; raise at once what is wrong with the case."""
    while wait([run], timeout=TICK).not_done:
        if proof.done():
            proof.result()
    return run.result()


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
