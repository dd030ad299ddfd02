"""Plain: a notebook that has another statement than the report's own chapters have is not plain, and it is said why."""

import pytest

from casebound import paths
from casebound.pages import figures, tables
from casebound.pages.notebooks import Cell
from casebound.report.cache.plain import EARLIER_RUN, not_plain, prose_call, read

GIVEN = Cell("code", 'case = "dairy-2031"', ("parameters",))
SETUP = "import casebound as cb\nledger = cb.load(case, as_of, sources)"


def reasons(*sources):
    return not_plain([GIVEN, Cell("code", SETUP, ()), *(Cell("code", source, ()) for source in sources)])


def test_the_chapters_of_the_report_are_plain(project):
    assert len(paths.notebooks()) == 11
    for path in paths.notebooks():
        code, found = read(path)
        assert found == [] and any(prose_call(cell.source) for cell in code), path.name


NOT_PLAIN = r"""
import pandas as pd\npd.Timestamp("now")
import helpers
import casebound as tables
import casebound.pages as cb
from casebound.pages import tables as cb
open('/etc/hostname').read()
__import__('os')
%time 1 + 1
!ls
cb.tables.phases?
cb.tables.phases
cb.tables.phases(ledger).rows
cb.tables.phases(ledger)[0]
cb.tables.phases(cb.load(case))
cb.tables.phases()
cb.tables.phases(*[ledger])
cb.tables.phases(ledger, rows=print())
cb.tables.phases(ledger, f'{ledger}')
cb.tables.phases(ledger, sources)
cb.tables.phases(ledger, -1)
cb.tables.phases(ledger, 'a\x0a!date')
cb.tables.__doc__(ledger)
cb.tables.pd.read_csv(ledger)
cb.pages.tables.phases(ledger)
tables.phases(ledger)
cb.narrative.section(ledger, case)
cb.narrative.section(ledger, name='timeline')
cb.narrative.section(ledger, 'timeline', 1)
[cb.tables.phases(ledger) for _ in 'a']
_
ledger.facts
cb.tables.phases = print
del ledger
ledger = cb.load('other')
ledger = cb.load(case, sources, as_of)
ledger = x = cb.load(case, as_of, sources)
case = 'other'
ledger: object = cb.load(case, as_of, sources)
for _ in 'ab':\n    cb.tables.phases(ledger)
await cb.tables.phases(ledger)
cb.tables.phases(ledger) or 1
cb.tables.phases(ledger)\ncb.tables.phases(ledger)
""".strip().splitlines()
UNREADABLE = ["\0", "(" * 300, "-" * 30_000 + "1"]


@pytest.mark.parametrize("code", [*(line.replace("\\n", "\n") for line in NOT_PLAIN), *UNREADABLE])
def test_code_with_any_other_statement_is_not_plain_and_it_is_said_where(code):
    found = reasons(code)
    assert found and all(line.startswith("code cell 3") and len(line) < 100 and "\n" not in line for line in found)


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("# nothing", None),
        ("cb.tables.phases(\nledger,);", None),
        ('cb.figures.timeline(ledger, "impacts", rows=5, as_bars=False, until=None)  # five', None),
        ("cb.narrative.key_facts(ledger)", ("narrative", "key_facts")),
        ("cb.tables.status(ledger)", ("tables", "status")),
        (SETUP + "\ncb.narrative.section(\n    ledger, 'how' \" long\"\n);", ("narrative", "section", "how long")),
    ],
)
def test_what_the_report_s_own_chapters_have_is_plain_in_any_layout(code, shown):
    assert reasons(code) == [] and prose_call(code) == shown


@pytest.mark.parametrize("end", "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\r")
def test_a_comment_that_ipython_takes_for_two_lines_is_not_plain(end):
    assert reasons(f"# x{end}!date\ncb.tables.phases(ledger)") == ["code cell 3 is not plain Python"]
    assert not reasons("# x\r\ncb.tables.phases(ledger)\r\n\n")


def test_what_is_not_plain_is_said_in_short_lines_each_once():
    assert reasons("import os\nimport os\nfor name in os.environ:\n    print(name)", "x = [" + "1, " * 40 + "]") == [
        "code cell 3: import os",
        "code cell 3: for name in os.environ:…",
        "code cell 4: x = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1…",
    ]
    two = "cb.tables.phases(ledger)\ncb.tables.links(ledger)"
    assert reasons(two) == ["code cell 3: cb.tables.phases(ledger) (not the last statement)"]


@pytest.mark.parametrize("code", ["case = open('x')", "case = 1", "other = 'x'", "case: str = 'x'", SETUP[:22]])
def test_parameters_are_texts(code):
    assert not_plain([Cell("code", code, ("parameters",))]) == [f"code cell 1: {code}"]


@pytest.mark.parametrize(
    "other", [GIVEN, Cell("markdown", "# Mine", ("parameters",)), Cell("raw", "", ("parameters",))]
)
def test_parameters_stand_in_one_cell_of_code(other):
    tagged = ["the tag “parameters” is on more than one cell, or on one that is not code"]
    assert not_plain([other, GIVEN]) == not_plain([GIVEN, other]) == tagged
    assert not_plain([other]) == (tagged if other.kind != "code" else [])


def test_a_notebook_with_the_parameters_of_an_earlier_run_runs_always():
    assert not_plain([GIVEN, Cell("code", "x", ("injected-parameters",))]) == [EARLIER_RUN]


@pytest.mark.parametrize("content", [None, "", '{"cells": [7]}'])
def test_a_notebook_that_cannot_be_read_runs_always(tmp_path, content):
    path = tmp_path / "45-x.ipynb"
    if content is not None:
        path.write_text(content, "utf-8")
    assert read(path) == ([], ["it is not a notebook that can be read"])


def test_a_cell_that_python_warns_of_is_read_without_a_warning(recwarn):
    assert reasons("'\\d'", "1 is 1") and not recwarn.list


def test_the_faces_offer_nothing_but_their_own_functions():
    for face in (figures, tables):
        offered = {name for name in vars(face) if callable(getattr(face, name)) and not name.startswith("_")}
        assert offered == set(face.__all__)
