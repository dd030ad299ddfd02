"""Schema: what an editor marks in a case's files is what `check` refuses, and nothing that it takes."""

import json

import jsonschema
import pytest
import yaml

from casebound.authoring import schema
from casebound.facts.ledger.casefile import casefile, readable

KINDS = {"case": "case", "sources": "sources", "terms": "terms"}
TYPED = {"direct": False, "value": 3, "low": 1.5, "read": "2026-01-10"}  # as an editor reads them


def schemas_of(case):
    return schema.schemas(readable(case))


def errors(schemas, stem, content):
    validator = jsonschema.Draft202012Validator(schemas[f"{KINDS.get(stem, 'facts')}.json"])
    return [f"{'.'.join(map(str, error.absolute_path))}: {error.message}" for error in validator.iter_errors(content)]


def read(path):
    return yaml.load(path.read_text("utf-8"), Loader=yaml.CBaseLoader)


@pytest.mark.parametrize("case", ["dairy-2031", "jlr-2025", "hydro-2019"])
def test_every_file_of_a_case_is_valid_by_its_schema(project, case):
    schemas = schemas_of(case)
    for made in schemas.values():
        jsonschema.Draft202012Validator.check_schema(made)
    for path in sorted((project.root / "data" / case).glob("*.yaml")):
        assert errors(schemas, path.stem, read(path)) == [], path.name


def test_a_value_may_be_written_as_a_number_or_a_truth_as_an_editor_reads_it(project):
    fact = read(project.path("costs.yaml"))[0]
    fact["quantity"] |= {"value": 3}
    fact["evidence"][0] |= {"direct": False}
    assert errors(schemas_of(project.case), "costs", [fact]) == []


@pytest.mark.parametrize(
    "field, wrong",
    [
        *(("status", "don"), ("system", "churning"), ("state", "broken"), ("opens", "storm"), ("act", "dance")),
        *(("effect", "rain"), ("affected", ["nobody"]), ("actor", "stranger"), ("places", ["nowhere"])),
        *(("answers", {"unasked": "yes"}), ("outcome_of", "no-fact"), ("lable", "x")),
        *(("dated", {"rule": "by-guess"}), ("evidence", [{"source": "none", "basis": "reporter", "quote": "x"}])),
        ("caused_by", [{"fact": "no-fact", "link": "quoted"}]),
    ],
)
def test_a_word_or_id_that_the_case_does_not_have_is_marked(project, field, wrong):
    fact = {**read(project.path("recovery.yaml"))[0], field: wrong}
    assert errors(schemas_of(project.case), "recovery", [fact])
    fact.pop(field)
    missing = {"status", "dated", "evidence"} & {field}
    assert bool(errors(schemas_of(project.case), "recovery", [fact])) == bool(missing)


def test_a_field_says_what_the_dictionary_says_of_it(project):
    fact = schemas_of(project.case)["facts.json"]["$defs"]["Fact"]["properties"]
    assert fact["label"]["description"].startswith("at most 48 characters for figures")


def test_a_new_word_of_the_case_is_offered(project):
    project.append("terms.yaml", "\neffect:\n  spoilt: {label: Milk spoilt, means: Milk went off.}\n")
    assert "spoilt" in json.dumps(schemas_of(project.case)["facts.json"]["$defs"]["Fact"]["properties"]["effect"])


def test_the_schemas_are_written_beside_the_files_and_no_part_of_the_case(project):
    before = casefile(project.case)
    folder = schema.write(readable(project.case))
    assert sorted(path.name for path in folder.iterdir()) == ["case.json", "facts.json", "sources.json", "terms.json"]
    assert casefile(project.case) is before
