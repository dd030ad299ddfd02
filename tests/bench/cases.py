"""Cases of any size: the invented case of the tests, repeated under new ids. Growth is measured on them.

Each copy has facts, sources, actors, places, questions and prose of its own, so that no question has more answers than
before: a question with many answers that exclude each other has as many conflicts as there are pairs of answers.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import yaml

from casebound.facts.evidence.anchors import digest
from casebound.facts.evidence.lock import NAME, Compared, Locked, lock_in, lock_text, register_digest
from casebound.facts.records.models import Evidence, Source

ROOT = Path(__file__).parents[2]
ORIGINAL = ROOT / "tests" / "invented" / "dairy-2031"
FACTS = 54  # in one copy
_NAMES_ONE = set("id fact source origin actor accused places outcome_of arises_from follow".split())
_NAMES_MANY = {"answers", "origins", "actors", "places"}  # mappings whose keys are ids


def write(folder: Path, facts: int) -> None:
    """Write a case of that many facts, rounded up to whole copies; the same number gives the same bytes."""
    copies = range(1, 1 - facts // -FACTS)
    folder.mkdir()
    lock, texts, entries = lock_in((ORIGINAL / NAME).read_bytes(), NAME), {}, []
    for path in sorted(ORIGINAL.glob("*.yaml")):
        content = yaml.load(path.read_text("utf-8"), Loader=yaml.CBaseLoader)
        if path.name == "case.yaml":
            content = _case(content, copies)
        if path.name in ("case.yaml", "terms.yaml"):
            _dump(folder / path.name, content)
            continue
        records = []
        for number in copies:
            for original in content:
                records.append(record := _copied(original, number))
                if path.name == "sources.yaml" and (compared := lock.texts.get(original["id"])):
                    sha256, register = _sha256(compared.sha256, number), register_digest(Source(**record))
                    texts[record["id"]] = Compared(sha256, register)
                for index, piece in enumerate(record.get("evidence", [])):
                    if found := lock.quotations.get((original["id"], index)):
                        entry = Locked(digest(Evidence(**piece)), _sha256(found.sha256, number), found.anchor)
                        entries.append(((record["id"], index), piece["source"], entry))
        _dump(folder / path.name, records)
    (folder / NAME).write_text(lock_text(texts, entries), "utf-8")
    text = (ORIGINAL / "narrative.md").read_text("utf-8")
    (folder / "narrative.md").write_text(re.sub(r".+\n", lambda line: _lines(line[0], copies), text), "utf-8")


def _dump(path: Path, content: object) -> None:
    text = yaml.dump(content, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, width=1000)
    path.write_text(text, "utf-8")


def _copied(value, number: int, key: str = ""):
    """Return a copy of data in which every id has the copy's number; the first copy keeps its ids.

    Only facts of the first copy open phases and are outcomes, since a finding of the prose rests on one of them.
    """
    if number == 1:
        return value
    if isinstance(value, dict):
        new = {_id(k, number) if key in _NAMES_MANY else k: _copied(v, number, k) for k, v in value.items()}
        return {name: each for name, each in new.items() if name not in ("opens", "outcome_of")}
    if isinstance(value, list):
        return [_copied(each, number, key) for each in value]
    if key == "asks":
        return f"{value} ({number})"  # what a question asks stands for it
    return _sha256(value, number) if key == "sha256" else _id(value, number) if key in _NAMES_ONE else value


def _case(case: dict, copies: range) -> dict:
    for name in ("origins", "actors", "places"):
        case[name] = {id: one for number in copies for id, one in _copied(case[name], number, name).items()}
    return {**case, "questions": [question for number in copies for question in _copied(case["questions"], number)]}


def _lines(line: str, copies: range) -> str:
    """Return a line of prose for each copy.

    Only once where it cites nothing, states a finding of the whole case, is a heading or opens an item.
    """
    if "[@" not in line or "{" in line or re.match(r"- |#|\d+\. ", line):
        return line
    return line + "".join(re.sub(r"@([a-z0-9-]+)", rf"@\1-{number}", line) for number in copies[1:])


def _id(name: str, number: int) -> str:
    return name if number == 1 else f"{name}-{number}"


def _sha256(original: str, number: int) -> str:
    """Return the fingerprint of a source's text; of a copy, which has no text, an invented one."""
    return original if number == 1 else hashlib.sha256(f"{original}-{number}".encode()).hexdigest()
