"""Reach: what a plain notebook can come to is told from its code; any other is run in every build."""

import json

import pytest

from casebound import paths
from casebound.pages import figures, tables
from casebound.report.cache import reach as reach_module
from casebound.report.cache.reach import PACKAGE, Modules, Shown, closure, file_of, reach

GIVEN = ('case = "dairy-2031"', True)


def reached(*sources):
    return reach([GIVEN, *((source, False) for source in sources)], Modules())


def code_of(path):
    cells = [cell for cell in json.loads(path.read_text("utf-8"))["cells"] if cell["cell_type"] == "code"]
    return [("".join(cell["source"]), "parameters" in cell["metadata"].get("tags", [])) for cell in cells]


def test_the_chapters_of_the_report_are_plain(project):
    assert len(paths.notebooks()) == 9
    for path in paths.notebooks():
        found = reach(code_of(path), Modules())
        assert found.not_plain == () and found.shown and not found.any_prose, path.name


WHOLE = "from casebound.facts.ledger.ledger import load\nfrom casebound.pages import figures, narrative, tables"
WHOLE += "\nledger = load(case, as_of, sources)"
NOT_PLAIN = [
    *('import pandas as pd\npd.Timestamp("now")', 'import pandas as pd\npd.to_datetime("today")'),
    *('import numpy as np\nnp.datetime64("now")', "import numpy as np\nnp.random.rand(3)"),
    *("from statistics import NormalDist\nNormalDist(0, 1).samples(3)", "import random\nrandom.random()"),
    *(
        "from datetime import date\ndate.today()",
        "from time import time as clock\nclock()",
        "import uuid\nuuid.uuid4()",
    ),
    *("import os\nos.environ['HOME']", "open('/etc/hostname').read()", "from pathlib import Path\nPath.home()"),
    *("import urllib.request", "import subprocess", "import helpers", "from . import helpers", "id(ledger)"),
    *("__import__('os')", "().__class__", "getattr(tables, 'phases')(ledger)", "globals()", "exec('1')", "input()"),
    *("%time 1 + 1", "!ls", "%%bash\nls", "tables.phases?", "(" * 300, "\0", "-" * 30_000 + "1"),
    *("tables.phases", "tables.phases(ledger).rows", "tables.phases(ledger)[0]", "tables.phases(load(case))"),
    *(
        "tables.phases(*[ledger])",
        "tables.phases(**{})",
        "tables.phases(ledger, **{})",
        "tables.phases(ledger, print())",
    ),
    *("tables.phases(ledger, f'{ledger}')", "tables.phases(ledger, sources)", "tables.phases(ledger, [1])"),
    *("tables.__doc__(ledger)", "tables.__getattribute__(ledger)", "tables.pd.read_csv(ledger)", "tables._x(ledger)"),
    *("narrative.Path(ledger)", "narrative.text_of(ledger)", "narrative.section(ledger, case)", "figures()"),
    *("[tables.phases(ledger) for _ in 'a']", "(lambda: 1)()", "(x := 1)", "1", "'text'", "_", "Out[2]", "ledger"),
    *("ledger.facts", "ledger.facts.sample(3)", "x = tables.phases(ledger)", "tables.phases = print", "del ledger"),
    *("ledger = load('other')", "ledger = load(case)", "ledger = load(case, as_of, '')", "load(case, as_of, sources)"),
    *(
        "case = 'other'",
        "as_of = ''",
        "ledger: object = load(case, as_of, sources)",
        "ledger, _ = load(case, as_of, sources)",
    ),
    *(
        "from casebound.pages import tables as figures",
        "from casebound.pages import notebooks",
        "import casebound.pages",
    ),
    *(
        "from casebound.pages import *",
        "from casebound.pages.tables import phases",
        "from casebound.facts import ledger",
    ),
    *(
        "from casebound.facts.ledger.ledger import load as read",
        "from casebound.checks.verification import verification",
    ),
    *(
        "for _ in 'ab':\n    tables.phases(ledger)",
        "if True:\n    tables.phases(ledger)",
        "def f(): pass",
        "class A: pass",
    ),
    *("@print\ndef f(): pass", "try:\n    1\nexcept Exception: pass", "with open('x'): pass", "assert ledger", "pass"),
    *("await tables.phases(ledger)", "tables.phases(ledger) or 1", "not tables.phases(ledger)", "global ledger"),
    *("figures.show(canvas, alt='x', caption='y')", "print(1)", "tables.phases(ledger)\ntables.phases(ledger)"),
]


@pytest.mark.parametrize("code", NOT_PLAIN)
def test_code_with_any_other_statement_is_not_plain_and_it_is_said_where(code):
    [*_, last] = found = reached(WHOLE, code).not_plain
    assert found and all(line.startswith("code cell 3") and len(line) < 100 for line in found)
    assert "\n" not in last


@pytest.mark.parametrize(
    "code",
    [
        *("", "# nothing", "tables.phases(ledger)", "tables.phases(ledger);", "tables.phases(\n    ledger,\n)"),
        *('figures.timeline(ledger, "impacts", "costs")', "figures.timeline(ledger, 'impacts', rows=5)  # five"),
        *("narrative.key_facts(ledger)", 'narrative.section(ledger, "how long")', WHOLE + "\ntables.phases(ledger)"),
    ],
)
def test_what_the_report_s_own_chapters_have_is_plain(code, capsys):
    assert reached(WHOLE, code).not_plain == ()


@pytest.mark.parametrize("end", "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\r")
def test_a_comment_that_ipython_takes_for_two_lines_is_not_plain(end):
    assert reached(WHOLE, f"# x{end}!date\ntables.phases(ledger)").not_plain == ("code cell 3 is not plain Python",)
    assert not reached(WHOLE, "# x\r\ntables.phases(ledger)\r\n\n").not_plain


def test_what_is_not_plain_is_said_in_short_lines_each_once():
    said = reached(WHOLE, "import os\nimport os\nfor name in os.environ:\n    print(name)", "x = [" + "1, " * 40 + "]")
    assert said.not_plain == (
        "code cell 3: import os",
        "code cell 3: for name in os.environ:…",
        "code cell 4: x = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1…",
    )
    said = reached(WHOLE, "tables.phases(ledger)\ntables.links(ledger)")
    assert said.not_plain == ("code cell 3: tables.phases(ledger) (not the last statement)",)


def test_parameters_are_texts_and_stand_in_one_cell():
    for given in ("case = open('x')", "case = 1", "other = 'x'", "case: str = 'x'", "tables.phases(ledger)"):
        assert reach([(given, True)], Modules()).not_plain == (f"code cell 1: {given}",)
    twice = reach([GIVEN, GIVEN, (WHOLE, False)], Modules())
    assert twice.not_plain == ("more than one cell has the tag “parameters”",)


def test_a_cell_that_python_warns_of_is_looked_at_without_a_warning(recwarn):
    assert reached("'\\d'", "1 is 1").not_plain and not recwarn.list


def test_the_faces_offer_nothing_but_their_own_functions():
    for face in (figures, tables):
        offered = {name for name in vars(face) if callable(getattr(face, name)) and not name.startswith("_")}
        assert offered == set(face.__all__)


# Modules


def test_what_a_module_imports_is_reached_with_it_and_the_report_never():
    found = set(reached("from casebound.pages import tables").modules)
    assert {"casebound.pages", "casebound.pages.tables.shared", "casebound.analysis.timeline"} <= found
    assert "casebound.pages.figures" not in found and "casebound.pages.narrative" not in found
    assert not [name for name in found if "report" in name]


def test_an_import_inside_a_function_counts_and_a_broken_module_leads_no_further(tmp_path, monkeypatch):
    monkeypatch.setattr(reach_module, "PACKAGE", tmp_path)
    (tmp_path / "__init__.py").touch()
    (tmp_path / "one.py").write_text("def f():\n    import casebound.two\n", "utf-8")
    (tmp_path / "two.py").write_text("import casebound.three (", "utf-8")
    assert list(closure(["casebound.one"], Modules())) == ["casebound", "casebound.one", "casebound.two"]


def test_no_room_imports_what_no_reader_of_its_source_can_see():
    rooms = [path for room in ("facts", "analysis", "pages") for path in (PACKAGE / room).rglob("*.py")]
    assert not [path.name for path in rooms if "importlib" in path.read_text("utf-8")]
    assert not [path.name for path in rooms if "__import__" in path.read_text("utf-8")]


def test_only_the_narrative_s_module_opens_the_narrative():
    naming = [path for path in PACKAGE.rglob("*.py") if '"narrative.md"' in path.read_text("utf-8")]
    assert {path.name for path in naming if "report" not in path.parts} == {"narrative.py"}
    assert file_of("casebound.pages.narrative") in naming


# Sections of the prose


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        ([WHOLE], set()),
        ([WHOLE, "tables.phases(ledger)"], set()),
        ([WHOLE, "narrative.section(ledger, 'how long')"], {Shown("section", "how long")}),
        ([WHOLE, "narrative.key_facts(ledger)", "# no code", ""], {Shown("key_facts", "key facts")}),
        ([WHOLE + "\nnarrative.section(\n    ledger, 'how' \" long\"\n)"], {Shown("section", "how long")}),
    ],
)
def test_a_plain_notebook_shows_the_sections_that_it_names(cells, shown):
    found = reached(*cells)
    assert found.shown == shown and not found.any_prose


def test_a_module_that_imports_the_narrative_may_show_any_of_it(tmp_path, monkeypatch):
    monkeypatch.setattr(reach_module, "PACKAGE", tmp_path)
    for name in ("pages", "pages/tables"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").touch()
    (tmp_path / "pages" / "narrative.py").touch()
    assert not reached(WHOLE).any_prose
    (tmp_path / "pages" / "tables" / "mine.py").write_text("from casebound.pages import narrative", "utf-8")
    (tmp_path / "pages" / "tables" / "__init__.py").write_text("from casebound.pages.tables.mine import x", "utf-8")
    assert reached(WHOLE).any_prose
