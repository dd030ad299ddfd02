"""The page: axe-core in Chromium at two widths, light and dark; the Nu HTML checker; what it asks and says."""

import json
import shutil
import subprocess
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

WIDTHS, SCHEMES = (1280, 390), ("light", "dark")
# It takes a policy in a <meta> for one that forbids what it allows; tests/report/html/test_exporter.py asks a browser.
# What places a popover and shows the current chapter is newer than the checker.
NEWER = "position-area position-try-fallbacks position-visibility animation-timeline timeline-scope".split()
NEWER += ["view-timeline-inset", "view-timeline-name"]
FALSE_ALARM = f".*(Content Security Policy|(Property|pseudo-class) “({'|'.join(NEWER)})”).*"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
OPTIONS = {"resultTypes": ["violations", "incomplete"]}  # what passes need not be described: that takes 20 s
OPEN_ONE = "document.querySelector('[popover]')?.showPopover()"
UNFOLD = """
for (const each of document.querySelectorAll("details")) each.open = true;
for (const each of document.querySelectorAll("[type=checkbox]")) each.checked = true;
for (const each of document.querySelectorAll("[popover]")) each.removeAttribute("popover");  // all seen at once
"""
SHOWN = 3  # places named for each fault


def findings(html: Path, tools: Path) -> tuple[list[str], list[str]]:
    """Return what is wrong with a page, and what only a person can judge, in lines."""
    wrong, doubtful = _validity(html, tools / "vnu-jar" / "build" / "dist" / "vnu.jar")
    chromium = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if chromium is None:
        return [*wrong, "not opened: there is no Chromium here (Debian and Ubuntu: apt-get install chromium)"], doubtful
    axe = (tools / "axe-core" / "axe.min.js").read_text("utf-8")
    seen = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for width, scheme in product(WIDTHS, SCHEMES):
            for kind, lines in zip((wrong, doubtful), _seen(browser, html, width, scheme, axe), strict=True):
                for line in lines:
                    seen.setdefault(line, (kind, []))[1].append(f"{width} px {scheme}")
        browser.close()
    for line, (kind, windows) in seen.items():
        kind.append(f"{line} ({', '.join(windows)})")
    return wrong, doubtful


def _validity(html: Path, checker: Path) -> tuple[list[str], list[str]]:
    if shutil.which("java") is None:
        return ["not validated: there is no Java here (Debian and Ubuntu: apt-get install default-jre-headless)"], []
    command = ["java", "-jar", checker, "--format", "json", "--exit-zero-always", "--filterpattern", FALSE_ALARM]
    run = subprocess.run([*command, html], capture_output=True, text=True)
    if run.returncode:
        return [f"not validated: {run.stderr.strip()[:300]}"], []
    lines = {"error": [], "info": []}
    for message in json.loads(run.stderr)["messages"]:
        kind = "info" if message["type"] == "info" else "error"
        lines[kind].append(f"line {message.get('lastLine', '?')}: {message['message']}")
    return lines["error"], lines["info"]


def _seen(browser: Browser, html: Path, width: int, scheme: str, axe: str) -> tuple[list[str], list[str]]:
    """Return what axe-core and the browser say of a page in a window: with one popover open, then with all unfolded."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    tab, heard, asked = context.new_page(), [], []
    tab.on("console", lambda message: heard.append(f"the console says: {message.text[:200]}"))
    tab.on("pageerror", lambda error: heard.append(f"the page fails: {error}"))
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(html.resolve().as_uri(), wait_until="networkidle")
    own = ("data:", html.resolve().as_uri())
    wrong = [*heard, *(f"asks the network for {url}" for url in asked if not url.startswith(own))]
    if (across := tab.evaluate("document.documentElement.scrollWidth")) > width:
        wrong.append(f"is {across} px wide")
    tab.evaluate(axe)
    found = []
    for prepare in (OPEN_ONE, UNFOLD):
        tab.evaluate(prepare)
        found.append(tab.evaluate("options => axe.run(options)", OPTIONS))
    context.close()
    faults = _places(found, "violations")
    return wrong + _lines(faults), _lines(_places(found, "incomplete"))


def _places(found: list[dict], kind: str) -> dict[str, dict]:
    """Return rule -> place -> nothing, each place once however often it was looked at."""
    places = {}
    for rule in (rule for run in found for rule in run[kind]):
        spots = places.setdefault(f"{rule['id']}: {rule['help']}", {})
        spots.update({" ".join(map(str, node["target"])): None for node in rule["nodes"]})
    return places


def _lines(places: dict[str, dict]) -> list[str]:
    return [f"{rule}, {len(spots)} times: {'; '.join(list(spots)[:SHOWN])}" for rule, spots in places.items()]
