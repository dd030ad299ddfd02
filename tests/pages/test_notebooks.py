"""Notebooks: cells as people write them, and plain messages for files that are not notebooks."""

import json

import nbformat
import pytest

from casebound.pages import notebooks


def test_cells_have_their_kind_their_source_and_their_tags(tmp_path):
    given = [
        nbformat.v4.new_markdown_cell("# A\n\nText."),
        nbformat.v4.new_code_cell("case = 'x'", metadata={"tags": ["parameters"]}),
        nbformat.v4.new_raw_cell("raw"),
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=given), tmp_path / "a.ipynb")
    assert notebooks.cells(tmp_path / "a.ipynb") == [
        notebooks.Cell("markdown", "# A\n\nText.", ()),
        notebooks.Cell("code", "case = 'x'", ("parameters",)),
        notebooks.Cell("raw", "raw", ()),
    ]


def test_a_notebook_of_an_older_version_is_read_too(tmp_path):
    code = {"cell_type": "code", "language": "python", "input": "1 + 1", "outputs": [], "metadata": {}}
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": [{"cells": [code]}]}
    (tmp_path / "a.ipynb").write_text(json.dumps(old), "utf-8")
    assert notebooks.cells(tmp_path / "a.ipynb") == [notebooks.Cell("code", "1 + 1", ())]


WRONG = "a part of a notebook is missing or wrong"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "Expecting value"),
        *((content, WRONG) for content in ("{}", "[]")),
        ('{"nbformat": 4, "metadata": {}, "cells": [{}]}', WRONG),
        ('{"nbformat": 4, "cells": []}', f"{WRONG} .KeyError: 'metadata'"),
        ('{"nbformat": 4, "metadata": {}, "cells": [{"cell_type": "raw", "source": ""}]}', f"{WRONG} .KeyError"),
        ('{"nbformat": 4, "metadata": {}, "cells": 4}', "the cells: not a list"),
        ('{"nbformat": 4, "metadata": null, "cells": []}', "metadata: not a mapping"),
        ("[" * 100_000, "too deep"),
        ('{"nbformat": 3}', "worksheets"),
    ],
)
def test_a_file_that_is_no_notebook_is_refused_in_a_line(tmp_path, content, message):
    (tmp_path / "a.ipynb").write_text(content, "utf-8")
    with pytest.raises(ValueError, match=message) as caught:
        notebooks.cells(tmp_path / "a.ipynb")
    assert "\n" not in str(caught.value)


def test_a_file_that_is_missing_or_not_text_is_refused_too(tmp_path):
    with pytest.raises(ValueError, match="not a file"):
        notebooks.cells(tmp_path / "a.ipynb")
    (tmp_path / "a.ipynb").write_bytes(b"\xff")
    with pytest.raises(ValueError, match="utf-8"):
        notebooks.cells(tmp_path / "a.ipynb")


def test_the_title_of_a_notebook_is_its_first_heading_or_else_its_name(tmp_path):
    path = tmp_path / "10-a.ipynb"
    cells = [nbformat.v4.new_code_cell("# no heading"), nbformat.v4.new_markdown_cell("Text.\n\n# Milk\n\n# Cheese")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    assert notebooks.title_of(path) == "Milk"
    nbformat.write(nbformat.v4.new_notebook(), path)
    assert notebooks.title_of(path) == "10-a"
    path.write_text("{", "utf-8")
    assert notebooks.title_of(path) == "10-a"
