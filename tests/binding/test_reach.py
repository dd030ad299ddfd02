"""Reach: what a notebook can read is told from its code; where it cannot be told, the notebook always runs."""

import nbformat
import pytest

from casebound import paths
from casebound.binding.reach import reach

SETUP = "from casebound.facts.ledger import load\nfrom casebound.pages import narrative, tables\n\nledger = load(case)"


def of(*sources):
    return reach((source, []) for source in sources)


def test_every_chapter_of_the_repository_can_be_told(project):
    for path in paths.notebooks():
        cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
        found = reach((cell.source, cell.metadata.get("tags", [])) for cell in cells)
        assert (found.doubt, found.own_case) == ("", True), path.name
        assert found.sections is not None and "casebound.facts.ledger.load" in found.modules


def test_a_notebook_reaches_what_it_imports_and_the_sections_that_it_shows():
    found = of(SETUP, 'narrative.section(ledger, "how long")', "narrative.key_facts(ledger)", "tables.status(ledger)")
    assert found.sections == {"how long", "key facts"}
    assert found.modules == {"casebound.facts.ledger.load", "casebound.pages.narrative", "casebound.pages.tables"}
    assert of("1 + 1").sections == frozenset()


@pytest.mark.parametrize(
    "code",
    [
        "narrative.section(ledger, name)",
        'narrative.section(ledger, "how" + " long")',
        'narrative.section(ledger, name="order")',
        "show = narrative.section",
        "narrative.narrative_of(ledger.records)",
        "other = narrative",
        "from casebound.pages.narrative import section",
        "from casebound.pages import narrative as prose",
        "import casebound.pages.narrative as prose",
        "from casebound.pages import proofreading",
        "import casebound.pages.tables\ncasebound.pages.narrative",
        "import casebound.pages",
    ],
)
def test_a_use_of_the_prose_that_cannot_be_read_off_is_one_of_all_of_it(code):
    assert of(SETUP, code).sections is None


@pytest.mark.parametrize(
    "code",
    [
        'load("other-case")',
        'load("other" + "-case")',
        "load(case=case)",
        "other = load",
        "list(map(load, names))",
        'case = "other-case"\nload(case)',
        "for case in names:\n    load(case)",
        "[load(case) for case in names]",
        "f = lambda case: load(case)",
        "match 1:\n    case _ as case:\n        load(case)",
        "def case():\n    pass",
        "from casebound.facts.ledger import load as other",
        "import casebound.facts.ledger",
    ],
)
def test_a_notebook_that_may_load_another_case_is_told(code):
    assert of(SETUP).own_case
    assert not of(SETUP, code).own_case


def test_the_parameters_cell_may_name_the_case():
    assert reach([('case = "x"', ["parameters"]), (SETUP, ["setup"])]).own_case


@pytest.mark.parametrize(
    "code",
    [
        "%matplotlib inline",
        "!ls",
        "tables.status?",
        "1 +",
        "import os",
        "import requests",
        "import my_helper",
        "from . import my_helper",
        "import random",
        "import casebound",
        "from casebound import paths",
        "from casebound.facts import casefile",
        "from casebound.facts.casefile import case_names",
        "from casebound.binding import build",
        "from casebound.pages import *",
        "from casebound.pages.tables import *",
        "import pandas as pd\npd.read_csv('x.csv')",
        "from pandas import read_csv as r",
        "from pandas import io",
        "import numpy as np\nnp.load('x')",
        "import numpy as np\nnp.random.normal()",
        "from numpy.random import normal",
        "import pandas as pd\npd.Timestamp('now')",
        "import pandas as pd\npd.to_datetime('today')",
        "import pandas as pd\npd.eval('__import__')",
        "frame.query('@pd.read_csv(1)')",
        "from datetime import datetime\ndatetime.now()",
        "open('x').read()",
        "exec('import os')",
        "__import__('os')",
        "getattr(pd, 'read_' + 'csv')",
        "ledger.records.folder.joinpath('x').read_text()",
        "ledger.facts.to_csv('x.csv')",
        "ledger.facts.sample(3)",
        "get_ipython().run_line_magic('ls', '')",
    ],
)
def test_what_may_read_anything_is_in_doubt(code):
    found = of(SETUP, code)
    assert found.doubt.startswith("code cell 2 ")


def test_words_that_only_look_like_reading_are_no_doubt():
    quiet = '# read now\nfigures.show(1, alt="Open now: what was read today, and by whom?")\nledger.facts["system"]'
    assert of(SETUP, quiet).doubt == ""
