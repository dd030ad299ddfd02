"""The bench: its edits fit the repository's files and are sound, and its page says plainly what is met and what not."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

from casebound.checks.case import problems_of

BENCH = Path(__file__).parent / "bench"


def module(name: str):
    spec = importlib.util.spec_from_file_location(f"bench_{name}", BENCH / f"{name}.py")
    found = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = found  # where dataclasses look for it
    spec.loader.exec_module(found)
    return found


def way(*seconds: float, run: str = "one") -> dict:
    return {"run": run, "means": "a way", "seconds": list(seconds)}


def results(**ways) -> dict:
    return {"about": {"Python": "3"}, "versions": {}, "missing": {"a book": "no shop"}, "ways": ways, "growth": None}


@pytest.fixture(scope="module")
def page():
    return module("page")


def test_every_edit_can_be_made_again_and_again_and_leaves_a_sound_case(tmp_path, monkeypatch):
    contenders = module("contenders")
    project = contenders.scratch(tmp_path)
    for kind in [*contenders.EDITS, *contenders.EDITS]:
        name = contenders.EDITS[kind][0]
        before = (project / name).read_text("utf-8")
        contenders.edit(project, kind)
        assert (project / name).read_text("utf-8") != before
    monkeypatch.setenv("CASEBOUND_ROOT", str(project))
    assert problems_of(contenders.CASE) == []


def test_an_aim_is_said_to_be_met_or_not(page):
    said = page.text(results(ours=way(1, 2), loop=way(10, 20), plain=way(0.5, 1)))
    assert "| a way, against a way | 0.14 or less | 0.10 (0.10 – 0.10) | met |" in said
    assert "| a way, against a way | 1.5 or less | 2.00 (2.00 – 2.00) | **not met** |" in said


def test_ways_of_different_runs_are_not_compared(page):
    said = page.text(results(ours=way(1, 2), plain=way(1, 1, run="another")))
    assert "| a way, against a way | 1.5 or less | not measured in one run |  |" in said


def test_what_could_not_be_measured_is_said_with_its_reason(page):
    said = page.text(results(ours=way(1, 2)))
    assert "a book (no shop); MyST (" in said


def test_an_aim_from_below_is_met_by_more(page):
    said = page.text(results(**{"one job": way(2, 2), "two jobs": way(1, 1)}))
    assert "| a way, against a way | 1.6 or more | 2.00 (2.00 – 2.00) | met |" in said
