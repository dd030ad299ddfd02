"""A report with a stranger's chapters and one of a stranger's case, from the run lock alone.

`python3 tests/stranger [FOLDER]` copies the checkout, begins a case there from a saved page, puts the chapters beside
this file into it, and runs plain `make report`, as a reader would. What only the tools of development bring in is
missing there. Needs nothing but Python and make; where there is pdftotext, the PDFs are read too. The report with the
chapters is kept in FOLDER, if one is named.
"""

from __future__ import annotations

import html
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT, CASE = HERE.parents[1], "dairy-2031"
BEGUN = (
    "make new CASE=ferries-2024",
    "make source CASE=ferries-2024 FILE=tests/pages_saved/article.html",
    "make suggest CASE=ferries-2024 SOURCE=marsh-2024-05-07",
    "make report CASE=ferries-2024",
)
MADE = (".git", ".venv", ".cache", "reports", "articles", "__pycache__", ".pytest_cache", ".ruff_cache", ".hypothesis")
ACTIVE = ("VIRTUAL_ENV", "CONDA_PREFIX", "PYTHONPATH", "CASEBOUND_ROOT", "MAKEFLAGS", "MAKELEVEL")

# What each chapter prints; what follows `alt:` and `drawn:` stands in its pictures, what follows `annex:` in the annex.
PRINTS = {
    "41-facts": (
        *("annex:more than a month before the article appeared", "annex:The firm bought its ordering system in 2029"),
        *("whey-gang-named", "Loss of the valley", "GBP million", "status theme", "unconfirmed"),
        *("Name: count, dtype: Int64", "Ledger of dairy-2031 as known on 12 April 2031"),
        *("Supported by one source: 50 of 54 facts.", "Whether the facts are true."),
    ),
    "42-styled": (
        *("Figures, and how many sources give each", "5,000", "origins", "Clerks, as a table made by hand"),
        *("The phases, once more", "The firm hired 12 people"),
    ),
    "43-drawn": (
        *("An invented cargo of $40m and $20m", "drawn:Cargo: $40m ashore, $20m at sea", "drawn:$40m still ashore"),
        *("Facts by their latest day", "How many facts each theme has", "drawn:attribution"),
        *("drawn:A label so long that it begins far beyond the edge", "alt:A line that rises and falls"),
    ),
    "44-merged": (
        *("Mere End", "12.25", "order-books-emptied", "First cheque not cashed", "2031-04-12", "March 13.25"),
        "Whether rain mattered. The rain is invented.",
    ),
}


def main() -> int:
    """Build the report and read it; return 0 if it was built and holds what the chapters print."""
    with tempfile.TemporaryDirectory(prefix="stranger-") as folder:
        root = Path(folder) / "checkout"
        shutil.copytree(ROOT, root, ignore=shutil.ignore_patterns(*MADE))
        environment = {name: value for name, value in os.environ.items() if name not in ACTIVE}
        for command in BEGUN:
            if subprocess.run(command.split(), cwd=root, env=environment).returncode:
                return 1  # make has said why
        shutil.copytree(root / "tests" / "invented" / CASE, root / "data" / CASE)
        for path in (*HERE.glob("*.ipynb"), *HERE.glob("*.csv")):
            shutil.copy(path, root / "notebooks")
        if subprocess.run(["make", "report", f"CASE={CASE}"], cwd=root, env=environment).returncode:
            return 1  # make has said why
        report = root / "reports" / CASE
        missing = [*missing_in_page(report), *missing_in_pdf(report)]
        if sys.argv[1:]:
            shutil.copytree(report, sys.argv[1], dirs_exist_ok=True)
    print("\n".join(missing) or f"the report holds what the {len(PRINTS)} chapters print, and a case was begun")
    return 1 if missing else 0


def missing_in_page(report: Path) -> list[str]:
    """Return what the page should hold under each chapter and does not, one line each."""
    opens = r'<(?:h2 id="|h3 id="annex-)([^"]*)"'  # a chapter of the body, or what of it stands in the annex
    _, *parts = re.split(opens, (report / "report.html").read_text("utf-8"))
    chapters = [*zip(parts[::2], parts[1::2], strict=True)]
    lines = []
    for name, expected in PRINTS.items():
        there = " ".join(part for anchor, part in chapters if anchor.startswith(name))
        there = re.sub(r"<details class=\"code\".*?</details>", "", there, flags=re.DOTALL)
        shown = {
            "": plain(re.sub(r"<svg.*?</svg>", " ", there, flags=re.DOTALL)),
            "drawn:": plain(" ".join(re.findall(r"<svg.*?</svg>", there, flags=re.DOTALL))),
            "alt:": plain(" ".join(re.findall(r'\balt="([^"]*)"', there))),
        }
        for words in (each.removeprefix("annex:") for each in expected):
            kind = next(kind for kind in ("drawn:", "alt:", "") if words.startswith(kind))
            if words.removeprefix(kind) not in shown[kind]:
                lines.append(f"report.html, {name}: “{words}” is missing")
    return lines


def missing_in_pdf(report: Path) -> list[str]:
    """Return what the two PDFs should hold and do not, one line each; nothing where no pdftotext is installed."""
    if shutil.which("pdftotext") is None:
        print("there is no pdftotext here, so the PDFs are not read")
        return []
    there = {name: words_in(report / name) for name in ("report.pdf", "annex.pdf")}
    lines = []
    for words in (each for part in PRINTS.values() for each in part if not each.startswith("alt:")):
        file = "annex.pdf" if words.startswith("annex:") else "report.pdf"
        if "".join(words.removeprefix("annex:").removeprefix("drawn:").split()) not in there[file]:
            lines.append(f"{file}: “{words}” is missing")
    return lines


def words_in(pdf: Path) -> str:
    """Return the words of a PDF without blanks."""
    read = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True).stdout
    return "".join(read.replace("\u200b", "").split())


def plain(markup: str) -> str:
    """Return the words of markup, with single blanks."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", markup)).split())


if __name__ == "__main__":
    sys.exit(main())
