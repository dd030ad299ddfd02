"""Joining: the notebooks as one."""

import nbformat

from casebound.report.document import joining


def notebook(*texts):
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text) for text in texts])


def test_cells_are_joined_in_order_and_named_for_their_chapter():
    joined = joining.joined({"10-a": notebook("# A", "x"), "45-b": notebook("# B")}, {}, "f" * 64, "a4")
    assert [(cell.metadata["casebound"]["chapter"], cell.source) for cell in joined.cells] == [
        ("10-a", "# A"),
        ("10-a", "x"),
        ("45-b", "# B"),
    ]


def test_the_notebooks_themselves_are_not_changed():
    one = notebook("# A")
    joining.joined({"10-a": one}, {}, "f", "a4")
    assert "casebound" not in one.cells[0].metadata
