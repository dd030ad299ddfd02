"""`make audit`: the report read as its strictest readers read it. Builds nothing.

python tests/audit REPORT TOOLS: the folder of a report, and the folder with the packages of package-lock.json.
"""

import sys
from pathlib import Path

import page
import paper


def main(report: Path, tools: Path) -> int:
    """Print what is wrong, a line each; return 1 if anything is."""
    files = [report / "report.html", report / "report.pdf", report / "annex.pdf"]
    if missing := [file for file in files if not file.is_file()]:
        print(f"There is no {' and no '.join(map(str, missing))}: run `make report` first.")
        return 1
    faults, notes = [], []
    for read, file in zip((page.findings, paper.findings, paper.findings), files, strict=True):
        wrong, doubtful = read(file, tools)
        faults += [f"{file.name}: {line}" for line in wrong]
        notes += [f"{file.name}: {line}" for line in doubtful]
    summary = f"{report}: {len(faults)} at fault, {len(notes)} for a person to judge"
    print(*(f"for a person to judge: {line}" for line in notes), *faults, summary, sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
