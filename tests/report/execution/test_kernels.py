"""Kernels: the same notebooks from forked kernels and fresh ones, one at a time and side by side."""

import threading
from functools import partial

import nbformat
import pytest

from casebound import paths
from casebound.report.errors import NotebookError
from casebound.report.execution import forks
from casebound.report.execution.forks import Forks
from casebound.report.execution.kernels import Kernels, executed, running

PARAMETERS = {"case": "dairy-2031", "as_of": "", "sources": ""}
SOME = ("10-timeline", "25-costs")  # figures and tables; of all, CI compares the whole reports


def written(notebooks, forks, jobs, keep):
    """Every notebook with its outputs as the bytes of a file."""
    kernels = Kernels(PARAMETERS, forks)
    runs = {path.stem: partial(executed, path, kernels, keep) for path in notebooks}
    with running(runs, kernels, jobs) as runs:
        return {name: nbformat.writes(run.result()) for name, run in runs.items()}


@pytest.mark.skipif(not forks.available(), reason="kernels are not forked on this machine")
def test_forked_and_fresh_kernels_alone_and_side_by_side_give_the_same_bytes(make_project, monkeypatch):
    project = make_project(chapters=SOME)
    monkeypatch.setenv("CASEBOUND_ROOT", str(project.root))
    notebooks = paths.notebooks()
    fresh = written(notebooks, None, 2, project.root)
    with Forks(PARAMETERS) as ours:
        assert written(notebooks, ours, 2, project.root) == fresh
        assert written(notebooks, ours, 1, project.root) == fresh
    assert list(fresh) == [path.stem for path in notebooks]


def test_a_kernel_that_dies_before_it_answers_is_reported_as_dead(project, monkeypatch):
    monkeypatch.setattr("casebound.report.execution.provisioner.LAUNCHER", "casebound.no_such_module")
    with pytest.raises(NotebookError, match=r"^notebooks/45-question\.ipynb: stopped: the kernel died"):
        executed(project.write("45-question", "1"), Kernels(PARAMETERS), project.root)


def test_kernels_that_were_stopped_end_the_cells_that_run_and_those_that_only_start(project):
    kernels = Kernels(PARAMETERS)
    waiting = project.write("45-question", "import time\ntime.sleep(600)")
    with pytest.raises(NotebookError, match="the kernel died"):
        threading.Timer(0.5, kernels.stop).start()
        executed(waiting, kernels, project.root)
    with pytest.raises(NotebookError, match="the kernel died"):
        executed(waiting, kernels, project.root)
