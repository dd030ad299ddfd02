"""Partial cases: what a draft shows of a case of which a part is broken."""

import json

import pytest

from casebound.facts.ledger.ledger import ledger_of, load
from casebound.facts.ledger.partial import DRAFT, drafted
from casebound.facts.problems import CaseError


def test_a_draft_shows_what_names_an_entry_that_is_left_out_without_it(project):
    records = drafted(project.case, ["attack-began", "mayor", "attack-on-5-february"])
    assert "attack-began" not in records.facts and "mayor" not in records.case.actors
    assert records.facts["churns-stopped"].record.caused_by == ()
    assert records.facts["mayor-promise"].record.actor is None
    start = next(question for question in records.case.questions if question.id == "attack-start")
    assert start.resolution is None
    ledger = ledger_of(records, {name: entry.record for name, entry in records.sources.items()})
    assert "churns-stopped" in ledger.facts.index and ledger.causes["cause"].isin(ledger.facts.index).all()


def test_in_a_draft_a_notebook_loads_what_can_be_read_and_elsewhere_nothing(project, monkeypatch):
    project.edit("timeline.yaml", "label: First odd logins\n", "label: First odd logins\n  colour: red\n")
    monkeypatch.setenv(DRAFT, json.dumps(["attack-began"]))
    ledger = load(project.case)
    assert not {"odd-logins", "attack-began"} & {*ledger.facts.index} and "churns-stopped" in ledger.facts.index
    monkeypatch.setenv(DRAFT, "")
    with pytest.raises(CaseError, match="unknown field 'colour'"):
        load(project.case)


def test_of_a_broken_lock_nothing_is_verified(project):
    project.append("evidence.lock", ": [")
    records = drafted(project.case, [])
    assert records.lock is None and records.is_draft and records.locked == {}
