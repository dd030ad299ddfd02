"""Edits: after any of them, in any order and back again, a cached build gives what a clean one gives.

`ROUNDS=100` edits a hundred times instead of twice.
"""

import json
import os
import random
import re
import subprocess
import sys

from casebound.report.cache import key
from casebound.report.execution import forks

ROUNDS = int(os.environ.get("ROUNDS", "2"))
EARLIER = "2031-03-20T09:40"


SETUP = "import casebound as cb\n\nledger = cb.load(case, as_of, sources)"


def put(project, file, pattern, text):
    """Put a text in the place of the one that a pattern finds in a file, whatever was put there before."""
    path = project.root / file
    before = path.read_text("utf-8")
    after, number = re.subn(pattern, text, before)
    assert number == 1, (file, pattern)
    path.write_text(after, "utf-8")


def extra(project, there):
    path = project.root / "notebooks" / "25-extra.ipynb"
    if there:
        project.write("25-extra", ["# And more?", SETUP, "cb.tables.links(ledger)"])
    else:
        path.unlink(missing_ok=True)


NARRATIVE, TIMELINE = "data/dairy-2031/narrative.md", "data/dairy-2031/timeline.yaml"
TABLE, WORDS = "src/casebound/pages/tables/timeline.py", "src/casebound/report/document/wording.py"
ADVERBS = ("turning", "all", "early")
VERBS, OBJECTS = ("saw", "met", "had"), ("track", "sight", "count")
ONE, OTHER = "cb.tables.durations(ledger)", "cb.tables.glossary(ledger)"
PLAIN = ([ONE, OTHER], [OTHER, ONE], [ONE])
# Each puts one of three states into the project, so that what was edited is also edited back.
EDITS = {
    "code": lambda p, n: p.write("20-plain", ["# How much?", SETUP, *PLAIN[n]]),
    "Markdown": lambda p, n: p.write("20-plain", [f"# How {VERBS[n]}?", SETUP, ONE, f"## Then {OBJECTS[n]}", OTHER]),
    "data": lambda p, n: put(p, TIMELINE, r"label: Churns stop.*", f"label: Churns stop {ADVERBS[n]}"),
    "prose": lambda p, n: put(p, NARRATIVE, r"The firm \w+ the first", f"The firm {VERBS[n]} the first"),
    "other prose": lambda p, n: put(p, NARRATIVE, r"The firm lost \w+ of", f"The firm lost {OBJECTS[n]} of"),
    "room": lambda p, n: put(p, TABLE, r"The phases of the case\d?", f"The phases of the case{n}"),
    "binding": lambda p, n: put(p, WORDS, r"Facts and prose\d?: CC", f"Facts and prose{n}: CC"),
    "beside": lambda p, n: (p.root / "notebooks" / "helpers.py").write_text(f"answer = {n}\n", "utf-8"),
    "chapter": extra,
}


def test_after_any_edits_a_cached_build_gives_what_a_clean_one_gives(small_project, tmp_path):
    chance, hits = random.Random(1), 0
    small_project.build()
    for step in range(ROUNDS):
        edits = {name: chance.randrange(3) for name in chance.sample(sorted(EDITS), chance.randint(1, 3))}
        options = ["--as-of", EARLIER] if chance.random() < 0.2 else []
        if not step:  # no chance at first: of what is kept only prose differs
            edits, options = {"prose": 1}, []
        for name, state in edits.items():
            EDITS[name](small_project, state)
        before = kept(small_project)
        small_project.build(*options)
        notebooks = len(list((small_project.root / "notebooks").glob("*.ipynb")))
        hits += notebooks - 1 - len(kept(small_project) - before)  # one runs in every build, and is not kept
        folder = f"reports/dairy-2031{'-as-of-2031-03-20T0940' if options else ''}"
        clean = small_project.clean(tmp_path / f"clean-{step}", *options)
        assert small_project.files(small_project.root / folder) == clean.files(clean.root / folder), step
    assert hits > 0


def test_prose_that_cannot_be_laid_out_is_the_same_plain_line_whatever_is_kept(small_project):
    message = "a second section of this name"
    small_project.write("10-prose", ["# What happened?", SETUP, 'cb.narrative.section(ledger, "timeline")'])
    small_project.build()
    put(small_project, NARRATIVE, "# Timeline", "# Impacts")
    cached, clean = (small_project.started(*options).communicate()[0] for options in ([], ["--no-cache"]))
    assert cached == clean and message in clean and "Traceback" not in clean and "stopped" not in clean


BUILD = """
import sys
from casebound.report.build import Request, report
print(report(Request("dairy-2031")).built, *sorted({"papermill", "pandas", "pydantic", "nbconvert"} & set(sys.modules)))
"""


def test_two_builds_at_once_both_end_well_and_what_they_kept_spares_the_next_what_runs_notebooks(small_project):
    (small_project.root / "notebooks" / "30-beside.ipynb").unlink()  # it runs in every build
    runs = [small_project.started(), small_project.started()]
    assert [run.communicate()[0].count("built in") for run in runs] == [1, 1]
    record = json.loads((small_project.folder / "build.json").read_text("utf-8"))
    assert key.is_current(small_project.folder, record["made_from"])
    EDITS["Markdown"](small_project, 1)
    program = [sys.executable, "-c", BUILD]
    built = subprocess.check_output(program, env=small_project.environment, text=True)
    assert built.split() == ["True", "nbconvert", *([] if forks.available() else ["pandas", "pydantic"])]
    assert subprocess.check_output(program, env=small_project.environment, text=True).split() == ["False"]


def kept(project):
    return {path.name for path in (project.root / ".cache" / "notebooks").glob("[0-9a-f]*")}
