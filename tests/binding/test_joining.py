"""Joining: the notebooks as one."""

import nbformat

from casebound.binding import joining
from casebound.facts.ledger import load


def notebook(*texts):
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text) for text in texts])


def test_cells_are_joined_in_order_and_named_for_their_chapter():
    joined = joining.joined({"10-a": notebook("# A", "x"), "45-b": notebook("# B")}, {}, "f" * 64, "a4")
    assert [(cell.metadata["casebound"]["chapter"], cell.source) for cell in joined.cells] == [
        ("10-a", "# A"),
        ("10-a", "x"),
        ("45-b", "# B"),
    ]
    assert len({cell.id for cell in joined.cells}) == 3
    nbformat.validate(joined)


def test_the_notebooks_themselves_are_not_changed():
    one = notebook("# A")
    joining.joined({"10-a": one}, {}, "f", "a4")
    assert "casebound" not in one.cells[0].metadata


def test_the_report_s_metadata_are_the_case_s(dairy, dairy_at_first):
    meta = joining.joined({}, joining.about(dairy), "f" * 64, "a4").metadata["casebound"]
    assert meta["title"] == "The empty order books of Brightwater Dairies"
    assert (meta["as_known"], meta["timestamp"]) == ("12 April 2031", "2031-04-12T22:59:59+00:00")
    assert meta["fingerprint"] == "f" * 64
    assert joining.about(dairy_at_first)["as_known"] == "20 March 2031, 09:40 GMT"


def test_the_timestamp_is_in_utc():
    # "Updated: 25/09/2025 - 17:12", in UK summer time
    article = load("jlr-2025", sources="visavadia-2025-09-25")
    assert joining.about(article)["timestamp"] == "2025-09-25T16:12:00+00:00"
