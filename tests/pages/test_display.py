"""Display: each thing that a cell shows is one bundle for JupyterLab and one that the report is bound from."""

import json

import pytest
from IPython.core.formatters import DisplayFormatter

from casebound.pages.display import FIGURE, KEY_FACTS, STATUS, TABLE, Figure, KeyFacts, Prose, StatusBox, Table

ROWS = (("Shops <b>", "120"), ("Farms [@farms]", "7"))
LOST = Table("lost", "What was *lost*", ("What", "Number"), ROWS, right=("Number",), note="As told.")
SHOWN = [
    Prose("Milk [@milk]."),
    LOST,
    Figure("bars", "<svg/>", "Two bars.", "Shops lost most.", LOST),
    Figure("bars", "<svg/>", "Two bars.", "Shops lost most."),
    KeyFacts((("120", "shops [@shops]"),)),
    StatusBox((("Facts", "32"),)),
]


def shown(thing):
    """What IPython makes of a thing at the end of a cell."""
    return DisplayFormatter().format(thing)


@pytest.mark.parametrize("thing", SHOWN, ids=lambda thing: type(thing).__name__)
def test_a_notebook_shows_it_and_stores_it(thing):
    data, metadata = shown(thing)
    json.dumps([data, metadata])
    assert data["text/plain"]
    assert any(kind in data for kind in ("text/html", "text/markdown", "image/svg+xml"))


def test_prose_is_markdown_as_it_is_written():
    assert shown(SHOWN[0])[0]["text/markdown"] == "Milk [@milk]."


def test_a_table_has_its_columns_with_their_sides_and_its_rows():
    assert shown(LOST)[0][TABLE] == {
        "key": "lost",
        "caption": "What was *lost*",
        "columns": [{"name": "What", "align": "left"}, {"name": "Number", "align": "right"}],
        "header_columns": 1,
        "rows": [["Shops <b>", "120"], ["Farms [@farms]", "7"]],
        "note": "As told.",
        "explains": "",
    }


def test_a_table_shown_in_a_notebook_is_escaped():
    page = shown(LOST)[0]["text/html"]
    assert "<td>Shops &lt;b&gt;</td>" in page and "<b>" not in page


def test_a_figure_carries_its_words_and_the_table_behind_it():
    data, metadata = shown(SHOWN[2])
    assert data[FIGURE]["table"]["rows"] == [list(row) for row in ROWS]
    assert {name: data[FIGURE][name] for name in ("key", "alt", "caption", "svg")} == {
        "key": "bars",
        "alt": "Two bars.",
        "caption": "Shops lost most.",
        "svg": "<svg/>",
    }
    assert data["image/svg+xml"] == "<svg/>" and data["text/plain"] == "Two bars."
    assert metadata["image/svg+xml"] == {"alt": "Two bars.", "caption": "Shops lost most."}
    assert shown(SHOWN[3])[0][FIGURE]["table"] is None


def test_boxes_are_pairs():
    assert shown(SHOWN[4])[0][KEY_FACTS] == {"items": [{"value": "120", "text": "shops [@shops]"}]}
    assert shown(SHOWN[5])[0][STATUS] == {"items": [["Facts", "32"]]}
