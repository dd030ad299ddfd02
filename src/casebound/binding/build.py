"""Build: from a case and the notebooks to the files of a report, all of them or none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from casebound import paths
from casebound.binding import fingerprints
from casebound.facts.problems import Problem

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from casebound.binding.reuse import Notebook

Progress = Callable[[int, int, str], None]
PAPERS = ("a4", "us-letter")


@dataclass(frozen=True)
class Report:
    """A report on disk: its folder, and whether it had to be built."""

    folder: Path
    built: bool


def folder_of(case: str, as_of: str, sources: str) -> Path:
    """Return where a report belongs; one that is limited in time or sources never stands in the full one's place."""
    names = [case]
    if as_of:
        names.append("as-of-" + as_of.replace(":", "").replace(" ", "T"))
    if limited_to := sorted(filter(None, (name.strip() for name in sources.split(",")))):
        names.append("sources-" + "+".join(limited_to))
    return paths.reports_dir() / "-".join(names)


def report(
    case: str,
    as_of: str = "",
    sources: str = "",
    paper: str = PAPERS[0],
    progress: Progress = lambda done, of, name: None,
    cached: bool = True,
) -> Report:
    """Return the report of a case, built if its inputs changed; without `cached` every notebook is run anew.

    `paper` is the PDF's, one of `PAPERS`.

    Raises CaseError for what is wrong in the case or in what is asked, NotebookError, or BuildProblems; the
    files of an earlier report then stay as they were.
    """
    if case not in paths.case_names():
        from casebound.facts.casefile import known_case  # imported here: a report that is up to date needs none of it

        known_case(case)
    parameters = {"case": case, "as_of": as_of, "sources": sources}
    folder = folder_of(case, as_of, sources)
    made_from = {"inputs": fingerprints.inputs(case, parameters), "tools": fingerprints.tools(), "paper": paper}
    if cached and fingerprints.is_current(folder, made_from):
        return Report(folder, built=False)
    from casebound.binding.publishing import publish

    outputs = _outputs(parameters, made_from["inputs"], paper, progress, cached)
    if fingerprints.inputs(case, parameters) != made_from["inputs"]:
        made_from = {}  # something was edited meanwhile, so nobody can say what this report was made from
    outputs[fingerprints.RECORD] = fingerprints.record(made_from, outputs)
    publish(folder, outputs)
    shutil.rmtree(failed_dir(case), ignore_errors=True)
    return Report(folder, built=True)


def failed_dir(case: str) -> Path:
    """Return where the copy of a failed notebook is kept for reading, until the case is built again."""
    return paths.cache_dir() / "failed" / case


def _outputs(
    parameters: dict[str, str], fingerprint: str, paper: str, progress: Progress, cached: bool
) -> dict[str, bytes]:
    from casebound.binding import exports, joining
    from casebound.binding.html import ReportHTMLExporter
    from casebound.binding.pdf import ReportPDFExporter
    from casebound.facts.ledger import load
    from casebound.facts.problems import CaseError

    if problems := problems_of(parameters["case"]):
        raise CaseError(problems)
    ledger = load(**parameters)
    notebooks = joining.joined(_executed(parameters, progress, cached), ledger, fingerprint, paper)
    given = {"casebound": joining.resources(ledger)}
    page, _ = ReportHTMLExporter().from_notebook_node(notebooks, resources=dict(given))
    pdf, _ = ReportPDFExporter().from_notebook_node(notebooks, resources=dict(given))
    return {"report.html": page.encode(), "report.pdf": pdf, **exports.data_package(ledger)}


def problems_of(case: str) -> list[Problem]:
    """Return everything that is wrong with a case's facts, prose and notebooks."""
    from casebound.facts import checks
    from casebound.facts.casefile import casefile
    from casebound.facts.ledger import load
    from casebound.facts.problems import CaseError
    from casebound.pages import proofreading

    records = casefile(case)
    problems = checks.problems_of(records)
    if any(checks.undefined(records)):  # prose cannot be held against words that mean nothing
        return problems
    try:
        problems += proofreading.problems_of(load(case), paths.notebooks())
    except CaseError as error:  # what keeps the ledger from being laid out, as far as no check has said it
        problems += [problem for problem in error.problems if problem.line not in {p.line for p in problems}]
    return problems


def _executed(parameters: dict[str, str], progress: Progress, cached: bool) -> dict[str, NotebookNode]:
    """Return every notebook with its outputs, by name: kept ones where nothing has changed, or run."""
    from casebound.binding.ingredients import surroundings
    from casebound.binding.reuse import Notebook

    around = surroundings(parameters)
    found = [Notebook(path, parameters, around) for path in paths.notebooks()]
    outputs = {one.path.stem: one.kept() if cached else None for one in found}
    waiting = [one for one in found if outputs[one.path.stem] is None]
    if waiting:
        outputs |= _run(waiting, len(found), failed_dir(parameters["case"]), progress)
    progress(len(found), len(found), "binding")
    return outputs


def _run(waiting: list[Notebook], of: int, keep: Path, progress: Progress) -> dict[str, NotebookNode]:
    """Return the notebooks as run, by name; two run at once where there are two cores."""
    from casebound.binding.kernels import executed, stop_all

    outputs = {}
    with ThreadPoolExecutor(max_workers=min(2, os.cpu_count() or 1)) as pool:
        runs = {
            one.path.stem: pool.submit(one.run, partial(executed, one.path, one.parameters, keep)) for one in waiting
        }
        try:
            for name, run in runs.items():
                progress(of - len(waiting) + len(outputs), of, name)
                outputs[name] = run.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            stop_all()
            raise
    return outputs
