"""Drafting: a draft is built as a report is, and takes the problems for a part of it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from casebound.facts.problems import CaseError
from casebound.report.build import Building, Report, Request, report
from casebound.report.errors import NotebookError

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from casebound.report.document.model import Document, Extract
    from casebound.report.execution.forks import Forks
    from casebound.report.execution.kernels import Kernels
    from casebound.report.progress import Progress


def draft(
    request: Request,
    progress: Progress | None = None,
    forks: Forks | None = None,
    preview: Callable[[bytes], None] = lambda page: None,
) -> Report:
    """Return the draft of a report, built if its inputs changed; the arguments are those of `report`.

    Raises CaseError for errors in the request, and BuildProblems for a PDF that cannot be set.
    """
    return report(replace(request, draft=True), progress, forks, preview, Drafting)


@dataclass(frozen=True)
class Drafting(Building):
    """A draft being built; it has `left_out` the entries that can be read and not laid out."""

    left_out: list[str] = field(default_factory=list)

    def _outputs(self, fingerprint: str, stands: Callable[[], bool]) -> dict[str, bytes]:
        """Return the files by name; of a case of which nothing can be laid out they hold the problems alone."""
        problems = self.forks.call("casebound.checks.case:problems_of", case=self.request.case)
        try:
            try:
                notebooks, taken = self._laid_out(fingerprint, problems)
            except Exception as error:
                notebooks, taken = self._alone(fingerprint, problems, error)
            return self._bound(notebooks, taken, problems, stands)
        finally:
            self._keep()

    def _laid_out(self, fingerprint: str, problems: Future) -> tuple[NotebookNode, Extract]:
        """Lay out all that can be read, or, if something is too wrong for that, all that has no problem."""
        undefined = self.forks.call("casebound.checks.case:left_out", case=self.request.case)
        self.left_out[:] = undefined.result()
        try:
            return self._joined(fingerprint, problems)
        except CaseError:
            raise
        except Exception:
            wrong = {problem.id for problem in problems.result() if problem.file.endswith(".yaml")}
            self.left_out[:] = sorted(wrong.union(self.left_out) - {""})
            return self._joined(fingerprint, problems)

    def _alone(self, fingerprint: str, problems: Future, error: Exception) -> tuple[NotebookNode, Extract]:
        """Return a draft without chapters and evidence, and add to the problems why it has none; or raise the error."""
        from casebound.report.document.joining import joined
        from casebound.report.document.model import Extract

        found = problems.result()
        new = set(error.problems).difference(found) if isinstance(error, CaseError) else set()
        if not (found or new) or (new and (self.request.as_of or self.request.sources)):
            raise error
        found += sorted(new)
        about = {"title": self.request.case, "subtitle": "Nothing of the case can be laid out yet."}
        return joined({}, about, fingerprint, self.request.paper), Extract(about, {}, {}, {}, {})

    def _extract(self, prose: list[tuple[str, ...]]) -> Future:
        given = {**self.request.parameters, "prose": prose, "left_out": self.left_out}
        return self.forks.call("casebound.report.evidence.extract:extract", **given)

    def _kernels(self) -> Kernels:
        kernels = super()._kernels()
        kernels.left_out = self.left_out
        return kernels

    def _executed(self, run: Future, proof: Future) -> NotebookNode:
        """Return the notebook once it has run, or, if it could not, a cell that says why unless the check does."""
        from nbformat import from_dict

        from casebound.report.document.joining import notebook

        cell: dict = {"cell_type": "code", "source": "", "metadata": {}, "outputs": [], "execution_count": None}
        try:
            return run.result()
        except NotebookError as error:
            cell["outputs"] = [
                {"output_type": "error", "ename": "NotebookError", "evalue": str(error), "traceback": []}
            ]
        except ValueError:  # not a notebook
            pass
        return notebook([from_dict(cell)])

    def _document(self, notebooks: NotebookNode, taken: Extract, proof: Future) -> Document:
        from casebound.report.draft.placing import draft

        made = draft(notebooks, taken, proof.result())
        self.progress.problems = made.draft.count if made.draft else 0
        return made
