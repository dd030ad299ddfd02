"""Build: from a case and the notebooks to the files of a report, all of them or none."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from casebound import paths
from casebound.binding import fingerprints, forkserver
from casebound.binding.forkserver import ForkServer
from casebound.facts.problems import Problem

if TYPE_CHECKING:
    from casebound.facts.ledger import Ledger

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Report:
    """A report on disk: its folder, and whether it had to be built."""

    folder: Path
    built: bool


def folder_of(case: str, as_of: str, sources: str) -> Path:
    """Return where a report belongs; one that is limited in time or sources never stands in the full one's place."""
    names = []
    if as_of:
        names.append("as-of-" + as_of.replace(":", "").replace(" ", "T"))
    if limited_to := sorted(filter(None, (name.strip() for name in sources.split(",")))):
        names.append("sources-" + "+".join(limited_to))
    return paths.reports_dir().joinpath(case, *names)


def report(
    case: str,
    as_of: str = "",
    sources: str = "",
    progress: Progress = lambda done, of, name: None,
    jobs: int | None = None,
    cold: bool = False,
) -> Report:
    """Return the report of a case, built if its inputs changed.

    As many notebooks run at once as `jobs` says, or as there are cores; `cold` starts each kernel anew.
    Raises CaseError for what is wrong in the case or in what is asked, NotebookError, or BuildProblems; the
    files of an earlier report then stay as they were.
    """
    from casebound.facts.casefile import known_case

    parameters = {"case": known_case(case), "as_of": as_of, "sources": sources}
    folder = folder_of(case, as_of, sources)
    made_from = {"inputs": fingerprints.inputs(case, parameters), "tools": fingerprints.tools()}
    if fingerprints.is_current(folder, made_from):
        return Report(folder, built=False)
    with nullcontext() if cold or not forkserver.available() else ForkServer() as server:
        outputs = _outputs(parameters, made_from["inputs"], progress, jobs or _cores(), server)
    outputs[fingerprints.RECORD] = fingerprints.record(made_from, outputs)
    _replace(folder, outputs)
    shutil.rmtree(failed_dir(case), ignore_errors=True)
    return Report(folder, built=True)


def failed_dir(case: str) -> Path:
    """Return where the copy of a failed notebook is kept for reading, until the case is built again."""
    return paths.cache_dir() / "failed" / case


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _outputs(
    parameters: dict[str, str], fingerprint: str, progress: Progress, jobs: int, server: ForkServer | None
) -> dict[str, bytes]:
    # imported here: a report that is up to date needs none of it
    from casebound.binding.kernels import Kernels, running

    with running(paths.notebooks(), Kernels(parameters, server), failed_dir(parameters["case"]), jobs) as runs:
        # while the notebooks run: whether the case is sound, and all that binding needs beside them
        from casebound.binding import exports, joining
        from casebound.binding.html import ReportHTMLExporter
        from casebound.binding.pdf import ReportPDFExporter

        ledger = _sound(parameters)
        data, given = exports.data_package(ledger), {"casebound": joining.resources(ledger)}
        notebooks = joining.joined(_executed(runs, progress), ledger, fingerprint)
    with ThreadPoolExecutor(max_workers=1) as beside:  # Typst runs outside Python, so both are made at once
        pdf = beside.submit(ReportPDFExporter().from_notebook_node, notebooks, resources=dict(given))
        page, _ = ReportHTMLExporter().from_notebook_node(notebooks, resources=dict(given))
        return {"report.html": page.encode(), "report.pdf": pdf.result()[0], **data}


def _sound(parameters: dict[str, str]) -> Ledger:
    """Return the ledger of a case with which nothing is wrong; raises CaseError."""
    from casebound.facts.ledger import load
    from casebound.facts.problems import CaseError

    if problems := problems_of(parameters["case"]):
        raise CaseError(problems)
    return load(**parameters)


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


def _executed(runs: dict[str, Future], progress: Progress) -> dict:
    """Return every notebook with its outputs, by name, in their order whichever ended first."""
    outputs = {}
    for name, run in runs.items():
        progress(len(outputs), len(runs), name)
        outputs[name] = run.result()
    progress(len(outputs), len(runs), "binding")
    return outputs


def _replace(folder: Path, outputs: dict[str, bytes]) -> None:
    """Write all files beside the old ones, then put each in its place; the record, last, says that all are there."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".new-", dir=folder) as new:
        for name, content in outputs.items():
            path = Path(new) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        for name in outputs:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (Path(new) / name).replace(folder / name)
