"""Exports: the ledger's tables as files that other tools read, with a descriptor that tells the truth."""

import io
import json
import re

import pandas as pd
import pytest

from casebound.report.evidence.exports import data_package

TABLES = ["facts", "evidence", "sources", "causes", "supersessions", "answers"]


@pytest.fixture(scope="module")
def files(dairy):
    return data_package(dairy)


def read(files, name):
    return pd.read_csv(io.BytesIO(files[f"data/{name}.csv"]), dtype=str, keep_default_na=False)


def described(files, name):
    """Return the table's description in the Data Package."""
    [resource] = [each for each in json.loads(files["data/datapackage.json"])["resources"] if each["name"] == name]
    return resource


def test_each_table_has_a_file_beside_the_descriptor(files):
    assert set(files) == {*(f"data/{name}.csv" for name in TABLES), "data/sources.json", "data/datapackage.json"}


@pytest.mark.parametrize("name", TABLES)
def test_a_file_holds_every_row_and_is_described_column_by_column(files, dairy, name):
    table = read(files, name)
    assert len(table) == len(getattr(dairy, name))
    resource = described(files, name)
    assert resource["path"] == f"{name}.csv"
    assert [field["name"] for field in resource["schema"]["fields"]] == list(table.columns)


def test_values_come_back_as_they_are(files):
    facts = read(files, "facts").set_index("fact")
    row = facts.loc["attack-began"]
    assert (row["when"], row["earliest"], row["latest"]) == ("[2031-02-01..2031-02-19]", "2031-02-01", "2031-02-19")
    assert (facts.at["shops-lost-120", "earliest"], facts.at["shops-lost-120", "low"]) == ("", "120")
    sources = read(files, "sources").set_index("source")
    assert sources.at["oak-2031-03-24", "available"] == "2031-03-24T18:05:00+00:00"


def test_a_quotation_comes_back_letter_by_letter(files, dairy):
    assert list(read(files, "evidence")["quote"]) == list(dairy.evidence["quote"].fillna(""))


def test_lists_are_joined_by_semicolons(files, seed):
    facts = read(data_package(seed), "facts").set_index("fact")
    assert facts.at["difficult-time", "affected"] == "suppliers; retailers; customers; staff"


@pytest.mark.parametrize("name", TABLES)
def test_a_column_is_of_the_type_that_the_descriptor_says(files, name):
    table = read(files, name)
    for field in described(files, name)["schema"]["fields"]:
        values = [value for value in table[field["name"]] if value]
        if field["type"] == "boolean":
            assert set(values) <= {"True", "False"}
        elif field["type"] in ("integer", "number"):
            assert all(re.fullmatch(r"-?\d+(\.\d+)?", value) for value in values)
        else:
            assert field["type"] in ("string", "datetime", "date")


def test_the_files_are_the_same_twice_and_end_lines_alike(dairy):
    assert data_package(dairy) == data_package(dairy)
    assert not any(b"\r" in content for content in data_package(dairy).values())


def test_the_licence_leaves_quotations_to_their_publishers(files):
    [licence] = json.loads(files["data/datapackage.json"])["licenses"]
    assert licence["name"] == "CC-BY-4.0" and "quotations remain" in licence["title"]


def test_the_sources_come_as_csl_json_of_those_alone_that_the_ledger_holds(files, project):
    items = json.loads(files["data/sources.json"])
    assert [item["id"] for item in items] == list(read(files, "sources")["source"])
    assert items[0]["author"] == [{"family": "Quill", "given": "Ada"}]
    assert items[0]["issued"] == {"date-parts": [[2031, 3, 20]]}
    [alone] = json.loads(data_package(project.load(sources="oak-2031-03-24"))["data/sources.json"])
    assert alone["title"] == "Shops wait on: dairy's return slips by a week"
    assert described(files, "sources-csl")["path"] == "sources.json"


def test_a_table_without_rows_keeps_its_columns(project):
    files = data_package(project.load(sources="oak-2031-03-24"))
    assert list(read(files, "causes").columns) == ["cause", "effect", "link", "words", "reason"]
    assert b"quill" not in b"".join(files.values())
