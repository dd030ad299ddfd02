"""The invented sample, bound once for a whole test run."""

from __future__ import annotations

import importlib.util
import shutil
import time
from pathlib import Path

import pytest

from casebound.report.build import Request
from casebound.report.document.assemble import document


@pytest.fixture(scope="session")
def sample():
    return _beside("sample")


def _beside(name: str):
    """Return the module of that name beside this file."""
    spec = importlib.util.spec_from_file_location(f"report_{name}", Path(__file__).with_name(f"{name}.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def bound(sample):
    """Return a function from cells to the document, with the sample's evidence."""

    return lambda *cells, **meta: document(sample.joined(*cells, **meta), *sample.evidence())


@pytest.fixture(scope="session")
def whole(bound, sample):
    """Return the document of the whole sample."""
    return bound(*sample.cells())


@pytest.fixture
def small_project(make_project):
    """A small project that is built by the program itself, and whose package may be edited."""
    return _beside("small").small(make_project(chapters=()).root)


@pytest.fixture(scope="session")
def warm(make_project):
    """Return what forks kernels for any project."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASEBOUND_ROOT", str(make_project(chapters=()).root))
        forks = Request("dairy-2031").forks()
    with forks:
        yield forks


@pytest.fixture(scope="session")
def processes():
    """Return a function that gives the processes in whose environment a mark is; what they start inherits it."""

    def found(mark: str) -> list[int]:
        numbers = []
        for environ in Path("/proc").glob("[0-9]*/environ"):
            try:
                if mark.encode() in environ.read_bytes():
                    numbers.append(int(environ.parent.name))
            except OSError:  # it ended meanwhile, or is another user's
                continue
        return numbers

    return found


@pytest.fixture(scope="session")
def until():
    """Return a function that waits until a condition holds, and fails if it does not within a minute."""

    def wait(condition) -> None:
        ends = time.monotonic() + 60
        while not condition():
            assert time.monotonic() < ends
            time.sleep(0.05)

    return wait


@pytest.fixture(scope="session")
def browser():
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("no Chromium on this machine")
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield started
        started.close()
