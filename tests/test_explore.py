"""docs/explore.md: its code runs, and its tables are in step with the frames and the calls."""

import importlib
import inspect
import re
from pathlib import Path

import pandas as pd
import pytest

import casebound as cb
from casebound.pages.display import Figure

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "explore.md").read_text("utf-8")
FRAMES = ("facts", "evidence", "sources", "causes", "answers", "supersessions")
FACE = ("figures", "tables", "narrative", "findings")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", TEXT, re.M | re.S)


@pytest.fixture(scope="module")
def names(tmp_path_factory):
    """Return what the page's code leaves behind, run in order in one folder."""
    folder = tmp_path_factory.mktemp("explore")
    [csv] = blocks("csv")
    (folder / "sales.csv").write_text(csv, "utf-8")
    kept = {"files": folder}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASEBOUND_ROOT", str(ROOT))
        patch.setenv("MPLBACKEND", "agg")
        patch.chdir(folder)
        for block in blocks("python"):
            exec(block, kept)
    return kept


def test_every_form_of_a_moment_and_of_sources_gives_the_same_ledger(names):
    for ledgers in (names["a_day"], names["a_moment"], names["two_sources"]):
        assert len({(ledger.as_of, ledger.limited_to, *ledger.facts.index) for ledger in ledgers}) == 1
    assert set(names["two_sources"][0].sources.index) == set(names["two"])


def test_the_code_shows_what_the_page_says(names):
    assert isinstance(names["figure"], Figure) and names["figure"].table.rows
    assert {"facts", "theme"} & set(names["links"].columns) == {"facts"}
    assert set(names["merged"]["day"]) <= set(names["sales"]["day"]) and len(names["merged"])
    assert names["lags"].notna().any() and names["stop"].text.endswith("days")
    assert len(names["cost"]) > 1
    assert all((names["files"] / name).stat().st_size for name in ("links.csv", "timeline.svg", "statuses.png"))


@pytest.mark.parametrize("name", FRAMES)
def test_the_columns_and_types_of_a_frame_are_those_documented(seed, name):
    part = TEXT.split(f"### ledger.{name}\n")[1].split("\n#")[0]
    documented = dict(re.findall(r"^\| `(\w+)` \| (.*?) \|", part, re.M))
    frame = getattr(seed, name)
    types = {column: str(dtype).replace(seed.case.timezone, "zone") for column, dtype in frame.dtypes.items()}
    assert documented == types
    for column in frame.columns[frame.isna().any()]:
        missing = frame.loc[frame[column].isna(), column].iloc[0]
        assert missing is (pd.NaT if "datetime" in types[column] else pd.NA)
    assert f"the index is its id, `{frame.index.name}`" in part or frame.index.name is None


@pytest.mark.parametrize("name", FACE)
def test_completion_offers_the_calls_of_the_face_and_the_page_documents_each(name):
    module = getattr(cb, name)
    documented = re.findall(rf"^\| `{name}\.(\w+)\(", TEXT, re.M)
    calls = [call for call in module.__all__ if not inspect.isclass(getattr(module, call))]
    assert dir(module) == sorted(module.__all__) and documented == calls
    for call in calls:
        assert inspect.getdoc(getattr(module, call)).startswith("Return "), call


def test_the_face_has_its_parts_and_nothing_else():
    assert dir(cb) == sorted(cb.__all__) == sorted([*FACE, "load", "suggest"])
    assert cb.tables is importlib.import_module("casebound.pages.tables")
    with pytest.raises(AttributeError, match="module 'casebound' has no attribute 'tabels'"):
        _ = cb.tabels
