"""Build: from a case and the notebooks to the files of a report, all of them or none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casebound import paths
from casebound.facts.ledger import chapters
from casebound.report import publish
from casebound.report.cache import key, plain
from casebound.report.execution.forks import Forks
from casebound.report.progress import Progress

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from casebound.report.cache.notebooks import Notebook
    from casebound.report.document.model import Document, Extract
    from casebound.report.execution.kernels import Kernels
    from casebound.report.html.exporter import ReportHTMLExporter
    from casebound.report.pdf.exporter import ReportPDFExporter

PAPERS = ("a4", "us-letter")
TRIES = 3  # to build a report from files that are being edited


@dataclass(frozen=True)
class Request:
    """Which report to build, the paper of its PDF, and how to build it.

    Without `cached` every notebook runs. `jobs` notebooks run at once, one per core by default; `cold` starts each
    kernel anew instead of forking it. A `draft` is built although problems remain, and shows them.
    """

    case: str
    as_of: str = ""
    sources: str = ""
    paper: str | None = None  # else the case's own, else A4
    cached: bool = True
    jobs: int | None = None
    cold: bool = False
    draft: bool = False

    @property
    def parameters(self) -> dict[str, str]:
        """The parameters of every notebook."""
        return {"case": self.case, "as_of": self.as_of, "sources": self.sources}

    @property
    def made_for(self) -> dict[str, str]:
        """The parameters, and whether it is a draft: what the cache tells apart."""
        return self.parameters | ({"draft": "1"} if self.draft else {})

    @property
    def folder(self) -> Path:
        """The report's folder; a draft, or a report limited in time or sources, never replaces the full one."""
        names = [self.case]
        if self.as_of:
            names.append("as-of-" + self.as_of.replace(":", "").replace(" ", "T"))
        if limited_to := sorted(filter(None, (name.strip() for name in self.sources.split(",")))):
            names.append("sources-" + "+".join(limited_to))
        if self.draft:
            names.append("draft")
        return paths.reports_dir() / "-".join(names)

    @property
    def failed_folder(self) -> Path:
        """The folder that keeps the copy of a failed notebook for reading, until this report is built."""
        return paths.cache_dir() / "failed" / self.folder.name

    def forks(self, kernels: bool = True) -> Forks:
        """Return what forks functions and, unless they start cold, `kernels`, as a context."""
        return Forks(self.parameters, kernels=kernels and not self.cold, is_draft=self.draft)


@dataclass(frozen=True)
class Report:
    """A report on disk: its folder, whether it had to be built, and how many problems a draft shows."""

    folder: Path
    built: bool
    problems: int = 0


def report(
    request: Request,
    progress: Progress | None = None,
    forks: Forks | None = None,
    preview: Callable[[bytes], None] = lambda page: None,
    building: type[Building] | None = None,  # that of a draft
) -> Report:
    """Return the report, built if its inputs changed or a notebook has to run in every build.

    `forks` that are warm already are used. `preview` gets the page once it is bound and the case is checked, while the
    PDF is being set. Raises CaseError for errors in the case or the request, NotebookError, or BuildProblems; the
    files of an earlier report then stay as they were.
    """
    if request.case not in paths.case_names():
        from casebound.facts.ledger.casefile import known_case  # late: a report that is up to date needs none of it

        known_case(request.case)
    is_current = request.cached and key.is_current(request.folder, _made_from(request)) and not _has_to_run(request)
    if not is_current:
        progress = progress or Progress()
        # first of all: their imports overlap the builder's
        with nullcontext(forks) if forks else request.forks(kernels=_has_kernels(request)) as ours:
            outputs, made_from = (building or Building)(request, ours, progress, preview).settled()
        counted = {"problems": progress.problems} if request.draft else {}
        outputs[key.RECORD] = key.record(made_from, outputs, **counted)
        with progress.doing("publishing"):
            publish.publish(request.folder, outputs)
        shutil.rmtree(request.failed_folder, ignore_errors=True)
    publish.tidy(request.folder.parent)
    return Report(request.folder, built=not is_current, problems=key.problems(request.folder) if request.draft else 0)


@dataclass(frozen=True)
class Building:
    """A report being built: the request, its forks, its progress, what gets the page, and the notebooks that ran."""

    request: Request
    forks: Forks
    progress: Progress
    preview: Callable[[bytes], None]
    ran: list[Notebook] = field(default_factory=list)

    def settled(self) -> tuple[dict[str, bytes], dict[str, str]]:
        """Return the files of the report and what they were made from, which is empty if an input changed meanwhile.

        The report is built again if a file that is checked was edited meanwhile: what was checked may not be what was
        bound. Raises what `report` does.
        """
        for _ in range(TRIES):
            made_from, stands = _made_from(self.request), _unedited(self.request.case)
            outputs = self._outputs(made_from["inputs"], stands)
            if stands():
                return outputs, made_from if _made_from(self.request) == made_from else {}
        from casebound.report.errors import BuildProblems

        what = f"data or notebooks changed while the report was built, {TRIES} times over"
        raise BuildProblems([f"{what}: wait until they are saved; no notebook may write into them"])

    def _outputs(self, fingerprint: str, stands: Callable[[], bool]) -> dict[str, bytes]:
        """Return the files by name; of several problems, raise the one that explains the others."""
        proof = self.forks.call("casebound.checks.case:prove", case=self.request.case)
        try:
            notebooks, taken = self._joined(fingerprint, proof)
            return {**self._bound(notebooks, taken, proof, stands), **taken.data}
        except Exception:
            proof.result()  # a wrong case may be the cause
            raise
        finally:
            self._keep()

    def _joined(self, fingerprint: str, proof: Future) -> tuple[NotebookNode, Extract]:
        """Run the notebooks that have to run; return all of them as one, and what the case adds to the report."""
        notebooks = self._notebooks()
        waiting = [notebook for notebook, kept in notebooks.items() if kept is None]
        prose = sorted(set().union(*(notebook.prose for notebook in notebooks)))
        extract = self._extract(prose)
        with self._running(waiting) as runs:
            with self.progress.doing("imports"), ThreadPoolExecutor(max_workers=1) as beside:
                # amid an import Ctrl-C may leave Python's own lock closed; it reaches only the main thread
                beside.submit(_warm_up).result()
            with self.progress.doing("evidence and data"):
                taken = extract.result()
            executed = {}
            for notebook, kept in notebooks.items():
                name = notebook.path.stem
                executed[name] = notebook.with_prose(kept or self._executed(runs[name], proof), taken.prose)
        from casebound.report.document.joining import joined

        self.progress.left_out = _replaced_parameters(notebooks)
        about = {**taken.about, **_arranged(self.request.case)}
        return joined(executed, about, fingerprint, self.request.paper), taken

    def _extract(self, prose: list[tuple[str, ...]]) -> Future:
        """Begin to lay out the evidence and the prose."""
        return self.forks.call("casebound.report.evidence.extract:extract", **self.request.parameters, prose=prose)

    def _executed(self, run: Future, proof: Future) -> NotebookNode:
        """Return the notebook once it has run, unless the case proves wrong first: then raise that at once."""
        wait([run, proof], return_when=FIRST_COMPLETED)
        if proof.done():
            proof.result()
        return run.result()

    def _kernels(self) -> Kernels:
        from casebound.report.execution.kernels import Kernels

        return Kernels(self.request.parameters, None if self.request.cold else self.forks)

    def _document(self, notebooks: NotebookNode, taken: Extract, proof: Future) -> Document:
        from casebound.report.document.assemble import document

        return document(notebooks, taken.entries, taken.sources)

    def _bound(self, notebooks: NotebookNode, taken: Extract, proof: Future, stands: Callable) -> dict[str, bytes]:
        """Return the page, the PDF and its annex, which Typst sets outside Python while the page is made."""
        with self.progress.doing("document"):
            made = self._document(notebooks, taken, proof)
        self.progress.left_out[:0] = made.left_out
        pdf, html = _exporters()

        def bound(part: str, binds: Callable[[Document], Any]) -> Any:
            with self.progress.doing(part):
                return binds(made)

        beside = ThreadPoolExecutor(max_workers=2)
        try:
            printed = beside.submit(bound, "PDF", pdf.bound)
            annexed = beside.submit(bound, "annex", pdf.annex)
            page = bound("HTML", html.bound).encode()
            with self.progress.doing("checking the case"):
                proof.result()
            if stands():
                self.preview(page)
            self._keep()  # while the PDF is being set
            return {"report.html": page, "report.pdf": printed.result(), "annex.pdf": annexed.result()}
        finally:
            beside.shutdown(wait=False)  # an error is raised at once, however long the PDF still takes

    def _notebooks(self) -> dict[Notebook, NotebookNode | None]:
        """Return every notebook with what is kept of it, None for each that has to run."""
        from casebound.report.cache.notebooks import Notebook

        parameters, progress = self.request.made_for, self.progress
        with progress.doing("what has changed"):
            shared = key.shared(parameters)
            notebooks = [Notebook(path, parameters, shared) for path in chapters.shown(self.request.case)]
            taken = {notebook: notebook.kept() if self.request.cached else None for notebook in notebooks}
        progress.notebooks, progress.done = len(taken), sum(kept is not None for kept in taken.values())
        return taken

    def _running(self, waiting: list[Notebook]) -> AbstractContextManager[dict[str, Future]]:
        """Start the notebooks that have to run; return their results by name, in a context that no kernel outlives."""
        if not waiting:
            return nullcontext({})
        from casebound.report.execution.kernels import executed, running

        kernels = self._kernels()

        def run(notebook: Notebook) -> NotebookNode:
            with self.progress.doing(notebook.path.stem, notebook=True):
                ran = notebook.run(partial(executed, notebook.path, kernels, self.request.failed_folder))
            self.ran.append(notebook)
            return ran

        runs: dict[str, Callable] = {notebook.path.stem: partial(run, notebook) for notebook in waiting}
        return running(runs, kernels, self.request.jobs or _cores())

    def _keep(self) -> None:
        """Keep the results of the notebooks that have run, for the next build."""
        if self.ran:
            from casebound.report.cache.notebooks import keep

            with suppress(OSError):  # a file went while it was read: its content is unknown
                keep([self.ran.pop(0) for _ in range(len(self.ran))])


def _made_from(request: Request) -> dict[str, str]:
    return {"inputs": key.inputs(request.made_for), "tools": key.of_value(key.tools()), "paper": request.paper or ""}


def _unedited(case: str) -> Callable[[], bool]:
    """Return a function that tells whether the files that are checked are still as they are now."""
    checked = key.checked(case)
    return lambda: key.checked(case) == checked


def _has_to_run(request: Request) -> bool:
    """Tell whether a notebook runs in every build, so that the report is never known to be up to date."""
    return any(plain.read(path)[1] for path in chapters.shown(request.case))


def _has_kernels(request: Request) -> bool:
    """Tell whether some notebook has to run, as far as can be known without reading what the cache holds."""
    from casebound.report.cache.notebooks import Notebook

    if not request.cached:
        return True
    shared = key.shared(request.made_for)
    return not all(Notebook(path, request.made_for, shared).is_kept for path in chapters.shown(request.case))


def _arranged(case: str) -> dict[str, dict]:
    """Return the titles that a case gives to chapters, and title and reason of those that it leaves out, by name."""
    from casebound.pages.notebooks import title_of

    listed = chapters.listed(case)
    left_out = {
        each.path.stem: (each.title or title_of(each.path), each.leave_out) for each in listed if each.leave_out
    }
    return {"titles": {each.path.stem: each.title for each in listed if each.title}, "left_out": left_out}


def _replaced_parameters(notebooks: Iterable[Notebook]) -> list[str]:
    """Return a line for each notebook in which papermill replaces an earlier run's parameters with the report's."""
    cell = "an earlier run's cell “injected-parameters” gives way to this report's"
    replaced = [notebook for notebook in notebooks if plain.EARLIER_RUN in notebook.not_plain]
    return [f"notebook {notebook.path.stem}: {cell}" for notebook in replaced]


def _warm_up() -> None:
    """Use each exporter once, so that what it does at its first use is done while notebooks run."""
    from casebound.report.document.assemble import document
    from casebound.report.document.joining import notebook

    for exporter in _exporters():
        exporter.bound(document(notebook([]), {}, {}))


def _exporters() -> tuple[ReportPDFExporter, ReportHTMLExporter]:
    from casebound.report.html.exporter import ReportHTMLExporter
    from casebound.report.pdf.exporter import ReportPDFExporter

    return ReportPDFExporter(), ReportHTMLExporter()


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
