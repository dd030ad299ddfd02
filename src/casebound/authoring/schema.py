"""Schema: JSON Schemas of a case's files, with its own words and ids, so that editors complete and mark entries."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from casebound import paths
from casebound.checks.dating import RULES
from casebound.facts.ledger.casefile import Casefile
from casebound.facts.ledger.relations import CONFLICTS
from casebound.facts.records import csl, models
from casebound.facts.records.models import FORECAST, NEWEST, SEED
from casebound.facts.records.terms import VOCABULARIES, Term

FOLDER = ".schema"  # beside the files of the case; git ignores it
# The headings of data/README.md under which the fields of each record are explained
EXPLAINED = {
    **{"case.yaml": models.Case, "quoted": models.Quoted, "actors": models.Actor, "places": models.Place},
    **{"lengths": models.Length, "sums": models.Sum, "chapters": models.Chapter, "glossary": models.Definition},
    **{
        "questions": models.Question,
        "resolution": models.Resolution,
        "sources.yaml": models.Source,
        "author": models.Name,
    },
    **{"printed": models.Printed, "Facts": models.Fact, "dated": models.Dated, "evidence": models.Evidence},
    **{"caused_by": models.Cause, "at_odds": models.AtOdds, "supersedes": models.Supersedes},
    **{"quantity": models.Quantity, "terms": Term},
}
_ROW = re.compile(r"^\| `([^`]+)` \| [^|]+ \| ((?:[^|\\]|\\.)+?) \|")


def schemas(case: Casefile) -> dict[str, dict[str, Any]]:
    """Return the JSON Schema of each kind of file of a case, by the name under which `write` keeps it."""
    listed = {
        name: _of_list(_refined(model, case)) for name, model in (("facts", models.Fact), ("sources", models.Source))
    }
    term = _refined(Term, case)
    term["$defs"]["Term"]["required"] = []  # what a case leaves out is as in data/terms.yaml
    words = {"type": "object", "additionalProperties": {"$ref": "#/$defs/Term"}}
    vocabularies = {"type": "object", "properties": dict.fromkeys(VOCABULARIES, words), "additionalProperties": False}
    made = {"case": _refined(models.Case, case), **listed, "terms": {"$defs": term["$defs"], **vocabularies}}
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return {f"{name}.json": {**dialect, **schema} for name, schema in made.items()}


def write(case: Casefile) -> Path:
    """Write the schemas beside the files of a case; return their folder."""
    folder = case.folder / FOLDER
    folder.mkdir(exist_ok=True)
    for name, schema in schemas(case).items():
        (folder / name).write_text(json.dumps(schema, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return folder


def _of_list(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a list of records; a file of comments alone is null."""
    return {"$defs": schema["$defs"], "type": ["array", "null"], "items": {"$ref": schema["$ref"]}}


def _refined(model: type[models.Record], case: Casefile) -> dict[str, Any]:
    """Return a record's schema with the case's words and ids, and with what the dictionary says of each field."""
    schema = model.model_json_schema(by_alias=True, mode="validation")
    definitions = schema.pop("$defs", {})
    definitions[model.__name__] = schema
    words, said = _enumerations(case), _explained()
    for name, definition in definitions.items():
        for field, holds in definition.get("properties", {}).items():
            known = words.get((name, field), [])
            definition["properties"][field] = _as_written(name, field, holds, known)
            if words_said := said.get((name, field)):
                definition["properties"][field]["description"] = words_said
    return {"$defs": definitions, "$ref": f"#/$defs/{model.__name__}"}


def _as_written(name: str, field: str, holds: dict[str, Any], known: list[str]) -> dict[str, Any]:
    """Return the schema of a field as people write it: every value is read as text, of which `known` may be all."""
    made = _loosened({key: value for key, value in holds.items() if key not in ("title", "default")}, known)
    if (name, field) == ("Fact", "answers"):
        made["propertyNames"] = {"enum": known} if known else {}
    if name == "Length" and field in ("from", "to"):  # one needs no list
        made = {"anyOf": [made["items"], made]}
    if name == "Source" and field in ("issued", "available", *csl.DATES):
        made = {"anyOf": [made, {"type": "object", "required": ["date-parts"]}]}
    return made


def _loosened(holds: dict[str, Any], known: list[str]) -> dict[str, Any]:
    """Return a schema in which a text may be written as a number or `yes`, or must be one of the `known`."""
    kind = holds.get("type")
    if "anyOf" in holds:
        return {**holds, "anyOf": [_loosened(part, known) for part in holds["anyOf"]]}
    if kind == "array" and "items" in holds:
        return {**holds, "items": _loosened(holds["items"], known)}
    if kind == "object" and "patternProperties" in holds:
        inside = {pattern: _loosened(part, []) for pattern, part in holds["patternProperties"].items()}
        return {**holds, "patternProperties": inside, "additionalProperties": False}
    if kind == "string" and known:
        return {"enum": known}
    return {**holds, "type": ["string", "number", "boolean"]} if kind in ("string", "number", "boolean") else holds


def _enumerations(case: Casefile) -> dict[tuple[str, str], list[str]]:
    """Return the words or ids that a field may hold, by record and field."""
    terms = {name: list(words) for name, words in case.terms.vocabularies.items()}
    facts, sources = list(case.facts), list(case.sources)
    questions = [question.id for question in case.case.questions]
    points = [NEWEST, SEED, *(f"{FORECAST}{system}" for system in terms["system"]), *facts]
    by_words = {
        **{("Fact", field): terms[field] for field in ("status", "system", "state", "effect", "act")},
        **{
            ("Fact", "opens"): terms["phase"],
            ("Fact", "affected"): terms["party"],
            ("Fact", "told_to"): terms["party"],
        },
        **{("Evidence", field): terms[field] for field in ("basis", "stance")},
        **{
            ("Actor", "group"): terms["group"],
            ("Place", "kind"): terms["place"],
            ("Question", "theme"): terms["theme"],
        },
        **{("Length", "still"): terms["system"], ("Source", "grade"): terms["grade"], ("Source", "type"): csl.TYPES},
        **{("Dated", "rule"): list(RULES), ("AtOdds", "kind"): [kind for kind in CONFLICTS if kind != "revision"]},
    }
    by_ids = {
        **{("Fact", field): list(case.case.actors) for field in ("actor", "accused")},
        **{("Fact", "places"): list(case.case.places), ("Fact", "answers"): questions},
        **{("Evidence", "source"): sources, ("Case", "seed"): sources},
        **{(name, "origin"): [*sources, *case.case.origins] for name in ("Evidence", "Source")},
        **{(name, "fact"): facts for name in ("Cause", "AtOdds", "Supersedes")},
        **{(name, "arises_from"): facts for name in ("Question", "Definition")},
        **{("Fact", "outcome_of"): facts, ("Dated", "event"): facts, ("Resolution", "follow"): facts},
        **{("Sum", "of"): facts, ("Length", "until"): facts, ("Length", "from"): points, ("Length", "to"): points},
    }
    return {**by_words, **by_ids}


def _explained() -> dict[tuple[str, str], str]:
    """Return what data/README.md says of each field, by record and field; nothing where the file is missing."""
    page = paths.data_dir() / "README.md"
    return dict(_fields_of(page.read_text("utf-8"))) if page.is_file() else {}


def _fields_of(page: str) -> Iterator[tuple[tuple[str, str], str]]:
    record = None
    for line in page.splitlines():
        if line.startswith("#"):
            record = EXPLAINED.get(line.lstrip("# "))
        elif record and (row := _ROW.match(line)):
            yield (record.__name__, row[1]), re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", row[2]).replace("`", "")
