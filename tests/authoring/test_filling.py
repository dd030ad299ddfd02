"""Filling: without the fields that a figure or table names, it has nothing to show."""

import re

import pytest
import yaml

from casebound.authoring.filling import filled_by, page
from casebound.pages import figures, tables
from casebound.pages.display import Omitted, Prose, Table

CALLS = [
    *((figures, name) for name in ("lead", "timeline", "recovery", "forecasts")),
    *((tables, name) for name in ("phases", "order", "enablers", "bearers", "outcomes", "responders", "forecasts")),
    *((tables, name) for name in ("attributions", "links", "data_exposure", "glossary", "open_questions", "durations")),
]


@pytest.mark.parametrize("module, name", CALLS, ids=lambda each: each if isinstance(each, str) else each.__name__[-6:])
def test_without_the_fields_that_it_names_there_is_nothing(request, module, name):
    case = request.getfixturevalue("project" if name == "enablers" else "hospital")  # the hospital names no enabler
    call = getattr(module, name)
    field = re.findall(r"`(?:answers` to a question `)?([\w ]+?)(?:: \w+)?`", filled_by(call))[0]
    assert shows(call(case.load())), "the case fills it"
    for path in case.path("case.yaml").parent.glob("*.yaml"):
        if path.stem == "terms":
            continue
        content = yaml.load(path.read_text("utf-8"), Loader=yaml.CBaseLoader)
        path.write_text(yaml.safe_dump(without(content, field), allow_unicode=True, sort_keys=False), "utf-8")
    assert not shows(call(case.load()))


def shows(made):
    """Tell whether a call has something to show."""
    if isinstance(made, Table):
        return bool(made.rows)
    return not isinstance(made, Omitted) and made != Prose("")


def without(content, field):
    """Return records without a field; a length, a sum or a resolution rests on none of it here."""
    if isinstance(content, list):
        return [without(entry, field) for entry in content]
    if isinstance(content, dict):
        dropped = {field, "chapters", *["answers"] * (field == "questions")}  # an answer names its question
        return {name: without(value, field) for name, value in content.items() if name not in dropped}
    return content


def test_the_list_names_every_chapter_and_what_fills_it():
    rows = [row.strip("| ").split(" | ") for row in page().splitlines()[2:]]
    assert {len(row) for row in rows} == {4} and all(row[3] for row in rows)
    assert ["20-impacts", "What led to what", "table", "`caused_by`"] in rows
    assert [
        "20-impacts",
        "Who was hit, and how",
        "prose",
        "`- **impacts** …` under `# Answers` in narrative.md",
    ] in rows
