"""Corpus: the rates of the checks are those that the method page publishes."""

import importlib.util
import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
FIVE = ("food-recall", "grid-blackout", "hospital-ransomware", "rail-collision", "river-spill")
TWO, LAST = ("airport-outage", "museum-flood"), ("bank-transfer-fault", "dam-evacuation")


def corpus(monkeypatch):
    spec = importlib.util.spec_from_file_location("corpus", ROOT / "tests" / "corpus" / "__main__.py")
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "corpus", module)  # where its data classes look up their types
    spec.loader.exec_module(module)
    return module


def test_the_rates_in_the_method_are_those_measured(tmp_path, monkeypatch):
    monkeypatch.setenv("CASEBOUND_ROOT", str(tmp_path))  # set back afterwards
    module = corpus(monkeypatch)
    made = {kind: module.measured(ROOT / "tests" / "corpus" / kind, tmp_path / kind) for kind in FIVE + TWO + LAST}
    page = (ROOT / "docs" / "method.md").read_text("utf-8")
    table = page[page.index("## How often the checks err") :]
    published = re.findall(r"\| (\d+) of (\d+) \| (\d+) of (\d+) \|", table)
    for kinds, row in ((FIVE, published[1]), (TWO, published[3]), (LAST, published[4])):
        of = [made[kind] for kind in kinds]
        refused, passed = sum(len(each.true) for each in of), sum(len(each.passed) for each in of)
        written = sum(each.sizes[1] for each in of), sum(each.sizes[2].total() for each in of)
        assert (refused, written[0], passed, written[1]) == tuple(map(int, row)), kinds
    assert all(not each.others for each in made.values())
