"""The browser: from saving a cell to the page that shows it, with `casebound watch` and Chromium."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from pathlib import Path

from contenders import BIN, CASE, MissingError, edit, environment
from playwright.sync_api import sync_playwright

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
TIMES, PAUSE = 20, 0.5  # seconds between the page and the next edit, which nobody makes faster
SHOWN = """text => [...document.querySelectorAll("iframe:not(.waiting)")].some(frame =>
    [...frame.contentDocument.querySelectorAll("pre")].some(pre => pre.textContent.includes(text)))"""


def seconds(project: Path) -> tuple[list[float], str]:
    """Return what passed each time from saving a cell to the page with its output, and the browser's version."""
    chromium = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if chromium is None:
        raise MissingError("there is no Chromium here")
    command = [BIN / "casebound", "watch", "--case", CASE, "--port", "0"]
    with subprocess.Popen(command, env=environment(project), stdout=subprocess.PIPE, text=True) as watch:
        try:
            address = re.search(r"http://\S+/", watch.stdout.readline())[0]
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
                tab = browser.new_page()
                tab.goto(address)
                _saved(tab, project)  # the first build
                found = [_saved(tab, project) for _ in range(TIMES)]
                return found, browser.version
        finally:
            watch.terminate()


def _saved(tab, project: Path) -> float:
    time.sleep(PAUSE)
    started = time.perf_counter()
    number = edit(project, "notebook")
    tab.wait_for_function(SHOWN, arg=f"edit {number}", polling="raf", timeout=120_000)
    return time.perf_counter() - started
