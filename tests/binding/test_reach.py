"""Reach: what a notebook can come to is told from its code; where it cannot be told, the notebook is run."""

import json

import pytest

from casebound import paths
from casebound.binding import reach as reach_module
from casebound.binding.reach import PACKAGE, Modules, Shown, closure, file_of, reach

GIVEN = ('case = "dairy-2031"', True)
LOAD = ("from casebound.facts.ledger import load\nledger = load(case, as_of)", False)


def reached(*sources):
    return reach([GIVEN, *((source, False) for source in sources)], Modules())


def test_the_chapters_of_the_report_leave_no_doubt(project):
    for path in paths.notebooks():
        cells = [cell for cell in json.loads(path.read_text("utf-8"))["cells"] if cell["cell_type"] == "code"]
        code = [("".join(c["source"]), "parameters" in c["metadata"].get("tags", [])) for c in cells]
        found = reach(code, Modules())
        assert found.doubts == () and found.own_case and found.sections, path.name
        assert {one.section for one in found.only_shown} == found.sections, path.name


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("%time 1 + 1", "is not plain Python"),
        ("!ls", "is not plain Python"),
        ("import os", "import of os"),
        ("import requests", "import of requests"),
        ("import helpers", "import of helpers"),
        ("from . import helpers", "import of "),
        ("from casebound import paths", "import of casebound.paths"),
        ("from casebound.binding import build", "import of casebound.binding"),
        ("from casebound.facts import verification", "import of casebound.facts.verification"),
        ("from casebound.facts.articles import read_article", "import of casebound.facts.articles"),
        ("open('x')", "“open”"),
        ("x = open", "“open”"),
        ("exec('1')", "“exec”"),
        ("__import__('os')", "“__import__”"),
        ("().__class__", "“__class__”"),
        ("getattr(x, 'y')", "“getattr”"),
        ("import pandas as pd\npd.read_csv('x.csv')", "“read_csv”"),
        ("from pandas import read_csv", "import of pandas.read_csv"),
        ("import numpy as np\nnp.random.rand(3)", "“random”"),
        ("from numpy.random import default_rng", "import of numpy.random"),
        ("import numpy as np\nnp.load('x')", "“load”"),
        ("import pandas as pd\npd.Timestamp.now()", "“now”"),
        ("from datetime import date\ndate.today()", "“today”"),
        ("ledger.records.folder.joinpath('x').read_text()", "“read_text”"),
        ("ledger.facts.sample(3)", "“sample”"),
        ("ledger.facts.to_csv('x.csv')", "“to_csv”"),
        ("figure.savefig('x.png')", "“savefig”"),
    ],
)
def test_code_that_may_come_to_what_no_fingerprint_covers_is_doubted(code, said):
    doubts = reached(code).doubts
    assert all(doubt.startswith("code cell 2 ") for doubt in doubts)
    assert said in " ".join(doubts)


@pytest.mark.parametrize(
    "code",
    [
        "import pandas as pd\npd.DataFrame({'a': [1]}).groupby('a').size()",
        "import matplotlib.pyplot as plt\ncanvas, axes = plt.subplots()\naxes.plot([1, 2])",
        "from datetime import date\ndate(2025, 9, 25)",
        "from casebound.analysis import costs\ncosts.estimates(ledger)",
        "print('open: the bank, now and today')",
    ],
)
def test_ordinary_code_is_not_doubted(code):
    assert reached(code).doubts == ()


# Modules


def test_what_a_module_imports_is_reached_with_it_and_binding_never():
    found = set(reached("from casebound.pages import tables").modules)
    assert {"casebound.pages", "casebound.pages.tables.shared", "casebound.analysis.timeline"} <= found
    assert "casebound.pages.figures" not in found and "casebound.pages.narrative" not in found
    assert not [name for name in found if "binding" in name]


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
    assert {path.name for path in naming if "binding" not in path.parts} == {"narrative.py"}
    assert file_of("casebound.pages.narrative") in naming


# Sections of the prose


@pytest.mark.parametrize(
    ("code", "sections"),
    [
        ("from casebound.pages import tables", set()),
        ("from casebound.pages import narrative", set()),
        ('from casebound.pages import narrative\nnarrative.section(ledger, "how long")', {"how long"}),
        ("from casebound.pages import narrative, tables\nnarrative.key_facts(ledger)", {"key facts"}),
        ("from casebound.pages import narrative\nname = 'x'\nnarrative.section(ledger, name)", None),
        ("from casebound.pages import narrative\nshow = narrative.section\nshow(ledger, 'x')", None),
        ("from casebound.pages import narrative as n\nn.section(ledger, 'x')", None),
        ("import casebound.pages.narrative", None),
        ("from casebound.pages.narrative import section\nsection(ledger, 'x')", None),
        ("from casebound.pages import proofreading", None),
    ],
)
def test_a_notebook_shows_the_sections_that_it_names_or_may_show_any(code, sections):
    found = reached(code).sections
    assert found == sections if sections is not None else found is None


WHOLE = "from casebound.facts.ledger import load\nfrom casebound.pages import figures, narrative, tables"
WHOLE += "\nledger = load(case, as_of, sources)"
SAID = "narrative.section(ledger, 'impacts')"
IMPACTS = Shown("section", "impacts")


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        ([WHOLE, SAID, "figures.timeline(ledger, 'impacts', rows=5)"], {IMPACTS}),
        ([WHOLE, "narrative.key_facts(ledger)\n" + SAID], {IMPACTS}),  # of a cell only the last value is shown
        ([WHOLE, "narrative.key_facts(ledger)", "# no code", ""], {Shown("key_facts", "key facts")}),
        ([WHOLE, SAID, SAID + ".markdown"], set()),
        ([WHOLE, "text = " + SAID], set()),
        ([WHOLE, SAID, "_"], set()),
        ([WHOLE, SAID, "Out[2]"], set()),
        ([WHOLE, "ledger.facts['label'] = ''", SAID], set()),
        ([WHOLE, "ledger.facts.sort_values('label', inplace=True)", SAID], set()),
        ([WHOLE, "ledger = load(case, '2031-03-20', sources)", SAID], set()),
        ([WHOLE, "as_of = '2031-03-20'\nledger = load(case, as_of, sources)", SAID], set()),
        ([WHOLE, "tables.phases = print", SAID], set()),
        ([WHOLE, "figures.matrix(ledger.facts.pop('label'))", SAID], set()),
        ([WHOLE.replace("figures, ", "figures as narrative, "), SAID], set()),
        ([WHOLE, SAID, "import pandas as narrative"], set()),
        ([WHOLE, "for _ in 'ab':\n    " + SAID], set()),
    ],
)
def test_prose_is_only_shown_by_code_that_cannot_change_it_nor_use_it(cells, shown):
    assert reached(*cells).only_shown == shown


def test_of_two_cells_of_parameters_the_second_may_change_what_is_shown():
    again = ("as_of = '2031-03-20'", True)
    cells = [GIVEN, again, (WHOLE, False), (SAID, False)]
    assert reach(cells, Modules()).only_shown == set()
    assert reach([GIVEN, *cells[2:]], Modules()).only_shown == {IMPACTS}


# The case


@pytest.mark.parametrize(
    ("code", "own"),
    [
        (LOAD[0], True),
        ('from casebound.facts.ledger import load\nledger = load("other")', False),
        ("from casebound.facts.ledger import load\nledger = load(case + '-2')", False),
        ("from casebound.facts.ledger import load\ncase = 'other'\nledger = load(case)", False),
        ("from casebound.facts.ledger import load as read\nread('other')", False),
        ("from casebound.facts import ledger\nledger.load('other')", False),
        ("from casebound.facts.casefile import casefile\ncasefile('other')", False),
        ("from casebound.facts.ledger import load\n[load(case) for case in ('a', 'b')]", False),
    ],
)
def test_a_notebook_looks_at_its_own_case_or_may_look_at_any(code, own):
    assert reached(code).own_case is own
