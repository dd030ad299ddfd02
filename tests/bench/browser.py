"""The browser: from saving a cell to the page that shows it, with `casebound watch` and Chromium."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from statistics import median

from contenders import CASE, MissingError, Project
from playwright.sync_api import Page, sync_playwright

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
TIMES, PAUSE = 5, 0.5  # seconds between the page and the next edit, which nobody makes faster
SHOWN = """text => [...document.querySelectorAll("iframe:not(.waiting)")].some(frame =>
    [...frame.contentDocument.querySelectorAll("pre")].some(pre => pre.textContent.includes(text)))"""


def seconds(project: Project) -> float:
    """Return the median time from saving a cell to the page with its output, over some edits; raises MissingError."""
    chromium = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if chromium is None:
        raise MissingError("there is no Chromium here")
    command = [project.bin / "casebound", "watch", "--case", CASE, "--port", "0"]
    with subprocess.Popen(command, env=project.environment, stdout=subprocess.PIPE, text=True) as watch:
        try:
            address = re.search(r"http://\S+/", watch.stdout.readline())[0]
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
                page = browser.new_page()
                page.goto(address)
                _saved(page, project)  # the first build
                return median(_saved(page, project) for _ in range(TIMES))
        finally:
            watch.terminate()


def _saved(page: Page, project: Project) -> float:
    time.sleep(PAUSE)
    started = time.perf_counter()
    number = project.edit("notebook")
    page.wait_for_function(SHOWN, arg=f"edit {number}", polling="raf", timeout=120_000)
    return time.perf_counter() - started
