"""Exports: the ledger as CSV files and CSL-JSON with a Data Package descriptor, for readers with tools of their own."""

from __future__ import annotations

import json

import pandas as pd

from casebound.facts.ledger.ledger import Ledger
from casebound.facts.records import csl

_TABLES = {
    "facts": "One row a fact: our statement, its date, earliest and latest day, its status, its theme fields.",
    "evidence": "One row a piece of evidence: source, quotation or paraphrase, speaker, basis, part, state.",
    "sources": "One row a source: title, author, when it was issued and could be read, origin, grade, access.",
    "causes": "One row an edge of the cascade: cause, effect, and whether the link is quoted or inferred.",
    "supersessions": "One row a fact that a later one overtakes, corrects or withdraws.",
    "answers": "One row an answer to a question of the case.",
}
_CSV = {"type": "table", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
_CSL = {
    **{"name": "sources-csl", "path": "sources.json", "format": "json", "encoding": "utf-8"},
    **{"mediatype": "application/vnd.citationstyles.csl+json"},
    "description": "The sources as CSL-JSON, which reference managers and citation processors read.",
}
_TYPES = {"b": "boolean", "i": "integer", "f": "number", "M": "datetime"}


def data_package(ledger: Ledger) -> dict[str, bytes]:
    """Return the files `data/*.csv`, `data/sources.json` and `data/datapackage.json` (Data Package v2) by name."""
    files, resources = {}, []
    for name, means in _TABLES.items():
        frame = _flat(getattr(ledger, name))
        files[f"data/{name}.csv"] = frame.to_csv(index=False, lineterminator="\n", float_format=_number).encode()
        fields = [{"name": column, "type": _TYPES.get(frame[column].dtype.kind, "string")} for column in frame.columns]
        about = {"name": name, "path": f"{name}.csv", "description": means}
        resources.append({**about, **_CSV, "schema": {"fields": fields}})
    items = [csl.item(ledger.records.sources[name].record) for name in ledger.sources.index]
    files["data/sources.json"] = _json(items)
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": ledger.name,
        "title": ledger.case.title,
        "description": ledger.case.summary,
        "licenses": [
            {"name": "CC-BY-4.0", "title": "Creative Commons Attribution 4.0; quotations remain their publishers’"}
        ],
        "resources": [*resources, _CSL],
    }
    files["data/datapackage.json"] = _json(package)
    return files


def _json(content: dict | list) -> bytes:
    return (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode()


def _number(value: float) -> str:
    """Return a number as text, a whole one without decimals: a column of which a cell is empty holds no integers."""
    return str(int(value)) if value.is_integer() else repr(float(value))


def _flat(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame with its index as a column, lists as text, and moments as ISO 8601."""
    frame = frame.reset_index() if frame.index.name else frame.copy()
    for name in frame.columns:
        if frame[name].dtype == object:
            frame[name] = ["; ".join(value) for value in frame[name]]
        elif name == "available":
            frame[name] = ["" if pd.isna(moment) else moment.isoformat() for moment in frame[name]]
        elif frame[name].dtype.kind == "M":
            frame[name] = frame[name].dt.strftime("%Y-%m-%d")
    return frame
